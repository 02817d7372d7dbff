package store_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/store"
)

func TestAccounts(t *testing.T) {
	ctx := t.Context()
	s, err := store.Create(ctx, filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)
	write := func(f func(*store.Batch) error) error { return s.Write(ctx, now, f) }
	for _, c := range []struct {
		name string
		want error
	}{
		{"Ana Moreno", nil}, {"<b>", nil}, {strings.Repeat("é", store.MaxAccountName), nil},
		{"", store.ErrAccountName}, {" Ana", store.ErrAccountName}, {"A\x1bna", store.ErrAccountName}, {"A\u202ena", store.ErrAccountName},
		{"\xff", store.ErrAccountName}, {strings.Repeat("é", store.MaxAccountName+1), store.ErrAccountName},
	} {
		if err := write(func(b *store.Batch) error { return b.SetUser(c.name, "hash") }); !errors.Is(err, c.want) {
			t.Errorf("user %q: %v, want %v", c.name, err, c.want)
		}
		if err := write(func(b *store.Batch) error { return b.AddToken(c.name, "secret of "+c.name) }); !errors.Is(err, c.want) {
			t.Errorf("token %q: %v, want %v", c.name, err, c.want)
		}
	}
	if err := write(func(b *store.Batch) error { return b.SetUser("Ana Moreno", "other") }); err != nil {
		t.Fatal(err)
	}
	if u, err := s.User(ctx, "Ana Moreno"); err != nil || u != (store.User{Name: "Ana Moreno", Password: "other", Made: now}) {
		t.Errorf("%+v, %v", u, err)
	}
	if err := write(func(b *store.Batch) error { return b.AddToken("<b>", "another secret") }); !errors.Is(err, store.ErrNameTaken) {
		t.Errorf("a token's name twice: %v", err)
	}
	if err := write(func(b *store.Batch) error { return b.UseToken("<b>") }); err != nil {
		t.Fatal(err)
	}
	if tok, err := s.Token(ctx, "secret of <b>"); err != nil || tok != (store.Token{Name: "<b>", Made: now, Used: now.Truncate(24 * time.Hour)}) {
		t.Errorf("%+v, %v", tok, err)
	}
	if _, err := s.Token(ctx, "<b>"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a token by its name: %v", err)
	}
	for _, remove := range []func(*store.Batch) error{
		func(b *store.Batch) error { return b.RemoveUser("<b>") },
		func(b *store.Batch) error { return b.RemoveToken("<b>") },
	} {
		if err := errors.Join(write(remove)); err != nil {
			t.Error(err)
		}
		if err := write(remove); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("removed twice: %v", err)
		}
	}
	users, err := s.Users(ctx)
	tokens, err2 := s.Tokens(ctx)
	if len(users) != 2 || len(tokens) != 2 || err != nil || err2 != nil {
		t.Errorf("%v, %v, %v, %v", users, tokens, err, err2)
	}
}
