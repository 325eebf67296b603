package appropriateness

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// GateIn is what rule gate_ticket is given of a judged attempt.
type GateIn struct {
	Outcome   Outcome   `json:"outcome,omitempty"` // "" while it was not judged
	AfterFail string    `json:"after_fail"`        // policy of the test
	Choice    Course    `json:"choice,omitempty"`  // after a warning
	Later     bool      `json:"later"`             // a later attempt of this client for this product counts
	Judged    time.Time `json:"judged"`
	ValidDays int       `json:"valid_days"`
	Now       time.Time `json:"now"`
}

// GateOut says whether the sale without advice may begin, under which verdict and
// until when.
type GateOut struct {
	rule.Why
	Open    bool       `json:"open"`
	Verdict string     `json:"verdict,omitempty"` // "appropriate" or "went_on_after_warning"
	Until   *time.Time `json:"until,omitempty"`   // first moment at which it holds no longer
}

// The verdicts of a ticket.
const (
	TicketAppropriate = "appropriate"
	TicketWentOn      = "went_on_after_warning"
)

// Gate is the rule that opens the sale without advice, or keeps it shut.
var Gate = rule.New("gate_ticket", 1, []ident.Norm{"wft:4:24:1", "wft:4:24:3", "afm:ket:assess", "afm:ket:no-eo-after-fail"}, gate,
	rule.Texts(map[string]string{
		"passed":      "De dienst is passend beoordeeld. De verkoop zonder advies mag beginnen, tot {until}.",
		"went_on":     "De klant is gewaarschuwd en koos ervoor om zonder advies verder te gaan. Dat mag tot {until}.",
		"later":       "De klant begon daarna opnieuw aan de toets. Alleen de laatste poging telt.",
		"not_judged":  "De toets is nog niet verstuurd en beoordeeld.",
		"stop":        "De dienst is niet passend beoordeeld, of niet te beoordelen. De onderneming laat de klant dan niet zonder advies verdergaan.",
		"undecided":   "De klant heeft na de waarschuwing nog niet gekozen.",
		"chose_stop":  "De klant koos er na de waarschuwing voor om te stoppen.",
		"out_of_date": "De uitslag geldt niet meer sinds {until}.",
	}))

// gate opens for a pass, and for a client who went on after the warning where the
// firm leaves that to them; never for a stop. Both hold for the days of a pass, and
// only until the client takes the test again: who failed, chose to go on, and then
// failed once more and stopped, is at a stop.
func gate(in GateIn) GateOut {
	until := in.Judged.AddDate(0, 0, in.ValidDays)
	values := map[string]string{"until": stamp(until)}
	shut := func(code string, norm ident.Norm, values map[string]string) GateOut {
		return GateOut{Why: rule.Why{Because: []rule.Reason{{Code: code, Norm: norm, Values: values}}}}
	}
	out := GateOut{Open: true, Verdict: TicketAppropriate, Until: &until}
	code, norm := "passed", ident.Norm("afm:ket:assess")
	switch {
	case in.Outcome == "":
		return shut("not_judged", "wft:4:24:1", nil)
	case in.Later:
		return shut("later", "wft:4:24:1", nil)
	case in.Outcome == Appropriate:
	case in.AfterFail != GoOn:
		return shut("stop", "afm:ket:no-eo-after-fail", nil)
	case in.Choice == "":
		return shut("undecided", "wft:4:24:3", nil)
	case in.Choice == ChoseStop:
		return shut("chose_stop", "wft:4:24:3", nil)
	default:
		out.Verdict, code, norm = TicketWentOn, "went_on", "wft:4:24:3"
	}
	if !in.Now.Before(until) {
		return shut("out_of_date", "wft:4:24:1", values)
	}
	out.Because = []rule.Reason{{Code: code, Norm: norm, Values: values}}
	return out
}

// gateIn is what rule gate_ticket is given of the attempt now.
func (a Attempt) gateIn(p Policy, later bool, now time.Time) GateIn {
	return GateIn{Outcome: a.Outcome, AfterFail: p.AfterFail, Choice: a.Choice, Later: later, Judged: a.Judged, ValidDays: p.ValidDays, Now: now}
}

// A Ticket (poortbewijs) says to the firm's sales system that the sale without
// advice to this client may begin. Signed, it can be checked without asking here.
type Ticket struct {
	ID        string     `json:"id"` // UUIDv7
	Firm      ident.Firm `json:"firm"`
	Product   string     `json:"product"`
	Reference string     `json:"reference"` // the firm's own, of the client
	Attempt   AttemptID  `json:"attempt"`
	Verdict   string     `json:"verdict"`
	TestID    string     `json:"test_id"`
	Test      ident.Hash `json:"test"`
	Audience  string     `json:"audience"` // for which system
	Issued    time.Time  `json:"issued"`
	Expires   time.Time  `json:"expires"`
}

// A TicketOrder asks for a ticket of an attempt.
type TicketOrder struct {
	Attempt  AttemptID
	Audience string // the system that will check it, 1 to 64 characters
	Key      string // idempotency key, "" for none
}

// Ticket issues a ticket where rule gate_ticket opens, and records it; else it is a
// Conflict "gate-shut" with the reason's code in About. The same order under one
// key gives the same ticket.
func (s *Service) Ticket(ctx context.Context, by ident.Actor, o TicketOrder) (Ticket, error) {
	if n := len([]rune(o.Audience)); n == 0 || n > 64 {
		return Ticket{}, fault.All("invalid-ticket", []fault.Detail{{Pointer: "/audience", Reason: "invalid-value", Text: "Noem het systeem dat het bewijs zal controleren, in hooguit 64 tekens."}})
	}
	var t Ticket
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		now := s.Now()
		request := ident.HashOf(canon.Must(map[string]string{"order": "ticket", "attempt": string(o.Attempt), "audience": o.Audience}))
		if o.Key != "" {
			prior, err := tx.Once(o.Key, request, now)
			if err != nil || prior != nil {
				return firstOf(err, func() error { return canon.Decode(prior, &t) })
			}
		}
		var err error
		if t, err = s.issue(tx, by, o, now); err != nil || o.Key == "" {
			return err
		}
		return tx.Keep(o.Key, request, canon.Must(t))
	})
	if err != nil {
		return Ticket{}, fmt.Errorf("ticket of attempt %s: %w", o.Attempt, err)
	}
	return t, nil
}

func firstOf(err error, then func() error) error {
	if err != nil {
		return err
	}
	return then()
}

func (s *Service) issue(tx Tx, by ident.Actor, o TicketOrder, now time.Time) (Ticket, error) {
	a, err := tx.Attempt(o.Attempt)
	if err != nil {
		return Ticket{}, err
	}
	test, err := tx.Sealed(a.Test)
	if err != nil {
		return Ticket{}, err
	}
	later, err := laterCounts(tx, a)
	if err != nil {
		return Ticket{}, err
	}
	now = a.At(now)
	out, d := Gate.Decide(a.gateIn(test.Policy, later, now))
	if !out.Open {
		return Ticket{}, fault.New(fault.Conflict, "gate-shut", out.Because[0].Code)
	}
	names, err := tx.References([]ident.Person{a.Client})
	if err != nil {
		return Ticket{}, err
	}
	t := Ticket{
		ID: s.NewID(), Firm: by.Firm, Product: a.Product, Reference: names[a.Client], Attempt: a.ID, Verdict: out.Verdict,
		TestID: a.TestID, Test: a.Test, Audience: o.Audience, Issued: now, Expires: *out.Until,
	}
	return t, tx.Append(s.fact(KindTicket, string(a.ID), a.Firm, now, ticket1{
		By: by.String(), Ticket: t.ID, Audience: t.Audience, Verdict: t.Verdict, Expires: stamp(t.Expires), Decisions: []rule.Decision{d},
	}))
}
