package server_test

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
)

// testCorrecting logs in, says who a speaker is, sees it on other pages, and
// takes it back.
func testCorrecting(t *testing.T, ctx context.Context) {
	s := filled(t)
	welcome(t, s, "Ana")
	p := open(t, ctx, view{width: 1280}, s, "/speaker/1/ana-moreno")
	p.do(chromedp.Click(chromedp.CSS("a.account")))
	p.want("the page to log in opens", `location.pathname === "/login"`)
	p.do(chromedp.SendKeys(chromedp.CSS("#login-name"), "Ana"), chromedp.SendKeys(chromedp.CSS("#login-password"), right+"\r"))
	p.want("then the page from which it was asked for, with the name", `location.pathname === "/speaker/1/ana-moreno" && document.querySelector("a.account")?.textContent === "Logged in as Ana"`)
	p.want("no script sees the cookie", `document.cookie === ""`)
	p.do(chromedp.Click(chromedp.CSS(`a[href="/speaker/1/correct"]`)))
	p.want("who this is can be said", `location.pathname === "/speaker/1/correct"`)
	p.do(chromedp.SetValue(chromedp.CSS("#new-name"), "Ana María Moreno"), chromedp.Click(chromedp.CSS(`button[value="rename"]`)))
	p.want("the correction is kept", `location.pathname === "/corrections" && !!document.querySelector("[role=status]") && document.querySelector(".corrected").textContent.includes("Ana María Moreno")`)
	for _, target := range []string{"/", "/story/1", "/speaker/1", "/speakers"} {
		p.goTo(target)
		p.want("the name is on "+target, `document.querySelector("main").textContent.includes("Ana María Moreno")`)
	}
	p.goTo("/corrections")
	p.do(chromedp.Click(chromedp.CSS(".corrected li:first-child button")))
	p.want("undone, it is a correction too", `document.querySelectorAll(".corrected li").length === 2`)
	p.goTo("/story/1/correct")
	p.do(chromedp.Click(chromedp.CSS(`label[for="article-1"]`)), chromedp.Click(chromedp.CSS(`button[value="split"]`)))
	p.want("an article is taken out", `location.pathname === "/corrections" && !!document.querySelector(".corrected h2") && document.querySelector(".corrected h2").textContent === "Articles taken out of a story"`)
}
