package server_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/store"
)

// wide is a record that is more than a connection holds on its way.
func wide(t *testing.T) *store.Store {
	t.Helper()
	s := kept(t)
	var all []store.Entry
	for i := range 300 {
		id := fmt.Sprint("ferry-", i)
		all = append(all, told(article.Article{ID: id, URL: "https://lamp.example/" + id, Published: noon, Body: id + strings.Repeat(" the ferry sails.", 4000)}))
	}
	if _, err := s.Add(t.Context(), all, noon); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestExportOutlivesTheTimeToRead: a server gives requests little time to come,
// and a stream all the time that its client needs.
func TestExportOutlivesTheTimeToRead(t *testing.T) {
	own := httptest.NewUnstartedServer(serving(t, wide(t)))
	own.Config.ReadTimeout, own.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	own.Start()
	defer own.Close()
	r, err := http.Get(own.URL + "/api/v1/export")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	lines := bufio.NewScanner(r.Body)
	lines.Buffer(nil, 1<<20)
	n := 0
	for lines.Scan() {
		if n++; n%100 == 1 {
			time.Sleep(300 * time.Millisecond) // a slow client
		}
	}
	if lines.Err() != nil || n != 300 {
		t.Errorf("%d lines, %v", n, lines.Err())
	}
}

// TestExportEndsWithItsClient: who goes leaves room for others.
func TestExportEndsWithItsClient(t *testing.T) {
	own := httptest.NewServer(serving(t, wide(t)))
	defer own.Close()
	for i := range 12 { // more than there may be at the same time
		for patience := 100; ; patience-- {
			r, err := http.Get(own.URL + "/api/v1/export")
			if err != nil {
				t.Fatal(err)
			}
			if r.StatusCode == http.StatusOK {
				if _, err := bufio.NewReader(r.Body).ReadString('\n'); err != nil {
					t.Fatal(err)
				}
				r.Body.Close()
				break
			}
			r.Body.Close()
			if patience == 0 {
				t.Fatalf("the %dth: %d", i+1, r.StatusCode)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
}
