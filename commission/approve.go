package commission

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// ApproveIn is what rule commission_approval is given.
type ApproveIn struct {
	OnePerson bool      `json:"one_person"` // nobody else works at the firm
	Starter   string    `json:"starter"`    // who asked for the run
	By        string    `json:"by"`
	Person    bool      `json:"person"` // that is a member of staff, no program
	Reason    string    `json:"reason"` // of a firm of one person: why nobody else looks
	Now       time.Time `json:"now"`
}

// ApproveOut says whether the run is approved, in which way, and from when it may be
// paid.
type ApproveOut struct {
	rule.Why
	Allowed bool       `json:"allowed"`
	Way     string     `json:"way,omitempty"`
	PayFrom *time.Time `json:"pay_from"`
}

// The ways in which a run is approved.
const (
	WaySecond = "second_person"
	WayDelay  = "one_person_delayed" // the only person of the firm, with a reason and a day's delay
)

// onePersonDelay is how long a firm of one person waits before it pays.
const onePersonDelay = 24 * time.Hour

// leastExplained is how many characters say why nobody else looks.
const leastExplained = 40

// Approval is the rule on letting a run be paid. Article 67 forbids to pay what
// nobody has a claim on; that a second person looks before money goes is the house's
// own.
var Approval = rule.New("commission_approval", 1, []ident.Norm{"bfd:67:1"}, approve, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"second_person":  "Door de een berekend en door een ander goedgekeurd.",
	"one_person":     "De onderneming bestaat uit één persoon. Na een schriftelijke reden en 24 uur wachttijd mag er worden betaald.",
	"no_person":      "Een programma is geen tweede paar ogen. Een medewerker keurt de berekening goed.",
	"same_person":    "Wie de berekening startte, mag haar niet zelf goedkeuren. Vraag een collega.",
	"reason_missing": "Een onderneming van één persoon schrijft op waarom niemand anders meekijkt. Gebruik ten minste 40 tekens.",
}))

func approve(in ApproveIn) (out ApproveOut) {
	allow := func(code, way string, wait time.Duration) {
		out.Allowed, out.Way, out.PayFrom = true, way, new(in.Now.UTC().Add(wait))
		out.Say(code, "bfd:67:1")
	}
	switch other := in.By != in.Starter; {
	case !in.Person:
		out.Say("no_person", "bfd:67:1")
	case other:
		allow("second_person", WaySecond, 0)
	case !in.OnePerson:
		out.Say("same_person", "bfd:67:1")
	case utf8.RuneCountInString(strings.TrimSpace(in.Reason)) < leastExplained:
		out.Say("reason_missing", "bfd:67:1")
	default:
		allow("one_person", WayDelay, onePersonDelay)
	}
	return out
}

// Approve settles a month: its statements hold, its corrections are in them, and it
// may be paid. It is a Conflict "not-for-approval" for a run that is not done,
// "approver-no-person" or "approver-is-starter"; Invalid "invalid-approval" without
// the reason that a firm of one person gives.
func (s *Service) Approve(ctx context.Context, by ident.Actor, id, reason string) (r Run, err error) {
	reason = strings.TrimSpace(reason)
	alone, err := s.Alone(ctx, by.Firm)
	if err != nil {
		return r, err
	}
	var wrong wrongs
	wrong.words("/reason", "de reden", reason, 0, 500)
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if r, err = tx.Run(id); err != nil {
			return err
		}
		if r.State != RunDone {
			return fault.New(fault.Conflict, "not-for-approval", id)
		}
		now := s.Now()
		out, decision := Approval.Decide(ApproveIn{alone, r.By, by.String(), by.Kind == ident.Staff, reason, now})
		if err := out.refused(id, wrong); err != nil {
			return err
		}
		r.State, r.Approved = RunApproved, &Approved{now, by.String(), out.Way, reason, *out.PayFrom}
		return errors.Join(tx.SaveRun(r), tx.SettleCorrections(id, r.Corrections),
			tx.Append(s.fact(KindApproved, id, by.Firm, approved1{by.String(), r.Month, r.Root, out.Way, *out.PayFrom, reason, []rule.Decision{decision}})))
	})
	if err != nil {
		return Run{}, fmt.Errorf("approve commission run %s: %w", id, err)
	}
	return r, nil
}

// refused turns the answer of the rule into the fault of who asked.
func (out ApproveOut) refused(id string, wrong wrongs) error {
	for _, why := range out.Because {
		switch why.Code {
		case "no_person":
			return fault.New(fault.Conflict, "approver-no-person", id)
		case "same_person":
			return fault.New(fault.Conflict, "approver-is-starter", id)
		case "reason_missing":
			wrong.add("/reason", "missing-reason", why.Text)
		}
	}
	return fault.All("invalid-approval", wrong)
}
