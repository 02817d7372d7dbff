package password

import (
	"errors"
	"strings"
	"testing"
)

var cheap = Cost{Memory: 64, Time: 1}

func TestPassword(t *testing.T) {
	const right = "a ferry at the café"
	hash, err := Hash(right, cheap)
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatal(hash, err)
	}
	if again, err := Hash(right, cheap); err != nil || again == hash {
		t.Error("two hashes have one salt", err)
	}
	for given, want := range map[string]bool{
		right: true, "a ferry at the cafe\u0301": true, "A ferry at the café": false, right + " ": false, "": false, strings.Repeat("w", Longest+1): false,
	} {
		if got, err := Matches(hash, given); got != want || err != nil {
			t.Errorf("%.40q: %v, %v", given, got, err)
		}
	}
}

func TestBounds(t *testing.T) {
	for given, want := range map[string]error{"": ErrShort, "éééééééé": ErrShort, strings.Repeat("é", Shortest): nil, strings.Repeat("w", Longest+1): ErrLong} {
		if _, err := Hash(given, cheap); !errors.Is(err, want) {
			t.Errorf("%.40q: %v, want %v", given, err, want)
		}
	}
}

// TestDamaged checks hashes that would be wrong, or dear.
func TestDamaged(t *testing.T) {
	const salt, key = "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	for _, hash := range []string{
		"", "$", "$$$$$", "secret", "$argon2i$v=19$m=64,t=1,p=1$" + salt + "$" + key, "$argon2id$v=16$m=64,t=1,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=0,t=1,p=1$" + salt + "$" + key, "$argon2id$v=19$m=64,t=0,p=1$" + salt + "$" + key, "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$",
		"$argon2id$v=19$m=4000000,t=1,p=1$" + salt + "$" + key, "$argon2id$v=19$m=64,t=4000000,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=64,t=1,p=1$" + salt + "$" + key + "!", "$argon2id$v=19$m=-1,t=1,p=1$" + salt + "$" + key,
	} {
		if ok, err := Matches(hash, "whatever it may be"); ok || !errors.Is(err, ErrDamaged) {
			t.Errorf("%q: %v, %v", hash, ok, err)
		}
	}
}

func BenchmarkHash(b *testing.B) {
	for b.Loop() {
		if _, err := Hash("a ferry at the café", Usual); err != nil {
			b.Fatal(err)
		}
	}
}
