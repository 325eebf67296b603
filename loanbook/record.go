package loanbook

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/rule"
)

// Record writes down what happened to an agreement. A changed charge gives the notice
// that is due. What is wrong is one fault.Invalid "invalid-loan-event".
func (s *Service) Record(ctx context.Context, by ident.Actor, e Event, key string) (f File, err error) {
	e.To = strings.TrimSpace(e.To)
	e = e.own()
	asked := ident.HashOf([]byte(strings.Join([]string{e.Reference, string(e.Kind), e.On.String(), e.Nominal.String(), e.Effective.String(), euros(e.Balance).String(), e.To}, "\x00")))
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if key != "" {
			prior, err := tx.Once(key, asked, s.Now())
			if err != nil || prior != nil {
				if err == nil {
					f, err = s.loan(tx, e.Reference)
				}
				return err
			}
			if err := tx.Keep(key, asked, []byte(`"done"`)); err != nil {
				return err
			}
		}
		if f, err = s.loan(tx, e.Reference); err != nil {
			return err
		}
		if err := e.Check(f.Row.Loan, s.today()); err != nil {
			return err
		}
		return s.record(tx, by, &f, e)
	})
	return f, err
}

func (s *Service) record(tx Tx, by ident.Actor, f *File, e Event) (err error) {
	e.ID, e.By, e.At, e.Withdrawn = s.NewID(), by.String(), s.Now(), ""
	if err := tx.AddEvent(e); err != nil {
		return err
	}
	fact := happened1{By: e.By, Agreement: agreementHash(by.Firm, e.Reference), Kind: e.Kind, On: e.On, To: e.To, Decisions: []rule.Decision{}}
	if e.Kind == BalanceWas {
		fact.Balance = &e.Balance
	}
	old := f.Row.Loan
	if e.Kind == RateChanged {
		fact.Nominal = e.Nominal.String()
		if e.Effective != 0 {
			fact.Effective = e.Effective.String()
		}
		change, d := credit.ChargeChange.Decide(credit.ChangeIn{On: &e.On, Old: new(old.Now().Nominal.Decimal()), New: new(e.Nominal.Decimal()), Charge: &old.Charge})
		fact.Decisions = append(fact.Decisions, d)
		_, d = credit.CeilingWatch.Decide(old.after(e).Question(e.On))
		fact.Decisions = append(fact.Decisions, d)
		if change.Notice {
			if err := tx.AddNotice(s.noticeOf(e.Reference, 0, e.ID, old.Now(), RateFrom{e.On, e.Nominal, e.Effective})); err != nil {
				return err
			}
		}
	}
	if err := s.refresh(tx, e.Reference); err != nil {
		return err
	}
	if err := tx.Append(s.fact(KindHappened, e.ID, by.Firm, fact)); err != nil {
		return err
	}
	*f, err = s.loan(tx, e.Reference)
	return err
}

// Withdraw takes back what was told of an agreement, with the reason. The notice that
// it asked for goes with it, unless that was given.
func (s *Service) Withdraw(ctx context.Context, by ident.Actor, id, why string) (f File, err error) {
	why = strings.TrimSpace(why)
	if err := reason(why); err != nil {
		return f, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		e, err := tx.Event(id)
		if err != nil {
			return err
		}
		if e.Withdrawn != "" {
			return fault.New(fault.Conflict, "event-withdrawn", id)
		}
		if err := errors.Join(tx.Withdraw(id, why), tx.DropNotice(id)); err != nil {
			return err
		}
		if err := s.refresh(tx, e.Reference); err != nil {
			return err
		}
		if err := tx.Append(s.fact(KindWithdrawn, id, by.Firm, withdrawn1{by.String(), agreementHash(by.Firm, e.Reference), why})); err != nil {
			return err
		}
		f, err = s.loan(tx, e.Reference)
		return err
	})
	return f, err
}

// mostReason is how long a reason may be.
const mostReason = 300

func reason(why string) error {
	say := ""
	switch n := utf8.RuneCountInString(why); {
	case n == 0 || n > mostReason:
		say = "Geef de reden, in ten hoogste 300 tekens."
	case text.HoldsBSN(why):
		say = "Haal het burgerservicenummer weg. Dat mag hier niet worden vastgelegd."
	default:
		return nil
	}
	return fault.All("invalid-loan-reason", []fault.Detail{{Pointer: "/reason", Reason: "invalid-loan-reason", Text: say}})
}

// refresh lays over every stand in the book what was told of an agreement since.
func (s *Service) refresh(tx Tx, reference string) error {
	loads, err := tx.Loads()
	if err != nil {
		return err
	}
	events, err := tx.Events(reference)
	if err != nil {
		return err
	}
	for _, l := range loads {
		if l.State != LoadDone {
			continue
		}
		if err := lay(tx, l, reference, events, s.today()); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

// lay lays events over an agreement in a stand.
func lay(tx Tx, l Load, reference string, events []Event, today calendar.Date) error {
	row, err := tx.Row(l.Number, reference)
	if err != nil {
		return err
	}
	was := row.Loan
	if row.Was != nil {
		was = *row.Was
	}
	row.Was, row.Loan = &was, was.With(events, l.Day, l.Ended, today)
	row.Watch = ceilings().Watch(row.Loan, today)
	return tx.SaveRow(l.Number, row)
}
