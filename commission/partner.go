package commission

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// An Agreement (provisieafspraak) is what a provider agreed with one intermediary:
// which percentages, from when, and to which account they are paid.
type Agreement struct {
	ID   string
	Code string // by which contracts name the intermediary
	Name string // of the intermediary
	IBAN string
	Dated
	Nr     int // of its version, from 1
	At     time.Time
	By     string
	Office ident.Firm // of the intermediary in this installation, that reads its own statements; "" for none
}

// Dated are the days and percentages of an agreement.
type Dated struct {
	From        calendar.Date  `json:"from"`
	Until       *calendar.Date `json:"until"`
	Percentages []Agreed       `json:"percentages"`
}

// Percentage returns what holds for new agreements of this kind on this day, if there
// is any.
func (a Agreement) Percentage(kind string, on calendar.Date) (Agreed, bool) {
	c := courseOf(kind, a.Percentages)
	if i := c.at(on); i >= 0 && (a.Until == nil || !on.After(*a.Until)) {
		return c[i], true
	}
	return Agreed{}, false
}

// A Payer is the account from which commission is paid.
type Payer struct {
	Name string
	IBAN string
}

// An AgreementWriting is what somebody wants of an agreement. How it is paid stands
// in it so that what the decree forbids is refused, never kept.
type AgreementWriting struct {
	ID   string // "" for a new one
	Saw  int    // version that was changed; another one since is a Conflict "agreement-changed"
	Code string
	Name string
	IBAN string
	Dated
	PaidIn string // "" is by transfer
	Period string // "" is by the month
	Key    string // idempotency key, "" for none
}

func (w AgreementWriting) tidy() AgreementWriting {
	w.Code, w.Name, w.IBAN = strings.ToUpper(strings.TrimSpace(w.Code)), strings.TrimSpace(w.Name), CleanIBAN(w.IBAN)
	w.Percentages = ordered(w.Percentages)
	if w.PaidIn == "" {
		w.PaidIn = ByTransfer
	}
	if w.Period == "" {
		w.Period = EachMonth
	}
	return w
}

const mostPercentages = 400

// CheckParty returns what is wrong with the intermediary and its account alone, for a
// form of which the rest cannot be read: all that is wrong is told at once.
func (w AgreementWriting) CheckParty() error {
	return fault.All("invalid-commission-agreement", w.tidy().party())
}

func (w AgreementWriting) party() (wrong wrongs) {
	wrong.words("/code", "de code van de bemiddelaar", w.Code, 1, 40)
	wrong.words("/name", "de naam van de bemiddelaar", w.Name, 1, 70)
	wrong.account("/iban", w.IBAN)
	return wrong
}

func (w AgreementWriting) check() wrongs {
	wrong := w.party()
	if w.From.IsZero() {
		wrong.add("/from", "missing", "Geef de eerste dag van de afspraak.")
	}
	if len(w.Percentages) > mostPercentages {
		wrong.add("/percentages", "too-many", "Geef hooguit 400 percentages.")
	}
	return wrong
}

// asked is what the rule is given of it.
func (w AgreementWriting) asked(before Agreement, closed *calendar.Date) TermsIn {
	return TermsIn{From: w.From, Until: w.Until, PaidIn: w.PaidIn, Period: w.Period, Percentages: w.Percentages, Before: before.Percentages, Closed: closed}
}

// fields leads a reason of rule commission_agreement to the field that it is about.
var fields = map[string]string{"no_cash": "/paidIn", "period": "/period", "ends_before": "/until", "ends_early": "/until"}

// refused adds what the rule refuses.
func (w *wrongs) refused(out TermsOut) {
	for _, why := range out.Because {
		at := fields[why.Code]
		if at == "" {
			at = "/percentages"
		}
		w.add(at, strings.ReplaceAll(why.Code, "_", "-"), why.Text+" ("+strings.ToUpper(why.Norm.Dutch()[:1])+why.Norm.Dutch()[1:]+".)")
	}
}

// WriteAgreement keeps an agreement, or changes it. What is wrong, and what the
// decree forbids, is one fault.Invalid "invalid-commission-agreement" that names the
// norm; a code that another agreement has is among it.
func (s *Service) WriteAgreement(ctx context.Context, by ident.Actor, w AgreementWriting) (a Agreement, err error) {
	w = w.tidy()
	wrong := w.check()
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		id, err := once(tx, w.Key, w.request(), s.Now(), func() (string, error) { return s.agree(tx, by, w, wrong) })
		if err != nil {
			return err
		}
		a, err = tx.Agreement(id)
		return err
	})
	if err != nil {
		return Agreement{}, fmt.Errorf("write commission agreement %s: %w", w.ID, err)
	}
	return a, nil
}

func (w AgreementWriting) request() string {
	return fmt.Sprintf("commission agreement %s %d %s %s %s %v %s %s", w.ID, w.Saw, w.Code, w.Name, w.IBAN, w.Dated, w.PaidIn, w.Period)
}

func (s *Service) agree(tx Tx, by ident.Actor, w AgreementWriting, wrong wrongs) (string, error) {
	before := Agreement{ID: s.NewID()}
	if w.ID != "" {
		var err error
		if before, err = tx.Agreement(w.ID); err != nil {
			return "", err
		}
		if before.Nr != w.Saw {
			return "", fault.New(fault.Conflict, "agreement-changed", w.ID)
		}
	}
	all, err := tx.Agreements()
	if err != nil {
		return "", err
	}
	for _, a := range all {
		if a.Code == w.Code && a.ID != before.ID {
			wrong.add("/code", "code-taken", "Een andere afspraak heeft deze code al. Wijzig die, of kies een andere code.")
		}
	}
	closed, err := closedBy(tx)
	if err != nil {
		return "", err
	}
	out, decision := Terms.Decide(w.asked(before, closed))
	if !out.Allowed {
		wrong.refused(out)
	}
	if err := fault.All("invalid-commission-agreement", wrong); err != nil {
		return "", err
	}
	a := Agreement{before.ID, w.Code, w.Name, w.IBAN, w.Dated, before.Nr + 1, s.Now(), by.String(), before.Office}
	if err := tx.SaveAgreement(a); err != nil {
		return "", err
	}
	return a.ID, tx.Append(s.fact(KindAgreed, a.ID, by.Firm, agreed1{by.String(), a.Nr, a.From, a.Until, a.Percentages, []rule.Decision{decision}}))
}

// closedBy returns the last day of the last month that was settled, nil for none.
func closedBy(tx Tx) (*calendar.Date, error) {
	runs, err := tx.Runs()
	if err != nil {
		return nil, err
	}
	for _, r := range runs {
		if r.State == RunApproved {
			return &r.Month, nil
		}
	}
	return nil, nil
}

// Agreements returns the firm's agreements by name.
func (s *Service) Agreements(ctx context.Context, by ident.Actor) (all []Agreement, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		all, err = tx.Agreements()
		return err
	})
	return all, err
}

// Agreement returns one; fault.NotFound "unknown-commission-agreement".
func (s *Service) Agreement(ctx context.Context, by ident.Actor, id string) (a Agreement, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		a, err = tx.Agreement(id)
		return err
	})
	return a, err
}

// Payer returns the account from which the firm pays, empty while none was set.
func (s *Service) Payer(ctx context.Context, by ident.Actor) (p Payer, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		p, err = tx.Payer()
		return err
	})
	return p, err
}

// SetPayer says from which account the firm pays. What is wrong is one fault.Invalid
// "invalid-payer".
func (s *Service) SetPayer(ctx context.Context, by ident.Actor, p Payer) error {
	p.Name, p.IBAN = strings.TrimSpace(p.Name), CleanIBAN(p.IBAN)
	var wrong wrongs
	wrong.words("/name", "de naam van de rekeninghouder", p.Name, 1, 70)
	wrong.account("/iban", p.IBAN)
	if err := fault.All("invalid-payer", wrong); err != nil {
		return err
	}
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if was, err := tx.Payer(); err != nil || was == p {
			return err
		}
		if err := tx.SavePayer(p); err != nil {
			return err
		}
		return tx.Append(s.fact(KindPayer, string(by.Firm), by.Firm, payer1{by.String()}))
	})
}
