package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/store"
)

// hostile are texts that try to be more than texts.
var hostile = []string{
	`<script>alert(1)</script>`,
	`</script><script>alert(1)</script>`,
	`</title><script>alert(1)</script>`,
	`</textarea><script>alert(1)</script>`,
	`"><script>alert(1)</script>`,
	`'><img src=x onerror=alert(1)>`,
	`" onmouseover="alert(1)" x="`,
	`' autofocus onfocus='alert(1)`,
	`" onclick=alert(1) style=position:fixed`,
	`<svg onload=alert(1)>`,
	`<svg><style><img src=x onerror=alert(1)></style></svg>`,
	`<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`,
	`<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>`,
	`<a href="javascript:alert(1)">x</a>`,
	`javascript:alert(1)//x`,
	`JaVaScRiPt:alert(1) //x`,
	"java\tscript:alert(1) //x",
	`data:text/html,<script>alert(1)</script>`,
	`//evil.example/x y`,
	`<base href="https://evil.example/">`,
	`<meta http-equiv="refresh" content="0;url=https://evil.example/">`,
	`<link rel=stylesheet href=https://evil.example/x.css>`,
	`<style>@import 'https://evil.example/x.css';</style>`,
	`<form action="https://evil.example/"><input name=q>`,
	`<!--><script>alert(1)</script-->`,
	`<![CDATA[<script>alert(1)</script>]]>`,
	`{{.Assets}} {{template "layout.html"}} ${alert(1)} <%= 1 %>`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`,
	`%3Cscript%3Ealert(1)%3C/script%3E`,
	`+ADw-script+AD4-alert(1)+ADw-/script+AD4-`,
	"<scr\x00ipt>alert(1)</scr\x00ipt>",
	"a\u202etpircs<\u202c b\u2066c\u2069",
	"\ufeff<script\u2028>alert(1)</script\u2029>",
	`x" id="main" name="q`,
	`../../../../etc/passwd`,
	`a'; DROP TABLE article; --`,
	strings.Repeat("W", 400),
	strings.Repeat("<b>", 200),
}

// hostileReports have a hostile text wherever one can be.
func hostileReports() (out []store.Entry) {
	for i, s := range hostile {
		quote := "“" + s + " is what they say,”"
		e := told(article.Article{
			ID: fmt.Sprintf("%d %s", i, s), Outlet: s, Title: s, URL: s, Byline: []string{s, s}, Origin: fmt.Sprintf("%d %s", i, s), Published: noon,
			Body: quote + " " + s + " said.\n\n" + s + "\n\n\x1b[31m" + s,
		}, credited{s, s, s, "said", quote, attribution.Direct, .2})
		e.Statements[0].Reporter, e.Statements[0].Date, e.Statements[0].Kind, e.Statements[0].Polarity = s, s, attribution.Kind(s), attribution.Polarity(s)
		e.Statements[0].Venue, e.Statements[0].Addressee = e.Statements[0].Source, e.Statements[0].Source
		out = append(out, e)
	}
	return out
}

// TestHostile asks for every page of a hostile record, in a hostile way:
// examine finds whatever became an element, a handler or a link to elsewhere.
func TestHostile(t *testing.T) {
	s := kept(t, hostileReports())
	h := serving(t, s)
	look := func(t *testing.T, address string) {
		t.Helper()
		r := asked(t, h, address)
		for n := 0; r.StatusCode == http.StatusFound && n < 3; n++ {
			address = r.Header.Get("Location")
			if u, err := url.Parse(address); err != nil || u.Host != "" || !strings.HasPrefix(address, "/") {
				t.Errorf("sent to %q", address)
			}
			r = asked(t, h, address)
		}
		if r.StatusCode >= 500 {
			t.Errorf("%s: %d", address, r.StatusCode)
		}
		body := bodyOf(t, r)
		examine(t, body)
		for _, raw := range []string{"\x00", "\x1b", "\u202e", "\u2066"} {
			if strings.Contains(body, raw) {
				t.Errorf("%s has the character %q", address, raw)
			}
		}
	}
	look(t, "/")
	look(t, "/search")
	look(t, "/story/1")
	look(t, "/story/1?beside=1&beside=2&beside=3&beside=4&beside=5&beside=6")
	look(t, "/story/1/figures")
	look(t, "/speakers")
	look(t, "/feeds")
	for row := range hostile {
		look(t, fmt.Sprint("/speaker/", row+1))
	}
	for i, one := range hostile {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			for _, address := range []string{"/speakers?q=", "/speaker?name=", "/outlet/", "/speaker/1/", "/outlet/x?year="} {
				look(t, address+url.PathEscape(one))
			}
			look(t, "/article/"+url.PathEscape(fmt.Sprintf("%d %s", i, one)))
			look(t, "/said/"+url.PathEscape(fmt.Sprintf("%d %s", i, one))+"/1-4")
			look(t, "/story/"+url.PathEscape(one))
			look(t, "/story/1?beside="+url.QueryEscape(one)+"&rows="+url.QueryEscape(one))
			for _, q := range []string{one, `"` + one + `"`, "speaker:" + one, `outlet:"` + one + `"`} {
				look(t, "/search?q="+url.QueryEscape(q))
				look(t, "/search?in=articles&sort=date&q="+url.QueryEscape(q))
				look(t, "/check?q="+url.QueryEscape(q+" is what they say"))
			}
			look(t, "/search?q=say&sort="+url.QueryEscape(one)+"&in="+url.QueryEscape(one)+"&before="+url.QueryEscape(one))
			look(t, "/"+url.PathEscape(one))
		})
	}
	if r := asked(t, h, "/article/"+url.PathEscape("0 "+hostile[0])); r.StatusCode != http.StatusOK {
		t.Errorf("an article with a hostile ID: %d", r.StatusCode)
	}
}
