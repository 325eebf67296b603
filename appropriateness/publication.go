package appropriateness

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A DesignWriting is what somebody asks to keep of a design.
type DesignWriting struct {
	Design Design
	Saw    int    // the revision they saw; 0 for a design that is new
	Key    string // idempotency key, "" for none
}

// WriteDesign keeps a design. It may be unfinished; what cannot be kept at all is
// one Invalid "invalid-design". Who did not see the newest words gets a Conflict
// "design-changed", or "design-exists" for one that was to be new; while it waits
// for publication it is a Conflict "design-asked".
func (s *Service) WriteDesign(ctx context.Context, by ident.Actor, in DesignWriting) (Draft, error) {
	if in.Design.Questions == nil {
		in.Design.Questions = []QuestionID{}
	}
	if err := in.Design.Check(); err != nil {
		return Draft{}, err
	}
	var d Draft
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{"write": in.Design, "saw": in.Saw}
		return s.once(tx, in.Key, request, &d, func() (err error) {
			d, err = s.writeDesign(tx, by, in)
			return err
		})
	})
	if err != nil {
		return Draft{}, fmt.Errorf("write design %s: %w", in.Design.ID, err)
	}
	return d, nil
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

func (s *Service) writeDesign(tx Tx, by ident.Actor, in DesignWriting) (Draft, error) {
	before, err := tx.Draft(in.Design.ID)
	fresh := fault.Is(err, fault.NotFound)
	switch {
	case err != nil && !fresh, fresh && in.Saw != 0:
		return Draft{}, err
	case !fresh && in.Saw == 0:
		return Draft{}, fault.New(fault.Conflict, "design-exists", in.Design.ID)
	case before.Revision != in.Saw:
		return Draft{}, fault.New(fault.Conflict, "design-changed", in.Design.ID)
	case before.Asked != nil:
		return Draft{}, fault.New(fault.Conflict, "design-asked", in.Design.ID)
	}
	d := Draft{Design: in.Design, Revision: before.Revision + 1, Editor: by.String(), Edited: later(s.Now(), before.Edited)}
	if err := tx.KeepDraft(d, fresh); err != nil {
		return Draft{}, err
	}
	kind := KindDesignWritten
	if d.Design.Policy.Outside != "" {
		kind = KindDesignWritten2
	}
	return d, tx.Append(s.fact(kind, d.Design.ID, by.Firm, d.Edited, designWritten1{by.String(), d.Revision, d.Design}))
}

// compose makes the test of a design from the bank of the firm.
func compose(tx Tx, d Design) (Test, []QuestionID, error) {
	bank, err := tx.ActiveQuestions(d.Product, d.Language)
	if err != nil {
		return Test{}, nil, err
	}
	active := make([]Question, len(bank))
	for i, q := range bank {
		active[i] = q.Question
	}
	t, gone := d.Compose(active)
	return t, gone, nil
}

// An Offer asks that a design be put to use.
type Offer struct {
	ID   string
	Saw  int    // the revision they saw
	Note string // for who looks at it
	Key  string
}

// AskPublication checks a design by rule publication_check, seals the test it makes
// and offers it to whoever may put it to use. What keeps it from that comes back as
// one Invalid "not-publishable", all at once, each with its norm; nothing is kept
// then.
func (s *Service) AskPublication(ctx context.Context, by ident.Actor, in Offer) (Draft, error) {
	if err := checkWords("/note", in.Note, 0); err != nil {
		return Draft{}, err
	}
	var d Draft
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{"ask": in.ID, "saw": in.Saw, "note": in.Note}
		return s.once(tx, in.Key, request, &d, func() (err error) {
			d, err = s.askPublication(tx, by, in)
			return err
		})
	})
	if err != nil {
		return Draft{}, fmt.Errorf("ask publication of %s: %w", in.ID, err)
	}
	return d, nil
}

func (s *Service) askPublication(tx Tx, by ident.Actor, in Offer) (Draft, error) {
	d, err := tx.Draft(in.ID)
	switch {
	case err != nil:
		return Draft{}, err
	case d.Asked != nil:
		return Draft{}, fault.New(fault.Conflict, "design-asked", in.ID)
	case d.Revision != in.Saw:
		return Draft{}, fault.New(fault.Conflict, "design-changed", in.ID)
	}
	t, gone, err := compose(tx, d.Design)
	if err != nil {
		return Draft{}, err
	}
	_, hash := t.Seal()
	out, decision := PublicationTarget.Decide(PublicationIn{sealedTest(hash, t)})
	if err := notPublishable(out, gone); err != nil {
		return Draft{}, err
	}
	at := later(s.Now(), d.Edited)
	if err := s.seal(tx, by, t, hash, at); err != nil {
		return Draft{}, err
	}
	d.Asked = &Request{By: by.String(), At: at, Test: hash, Note: in.Note}
	if err := tx.KeepDraft(d, false); err != nil {
		return Draft{}, err
	}
	return d, tx.Append(s.fact(KindPublicationAsked, in.ID, by.Firm, at, publicationAsked1{by.String(), d.Revision, hash, in.Note, []rule.Decision{decision}}))
}

// notPublishable lists all that keeps a test from being put to use.
func notPublishable(out PublicationOut, gone []QuestionID) error {
	var faults []fault.Detail
	for _, id := range gone {
		faults = append(faults, fault.Detail{Pointer: "/questions", Reason: "question-inactive", Text: "Vraag " + string(id) + " is niet actief in de vragenbank. Haal haar uit het ontwerp, of laat haar goedkeuren."})
	}
	for _, r := range out.Refusals() {
		faults = append(faults, fault.Detail{Pointer: "/design", Reason: kebabCode(r.Code), Text: SayPublication(r) + " (" + r.Norm.Dutch() + ")"})
	}
	return fault.All("not-publishable", faults)
}

// A Publication puts the version that was asked to use.
type Publication struct {
	ID     string
	Test   ident.Hash // the version they looked at
	From   time.Time  // from when; zero: as soon as the rule lets it
	Reason string     // of a firm of one person: why nobody else looks
	Key    string
}

// PublishDesign puts to use what was asked, as rule publication_way allows. It is a
// Conflict "not-asked" when nobody asked, "other-version" when another version was
// asked than the one looked at, "questions-changed" when the bank no longer makes
// this test, "publisher-is-editor" for who wrote it last, "publisher-no-person" for a
// program; Invalid "invalid-publication" where words or a day are wrong.
func (s *Service) PublishDesign(ctx context.Context, by ident.Actor, in Publication) (Release, error) {
	if err := checkWords("/reason", in.Reason, 0); err != nil {
		return Release{}, err
	}
	var r Release
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{"publish": in.ID, "test": in.Test, "from": stamp(in.From), "reason": in.Reason}
		return s.once(tx, in.Key, request, &r, func() (err error) {
			r, err = s.publishDesign(tx, by, in)
			return err
		})
	})
	if err != nil {
		return Release{}, fmt.Errorf("publish test %s: %w", in.ID, err)
	}
	return r, nil
}

func (s *Service) publishDesign(tx Tx, by ident.Actor, in Publication) (Release, error) {
	d, t, err := asked(tx, in.ID, in.Test)
	if err != nil {
		return Release{}, err
	}
	now := later(s.Now(), d.Asked.At)
	if !in.From.IsZero() && (in.From.Before(now.Add(-time.Minute)) || in.From.After(now.AddDate(2, 0, 0))) {
		return Release{}, fault.All("invalid-publication", []fault.Detail{{Pointer: "/from", Reason: "invalid-value", Text: "Kies een moment tussen nu en twee jaar later, of laat het leeg."}})
	}
	alone, err := tx.OnePerson()
	if err != nil {
		return Release{}, err
	}
	asked := WayIn{OnePerson: alone, LastEditor: d.Editor, By: by.String(), Person: by.Kind == ident.Staff, Reason: in.Reason, Now: now}
	if !in.From.IsZero() {
		asked.Wanted = &in.From
	}
	way, decision := PublicationWay.Decide(asked)
	switch {
	case way.Allowed:
	case way.Because[0].Code == "same_person":
		return Release{}, fault.New(fault.Conflict, "publisher-is-editor", in.ID)
	case way.Because[0].Code == "no_person":
		return Release{}, fault.New(fault.Conflict, "publisher-no-person", in.ID)
	default:
		return Release{}, fault.All("invalid-publication", []fault.Detail{{Pointer: "/reason", Reason: "missing-reason", Text: way.Because[0].Text}})
	}
	r, err := tx.Place(Release{
		TestID: in.ID, Hash: in.Test, Title: t.Title, Product: t.Product, From: *way.From, Recorded: now,
		Way: way.Way, By: by.String(), AskedBy: d.Asked.By, Reason: in.Reason,
	})
	if err != nil {
		return Release{}, err
	}
	d.Asked = nil
	if err := tx.KeepDraft(d, false); err != nil {
		return Release{}, err
	}
	return r, tx.Append(s.published(r, by, []rule.Decision{decision}))
}

// asked returns the draft that waits for publication and its test, which the bank
// must still make so.
func asked(tx Tx, id string, test ident.Hash) (Draft, Test, error) {
	d, err := tx.Draft(id)
	switch {
	case err != nil:
		return Draft{}, Test{}, err
	case d.Asked == nil:
		return Draft{}, Test{}, fault.New(fault.Conflict, "not-asked", id)
	case d.Asked.Test != test:
		return Draft{}, Test{}, fault.New(fault.Conflict, "other-version", id)
	}
	t, gone, err := compose(tx, d.Design)
	if err != nil {
		return Draft{}, Test{}, err
	}
	if _, hash := t.Seal(); hash != test || len(gone) > 0 {
		return Draft{}, Test{}, fault.New(fault.Conflict, "questions-changed", id)
	}
	return d, t, nil
}

// A Return gives a design back to its author, or takes the request back.
type Return struct {
	ID   string
	Note string // why
	Key  string
}

// ReturnDesign gives back what was asked, or takes it back: the design can be
// written again. It is a Conflict "not-asked" when nobody asked.
func (s *Service) ReturnDesign(ctx context.Context, by ident.Actor, in Return) (Draft, error) {
	if err := checkWords("/note", in.Note, 1); err != nil {
		return Draft{}, err
	}
	var d Draft
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{"return": in.ID, "note": in.Note}
		return s.once(tx, in.Key, request, &d, func() (err error) {
			d, err = s.returnDesign(tx, by, in)
			return err
		})
	})
	if err != nil {
		return Draft{}, fmt.Errorf("return design %s: %w", in.ID, err)
	}
	return d, nil
}

func (s *Service) returnDesign(tx Tx, by ident.Actor, in Return) (Draft, error) {
	d, err := tx.Draft(in.ID)
	if err != nil {
		return Draft{}, err
	}
	if d.Asked == nil {
		return Draft{}, fault.New(fault.Conflict, "not-asked", in.ID)
	}
	at, test := later(s.Now(), d.Asked.At), d.Asked.Test
	d.Asked = nil
	if err := tx.KeepDraft(d, false); err != nil {
		return Draft{}, err
	}
	return d, tx.Append(s.fact(KindPublicationReturned, in.ID, by.Firm, at, publicationReturned1{by.String(), test, in.Note}))
}

// A Withdrawal takes a version out of use, or cancels one that is planned.
type Withdrawal struct {
	ID     string
	Test   ident.Hash
	To     time.Time // first moment at which it is in use no longer; zero: now
	Reason string
	Key    string
}

// Withdraw takes a version out of use from a moment on; one that has not begun is
// cancelled, and the version before it stays in use. Attempts that began keep
// their version. It is NotFound "unknown-version" when that version is neither in
// use nor planned.
func (s *Service) Withdraw(ctx context.Context, by ident.Actor, in Withdrawal) (Release, error) {
	if err := checkWords("/reason", in.Reason, 1); err != nil {
		return Release{}, err
	}
	var r Release
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{"withdraw": in.ID, "test": in.Test, "to": stamp(in.To), "reason": in.Reason}
		return s.once(tx, in.Key, request, &r, func() (err error) {
			r, err = s.withdraw(tx, by, in)
			return err
		})
	})
	if err != nil {
		return Release{}, fmt.Errorf("withdraw test %s: %w", in.ID, err)
	}
	return r, nil
}

func (s *Service) withdraw(tx Tx, by ident.Actor, in Withdrawal) (Release, error) {
	all, err := tx.Releases(in.ID)
	if err != nil {
		return Release{}, err
	}
	now := Moment(all, s.Now())
	i := slices.IndexFunc(all, func(r Release) bool {
		return r.Hash == in.Test && (r.At(now) == Current || r.At(now) == Planned)
	})
	if i < 0 {
		return Release{}, fault.New(fault.NotFound, "unknown-version", in.ID)
	}
	r, to := all[i], in.To
	if to.IsZero() {
		to = now
		if r.At(now) == Current && !to.After(r.From) { // its first moment is this one
			to = r.From.Add(time.Millisecond)
			now = to
		}
	}
	cancelled := r.At(now) == Planned && !to.After(r.From)
	switch {
	case cancelled:
		to = r.From
	case to.Before(now) || r.To != nil && to.After(*r.To):
		return Release{}, fault.All("invalid-withdrawal", []fault.Detail{{Pointer: "/to", Reason: "invalid-value", Text: "Kies een moment vanaf nu, dat niet ligt na het eind dat deze versie al heeft."}})
	}
	if err := tx.EndRelease(r, to, now); err != nil {
		return Release{}, err
	}
	f := s.fact(KindWithdrawn, in.ID, by.Firm, now, withdrawn1{by.String(), r.Hash, stamp(r.From), stamp(to), in.Reason, cancelled})
	r.To, r.Withdrawn = &to, &now
	return r, tx.Append(f)
}

// checkWords checks what somebody says beside an act.
func checkWords(at, s string, least int) error {
	c := &checker{}
	c.words(at, s, MaxNote)
	c.must(len(s) >= least, at, "missing", "Schrijf op waarom.")
	return fault.All("invalid-words", c.faults)
}
