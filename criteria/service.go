package criteria

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/journal"
)

// A Store keeps the sets of a firm. What fn did to the Tx is kept whole, or not at
// all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm, sees one consistent state of the store and the end of
// the journal.
type Tx interface {
	Sealed(ident.Hash) (*Program, error) // fault.NotFound when the firm sealed none
	Draft(name string) (Draft, error)    // locked till the end of an Update; fault.NotFound "unknown-set"
	Drafts() ([]Draft, error)            // by name
	// KeepDraft is fault.Conflict "set-changed" when another kept it at this moment.
	KeepDraft(d Draft, fresh bool) error
	Releases(name string) ([]Release, error) // by version; of all sets for ""
	Insert(Release) error                    // fault.Conflict "publish-raced" when another did the same
	Ends(Release) error                      // keeps To, Withdrawn and Ender

	OnePerson() (bool, error)
	Once(key string, request ident.Hash, now time.Time) (prior []byte, err error) // see package once
	Keep(key string, request ident.Hash, reply []byte) error
	Append(journal.Fact) error
}

// Service is what the rest of the house may ask of the sets that a firm keeps.
type Service struct {
	Store Store
	Now   func() time.Time
	NewID func() string // UUIDv7
}

// Today is the legal day.
func (s *Service) Today() calendar.Date { return calendar.Of(s.Now()) }

// A Published is the version of a set that decides on a day.
type Published struct {
	Release Release
	Program *Program
}

// Published returns the version of a set that decides on this day. It is NotFound
// "unknown-set" for a set that the firm has not, "no-version" where none decides.
func (s *Service) Published(ctx context.Context, firm ident.Firm, name string, day calendar.Date) (p Published, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		p, err = published(tx, name, day)
		return err
	})
	if err != nil {
		return p, fmt.Errorf("set %s on %s: %w", name, day, err)
	}
	return p, nil
}

func published(tx Tx, name string, day calendar.Date) (p Published, err error) {
	if _, err := tx.Draft(name); err != nil {
		return p, err
	}
	all, err := tx.Releases(name)
	if err != nil {
		return p, err
	}
	var ok bool
	if p.Release, ok = InUse(all, day); !ok {
		return p, fault.New(fault.NotFound, "no-version", name)
	}
	p.Program, err = tx.Sealed(p.Release.Hash)
	return p, err
}

// For returns the versions that decide for this purpose on this day, one of each
// set, by name.
func (s *Service) For(ctx context.Context, firm ident.Firm, purpose Purpose, day calendar.Date) (list []Published, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		list = nil
		all, err := tx.Releases("")
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.Purpose != purpose || r.On(day) != Current {
				continue
			}
			p, err := tx.Sealed(r.Hash)
			if err != nil {
				return err
			}
			list = append(list, Published{r, p})
		}
		return nil
	})
	return list, err
}

// Version returns a version of a set. It is NotFound "unknown-set-version" where the
// firm has not put it to use.
func (s *Service) Version(ctx context.Context, by ident.Actor, name string, version int) (p Published, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		all, err := tx.Releases(name)
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.Version == version {
				p.Release = r
				p.Program, err = tx.Sealed(r.Hash)
				return err
			}
		}
		return fault.New(fault.NotFound, "unknown-set-version", name)
	})
	return p, err
}

// once answers a request under a key with what it was answered before, into out.
func (s *Service) once(tx Tx, key string, request, out any, fn func() error) error {
	if key == "" {
		return fn()
	}
	hash := ident.HashOf(canon.Must(request))
	prior, err := tx.Once(key, hash, s.Now())
	if err != nil {
		return err
	}
	if prior != nil {
		return canon.Decode(prior, out)
	}
	if err := fn(); err != nil {
		return err
	}
	return tx.Keep(key, hash, canon.Must(out))
}

// later returns now, or before where the clock went back.
func later(now, before time.Time) time.Time {
	if now.Before(before) {
		return before
	}
	return now
}

// The longest texts, in characters.
const (
	MaxText = 400_000
	maxNote = 1_000
)

// noted checks what somebody says beside an act.
func noted(at, s string, must bool) (wrong []fault.Detail) {
	fail := func(code, text string) {
		wrong = append(wrong, fault.Detail{Pointer: at, Reason: code, Text: text})
	}
	switch {
	case !utf8.ValidString(s):
		fail("invalid-value", "Deze tekst is niet leesbaar. Typ hem opnieuw.")
	case utf8.RuneCountInString(s) > maxNote:
		fail("too-long", "Gebruik hooguit 1.000 tekens.")
	case text.HoldsBSN(s):
		fail("bsn", "Haal het burgerservicenummer weg. Dat mag hier niet worden vastgelegd.")
	case must && strings.TrimSpace(s) == "":
		fail("missing", "Schrijf op waarom.")
	}
	return wrong
}

var isoDay = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

// holdable says what keeps a text from being kept at all, whatever it means.
func holdable(written string) (wrong []fault.Detail) {
	fail := func(line int, code, text string) {
		wrong = append(wrong, fault.Detail{Pointer: "/text", Line: line, Reason: code, Text: text})
	}
	switch {
	case !utf8.ValidString(written):
		fail(1, "invalid-value", "Deze tekst is niet leesbaar. Bewaar hem als UTF-8.")
		return wrong
	case utf8.RuneCountInString(written) > MaxText:
		fail(1, "too-long", "Splits deze regelset: de tekst mag hooguit 400.000 tekens hebben.")
		return wrong
	}
	n := 0
	for line := range strings.Lines(written) {
		n++
		if text.HoldsBSN(isoDay.ReplaceAllString(line, "|")) { // the digits of a day are no number of a person
			fail(n, "bsn", "Haal het burgerservicenummer weg. Dat mag hier niet worden vastgelegd.")
		}
	}
	return wrong
}
