package casework

import (
	"context"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// TryLetter returns what would keep a letter about a case of this kind from being made.
func (s *Service) TryLetter(k Kind, l Missive) error {
	if _, _, err := s.letterKind(k, l.Code); err != nil {
		return err
	}
	return fault.All("invalid-letter", LetterFaults(l))
}

// WriteLetter makes a letter about a case whose room adds nothing to that. saw is the
// revision that was looked at; about a case that is closed no letter is made: Conflict
// "case-closed".
func (s *Service) WriteLetter(ctx context.Context, by ident.Actor, id ID, saw int64, l Missive) error {
	return s.on(ctx, by, id, "make letter", func(tx Tx, c Case) error {
		switch {
		case c.Revision != saw:
			return fault.New(fault.Conflict, "case-changed", string(id))
		case !c.Open():
			return fault.New(fault.Conflict, "case-closed", string(id))
		}
		if _, err := s.MakeLetter(tx, by, c, l); err != nil {
			return err
		}
		_, err := s.Save(tx, c)
		return err
	})
}

// LetterSent records how and on which day a letter of such a case was sent.
func (s *Service) LetterSent(ctx context.Context, by ident.Actor, id ID, letter string, way Way, day calendar.Date) error {
	return s.on(ctx, by, id, "send letter", func(tx Tx, c Case) error {
		_, err := s.SendLetter(tx, by, c, letter, way, s.Moment(day))
		return err
	})
}

// Bullets writes lines as a list of a letter; "" for none.
func Bullets(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return "- " + strings.Join(lines, "\n- ")
}

// Moment is now where the day is today, else noon of that day.
func (s *Service) Moment(day calendar.Date) time.Time {
	if day == s.Today() {
		return s.Now()
	}
	return day.Start().Add(12 * time.Hour).UTC()
}
