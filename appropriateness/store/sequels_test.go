package store_test

import (
	"slices"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

func wrongly(q appropriateness.Question) appropriateness.OptionID {
	i := slices.IndexFunc(q.Options, func(o appropriateness.Option) bool { return o.ID != q.RightOption() })
	return q.Options[i].ID
}

func rightly(q appropriateness.Question) appropriateness.OptionID { return q.RightOption() }

// TestWhatBecameOfClients tells it of some clients, once though it is told twice, and
// counts each cohort by whom is known.
func TestWhatBecameOfClients(t *testing.T) {
	sqldbtest.Each(t, roomtest.Schemas, func(t *testing.T, db *sqldb.DB) {
		r := roomtest.On(t, db)
		ctx, by, second := t.Context(), roomtest.Staff(r.Firm), roomtest.Staff(r.Firm)
		passed, silent := r.Take(r.Firm, "K-1", rightly), r.Take(r.Firm, "K-2", rightly)
		r.Wait(24 * time.Hour)
		today := calendar.Of(r.Now()).String()
		rows := []appropriateness.SequelRow{
			{Attempt: passed, What: appropriateness.Concluded, Day: today},
			{Reference: "K-1", TestID: roomtest.TestID, What: appropriateness.Complained, Day: today},
		}
		for _, want := range []appropriateness.SequelReport{{New: 2}, {Known: 2}} {
			got, err := r.ReportSequels(ctx, by, rows, false)
			if err != nil || got.New != want.New || got.Known != want.Known || len(got.Faults) > 0 {
				t.Fatalf("%+v, want %+v (%v)", got, want, err)
			}
		}
		if list, err := r.SequelsOf(ctx, by, silent); err != nil || len(list) != 0 {
			t.Errorf("of the other %v (%v)", list, err)
		}
		f, err := r.File(ctx, by, passed)
		if err != nil {
			t.Fatal(err)
		}
		e, err := r.Effectiveness(ctx, by, roomtest.TestID, f.Attempt.Test)
		if c := e.Cohort(appropriateness.AmplePass); err != nil || c.Judged != 2 || c.Followed != 1 || c.Signal != 1 || c.Sold != 1 || c.Of[appropriateness.Complained] != 1 {
			t.Errorf("%+v (%v)", c, err)
		}
		if all := e.All(); all.Judged != 2 || all.Of[appropriateness.Concluded] != 1 {
			t.Errorf("all together %+v", all)
		}
		due, err := r.DueEvaluations(ctx, by)
		if err != nil || len(due) != 1 || due[0].Planned || due[0].Last != nil || due[0].Day != calendar.Of(r.Now()).AddDays(364) {
			t.Errorf("due %+v (%v)", due, err)
		}
		in := appropriateness.Evaluating{
			TestID: roomtest.TestID, Test: f.Attempt.Test, Conclusion: "Het oordeel was achteraf bij één klant niet terecht.", Measures: "Twee vragen erbij, door de redactie, vóór 1 maart.",
			Outside: "incidental", Next: calendar.Of(r.Now()).AddDays(30).String(),
		}
		written, err := r.WriteEvaluation(ctx, by, in)
		if err != nil || written.Judged != 2 || written.Followed != 1 || written.Signal != 1 || written.Action != "" {
			t.Fatalf("%+v (%v)", written, err)
		}
		if err := r.ConfirmEvaluation(ctx, by, roomtest.TestID, written.ID); !fault.Has(err, "evaluator-is-writer") {
			t.Errorf("who wrote it confirmed it: %v", err)
		}
		if err := r.ConfirmEvaluation(ctx, second, roomtest.TestID, written.ID); err != nil {
			t.Error(err)
		}
		if err := r.ConfirmEvaluation(ctx, second, roomtest.TestID, written.ID); !fault.Has(err, "evaluation-confirmed") {
			t.Errorf("twice: %v", err)
		}
		due, err = r.DueEvaluations(ctx, by)
		if err != nil || !due[0].Planned || due[0].Day.String() != in.Next || due[0].Last == nil || due[0].Last.ConfirmedBy != second.String() {
			t.Errorf("due afterwards %+v (%v)", due, err)
		}
		behind := func(f appropriateness.Filter, want ...appropriateness.AttemptID) {
			t.Helper()
			p, err := r.List(ctx, by, f)
			if err != nil || len(p.Rows) != len(want) || p.Total != len(want) {
				t.Errorf("%+v: %d rows of %d, want %d (%v)", f.Followed, len(p.Rows), p.Total, len(want), err)
				return
			}
			for i := range want {
				if !slices.ContainsFunc(p.Rows, func(row appropriateness.Row) bool { return row.ID == want[i] }) {
					t.Errorf("%+v without %s", f.Followed, want[i])
				}
			}
		}
		of := func(f appropriateness.Following) appropriateness.Filter {
			return appropriateness.Filter{Test: in.Test, Followed: f}
		}
		failed := r.Take(r.Firm, "K-3", wrongly)
		behind(of(appropriateness.Following{Cohort: appropriateness.AmplePass}), passed, silent)
		behind(of(appropriateness.Following{Cohort: appropriateness.NarrowPass}))
		behind(of(appropriateness.Following{Cohort: appropriateness.WentOn}))
		behind(of(appropriateness.Following{Cohort: appropriateness.Stopped}), failed)
		behind(of(appropriateness.Following{Cohort: appropriateness.AmplePass, Tells: appropriateness.TellsSignal}), passed)
		behind(of(appropriateness.Following{Tells: appropriateness.TellsFollowed}), passed)
		behind(of(appropriateness.Following{What: appropriateness.InArrears}))
		if _, err := r.List(ctx, by, appropriateness.Filter{Followed: appropriateness.Following{Cohort: appropriateness.Stopped}}); !fault.Has(err, "cohort-without-version") {
			t.Errorf("a cohort of no version: %v", err)
		}
		wrong := appropriateness.Withdrawing{Attempt: passed, What: appropriateness.Complained, Day: today, Reason: "Van een andere klant."}
		other := r.AddFirm("Ander Huis")
		if err := r.WithdrawSequel(ctx, roomtest.Staff(other), wrong); !fault.Is(err, fault.NotFound) {
			t.Errorf("another firm takes it back: %v", err)
		}
		if err := r.WithdrawSequel(ctx, by, appropriateness.Withdrawing{Attempt: passed, What: appropriateness.Complained, Day: "gisteren"}); len(fault.As(err).Details) != 2 {
			t.Errorf("without day and reason: %v", err)
		}
		if err := r.WithdrawSequel(ctx, by, wrong); err != nil {
			t.Error(err)
		}
		if err := r.WithdrawSequel(ctx, by, wrong); !fault.Has(err, "unknown-sequel") {
			t.Errorf("twice: %v", err)
		}
		behind(of(appropriateness.Following{Tells: appropriateness.TellsSignal}))
		if _, err := r.SequelsOf(ctx, roomtest.Staff(other), passed); !fault.Is(err, fault.NotFound) {
			t.Errorf("another firm reads what became of the client: %v", err)
		}
		if list, err := r.Evaluations(ctx, roomtest.Staff(other), roomtest.TestID); err != nil || len(list) != 0 {
			t.Errorf("another firm reads %v (%v)", list, err)
		}
	})
}

// TestWhatIsWrongWithASequelIsToldAtOnce: nothing of a file with faults is kept.
func TestWhatIsWrongWithASequelIsToldAtOnce(t *testing.T) {
	r := roomtest.New(t)
	ctx, by := t.Context(), roomtest.Staff(r.Firm)
	judged := r.Take(r.Firm, "K-1", rightly)
	begun, _ := r.Begin(r.Firm, "K-2")
	day := func(n int) string { return calendar.Of(r.Now()).AddDays(n).String() }
	report, err := r.ReportSequels(ctx, by, []appropriateness.SequelRow{
		{Row: 2, Attempt: judged, What: appropriateness.Complained, Day: day(0)},
		{Row: 3, Attempt: "geen", What: "boos", Day: "gisteren"},
		{Row: 4, Attempt: begun, What: appropriateness.Complained, Day: day(0)},
		{Row: 5, Attempt: judged, What: appropriateness.Complained, Day: day(1)},
		{Row: 6, Attempt: judged, What: appropriateness.Complained, Day: day(-1)},
		{Row: 7, Reference: "K-1", What: appropriateness.Complained, Day: day(0)},
	}, false)
	if err != nil {
		t.Fatal(err)
	}
	want := []appropriateness.RowFault{
		{Row: 3, Column: "vervolg", Code: "invalid-value"},
		{Row: 3, Column: "dag", Code: "invalid-value"},
		{Row: 3, Column: "poging", Code: "unknown-attempt"},
		{Row: 4, Column: "poging", Code: "attempt-not-judged"},
		{Row: 5, Column: "dag", Code: "in-the-future"},
		{Row: 6, Column: "dag", Code: "before-the-test"},
		{Row: 7, Column: "poging", Code: "unknown-attempt"},
	}
	if len(report.Faults) != len(want) {
		t.Fatalf("%d faults, want %d: %+v", len(report.Faults), len(want), report.Faults)
	}
	for i, f := range report.Faults {
		if f.Row != want[i].Row || f.Column != want[i].Column || f.Code != want[i].Code || f.Text == "" {
			t.Errorf("fault %d is %+v, want %+v", i, f, want[i])
		}
	}
	if list, err := r.SequelsOf(ctx, by, judged); err != nil || len(list) != 0 {
		t.Errorf("kept all the same: %v (%v)", list, err)
	}
	_, err = r.WriteEvaluation(ctx, by, appropriateness.Evaluating{TestID: roomtest.TestID, Conclusion: "Kort.", Outside: "soms", Next: day(0)})
	if f := fault.As(err); f == nil || len(f.Details) != 4 {
		t.Errorf("an evaluation with four faults: %v", err)
	}
}
