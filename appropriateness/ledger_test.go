package appropriateness_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/party"
)

// A chain is a provider that lets two intermediaries use its test.
type chain struct {
	*roomtest.Room
	t                       *testing.T
	insurer, office, branch party.Firm
	agreement               party.Agreement
}

// lenient is the starter test with one retake a year, after an hour.
var lenient = strings.Replace(string(starter.Hypotheek), "retake: never",
	"retake:\n    allow: cooling_off\n    cooling_hours: 1\n    at_most: 1\n    within_days: 365\n    new_families_percent: 0", 1)

func newChain(t *testing.T, db *sqldb.DB, bank string) *chain {
	t.Helper()
	c := &chain{Room: roomtest.On(t, db), t: t}
	c.insurer, c.office, c.branch = c.Firm, c.AddFirm("Kantoor Noord"), c.AddFirm("Kantoor Zuid")
	if _, err := c.Publish(t.Context(), roomtest.Staff(c.insurer), []byte(bank)); err != nil {
		t.Fatal(err)
	}
	c.agreement = c.Agree(c.insurer, c.office, "mortgage")
	c.Agree(c.insurer, c.branch, "mortgage")
	return c
}

var anna = appropriateness.Identity{FamilyName: "van der Berg", BirthDate: "1985-03-09", Postcode: "1234 AB"}

// at is a request of this firm for the insurer's test.
func (c *chain) at(f party.Firm, reference string, who appropriateness.Identity) appropriateness.Start {
	in := appropriateness.Start{Test: roomtest.TestID, Reference: reference, Channel: "website", Client: who}
	if f.ID != c.insurer.ID {
		in.Provider = c.insurer.ID
	}
	return in
}

func (c *chain) begin(f party.Firm, reference string, who appropriateness.Identity) (appropriateness.Started, error) {
	s, err := c.Start(c.t.Context(), roomtest.Staff(f), c.at(f, reference, who))
	if err == nil {
		err = c.Service.Begin(c.t.Context(), s.Token)
	}
	return s, err
}

func (c *chain) take(f party.Firm, reference string, who appropriateness.Identity, choose func(appropriateness.Question) appropriateness.OptionID) appropriateness.Started {
	c.t.Helper()
	s, err := c.begin(f, reference, who)
	if err != nil {
		c.t.Fatal(err)
	}
	c.answer(f, s, choose)
	return s
}

func (c *chain) answer(f party.Firm, s appropriateness.Started, choose func(appropriateness.Question) appropriateness.OptionID) {
	c.t.Helper()
	file, err := c.File(c.t.Context(), roomtest.Staff(f), s.Attempt.ID)
	if err != nil {
		c.t.Fatal(err)
	}
	for place, asked := range file.Form {
		q, _ := file.Test.Question(asked.Question)
		if o := choose(q); o != "" {
			if err := c.Answer(c.t.Context(), s.Token, place, o); err != nil {
				c.t.Fatal(err)
			}
		}
	}
	c.Wait(time.Second)
	if _, err := c.Send(c.t.Context(), s.Token); err != nil {
		c.t.Fatal(err)
	}
}

func (c *chain) refused(err error, reason string) {
	c.t.Helper()
	if !fault.Has(err, reason) {
		c.t.Errorf("got %v, want %s", err, reason)
	}
}

func TestLedger(t *testing.T) {
	sqldbtest.Each(t, roomtest.Schemas, func(t *testing.T, db *sqldb.DB) {
		c := newChain(t, db, string(starter.Hypotheek))
		ctx := t.Context()

		t.Run("a client who failed at the insurer is known at an intermediary, however the name is written", func(t *testing.T) {
			c.take(c.insurer, "V-1", anna, roomtest.Wrong)
			_, err := c.begin(c.office, "K-1", appropriateness.Identity{FamilyName: "Berg, van der", BirthDate: anna.BirthDate, Postcode: "1234ab"})
			c.refused(err, "retake-not-allowed")
		})
		t.Run("and at the insurer under another reference", func(t *testing.T) {
			_, err := c.begin(c.insurer, "V-1b", anna)
			c.refused(err, "retake-not-allowed")
		})
		t.Run("without a name the firm's own reference counts", func(t *testing.T) {
			if s, err := c.begin(c.office, "K-1", appropriateness.Identity{}); err != nil || s.Resumed {
				t.Errorf("%+v, %v", s, err)
			}
		})
		t.Run("who was named before is known by the reference too", func(t *testing.T) {
			_, err := c.begin(c.insurer, "V-1", appropriateness.Identity{})
			c.refused(err, "retake-not-allowed")
		})
		t.Run("a pass elsewhere lifts no duty, and the attempt is the intermediary's own", func(t *testing.T) {
			who := appropriateness.Identity{FamilyName: "Pas", BirthDate: "1970-01-01", Postcode: "1000 AA"}
			c.take(c.insurer, "V-2", who, roomtest.Right)
			s := c.take(c.office, "K-2", who, roomtest.Right)
			ticket, err := c.Ticket(ctx, roomtest.Staff(c.office), appropriateness.TicketOrder{Attempt: s.Attempt.ID, Audience: "verkoop"})
			if err != nil || ticket.Firm != c.office.ID {
				t.Errorf("ticket of %s, %v", ticket.Firm, err)
			}
			v, err := c.Visit(ctx, s.Token)
			if err != nil || v.Firm != c.office.Name || v.Provider != c.insurer.Name {
				t.Errorf("the client sees %q and %q, %v", v.Firm, v.Provider, err)
			}
			_, err = c.begin(c.office, "K-2b", who)
			c.refused(err, "test-still-valid")
		})
		t.Run("an attempt elsewhere shuts the gate of an earlier one", func(t *testing.T) {
			who := appropriateness.Identity{FamilyName: "Poort", BirthDate: "1970-01-01", Postcode: "1000 AA"}
			s := c.take(c.insurer, "V-3", who, roomtest.Right)
			c.Wait(time.Minute)
			c.take(c.branch, "Z-3", who, roomtest.Wrong)
			_, err := c.Ticket(ctx, roomtest.Staff(c.insurer), appropriateness.TicketOrder{Attempt: s.Attempt.ID, Audience: "verkoop"})
			c.refused(err, "gate-shut")
		})
		t.Run("who is answering at one firm does not begin at another", func(t *testing.T) {
			who := appropriateness.Identity{FamilyName: "Bezig", BirthDate: "1970-01-01", Postcode: "1000 AA"}
			first, err := c.begin(c.office, "K-4", who)
			if err != nil {
				t.Fatal(err)
			}
			_, err = c.begin(c.branch, "Z-4", who)
			c.refused(err, "attempt-open-elsewhere")
			again, err := c.begin(c.office, "K-4-balie", who)
			if err != nil || !again.Resumed || again.Attempt.ID != first.Attempt.ID {
				t.Errorf("on another channel: %+v, %v", again, err)
			}
		})
		t.Run("of two unused links the newest opens", func(t *testing.T) {
			who := appropriateness.Identity{FamilyName: "Nieuwste", BirthDate: "1970-01-01", Postcode: "1000 AA"}
			old, err := c.Start(ctx, roomtest.Staff(c.office), c.at(c.office, "K-5", who))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.begin(c.branch, "Z-5", who); err != nil {
				t.Fatal(err)
			}
			c.refused(c.Service.Begin(ctx, old.Token), "link-superseded")
		})
		t.Run("an attempt that was left counts once its time is over", func(t *testing.T) {
			who := appropriateness.Identity{FamilyName: "Weg", BirthDate: "1970-01-01", Postcode: "1000 AA"}
			if _, err := c.begin(c.office, "K-6", who); err != nil {
				t.Fatal(err)
			}
			c.Wait(25 * time.Hour)
			_, err := c.begin(c.branch, "Z-6", who)
			c.refused(err, "retake-not-allowed")
		})
		t.Run("a firm sees nothing of another's attempts", func(t *testing.T) {
			s := c.take(c.office, "K-7", appropriateness.Identity{FamilyName: "Stil", BirthDate: "1970-01-01", Postcode: "1000 AA"}, roomtest.Right)
			for _, f := range []party.Firm{c.insurer, c.branch} {
				if _, err := c.File(ctx, roomtest.Staff(f), s.Attempt.ID); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s reads the file: %v", f.Name, err)
				}
				page, err := c.List(ctx, roomtest.Staff(f), appropriateness.Filter{})
				for _, row := range page.Rows {
					if err != nil || row.Firm != f.ID || strings.HasPrefix(row.Reference, "K-") {
						t.Errorf("%s lists %s of %s (%v)", f.Name, row.Reference, row.Firm, err)
					}
				}
			}
		})
		t.Run("an own test of an intermediary is its own ledger", func(t *testing.T) {
			in := appropriateness.Start{Test: roomtest.TestID, Reference: "K-8", Channel: "office", Client: anna}
			if _, err := c.Start(ctx, roomtest.Staff(c.branch), in); err != nil {
				t.Error(err)
			}
		})
	})
}

func TestAgreementThatEnded(t *testing.T) {
	sqldbtest.Each(t, roomtest.Schemas, func(t *testing.T, db *sqldb.DB) {
		c := newChain(t, db, string(starter.Hypotheek))
		running, err := c.begin(c.office, "K-1", anna)
		if err != nil {
			t.Fatal(err)
		}
		c.EndAgreement(c.office, c.agreement.ID)
		t.Run("its last day still counts", func(t *testing.T) {
			if _, err := c.begin(c.office, "K-2", appropriateness.Identity{}); err != nil {
				t.Error(err)
			}
		})
		c.Wait(16 * time.Hour)
		t.Run("after it nobody starts, and nothing was written", func(t *testing.T) {
			_, err := c.begin(c.office, "K-3", appropriateness.Identity{})
			c.refused(err, "agreement-ended")
			page, err := c.List(t.Context(), roomtest.Staff(c.office), appropriateness.Filter{Reference: "K-3"})
			if err != nil || len(page.Rows) != 0 {
				t.Errorf("%d rows, %v", len(page.Rows), err)
			}
		})
		t.Run("who began goes on to the verdict, which counts in the ledger", func(t *testing.T) {
			c.answer(c.office, running, roomtest.Wrong)
			_, err := c.begin(c.branch, "Z-1", anna)
			c.refused(err, "retake-not-allowed")
		})
		t.Run("who never had an agreement finds none", func(t *testing.T) {
			other := c.AddFirm("Derde")
			_, err := c.begin(other, "D-1", anna)
			c.refused(err, "no-agreement")
		})
		t.Run("nor does who agreed on another product", func(t *testing.T) {
			other := c.AddFirm("Vierde")
			c.Agree(c.insurer, other, "payment_protection")
			_, err := c.begin(other, "D-1", anna)
			c.refused(err, "no-agreement")
		})
	})
}

// TestTwoFirmsAtOnce lets one client start and begin at two intermediaries at the
// same time: one has it, the other hears why.
func TestTwoFirmsAtOnce(t *testing.T) {
	sqldbtest.Each(t, roomtest.Schemas, func(t *testing.T, db *sqldb.DB) {
		c := newChain(t, db, string(starter.Hypotheek))
		for n := range 8 {
			who := appropriateness.Identity{FamilyName: "Tegelijk", BirthDate: fmt.Sprintf("19%d-01-01", 60+n), Postcode: "1000 AA"}
			errs := make([]error, 4)
			var wg sync.WaitGroup
			for i, f := range []party.Firm{c.office, c.branch, c.office, c.branch} {
				wg.Go(func() { _, errs[i] = c.begin(f, fmt.Sprintf("T-%d-%d", n, i), who) })
			}
			wg.Wait()
			won := 0
			for _, err := range errs {
				switch {
				case err == nil:
					won++
				case !fault.Has(err, "attempt-open-elsewhere") && !fault.Has(err, "link-superseded") && !fault.Has(err, "attempt-lapsed") && !fault.Has(err, "link-expired"):
					t.Errorf("client %d: %v", n, err)
				}
			}
			running := map[ident.Firm]bool{}
			for _, f := range []party.Firm{c.office, c.branch} {
				page, err := c.List(t.Context(), roomtest.Staff(f), appropriateness.Filter{State: appropriateness.Begun})
				if err != nil {
					t.Fatal(err)
				}
				for _, row := range page.Rows {
					if strings.HasPrefix(row.Reference, fmt.Sprintf("T-%d-", n)) {
						running[f.ID] = true
					}
				}
			}
			if won == 0 || len(running) != 1 {
				t.Errorf("client %d: %d begun, at %d firms: %v", n, won, len(running), errs)
			}
		}
	})
}

// TestNoSequenceShowsAQuestionTwice walks one client at random over firms and
// channels, with and without a name after the first time, leaving and failing, and
// holds every form against all that was shown before.
func TestNoSequenceShowsAQuestionTwice(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, roomtest.Schemas)
	c := newChain(t, db, lenient)
	walks, deepest := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		walks++
		who := appropriateness.Identity{FamilyName: "Wandelaar", BirthDate: "1975-06-01", Postcode: fmt.Sprintf("%04d AA", 1000+walks)}
		seen := map[appropriateness.QuestionID]appropriateness.AttemptID{}
		begun := map[appropriateness.AttemptID]bool{}
		for step := range rapid.IntRange(1, 7).Draw(rt, "steps") {
			f := rapid.SampledFrom([]party.Firm{c.insurer, c.office, c.branch}).Draw(rt, "firm")
			reference := fmt.Sprintf("W-%d-%s", walks, rapid.SampledFrom([]string{"web", "balie"}).Draw(rt, "channel"))
			s, err := c.Start(t.Context(), roomtest.Staff(f), c.at(f, reference, who))
			if err == nil && rapid.IntRange(0, 3).Draw(rt, "opens") > 0 {
				if err = c.Service.Begin(t.Context(), s.Token); err == nil {
					holdForm(rt, c, f, s, seen, begun)
					if rapid.Bool().Draw(rt, "sends") {
						c.answer(f, s, roomtest.Wrong)
					}
				}
			}
			if f := fault.As(err); err != nil && (f == nil || f.Kind != fault.Conflict) {
				rt.Fatalf("step %d: %v", step, err)
			}
			c.Wait(time.Duration(rapid.IntRange(0, 30).Draw(rt, "hours"))*time.Hour + 7*time.Minute) // not to the second at which an attempt ends
		}
		if deepest = max(deepest, len(begun)); len(begun) > 2 {
			rt.Errorf("%d attempts count where two are allowed: the ledger forgot one", len(begun))
		}
	})
	if deepest < 2 {
		t.Errorf("no walk came to a second attempt: the test is blind")
	}
}

func holdForm(rt *rapid.T, c *chain, f party.Firm, s appropriateness.Started, seen map[appropriateness.QuestionID]appropriateness.AttemptID, begun map[appropriateness.AttemptID]bool) {
	file, err := c.File(c.t.Context(), roomtest.Staff(f), s.Attempt.ID)
	if err != nil {
		rt.Fatal(err)
	}
	begun[s.Attempt.ID] = true
	for _, asked := range file.Form {
		q, _ := file.Test.Question(asked.Question)
		if at := seen[q.ID]; q.Fixed == appropriateness.NotFixed && at != "" && at != s.Attempt.ID {
			rt.Errorf("question %s of attempt %s comes back in %s", q.ID, at, s.Attempt.ID)
		}
		seen[q.ID] = s.Attempt.ID
	}
}
