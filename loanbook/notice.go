package loanbook

import (
	"context"
	"fmt"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Notice is what article 49, first paragraph, asks for when a variable charge
// changes: the consumer hears of the change and of the new effective rate.
type Notice struct {
	ID        string
	Load      int    // of the stand that showed the change; 0 where it was told here
	Event     string // that told it; "" where a stand showed it
	Reference string
	From      calendar.Date
	Old, New  RateFrom
	Told      calendar.Date // given on; zero while it waits
	Paper     string        // document that was made here; "" for none
}

// A NoticeFilter chooses notices.
type NoticeFilter struct {
	Waiting bool   // only those that are still to be given
	Load    int    // of this stand; 0 for all
	After   string // id of the last row of the page before
	Limit   int
}

// Notices returns a page of notices, the newest first.
func (s *Service) Notices(ctx context.Context, by ident.Actor, f NoticeFilter) (all []Notice, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		all, err = tx.Notices(f)
		return err
	})
	return all, err
}

// Waiting is how many notices are still to be given, counted up to most.
func (s *Service) Waiting(ctx context.Context, by ident.Actor, most int) (n int, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		n, err = tx.Waiting(most)
		return err
	})
	return n, err
}

// Issue makes the document of a notice, and writes down that it was given today. One
// that was given already is a Conflict "notice-given".
func (s *Service) Issue(ctx context.Context, by ident.Actor, id string) (n Notice, err error) {
	var l Loan
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if n, err = s.waiting(tx, id); err != nil {
			return err
		}
		now, err := current(tx)
		if err != nil {
			return err
		}
		row, err := tx.Row(now.Number, n.Reference)
		l = row.Loan
		return err
	})
	if err != nil {
		return n, err
	}
	change := credit.ChangeIn{On: &n.From, Old: new(n.Old.Nominal.Decimal()), New: new(n.New.Nominal.Decimal()), Charge: &l.Charge}
	if l.Balance > 0 && l.Payment > 0 {
		change.Balance, change.Payment = new(euros(l.Balance)), new(euros(l.Payment))
	}
	paper, err := s.Notify(ctx, by, credit.Agreement{Reference: n.Reference, Change: &change, Key: "loanbook-notice-" + id})
	if err != nil {
		return n, err
	}
	return s.tell(ctx, by, id, s.today(), string(paper.ID))
}

// Tell writes down that a notice was given on a day by the firm's own system.
func (s *Service) Tell(ctx context.Context, by ident.Actor, id string, on calendar.Date) (Notice, error) {
	if err := s.given(on); err != nil {
		return Notice{}, err
	}
	return s.tell(ctx, by, id, on, "")
}

// given checks the day on which something was given.
func (s *Service) given(on calendar.Date) error {
	if on.IsZero() || on.After(s.today()) {
		return fault.All("invalid-loan-notice", []fault.Detail{{Pointer: "/on", Reason: "invalid-loan-notice", Text: "Geef de dag waarop het bericht is verstuurd, niet later dan vandaag."}})
	}
	return nil
}

func (s *Service) waiting(tx Tx, id string) (Notice, error) {
	n, err := tx.Notice(id)
	if err == nil && !n.Told.IsZero() {
		err = fault.New(fault.Conflict, "notice-given", id)
	}
	return n, err
}

func (s *Service) tell(ctx context.Context, by ident.Actor, id string, on calendar.Date, paper string) (n Notice, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if n, err = s.waiting(tx, id); err != nil {
			return err
		}
		n.Told, n.Paper = on, paper
		if err := tx.SaveNotice(n); err != nil {
			return err
		}
		return tx.Append(s.fact(KindTold, n.ID, by.Firm, told1{by.String(), agreementHash(by.Firm, n.Reference), n.From, on, paper}))
	})
	return n, err
}

// TellAll writes down that every notice of a stand was given on a day, by the firm's
// own system. Those of a million agreements are ticked off by whoever does the jobs.
func (s *Service) TellAll(ctx context.Context, by ident.Actor, number int, on calendar.Date) (l Load, err error) {
	if err := s.given(on); err != nil {
		return l, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if l, err = tx.Load(number); err != nil {
			return err
		}
		if l.State != LoadDone || l.Notices == 0 || !l.Told.IsZero() {
			return fault.New(fault.Conflict, "notice-given", "")
		}
		l.Told = on
		if err := tx.SaveLoad(l); err != nil {
			return err
		}
		if err := tx.Wake(number, s.Now()); err != nil {
			return err
		}
		return tx.Append(s.fact(KindToldAll, l.ID, by.Firm, toldAll1{by.String(), int64(number), on, int64(l.Notices)}))
	})
	return l, err
}

// tick ticks off the notices of a stand of which all were given.
func (s *Service) tick(ctx context.Context, firm ident.Firm, l Load, stopping func() bool) error {
	for after := ""; ; {
		n := 0
		err := s.Store.Update(ctx, firm, func(tx Tx) (err error) {
			after, n, err = tx.TellNotices(l.Number, l.Told, after, batch)
			return err
		})
		if err != nil {
			return fmt.Errorf("tick off the notices of stand %d: %w", l.Number, err)
		}
		if n == 0 {
			return nil
		}
		if stopping() {
			return ErrStopped
		}
	}
}

func (s *Service) noticeOf(reference string, load int, event string, old, now RateFrom) Notice {
	return Notice{ID: s.NewID(), Load: load, Event: event, Reference: reference, From: now.From, Old: old, New: now}
}
