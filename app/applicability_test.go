package app

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/law"
)

// asRules is the catalogue's applicability as a set that is in use.
func asRules(t *testing.T) criteria.Published {
	t.Helper()
	p, err := criteria.Read([]byte(law.AsRules(law.Norms())))
	if err != nil {
		t.Fatal(err)
	}
	return criteria.Published{Program: p, Release: criteria.Release{Name: p.Set().Name, Version: 1}}
}

// sameNorms holds that the set addresses to the firm what the catalogue does.
func sameNorms(t interface{ Fatalf(string, ...any) }, p criteria.Published, f law.Firm) {
	said, err := applicable(p, calendar.MustParse("2026-11-22"), f)
	if err != nil {
		t.Fatalf("%v", err)
	}
	want := f.Apply(law.Norms())
	got := said.Over(slices.Clone(want))
	for i := range want {
		if got[i].Applies != want[i].Applies || got[i].Because == law.OpenByOwn {
			t.Fatalf("%s of %+v: the set says %v (%s), the catalogue %v (%s)", want[i].Norm.ID, f, got[i].Applies, got[i].Dutch(), want[i].Applies, want[i].Dutch())
		}
	}
}

func TestTheCatalogueAsARuleSetAddressesTheSameNormsToEachProfile(t *testing.T) {
	p := asRules(t)
	for _, role := range law.FirmRoles { // every role with every product, in every way of working
		for _, product := range append([]string{""}, law.FirmProducts...) {
			for way := range 8 {
				f := law.Firm{Roles: []string{role}, Distance: way&1 != 0, Calls: way&2 != 0, Adverts: way&4 != 0}
				if product != "" {
					f.Products = []string{product}
				}
				if product == "" || way == 0 || way == 7 {
					sameNorms(t, p, f)
				}
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) { // and any of them together
		some := func(list []string, name string) []string {
			return rapid.SliceOfNDistinct(rapid.SampledFrom(list), 0, len(list), rapid.ID).Draw(t, name)
		}
		sameNorms(t, p, law.Firm{
			Roles: some(law.FirmRoles, "roles"), Products: some(law.FirmProducts, "products"),
			Distance: rapid.Bool().Draw(t, "distance"), Calls: rapid.Bool().Draw(t, "calls"), Adverts: rapid.Bool().Draw(t, "adverts"),
		})
	})
}

func TestTheCatalogueAsARuleSetCanBePublished(t *testing.T) {
	text := law.AsRules(law.Norms())
	for _, f := range criteria.LookAt(text).Findings {
		if f.Grade.String() == "wrong" {
			t.Errorf("%+v", f)
		}
	}
	for _, n := range law.Norms() {
		if len(n.Bearers) > 0 && slices.Contains(law.FirmRoles, n.Bearers[0]) && !strings.Contains(text, "norm: \""+string(n.ID)[:4]) {
			t.Errorf("no rule speaks of %s", n.ID)
		}
	}
}

func TestEveryPurposeBeginsWithASetThatWorks(t *testing.T) {
	for _, purpose := range criteria.Purposes {
		text := setBooks{}.Starter(purpose, "onze-regels", "2027-03-01")
		l := criteria.LookAt(text)
		if l.Program == nil {
			t.Fatalf("%s: %+v", purpose, l.Faults)
		}
		if s := l.Program.Set(); s.Name != "onze-regels" || s.From.String() != "2027-03-01" {
			t.Errorf("%s: %s from %s", purpose, s.Name, s.From)
		}
		for _, f := range l.Findings {
			if f.Weighs() {
				t.Errorf("%s: a beginner would have to mend %s", purpose, f.Text)
			}
		}
	}
}

func TestAFirmsOwnApplicabilityIsAskedOnItsDays(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	adviser := law.Firm{Roles: []string{"adviser"}}
	if own, err := h.ownNorms(t.Context(), h.firm, adviser); own != nil || err != nil {
		t.Fatalf("without a set: %+v, %v", own, err)
	}
	text := strings.Replace(law.AsRules(law.Norms()), "    when: 'dienstverlener'\n", "    when: 'dienstverlener && reclame'\n", 1)
	if err := h.publishSetFor(t.Context(), h.firm, "toepasselijkheid", criteria.Applicability, text, "id;rollen\nA;adviser\n"); err != nil {
		t.Fatal(err)
	}
	own, err := h.ownNorms(t.Context(), h.firm, adviser)
	if err != nil || own == nil || own.Version != 1 || own.Set != "toepasselijkheid" {
		t.Fatalf("%+v, %v", own, err)
	}
	before, other := adviser.Apply(law.Norms()), 0
	for i, a := range own.Over(adviser.Apply(law.Norms())) {
		if a.Applies != before[i].Applies {
			other++
		}
	}
	if other == 0 || other > 10 {
		t.Errorf("of %d norms the set says something else, it changed the rule of one", other)
	}
	if own, err := h.ownNorms(t.Context(), ident.Firm(newID()), adviser); own != nil || err != nil {
		t.Errorf("another firm: %+v, %v", own, err)
	}
}
