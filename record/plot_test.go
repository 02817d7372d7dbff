package record_test

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// point is what something cost in a record of a size.
type point struct {
	what       string
	statements int
	wall, cpu  time.Duration
}

// Place of the axes in a plot.
const (
	plotLeft, plotTop     = 60, 20
	plotWidth, plotHeight = 420, 260
)

// plot draws the processor time of points over the size of the record, both
// logarithmic, as SVG.
func plot(points []point) string {
	x := func(n float64) float64 { return plotLeft + plotWidth*(math.Log10(n)-4)/2 }
	y := func(ms float64) float64 { return plotTop + plotHeight*(3-math.Log10(max(ms, .1)))/4 }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 330" font-family="sans-serif" font-size="11">
<title>Milliseconds over the number of statements in the record</title>
<rect width="660" height="330" fill="#fff"/>
`)
	for n := 1e4; n <= 1e6; n *= 10 {
		fmt.Fprintf(&b, "<path d=\"M%.0f %dv%d\" stroke=\"#ddd\"/><text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>\n",
			x(n), plotTop, plotHeight, x(n), plotTop+plotHeight+18, n)
	}
	for ms := .1; ms < 2000; ms *= 10 {
		fmt.Fprintf(&b, "<path d=\"M%d %.0fh%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.0f\" dy=\"4\" text-anchor=\"end\">%g ms</text>\n",
			plotLeft, y(ms), plotWidth, plotLeft-6, y(ms), math.Round(ms*10)/10)
	}
	fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">statements in the record; processor time of adding an article, and of the slowest kind of search, check and page (p99)</text>\n", 330, plotTop+plotHeight+38)
	for i, what := range []string{"search", "check", "speaker page", "add an article"} {
		colour := []string{"#0b5394", "#b45f06", "#38761d", "#741b47"}[i]
		var path strings.Builder
		end := 0.0
		for _, p := range points {
			if p.what == what {
				end = y(ms(p.cpu))
				fmt.Fprintf(&path, "%s%.1f %.1f", map[bool]string{true: "M", false: "L"}[path.Len() == 0], x(float64(p.statements)), end)
				fmt.Fprintf(&b, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", x(float64(p.statements)), end, colour)
			}
		}
		fmt.Fprintf(&b, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/><text x=\"%d\" y=\"%.1f\" dy=\"4\" fill=\"%s\">%s</text>\n",
			path.String(), colour, plotLeft+plotWidth+12, end, colour, what)
	}
	return b.String() + "</svg>\n"
}
