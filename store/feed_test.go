package store_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/store"
)

// write runs one batch at noon.
func write(t *testing.T, s *store.Store, do func(*store.Batch) error) {
	t.Helper()
	if err := s.Write(t.Context(), noon, do); err != nil {
		t.Fatal(err)
	}
}

func feeds(t *testing.T, s *store.Store) []store.Feed {
	t.Helper()
	list, err := s.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestFeeds(t *testing.T) {
	s := create(t, recordPath(t))
	const address = "https://quay.example/feed"
	follow := func(again bool) (isNew bool) {
		write(t, s, func(b *store.Batch) (err error) {
			isNew, err = b.Follow(address, "The Quay", again)
			return err
		})
		return isNew
	}
	if !follow(false) || follow(false) || follow(true) {
		t.Error("a feed is new once")
	}
	want := store.Feed{Row: 1, Address: address, Title: "The Quay", Since: noon, Next: noon}
	if got := feeds(t, s); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	want.Kind, want.Visited, want.Next, want.Interval = "rss", noon, noon.Add(time.Hour), time.Hour
	want.ETag, want.Modified, want.Status, want.Error, want.Failures, want.Items, want.Ended = `"1"`, "yesterday", 410, "gone", 2, 3, "gone"
	write(t, s, func(b *store.Batch) error { return b.VisitedFeed(want) })
	if got := feeds(t, s)[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if follow(false) {
		t.Error("a list revives what has ended")
	}
	if !follow(true) {
		t.Error("what has ended is not watched again")
	}
	if got := feeds(t, s)[0]; got.Ended != "" || got.ETag != "" || !got.Next.Equal(noon) {
		t.Errorf("watched again: %+v", got)
	}
}

func TestItems(t *testing.T) {
	s := create(t, recordPath(t))
	quay := store.Item{Address: "https://quay.example/1", Feed: 1, Next: noon, Said: article.Article{
		Title: "Ferry", Byline: []string{"Ana Moreno"}, Published: time.Date(2026, 3, 2, 7, 0, 0, 0, time.FixedZone("", 3600)), Outlet: "The Quay", Language: "en",
	}}
	if err := s.Write(t.Context(), noon, func(b *store.Batch) error {
		_, err := b.Name(quay)
		return err
	}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an item without its feed: %v", err)
	}
	write(t, s, func(b *store.Batch) error {
		if _, err := b.Follow("https://quay.example/feed", "", false); err != nil {
			return err
		}
		_, err := b.Name(quay)
		return err
	})
	err := s.Write(t.Context(), noon, func(b *store.Batch) error {
		_, err := b.Name(quay)
		return err
	})
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an item is named once: %v", err)
	}
	got, err := s.ItemOf(t.Context(), quay.Address)
	quay.Row = got.Row
	if !got.Said.Published.Equal(quay.Said.Published) {
		t.Errorf("published %v", got.Said.Published)
	}
	got.Said.Published = quay.Said.Published
	if err != nil || !reflect.DeepEqual(got, quay) {
		t.Errorf("got %+v, %v, want %+v", got, err, quay)
	}
	due, err := s.DueItems(t.Context())
	if err != nil || len(due) != 1 || due[0].Address != quay.Address || !due[0].Next.Equal(noon) {
		t.Errorf("due %+v, %v", due, err)
	}
	if f := feeds(t, s)[0]; f.Named != 1 || f.Waiting != 1 || f.Kept != 0 {
		t.Errorf("feed %+v", f)
	}
	quay.First, quay.Visits, quay.Next, quay.ETag, quay.Modified, quay.Failures, quay.Result, quay.Article = noon, 5, time.Time{}, "e", "m", 1, "added", "a-1"
	write(t, s, func(b *store.Batch) error { return b.VisitedItem(quay) })
	if got, err = s.ItemAt(t.Context(), quay.Row); err != nil || got.Article != "a-1" || !got.Next.IsZero() || got.Visits != 5 || got.ETag != "e" || got.Modified != "m" || got.Failures != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
	if f := feeds(t, s)[0]; f.Named != 1 || f.Waiting != 0 || f.Kept != 1 {
		t.Errorf("feed %+v", f)
	}
	write(t, s, func(b *store.Batch) error {
		was, err := b.Unfollow("https://quay.example/feed")
		if !was {
			t.Error("the feed was not there")
		}
		return err
	})
	if _, err := s.ItemAt(t.Context(), quay.Row); !errors.Is(err, store.ErrNotFound) || len(feeds(t, s)) != 0 {
		t.Errorf("after it is forgotten: %v, %+v", err, feeds(t, s))
	}
	verified(t, s)
}
