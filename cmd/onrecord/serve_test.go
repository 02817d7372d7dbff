package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/reader/feed"
	"onrecord/store"
)

func TestServe(t *testing.T) {
	record := filepath.Join(t.TempDir(), "record.db")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, stderr := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--record", record, "--addr", "127.0.0.1:0", "--verbose", "--log", "json"}, strings.NewReader(""), io.Discard, stderr)
		stderr.Close()
	}()
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("nothing is said")
	}
	address, ok := strings.CutPrefix(lines.Text(), "onrecord: serving at ")
	if !ok {
		t.Fatal(lines.Text())
	}
	logged := make(chan string, 16)
	go func() {
		defer close(logged)
		for lines.Scan() {
			logged <- lines.Text()
		}
	}()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer, err)
	}
	answer.Body.Close()
	if line := <-logged; !strings.Contains(line, `"path":"/healthz"`) || !strings.Contains(line, `"status":200`) {
		t.Errorf("logged: %s", line)
	}
	http.DefaultClient.CloseIdleConnections()
	stop()
	select {
	case code := <-ended:
		if code != exitDone {
			t.Errorf("exit code %d", code)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it does not stop")
	}
}

// TestServeWatches fetches what a feed names while it serves.
func TestServeWatches(t *testing.T) {
	s := newsroom(t, 1, 2)
	record := filepath.Join(t.TempDir(), "record.db")
	opened, err := store.Create(t.Context(), record)
	if err != nil {
		t.Fatal(err)
	}
	if err := followAll(t.Context(), opened, []feed.Subscription{{Address: s.URL + "/feed/0"}}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--watch", "--allow", "127.0.0.0/8", "--pause", "1ms", "--record", record, "--addr", "127.0.0.1:0"}, strings.NewReader(""), io.Discard, io.Discard)
	}()
	for articles := 0; articles < 2; time.Sleep(50 * time.Millisecond) {
		feeds, err := opened.Feeds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		articles = 0
		for _, f := range feeds {
			articles += f.Kept
		}
		if t.Context().Err() != nil {
			t.Fatal("nothing is added")
		}
		select {
		case code := <-ended:
			t.Fatalf("it ended with code %d", code)
		default:
		}
	}
	stop()
	if code := <-ended; code != exitDone {
		t.Errorf("exit code %d", code)
	}
	if err := opened.Close(); err != nil {
		t.Error(err)
	}
}

func TestServeRefuses(t *testing.T) {
	for _, args := range [][]string{
		{"--addr", "0.0.0.0:0"}, {"--addr", ":0"}, {"--addr", "192.0.2.1:0"}, {"--addr", "example.org:0"}, {"--addr", "nowhere"},
		{"--addr", "127.0.0.1:0", "--public"}, {"--rate", "-1"}, {"--burst", "0"}, {"--log", "xml"},
	} {
		if code, _, _ := onrecord(t, "", append([]string{"serve", "--record", filepath.Join(t.TempDir(), "r.db")}, args...)...); code != exitUsage {
			t.Errorf("%q: exit code %d", args, code)
		}
	}
}
