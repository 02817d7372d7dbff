// Package password keeps passwords as what they can be checked by.
package password

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Bounds of a password.
const (
	Shortest = 12   // characters
	Longest  = 1024 // bytes
)

// Errors that a caller can tell apart with errors.Is.
var (
	ErrShort   = fmt.Errorf("a password has %d characters at least", Shortest)
	ErrLong    = fmt.Errorf("a password has %d bytes at most", Longest)
	ErrDamaged = errors.New("not the hash of a password")
)

// Cost is what it takes to check a password once: by who may, and by who guesses.
type Cost struct {
	Memory uint32 // KiB
	Time   uint32 // passes over it
}

// Usual is what OWASP's Password Storage Cheat Sheet asks of Argon2id: 19 MiB
// and two passes, some 30 ms of one core.
var Usual = Cost{Memory: 19 << 10, Time: 2}

// most is the largest cost that is paid. A record may come from anybody.
var most = Cost{Memory: 256 << 10, Time: 16}

// Sizes in bytes.
const (
	saltSize = 16
	keySize  = 32
)

// Hash is a password with a salt of its own as Argon2id makes it, in the PHC
// string format. The errors wrap ErrShort and ErrLong.
func Hash(password string, c Cost) (string, error) {
	switch {
	case utf8.RuneCountInString(password) < Shortest:
		return "", ErrShort
	case len(password) > Longest:
		return "", ErrLong
	}
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails
	return fmt.Sprintf(form, argon2.Version, c.Memory, c.Time, encode(salt), encode(key(password, salt, c))), nil
}

// form is the PHC string format: version, memory, passes, one lane; salt, key.
const form = "$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s"

// Decoy is a hash that is checked where there is none, so that this takes as
// long. It is that of no password that anybody could find.
func Decoy(c Cost) string {
	return fmt.Sprintf(form, argon2.Version, c.Memory, c.Time, encode(make([]byte, saltSize)), encode(make([]byte, keySize)))
}

// Matches reports whether a hash is that of a password. It takes as long
// whatever the password is. The error wraps ErrDamaged.
func Matches(hash, password string) (bool, error) {
	fields := strings.Split(hash, "$")
	if len(fields) != 6 {
		return false, ErrDamaged
	}
	var version int
	var c Cost
	if _, err := fmt.Sscanf(strings.Join(fields[:4], "$"), "$argon2id$v=%d$m=%d,t=%d,p=1", &version, &c.Memory, &c.Time); err != nil || version != argon2.Version {
		return false, ErrDamaged
	}
	salt, err := base64.RawStdEncoding.DecodeString(fields[4])
	want, also := base64.RawStdEncoding.DecodeString(fields[5])
	if err != nil || also != nil || len(want) != keySize || c.Memory < 1 || c.Time < 1 || c.Memory > most.Memory || c.Time > most.Time {
		return false, ErrDamaged
	}
	if len(password) > Longest {
		return false, nil
	}
	return subtle.ConstantTimeCompare(key(password, salt, c), want) == 1, nil
}

// key is made of a password in the one normal form of its characters, as
// keyboards and systems differ in how they write an accent.
func key(password string, salt []byte, c Cost) []byte {
	return argon2.IDKey(norm.NFKC.Bytes([]byte(password)), salt, c.Time, c.Memory, 1, keySize)
}

func encode(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }
