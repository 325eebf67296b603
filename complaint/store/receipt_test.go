package store_test

import (
	"slices"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/complaint"
	"zorgplicht/complaint/store"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

func TestTheDayOfReceiptIsCorrectedWithAReason(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) {
		d := open(db)
		in := call
		in.Received = calendar.MustParse("2026-02-27")
		c := d.receive(t, in)
		correct := func(saw int64, day, why string) (complaint.Complaint, error) {
			return d.CorrectReceipt(t.Context(), d.by, c.ID(), saw, calendar.MustParse(day), why)
		}
		for name, wrong := range map[string]struct {
			day, why string
			want     []string
		}{
			"no reason":             {"2026-02-20", " ", []string{"missing"}},
			"the day that is there": {"2026-02-27", "Poststempel.", []string{"same"}},
			"a day ahead":           {"2026-03-03", "Poststempel.", []string{"future"}},
			"a day that is none":    {casework.NoDay.String(), "Poststempel.", []string{"format"}},
			"a number of a citizen": {"2026-02-20", "bsn 111222333", []string{"bsn"}},
		} {
			if _, err := correct(c.Case.Revision, wrong.day, wrong.why); !slices.Equal(reasons(err), wrong.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := correct(c.Case.Revision-1, "2026-02-20", "Poststempel."); !fault.Has(err, "case-changed") {
			t.Errorf("who saw an older state: %v", err)
		}
		c, err := correct(c.Case.Revision, "2026-01-30", "Poststempel.")
		if err != nil {
			t.Fatal(err)
		}
		last := d.facts[len(d.facts)-1]
		if last.Kind != casework.KindReceiptCorrected || !strings.Contains(string(last.Payload), `"received":"2026-01-30"`) || !strings.Contains(string(last.Payload), `"was":"2026-02-27"`) || strings.Contains(string(last.Payload), "Poststempel") {
			t.Errorf("%s %s", last.Kind, last.Payload)
		}
		if d.due(t, c.ID(), "bevestigen") != "2026-02-06" || d.due(t, c.ID(), "antwoorden") != "2026-03-13" {
			t.Error("the clocks do not run from the day that it is now")
		}
		figures, err := d.Figures(t.Context(), d.by.Firm, 2026)
		if err != nil || len(figures) != 1 || figures[0].Month != "2026-01" || figures[0].Count != 1 {
			t.Errorf("%v %v", figures, err)
		}
		list, err := d.List(t.Context(), d.by.Firm, casework.Filter{Through: calendar.MustParse("2026-01-31"), Limit: 10})
		if err != nil || len(list.Rows) != 1 || list.Rows[0].Case.Number != "K-2026-0001" {
			t.Errorf("%v %v", list, err)
		}
		c, err = d.Reply(t.Context(), d.by, c.ID(), c.Case.Revision, complaint.Reply{Kind: complaint.Acknowledge, Way: casework.Letter, Text: "Wij hebben uw klacht. Kifid."}, kifid)
		if err != nil {
			t.Fatal(err)
		}
		d.now = d.now.AddDate(0, 0, 2)
		if _, err := correct(c.Case.Revision, "2026-03-03", "Toch later."); !slices.Equal(reasons(err), []string{"after"}) {
			t.Errorf("received after the first message: %v", err)
		}
		c, err = d.Classify(t.Context(), d.by, c.ID(), c.Case.Revision, complaint.Class{About: "Rente", Cause: complaint.ByPrice, From: call.From})
		if err == nil {
			c, err = d.Conclude(t.Context(), d.by, c.ID(), c.Case.Revision, complaint.Conclusion{Outcome: complaint.Upheld, Note: "Hersteld."})
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := correct(c.Case.Revision, "2026-01-29", "Poststempel."); !fault.Has(err, "complaint-handled") {
			t.Errorf("after its end: %v", err)
		}
	})
}

func TestWhatNoListHoldsIsNotKept(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) {
		d := open(db)
		c := d.receive(t, call)
		_, err := d.Classify(t.Context(), d.by, c.ID(), c.Case.Revision, complaint.Class{About: "Rente", From: call.From, Harm: 99, Against: "111222333"})
		if got := reasons(err); !slices.Equal(got, []string{"unknown-account", "invalid-value"}) {
			t.Errorf("a class: %v", got)
		}
		for _, way := range []casework.Way{"", "duif", casework.Internal} {
			if _, err := d.Reply(t.Context(), d.by, c.ID(), c.Case.Revision, complaint.Reply{Kind: complaint.Final, Way: way, Text: "Ja."}, ""); !slices.Equal(reasons(err), []string{"invalid-value"}) {
				t.Errorf("a reply by %q: %v", way, err)
			}
		}
		in := call
		in.Harm, in.Against, in.Way = -1, "een ander", casework.Internal
		if _, err := d.Receive(t.Context(), d.by, in); !slices.Equal(reasons(err), []string{"unknown-account", "invalid-value", "invalid-value"}) {
			t.Errorf("an intake: %v", err)
		}
	})
}
