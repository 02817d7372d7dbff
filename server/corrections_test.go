package server_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"onrecord/server"
	"onrecord/store"
)

// corrections is how many a record has.
func corrections(t *testing.T, s *store.Store) int {
	t.Helper()
	all, err := s.Corrections(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// TestForged sends what changes something from where it may not come from.
func TestForged(t *testing.T) {
	s := filled(t)
	welcome(t, s, "Ana", "Ben")
	own := serverOf(t, s)
	ana, ben := loggedIn(t, own.Handler(), "Ana"), loggedIn(t, own.Handler(), "Ben")
	nobody := surf(t, own.Handler())
	all := server.Writes(own)
	if len(all) < 5 {
		t.Fatalf("only %q change something", all)
	}
	merge := func(seal string) url.Values {
		return url.Values{"seal": {seal}, "do": {"merge"}, "story": {"2"}, "name": {"Ana"}, "password": {right}}
	}
	good := ana.seal("/story/1/correct")
	for _, target := range all {
		for name, c := range map[string]struct {
			from    *surfer
			target  string
			form    url.Values
			headers []string
			status  int
		}{
			"no seal":                 {ana, target, url.Values{"do": {"merge"}, "story": {"2"}}, nil, 403},
			"an empty seal":           {ana, target, merge(""), nil, 403},
			"a wrong seal":            {ana, target, merge(strings.Repeat("A", len(good))), nil, 403},
			"another session's seal":  {ana, target, merge(ben.seal("/story/1/correct")), nil, 403},
			"a seal of nobody's":      {ana, target, merge(nobody.seal("/login")), nil, 403},
			"a seal in the address":   {ana, target + "?seal=" + good, url.Values{"do": {"merge"}, "story": {"2"}}, nil, 403},
			"from another site":       {ana, target, merge(good), []string{"Sec-Fetch-Site", "cross-site"}, 403},
			"from a neighbour":        {ana, target, merge(good), []string{"Sec-Fetch-Site", "same-site"}, 403},
			"from another origin":     {ana, target, merge(good), []string{"Origin", "https://evil.example"}, 403},
			"from no origin":          {ana, target, merge(good), []string{"Origin", "null"}, 403},
			"as plain text":           {ana, target, merge(good), []string{"Content-Type", "text/plain"}, 403},
			"a seal without a cookie": {surf(t, own.Handler()), target, merge(good), nil, 401},
			"too much":                {ana, target, url.Values{"seal": {good}, "do": {strings.Repeat("w", 70<<10)}}, nil, 413},
		} {
			c.from.headers = http.Header{}
			for i := 0; i < len(c.headers); i += 2 {
				c.from.headers.Set(c.headers[i], c.headers[i+1])
			}
			want := c.status
			if want == 401 && (target == "/login" || target == "/logout") {
				want = 403 // where nobody needs to be logged in
			}
			r := c.from.ask(c.target, c.form)
			if r.StatusCode != want || len(r.Cookies()) != 0 {
				t.Errorf("%s, %s: %d, want %d\n%s", target, name, r.StatusCode, want, bodyOf(t, r))
			}
		}
	}
	if n := corrections(t, s); n != 0 {
		t.Errorf("%d corrections were made", n)
	}
	ana.headers = http.Header{"Sec-Fetch-Site": {"same-origin"}, "Origin": {"http://example.com"}}
	if r := ana.ask("/story/1/correct", merge(good)); r.StatusCode != 303 || corrections(t, s) != 1 {
		t.Errorf("what is not forged: %d\n%s", r.StatusCode, bodyOf(t, r))
	}
}

// TestTokens writes as a program does.
func TestTokens(t *testing.T) {
	s := filled(t)
	welcome(t, s, "Ana")
	h := serving(t, s)
	send := func(target string, headers ...string) *http.Response {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, target, strings.NewReader("do=merge&story=2"))
		r.RemoteAddr = "127.0.0.1:4000"
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Result()
	}
	for _, c := range []struct {
		target  string
		headers []string
		status  int
	}{
		{"/story/1/correct", nil, 401},
		{"/story/1/correct", []string{"Authorization", "Bearer "}, 401},
		{"/story/1/correct", []string{"Authorization", "Bearer Ana"}, 401},
		{"/story/1/correct", []string{"Authorization", "Basic token of Ana"}, 401},
		{"/story/1/correct?access_token=token+of+Ana", nil, 401},
		{"/story/1/correct", []string{"Cookie", "onrecord=token of Ana"}, 401},
		{"/story/1/correct", []string{"Authorization", "Bearer token of Ana", "Sec-Fetch-Site", "cross-site"}, 403},
		{"/story/1/correct", []string{"Authorization", "bearer token of Ana"}, 303},
	} {
		r := send(c.target, c.headers...)
		if r.StatusCode != c.status || c.status == 401 && r.Header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%s %q: %d, want %d\n%s", c.target, c.headers, r.StatusCode, c.status, bodyOf(t, r))
		}
	}
	all, err := s.Corrections(t.Context())
	if err != nil || len(all) != 1 || all[0].By != "Ana" {
		t.Errorf("%+v, %v", all, err)
	}
	if used, err := s.Token(t.Context(), "token of Ana"); err != nil || used.Used.IsZero() {
		t.Errorf("the token was never used: %+v, %v", used, err)
	}
	if err := s.Write(t.Context(), noon, func(b *store.Batch) error { return b.RemoveToken("Ana") }); err != nil {
		t.Fatal(err)
	}
	if r := send("/story/1/correct", "Authorization", "Bearer token of Ana"); r.StatusCode != 401 {
		t.Errorf("a token that was removed: %d", r.StatusCode)
	}
}

// TestCorrecting makes corrections as a user does, one after the other.
func TestCorrecting(t *testing.T) {
	s := filled(t)
	welcome(t, s, "Ana")
	h := serving(t, s)
	u := loggedIn(t, h, "Ana")
	who := func(name string) string {
		t.Helper()
		found, err := s.FindSpeakers(t.Context(), name, 1)
		if err != nil || len(found) != 1 {
			t.Fatal(name, found, err)
		}
		return "/speaker/" + server.Number(found[0].Row)
	}
	moreno, lund := who("Ana Moreno"), who("Peter Lund")
	for _, c := range []struct {
		name, target string
		form         url.Values
		status       int
		want         []string // on the history's page, or the error's
	}{
		{"no choice", "/story/1/correct", url.Values{"do": {"split"}}, 422, []string{"Nothing was chosen"}},
		{"no story", "/story/1/correct", url.Values{"do": {"merge"}, "story": {"two"}}, 422, []string{"number of a story"}},
		{"no such story", "/story/1/correct", url.Values{"do": {"merge"}, "story": {"99"}}, 404, nil},
		{"of no such story", "/story/99/correct", url.Values{"do": {"merge"}, "story": {"1"}}, 404, nil},
		{"itself", "/story/1/correct", url.Values{"do": {"merge"}, "story": {"1"}}, 409, []string{"one story already"}},
		{"no such thing", "/story/1/correct", url.Values{"do": {"burn"}, "article": {"wire-3"}, "story": {"2"}}, 400, nil},
		{"all", "/story/1/correct", url.Values{"do": {"split"}, "article": {"wire-3", "lamp-2", "quay/7 ü?"}}, 409, []string{"nothing of the story would be left"}},
		{"elsewhere", "/story/1/correct", url.Values{"do": {"split"}, "article": {"school-1"}}, 409, []string{"in another story"}},
		{"split", "/story/1/correct", url.Values{"do": {"split"}, "article": {"wire-3", "wire-3"}}, 303, []string{"Articles taken out of a story", "Boat (Wire)", "Another story", "by <b>Ana</b>", "12 March 2026, 12:00 UTC", "Undo", "stands first"}},
		{"undo", "/corrections/1/undo", url.Values{}, 303, []string{"Stories made one"}},
		{"undo again", "/corrections/1/undo", url.Values{}, 303, nil},
		{"undo nothing", "/corrections/99/undo", url.Values{}, 404, nil},
		{"move", "/story/1/correct", url.Values{"do": {"move"}, "article": {"wire-3"}, "story": {"http://127.0.0.1:8080/story/2?rows=1#x"}}, 303, []string{"Articles moved to another story"}},
		{"merge", "/story/1/correct", url.Values{"do": {"merge"}, "story": {" 2 "}}, 303, []string{"Stories made one"}},
		{"rename to nothing", moreno + "/correct", url.Values{"do": {"rename"}, "name": {" "}}, 422, []string{"a name with a word"}},
		{"rename", moreno + "/correct", url.Values{"do": {"rename"}, "name": {"Ana María Moreno"}}, 303, []string{"Speaker renamed", "Ana María Moreno", "Before"}},
		{"the same as nobody", moreno + "/correct", url.Values{"do": {"same"}, "other": {"Ivo Holm"}}, 422, []string{"Nobody on record has that name"}},
		{"the same", moreno + "/correct", url.Values{"do": {"same"}, "other": {"Lena Roth"}}, 303, []string{"Speakers made one", "Lena Roth"}},
		{"not the same", moreno + "/correct", url.Values{"do": {"different"}, "spelling": {"Lena Roth"}}, 303, []string{"Speakers told apart"}},
		{"the same by address", moreno + "/correct", url.Values{"do": {"same"}, "other": {"http://127.0.0.1:8080" + lund + "/peter-lund"}}, 303, []string{"Speakers made one", "Peter Lund"}},
		{"somebody else there", moreno + "/correct", url.Values{"do": {"elsewhere"}, "there": {"Ana Moreno"}, "in": {"quay/7 ü?"}}, 303, []string{"Somebody else of the name", "Ferry stays"}},
		{"of nobody", "/speaker/99/correct", url.Values{"do": {"rename"}, "name": {"X"}}, 404, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			u.t = t
			before := corrections(t, s)
			c.form.Set("seal", u.seal("/login"))
			r := u.ask(c.target, c.form)
			body := bodyOf(t, r)
			if r.StatusCode != c.status {
				t.Fatalf("%d, want %d\n%s", r.StatusCode, c.status, body)
			}
			if c.status == 303 {
				body = u.page(r.Header.Get("Location"))
			} else if n := corrections(t, s); n != before {
				t.Errorf("%d corrections were made", n-before)
			}
			examine(t, body)
			for _, want := range c.want {
				if !strings.Contains(body, want) {
					t.Errorf("%q is not in\n%s", want, body)
				}
			}
		})
	}
	u.t = t
	if err := s.Verify(t.Context(), func(p store.Problem) { t.Error(p) }, nil); err != nil {
		t.Error(err)
	}
	// Everywhere else it is seen: the two speakers and the two stories are one.
	if page := u.page("/story/1"); !strings.Contains(page, "Boat") || !strings.Contains(page, "School closes early") {
		t.Error("the story does not show what was moved there")
	}
}

// TestCorrectionPages looks at what those are shown who are not logged in, and
// at addresses that are none.
func TestCorrectionPages(t *testing.T) {
	s := filled(t)
	welcome(t, s, "Ana")
	h := serving(t, s)
	u := loggedIn(t, h, "Ana")
	for _, target := range []string{"/corrections", "/corrections/review", "/story/1/correct", "/story/2/correct", "/speaker/1/correct", "/speaker/1/correct?in=lamp-1"} {
		for _, reader := range []*surfer{u, surf(t, h)} {
			page := reader.page(target)
			if forms := strings.Contains(page, "<button class=\"plain-button\""); forms && reader != u {
				t.Errorf("%s has a form for whoever is not logged in", target)
			}
		}
	}
	if page := u.page("/corrections/review"); !strings.Contains(page, "80 % sure") || strings.Index(page, "80 % sure") > strings.Index(page, "97 % sure") || !strings.Contains(page, "/correct?in=lamp-2") {
		t.Errorf("the least sure is not first\n%s", page)
	}
	if page := u.page("/speaker/1/correct?in=lamp-1"); !strings.Contains(page, "Tell them apart there") {
		t.Errorf("nothing to be told apart\n%s", page)
	}
	for _, target := range []string{
		"/story/0/correct", "/story/x/correct", "/story/-1/correct", "/story/99/correct", "/story/..%2f1/correct", "/story/1/correct/x", "/speaker/0/correct", "/speaker/99/correct",
		"/speaker/..%2f..%2fetc%2fpasswd/correct", "/speaker/1/correct?in=nothing", "/speaker/1/correct?in=..%2f..%2fetc%2fpasswd", "/corrections?before=x", "/corrections?before=-1",
		"/corrections/..%2f..%2fetc%2fpasswd", "/corrections/1", "/login/x", "/login/..%2f..%2fetc%2fpasswd",
	} {
		if r := u.ask(target, nil); r.StatusCode != 404 || strings.Contains(bodyOf(t, r), "root:") {
			t.Errorf("%s: %d", target, r.StatusCode)
		}
	}
	for _, target := range []string{"/corrections/1/undo", "/logout"} {
		if r := u.ask(target, nil); r.StatusCode != 405 {
			t.Errorf("GET %s: %d", target, r.StatusCode)
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/login", bytes.NewReader(make([]byte, 3<<20)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("three megabytes: %d", w.Code)
	}
}

// TestHostileNames shows users and corrections whose names try to be more.
func TestHostileNames(t *testing.T) {
	ferry, school := reports()
	s := kept(t, ferry, school, hostileReports())
	welcome(t, s, "Ana")
	b, err := s.Begin(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range hostile {
		for _, c := range []store.Correction{
			{What: store.Rename, By: one, Names: []string{one}, Name: one, Articles: []string{one, "0 " + hostile[0]}, Before: [][]string{{one}}},
			{What: store.Change(one), By: one, Stories: [][]string{{one, "lamp-1"}, {one}}},
		} {
			if _, err := b.Log(c); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	h := serving(t, s, func(c *server.Config) { c.Rate = 0 })
	ana := loggedIn(t, h, "Ana")
	for next := "/corrections"; next != ""; {
		body := ana.page(next)
		next = ""
		for _, to := range examine(t, body).links {
			if strings.HasPrefix(to, "/corrections?before=") {
				next = to
			}
		}
	}
	for _, target := range []string{"/corrections/review", "/login"} {
		ana.page(target)
	}
	for row := range int64(10) {
		for _, target := range []string{"/speaker/" + server.Number(row+1) + "/correct?in=" + url.QueryEscape("0 "+hostile[0]), "/story/" + server.Number(row+3) + "/correct"} {
			if r := ana.ask(target, nil); r.StatusCode == 200 {
				examine(t, bodyOf(t, r))
			} else if r.StatusCode >= 500 {
				t.Errorf("%s: %d", target, r.StatusCode)
			}
		}
	}
	greeted := 0
	for i, one := range hostile {
		u := surf(t, h)
		u.from = "198.51.100." + server.Number(int64(i)) + ":99"
		r := u.logIn(one, "a guess that is wrong")
		if r.StatusCode != http.StatusForbidden {
			t.Errorf("%q: %d", one, r.StatusCode)
		}
		examine(t, bodyOf(t, r)) // which names who could not be let in
		if err := s.Write(t.Context(), noon, func(b *store.Batch) error {
			known, err := b.User(t.Context(), "Ana")
			if err != nil {
				return err
			}
			return b.SetUser(one, known.Password)
		}); err != nil {
			continue // it is no name
		}
		if r := u.logIn(one, right); r.StatusCode == http.StatusSeeOther {
			greeted++
			u.page("/login")
			u.page("/")
		}
	}
	if greeted < 20 {
		t.Errorf("only %d have such names", greeted)
	}
}
