package server_test

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"onrecord/password"
	"onrecord/server"
	"onrecord/store"
)

// cheap makes logging in quick where it is tested often.
var cheap = password.Cost{Memory: 64, Time: 1}

const right = "a ferry at the café"

// welcome gives names a user's and a token's rights in a record.
func welcome(t *testing.T, s *store.Store, names ...string) {
	t.Helper()
	hash, err := password.Hash(right, cheap)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		err := s.Write(t.Context(), noon, func(b *store.Batch) error {
			if err := b.SetUser(name, hash); err != nil {
				return err
			}
			return b.AddToken(name, "token of "+name)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// surfer is a browser with its cookies.
type surfer struct {
	t       *testing.T
	h       http.Handler
	from    string
	tls     bool
	headers http.Header
	cookies map[string]*http.Cookie
}

func surf(t *testing.T, h http.Handler) *surfer {
	return &surfer{t: t, h: h, from: "127.0.0.1:4000", headers: http.Header{}, cookies: map[string]*http.Cookie{}}
}

// ask sends a form, or asks for a page if that is nil.
func (u *surfer) ask(target string, form url.Values) *http.Response {
	u.t.Helper()
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	r := httptest.NewRequestWithContext(u.t.Context(), method, target, strings.NewReader(form.Encode()))
	r.RemoteAddr = u.from
	if u.tls {
		r.TLS = &tls.ConnectionState{}
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, values := range u.headers {
		r.Header[name] = values
	}
	for _, c := range u.cookies {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	w := httptest.NewRecorder()
	u.h.ServeHTTP(w, r)
	out := w.Result()
	for _, c := range out.Cookies() {
		u.cookies[c.Name] = c
		if c.MaxAge < 0 {
			delete(u.cookies, c.Name)
		}
	}
	return out
}

// page is the page at an address.
func (u *surfer) page(target string) string {
	u.t.Helper()
	r := u.ask(target, nil)
	body := bodyOf(u.t, r)
	if r.StatusCode != http.StatusOK {
		u.t.Fatalf("%s: %d\n%s", target, r.StatusCode, body)
	}
	examine(u.t, body)
	return body
}

// seal is what the forms of a page have.
func (u *surfer) seal(target string) string {
	u.t.Helper()
	return between(u.t, u.page(target), `name="seal" value="`, `"`)
}

// logIn tries a name with a password.
func (u *surfer) logIn(name, given string) *http.Response {
	u.t.Helper()
	return u.ask("/login", url.Values{"seal": {u.seal("/login")}, "name": {name}, "password": {given}})
}

// loggedIn is a browser in which a user is logged in.
func loggedIn(t *testing.T, h http.Handler, name string) *surfer {
	t.Helper()
	u := surf(t, h)
	if r := u.logIn(name, right); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s cannot log in: %d\n%s", name, r.StatusCode, bodyOf(t, r))
	}
	return u
}

// isKnown reports whether pages greet somebody.
func (u *surfer) isKnown() bool {
	u.t.Helper()
	return strings.Contains(u.page("/check"), "Logged in as")
}

func TestLogin(t *testing.T) {
	s := filled(t)
	welcome(t, s, "Ana Moreno")
	h := serving(t, s)
	for _, c := range []struct {
		name, given string
		status      int
	}{
		{"Ana Moreno", "a ferry at the cafe", 403}, {"Ana Moreno", "", 403}, {"ana moreno", right, 403}, {"Nobody", right, 403}, {"", "", 403}, {"Ana Moreno", right, 303},
	} {
		u := surf(t, h)
		r := u.logIn(c.name, c.given)
		if r.StatusCode != c.status || u.isKnown() != (c.status == 303) {
			t.Errorf("%q with %q: %d, greeted: %v", c.name, c.given, r.StatusCode, u.isKnown())
		}
		if body := bodyOf(t, r); c.status == 403 && !strings.Contains(body, "no such name, or the password") {
			t.Errorf("%q with %q is not told why: %s", c.name, c.given, body)
		}
	}
	u := loggedIn(t, h, "Ana Moreno")
	u.headers.Set("Referer", "http://example.com/search?q=boat")
	if page := u.page("/login"); !strings.Contains(page, "Logged in as Ana Moreno") || strings.Contains(page, `type="password"`) {
		t.Error("the page does not say who is logged in")
	}
	if r := u.ask("/logout", url.Values{"seal": {u.seal("/login")}}); r.StatusCode != 303 || len(u.cookies) != 0 || u.isKnown() {
		t.Errorf("logged out: %d, cookies %v", r.StatusCode, u.cookies)
	}
	if page := u.page("/login"); !strings.Contains(page, `name="to" value="/search?q=boat"`) {
		t.Error("the page before is forgotten")
	}
}

// TestLeads sends whoever has logged in nowhere but here.
func TestLeads(t *testing.T) {
	s := filled(t)
	welcome(t, s, "Ana")
	now := noon
	h := serving(t, s, func(c *server.Config) { c.Now = func() time.Time { return now } })
	for to, want := range map[string]string{
		"/search?q=a+b": "/search?q=a+b", "": "/", "https://evil.example/": "/", "//evil.example": "/", `/\evil.example`: "/", `\\evil.example`: "/",
		"javascript:alert(1)": "/", "/\t/evil.example": "/", "/a\r\nSet-Cookie: x=y": "/", "search": "/", "///evil.example": "/", "http:/search": "/",
	} {
		now = now.Add(time.Hour)
		u := surf(t, h)
		r := u.ask("/login", url.Values{"seal": {u.seal("/login")}, "name": {"Ana"}, "password": {right}, "to": {to}})
		if got := r.Header.Get("Location"); r.StatusCode != 303 || got != want {
			t.Errorf("%q leads to %q (%d), want %q", to, got, r.StatusCode, want)
		}
	}
}

// TestSessions looks at when they end.
func TestSessions(t *testing.T) {
	for name, c := range map[string]struct {
		after time.Duration
		does  func(b *store.Batch) error
		known bool
	}{
		"soon":                {time.Hour, nil, true},
		"after a day":         {24 * time.Hour, nil, false},
		"in use for too long": {46 * time.Hour, nil, false},
		"removed":             {0, func(b *store.Batch) error { return b.RemoveUser("Ana") }, false},
		"another password":    {0, func(b *store.Batch) error { return b.SetUser("Ana", "x") }, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := filled(t)
			welcome(t, s, "Ana")
			now := noon
			h := serving(t, s, func(c *server.Config) { c.Now = func() time.Time { return now } })
			u := loggedIn(t, h, "Ana")
			if c.does != nil {
				if err := s.Write(t.Context(), noon, c.does); err != nil {
					t.Fatal(err)
				}
			}
			now = now.Add(c.after)
			if got := u.isKnown(); got != c.known {
				t.Errorf("greeted: %v", got)
			}
		})
	}
	s := filled(t)
	welcome(t, s, "Ana")
	now := noon
	u := loggedIn(t, serving(t, s, func(c *server.Config) { c.Now = func() time.Time { return now } }), "Ana")
	for day := range 8 { // in use every few hours
		for range 4 {
			now = now.Add(6 * time.Hour)
			if got := u.isKnown(); got != now.Before(noon.Add(7*24*time.Hour)) {
				t.Fatalf("day %d: greeted: %v", day, got)
			}
		}
	}
}

// TestFixation plants secrets in a browser before somebody logs in there.
func TestFixation(t *testing.T) {
	s := filled(t)
	welcome(t, s, "Ana", "Ben")
	h := serving(t, s)
	attacker := surf(t, h)
	attacker.page("/login")
	planted := attacker.cookies["onrecord"].Value
	theirs := loggedIn(t, h, "Ben").cookies["onrecord"].Value
	for name, secret := range map[string]string{"of a form": planted, "of another session": theirs, "invented": strings.Repeat("A", 43), "empty": ""} {
		victim := surf(t, h)
		victim.cookies["onrecord"] = &http.Cookie{Name: "onrecord", Value: secret}
		if r := victim.ask("/login", url.Values{"seal": {sealFor(victim)}, "name": {"Ana"}, "password": {right}}); r.StatusCode != 303 {
			t.Fatalf("%s: %d", name, r.StatusCode)
		}
		if got := victim.cookies["onrecord"].Value; got == secret || len(got) != 43 {
			t.Errorf("%s: the secret is %q still", name, got)
		}
		attacker.cookies["onrecord"] = &http.Cookie{Name: "onrecord", Value: secret}
		if attacker.isKnown() {
			t.Errorf("%s: whoever planted it is logged in", name)
		}
	}
}

// sealFor is that of the login's form, also where somebody is logged in.
func sealFor(u *surfer) string { return u.seal("/login") }

func TestCookies(t *testing.T) {
	s := filled(t)
	welcome(t, s, "Ana")
	for _, c := range []struct {
		proxy, tls bool
		name       string
	}{{false, false, "onrecord"}, {true, false, "__Host-onrecord"}, {false, true, "__Host-onrecord"}} {
		h := serving(t, s, func(o *server.Config) { o.Proxy = c.proxy })
		u := surf(t, h)
		u.tls = c.tls
		for _, step := range []func(){func() { u.page("/login") }, func() { u.logIn("Ana", right) }} {
			step()
			got := u.cookies[c.name]
			if got == nil || len(u.cookies) != 1 {
				t.Fatalf("%+v: cookies %v", c, u.cookies)
			}
			if !got.HttpOnly || got.Secure != (c.proxy || c.tls) || got.SameSite != http.SameSiteLaxMode || got.Path != "/" || got.Domain != "" || got.MaxAge != 7*24*3600 || len(got.Value) != 43 {
				t.Errorf("%+v: %s", c, got)
			}
		}
		if !u.isKnown() {
			t.Errorf("%+v: not logged in", c)
		}
	}
}

// TestKeptForNobody looks at how long pages of somebody who is logged in are
// kept, and that nobody else is shown them.
func TestKeptForNobody(t *testing.T) {
	s := filled(t)
	welcome(t, s, "Zoë Quill")
	h := serving(t, s)
	u := loggedIn(t, h, "Zoë Quill")
	for _, target := range []string{"/", "/story/1", "/article/lamp-1", "/corrections", "/login"} {
		for range 2 {
			if r := u.ask(target, nil); r.Header.Get("Cache-Control") != "private, no-store" || !strings.Contains(bodyOf(t, r), "Zoë Quill") {
				t.Errorf("%s: kept as %q", target, r.Header.Get("Cache-Control"))
			}
			if body := bodyOf(t, asked(t, h, target)); strings.Contains(body, "Zoë Quill") || strings.Contains(body, u.cookies["onrecord"].Value) {
				t.Errorf("%s shows others who was here", target)
			}
		}
	}
}

// TestGuessing tries passwords until that is slowed, from one address and from
// many.
func TestGuessing(t *testing.T) {
	for name, from := range map[string]func(i int) (address, user string){
		"an address":     func(i int) (string, string) { return "192.0.2.1:99", fmt.Sprint("user ", i) },
		"this machine":   func(i int) (string, string) { return "127.0.0.1:99", fmt.Sprint("user ", i) },
		"an IPv6 line":   func(i int) (string, string) { return fmt.Sprintf("[2001:db8::%x]:99", i+1), fmt.Sprint("user ", i) },
		"many on a name": func(i int) (string, string) { return fmt.Sprintf("192.0.2.%d:99", i+1), "Ana" },
	} {
		t.Run(name, func(t *testing.T) {
			s := filled(t)
			welcome(t, s, "Ana")
			now := noon
			h := serving(t, s, func(c *server.Config) { c.Rate, c.Now = 0, func() time.Time { return now } })
			try := func(i int, given string) *http.Response {
				u := surf(t, h)
				var user string
				u.from, user = from(i)
				if given == right {
					user = "Ana"
				}
				return u.logIn(user, given)
			}
			for i := range 8 {
				if r := try(i, "a guess that is wrong"); r.StatusCode != 403 {
					t.Fatalf("guess %d: %d", i, r.StatusCode)
				}
			}
			for i, given := range []string{"a guess that is wrong", right} {
				r := try(8+i, given)
				if r.StatusCode != 429 || r.Header.Get("Retry-After") != "30" || !strings.Contains(bodyOf(t, r), "too many tries") {
					t.Errorf("%q after eight guesses: %d", given, r.StatusCode)
				}
			}
			now = now.Add(31 * time.Second)
			if r := try(10, right); r.StatusCode != 303 {
				t.Errorf("half a minute later: %d", r.StatusCode)
			}
			if r := try(11, right); r.StatusCode != 429 {
				t.Errorf("and once more: %d", r.StatusCode)
			}
		})
	}
}
