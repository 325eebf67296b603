package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/commission"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/integrity"
	"zorgplicht/internal/fault"
	"zorgplicht/lending"
	"zorgplicht/loanbook"
	"zorgplicht/retention"
	"zorgplicht/staff"
)

// tellUnder puts the canary in all that can lie under a case.
func tellUnder(t *testing.T, h *house, by ident.Actor, id casework.ID) {
	t.Helper()
	for _, err := range []error{
		h.Casework.Write(t.Context(), by, id, casework.Note{Way: casework.Phone, Text: canary + " belde."}),
		h.Casework.SetTask(t.Context(), by, id, casework.Task{Title: "Bel " + canary, Day: calendar.Of(h.Now()).AddDays(3)}),
		h.Casework.Attach(t.Context(), by, id, casework.Document{Name: canary + ".txt", What: "Brief van " + canary, Way: casework.Mail}, []byte(strings.Repeat("Brief van "+canary+". ", 900))),
	} {
		if err != nil {
			t.Fatalf("%v %+v", err, fault.As(err))
		}
	}
}

// tellRooms puts a record with the canary in every word of it in each room that keeps
// records under a term, and brings each to its end.
func tellRooms(t *testing.T, h *house, by ident.Actor) map[retention.Kind]string {
	t.Helper()
	ctx, today, firm := t.Context(), calendar.Of(h.Now()), h.firm
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%v %+v", err, fault.As(err))
		}
	}
	ids := map[retention.Kind]string{}

	hand := incident.Hand{Actor: by, All: true}
	d := incident.Description{Title: "Zaak " + canary, Facts: canary + " nam geld mee.", Function: "Functie van " + canary, Perpetrator: incident.ClientFacing}
	i, err := h.Incident.Report(ctx, hand, incident.Report{Noticed: today, Description: d})
	must(err)
	tellUnder(t, h, by, i.ID())
	i, err = h.Incident.Judge(ctx, hand, i.ID(), i.Case.Revision, incident.Assessment{Danger: new(false), Police: "no", Continuity: "no", Grave: new(false), Why: "Niet om " + canary})
	must(err)
	i, err = h.Incident.Decide(ctx, hand, i.ID(), i.Case.Revision, incident.Plan{Kind: incident.NoMeasure, What: canary + " is al weg."})
	must(err)
	i, err = h.Incident.Conclude(ctx, hand, i.ID(), i.Case.Revision)
	must(err)
	ids[keptIncident] = string(i.ID())

	p, err := h.Integrity.Register(ctx, by, "", integrity.Entry{Name: canary, Role: integrity.PolicyMaker, Employment: "employee", Started: today})
	must(err)
	tellUnder(t, h, by, p.ID())
	p, err = h.Integrity.See(ctx, by, p.ID(), p.Case.Revision, integrity.Certificate{Reference: "V-" + canary, Issued: today, Seen: today})
	must(err)
	p, err = h.Integrity.Hear(ctx, by, p.ID(), p.Case.Revision, integrity.Word{Day: today, Reference: "Brief over " + canary})
	must(err)
	p, err = h.Integrity.Notice(ctx, by, p.ID(), p.Case.Revision, integrity.Change{Noticed: today, What: "Strafzaak tegen " + canary})
	must(err)
	p, err = h.Integrity.Tell(ctx, by, p.ID(), p.Case.Revision, p.Changes[0].ID, today, "letter")
	must(err)
	p, err = h.Integrity.Leave(ctx, by, p.ID(), p.Case.Revision, today)
	must(err)
	ids[keptReliability] = string(p.ID())

	f, err := h.Advice.Record(ctx, by, advice.Entry{Reference: canary, Content: advice.Content{
		Role: advice.Adviser, Profile: advice.Profile{Position: advice.Position{Words: "Van " + canary}, Objectives: "Rust voor " + canary},
		Advice: advice.Recommendation{Day: today, Kind: "sparen", Product: "Rekening van " + canary, Why: "Past bij " + canary},
	}})
	must(err)
	tellUnder(t, h, by, f.ID())
	f, err = h.Advice.Correct(ctx, by, f.ID(), f.Case.Revision, advice.Correction{Role: f.Role, Profile: f.Profile, Advice: f.Advice, Why: canary + " belde terug."})
	must(err)
	ids[keptAdvice] = string(f.ID())

	tellDisputes(t, h, by, ids)
	in := applicant(h)
	in.Request.Purpose, in.Request.Collateral, in.Request.Value = lending.ForHome, "", 0
	in.Applicant = lending.Person{Name: canary, Reference: "K-" + canary}
	a, err := h.Lending.Receive(ctx, by, in)
	must(err)
	tellUnder(t, h, by, a.ID())
	at := func() lending.At { return lending.At{ID: a.ID(), Saw: a.Case.Revision} }
	for _, step := range []func() (lending.Application, error){
		func() (lending.Application, error) {
			return h.Lending.Consult(ctx, by, at(), lending.Looking{On: today, System: "BKR", Reference: "T-" + canary})
		},
		func() (lending.Application, error) { return h.Lending.Decide(ctx, by, at(), true, "") },
		func() (lending.Application, error) {
			return h.Lending.Conclude(ctx, by, at(), today, "E-"+canary)
		},
		func() (lending.Application, error) {
			return h.Lending.Transfer(ctx, by, at(), today, "Huis van "+canary)
		},
		func() (lending.Application, error) { return h.Lending.Settle(ctx, by, at(), today) },
	} {
		a, err = step()
		must(err)
	}
	ids[keptApplication] = string(a.ID())

	stand := func(day calendar.Date, row string) loanbook.Load {
		l, err := h.Loanbook.Import(ctx, by, loanbook.Order{Day: day.String()}, strings.NewReader("kenmerk;product;bemiddelaar;soort;vergoeding;afgesloten;som;rente;saldo;maandbedrag\n"+row))
		must(err)
		must(h.Loanbook.Work(ctx, firm, l.Number, func(int) {}, func() bool { return false }))
		l, err = h.Loanbook.Load(ctx, by, l.Number)
		must(err)
		if l.State != loanbook.LoadDone {
			t.Fatalf("stand is %s: %+v", l.State, l.Shown)
		}
		return l
	}
	first := stand(today.AddDays(-40), canary+"-1;Lening;;anders;vast;2025-01-10;5000,00;7,2;4000,00;120,00\n")
	_, err = h.Loanbook.Record(ctx, by, loanbook.Event{Reference: canary + "-1", Kind: loanbook.WasSettled, On: today.AddDays(-40)}, "")
	must(err)
	stand(today.AddDays(-10), "PL-2;Lening;;anders;vast;2025-01-10;5000,00;7,2;4000,00;120,00\n")
	ids[keptStand] = first.ID

	s := *h.Commission
	s.Book = contracts{{Ref: canary + "-1", Partner: "NOORD", Revolving: true, Concluded: calendar.MustParse("2024-03-01"), Balance: 5_000_00}}
	terms := aMediator("Kantoor " + canary)
	agreed, err := s.WriteAgreement(ctx, h.operator(), terms)
	must(err)
	run, err := s.Start(ctx, h.operator(), commission.MonthKey(today.AddDays(-today.Day())), "")
	must(err)
	must(s.Work(ctx, firm, run.ID, func() bool { return false }))
	_, err = s.Approve(ctx, by, run.ID, "")
	must(err)
	terms.ID, terms.Name, terms.Saw = agreed.ID, "Kantoor Noord", agreed.Nr
	_, err = s.WriteAgreement(ctx, h.operator(), terms)
	must(err)
	ids[keptCommission] = run.ID
	return ids
}

func TestOfTheOtherRoomsNothingIsFoundOnceTheirTermIsOver(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, r := t.Context(), h.Retention
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		acceptance(t, h)
		_, err := h.Lending.SetNorm(ctx, h.operator(), lending.Setting{Name: "leefnorm", Value: "1100", From: calendar.Of(h.Now()), Source: "Eigen beleid"})
		must(err)
		one, two := h.person(staff.Compliance, "Eerste"), h.person(staff.Compliance, "Tweede")
		ids := tellRooms(t, h, one)
		must(h.Settle(ctx))
		if len(h.traces()) == 0 {
			t.Fatal("the canary was never kept: the test says nothing")
		}
		t.Run("the day before the term ends the record must stay", func(t *testing.T) {
			for kind, norm := range map[retention.Kind]ident.Norm{keptAdvice: "bfd:14:2", keptIncident: "bfd:11", keptApplication: "bfd:15", keptStand: "bfd:15"} {
				f, err := r.File(ctx, h.firm, retention.Ref{Kind: kind, ID: ids[kind]})
				if err != nil || f.LawNorm != norm && kind != keptIncident || f.Answer.State != retention.Kept {
					t.Errorf("%s: %s %s %v", kind, f.LawNorm, f.Answer.State, err)
				}
			}
		})
		h.clock.add(9 * 366 * 24 * time.Hour)
		_, err = r.Derive(ctx, h.firm)
		must(err)
		for _, a := range keptKinds {
			id := ids[a.Kind]
			if id == "" {
				continue // a test of its own
			}
			l, err := r.DrawUp(ctx, one, a.Kind)
			must(err)
			_, entries, err := r.List(ctx, h.firm, l.ID)
			must(err)
			if len(entries) != 1 || entries[0].ID != id {
				t.Fatalf("%s: on the list stand %+v", a.Kind, entries)
			}
			must(r.Review(ctx, one, l.ID))
			must(r.Execute(ctx, two, l.ID, ""))
			f, err := r.File(ctx, h.firm, retention.Ref{Kind: a.Kind, ID: id})
			if err != nil || !f.Destroyed || f.Decisions == nil {
				t.Errorf("%s: destroyed %t %v", a.Kind, f.Destroyed, err)
			}
		}
		must(h.Settle(ctx))
		if found := h.traces(); len(found) > 0 {
			t.Error(strings.Join(found, "\n"))
		}
		report, err := h.Verify(ctx, nil, nil, nil)
		if err != nil || !report.Green() {
			t.Errorf("%+v %v", report, err)
		}
		again, err := h.Replay(ctx, nil)
		if err != nil || !again.Green() || again.Erased == 0 {
			t.Errorf("%+v %v", again, err)
		}
		t.Run("what reports count stays", func(t *testing.T) { stillCounted(t, h, one, ids) })
	})
}

func stillCounted(t *testing.T, h *house, by ident.Actor, ids map[retention.Kind]string) {
	ctx := t.Context()
	page, err := h.Lending.Applications(ctx, h.firm, lending.Filter{Limit: 5})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].State != lending.Settled || page.Rows[0].Verdict == "" || page.Rows[0].Name != "" {
		t.Errorf("%+v %v", page.Rows, err)
	}
	runs, err := h.Commission.Runs(ctx, by)
	if err != nil || len(runs) != 1 || !runs[0].Destroyed() || runs[0].Rows != 1 || runs[0].Ready() {
		t.Errorf("%+v %v", runs, err)
	}
	loads, err := h.Loanbook.Loads(ctx, by)
	i := slices.IndexFunc(loads, func(l loanbook.Load) bool { return l.ID == ids[keptStand] })
	if err != nil || i < 0 || loads[i].State != loanbook.LoadDestroyed || loads[i].Rows != 1 {
		t.Errorf("%+v %v", loads, err)
	}
	all, err := h.Incident.List(ctx, incident.Hand{Actor: by, All: true}, incident.Filter{})
	if err != nil || len(all) != 1 || all[0].Judged == nil || all[0].Facts != "" {
		t.Errorf("%+v %v", all, err)
	}
}
