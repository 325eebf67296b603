package appropriateness

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zorgplicht/calendar"
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
	Provider              ident.Firm // whose test it is, where it is not the firm's own
	Client                Identity   // so that the client is known at every channel and firm; empty: by Reference alone
	Key                   string     // idempotency key, "" for none
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
// allowed. Where no test is needed it is a Conflict "test-not-required". A client who
// is answering at another firm is a Conflict "attempt-open-elsewhere". The decisions
// are recorded with the attempt.
//
// A test of a provider is used under a distribution agreement: without one it is
// fault.NotFound "no-agreement", before it is in force a Conflict
// "agreement-not-in-force", after its last day a Conflict "agreement-ended".
func (s *Service) Start(ctx context.Context, by ident.Actor, in Start) (Started, error) {
	if err := s.CheckStart(in); err != nil {
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

// CheckStart is Check on the day that it is now.
func (s *Service) CheckStart(in Start) error { return in.Check(calendar.Of(s.Now())) }

func (s *Service) tryStart(ctx context.Context, by ident.Actor, in Start) (out Started, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		out = Started{}
		now := s.Now()
		request := ident.HashOf(canon.Must(s.digest(by.Firm, in)))
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
	if asked := in.responsible(); asked != nil {
		_, d2 := TestResponsible.Decide(*asked)
		ds = append(ds, d2)
	}
	return ds, nil
}

// responsible is what rule test_responsible is asked; nil where one firm does it
// all. Who lets its clients walk through a provider's module mediates, on whatever
// channel of its own.
func (in Start) responsible() *ResponsibleIn {
	switch {
	case in.Provider != "":
		site, module, mediates := "intermediary", "provider", true
		return &ResponsibleIn{Site: &site, Module: &module, IntermediaryMediates: &mediates, AdviceGiven: &in.AdviceGiven}
	case in.Channel == "intermediary":
		return &ResponsibleIn{Site: &in.Channel, AdviceGiven: &in.AdviceGiven}
	}
	return nil
}

// digest tells one request from another under the same idempotency key. Of the
// client it holds the match key: a bare hash of a name and a birthday is guessed in
// an hour.
func (s *Service) digest(firm ident.Firm, in Start) map[string]string {
	d := map[string]string{
		"test": in.Test, "reference": in.Reference, "channel": in.Channel,
		"advice": fmt.Sprint(in.AdviceGiven), "elsewhere": fmt.Sprint(in.RecentAdviceElsewhere),
	}
	if in.Provider != "" {
		d["provider"] = string(in.Provider)
	}
	if in.Client.Given() {
		d["client"] = s.match(firm, in.Client).String()
	}
	return d
}

var channels = []string{"website", "intermediary", "office"}

// Check returns all that is wrong with the request itself as one Invalid fault
// "invalid-start", or nil.
func (in Start) Check(today calendar.Date) error {
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
	if in.Provider != "" && !ident.Valid(string(in.Provider)) {
		add("/provider", "invalid-value", "Noem de aanbieder met het kenmerk van zijn onderneming, of laat dit weg voor een eigen toets.")
	}
	if in.Client.Given() {
		faults = append(faults, in.Client.Check("/client", today)...)
	}
	return fault.All("invalid-start", faults)
}

// refusals are the reasons of a Conflict, by the code that refused.
var refusals = map[string]string{
	"still_valid": "test-still-valid", "never": "retake-not-allowed", "at_most": "retakes-used-up", "cooling_off": "retake-too-early",
	"open_elsewhere": "attempt-open-elsewhere",
}
