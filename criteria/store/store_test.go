package store_test

import (
	"crypto/rand"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/criteria/store"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	journalstore "zorgplicht/journal/store"
	"zorgplicht/rule"
)

var schemas = []sqldb.Schema{journalstore.Schema, once.Schema, store.Schema}

// A room is the room on a real store, with a clock to set.
type room struct {
	*criteria.Service
	t       *testing.T
	journal journalstore.Reader
	now     time.Time
	alone   bool

	firm                        ident.Firm
	author, reviewer, publisher ident.Actor
}

func each(t *testing.T, test func(r *room)) {
	t.Helper()
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		r := &room{t: t, journal: journalstore.Reader{DB: db}, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), firm: ident.Firm(newID())}
		r.author, r.reviewer, r.publisher = r.staff(), r.staff(), r.staff()
		r.Service = &criteria.Service{
			Store: &store.Store{DB: db, Pen: journalstore.Pen{Salt: rand.Reader}.Append, Opener: journalstore.Sealed, OnePerson: func(*sqldb.Tx) (bool, error) { return r.alone, nil }},
			Now:   func() time.Time { return r.now }, NewID: newID,
		}
		test(r)
	})
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func (r *room) staff() ident.Actor {
	return ident.Actor{Firm: r.firm, Kind: ident.Staff, ID: newID()}
}

func must[V any](t testing.TB) func(V, error) V {
	return func(v V, err error) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// text is a version of the set of the tests, from a day on.
func text(version int, from string) string {
	return strings.NewReplacer("version: 1", fmt.Sprintf("version: %d", version), "from: 2026-01-01\ncat", "from: "+from+"\ncat").Replace(beheer)
}

var beheer = func() string {
	b, err := os.ReadFile("../testdata/beheer.yaml")
	if err != nil {
		panic(err)
	}
	return string(b)
}()

const name = "beheer"

// sample are three contracts that the set tells apart.
const sample = "id;product;achterstand\nC1;hypotheek;4\nC2;hypotheek;1\nC3;leven;\n"

// asked writes, tries and offers a version.
func (r *room) asked(written string) criteria.Draft {
	r.t.Helper()
	ctx, saw := r.t.Context(), 0
	if f, err := r.File(ctx, r.author, name); err == nil {
		saw = f.Draft.Revision
	}
	d := must[criteria.Draft](r.t)(r.Write(ctx, r.author, criteria.Writing{Name: name, Purpose: criteria.Attention, Text: written, Saw: saw}))
	must[criteria.Tried](r.t)(r.Try(ctx, r.author, criteria.Trying{Name: name, Saw: d.Revision, Sample: []byte(sample), ID: "id"}))
	return must[criteria.Draft](r.t)(r.Ask(ctx, r.author, criteria.Offer{Name: name, Saw: d.Revision, Note: "Graag voor vrijdag."}))
}

func (r *room) published(written string) criteria.Release {
	r.t.Helper()
	ctx, d := r.t.Context(), r.asked(written)
	must[criteria.Draft](r.t)(r.Approve(ctx, r.reviewer, criteria.Approval{Name: name, Set: d.Asked.Set, Note: "Akkoord."}))
	return must[criteria.Release](r.t)(r.Publish(ctx, r.publisher, criteria.Publication{Name: name, Set: d.Asked.Set}))
}

func (r *room) kinds() (list []string) {
	r.t.Helper()
	for _, f := range must[[]journal.Recorded](r.t)(r.journal.Subject(r.t.Context(), r.firm, name)) {
		list = append(list, f.Kind)
	}
	return list
}

func TestASetGoesFromTextToUseByThreePeople(t *testing.T) {
	each(t, func(r *room) {
		ctx, d := r.t.Context(), r.asked(text(1, "2026-01-01"))
		set := d.Asked.Set
		if _, err := r.Publish(ctx, r.publisher, criteria.Publication{Name: name, Set: set}); !fault.Has(err, "not-reviewed") {
			r.t.Errorf("published before anybody looked: %v", err)
		}
		if _, err := r.Approve(ctx, r.author, criteria.Approval{Name: name, Set: set}); !fault.Has(err, "reviewer-is-editor") {
			r.t.Errorf("the author approved: %v", err)
		}
		program := ident.Actor{Firm: r.firm, Kind: ident.Program, ID: newID()}
		if _, err := r.Approve(ctx, program, criteria.Approval{Name: name, Set: set}); !fault.Has(err, "reviewer-no-person") {
			r.t.Errorf("a program approved: %v", err)
		}
		must[criteria.Draft](r.t)(r.Approve(ctx, r.reviewer, criteria.Approval{Name: name, Set: set}))
		if _, err := r.Publish(ctx, r.author, criteria.Publication{Name: name, Set: set}); !fault.Has(err, "publisher-is-editor") {
			r.t.Errorf("the author published: %v", err)
		}
		release := must[criteria.Release](r.t)(r.Publish(ctx, r.publisher, criteria.Publication{Name: name, Set: set}))
		if release.From.String() != "2026-11-23" || release.Way != criteria.WaySecond || release.Version != 1 || release.Reviewer != r.reviewer.String() {
			r.t.Errorf("published %+v", release)
		}
		p := must[criteria.Published](r.t)(r.Published(ctx, r.firm, name, release.From))
		if p.Release.Hash != set || p.Program.Set().Title != "Aandacht tijdens de looptijd" {
			r.t.Errorf("in use %+v", p.Release)
		}
		if _, err := r.Published(ctx, r.firm, name, calendar.MustParse("2026-11-22")); !fault.Has(err, "no-version") {
			r.t.Errorf("it decides a day before it was published: %v", err)
		}
		if _, err := r.Published(ctx, ident.Firm(newID()), name, release.From); !fault.Has(err, "unknown-set") {
			r.t.Errorf("another firm has it: %v", err)
		}
		if list := must[[]criteria.Published](r.t)(r.For(ctx, r.firm, criteria.Attention, release.From)); len(list) != 1 {
			r.t.Errorf("%d sets for attention", len(list))
		}
		if list := must[[]criteria.Published](r.t)(r.For(ctx, r.firm, criteria.Acceptance, release.From)); len(list) != 0 {
			r.t.Errorf("%d sets for acceptance", len(list))
		}
		want := []string{criteria.KindWritten, criteria.KindTried, criteria.KindSealed, criteria.KindAsked, criteria.KindReviewed, criteria.KindPublished}
		if got := r.kinds(); !slices.Equal(got, want) {
			r.t.Errorf("facts %v, want %v", got, want)
		}
	})
}

func TestWhatWasNotTriedIsNotOffered(t *testing.T) {
	each(t, func(r *room) {
		ctx := r.t.Context()
		d := must[criteria.Draft](r.t)(r.Write(ctx, r.author, criteria.Writing{Name: name, Purpose: criteria.Attention, Text: text(2, "2026-01-01")}))
		_, err := r.Ask(ctx, r.author, criteria.Offer{Name: name, Saw: d.Revision})
		if f := fault.As(err); f == nil || f.Reason != "not-publishable" || len(f.Details) != 1 || f.Details[0].Line != 5 {
			r.t.Errorf("version 2 was taken for the first: %v", err)
		}
		d = must[criteria.Draft](r.t)(r.Write(ctx, r.author, criteria.Writing{Name: name, Purpose: criteria.Attention, Text: text(1, "2026-01-01"), Saw: 1}))
		if _, err = r.Ask(ctx, r.author, criteria.Offer{Name: name, Saw: d.Revision}); fault.As(err) == nil || fault.As(err).Details[0].Reason != "not-tried" {
			r.t.Errorf("offered untried: %v", err)
		}
		must[criteria.Tried](r.t)(r.Try(ctx, r.author, criteria.Trying{Name: name, Saw: 2, Sample: []byte(sample), ID: "id"}))
		d = must[criteria.Draft](r.t)(r.Write(ctx, r.author, criteria.Writing{Name: name, Purpose: criteria.Attention, Text: strings.Replace(text(1, "2026-01-01"), "months(3)", "months(2)", 1), Saw: 2}))
		if _, err = r.Ask(ctx, r.author, criteria.Offer{Name: name, Saw: d.Revision}); fault.As(err) == nil || fault.As(err).Details[0].Reason != "not-tried" {
			r.t.Errorf("another text than was tried is offered: %v", err)
		}
	})
}

func TestATrialCountsASample(t *testing.T) {
	each(t, func(r *room) {
		ctx := r.t.Context()
		d := must[criteria.Draft](r.t)(r.Write(ctx, r.author, criteria.Writing{Name: name, Purpose: criteria.Attention, Text: text(1, "2026-01-01")}))
		out := must[criteria.Tried](r.t)(r.Try(ctx, r.author, criteria.Trying{Name: name, Saw: d.Revision, Sample: []byte(sample + "C4;fiets;2\n"), ID: "id"}))
		if out.Trial.Rows != 3 || out.Trial.Bad != 1 || len(out.Wrong) != 1 || out.Wrong[0].Column != "product" || out.Trial.Categories[4] != 1 {
			r.t.Errorf("tried %+v, wrong %+v", out.Trial, out.Wrong)
		}
		if _, err := r.Try(ctx, r.author, criteria.Trying{Name: name, Saw: 7, Sample: []byte(sample), ID: "id"}); !fault.Has(err, "set-changed") {
			r.t.Errorf("tried on words that are not there: %v", err)
		}
	})
}

func TestALaterVersionTakesOverOnItsDay(t *testing.T) {
	each(t, func(r *room) {
		ctx := r.t.Context()
		first := r.published(text(1, "2026-01-01"))
		second := r.published(text(2, "2027-01-01"))
		on := func(day string) ident.Hash {
			return must[criteria.Published](r.t)(r.Published(ctx, r.firm, name, calendar.MustParse(day))).Release.Hash
		}
		if on("2026-12-31") != first.Hash || on("2027-01-01") != second.Hash {
			r.t.Error("the days of the versions run otherwise")
		}
		if _, err := r.Withdraw(ctx, r.publisher, criteria.Withdrawal{Name: name, Version: 2}); !fault.Has(err, "invalid-words") {
			r.t.Errorf("withdrawn without a reason: %v", err)
		}
		r.now = r.now.Add(time.Hour)
		w := must[criteria.Release](r.t)(r.Withdraw(ctx, r.publisher, criteria.Withdrawal{Name: name, Version: 2, Reason: "De grens klopt niet."}))
		if w.On(calendar.MustParse("2027-01-01")) != criteria.Cancelled || on("2027-01-01") != first.Hash {
			r.t.Errorf("cancelled %+v, and the first does not go on", w)
		}
		must[criteria.Release](r.t)(r.Withdraw(ctx, r.publisher, criteria.Withdrawal{Name: name, Version: 1, To: "2026-12-01", Reason: "Het product is er niet meer."}))
		if _, err := r.Published(ctx, r.firm, name, calendar.MustParse("2026-12-01")); !fault.Has(err, "no-version") {
			r.t.Errorf("it decides after it was withdrawn: %v", err)
		}
		if _, err := r.Withdraw(ctx, r.publisher, criteria.Withdrawal{Name: name, Version: 2, Reason: "Nog eens."}); !fault.Has(err, "unknown-set-version") {
			r.t.Errorf("withdrawn twice: %v", err)
		}
	})
}

func TestAFirmOfOnePersonWaitsAndSaysWhy(t *testing.T) {
	each(t, func(r *room) {
		r.alone = true
		ctx, d := r.t.Context(), r.asked(text(1, "2026-01-01"))
		in := criteria.Publication{Name: name, Set: d.Asked.Set, Reason: "Kort."}
		if _, err := r.Publish(ctx, r.author, in); !fault.Has(err, "invalid-publication") {
			r.t.Errorf("published without a reason: %v", err)
		}
		in.Reason = "Ik werk alleen; een collega van een ander kantoor las de regels mee."
		release := must[criteria.Release](r.t)(r.Publish(ctx, r.author, in))
		if release.Way != criteria.WayDelay || release.From.String() != "2026-11-25" {
			r.t.Errorf("published %+v", release)
		}
	})
}

func TestOfTwoWritersTheSecondIsTold(t *testing.T) {
	each(t, func(r *room) {
		ctx := r.t.Context()
		must[criteria.Draft](r.t)(r.Write(ctx, r.author, criteria.Writing{Name: name, Purpose: criteria.Attention, Text: "language: 1\n"}))
		errs := make([]error, 8)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = r.Write(ctx, r.author, criteria.Writing{Name: name, Purpose: criteria.Attention, Text: fmt.Sprintf("# schrijver %d\n", i), Saw: 1})
			})
		}
		wg.Wait()
		kept := 0
		for i, err := range errs {
			switch {
			case err == nil:
				kept++
				if f := must[criteria.File](r.t)(r.File(ctx, r.author, name)); f.Draft.Text != fmt.Sprintf("# schrijver %d\n", i) {
					r.t.Error("the words of who was first are lost")
				}
			case !fault.Has(err, "set-changed"):
				r.t.Errorf("writer %d: %v", i, err)
			}
		}
		if kept != 1 {
			r.t.Errorf("%d of 8 writers kept their words", kept)
		}
	})
}

func TestAKeyMakesARequestOnce(t *testing.T) {
	each(t, func(r *room) {
		ctx := r.t.Context()
		in := criteria.Writing{Name: name, Purpose: criteria.Attention, Text: text(1, "2026-01-01"), Key: "k1"}
		first := must[criteria.Draft](r.t)(r.Write(ctx, r.author, in))
		if again := must[criteria.Draft](r.t)(r.Write(ctx, r.author, in)); again.Revision != first.Revision || len(r.kinds()) != 1 {
			r.t.Errorf("written twice: %+v", again)
		}
		in.Text += "# anders\n"
		if _, err := r.Write(ctx, r.author, in); !fault.Has(err, "idempotency-key-reused") {
			r.t.Errorf("another request under the key: %v", err)
		}
	})
}

func TestACitizenNumberIsNotKept(t *testing.T) {
	each(t, func(r *room) {
		_, err := r.Write(r.t.Context(), r.author, criteria.Writing{Name: name, Purpose: criteria.Attention, Text: "language: 1\nfrom: 2026-01-01\n# klant 111222333\n"})
		if f := fault.As(err); f == nil || f.Reason != "invalid-set" || len(f.Details) != 1 || f.Details[0].Line != 3 {
			r.t.Errorf("kept: %v", err)
		}
	})
}

func TestADecisionIsKeptAndReplays(t *testing.T) {
	each(t, func(r *room) {
		ctx := r.t.Context()
		r.published(text(1, "2026-01-01"))
		in := criteria.Question{Name: name, Values: map[string]string{"product": "hypotheek", "achterstand": "2"}, Reference: "C-1", Key: "k2"}
		a := must[criteria.Answer](r.t)(r.Decide(ctx, r.author, in))
		if a.Ruling.Category != "oranje" || a.Ruling.Highest != "rood" || a.Ruling.Certain || a.Ruling.Ask == "" || a.Ruling.Language != 1 {
			r.t.Errorf("decided %+v", a.Ruling)
		}
		if !strings.Contains(a.Ruling.Because[0].Text, "De achterstand is 2 maanden.") {
			r.t.Errorf("because %+v", a.Ruling.Because)
		}
		if again := must[criteria.Answer](r.t)(r.Decide(ctx, r.author, in)); again.Ruling.Because[0].Text != a.Ruling.Because[0].Text {
			r.t.Errorf("under the same key: %+v", again)
		}
		_, err := r.Decide(ctx, r.author, criteria.Question{Name: name, Values: map[string]string{"prodct": "x", "achterstand": "999", "peildatum": "2026-01-01"}})
		if f := fault.As(err); f == nil || len(f.Details) != 3 {
			r.t.Errorf("faults of a case: %v", err)
		}
		rules := must[*rule.Registry](r.t)(rule.NewRegistry(criteria.Deciding, criteria.Reviewing, criteria.Publishing))
		report := must[*journal.Replayed](r.t)(journal.Replay(ctx, r.journal.All(ctx), rules, func(f ident.Firm) rule.Opener { return r.journal.Opener(ctx, f) }, nil))
		if report.Decisions != 3 || len(report.Unequal) != 0 {
			r.t.Errorf("replayed %d decisions, unequal %+v", report.Decisions, report.Unequal)
		}
	})
}

func TestTheListFindsSets(t *testing.T) {
	each(t, func(r *room) {
		ctx := r.t.Context()
		r.published(text(1, "2026-01-01"))
		must[criteria.Draft](r.t)(r.Write(ctx, r.author, criteria.Writing{Name: "acceptatie", Purpose: criteria.Acceptance, Text: "language: 1\n"}))
		for _, c := range []struct {
			f    criteria.Filter
			want []string
		}{
			{criteria.Filter{}, []string{"acceptatie", "beheer"}},
			{criteria.Filter{Sought: "LOOPTIJD"}, []string{"beheer"}},
			{criteria.Filter{Purpose: criteria.Acceptance}, []string{"acceptatie"}},
			{criteria.Filter{State: criteria.StateInUse}, []string{"beheer"}},
			{criteria.Filter{State: criteria.StateDraft}, []string{"acceptatie"}},
			{criteria.Filter{State: criteria.StateAsked}, nil},
		} {
			var got []string
			for _, row := range must[[]criteria.SetRow](r.t)(r.List(ctx, r.author, c.f)) {
				got = append(got, row.Name)
			}
			if !slices.Equal(got, c.want) {
				r.t.Errorf("%+v lists %v, want %v", c.f, got, c.want)
			}
		}
		if list := must[[]criteria.SetRow](r.t)(r.List(ctx, ident.Actor{Firm: ident.Firm(newID())}, criteria.Filter{})); len(list) != 0 {
			r.t.Errorf("another firm lists %d", len(list))
		}
	})
}

func TestATrialUnderAKeyIsKeptOnce(t *testing.T) {
	each(t, func(r *room) {
		ctx := r.t.Context()
		r.published(text(1, "2026-01-01"))
		f := must[criteria.File](r.t)(r.File(ctx, r.author, name))
		d := must[criteria.Draft](r.t)(r.Write(ctx, r.author, criteria.Writing{Name: name, Purpose: criteria.Attention, Text: strings.Replace(text(2, "2026-01-01"), "months(3)", "months(2)", 1), Saw: f.Draft.Revision}))
		in := criteria.Trying{Name: name, Saw: d.Revision, Sample: []byte(strings.Replace(sample, "hypotheek;1", "hypotheek;2", 1)), ID: "id", Key: "k1"}
		first := must[criteria.Tried](r.t)(r.Try(ctx, r.author, in))
		count := len(r.kinds())
		must[criteria.Draft](r.t)(r.Ask(ctx, r.author, criteria.Offer{Name: name, Saw: d.Revision}))
		again := must[criteria.Tried](r.t)(r.Try(ctx, r.author, in))
		if len(first.Effect.List) != 1 || !slices.Equal(first.Effect.Words(), again.Effect.Words()) || first.Trial.At != again.Trial.At || len(again.Rows) != 3 || again.Trial.Against != 1 {
			r.t.Errorf("first %+v, again %+v", first.Trial, again.Trial)
		}
		if tried := strings.Count(strings.Join(r.kinds(), " "), criteria.KindTried); tried != 2 {
			r.t.Errorf("%d trials were kept after %d facts, want one of each version", tried, count)
		}
		in.Sample = []byte("id\nC9\n")
		if _, err := r.Try(ctx, r.author, in); !fault.Has(err, "idempotency-key-reused") {
			r.t.Errorf("another sample under the key: %v", err)
		}
	})
}

func TestWhoWithdrewAVersionIsKept(t *testing.T) {
	each(t, func(r *room) {
		r.published(text(1, "2026-01-01"))
		other := r.staff()
		must[criteria.Release](r.t)(r.Withdraw(r.t.Context(), other, criteria.Withdrawal{Name: name, Version: 1, Reason: "De grens klopt niet."}))
		f := must[criteria.File](r.t)(r.File(r.t.Context(), r.author, name))
		if got := f.Releases[0]; got.Ender != other.String() || got.By != r.publisher.String() {
			r.t.Errorf("withdrawn by %q, published by %q", got.Ender, got.By)
		}
	})
}
