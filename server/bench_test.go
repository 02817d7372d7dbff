package server_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// BenchmarkPages answers with pages of a small record, as they are and
// compressed.
func BenchmarkPages(b *testing.B) {
	ferry, school := reports()
	h := serving(b, kept(b, ferry, school))
	for _, target := range []string{"/", "/search?q=boat", "/check?q=we+will+not+tie+the+boat+up", "/article/lamp-1"} {
		for _, coding := range []string{"", "gzip", "br"} {
			b.Run(target+" "+coding, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, target, nil)
					r.RemoteAddr = "127.0.0.1:1"
					r.Header.Set("Accept-Encoding", coding)
					h.ServeHTTP(httptest.NewRecorder(), r)
				}
			})
		}
	}
}
