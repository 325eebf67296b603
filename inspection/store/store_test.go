package store_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/inspection"
	"zorgplicht/inspection/inspectiontest"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// A room has compliance of a firm, who opened an inspection, and its guest.
type room struct {
	*inspectiontest.Room
	by    ident.Actor
	of    inspection.Inspection
	guest inspection.Reader
	files []inspection.File // complaints of 1, 2 and 3 February, the second without a name
}

func asking() inspection.Opening {
	return inspection.Opening{
		Authority: "Autoriteit Financiële Markten", Reference: "2026/17", Purpose: "De behandeling van klachten.", Kinds: []inspection.Kind{"klacht"},
		From: "2026-02-01", Through: "2026-02-28", Until: "2026-03-10", Name: "I. Kijker", Email: "kijker@afm.example",
	}
}

func each(t *testing.T, fn func(t *testing.T, r *room)) {
	sqldbtest.Each(t, inspectiontest.Schemas(), func(t *testing.T, db *sqldb.DB) {
		r := &room{Room: inspectiontest.Open(t, db), by: ident.Actor{Firm: ident.Firm(inspectiontest.NewID()), Kind: ident.Staff, ID: inspectiontest.NewID()}}
		for day, name := range map[string]string{"2026-02-01": "Jansen", "2026-02-02": "", "2026-02-03": "Smit"} {
			r.Add(r.by.Firm, "klacht", day, name)
		}
		r.files = slices.Clone(r.Files[r.by.Firm])
		slices.SortFunc(r.files, func(a, b inspection.File) int { return a.Began.Compare(b.Began) })
		made, err := r.Open(t.Context(), r.by, asking())
		if err != nil {
			t.Fatalf("%v %+v", err, fault.As(err))
		}
		r.of, r.guest = made.Inspection, r.reader(made.Guest.ID)
		fn(t, r)
	})
}

func (r *room) reader(id string) inspection.Reader {
	return inspection.Reader{Actor: ident.Actor{Firm: r.by.Firm, Kind: ident.Staff, ID: id}}
}

// keeps holds that this writes no fact.
func (r *room) keeps(says string, do func()) {
	r.T.Helper()
	before := len(r.Facts)
	if do(); len(r.Facts) != before {
		r.T.Errorf("%s wrote %s", says, r.Facts[before].Kind)
	}
}

func pointers(err error) (at []string) {
	if f := fault.As(err); f != nil {
		for _, d := range f.Details {
			at = append(at, d.Pointer+" "+d.Reason)
		}
	}
	return at
}

func TestAllThatIsWrongWithAnOpeningIsToldAtOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		incident := r.Add(r.by.Firm, "incident", "2026-02-05", "Jansen")
		for _, c := range []struct {
			name   string
			change func(*inspection.Opening)
			want   []string
		}{
			{"nothing is said", func(in *inspection.Opening) { *in = inspection.Opening{} }, []string{"/authority missing", "/purpose missing", "/until day", "/kinds missing", "/name missing", "/email missing"}},
			{"a kind without a period", func(in *inspection.Opening) { in.From, in.Through = "", "ooit" }, []string{"/from day", "/through day"}},
			{"a period that ends before it begins", func(in *inspection.Opening) { in.Through = "2026-01-01" }, []string{"/through before-from"}},
			{"a last day that is over", func(in *inspection.Opening) { in.Until = "2026-03-01" }, []string{"/until past"}},
			{"a last day too far", func(in *inspection.Opening) { in.Until = "2029-03-01" }, []string{"/until too-far"}},
			{"a citizen service number in each text", func(in *inspection.Opening) {
				in.Authority, in.Reference, in.Purpose, in.Name = "bsn 111222333", "bsn 111222333", "bsn 111222333", "bsn 111222333"
			}, []string{"/authority bsn", "/reference bsn", "/purpose bsn", "/name bsn"}},
			{"numbers of nothing", func(in *inspection.Opening) { in.Files = "K-1999-0001\nX" }, []string{"/files unknown", "/files unknown"}},
			{"an incident that was not opened expressly", func(in *inspection.Opening) { in.Files = incident.Number }, []string{"/files compartment"}},
			{"a compartment among the other kinds", func(in *inspection.Opening) { in.Kinds = []inspection.Kind{"incident"} }, []string{"/kinds missing"}},
			{"a guest who is nobody", func(in *inspection.Opening) { in.Guest = inspectiontest.NewID() }, []string{"/guest unknown"}},
			{"a guest whose account ends sooner", func(in *inspection.Opening) { in.Guest, in.Until = r.Accounts[0].ID, "2026-03-11" }, []string{"/guest ends-sooner"}},
			{"an address that is none, beside all else", func(in *inspection.Opening) { in.Email, in.Purpose = "geen adres", "" }, []string{"/purpose missing", "/email email-invalid"}},
			{"words without an end", func(in *inspection.Opening) { in.Purpose = strings.Repeat("a", 2001) }, []string{"/purpose too-long"}},
		} {
			in := asking()
			c.change(&in)
			r.keeps(c.name, func() {
				_, err := r.Open(t.Context(), r.by, in)
				if got := pointers(err); !fault.Has(err, "invalid-inspection") || !slices.Equal(got, c.want) {
					t.Errorf("%s: %q (%v), want %q", c.name, got, err, c.want)
				}
				if err != nil && strings.Contains(err.Error(), "111222333") {
					t.Errorf("%s: the error echoes it", c.name)
				}
			})
		}
		if len(r.Accounts) != 1 {
			t.Errorf("%d guests were invited to nothing", len(r.Accounts)-1)
		}
	})
}

func TestACompartmentOpensExpresslyOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		incident := r.Add(r.by.Firm, "incident", "2026-02-05", "Jansen")
		look := inspection.Look{Kind: "incident", Most: 5}
		if _, err := r.Service.Files(t.Context(), r.guest, r.of.ID, look); !fault.Has(err, "file-not-opened") {
			t.Errorf("a list: %v", err)
		}
		r.keeps("an incident that is not opened", func() {
			if _, err := r.Read(t.Context(), r.guest, r.of.ID, incident.Ref); !fault.Has(err, "file-not-opened") {
				t.Errorf("a file: %v", err)
			}
		})
		in := asking()
		in.Apart, in.Guest = []inspection.Kind{"incident"}, r.guest.ID
		made, err := r.Open(t.Context(), r.by, in)
		if err != nil || !slices.Equal(made.Apart, []inspection.Kind{"incident"}) || made.Password != "" {
			t.Fatalf("%+v %v", made, err)
		}
		if leaf, err := r.Service.Files(t.Context(), r.guest, made.ID, look); err != nil || len(leaf.Files) != 1 {
			t.Errorf("%+v %v", leaf, err)
		}
		if _, err := r.Read(t.Context(), r.guest, made.ID, incident.Ref); err != nil || r.Count(inspection.KindSeen) != 1 {
			t.Errorf("%v, with %d readings", err, r.Count(inspection.KindSeen))
		}
	})
}

func TestEveryReadingIsAFactThatNamesNobody(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx, ref := t.Context(), r.files[0].Ref
		got, err := r.Read(ctx, r.guest, r.of.ID, ref)
		if err != nil || got.File.Fields[0].Value != "Jansen" || got.About.Kind != "klacht" {
			t.Fatalf("%+v %v", got, err)
		}
		if _, err := r.Read(ctx, inspection.Reader{Actor: r.by, All: true}, r.of.ID, ref); err != nil {
			t.Errorf("compliance itself: %v", err)
		}
		if err := r.Take(ctx, r.guest, r.of.ID, "klacht", "csv", 3, ident.HashOf([]byte("lijst"))); err != nil {
			t.Fatal(err)
		}
		deeds, err := r.Deeds(ctx, inspection.Reader{Actor: r.by, All: true}, r.of.ID)
		var kinds []string
		for _, d := range deeds {
			kinds = append(kinds, d.Kind)
		}
		if want := []string{inspection.KindListTaken, inspection.KindSeen, inspection.KindSeen, inspection.KindOpened}; err != nil || !slices.Equal(kinds, want) {
			t.Errorf("%q %v, want %q", kinds, err, want)
		}
		if d := deeds[2]; d.By != r.guest.String() || d.About != ref || deeds[0].Rows != 3 || deeds[0].Format != "csv" {
			t.Errorf("%+v", deeds)
		}
		for _, f := range r.Facts {
			if s := string(f.Payload); strings.Contains(s, "Jansen") || strings.Contains(s, "Kijker") || strings.Contains(s, "behandeling") {
				t.Errorf("%s holds words: %s", f.Kind, s)
			}
		}
	})
}

func TestWhoHasNoPartInAnInspectionFindsNothing(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		strangers := map[string]inspection.Reader{
			"another guest":             r.reader(inspectiontest.NewID()),
			"a program with that id":    {Actor: ident.Actor{Firm: r.by.Firm, Kind: ident.Program, ID: r.guest.ID}},
			"compliance of another":     {Actor: ident.Actor{Firm: ident.Firm(inspectiontest.NewID()), Kind: ident.Staff, ID: r.by.ID}, All: true},
			"the guest at another firm": {Actor: ident.Actor{Firm: ident.Firm(inspectiontest.NewID()), Kind: ident.Staff, ID: r.guest.ID}},
		}
		for name, who := range strangers {
			r.keeps(name, func() {
				for what, err := range map[string]error{
					"the inspection": second(r.Inspection(ctx, who, r.of.ID)),
					"a list":         first(r.Service.Files(ctx, who, r.of.ID, inspection.Look{Kind: "klacht", Most: 5})),
					"a file":         first(r.Read(ctx, who, r.of.ID, r.files[0].Ref)),
					"a dossier":      first(r.Ask(ctx, who, r.of.ID)),
					"its deeds":      first(r.Deeds(ctx, who, r.of.ID)),
					"a list along":   r.Take(ctx, who, r.of.ID, "klacht", "csv", 1, ident.Hash{}),
				} {
					if !fault.Is(err, fault.NotFound) || !fault.Has(err, "unknown-inspection") {
						t.Errorf("%s sees %s: %v", name, what, err)
					}
				}
			})
			if all, err := r.List(ctx, who); err != nil || len(all) != 0 {
				t.Errorf("%s lists %+v %v", name, all, err)
			}
		}
		if all, err := r.List(ctx, r.guest); err != nil || len(all) != 1 {
			t.Errorf("the guest lists %+v %v", all, err)
		}
		if err := r.End(ctx, strangers["compliance of another"].Actor, r.of.ID, "zomaar"); !fault.Is(err, fault.NotFound) {
			t.Errorf("another firm ends it: %v", err)
		}
	})
}

func first[T any](_ T, err error) error          { return err }
func second[T, U any](_ T, _ U, err error) error { return err }

func TestAnInspectionEndsWithItsLastDay(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		made, err := r.Ask(ctx, r.guest, r.of.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Work(ctx, r.by.Firm, made.ID, func() bool { return false }); err != nil {
			t.Fatal(err)
		}
		tries := func(want string) {
			t.Helper()
			for what, do := range map[string]func() error{
				"a list": func() error {
					return first(r.Service.Files(ctx, r.guest, r.of.ID, inspection.Look{Kind: "klacht", Most: 5}))
				},
				"a file":       func() error { return first(r.Read(ctx, r.guest, r.of.ID, r.files[0].Ref)) },
				"a dossier":    func() error { return first(r.Ask(ctx, r.guest, r.of.ID)) },
				"one that is":  func() error { return second(r.Fetch(ctx, r.guest, r.of.ID, made.ID)) },
				"a list along": func() error { return r.Take(ctx, r.guest, r.of.ID, "klacht", "csv", 1, ident.Hash{}) },
			} {
				switch err := do(); {
				case want == "" && err != nil:
					t.Errorf("%s on the last day: %v", what, err)
				case want != "" && (!fault.Is(err, fault.Denied) || !fault.Has(err, want)):
					t.Errorf("%s: %v, want %s", what, err, want)
				}
			}
		}
		r.Clock = calendar.MustParse("2026-03-10").Start().Add(23 * time.Hour)
		tries("")
		r.Clock = calendar.MustParse("2026-03-11").Start()
		r.keeps("what is over", func() { tries("inspection-over") })
		if i, _, err := r.Inspection(ctx, r.guest, r.of.ID); err != nil || i.StandOn(r.Today()) != inspection.Expired {
			t.Errorf("the guest does not read that it is over: %+v %v", i, err)
		}
		if err := r.End(ctx, r.by, r.of.ID, "te laat"); !fault.Has(err, "inspection-not-open") {
			t.Errorf("ended after its last day: %v", err)
		}
		t.Run("and with whoever ends it sooner", func(t *testing.T) {
			r.Clock = inspectiontest.Start
			if err := r.End(ctx, r.by, r.of.ID, " "); !fault.Has(err, "invalid-ending") {
				t.Errorf("without a reason: %v", err)
			}
			if err := r.End(ctx, r.by, r.of.ID, "Het onderzoek is klaar."); err != nil {
				t.Fatal(err)
			}
			r.keeps("what was ended", func() { tries("inspection-ended") })
		})
	})
}

func TestAListHasWhatWasOpenedOnceInTheOrderAsked(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		old := r.Add(r.by.Firm, "klacht", "2025-06-01", "De Vries")
		in := asking()
		in.Guest, in.Files = r.guest.ID, strings.ToLower(old.Number)+"\n"+r.files[2].Number
		made, err := r.Open(ctx, r.by, in)
		if err != nil {
			t.Fatalf("%v %+v", err, fault.As(err))
		}
		walk := func(look inspection.Look) (got []string) {
			t.Helper()
			look.Kind = "klacht"
			for {
				leaf, err := r.Service.Files(ctx, r.guest, made.ID, look)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range leaf.Files {
					got = append(got, f.Number)
				}
				if look.After = leaf.Next; look.After == "" {
					return got
				}
			}
		}
		f := r.files
		for _, c := range []struct {
			name string
			look inspection.Look
			want []string
		}{
			{"the named ones first, each once", inspection.Look{Most: 50}, []string{old.Number, f[2].Number, f[0].Number, f[1].Number}},
			{"a page at a time", inspection.Look{Most: 1}, []string{old.Number, f[2].Number, f[0].Number, f[1].Number}},
			{"the newest first", inspection.Look{Most: 50, Newest: true}, []string{old.Number, f[2].Number, f[1].Number, f[0].Number}},
			{"only where something is missing", inspection.Look{Most: 50, Lacks: true}, []string{f[1].Number}},
			{"by a number", inspection.Look{Most: 50, Sought: f[0].Number}, []string{f[0].Number}},
		} {
			if got := walk(c.look); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
		if _, err := r.Read(ctx, r.guest, r.of.ID, old.Ref); !fault.Has(err, "file-not-opened") {
			t.Errorf("by the inspection that does not name it: %v", err)
		}
		if _, err := r.Read(ctx, r.guest, made.ID, old.Ref); err != nil {
			t.Errorf("by the one that does: %v", err)
		}
	})
}

func TestADossierIsMadeOnceAndGoesWithItsInspection(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		going := func() bool { return false }
		d, err := r.Ask(ctx, r.guest, r.of.ID)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := r.Ask(ctx, r.guest, r.of.ID); err != nil || again.ID != d.ID || r.Count(inspection.KindDossierAsked) != 1 {
			t.Errorf("asked twice: %s and %s, %v", d.ID, again.ID, err)
		}
		if _, _, err := r.Fetch(ctx, r.guest, r.of.ID, d.ID); !fault.Has(err, "dossier-not-made") {
			t.Errorf("fetched before it was made: %v", err)
		}
		if err := r.Work(ctx, r.by.Firm, d.ID, func() bool { return true }); !errors.Is(err, inspection.ErrStopped) {
			t.Errorf("stopped: %v", err)
		}
		r.Fails = context.DeadlineExceeded
		if err := r.Work(ctx, r.by.Firm, d.ID, going); !errors.Is(err, r.Fails) {
			t.Errorf("failing: %v", err)
		}
		r.Fails = nil
		for range 2 { // the work comes again after a kill
			if err := r.Work(ctx, r.by.Firm, d.ID, going); err != nil {
				t.Fatal(err)
			}
		}
		if n := r.Count(inspection.KindDossierMade); n != 1 {
			t.Errorf("it was made %d times", n)
		}
		d, body, err := r.Fetch(ctx, r.guest, r.of.ID, d.ID)
		if err != nil || d.State != inspection.Made || d.Tally.Files != 3 || d.Lacking != 1 || d.Done != 3 {
			t.Fatalf("%+v %v", d, err)
		}
		whole, err := io.ReadAll(body)
		if err != nil || strings.Count(string(whole), "\n") != 3 || r.Count(inspection.KindDossierTaken) != 1 {
			t.Errorf("%q %v", whole, err)
		}
		if _, _, err := r.Fetch(ctx, r.guest, r.of.ID, inspectiontest.NewID()); !fault.Is(err, fault.NotFound) {
			t.Errorf("one that is not there: %v", err)
		}
		if n, err := r.Tidy(ctx, r.by.Firm); err != nil || n != 0 || len(r.Made) != 1 {
			t.Errorf("tidied %d while it is open: %v", n, err)
		}
		late, err := r.Ask(ctx, r.guest, r.of.ID)
		if err != nil {
			t.Fatal(err)
		}
		r.Clock = calendar.MustParse("2026-03-11").Start()
		if n, err := r.Tidy(ctx, r.by.Firm); err != nil || n != 1 || len(r.Made) != 0 {
			t.Errorf("tidied %d: %v, and %d are there", n, err, len(r.Made))
		}
		if err := r.Work(ctx, r.by.Firm, late.ID, going); err != nil || len(r.Made) != 0 {
			t.Errorf("made after the last day: %v", err)
		}
		_, all, err := r.Inspection(ctx, inspection.Reader{Actor: r.by, All: true}, r.of.ID)
		if err != nil || len(all) != 2 || all[0].State != inspection.Failed || all[1].State != inspection.Gone {
			t.Errorf("%+v %v", all, err)
		}
	})
}
