package loanbook

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// An Order says what is read.
type Order struct {
	Day  string // on which the agreements stand so, 2026-10-31
	Mode Mode   // Whole unless given
	Key  string // the same key reads once
}

// Import takes a file of agreements and puts in the reading of it, which is done by
// whoever does the jobs. What is wrong with the order is one fault.Invalid
// "invalid-load".
func (s *Service) Import(ctx context.Context, by ident.Actor, o Order, in io.Reader) (l Load, err error) {
	if o.Mode == "" {
		o.Mode = Whole
	}
	day, err := s.order(o)
	if err != nil {
		return l, err
	}
	file, size, err := s.Files.Keep(ctx, by.Firm, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
	if err != nil {
		return l, fmt.Errorf("keep a file of agreements: %w", err)
	}
	if size == 0 {
		return l, badFile("empty", "Kies een bestand met overeenkomsten: dit is leeg.")
	}
	asked := ident.HashOf(canon.Must(map[string]any{"day": o.Day, "mode": o.Mode, "file": file}))
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if o.Key != "" {
			prior, err := tx.Once(o.Key, asked, s.Now())
			if err != nil {
				return err
			}
			if prior != nil {
				var number int
				if err := canon.Decode(prior, &number); err != nil {
					return err
				}
				l, err = tx.Load(number)
				return err
			}
		}
		l = Load{ID: s.NewID(), Day: day, Mode: o.Mode, State: LoadWaiting, File: file, By: by.String(), Made: s.Now(), Result: noResult()}
		if l.Number, err = tx.AddLoad(l); err != nil {
			return err
		}
		if o.Key != "" {
			if err := tx.Keep(o.Key, asked, canon.Must(l.Number)); err != nil {
				return err
			}
		}
		return tx.Wake(l.Number, s.Now())
	})
	return l, err
}

func (s *Service) order(o Order) (day calendar.Date, err error) {
	var wrong []fault.Detail
	say := func(at, text string) {
		wrong = append(wrong, fault.Detail{Pointer: at, Reason: "invalid-load", Text: text})
	}
	if day, err = calendar.Parse(strings.TrimSpace(o.Day)); err != nil || day.After(s.today()) {
		say("/day", "Geef de dag waarop de overeenkomsten zo stonden, niet later dan vandaag, zoals 2026-10-31.")
	}
	if o.Mode != Whole && o.Mode != Good && o.Mode != Try {
		say("/mode", "Kies alles, goede of proef.")
	}
	if len(wrong) == 0 {
		return day, nil
	}
	return day, fault.All("invalid-load", wrong)
}

// Loads returns every reading of a file, the newest first.
func (s *Service) Loads(ctx context.Context, by ident.Actor) (all []Load, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		all, err = tx.Loads()
		return err
	})
	return all, err
}

// Load returns one; fault.NotFound "unknown-load".
func (s *Service) Load(ctx context.Context, by ident.Actor, number int) (l Load, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		l, err = tx.Load(number)
		return err
	})
	return l, err
}

// Faults writes every fault of a reading as CSV; fault.NotFound "no-load-faults" where
// there were none.
func (s *Service) Faults(ctx context.Context, by ident.Actor, number int, w io.Writer) error {
	l, err := s.Load(ctx, by, number)
	if err != nil {
		return err
	}
	if l.Faults.IsZero() {
		return fault.New(fault.NotFound, "no-load-faults", "")
	}
	file, err := s.Files.Plain(ctx, by.Firm, l.Faults)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(w, bufio.NewReader(file))
	return err
}

// Undo takes a stand out of the book, with the reason. The rows stay, so that what was
// said of them can be checked; the book shows the stand before. A stand that is not in
// the book is a Conflict "load-not-done".
func (s *Service) Undo(ctx context.Context, by ident.Actor, number int, why string) (l Load, err error) {
	why = strings.TrimSpace(why)
	if err := reason(why); err != nil {
		return l, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if l, err = tx.Load(number); err != nil {
			return err
		}
		if l.State != LoadDone {
			return fault.New(fault.Conflict, "load-not-done", "")
		}
		l.State, l.Undone = LoadUndone, why
		if err := tx.SaveLoad(l); err != nil {
			return err
		}
		if err := tx.Wake(number, s.Now()); err != nil {
			return err
		}
		return tx.Append(s.fact(KindUndone, l.ID, by.Firm, undone1{by.String(), int64(number), l.Root, why}))
	})
	return l, err
}
