package lexicon

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed calendar.txt
var calendarFile string

var calendar = sync.OnceValue(readCalendar)

// Weekday is the number of a weekday's name in any case, 1 for Sunday; 0 if
// it is none.
func Weekday(name string) int { return calendar()["weekday "+strings.ToLower(name)] }

// Month is the number of a month's name in any case, 1 for January; 0 if it is
// none.
func Month(name string) int { return calendar()["month "+strings.ToLower(name)] }

// Cardinal is the value of a small number in words or digits, 0 if it is none.
func Cardinal(word string) int {
	if n, err := strconv.Atoi(word); err == nil && n > 0 && n < 1000 {
		return n
	}
	return calendar()["cardinal "+strings.ToLower(word)]
}

func readCalendar() map[string]int {
	out := map[string]int{}
	for _, line := range dataLines(calendarFile) {
		f := strings.Fields(line)
		for i := 1; i+1 < len(f); i += 2 {
			out[f[0]+" "+f[i]], _ = strconv.Atoi(f[i+1])
		}
	}
	return out
}
