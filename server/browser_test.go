package server_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"onrecord/store"
)

// limit bounds each test in the browser.
const limit = 30 * time.Second

// browser starts a browser that ends with the test.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no browser: install Debian's chromium")
		}
		t.Skip("no browser: install Debian's chromium, or let `make test` do it, to test pages in one")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // which root cannot have
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// tab is a page in the browser.
type tab struct {
	*testing.T
	ctx     context.Context
	address string // of the server
	mu      sync.Mutex
	wrong   []string // errors on the console, requests for anything else, dialogs
}

// view is how a reader looks at a page.
type view struct {
	width  int64
	scheme string // "light" or "dark"
	media  string // "" or "print"
	noJS   bool
}

// open opens a page of a record in a tab. At the end of the test nothing may
// have gone wrong in it.
func open(t *testing.T, browser context.Context, v view, s *store.Store, target string) *tab {
	t.Helper()
	own := httptest.NewServer(serving(t, s))
	t.Cleanup(own.Close)
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	p := &tab{T: t, ctx: ctx, address: own.URL}
	p.do(chromedp.EmulateViewport(v.width, 900))
	p.ctx, cancel = context.WithTimeout(ctx, limit)
	t.Cleanup(cancel)
	if err := chromedp.Listen(p.ctx, p.listen); err != nil {
		t.Fatal(err)
	}
	scheme := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}}
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: v.media, Features: scheme})
	p.check(err)
	_, err = chromedp.Call(p.ctx, network.Enable, network.EnableParams{})
	p.check(err)
	if v.noJS {
		_, err = chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		p.check(err)
	}
	p.goTo(target)
	t.Cleanup(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, w := range p.wrong {
			t.Error(w)
		}
	})
	return p
}

func (p *tab) goTo(target string) {
	p.Helper()
	p.do(chromedp.Navigate(p.address + target))
}

// listen notes what may not happen.
func (p *tab) listen(event any) {
	note := ""
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		note = fmt.Sprintf("console.%s was called", e.Type)
	case *runtime.EventExceptionThrown:
		note = "exception: " + e.ExceptionDetails.Text
	case *log.EventEntryAdded:
		note = "console: " + e.Entry.Text
	case *page.EventJavascriptDialogOpening:
		note = "dialog: " + e.Message
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, p.address) {
			note = "request for " + e.Request.URL
		}
	}
	if note != "" {
		p.mu.Lock()
		p.wrong = append(p.wrong, note)
		p.mu.Unlock()
	}
}

func (p *tab) check(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	p.check(chromedp.Do(p.ctx, steps...))
}

// eval is the value of an expression in the page.
func eval[T any](p *tab, expression string) T {
	p.Helper()
	out, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	p.check(err)
	return out
}

// want waits until an expression in the page is true.
func (p *tab) want(what, expression string) {
	p.Helper()
	for range 80 {
		if eval[bool](p, expression) {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	p.Errorf("%s: not so at %s: %s", what, eval[string](p, `location.pathname`), expression)
}

// everyPage has an address of each page.
var everyPage = []string{"/", "/search?q=boat", "/search?q=boat&in=articles", "/search?q=zeppelin", "/check", "/check?q=we+will+tie+the+old+boat+up", "/article/lamp-1", "/article/lamp-2", "/story/1", "/story/2", "/story/1/figures", "/said/lamp-2/0-51", "/said/wire-3/0-5",
	"/speaker/1/ana-moreno", "/speaker/1/ana-moreno?before=1", "/speakers", "/speakers?q=marino", "/outlet/The%20Lamp", "/outlet/The%20Lamp?before=1", "/feeds",
	"/login", "/corrections", "/corrections/review", "/story/1/correct", "/speaker/1/correct"}

func TestInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	ctx := browser(t)
	for name, test := range map[string]func(*testing.T, context.Context){
		"looking a quote up": testLookUp, "correcting": testCorrecting, "keyboard": testKeyboard, "story": testStory, "story of many": testCrowd, "article": testArticle, "contrast": testContrast, "names": testNames,
		"hostile": testHostilePages, "a change of position": testChange, "widths": testWidths, "paper": testPaper, "without script": testWithoutScript,
	} {
		t.Run(name, func(t *testing.T) { test(t, ctx) })
	}
}

// testLookUp finds who else printed a quotation, from the front page on.
func testLookUp(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280}, filled(t), "/")
	p.do(chromedp.SendKeys(chromedp.CSS("#check-box"), "We will not tie the boat up\r"))
	p.want("the answer is there", `location.pathname === "/check" && document.querySelectorAll(".match").length === 3`)
	p.do(chromedp.Click(chromedp.CSS(".match:nth-child(2) a.open")))
	p.want("the report opens at the statement", `location.pathname === "/article/lamp-1" && location.hash === "#a1"`)
	p.want("which is lit", `document.querySelector('mark[data-u="a1"]').classList.contains("on") && document.querySelector("#note-1").classList.contains("on")`)
	p.do(chromedp.Click(chromedp.CSS("#note-1 a[href^='/check']")))
	p.want("its note leads to who else has it", `location.pathname === "/check" && document.querySelectorAll(".match").length === 3`)
}

func testKeyboard(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280}, filled(t), "/")
	p.do(chromedp.KeyEvent("j"))
	p.want("j goes to the first story", `document.activeElement.textContent === "Ferry stays, says director"`)
	p.do(chromedp.KeyEvent("jk"))
	p.want("and k back to it", `document.activeElement.textContent === "Ferry stays, says director"`)
	p.do(chromedp.KeyEvent("?"))
	p.want("? opens the help", `help.open`)
	p.do(chromedp.KeyEvent("\x1b"))
	p.want("Esc closes it", `!help.open`)
	p.do(chromedp.KeyEvent("/"))
	p.want("/ goes to the search box", `document.activeElement.id === "search-box"`)
	p.do(chromedp.KeyEvent("boat/?j"))
	p.want("where keys are letters", `document.activeElement.value.endsWith("boat/?j")`) // after the /, which the protocol types too
	p.do(chromedp.KeyEvent("\x1b"))
	p.want("Esc leaves it", `document.activeElement === document.body`)
	p.do(chromedp.KeyEvent("c"))
	p.want("c goes to the box to check a quote", `document.activeElement.id === "check-box"`)
	p.goTo("/search?q=boat")
	p.do(chromedp.KeyEvent("j"), chromedp.KeyEvent("\r"))
	p.want("Enter opens what was found", `location.pathname.startsWith("/article/") && location.hash === "#a1"`)
	for _, target := range everyPage {
		p.goTo(target)
		p.do(chromedp.Evaluate[chromedp.Void](`for (const el of document.querySelectorAll("a, button, input, textarea")) el.addEventListener("focus", () => el.dataset.reached = 1)`))
		for range eval[int](p, `document.querySelectorAll("a, button, input, textarea").length + 2`) {
			p.do(chromedp.KeyEvent("\t"))
		}
		if missed := eval[[]string](p, `[...document.querySelectorAll("a, button, input, textarea")].filter((el) => !el.dataset.reached && !el.disabled && el.checkVisibility()).map((el) => el.outerHTML.slice(0, 80))`); len(missed) > 0 {
			t.Errorf("%s: Tab does not reach %q", target, missed)
		}
	}
}

func testArticle(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280}, filled(t), "/article/lamp-1#a2")
	p.want("a link to a statement lights it", `document.querySelector('mark[data-u="a2"]').classList.contains("on")`)
	p.do(chromedp.KeyEvent("k"))
	p.want("k goes to the one before", `document.querySelector("#note-1").classList.contains("on") && !document.querySelector("#note-2").classList.contains("on")`)
	at := eval[[]float64](p, `(() => { const r = document.querySelector('mark[data-u="a2"]').getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2] })()`)
	p.do(chromedp.MouseEvent("mouseMoved", at[0], at[1]))
	p.want("pointing lights up the note", `document.querySelector("#note-2").classList.contains("lit")`)
	p.want("notes stand beside their paragraphs", `(() => { const a = document.querySelector("#p2").getBoundingClientRect(), b = document.querySelector("#note-2").getBoundingClientRect(); return b.left >= a.right && Math.abs(a.top - b.top) < 30 })()`)
}

// contrasts lists the texts whose contrast with what is behind them is under
// 4.5 (WCAG 2.2, 1.4.3), as the browser computes their colours.
const contrasts = `(() => {
  const rgb = (s) => (s.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const behind = (el) => {
    for (; el; el = el.parentElement) {
      const c = rgb(getComputedStyle(el).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
      if (c[3] > 0) throw new Error("a translucent background: " + el.outerHTML.slice(0, 80));
    }
  };
  const low = [];
  const look = (el, style, what) => {
    const [a, b] = [light(rgb(style.color)), light(behind(el))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) low.push(ratio.toFixed(2) + " " + el.tagName + "." + el.className + " " + what);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const el = texts.currentNode.parentElement, what = texts.currentNode.data.trim();
    if (what && el.checkVisibility()) look(el, getComputedStyle(el), what.slice(0, 30));
  }
  for (const el of document.querySelectorAll("input")) look(el, getComputedStyle(el, "::placeholder"), el.placeholder);
  return low;
})()`

func testContrast(t *testing.T, ctx context.Context) {
	for _, scheme := range []string{"light", "dark"} {
		p := open(t, ctx, view{width: 1280, scheme: scheme}, filled(t), "/")
		p.want("the scheme is "+scheme, fmt.Sprintf(`matchMedia("(prefers-color-scheme: %s)").matches`, scheme))
		for _, target := range append(everyPage, "/article/lamp-1#a1") {
			p.goTo(target)
			p.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("[data-u='a2']").forEach((el) => el.classList.add("lit")); help.showModal()`))
			for _, low := range eval[[]string](p, contrasts) {
				t.Errorf("%s, %s: contrast %s", target, scheme, low)
			}
		}
	}
}

// testNames looks at pages as a screen reader does.
func testNames(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280}, filled(t), "/")
	seen := map[string]int{}
	for _, target := range everyPage {
		p.goTo(target)
		tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
		p.check(err)
		for _, n := range tree.Nodes {
			if n.Ignored || n.Role == nil {
				continue
			}
			role := strings.Trim(string(n.Role.Value), `"`)
			seen[role]++
			switch role {
			case "link", "button", "navigation", "region", "article", "heading", "searchbox", "textbox", "search", "form", "complementary":
				if n.Name == nil || len(n.Name.Value) <= len(`""`) {
					if role != "search" && role != "form" {
						t.Errorf("%s: a %s (node %s) has no name", target, role, n.NodeID)
					}
				}
			}
		}
		levels := eval[[]int](p, `[...document.querySelectorAll("h1, h2, h3, h4")].filter((h) => h.checkVisibility()).map((h) => +h.tagName[1])`)
		for i, level := range levels {
			if i == 0 && level != 1 || i > 0 && level > levels[i-1]+1 {
				t.Errorf("%s: the levels of headings are %v", target, levels)
				break
			}
		}
	}
	for _, role := range []string{"link", "button", "navigation", "banner", "main", "contentinfo", "heading", "searchbox", "textbox", "article", "mark", "complementary", "time"} {
		if seen[role] == 0 {
			t.Errorf("no %s among %v", role, seen)
		}
	}
}

func testHostilePages(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 390}, kept(t, hostileReports()), "/")
	for _, target := range []string{"/", "/search", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/check?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/article/5%20%27%3E%3Cimg%20src=x%20onerror=alert(1)%3E", "/article/36%20" + strings.Repeat("W", 400)} {
		p.goTo(target)
		p.want(target+" is no wider than a phone", `document.scrollingElement.scrollWidth <= innerWidth`)
		p.do(chromedp.KeyEvent("jjk"))
	}
}

func testWidths(t *testing.T, ctx context.Context) {
	for _, width := range []int64{320, 390, 1280} {
		p := open(t, ctx, view{width: width}, filled(t), "/")
		for _, target := range everyPage {
			p.goTo(target)
			p.want(fmt.Sprintf("%s fits into %d pixels", target, width), `document.scrollingElement.scrollWidth <= innerWidth`)
			p.want("both boxes are there", `document.querySelector("#search-box").checkVisibility() && document.querySelector("#check-box").checkVisibility()`)
		}
	}
}

func testPaper(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 800, media: "print"}, filled(t), "/article/lamp-1")
	p.want("what only a screen needs is left out", `!document.querySelector(".boxes").checkVisibility() && !document.querySelector("nav").checkVisibility()`)
	p.want("the text and its notes are there", `document.querySelector("#p2").checkVisibility() && document.querySelector("#note-2").checkVisibility()`)
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF())
	p.check(err)
	if len(pdf) < 5_000 {
		t.Errorf("a PDF of %d bytes", len(pdf))
	}
}

func testWithoutScript(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280, noJS: true}, filled(t), "/article/lamp-1#a2")
	text, err := chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS("main")))
	p.check(err)
	for _, want := range []string{"We will not tie the boat up", "Peter Lund", "31 % sure", "earlier version", "The same story elsewhere"} {
		if !strings.Contains(text, want) {
			t.Errorf("without a script the page does not show %q", want)
		}
	}
	p.want("nothing is shown that needs it", `document.getElementById("help-button").hidden`)
	p.do(chromedp.SendKeys(chromedp.CSS("#search-box"), "boat\r"))
	p.want("a search works", `location.pathname === "/search" && document.querySelectorAll(".hit").length === 2`)
}
