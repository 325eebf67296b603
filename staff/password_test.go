package staff_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"zorgplicht/internal/fault"
	"zorgplicht/staff"
)

// cheap keeps the tests fast; the cost of the real thing is a number, not a path.
var cheap = staff.Cost{Memory: 64, Passes: 1, Threads: 1}

var salt = []byte("0123456789abcdef")

func TestHasher(t *testing.T) {
	h := staff.NewHasher(cheap, 2)
	stored, err := h.Hash(t.Context(), "correct horse battery", salt)
	if err != nil {
		t.Fatal(err)
	}

	t.Run("a hash is a PHC string with its cost", func(t *testing.T) {
		if !strings.HasPrefix(stored, "$argon2id$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$") {
			t.Error(stored)
		}
	})
	for _, c := range []struct {
		name, password string
		match          bool
	}{
		{"the password matches", "correct horse battery", true},
		{"another does not", "correct horse batterij", false},
		{"a capital is another letter", "Correct horse battery", false},
		{"nothing does not match", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			match, weak, err := h.Check(t.Context(), c.password, stored)
			if err != nil || match != c.match || weak {
				t.Errorf("match %t, weak %t, %v", match, weak, err)
			}
		})
	}
	t.Run("a letter typed in two ways is one letter", func(t *testing.T) {
		composed, err := h.Hash(t.Context(), "caf\u00e9 om de hoek", salt)
		if err != nil {
			t.Fatal(err)
		}
		if match, _, err := h.Check(t.Context(), "cafe\u0301 om de hoek", composed); !match || err != nil {
			t.Errorf("match %t, %v", match, err)
		}
	})
	t.Run("no account never matches, whatever is tried", func(t *testing.T) {
		for _, p := range []string{"", "correct horse battery"} {
			if match, _, err := h.Check(t.Context(), p, ""); match || err != nil {
				t.Errorf("match %t, %v", match, err)
			}
		}
	})
	t.Run("a hash of lower cost is weak, of higher cost is not", func(t *testing.T) {
		for _, c := range []struct {
			today staff.Cost
			weak  bool
		}{
			{staff.Cost{Memory: 128, Passes: 1, Threads: 1}, true},
			{staff.Cost{Memory: 64, Passes: 2, Threads: 1}, true},
			{staff.Cost{Memory: 64, Passes: 1, Threads: 2}, true},
			{staff.Cost{Memory: 32, Passes: 1, Threads: 1}, false},
		} {
			match, weak, err := staff.NewHasher(c.today, 1).Check(t.Context(), "correct horse battery", stored)
			if err != nil || !match || weak != c.weak {
				t.Errorf("%+v: match %t, weak %t, %v", c.today, match, weak, err)
			}
		}
	})
	t.Run("a damaged hash is an error, never a match and never a costly wait", func(t *testing.T) {
		for _, bad := range []string{
			"plain", "$argon2i$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAA",
			strings.Replace(stored, "v=19", "v=16", 1),
			strings.Replace(stored, "m=64", "m=4194304", 1),
			strings.Replace(stored, "t=1", "t=0", 1),
			strings.Replace(stored, "m=64", "m=064", 1),
			stored[:len(stored)-3], stored + "$", stored + "\n",
		} {
			if match, _, err := h.Check(t.Context(), "correct horse battery", bad); err == nil || match {
				t.Errorf("%q: match %t, no error", bad, match)
			}
		}
	})
	t.Run("who waits for a turn gives up when the request ends", func(t *testing.T) {
		none := staff.NewHasher(cheap, 0)
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := none.Hash(ctx, "x", salt); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}

func TestCheckPassword(t *testing.T) {
	a := staff.Account{Email: "jo.de.wit@delinde.example", Name: "Johannes de Wit"}
	for _, c := range []struct {
		name, password, reason string
	}{
		{"a sentence will do", "de kat zit op de mat", ""},
		{"twelve characters will do", "abcdefghijkl", ""},
		{"accents count as one character", "éééééééééééa", ""},
		{"eleven are too few", "abcdefghijk", "password-short"},
		{"the e-mail address is guessable", "JO.de.Wit@delinde.example", "password-guessable"},
		{"the name is guessable", "johannes de wit", "password-guessable"},
		{"one key held down is guessable", "aaaaaaaaaaaaaaa", "password-guessable"},
		{"a book is too long", strings.Repeat("boek", 300), "password-long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := staff.CheckPassword(c.password, a)
			if c.reason == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			f := fault.As(err)
			if f == nil || f.Details[0].Reason != c.reason || strings.Contains(f.Error(), c.password) {
				t.Errorf("got %v", err)
			}
		})
	}
}
