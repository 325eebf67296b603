package appropriateness

import (
	"context"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// around tells whose test it is, where it is another firm's, and whether the client
// must first say who they are.
func around(tx Tx, a Attempt) (provider string, ask bool, err error) {
	r, err := tx.Recognition(a.ID)
	if err != nil {
		return "", false, err
	}
	if r.Owner != a.Firm {
		if err = tx.Of(r.Owner, func(l Ledger) error { provider, err = l.FirmName(); return err }); err != nil {
			return "", false, err
		}
	}
	if a.State == Ready && r.Key.IsZero() {
		ask, err = tx.AsksClient()
	}
	return provider, ask, err
}

func mustAsk(tx Tx, a Attempt) (bool, error) {
	r, err := tx.Recognition(a.ID)
	if err != nil || !r.Key.IsZero() {
		return false, err
	}
	return tx.AsksClient()
}

// An Identified is what came of a client saying who they are.
type Identified struct {
	Token   string // of the attempt to go on with: this one, or the one that was open already
	Refused string // why they may not take the test now, "" where they may; see Start
}

// Identify takes what a client says who they are, before question 1. Whoever was
// seen before, at this firm or under the same owner of the test, goes on with what
// is open, gets questions not seen before, or may not take the test: then the link
// is used up, so that nobody tries names until one fits. What was filled in is kept
// nowhere; the match key is.
func (s *Service) Identify(ctx context.Context, token string, c Identity) (out Identified, err error) {
	if err := fault.All("invalid-client", c.Check("", calendar.Of(s.Now()))); err != nil {
		return out, err
	}
	for range 3 { // as in Start
		err = s.change(ctx, token, func(tx Tx, a Attempt) error {
			out = Identified{Token: token}
			return s.identify(tx, a, c, &out)
		})
		if !fault.Has(err, "attempt-raced") {
			break
		}
	}
	return out, err
}

func (s *Service) identify(tx Tx, a Attempt, c Identity, out *Identified) error {
	r, err := tx.Recognition(a.ID)
	if err != nil || a.State != Ready || !r.Key.IsZero() {
		return err // begun or known already: nothing to say
	}
	p := Published{Hash: a.Test}
	if p.Test, err = tx.Sealed(a.Test); err != nil {
		return err
	}
	r.Key, r.Under = s.match(a.Firm, c), s.match(r.Owner, c)
	w := starting{by: a.actor(), now: a.At(s.Now()), use: p, client: a.Client, known: r}
	if w.before, err = tx.Attempts(a.Client, r.Key, a.Product); err != nil {
		return err
	}
	w.before = slices.DeleteFunc(w.before, func(b Attempt) bool { return b.ID == a.ID })
	if err = tx.Of(r.Owner, func(l Ledger) error { w.entries, err = l.Entries(r.Under, a.Product); return err }); err != nil {
		return err
	}
	open, err := s.resume(tx, &w)
	if err != nil {
		return err
	}
	if open != nil {
		out.Token = s.Token(open.ID)
		return s.identified(tx, a, recognised1{By: a.actor().String(), GoesOn: open.ID}, true)
	}
	return s.admit(tx, a, w, out)
}

// admit asks the rule, and draws anew where the client has seen questions before.
func (s *Service) admit(tx Tx, a Attempt, w starting, out *Identified) error {
	past, err := history(tx, w.known.Owner, w.before, w.entries, w.now)
	if err != nil {
		return err
	}
	d, err := w.use.Test.Policy.may(past, ByKey, w.now)
	fact := recognised1{By: a.actor().String()}
	fact.Decisions = append(fact.Decisions, d)
	if f := fault.As(err); f != nil && f.Kind == fault.Conflict {
		out.Refused = f.Reason
		return s.identified(tx, a, fact, true)
	} else if err != nil {
		return err
	}
	if len(past) > 0 {
		fact.Form, err = s.draw(w.use.Test, past)
		if fault.Has(err, "form-impossible") {
			out.Refused = "form-impossible"
			return s.identified(tx, a, fact, true)
		} else if err != nil {
			return err
		}
		a.Form = fact.Form
		if err := tx.Redraw(a.ID, a.Form); err != nil {
			return err
		}
	}
	if err := tx.Recognise(a, w.known); err != nil {
		return err
	}
	if err := enter(tx, a, w.use.Test, w.known); err != nil {
		return err
	}
	return s.identified(tx, a, fact, false)
}

// identified records it, and closes the link where it leads nowhere any more.
func (s *Service) identified(tx Tx, a Attempt, fact recognised1, over bool) error {
	a.Touched = a.At(s.Now())
	if over {
		a.State = Lapsed
	}
	if err := tx.Save(a); err != nil {
		return err
	}
	return tx.Append(s.fact(KindRecognised, string(a.ID), a.Firm, a.Touched, fact))
}

// AskClient lets the firm's clients be asked who they are before they begin, or no
// longer. To say the same again changes nothing.
func (s *Service) AskClient(ctx context.Context, by ident.Actor, ask bool) error {
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		now, err := tx.AsksClient()
		if err != nil || now == ask {
			return err
		}
		if err := tx.AskClient(ask); err != nil {
			return err
		}
		return tx.Append(s.fact(KindAskClient, string(by.Firm), by.Firm, s.Now(), askClient1{by.String(), ask}))
	})
}

// AsksClient reports whether the firm's clients are asked who they are.
func (s *Service) AsksClient(ctx context.Context, by ident.Actor) (ask bool, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error { ask, err = tx.AsksClient(); return err })
	return ask, err
}
