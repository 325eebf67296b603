package app

import (
	"testing"

	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/fault"
	"zorgplicht/lending"
	"zorgplicht/party"
)

// acceptance lets the house put the starter criteria to use.
func acceptance(t *testing.T, h *house) {
	t.Helper()
	ctx, s, f := t.Context(), h.Criteria, party.Firm{ID: h.firm}
	author, reviewer, publisher := roomtest.Staff(f), roomtest.Staff(f), roomtest.Staff(f)
	d, err := s.Write(ctx, author, criteria.Writing{Name: "acceptatie", Purpose: criteria.Acceptance, Text: lending.Starter})
	if err == nil {
		_, err = s.Try(ctx, author, criteria.Trying{Name: d.Name, Saw: d.Revision, Sample: []byte("id;inkomen\nA1;2800\n"), ID: "id"})
	}
	if err == nil {
		d, err = s.Ask(ctx, author, criteria.Offer{Name: d.Name, Saw: d.Revision, Note: "Eerste versie."})
	}
	if err == nil {
		d, err = s.Approve(ctx, reviewer, criteria.Approval{Name: d.Name, Set: d.Asked.Set, Note: "Akkoord."})
	}
	if err == nil {
		_, err = s.Publish(ctx, publisher, criteria.Publication{Name: d.Name, Set: d.Asked.Set})
	}
	if err != nil {
		t.Fatalf("%v %+v", err, fault.As(err))
	}
}

// applicant is an application that the starter accepts, once a norm amount is there.
func applicant(h *house) lending.Intake {
	return lending.Intake{Received: calendar.Of(h.Now()), Told: lending.Told{
		Applicant: lending.Person{Name: "A. Jansen", Reference: "K-77"},
		Request: lending.Request{
			Form: lending.Revolving, Amount: 20_000_00, Purpose: lending.ForSecurities, Household: lending.Alone, Collateral: lending.Listed, Value: 40_000_00,
		},
		Answers: map[string]string{"inkomen": "2800", "woonlasten": "900", "bestaande_kredieten": "0", "termijn": "400", "registratie": "schoon"},
	}}
}

// apply lets everything happen to applications for credit that is recorded of them.
func apply(t *testing.T, h *house) {
	t.Helper()
	acceptance(t, h)
	ctx, s, by, today := t.Context(), h.Lending, h.operator(), calendar.Of(h.Now())
	if _, err := s.SetNorm(ctx, by, lending.Setting{Name: "leefnorm", Value: "1100", From: today, Source: "Eigen beleid van vandaag"}); err != nil {
		t.Fatal(err)
	}
	var a lending.Application
	at := func() lending.At { return lending.At{ID: a.ID(), Saw: a.Case.Revision} }
	var first, second, third lending.Application
	for i, step := range []func() (lending.Application, error){
		func() (lending.Application, error) { return s.Receive(ctx, by, applicant(h)) },
		func() (lending.Application, error) {
			told := applicant(h).Told
			told.Answers["inkomen"] = "3000"
			return s.Change(ctx, by, at(), told)
		},
		func() (lending.Application, error) {
			return s.Consult(ctx, by, at(), lending.Looking{On: today, System: "BKR", Reference: "T-1"})
		},
		func() (lending.Application, error) { return s.Decide(ctx, by, at(), true, "") },
		func() (lending.Application, error) { return s.Conclude(ctx, by, at(), today, "E-1") },
		func() (lending.Application, error) { return s.Value(ctx, by, at(), today, 25_000_00) },
		func() (lending.Application, error) { return s.Transfer(ctx, by, at(), today, "De Overnemer") },
		func() (lending.Application, error) { first = a; return s.Settle(ctx, by, at(), today) },
		func() (lending.Application, error) { return s.Receive(ctx, by, applicant(h)) },
		func() (lending.Application, error) { second = a; return s.Decide(ctx, by, at(), false, "te onzeker") },
		func() (lending.Application, error) { return s.Receive(ctx, by, applicant(h)) },
		func() (lending.Application, error) { third = a; return s.Withdraw(ctx, by, at(), "gebeld") },
	} {
		next, err := step()
		if err != nil {
			t.Fatalf("step %d: %v %+v", i, err, fault.As(err))
		}
		a = next
	}
	if first.ID() == second.ID() || second.ID() == third.ID() {
		t.Errorf("one application: %s", first.ID())
	}
}
