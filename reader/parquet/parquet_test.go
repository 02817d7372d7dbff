package parquet

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
)

type row struct {
	ID     int64            `parquet:"id"`
	Text   string           `parquet:"text,zstd"`
	Author []string         `parquet:"author,list"`
	Date   time.Time        `parquet:"date,timestamp(microsecond)"`
	Day    int32            `parquet:"day,date"`
	Old    deprecated.Int96 `parquet:"old"`
	Outlet *string          `parquet:"outlet,optional"`
	Vector []float32        `parquet:"vector"`
}

// written is a file of n rows, three to a row group.
func written(t testing.TB, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[row](&b, parquet.MaxRowsPerRowGroup(3))
	outlet := "Courier"
	for i := range n {
		r := row{ID: int64(i), Text: fmt.Sprintf("“No,” said speaker %d.", i), Vector: []float32{1, 2, 3},
			Date: time.Date(2025, 3, 4, 5, 6, 7, 89_000, time.UTC), Day: 20151, Old: deprecated.Int96{uint32(3 * time.Second % (1 << 32)), 0, 2440589}}
		if i%2 == 1 {
			r.Outlet, r.Author = &outlet, []string{"Ada Quist", "Tom Beck"}
		}
		if _, err := w.Write([]row{r}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read lists the rows, or their errors, as lines.
func read(file []byte, columns ...string) (got []string, errs []error) {
	for row, err := range Rows(bytes.NewReader(file), int64(len(file)), columns...) {
		if err != nil {
			got = append(got, fmt.Sprintf("%d: broken", row.Number))
			errs = append(errs, err)
			continue
		}
		var values []string
		for _, c := range columns {
			values = append(values, strings.Join(row.All(c), "+"))
		}
		got = append(got, fmt.Sprintf("%d: %s", row.Number, strings.Join(values, " | ")))
	}
	return got, errs
}

func TestRows(t *testing.T) {
	got, errs := read(written(t, 5), "id", "author", "outlet", "missing", "date", "day", "old")
	const times = "2025-03-04T05:06:07.000089Z | 2025-03-04 | 1970-01-02T00:00:03Z"
	want := []string{
		"1: 0 |  |  |  | " + times,
		"2: 1 | Ada Quist+Tom Beck | Courier |  | " + times,
		"3: 2 |  |  |  | " + times,
		"4: 3 | Ada Quist+Tom Beck | Courier |  | " + times,
		"5: 4 |  |  |  | " + times,
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w || len(errs) > 0 {
		t.Errorf("got\n%s\nwant\n%s\n%v", g, w, errs)
	}
	if _, errs := read(written(t, 2), "missing"); len(errs) != 1 || !errors.Is(errs[0], ErrNoColumns) {
		t.Errorf("got %v without a column", errs)
	}
	for range Rows(bytes.NewReader(written(t, 5)), int64(len(written(t, 5))), "id") {
		break // must not read on
	}
}

func TestRowsOfBrokenGroup(t *testing.T) {
	file := written(t, 9)
	at := bytes.Index(file, []byte("\x28\xb5\x2f\xfd")) // zstd, of the first text page
	second := at + 4 + bytes.Index(file[at+4:], []byte("\x28\xb5\x2f\xfd"))
	file[second] = 0
	got, errs := read(file, "id", "text")
	if len(errs) != 1 || !errors.Is(errs[0], ErrBroken) || len(got) != 7 || got[3] != "4: broken" || !strings.HasPrefix(got[4], "7: 6") {
		t.Errorf("got %q, %v", got, errs)
	}
}

// A file that is cut short or changed in any place is an error at worst.
func TestRowsOfBrokenFile(t *testing.T) {
	file := written(t, 4)
	for i := 0; i < len(file); i += 3 {
		changed := bytes.Clone(file)
		changed[i] ^= 0x55
		for _, broken := range [][]byte{file[:i], changed} {
			if _, errs := read(broken, "id", "text", "author", "date"); len(errs) > 0 && !errors.Is(errs[0], ErrBroken) {
				t.Fatalf("at %d: %v", i, errs)
			}
		}
	}
}
