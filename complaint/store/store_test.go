package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/complaint"
	"zorgplicht/complaint/store"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// A desk is the room on a real store, with a clock that is set by hand.
type desk struct {
	*complaint.Service
	by    ident.Actor
	now   time.Time
	facts []journal.Fact
}

const colleague = "0192a000-0000-7000-8000-00000000000a"

func open(db *sqldb.DB) *desk {
	d := &desk{by: ident.Actor{Firm: ident.Firm(newID()), Kind: ident.Staff, ID: newID()}, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	cases := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { d.facts = append(d.facts, f); return nil }}
	now := func() time.Time { return d.now }
	d.Service = &complaint.Service{
		Store: &store.Store{DB: db, Casework: cases.In}, Now: now, NewID: newID, Token: func(id casework.ID) string { return "geheim-" + string(id) },
		Casework: &casework.Service{
			Store: cases, Now: now, NewID: newID, Kinds: []casework.About{{Kind: complaint.Kind, Prefix: "K", Path: "/werk/klachten"}},
			Account: func(_ context.Context, _ ident.Firm, id string) (bool, error) { return id == colleague, nil },
		},
	}
	return d
}

var call = complaint.Intake{
	Received: calendar.MustParse("2026-03-02"), Way: casework.Phone, Sort: complaint.Grievance, Original: "De rente is te hoog berekend sinds januari.",
	From: complaint.Person{Name: "A. Jansen", Address: "Dorpsstraat 1", Postcode: "1234 AB", Town: "Ons Dorp"}, Product: "mortgage",
}

func (d *desk) receive(t *testing.T, in complaint.Intake) complaint.Complaint {
	t.Helper()
	c, err := d.Receive(t.Context(), d.by, in)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// due returns the day of a due, "" where there is none.
func (d *desk) due(t *testing.T, id casework.ID, code string) string {
	t.Helper()
	f, err := d.File(t.Context(), d.by.Firm, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, due := range f.Under.Dues {
		if due.Code == code {
			return due.Day.String()
		}
	}
	return ""
}

// reasons are the reason codes of a refusal.
func reasons(err error) (codes []string) {
	f := fault.As(err)
	if f == nil {
		return nil
	}
	for _, d := range f.Details {
		codes = append(codes, d.Reason)
	}
	return codes
}

const kifid = "Kifid"

func TestAComplaintFromReceiptToItsEnd(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) {
		d := open(db)
		c := d.receive(t, call)
		wants := func(t *testing.T, code, day string) {
			t.Helper()
			if got := d.due(t, c.ID(), code); got != day {
				t.Errorf("%s is due on %q, want %q", code, got, day)
			}
		}
		step := func(t *testing.T, next complaint.Complaint, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			c = next
		}
		t.Run("the clock runs from receipt, in calendar days", func(t *testing.T) {
			wants(t, "bevestigen", "2026-03-09")
			wants(t, "antwoorden", "2026-04-13")
		})
		t.Run("the first reply names the dispute body", func(t *testing.T) {
			_, err := d.Reply(t.Context(), d.by, c.ID(), c.Case.Revision, complaint.Reply{Kind: complaint.Acknowledge, Way: casework.Letter, Text: "Wij hebben uw klacht."}, kifid)
			if got := reasons(err); len(got) != 1 || got[0] != "no-dispute-body" {
				t.Fatalf("got %v", err)
			}
		})
		t.Run("a reply ends the first clock, not the second", func(t *testing.T) {
			next, err := d.Reply(t.Context(), d.by, c.ID(), c.Case.Revision, complaint.Reply{Kind: complaint.Acknowledge, Way: casework.Letter, Text: "Wij hebben uw klacht. U kunt ook naar Kifid."}, kifid)
			step(t, next, err)
			wants(t, "bevestigen", "")
			wants(t, "antwoorden", "2026-04-13")
		})
		t.Run("a message that asks for patience moves the answer, never the receipt", func(t *testing.T) {
			d.now = d.now.AddDate(0, 1, 0)
			next, err := d.Reply(t.Context(), d.by, c.ID(), c.Case.Revision, complaint.Reply{Kind: complaint.Interim, Way: casework.Mail, Text: "Het duurt langer."}, kifid)
			step(t, next, err)
			wants(t, "antwoorden", "2026-05-11")
			if c.Case.Received != call.Received {
				t.Error("the day of receipt moved")
			}
		})
		t.Run("it does not end while the record lacks something of article 51, and all of it is named", func(t *testing.T) {
			_, err := d.Conclude(t.Context(), d.by, c.ID(), c.Case.Revision, complaint.Conclusion{Outcome: complaint.Upheld})
			for _, want := range []string{"missing", "no_description"} {
				if !strings.Contains(strings.Join(reasons(err), " "), want) {
					t.Errorf("%v lacks %s", reasons(err), want)
				}
			}
		})
		class := complaint.Class{About: "Te hoge rente na renteherziening", Product: "mortgage", Cause: complaint.ByInformation, Harm: casework.GreatHarm, From: call.From}
		t.Run("whoever handles it is not whom it is against", func(t *testing.T) {
			own := class
			own.Against = d.by.ID
			if _, err := d.Classify(t.Context(), d.by, c.ID(), c.Case.Revision, own); !fault.Has(err, "invalid-class") {
				t.Errorf("got %v", err)
			}
		})
		t.Run("who saw an older state is told so", func(t *testing.T) {
			if _, err := d.Classify(t.Context(), d.by, c.ID(), c.Case.Revision-1, class); !fault.Has(err, "case-changed") {
				t.Errorf("got %v", err)
			}
		})
		t.Run("it ends, and its decisions say until when it is kept", func(t *testing.T) {
			next, err := d.Classify(t.Context(), d.by, c.ID(), c.Case.Revision, class)
			step(t, next, err)
			next, err = d.Conclude(t.Context(), d.by, c.ID(), c.Case.Revision, complaint.Conclusion{Outcome: complaint.Upheld, Redress: 12_500, Note: "Rente hersteld en teruggestort."})
			step(t, next, err)
			wants(t, "antwoorden", "")
			last := d.facts[len(d.facts)-1]
			if last.Kind != complaint.KindConcluded || !strings.Contains(string(last.Payload), `"2027-04-02"`) {
				t.Errorf("%s %s", last.Kind, last.Payload)
			}
		})
		t.Run("nobody replies to what is ended", func(t *testing.T) {
			_, err := d.Reply(t.Context(), d.by, c.ID(), c.Case.Revision, complaint.Reply{Kind: complaint.Final, Way: casework.Mail, Text: "Nog iets. Kifid."}, kifid)
			if !fault.Has(err, "complaint-handled") {
				t.Errorf("got %v", err)
			}
		})
		t.Run("opened anew, its clocks start again on that day", func(t *testing.T) {
			d.now = d.now.AddDate(0, 1, 0)
			next, err := d.Reopen(t.Context(), d.by, c.ID(), c.Case.Revision, "De klant stuurde nieuwe stukken.")
			step(t, next, err)
			wants(t, "bevestigen", "2026-05-09")
			wants(t, "antwoorden", "2026-06-13")
		})
		t.Run("facts hold no name and no word of the client", func(t *testing.T) {
			for _, f := range d.facts {
				for _, word := range []string{"Jansen", "Dorpsstraat", "rente", "stukken"} {
					if strings.Contains(strings.ToLower(string(f.Payload)), strings.ToLower(word)) {
						t.Errorf("%s holds %q", f.Kind, word)
					}
				}
			}
		})
		t.Run("another firm has none of it", func(t *testing.T) {
			if _, err := d.File(t.Context(), ident.Firm(newID()), c.ID()); !fault.Has(err, "unknown-case") {
				t.Errorf("got %v", err)
			}
		})
	})
}

func TestWhatIsWrongWithAnIntake(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) {
		d := open(db)
		t.Run("everything at once", func(t *testing.T) {
			_, err := d.Receive(t.Context(), d.by, complaint.Intake{Received: calendar.MustParse("2026-03-03"), Way: "duif", Sort: "boos"})
			if got := len(reasons(err)); got != 7 {
				t.Errorf("%d faults: %v", got, err)
			}
		})
		t.Run("a citizen service number is refused wherever it stands", func(t *testing.T) {
			for name, put := range map[string]func(*complaint.Intake){
				"words":   func(in *complaint.Intake) { in.Original = "Mijn bsn is 111222333." },
				"name":    func(in *complaint.Intake) { in.From.Name = "Jansen bsn 111222333" },
				"address": func(in *complaint.Intake) { in.From.Address = "bsn 111222333" },
				"about":   func(in *complaint.Intake) { in.About = "burgerservicenummer 111222333" },
			} {
				in := call
				put(&in)
				if _, err := d.Receive(t.Context(), d.by, in); len(reasons(err)) != 1 || reasons(err)[0] != "bsn" {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
		t.Run("words that ask nothing start no clock", func(t *testing.T) {
			in := call
			in.Sort = complaint.Unease
			if c := d.receive(t, in); d.due(t, c.ID(), "antwoorden")+d.due(t, c.ID(), "bevestigen") != "" {
				t.Error("something is due")
			}
		})
		if len(d.facts) != 1 {
			t.Errorf("%d facts of one complaint", len(d.facts))
		}
	})
}

// TestComplaintsOfAPageAreReadTogether: all of them, in the order they were asked in,
// more than are read at once too; and what is no complaint is not left out in silence.
func TestComplaintsOfAPageAreReadTogether(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) {
		d := open(db)
		var cases []casework.Case
		for i := range 70 {
			in := call
			in.Way = []casework.Way{casework.Phone, casework.Mail, casework.Letter}[i%3]
			cases = append(cases, d.receive(t, in).Case)
		}
		slices.Reverse(cases)
		err := d.Store.View(t.Context(), d.by.Firm, func(tx complaint.Tx) error {
			all, err := tx.Briefs(cases)
			if err != nil {
				return err
			}
			if len(all) != len(cases) {
				t.Fatalf("%d of %d", len(all), len(cases))
			}
			for i, b := range all {
				if b.Case.ID != cases[i].ID || b.Way != []casework.Way{casework.Phone, casework.Mail, casework.Letter}[(69-i)%3] {
					t.Errorf("place %d holds %s by %s", i, b.Case.Number, b.Way)
				}
			}
			_, err = tx.Briefs([]casework.Case{cases[0], {ID: casework.ID(newID())}})
			if err == nil {
				t.Error("a case that is no complaint was left out")
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
