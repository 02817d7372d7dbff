package page_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"onrecord/comparison"
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
		t.Skip("no browser: install Debian's chromium, or let `make test` do it, to test the page in one")
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
	address string
	mu      sync.Mutex
	wrong   []string // errors on the console, requests for anything else
}

// view is how a reader looks at a page.
type view struct {
	width  int64
	scheme string // "light" or "dark"
	media  string // "" or "print"
	hash   string // "#u3"
	noJS   bool
}

// open opens comparisons in a tab. At the end of the test nothing may have
// gone wrong in it.
func open(t *testing.T, browser context.Context, v view, comparisons ...*comparison.Comparison) *tab {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(written(t, comparisons...)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	p := &tab{T: t, ctx: ctx, address: (&url.URL{Scheme: "file", Path: path}).String()}
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
	p.do(chromedp.Navigate(p.address + v.hash))
	t.Cleanup(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, w := range p.wrong {
			t.Error(w)
		}
	})
	return p
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
	for range 40 {
		if eval[bool](p, expression) {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	p.Errorf("%s: not so: %s", what, expression)
}

// together is true if all the passages and the row of an utterance, and no
// others, have a class.
func together(id, class string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(".column mark, .utterance")].every(
		(el) => el.classList.contains(%q) === el.dataset.u.split(" ").includes(%q))`, class, id)
}

func TestInBrowser(t *testing.T) {
	ctx := browser(t)
	for name, test := range map[string]func(*testing.T, context.Context){
		"highlights": testHighlights, "keyboard": testKeyboard, "deep link": testDeepLink, "diff": testDiff,
		"contrast": testContrast, "names": testNames, "hostile": testHostilePage, "narrow and wide": testWidths,
		"paper": testPaper, "without script": testWithoutScript,
	} {
		t.Run(name, func(t *testing.T) { test(t, ctx) })
	}
}

func testHighlights(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280}, ferry())
	p.do(chromedp.ScrollIntoView(chromedp.CSS(`#a3 mark[data-u="u1"]`)))
	at := eval[[]float64](p, `(() => { const r = document.querySelector('#a3 mark[data-u="u1"]').getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2] })()`)
	p.do(chromedp.MouseEvent("mouseMoved", at[0], at[1]))
	p.want("pointing lights up every rendering", together("u1", "lit"))
	p.do(chromedp.MouseClickXY(at[0], at[1]))
	p.want("a click selects every rendering", together("u1", "on"))
	p.want("the address follows", `location.hash === "#u1"`)
	p.want("the dock leads to all three", `!dock.hidden && dock.querySelectorAll(".dock-links a").length === 3`)
	p.want("the dock names the speaker", `dock.querySelector(".dock-who").textContent === "u1 · Maren Holloway"`)
	p.do(chromedp.MouseEvent("mouseMoved", 1, 1)) // off the articles, which are about to move
	p.do(chromedp.Focus(chromedp.CSS(`#a1 a.ref[href="#u2"]`)))
	p.want("focus lights up every rendering", together("u2", "lit"))
	p.do(chromedp.Click(chromedp.CSS(`#u3 td a.mention.trimmed`)))
	p.want("a mark in the matrix selects", together("u3", "on"))
	p.want("and leads to the passage", `(() => { const r = document.querySelector('#a2 mark[data-u="u3"]').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`)
	p.do(chromedp.Click(chromedp.ID("clear")))
	p.want("the selection is cleared", `document.querySelectorAll(".on").length === 0 && dock.hidden && location.hash === ""`)
}

func testKeyboard(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280}, ferry())
	p.do(chromedp.KeyEvent("\t"))
	p.want("the first stop skips to the comparison", `document.activeElement.className === "skip" && document.activeElement.getBoundingClientRect().left >= 0`)
	p.want("focus can be seen", `parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2`)
	p.do(chromedp.KeyEvent("j"))
	p.want("j selects the first", together("u1", "on"))
	p.do(chromedp.KeyEvent("jj"))
	p.want("j selects the next", together("u3", "on"))
	p.want("and shows it", `(() => { const r = u3.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`)
	p.do(chromedp.KeyEvent("k"))
	p.want("k selects the one before", together("u2", "on"))
	p.do(chromedp.KeyEvent("kk"))
	p.want("before the first comes the last", together(last, "on")+" && "+last+`.closest("details").open`)
	p.do(chromedp.KeyEvent("?"))
	p.want("? shows help", `help.open`)
	p.do(chromedp.KeyEvent("\x1b"))
	p.want("Escape closes it", `!help.open && document.querySelectorAll(".on").length > 0`)
	p.do(chromedp.KeyEvent("\x1b"))
	p.want("Escape clears", `document.querySelectorAll(".on").length === 0`)

	// Every link, button, fold and scroller is a stop of the Tab key.
	stops := eval[int](p, `document.querySelectorAll("a[href], button, summary, .column, .scroll").length`)
	reached := `document.activeElement.dataset.reached = "1"`
	p.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach((d) => d.open = true); main.focus()`))
	for range stops {
		p.do(chromedp.KeyEvent("\t"), chromedp.Evaluate[chromedp.Void](reached))
	}
	missed := eval[[]string](p, `[...document.querySelectorAll("main a[href], main summary, main .column, main .scroll")]
		.filter((el) => !el.dataset.reached && el.checkVisibility()).map((el) => el.outerHTML.slice(0, 80))`)
	if len(missed) > 0 {
		t.Errorf("Tab does not reach %d elements: %q", len(missed), missed[:min(len(missed), 5)])
	}
}

func testDeepLink(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280, hash: "#u3"}, ferry())
	p.want("#u3 selects it", together("u3", "on"))
	p.want("and shows it", `(() => { const r = u3.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`)
	p = open(t, ctx, view{width: 1280, hash: "#u3.a2"}, ferry())
	p.want("a passage's anchor selects it", together("u3", "on"))
	p.want("and shows the passage", `(() => { const r = document.querySelector('#a2 mark[data-u="u3"]').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`)
	p = open(t, ctx, view{width: 1280, hash: "#story-2-u3"}, ferry(), ferry())
	p.want("the second story has anchors of its own", together("story-2-u3", "on"))
	p = open(t, ctx, view{width: 1280, hash: "#" + folded}, ferry())
	p.want("a folded one is opened", together(folded, "on")+" && "+folded+`.checkVisibility()`)
}

func testDiff(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280}, ferry())
	p.want("wordings are folded away", `!document.querySelector("#u1 .variant del").checkVisibility()`)
	p.do(chromedp.Click(chromedp.CSS("#u1 summary")))
	p.want("a click shows them", `document.querySelector("#u1 .variant del").checkVisibility()`)
	p.want("what is dropped is struck", `getComputedStyle(document.querySelector("#u1 del")).textDecorationLine === "line-through"`)
	p.want("what is inserted is underlined", `getComputedStyle(document.querySelector("#u1 ins")).textDecorationLine === "underline"`)
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
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let n = 0;
  while (texts.nextNode()) {
    const el = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || el.closest("script, style") || !el.checkVisibility()) continue;
    n++;
    const [a, b] = [light(rgb(getComputedStyle(el).color)), light(behind(el))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) low.push(ratio.toFixed(2) + " " + el.tagName + "." + el.className + " " + texts.currentNode.data.trim().slice(0, 30));
  }
  if (n < 300) low.push("only " + n + " texts seen");
  return low;
})()`

func testContrast(t *testing.T, ctx context.Context) {
	for _, scheme := range []string{"light", "dark"} {
		p := open(t, ctx, view{width: 1280, scheme: scheme, hash: "#u1"}, ferry())
		p.want("the scheme is "+scheme, fmt.Sprintf(`matchMedia("(prefers-color-scheme: %s)").matches`, scheme))
		p.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach((d) => d.open = true);
			document.querySelectorAll('[data-u~="u3"], [data-u~="s4"]').forEach((el) => el.classList.add("lit")); help.showModal()`))
		for _, low := range eval[[]string](p, contrasts) {
			t.Errorf("%s: contrast %s", scheme, low)
		}
	}
}

// testNames looks at the page as a screen reader does.
func testNames(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280, hash: "#u1"}, ferry())
	p.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach((d) => d.open = true)`))
	tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	p.check(err)
	seen := map[string]int{}
	for _, n := range tree.Nodes {
		if n.Ignored || n.Role == nil {
			continue
		}
		role := strings.Trim(string(n.Role.Value), `"`)
		switch role {
		case "link", "button", "region", "table", "article", "navigation", "dialog", "heading", "columnheader", "rowheader", "DisclosureTriangle":
			seen[role]++
			if n.Name == nil || len(n.Name.Value) <= len(`""`) {
				t.Errorf("a %s (node %s) has no name", role, n.NodeID)
			}
		case "cell", "deletion", "insertion", "mark":
			seen[role]++
		}
	}
	for _, role := range []string{"link", "button", "region", "table", "navigation", "heading", "columnheader", "rowheader", "cell", "deletion", "insertion"} {
		if seen[role] == 0 {
			t.Errorf("no %s among %v", role, seen)
		}
	}
}

func testHostilePage(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280, hash: "#u2"}, hostileStory())
	p.want("the long quotation is selected", together("u2", "on"))
	p.want("it is folded", `document.querySelector("#a1-p3 details").getBoundingClientRect().height < 60`)
	p.do(chromedp.KeyEvent("jjkk"))
	p.want("hostile text is text", `document.querySelector("#a1-p1").textContent.includes("<script>alert(1)</script> & &lt;b&gt;")`)
	p.want("it does not widen the page", `document.scrollingElement.scrollWidth <= innerWidth`)
}

func testWidths(t *testing.T, ctx context.Context) {
	fits := `document.scrollingElement.scrollWidth <= innerWidth`
	p := open(t, ctx, view{width: 390, hash: "#u1"}, ferry(), hostileStory())
	p.want("nothing is wider than a phone", fits)
	p.want("the matrix is still a table", `getComputedStyle(document.querySelector(".matrix td")).display === "grid" && document.querySelector(".matrix td").getAttribute("role") === "cell"`)
	p.want("each cell names its outlet", `document.querySelector(".matrix td .outlet").checkVisibility()`)
	wide := newTelling()
	for i := range 7 {
		r := wide.Reports[i%3]
		r.Article.Outlet = fmt.Sprintf("Outlet %d", i)
		wide.Reports = append(wide.Reports, r)
	}
	wide.Utterances = ferry().Utterances[:0]
	for _, u := range ferry().Utterances {
		u.Variants = slices.Clone(u.Variants)
		for i := range u.Variants {
			u.Variants[i].Statements = nil
		}
		wide.Utterances = append(wide.Utterances, u)
	}
	p = open(t, ctx, view{width: 1280}, wide.Comparison)
	p.want("ten outlets do not widen the page", fits)
	p.want("their matrix scrolls", `(() => { const s = document.querySelector(".scroll"); s.scrollLeft = 300; return s.scrollLeft > 0 })()`)
	p.want("its first column stays", `(() => { const s = document.querySelector(".scroll"), th = document.querySelector("#u1 th"); return Math.abs(th.getBoundingClientRect().left - s.getBoundingClientRect().left) < 2 })()`)
}

func testPaper(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 800, media: "print", hash: "#u1"}, ferry())
	p.want("folds are open on paper", `[...document.querySelectorAll("del, li.utterance, .evaluative li")].every((el) => el.checkVisibility({contentVisibilityAuto: true}) && el.getBoundingClientRect().height > 0)`)
	p.want("what only a screen needs is left out", `!dock.checkVisibility() && !document.querySelector(".sections").checkVisibility()`)
	p.want("nothing is cut off", `[...document.querySelectorAll(".column, .scroll")].every((el) => getComputedStyle(el).overflowY === "visible")`)
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF())
	p.check(err)
	if len(pdf) < 10_000 {
		t.Errorf("a PDF of %d bytes", len(pdf))
	}
}

func testWithoutScript(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280, noJS: true}, ferry())
	text, err := chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS("main")))
	p.check(err)
	for _, want := range []string{"Who carries what", "turned the lights off", "at odds with", "$2.8 million", "left out", "Captain Tobias Lindqvist recalled"} {
		if !strings.Contains(text, want) {
			t.Errorf("without a script the page does not show %q", want)
		}
	}
	p.do(chromedp.Click(chromedp.CSS("#u1 summary")))
	p.want("wordings open", `document.querySelector("#u1 .variant del").checkVisibility()`)
	p.want("nothing is shown that needs it", `document.getElementById("help-button").hidden && document.getElementById("dock").hidden`)
}
