package server_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/pipeline"
	"onrecord/record"
	"onrecord/server"
	"onrecord/speaker"
	"onrecord/store"
	"onrecord/text"
)

var noon = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)

// credited is a statement of a report: the first words of its body that read
// so, one after the other.
type credited struct {
	who, role, source, cue, content string
	kind                            attribution.Kind
	confidence                      float64
}

// told is a report as the record takes it.
func told(a article.Article, said ...credited) store.Entry {
	e := store.Entry{Article: a, Language: "en", Fingerprint: "stages 1, model test"}
	at := 0
	span := func(s string) []text.Span {
		if s == "" {
			return nil
		}
		i := strings.Index(a.Body, s)
		if next := strings.Index(a.Body[at:], s); next >= 0 {
			i = at + next
		}
		return []text.Span{{Start: i, End: i + len(s)}}
	}
	for _, c := range said {
		one := attribution.Attribution{
			Kind: c.kind, Content: span(c.content), Source: span(c.source), Cue: span(c.cue), SourceHead: -1, CueHead: -1, Confidence: c.confidence,
			Details: attribution.Details{Polarity: attribution.Asserted},
		}
		at = one.Content[0].Start
		e.Statements = append(e.Statements, speaker.Statement{
			Attribution: one, Speaker: speaker.Speaker{ID: strings.ToLower(strings.ReplaceAll(c.who, " ", "-")), Name: c.who, Role: c.role},
		})
	}
	return e
}

func day(n int) time.Time { return noon.AddDate(0, 0, n) }

// The ferry's story is told by three outlets, one of which edits its report;
// the school's by one.
func reports() (ferry, school []store.Entry) {
	lamp := func(id, when string, more ...credited) store.Entry {
		quote := "“We will not tie the boat up " + when + " the bridge is open,”"
		return told(article.Article{
			ID: id, Outlet: "The Lamp", Title: "Island keeps its ferry", URL: "https://lamp.example/ferry", Byline: []string{"Kim Dale"}, Published: day(0),
			Body: quote + " harbour director Ana Moreno said on Monday.\n\nPeter Lund of the islanders told reporters that nobody had asked the islanders.\n\nThe ferry carries 90 people a day.",
		}, append([]credited{{"Ana Moreno", "harbour director", "Ana Moreno", "said", quote, attribution.Direct, .97}}, more...)...)
	}
	first := lamp("lamp-1", "before", credited{"Peter Lund", "", "Peter Lund", "told", "that nobody had asked the islanders", attribution.Indirect, .31})
	second := lamp("lamp-2", "until")
	quay := told(article.Article{ID: "quay/7 ü?", Outlet: "Quay & Daughters", Title: "Ferry stays, says director", Published: day(-1), DateOnly: true, URL: "https://quay.example/7",
		Body: "The ferry stays. “We will not tie the boat up,” said Ana Moreno, who runs the harbour."},
		credited{"Ana Moreno", "", "Ana Moreno", "said", "“We will not tie the boat up,”", attribution.Direct, .9})
	wire := told(article.Article{ID: "wire-3", Outlet: "Wire", Title: "Boat", Body: "Boats are boats."})
	lone := told(article.Article{ID: "school-1", Outlet: "The Lamp", Title: "School closes early", Published: day(-40), URL: "https://lamp.example/school",
		Body: "The harbour school closes at noon, Lena Roth said."},
		credited{"Lena Roth", "teacher", "Lena Roth", "said", "The harbour school closes at noon", attribution.Indirect, .8})
	return []store.Entry{first, quay, wire, second}, []store.Entry{lone}
}

// kept is a record of stories.
func kept(t testing.TB, stories ...[]store.Entry) *store.Store {
	t.Helper()
	s, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, entries := range stories {
		keep(t, s, entries)
	}
	return s
}

// keep adds a story; what an article has otherwise than the version before is
// made up.
func keep(t testing.TB, s *store.Store, entries []store.Entry) {
	t.Helper()
	story := int64(0)
	for i, e := range entries {
		b, err := s.Begin(t.Context(), noon.Add(time.Duration(i)*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		out, err := b.Add(e, func() (store.Placed, error) { return store.Placed{Story: story}, nil }, b.BySpelling)
		if err == nil && out.Result == store.NewVersion {
			err = b.Edit(out.Row, []store.Edit{{What: "quotation", Change: "changed", SpeakerBefore: "Ana Moreno", SpeakerAfter: "Ana Moreno (denied)", Before: "before the bridge", After: "until the bridge"}})
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Commit(); err != nil {
			t.Fatal(err)
		}
		story = out.Story
	}
}

// filled is a record with both stories.
func filled(t testing.TB) *store.Store {
	t.Helper()
	ferry, school := reports()
	return kept(t, ferry, school)
}

// reading is what reads articles, loaded once.
var reading = sync.OnceValues(func() (*pipeline.Pipeline, error) {
	p, err := pipeline.Default()
	if err != nil {
		return nil, err
	}
	own := *p
	own.AnyLanguage = true
	return &own, nil
})

// comparing compares stories as the program does.
func comparing(t testing.TB, s *store.Store) server.Comparer {
	t.Helper()
	return func(ctx context.Context, one store.Story) (*record.Told, error) {
		p, err := reading()
		if err != nil {
			return nil, err
		}
		return record.New(s, p, "", nil).Compare(ctx, one, 2)
	}
}

// serving is a server over a record.
func serving(t testing.TB, s *store.Store, change ...func(*server.Config)) http.Handler {
	t.Helper()
	return serverOf(t, s, change...).Handler()
}

func serverOf(t testing.TB, s *store.Store, change ...func(*server.Config)) *server.Server {
	t.Helper()
	p, err := reading()
	if err != nil {
		t.Fatal(err)
	}
	c := server.Config{Store: s, Parser: p.Parser, Compare: comparing(t, s), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Rate: 1, Burst: 5, Now: func() time.Time { return noon }}
	if s != nil {
		c.Record = record.New(s, nil, "", func() time.Time { return noon })
	}
	for _, f := range change {
		f(&c)
	}
	own, err := server.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return own
}

// asked is the answer to a request from this machine, headers given in pairs.
func asked(t *testing.T, h http.Handler, target string, headers ...string) *http.Response {
	t.Helper()
	method, address, ok := strings.Cut(target, " ")
	if !ok {
		method, address = http.MethodGet, target
	}
	r := httptest.NewRequestWithContext(t.Context(), method, address, nil)
	r.RemoteAddr = "127.0.0.1:4000"
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "from" {
			r.RemoteAddr = headers[i+1]
		} else {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func bodyOf(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
