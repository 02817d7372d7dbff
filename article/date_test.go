package article

import (
	"errors"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	tests := []struct {
		in       string
		want     string // RFC 3339
		dateOnly bool
	}{
		{"2025-08-17T10:30:00Z", "2025-08-17T10:30:00Z", false},
		{"2025-08-17T10:30:00.123456-04:00", "2025-08-17T10:30:00-04:00", false},
		{"2025-08-17T10:30-0400", "2025-08-17T10:30:00-04:00", false},
		{"2025-08-17T10:30:05+0200", "2025-08-17T10:30:05+02:00", false},
		{"2025-08-17T10:30", "2025-08-17T10:30:00Z", false},
		{"2025-08-17 10:30:00 +0000", "2025-08-17T10:30:00Z", false},
		{" 2025-08-17 ", "2025-08-17T00:00:00Z", true},
		{"2025/08/17", "2025-08-17T00:00:00Z", true},
		{"20250817", "2025-08-17T00:00:00Z", true},
		{"17.08.2025", "2025-08-17T00:00:00Z", true},
		{"Sun, 17 Aug 2025 10:30:00 GMT", "2025-08-17T10:30:00Z", false},
		{"Sun, 17 Aug 2025 10:30:00 -0400", "2025-08-17T10:30:00-04:00", false},
		{"Sunday, 17-Aug-25 10:30:00 UTC", "2025-08-17T10:30:00Z", false},
		{"Sun Aug 17 10:30:00 EDT 2025", "2025-08-17T10:30:00-04:00", false},
		{"Sun Aug 17 2025 10:30:00 GMT+0200 (Central European Summer Time)", "2025-08-17T10:30:00+02:00", false},
		{"August 17, 2025", "2025-08-17T00:00:00Z", true},
		{"Aug. 17, 2025", "2025-08-17T00:00:00Z", true},
		{"Sept. 3, 2025", "2025-09-03T00:00:00Z", true},
		{"2 Jan 2006", "2006-01-02T00:00:00Z", true},
		{"2nd January 2006", "2006-01-02T00:00:00Z", true},
		{"Sunday, August 17, 2025 at 9:05 a.m. EDT", "2025-08-17T09:05:00-04:00", false},
		{"Tues., May 6, 2025 3 PM", "2025-05-06T15:00:00Z", false},
		{"10:30 GMT, 17 August 2025", "2025-08-17T10:30:00Z", false},
		{"17 August 2025 10:30 BST", "2025-08-17T10:30:00+01:00", false},
	}
	for _, tt := range tests {
		got, dateOnly, err := ParseDate(tt.in)
		if err != nil || got.Truncate(time.Second).Format(time.RFC3339) != tt.want || dateOnly != tt.dateOnly {
			t.Errorf("ParseDate(%q) = %v, %v, %v, want %s, %v", tt.in, got, dateOnly, err, tt.want, tt.dateOnly)
		}
	}
	for _, in := range []string{"", "Sunday", "yesterday", "08/09/2025", "2025-13-01", "0001-01-01T00:00:00Z", "August 2025"} {
		if got, _, err := ParseDate(in); !errors.Is(err, ErrDate) || !got.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v, want an ErrDate", in, got, err)
		}
	}
}
