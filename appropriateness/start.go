package appropriateness

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/rule"
)

// A Start is a request for a test of one client.
type Start struct {
	Test                  string // id of the test in use
	Reference             string // the firm's own reference to the client
	Channel               string // "website", "intermediary", …
	AdviceGiven           bool   // by this firm
	RecentAdviceElsewhere bool
	Key                   string // idempotency key, "" for none
}

// A Started is the attempt with the secret of its link.
type Started struct {
	Attempt Attempt
	Token   string
	Resumed bool // the client had an open attempt already: it goes on
}

// Start gives a client a form and a link. A client with an open attempt gets that
// one again. Otherwise rule test_attempt_allowed decides, and refuses with a
// Conflict "test-still-valid", "retake-not-allowed", "retake-too-early" or
// "retakes-used-up"; where time alone decides, About is the moment from which it is
// allowed. Where no test is needed it is a Conflict "test-not-required". The
// decisions are recorded with the attempt.
func (s *Service) Start(ctx context.Context, by ident.Actor, in Start) (Started, error) {
	if err := in.Check(); err != nil {
		return Started{}, err
	}
	var out Started
	var err error
	for range 3 { // two starts of one client at once: the second finds the first one's attempt
		out, err = s.tryStart(ctx, by, in)
		if !fault.Has(err, "attempt-raced") {
			break
		}
	}
	if err != nil {
		return Started{}, fmt.Errorf("start test %s: %w", in.Test, err)
	}
	out.Token = s.Token(out.Attempt.ID)
	return out, nil
}

func (s *Service) tryStart(ctx context.Context, by ident.Actor, in Start) (out Started, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		out = Started{}
		now := s.Now()
		request := ident.HashOf(canon.Must(in.digest()))
		if in.Key != "" {
			prior, err := tx.Once(in.Key, request, now)
			if err != nil {
				return err
			}
			if prior != nil {
				out, err = again(tx, prior)
				return err
			}
		}
		var err error
		if out, err = s.start(tx, by, in, now); err != nil || in.Key == "" {
			return err
		}
		return tx.Keep(in.Key, request, canon.Must(startReply{out.Attempt.ID, out.Attempt.State, out.Resumed}))
	})
	return out, err
}

// startReply is what is kept under an idempotency key, so that the same request
// gets the same answer, whatever the client did meanwhile.
type startReply struct {
	Attempt AttemptID `json:"attempt"`
	State   State     `json:"state"`
	Resumed bool      `json:"resumed"`
}

// again gives the answer that was kept.
func again(tx Tx, prior []byte) (Started, error) {
	var r startReply
	if err := canon.Decode(prior, &r); err != nil {
		return Started{}, err
	}
	a, err := tx.Attempt(r.Attempt)
	a.State = r.State
	return Started{Attempt: a, Resumed: r.Resumed}, err
}

// start gives a client an attempt: the one that is open, else a new one where the
// rule allows it.
func (s *Service) start(tx Tx, by ident.Actor, in Start, now time.Time) (Started, error) {
	p, err := tx.Published(in.Test)
	if err != nil {
		return Started{}, err
	}
	decisions, err := s.needed(p.Test, in)
	if err != nil {
		return Started{}, err
	}
	client, err := tx.Person(in.Reference)
	if err != nil {
		return Started{}, err
	}
	before, err := tx.Attempts(client, p.Test.Product)
	if err != nil {
		return Started{}, err
	}
	for _, a := range before {
		switch state := a.StateAt(now); {
		case state == Ready || state == Begun:
			return Started{Attempt: a, Resumed: true}, nil
		case state != a.State: // its time ran out
			a.State = Lapsed
			if err := tx.Save(a); err != nil {
				return Started{}, err
			}
		}
	}
	d, err := p.Test.Policy.again(tx, before, now)
	if err != nil {
		return Started{}, err
	}
	return s.create(tx, by, in, p, client, now, before, append(decisions, d))
}

// again asks whether the client may take the test now, and returns the decision,
// or a Conflict that names why not.
func (p Policy) again(tx Tx, before []Attempt, now time.Time) (rule.Decision, error) {
	in := AllowedIn{Retake: p.Retake, Earlier: []Earlier{}, Now: now}
	for _, a := range before {
		if !a.Counts() {
			continue
		}
		t, err := tx.Sealed(a.Test)
		if err != nil {
			return rule.Decision{}, err
		}
		e := Earlier{Attempt: a.ID, Ended: a.OpenUntil, Outcome: a.Outcome, ValidDays: t.Policy.ValidDays}
		if a.State == Judged {
			e.Ended = a.Judged
		}
		in.Earlier = append(in.Earlier, e)
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

// refusals are the reasons of a Conflict, by the code that refused.
var refusals = map[string]string{
	"still_valid": "test-still-valid", "never": "retake-not-allowed", "at_most": "retakes-used-up", "cooling_off": "retake-too-early",
}

func (s *Service) create(tx Tx, by ident.Actor, in Start, p Published, client ident.Person, now time.Time, before []Attempt, ds []rule.Decision) (Started, error) {
	form, err := s.draw(tx, p.Test, before)
	if err != nil {
		return Started{}, err
	}
	a := Attempt{
		ID: AttemptID(s.NewID()), Firm: by.Firm, Client: client, Test: p.Hash, TestID: p.Test.ID, Title: p.Test.Title,
		Product: p.Test.Product, Channel: in.Channel, Form: form, State: Ready, Created: now, Touched: now,
		LinkUntil: now.AddDate(0, 0, p.Test.Policy.LinkDays),
	}
	if err := tx.Insert(a, ident.HashOf([]byte(s.Token(a.ID)))); err != nil {
		return Started{}, err
	}
	return Started{Attempt: a}, tx.Append(s.started(a, by, ds))
}

// draw makes a form in which nothing comes back that the client saw before. Who
// passes and takes the test anew year after year has seen the whole bank one day:
// then what they saw up to their last pass may come back, since no retake follows
// a pass. What was seen in an attempt that was no pass never does (afm:ket:retake).
func (s *Service) draw(tx Tx, t Test, before []Attempt) (Form, error) {
	since := before
	for {
		seen, err := seenIn(tx, since, t.Policy.Retake.NewFamilies)
		if err != nil {
			return nil, err
		}
		form, err := t.Draw(s.Dice, seen)
		pass := slices.IndexFunc(since, func(a Attempt) bool { return a.Outcome == Appropriate })
		if pass < 0 || !fault.Has(err, "form-impossible") {
			return form, err
		}
		since = since[pass+1:]
	}
}

// seenIn gathers what a client saw in the attempts that count, each under the
// version of the test it was taken on.
func seenIn(tx Tx, before []Attempt, newFamilies int) (Seen, error) {
	seen := Seen{}
	for _, a := range before {
		if !a.Counts() {
			continue
		}
		t, err := tx.Sealed(a.Test)
		if err != nil {
			return Seen{}, err
		}
		seen.Add(t, a.Form)
		seen.NewFamilies = newFamilies
	}
	return seen, nil
}

// needed asks whether this product needs a test and who must take it, and
// returns both decisions.
func (s *Service) needed(t Test, in Start) ([]rule.Decision, error) {
	required, d1 := TestRequired.Decide(RequiredIn{
		Product: &t.Product, AdviceGiven: &in.AdviceGiven, RecentAdviceElsewhere: &in.RecentAdviceElsewhere,
	})
	if required.Exempt() {
		return nil, fault.New(fault.Conflict, "test-not-required", t.Product)
	}
	ds := []rule.Decision{d1}
	if in.Channel == "intermediary" {
		_, d2 := TestResponsible.Decide(ResponsibleIn{Site: &in.Channel, AdviceGiven: &in.AdviceGiven})
		ds = append(ds, d2)
	}
	return ds, nil
}

func (in Start) digest() map[string]string {
	return map[string]string{
		"test": in.Test, "reference": in.Reference, "channel": in.Channel,
		"advice": fmt.Sprint(in.AdviceGiven), "elsewhere": fmt.Sprint(in.RecentAdviceElsewhere),
	}
}

var channels = []string{"website", "intermediary", "office"}

// Check returns all that is wrong with the request itself as one Invalid fault
// "invalid-start", or nil.
func (in Start) Check() error {
	var faults []fault.Detail
	add := func(at, code, says string) {
		faults = append(faults, fault.Detail{Pointer: at, Reason: code, Text: says})
	}
	switch {
	case in.Test == "":
		add("/test", "missing", "Noem de toets.")
	case !utf8.ValidString(in.Test):
		add("/test", "invalid-value", "Deze tekst is niet leesbaar. Noem de toets.")
	}
	switch n := len([]rune(in.Reference)); {
	case n == 0:
		add("/clientReference", "missing", "Geef uw eigen kenmerk van de klant.")
	case !utf8.ValidString(in.Reference):
		add("/clientReference", "invalid-value", "Deze tekst is niet leesbaar. Geef uw eigen kenmerk van de klant.")
	case n > 64:
		add("/clientReference", "too-long", "Het kenmerk is hooguit 64 tekens lang.")
	case text.HoldsBSN(in.Reference):
		add("/clientReference", "bsn", "Dit lijkt een burgerservicenummer. Dat mag hier niet worden vastgelegd; gebruik uw eigen kenmerk.")
	}
	if !slices.Contains(channels, in.Channel) {
		add("/channel", "invalid-value", "Kies een van: "+strings.Join(channels, ", ")+".")
	}
	return fault.All("invalid-start", faults)
}
