package appropriateness

import (
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/party"
	"zorgplicht/rule"
)

// A starting is a request for a test with all that it turned out to be about.
type starting struct {
	in      Start
	by      ident.Actor
	now     time.Time
	use     Published // the test
	client  ident.Person
	known   Recognition // the client, and whose test it is
	before  []Attempt   // of this client and product at this firm, oldest first
	entries []Entry     // in the ledger of the test's owner
}

// start gives a client an attempt: the one that is open, else a new one where the
// rule allows it.
func (s *Service) start(tx Tx, by ident.Actor, in Start, now time.Time) (Started, error) {
	w := starting{in: in, by: by, now: now}
	var err error
	if w.use, w.known, err = offered(tx, by.Firm, in, now); err != nil {
		return Started{}, err
	}
	decisions, err := s.needed(w.use.Test, in)
	if err != nil {
		return Started{}, err
	}
	if err := s.recognise(tx, &w); err != nil {
		return Started{}, err
	}
	open, err := s.resume(tx, &w)
	if err != nil || open != nil {
		return Started{Attempt: deref(open), Resumed: open != nil}, err
	}
	past, err := history(tx, w.known.Owner, w.before, w.entries, now)
	if err != nil {
		return Started{}, err
	}
	d, err := w.use.Test.Policy.may(past, w.known.Known(), now)
	if err != nil {
		return Started{}, err
	}
	form, err := s.draw(w.use.Test, past)
	if err != nil {
		return Started{}, err
	}
	return s.create(tx, w, form, append(decisions, d))
}

func deref(a *Attempt) Attempt {
	if a == nil {
		return Attempt{}
	}
	return *a
}

// offered finds the test: one of the firm's own, or one of a provider with whom it
// has an agreement in force for the product.
func offered(tx Tx, firm ident.Firm, in Start, now time.Time) (p Published, r Recognition, err error) {
	r.Owner = firm
	if in.Provider == "" || in.Provider == firm {
		p, err = tx.Published(in.Test, now)
		return p, r, err
	}
	all, err := tx.Agreements()
	if err != nil {
		return p, r, err
	}
	all = slices.DeleteFunc(all, func(a party.Agreement) bool { return a.Provider != in.Provider || a.Distributor != firm })
	if len(all) == 0 {
		return p, r, fault.New(fault.NotFound, "no-agreement", "")
	}
	r.Owner = in.Provider
	if err = tx.Of(r.Owner, func(l Ledger) error { p, err = l.Published(in.Test, now); return err }); err != nil {
		return p, r, err
	}
	r.Agreement, err = inForce(all, p.Test.Product, calendar.Of(now))
	return p, r, err
}

// inForce picks the agreement for this product that is in force, or says why none
// is.
func inForce(all []party.Agreement, product string, today calendar.Date) (string, error) {
	reason, kind := "no-agreement", fault.NotFound
	for _, a := range all {
		switch {
		case a.Product != product:
		case a.InForce(today):
			return a.ID, nil
		case a.Ended(today):
			if reason == "no-agreement" {
				reason, kind = "agreement-ended", fault.Conflict
			}
		default:
			reason, kind = "agreement-not-in-force", fault.Conflict
		}
	}
	return "", fault.New(kind, reason, product)
}

// match is the key of a client under the key of a firm.
func (s *Service) match(firm ident.Firm, c Identity) MatchKey { return s.Match(firm, c.text()) }

// recognise finds who the client is and what they did before. Who is not told apart
// by what was sent is known by what was sent with the same reference before.
func (s *Service) recognise(tx Tx, w *starting) (err error) {
	if w.client, err = tx.Person(w.in.Reference); err != nil {
		return err
	}
	if w.in.Client.Given() {
		w.known.Key, w.known.Under = s.match(w.by.Firm, w.in.Client), s.match(w.known.Owner, w.in.Client)
	} else if err = asBefore(tx, w); err != nil {
		return err
	}
	if w.before, err = tx.Attempts(w.client, w.known.Key, w.use.Test.Product); err != nil || w.known.Under.IsZero() {
		return err
	}
	return tx.Of(w.known.Owner, func(l Ledger) error {
		w.entries, err = l.Entries(w.known.Under, w.use.Test.Product)
		return err
	})
}

func asBefore(tx Tx, w *starting) error {
	before, err := tx.Attempts(w.client, MatchKey{}, w.use.Test.Product)
	if err != nil || len(before) == 0 {
		return err
	}
	ids := make([]AttemptID, len(before))
	for i, a := range before {
		ids[i] = a.ID
	}
	known, err := tx.Recognitions(ids)
	for _, id := range ids {
		r, ok := known[id]
		if !ok || r.Key.IsZero() {
			continue
		}
		w.known.Key = r.Key
		if r.Owner == w.known.Owner {
			w.known.Under = r.Under
		}
	}
	return err
}

// resume returns the attempt that the client has open, nil where there is none. A
// link that was never used and can be used no more gives way, here and, under the
// same owner of the test, at another firm: the newest link is the one that opens.
func (s *Service) resume(tx Tx, w *starting) (*Attempt, error) {
	for i, a := range w.before {
		state := a.StateAt(w.now)
		if state == Ready || state == Begun {
			still, err := s.holds(tx, w, a)
			if err != nil || still {
				return &w.before[i], err
			}
			state = Lapsed
		}
		if state != a.State {
			a.State = Lapsed
			if err := tx.Save(a); err != nil {
				return nil, err
			}
		}
	}
	for _, e := range w.entries {
		if !e.Place || e.running(w.now) {
			continue
		}
		if err := tx.Of(w.known.Owner, func(l Ledger) error { return l.Yield(e.Attempt) }); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// holds reports whether an open attempt can go on. What is begun goes on, and from
// now on counts in the ledger. A link that was not used holds while nothing else of
// this client counts that its form was not drawn with.
func (s *Service) holds(tx Tx, w *starting, a Attempt) (bool, error) {
	r, err := tx.Recognition(a.ID)
	if err != nil || w.known.Under.IsZero() || r.Under == w.known.Under {
		return a.State == Begun || w.placed(a, r), err
	}
	if a.State == Ready {
		return false, nil
	}
	if r.Owner != w.known.Owner {
		return true, nil
	}
	r.Key, r.Under = w.known.Key, w.known.Under
	if err := tx.Recognise(a, r); err != nil {
		return false, err
	}
	t, err := tx.Sealed(a.Test)
	if err != nil {
		return false, err
	}
	return true, tx.Of(r.Owner, func(l Ledger) error {
		return l.Enter(Entry{
			Attempt: a.ID, Through: a.Firm, Key: r.Under, Product: a.Product, Test: a.Test, Questions: a.Form.Questions(),
			Created: a.Created, Until: a.OpenUntil, Begun: a.Begun, ValidDays: t.Policy.ValidDays,
		})
	})
}

// placed reports whether an unused link still has its place in the ledger.
func (w *starting) placed(a Attempt, r Recognition) bool {
	if r.Under.IsZero() {
		return true
	}
	return slices.ContainsFunc(w.entries, func(e Entry) bool { return e.Attempt == a.ID && e.Place })
}

func (s *Service) create(tx Tx, w starting, form Form, ds []rule.Decision) (Started, error) {
	t := w.use.Test
	a := Attempt{
		ID: AttemptID(s.NewID()), Firm: w.by.Firm, Client: w.client, Test: w.use.Hash, TestID: t.ID, Title: t.Title,
		Product: t.Product, Channel: w.in.Channel, Form: form, State: Ready, Created: w.now, Touched: w.now,
		LinkUntil: w.now.AddDate(0, 0, t.Policy.LinkDays),
	}
	if err := tx.Insert(a, ident.HashOf([]byte(s.Token(a.ID)))); err != nil {
		return Started{}, err
	}
	if w.known.Owner != w.by.Firm || !w.known.Key.IsZero() {
		if err := tx.Recognise(a, w.known); err != nil {
			return Started{}, err
		}
	}
	if err := enter(tx, a, t, w.known); err != nil {
		return Started{}, err
	}
	if err := tx.Append(s.started(a, w.by, ds)); err != nil || w.known.Owner == w.by.Firm {
		return Started{Attempt: a}, err
	}
	return Started{Attempt: a}, s.usedModule(tx, a, t, w)
}

// usedModule records that the test is a provider's. The firm that mediates answers
// for its content (afm:ket:module), so its own journal holds the sealed test too:
// replay and dossier ask nothing of another firm.
func (s *Service) usedModule(tx Tx, a Attempt, t Test, w starting) error {
	if _, err := tx.Sealed(a.Test); fault.Is(err, fault.NotFound) {
		if err := tx.Append(s.sealed(t, w.now, w.by)); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	return tx.Append(s.module(a, w.by, w.known))
}
