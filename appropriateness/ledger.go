package appropriateness

import (
	"cmp"
	"slices"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// An Entry is one line of the ledger (grootboek van pogingen): an attempt of one
// client for one product. It belongs to the owner of the test, whoever took it,
// and holds neither answers nor a person: the match key, and which questions were
// in the form.
type Entry struct {
	Attempt   AttemptID
	Through   ident.Firm // whose client it is, and who answers for the attempt
	Key       MatchKey   // under the owner's key
	Product   string
	Test      ident.Hash
	Questions []QuestionID
	Created   time.Time
	Place     bool      // holds the one place that a client has for a product
	Until     time.Time // when the link, and once begun the attempt, closes
	Begun     time.Time // zero while it does not count
	Judged    time.Time // zero before
	Passed    bool
	ValidDays int
}

// Counts reports whether question 1 was shown.
func (e Entry) Counts() bool { return !e.Begun.IsZero() }

// running reports whether the client is answering it now.
func (e Entry) running(now time.Time) bool {
	return e.Counts() && e.Judged.IsZero() && !now.After(e.Until)
}

// ended is when it was judged, or closed by time.
func (e Entry) ended() time.Time {
	if e.Judged.IsZero() {
		return e.Until
	}
	return e.Judged
}

// A Ledger is what a start may see and write of the firm that owns the test,
// within the transaction of the firm that starts it.
type Ledger interface {
	Published(testID string, now time.Time) (Published, error) // fault.NotFound "unknown-test"
	Tests(now time.Time) ([]Published, error)                  // those in use
	Sealed(ident.Hash) (Test, error)
	FirmName() (string, error)

	Entries(key MatchKey, product string) ([]Entry, error) // oldest first; locked in an Update
	Enter(Entry) error                                     // fault.Conflict "attempt-raced" where another holds the place
	Yield(AttemptID) error                                 // gives up the place of what was not begun
	Count(id AttemptID, begun, until time.Time) (bool, error)
	Settle(id AttemptID, judged time.Time, passed bool) error
	Append(journal.Fact) error
}

// A Recognition says by what the client of an attempt is known, and whose test it
// is.
type Recognition struct {
	Owner     ident.Firm // of the test; the firm itself where it is its own
	Key       MatchKey   // under the firm's own key; zero: by the firm's reference alone
	Under     MatchKey   // the same client under the owner's key
	Agreement string     // under which the test of another is used; "" for an own test
}

// Known is by what the client was recognised.
func (r Recognition) Known() Known {
	if r.Key.IsZero() {
		return ByReference
	}
	return ByKey
}

// A past is an attempt of a client as starting anew looks at it.
type past struct {
	Sitter
	created time.Time
	seen    func(*Seen) error // adds what was shown
}

// history gathers what a client did before, here and elsewhere, oldest first.
func history(tx Tx, owner ident.Firm, before []Attempt, entries []Entry, now time.Time) (all []past, err error) {
	own := map[AttemptID]bool{}
	for _, a := range before {
		own[a.ID] = true
		if !a.Counts() {
			continue
		}
		t, err := tx.Sealed(a.Test)
		if err != nil {
			return nil, err
		}
		p := past{created: a.Created, seen: func(s *Seen) error { s.Add(t, a.Form); return nil }}
		p.Sitter = Sitter{Attempt: a.ID, Ended: a.OpenUntil, Passed: a.Outcome == Appropriate, ValidDays: t.Policy.ValidDays}
		if a.State == Judged {
			p.Ended = a.Judged
		}
		all = append(all, p)
	}
	for _, e := range entries {
		if own[e.Attempt] || !e.Counts() {
			continue
		}
		p := past{created: e.Created, seen: func(s *Seen) error { return seenAt(tx, owner, e, s) }}
		p.Sitter = Sitter{Attempt: e.Attempt, Ended: e.ended(), Open: e.running(now), Passed: e.Passed, ValidDays: e.ValidDays, Elsewhere: true}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b past) int { return cmp.Or(a.created.Compare(b.created), cmp.Compare(a.Attempt, b.Attempt)) })
	return all, nil
}

// seenAt adds what was shown at another firm, under the owner's sealed test.
func seenAt(tx Tx, owner ident.Firm, e Entry, s *Seen) error {
	return tx.Of(owner, func(l Ledger) error {
		t, err := l.Sealed(e.Test)
		if err != nil {
			return err
		}
		form := make(Form, len(e.Questions))
		for i, q := range e.Questions {
			form[i].Question = q
		}
		s.Add(t, form)
		return nil
	})
}

// may asks whether the client may take the test now, and returns the decision, or
// a Conflict that names why not.
func (p Policy) may(history []past, known Known, now time.Time) (rule.Decision, error) {
	in := MayStartIn{Retake: p.Retake, Earlier: []Sitter{}, Known: known, Now: now}
	for _, h := range history {
		in.Earlier = append(in.Earlier, h.Sitter)
	}
	out, d := AttemptAllowed.Decide(in)
	if out.Allowed {
		return d, nil
	}
	about := ""
	if out.From != nil {
		about = stamp(*out.From)
	}
	return d, fault.New(fault.Conflict, refusals[out.Because[0].Code], about)
}

// draw makes a form in which nothing comes back that the client saw before, at any
// channel and firm. Who passes and takes the test anew year after year has seen the
// whole bank one day: then what they saw up to their last pass may come back, since
// no retake follows a pass. What was seen in an attempt that was no pass never does
// (afm:ket:retake).
func (s *Service) draw(t Test, since []past) (Form, error) {
	for {
		seen := Seen{}
		for _, p := range since {
			if err := p.seen(&seen); err != nil {
				return nil, err
			}
			seen.NewFamilies = t.Policy.Retake.NewFamilies
		}
		form, err := t.Draw(s.Dice, seen)
		pass := slices.IndexFunc(since, func(p past) bool { return p.Passed })
		if pass < 0 || !fault.Has(err, "form-impossible") {
			return form, err
		}
		since = since[pass+1:]
	}
}

// enter writes the attempt in the ledger of the test's owner.
func enter(tx Tx, a Attempt, t Test, r Recognition) error {
	if r.Under.IsZero() {
		return nil
	}
	return tx.Of(r.Owner, func(l Ledger) error {
		return l.Enter(Entry{
			Attempt: a.ID, Through: a.Firm, Key: r.Under, Product: a.Product, Test: a.Test, Questions: a.Form.Questions(),
			Created: a.Created, Place: true, Until: a.LinkUntil, ValidDays: t.Policy.ValidDays,
		})
	})
}

// count makes the attempt count in the ledger too. Where the client took up a link
// elsewhere meanwhile it is fault.Gone "link-superseded". That an attempt counts at
// another firm is a fact in the owner's journal, which names no client.
func (s *Service) count(tx Tx, a Attempt) error {
	r, err := tx.Recognition(a.ID)
	if err != nil || r.Under.IsZero() {
		return err
	}
	return tx.Of(r.Owner, func(l Ledger) error {
		ok, err := l.Count(a.ID, a.Begun, a.OpenUntil)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Gone, "link-superseded", string(a.ID))
		}
		if r.Owner == a.Firm {
			return nil
		}
		return l.Append(s.counted(a, r))
	})
}

// settle writes in the ledger that the attempt was judged.
func settle(tx Tx, a Attempt) error {
	r, err := tx.Recognition(a.ID)
	if err != nil || r.Under.IsZero() {
		return err
	}
	return tx.Of(r.Owner, func(l Ledger) error { return l.Settle(a.ID, a.Judged, a.Outcome == Appropriate) })
}

// laterCounts reports whether a later attempt of the same client and product counts,
// here or elsewhere: only the last one opens a gate.
func laterCounts(tx Tx, a Attempt) (bool, error) {
	r, err := tx.Recognition(a.ID)
	if err != nil {
		return false, err
	}
	found, err := tx.Later(a, r.Key)
	if err != nil || found || r.Under.IsZero() {
		return found, err
	}
	err = tx.Of(r.Owner, func(l Ledger) error {
		entries, err := l.Entries(r.Under, a.Product)
		for _, e := range entries {
			found = found || e.Counts() && e.Attempt != a.ID && e.Begun.After(a.Begun)
		}
		return err
	})
	return found, err
}
