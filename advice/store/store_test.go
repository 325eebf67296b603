package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/advice"
	"zorgplicht/advice/store"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// A book knows clients by their references.
type book map[string]ident.Person

func (b book) Person(_ *sqldb.Tx, ref string) (ident.Person, error) {
	if b[ref] == "" {
		b[ref] = ident.Person(newID())
	}
	return b[ref], nil
}

func (b book) ByReference(_ *sqldb.Tx, ref string) (ident.Person, error) {
	if b[ref] == "" {
		return "", fault.New(fault.NotFound, "person-unknown", "")
	}
	return b[ref], nil
}

func (b book) References(_ *sqldb.Tx, ids []ident.Person) (map[ident.Person]string, error) {
	refs := map[ident.Person]string{}
	for ref, id := range b {
		for _, sought := range ids {
			if id == sought {
				refs[id] = ref
			}
		}
	}
	return refs, nil
}

// sets holds one published procedure.
type sets struct{ p criteria.Published }

func (s sets) Published(_ context.Context, _ ident.Firm, name string, _ calendar.Date) (criteria.Published, error) {
	if name != s.p.Release.Name {
		return criteria.Published{}, fault.New(fault.NotFound, "unknown-set", name)
	}
	return s.p, nil
}

func (s sets) List(context.Context, ident.Actor, criteria.Filter) ([]criteria.SetRow, error) {
	return []criteria.SetRow{{Name: s.p.Release.Name}}, nil
}

const course = `language: 1
name: sparen
title: Advies over sparen
version: 1
from: 2020-01-01
categories: [onbeslist, spaarrekening, deposito]
fields:
  - {name: buffer, type: euro, from: 0, through: 1000000, source: positie, question: Hoeveel spaargeld is er?}
  - {name: weet, type: yesno, source: kennis, question: Weet de klant dat het vast staat?}
  - {name: eerder, type: yesno, source: ervaring, question: Eerder gehad?}
  - {name: lang, type: yesno, source: doelstelling, question: Kan het vast staan?}
  - {name: zeker, type: yesno, source: risico, question: Wil de klant zekerheid?}
rules:
  - {id: S1, category: spaarrekening, when: buffer <= euro(10000) || !lang || !zeker || !weet && !eerder, reason: Het geld moet vrij blijven., norm: "bfd:14:4"}
  - {id: S2, category: deposito, when: buffer > euro(10000) && lang && zeker && (weet || eerder), reason: Het geld kan vast staan., norm: "bfd:14:4"}
`

// A desk is the room on a real store, with a clock that is set by hand.
type desk struct {
	*advice.Service
	db    *sqldb.DB
	by    ident.Actor
	now   time.Time
	facts []journal.Recorded
}

func open(t *testing.T, db *sqldb.DB) *desk {
	t.Helper()
	d := &desk{db: db, by: ident.Actor{Firm: ident.Firm(newID()), Kind: ident.Staff, ID: newID()}, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	cases := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error {
		d.facts = append(d.facts, journal.Recorded{Fact: f})
		return nil
	}}
	p, err := criteria.Read([]byte(course))
	if err != nil {
		t.Fatal(err)
	}
	set := p.Set()
	now := func() time.Time { return d.now }
	d.Service = &advice.Service{
		Store: &store.Store{DB: db, Casework: cases.In, Book: book{}}, Now: now, NewID: newID,
		Sets:     sets{criteria.Published{Program: p, Release: criteria.Release{Name: "sparen", Version: 1, Hash: ident.HashOf([]byte(set.Title)), Title: set.Title, Reviewer: "staff:ander"}}},
		Casework: &casework.Service{Store: cases, Now: now, NewID: newID, Kinds: []casework.About{{Kind: advice.Kind, Prefix: "A", Path: "/werk/adviezen"}}},
		Facts: func(_ context.Context, _ ident.Firm, subject string) (some []journal.Recorded, _ error) {
			for _, f := range d.facts {
				if f.Subject == subject {
					some = append(some, f)
				}
			}
			return some, nil
		},
	}
	return d
}

func schemas() []sqldb.Schema {
	return []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema}
}

func day(s string) calendar.Date { return calendar.MustParse(s) }

func mortgage() advice.Entry {
	return advice.Entry{Reference: "K-7", Content: advice.Content{
		Role: advice.Intermediary,
		Profile: advice.Profile{
			Position: advice.Position{Income: new(int64(5_000_000))}, Knowledge: advice.Graded{Level: "voldoende"}, Experience: advice.Graded{Level: "geen"},
			Objectives: "Een huis kopen in Assen.", Risk: advice.Graded{Level: "weinig"},
		},
		Advice: advice.Recommendation{Day: day("2026-03-02"), Kind: "hypotheek", Product: "Annuïteitenhypotheek", Provider: "De Linde", Why: "De lasten passen."},
	}}
}

func (d *desk) must(t *testing.T) func(advice.File, error) advice.File {
	return func(f advice.File, err error) advice.File {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
}

// dues are the codes and days of what must be done.
func (d *desk) dues(t *testing.T, f advice.File) (list []string) {
	t.Helper()
	all, err := d.Advice(t.Context(), d.by.Firm, f.ID())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all.Under.Dues {
		list = append(list, x.Code+" "+x.Day.String())
	}
	return list
}

func TestAFileFromAdviceToOwnChoiceAndAsItWasOnAnyDay(t *testing.T) {
	sqldbtest.Each(t, schemas(), func(t *testing.T, db *sqldb.DB) {
		d := open(t, db)
		ctx, firm, must := t.Context(), d.by.Firm, d.must(t)
		in := mortgage()
		in.Profile.Risk = advice.Graded{}
		f := must(d.Record(ctx, d.by, in))
		t.Run("what is missing is due on the day of the advice, and its end is asked later", func(t *testing.T) {
			if got := strings.Join(d.dues(t, f), ", "); got != "aanvullen 2026-03-02, afloop 2026-05-01" {
				t.Error(got)
			}
		})
		d.now = d.now.AddDate(0, 0, 10)
		f = must(d.Correct(ctx, d.by, f.ID(), f.Case.Revision, advice.Correction{Role: f.Role, Profile: mortgage().Profile, Advice: f.Content.Advice, Why: "Risico nagevraagd."}))
		d.now = d.now.AddDate(0, 0, 10)
		f = must(d.Follow(ctx, d.by, f.ID(), f.Case.Revision, advice.Sequel{Outcome: advice.Outcome{Result: advice.Other, Day: day("2026-03-20"), Product: "Lening zonder aflossing"}}))
		t.Run("another product asks for proof from the day of the contract", func(t *testing.T) {
			if got := strings.Join(d.dues(t, f), ", "); got != "eigen-keuze 2026-03-20" {
				t.Error(got)
			}
		})
		d.now = d.now.AddDate(0, 0, 1)
		f = must(d.Follow(ctx, d.by, f.ID(), f.Case.Revision, advice.Sequel{
			Outcome: f.Outcome, Choice: &advice.OwnChoice{Warned: day("2026-03-18"), Way: casework.Mail, Words: "Ik kies zelf voor geen aflossing."},
		}))
		t.Run("with proof nothing is due and the case closes", func(t *testing.T) {
			if got := d.dues(t, f); len(got) != 0 || f.Case.Open() {
				t.Errorf("%v, open %v", got, f.Case.Open())
			}
		})
		t.Run("the proof is kept a year from the contract, the profile no longer", func(t *testing.T) {
			all, err := d.Advice(ctx, firm, f.ID())
			if err != nil || all.Kept.Out.Until() != day("2027-03-20") || all.Kept.Out.Required {
				t.Errorf("%+v, %v", all.Kept.Out, err)
			}
		})
		for _, then := range []struct {
			says, day string
			held      advice.Held
			version   int64
		}{
			{"the day before there was nothing", "2026-03-01", advice.NotYet, 0},
			{"on the day itself the first version", "2026-03-02", advice.Rebuilt, 1},
			{"the day before the correction still the first", "2026-03-11", advice.Rebuilt, 1},
			{"on its day the second", "2026-03-12", advice.Rebuilt, 2},
			{"and long after the last", "2030-01-01", advice.Rebuilt, 4},
		} {
			t.Run(then.says, func(t *testing.T) {
				p, err := d.AsOf(ctx, firm, f.ID(), day(then.day))
				if err != nil || p.Held != then.held || p.Version != then.version {
					t.Fatalf("%s version %d: %v", p.Held, p.Version, err)
				}
				if p.Version == 1 && p.Content.Profile.Risk.Level != "" {
					t.Error("the first version has what was filled in later")
				}
			})
		}
		t.Run("facts hold no word of the client", func(t *testing.T) {
			for _, x := range d.facts {
				for _, word := range []string{"Assen", "aflossing", "nagevraagd", "K-7"} {
					if strings.Contains(string(x.Payload), word) {
						t.Errorf("%s holds %q", x.Kind, word)
					}
				}
			}
		})
		t.Run("who saw an older state is told so", func(t *testing.T) {
			if _, err := d.Follow(ctx, d.by, f.ID(), f.Case.Revision-1, advice.Sequel{Outcome: advice.Outcome{Result: advice.Nothing}}); !fault.Has(err, "case-changed") {
				t.Errorf("got %v", err)
			}
		})
		t.Run("another firm has none of it", func(t *testing.T) {
			if _, err := d.AsOf(ctx, ident.Firm(newID()), f.ID(), day("2026-03-12")); !fault.Has(err, "unknown-case") {
				t.Errorf("got %v", err)
			}
		})
	})
}

var change = sqldb.Tenant(`update advice_version set body = ? where firm = :firm and file = ?`)

func TestAReconstructionSaysWhenTheContentIsNotWhatTheFactNames(t *testing.T) {
	sqldbtest.Each(t, schemas(), func(t *testing.T, db *sqldb.DB) {
		d := open(t, db)
		f := d.must(t)(d.Record(t.Context(), d.by, mortgage()))
		for _, c := range []struct {
			says string
			body any
			held advice.Held
		}{
			{"changed behind our back", []byte(`{"salt":"x"}`), advice.Altered},
			{"destroyed", nil, advice.Destroyed},
		} {
			err := db.Write(t.Context(), d.by.Firm, func(tx *sqldb.Tx) error {
				_, err := tx.Exec(change, c.body, f.ID())
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			facts, _ := d.Facts(t.Context(), d.by.Firm, string(f.ID()))
			var versions []advice.Version
			err = d.Store.View(t.Context(), d.by.Firm, func(tx advice.Tx) (err error) {
				versions, err = tx.Versions(f.ID())
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if p, err := advice.Rebuild(facts, versions); err != nil || p.Held != c.held {
				t.Errorf("%s: %s, %v", c.says, p.Held, err)
			}
		}
	})
}

func TestAdviceByAProcedure(t *testing.T) {
	sqldbtest.Each(t, schemas(), func(t *testing.T, db *sqldb.DB) {
		d := open(t, db)
		ctx := t.Context()
		in := mortgage()
		in.Procedure, in.Advice.Kind, in.Advice.Product = "sparen", "sparen", ""
		in.Answers = map[string]string{"buffer": "25000", "weet": "ja", "eerder": "nee", "lang": "ja", "zeker": "ja"}
		if _, err := d.Record(ctx, d.by, in); !fault.Has(err, "invalid-advice") {
			t.Fatalf("a set that the firm did not name: %v", err)
		}
		if err := d.Name(ctx, d.by, "sparen", "sparen"); err != nil {
			t.Fatal(err)
		}
		if err := d.Name(ctx, d.by, "sparen", "sparen"); !fault.Has(err, "procedure-named") {
			t.Errorf("named twice: %v", err)
		}
		short := in
		short.Answers = map[string]string{"buffer": "25000", "vreemd": "ja"}
		if _, err := d.Record(ctx, d.by, short); err == nil || len(fault.As(err).Details) != 5 {
			t.Errorf("every question is asked, and no other: %v", err)
		}
		f := d.must(t)(d.Record(ctx, d.by, in))
		if f.Advice.Product != "deposito" || f.Course.Deviates {
			t.Errorf("the procedure advises %q", f.Advice.Product)
		}
		kept := func() advice.RetentionOut {
			t.Helper()
			all, err := d.Advice(ctx, d.by.Firm, f.ID())
			if err != nil {
				t.Fatal(err)
			}
			return all.Kept.Out
		}
		if kept().Required {
			t.Error("all advice comes from the procedure, and still the file must be kept")
		}
		other := in
		other.Advice.Product, other.Advice.Why = "Spaarrekening", ""
		if _, err := d.Record(ctx, d.by, other); !fault.Has(err, "invalid-advice") {
			t.Errorf("who departs from it says why: %v", err)
		}
		other.Advice.Why = "De klant verhuist volgend jaar."
		if g := d.must(t)(d.Record(ctx, d.by, other)); !g.Course.Deviates {
			t.Error("it is not marked")
		}
		if !kept().Required {
			t.Error("one advice departs from the procedure, and the exception still holds for all")
		}
		all, err := d.Procedures(ctx, d.by.Firm)
		if err == nil {
			err = d.End(ctx, d.by, all[0].ID, "Er komt een nieuwe.")
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Record(ctx, d.by, in); !fault.Has(err, "invalid-advice") {
			t.Errorf("it was ended: %v", err)
		}
	})
}

func TestTheListIsFilteredSortedAndPaged(t *testing.T) {
	sqldbtest.Each(t, schemas(), func(t *testing.T, db *sqldb.DB) {
		d := open(t, db)
		ctx := t.Context()
		for i, product := range []string{"Beleggen", "Annuïteit", "Zorg", "Annuïteit", "Deposito"} {
			in := mortgage()
			in.Reference, in.Advice.Product, in.Advice.Day = "K-"+product, product, day("2026-02-01").AddDays(i)
			if product == "Zorg" {
				in.Profile.Objectives, in.Outcome = "", advice.Outcome{Result: advice.Followed, Day: day("2026-03-01")}
			}
			d.must(t)(d.Record(ctx, d.by, in))
		}
		walk := func(f advice.Filter) string {
			t.Helper()
			f.Limit = 2
			var seen []string
			for {
				p, err := d.Files(ctx, d.by.Firm, f)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range p.Rows {
					seen = append(seen, r.Product)
				}
				if p.Next == nil {
					return strings.Join(seen, " ")
				}
				f.Cursor = *p.Next
			}
		}
		for _, c := range []struct {
			says string
			f    advice.Filter
			want string
		}{
			{"newest first", advice.Filter{}, "Deposito Annuïteit Zorg Annuïteit Beleggen"},
			{"oldest first", advice.Filter{Order: advice.OldestFirst}, "Beleggen Annuïteit Zorg Annuïteit Deposito"},
			{"by product", advice.Filter{Order: advice.ByProduct}, "Annuïteit Annuïteit Beleggen Deposito Zorg"},
			{"what lacks something", advice.Filter{State: advice.Lacking}, "Zorg"},
			{"of which the end is not known", advice.Filter{State: advice.Undecided, Order: advice.OldestFirst}, "Beleggen Annuïteit Annuïteit Deposito"},
			{"of one client", advice.Filter{Sought: "K-Annuïteit"}, "Annuïteit Annuïteit"},
			{"by a word", advice.Filter{Sought: "deposito linde"}, "Deposito"},
			{"of some days", advice.Filter{From: day("2026-02-02"), Through: day("2026-02-03")}, "Zorg Annuïteit"},
			{"with an end", advice.Filter{Result: advice.Followed}, "Zorg"},
		} {
			if got := walk(c.f); got != c.want {
				t.Errorf("%s: %s", c.says, got)
			}
		}
	})
}

func TestAProgramThatAsksTwiceGetsOneFile(t *testing.T) {
	sqldbtest.Each(t, schemas(), func(t *testing.T, db *sqldb.DB) {
		d := open(t, db)
		in := mortgage()
		in.Key = "sleutel"
		first := d.must(t)(d.Record(t.Context(), d.by, in))
		again := d.must(t)(d.Record(t.Context(), d.by, in))
		if first.ID() != again.ID() || len(d.facts) != 1 {
			t.Errorf("%s and %s, %d facts", first.ID(), again.ID(), len(d.facts))
		}
		in.Reference = "K-8"
		if _, err := d.Record(t.Context(), d.by, in); !fault.Has(err, "idempotency-key-reused") {
			t.Errorf("got %v", err)
		}
	})
}

func TestWhatIsWrongWithAnEntryComesAtOnce(t *testing.T) {
	sqldbtest.Each(t, schemas(), func(t *testing.T, db *sqldb.DB) {
		d := open(t, db)
		in := mortgage()
		in.Reference, in.Role, in.Advice.Kind, in.Advice.Day = "", "niemand", "huis", day("2026-03-03")
		in.Profile.Objectives, in.Profile.Risk.Level = "bsn 111222333", "veel"
		in.Outcome = advice.Outcome{Result: advice.Other}
		_, err := d.Record(t.Context(), d.by, in)
		var got []string
		if f := fault.As(err); f != nil {
			for _, x := range f.Details {
				got = append(got, x.Pointer)
			}
		}
		want := "/role /profile/objectives /profile/risk/level /advice/day /advice/kind /outcome/day /outcome/product /reference"
		if strings.Join(got, " ") != want {
			t.Errorf("%v", got)
		}
	})
}
