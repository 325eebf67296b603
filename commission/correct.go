package commission

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// A Correction says that a settled month gave the wrong amount for a contract. The
// month stays as it is; the difference goes with the next statement.
type Correction struct {
	ID         string
	Run        string
	Month      calendar.Date
	Agreement  string
	Contract   string // reference
	Line       Line   // as it should have been
	Paid       money.Cents
	Difference money.Cents
	Reason     string
	At         time.Time
	By         string
	Settled    string // run in whose statements it is; "" while it waits
}

// A CorrectionOrder says how a contract really stood on the last day of the month.
type CorrectionOrder struct {
	Run      string
	Contract string
	Facts    Contract       // reference and intermediary are those of the run
	Unread   []fault.Detail // of the facts, what could not be read; told with all else that is wrong
	Reason   string
	Key      string
}

// leastReason is how many characters say why something is done that needs a reason.
const leastReason = 10

// Correct records how a contract really stood, and what that gives more or less than
// was paid. Only a settled month is corrected: another one is run again. It is Invalid
// "invalid-correction" without a reason or where nothing comes out otherwise.
func (s *Service) Correct(ctx context.Context, by ident.Actor, o CorrectionOrder) (c Correction, err error) {
	o.Reason = strings.TrimSpace(o.Reason)
	var wrong wrongs
	wrong.words("/reason", "de reden", o.Reason, leastReason, 500)
	wrong = append(wrong, o.Unread...)
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		what := fmt.Sprintf("commission correction %s %s %+v %s", o.Run, o.Contract, o.Facts, o.Reason)
		id, err := once(tx, o.Key, what, s.Now(), func() (string, error) {
			made, err := s.correct(tx, by, o, wrong)
			return made.ID, err
		})
		if err != nil {
			return err
		}
		all, err := tx.Corrections()
		if i := slices.IndexFunc(all, func(c Correction) bool { return c.ID == id }); i >= 0 {
			c = all[i]
		}
		return err
	})
	if err != nil {
		return Correction{}, fmt.Errorf("correct the commission of a month: %w", err)
	}
	return c, nil
}

func (s *Service) correct(tx Tx, by ident.Actor, o CorrectionOrder, wrong wrongs) (c Correction, err error) {
	r, err := tx.Run(o.Run)
	if err != nil {
		return c, err
	}
	if r.State != RunApproved {
		return c, fault.New(fault.Conflict, "month-not-settled", o.Run)
	}
	line, row, err := find(tx, r.ID, o.Contract)
	if err != nil {
		return c, err
	}
	used := r.ByCode(line.Partner)
	if used.ID == "" {
		return c, fault.New(fault.Conflict, "no-intermediary", o.Contract)
	}
	all, err := tx.Corrections()
	if err != nil {
		return c, err
	}
	paid := line.Amount
	for _, earlier := range all {
		if earlier.Run == r.ID && earlier.Contract == o.Contract {
			paid += earlier.Difference
		}
	}
	o.Facts.Ref, o.Facts.Partner = line.Ref, line.Partner
	_, decision := Monthly.Decide(o.Facts.Asked(r.Month, used.Percentages))
	should := o.Facts.month(courseOf(o.Facts.kind(), used.Percentages), r.Month)
	if should.Amount == paid && o.Unread == nil {
		wrong.add("", "no-difference", "Met deze gegevens komt er hetzelfde bedrag uit. Wijzig wat er anders was, of ga terug.")
	}
	if err := fault.All("invalid-correction", wrong); err != nil {
		return c, err
	}
	c = Correction{s.NewID(), r.ID, r.Month, used.ID, line.Ref, should, paid, should.Amount - paid, o.Reason, s.Now(), by.String(), ""}
	if err := tx.AddCorrection(c); err != nil {
		return c, err
	}
	return c, tx.Append(s.fact(KindCorrected, c.ID, by.Firm, corrected1{by.String(), r.ID, r.Month, row, used.ID, o.Reason, paid, c.Difference, []rule.Decision{decision}}))
}

// find returns a line of a run with its place.
func find(tx Tx, run, ref string) (Line, int, error) {
	b, err := tx.BlockOf(run, ref)
	if err != nil {
		return Line{}, 0, err
	}
	lines, err := b.Lines()
	if err != nil {
		return Line{}, 0, err
	}
	for i, l := range lines {
		if l.Ref == ref {
			return l, b.Number*BlockRows + i, nil
		}
	}
	return Line{}, 0, fault.New(fault.NotFound, "unknown-commission-contract", ref)
}

// Corrections returns all corrections, the newest first.
func (s *Service) Corrections(ctx context.Context, by ident.Actor) (all []Correction, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		all, err = tx.Corrections()
		return err
	})
	return all, err
}
