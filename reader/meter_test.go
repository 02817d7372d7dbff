package reader

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestProgress sees to it that what is told of reading adds up to Size,
// whatever the files hold.
func TestProgress(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprint(z, strings.Repeat(`{"text":"The mayor said yes."}`+"\n", 1000))
	z.Close()
	dir := write(t, map[string]string{
		"a.txt": "The mayor said yes.", "b.html": "<p>The mayor said no.</p>", "c/d.jsonl.gz": packed.String(), "c/e.txt": "",
		"half.jsonl.gz": packed.String()[:packed.Len()/2], "broken.parquet": "PAR1 and no more", "f.pdf": "not read", ".hidden.txt": "not read",
	})
	want := int64(0)
	for _, name := range []string{"a.txt", "b.html", "c/d.jsonl.gz", "c/e.txt", "half.jsonl.gz", "broken.parquet"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		want += info.Size()
	}
	args := []string{dir, filepath.Join(dir, "absent.txt")}
	if size, known := Size(t.Context(), args...); size != want || !known {
		t.Errorf("Size is %d, %v, want %d", size, known, want)
	}
	var read atomic.Int64
	articles, _, _ := collect(t, Options{Read: func(n int64) { read.Add(n) }}, dir, args...)
	if read.Load() != want || len(articles) < 1002 {
		t.Errorf("told of %d bytes, want %d; %d articles", read.Load(), want, len(articles))
	}
	for _, arg := range []string{"-", "https://quay.example/"} {
		if _, known := Size(t.Context(), dir, arg); known {
			t.Errorf("the size of %s is known", arg)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, known := Size(ctx, dir); known {
		t.Error("the size is known although nobody waits for it")
	}
}

// TestWorkers reads the same with one worker and with several.
func TestWorkers(t *testing.T) {
	files := map[string]string{"z.html": "<p>" + strings.Repeat("Nobody told the board. ", maxAside/20) + "</p>"}
	for i := range 40 {
		files[fmt.Sprintf("%02d/report.html", i)] = fmt.Sprintf("<title>Pier %d</title><p>The pier was closed %d times, the board said.</p>", i, i)
		files[fmt.Sprintf("%02d/lines.jsonl", i)] = fmt.Sprintf("{\"id\":\"l%d\",\"text\":\"One.\"}\n{oops\n{\"html\":\"<p>Two.</p>\"}\n", i)
		files[fmt.Sprintf("%02d/empty.txt", i)] = ""
	}
	dir := write(t, files)
	_, one, _ := collect(t, Options{Workers: 1}, dir, dir)
	_, many, _ := collect(t, Options{Workers: 4}, dir, dir)
	check(t, many, one...)
	if len(one) != 5*40+1 {
		t.Errorf("%d outcomes", len(one))
	}
}
