// Package article holds the document of record: one outlet's text and what
// is known about where it came from.
package article

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Article is one outlet's report. Its body never changes: another version of
// the report is another Article.
type Article struct {
	ID        string    // chosen by the input, else ContentID of the body
	Origin    string    // where it was read from: "reports/a.txt", "archive.jsonl:12", an address, "-"
	Outlet    string    // who published it
	URL       string    // canonical address, where known
	Title     string    // headline
	Byline    []string  // authors as printed
	Published time.Time // zero where unknown
	DateOnly  bool      // Published has no time of day
	Language  string    // BCP 47 tag as declared by the input, "" where unknown
	Body      string    // UTF-8; every span of the program is a byte range of it
}

// ContentID names a body by its SHA-256 sum: the first 16 hexadecimal digits.
func ContentID(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:8])
}
