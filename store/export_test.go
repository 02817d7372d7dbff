package store

import (
	"fmt"
	"time"
)

// LimitPages keeps a record from growing beyond a number of pages.
func LimitPages(s *Store, n int) error {
	_, err := s.write.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", n))
	return err
}

// Patience sets how long a record waits for another writer.
func Patience(s *Store, d time.Duration) error {
	_, err := s.write.Exec(fmt.Sprintf("PRAGMA busy_timeout = %d", d.Milliseconds()))
	return err
}
