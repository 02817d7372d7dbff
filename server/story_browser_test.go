package server_test

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
)

func testStory(t *testing.T, ctx context.Context) {
	p := open(t, ctx, view{width: 1280}, filled(t), "/")
	p.do(chromedp.Click(chromedp.CSS(".newest h3 a")))
	p.want("a story opens from the front page", `location.pathname === "/story/1" && document.querySelectorAll(".matrix .utterance").length > 0 && document.readyState === "complete"`)
	p.do(chromedp.KeyEvent("j"))
	p.want("j chooses the first utterance", `!dock.hidden && location.hash === "#u1" && document.querySelector("#u1")?.classList.contains("on")`)
	p.want("which lights up in every column that has it", `document.querySelectorAll("mark.on").length === document.querySelectorAll("#u1 a.mention:not(.variants a)").length`)
	p.do(chromedp.KeyEvent("?"))
	p.want("? opens the help", `help.open`)
	p.do(chromedp.KeyEvent("\x1b"), chromedp.KeyEvent("\x1b"))
	p.want("Esc closes it, then clears", `!help.open && dock.hidden && location.hash === ""`)
	p.do(chromedp.KeyEvent("/"))
	p.want("/ goes to the search box", `document.activeElement.id === "search-box"`)
	p.do(chromedp.KeyEvent("jk?"))
	p.want("where keys are letters", `document.activeElement.value.endsWith("jk?") && dock.hidden && !help.open`)
	p.do(chromedp.KeyEvent("\x1b"))
	p.do(chromedp.Click(chromedp.CSS("#u1 summary")))
	p.want("the wordings unfold", `document.querySelectorAll("#u1 .variant").length > 1`)
	p.do(chromedp.Click(chromedp.CSS("#u1 a.permanent")))
	p.want("the utterance has a page of its own", `location.pathname.startsWith("/said/") && document.querySelectorAll(".variant").length > 1`)
	p.do(chromedp.Click(chromedp.CSS(".headline .meta a")))
	p.want("which leads back to its row", `location.pathname === "/story/1" && location.hash === "#u1" && document.querySelector("#u1")?.classList.contains("on")`)
	p.goTo("/article/lamp-1")
	p.do(chromedp.Click(chromedp.CSS("#note-1 a[href^='/said']")))
	p.want("a note in an article leads there too", `location.pathname.startsWith("/said/lamp-1/") && document.querySelectorAll(".variant").length > 1`)
}

func testCrowd(t *testing.T, ctx context.Context) {
	s := kept(t, crowd(40))
	for _, width := range []int64{320, 1280} {
		p := open(t, ctx, view{width: width, scheme: "dark"}, s, "/story/1")
		p.want("it is no wider than the screen", `document.scrollingElement.scrollWidth <= innerWidth`)
		for _, low := range eval[[]string](p, contrasts) {
			t.Errorf("contrast %s", low)
		}
		p.do(chromedp.KeyEvent("j"))
		p.want("j chooses the first utterance", `location.hash === "#u1" && document.querySelector("#u1")?.classList.contains("on")`)
		p.do(chromedp.KeyEvent("\x1b"), chromedp.Click(chromedp.CSS(".choice summary")), chromedp.Click(chromedp.CSS("#beside-9")), chromedp.Click(chromedp.CSS(".choice button")))
		p.want("articles are put side by side", `document.querySelectorAll(".column").length === 3 && location.hash === "#story-articles"`)
	}
}
