package law_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/ident"
	"zorgplicht/law"
)

func ids(norms []law.Norm) (list []ident.Norm) {
	for _, n := range norms {
		list = append(list, n.ID)
	}
	return list
}

func TestSearchFindsInflectionsAccentsAndIds(t *testing.T) {
	for _, tt := range []struct {
		name, sought string
		want         ident.Norm
		first        bool
	}{
		{"a whole id comes first", "bfd:14:2", "bfd:14:2", true},
		{"an infinitive finds the inflected verb", "bewaren adviseur", "bfd:14:2", false},
		{"the plural finds the singular", "adviseurs", "bfd:14:2", false},
		{"an article as people cite it", "artikel 14", "bfd:14:1", false},
		{"the beginning of a word", "bewaart minst", "bfd:14:2", false},
		{"English", "adviser keeps", "bfd:14:2", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := ids(law.Search(tt.sought))
			if !slices.Contains(found, tt.want) || tt.first && found[0] != tt.want {
				t.Errorf("%q finds %v", tt.sought, found)
			}
		})
	}
}

func TestSearchWithoutWordsGivesAllInTheirOrder(t *testing.T) {
	if got, want := ids(law.Search("  .,")), ids(law.Norms()); !slices.Equal(got, want) {
		t.Errorf("%d of %d", len(got), len(want))
	}
	if found := law.Search("dit woord bestaat nergens xyzzy"); len(found) != 0 {
		t.Errorf("found %v", ids(found))
	}
}

// One word more never finds more.
func TestAnotherWordNarrows(t *testing.T) {
	var all []string
	for _, n := range law.Norms() {
		all = append(all, strings.Fields(n.Dutch)...)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SampledFrom(all).Draw(t, "a"), rapid.SampledFrom(all).Draw(t, "b")
		if strings.Trim(a, ".,:;?()“”") == "" || strings.Trim(b, ".,:;?()“”") == "" {
			return
		}
		wide, narrow := ids(law.Search(a)), ids(law.Search(a+" "+b))
		for _, id := range narrow {
			if !slices.Contains(wide, id) {
				t.Fatalf("%q %q finds %s, %q alone does not", a, b, id, a)
			}
		}
	})
}

func TestFiltersNarrow(t *testing.T) {
	for _, n := range law.Norms() {
		if f := (law.Filter{Kind: "duty", Bearer: "provider"}); f.Keeps(n) != (n.Kind == "duty" && slices.Contains(n.Bearers, "provider")) {
			t.Errorf("%s: kind %s of %v", n.ID, n.Kind, n.Bearers)
		}
		if f := (law.Filter{Issue: true}); f.Keeps(n) != (n.Issue != "") {
			t.Errorf("%s: issue %q", n.ID, n.Issue)
		}
		if f := (law.Filter{Within: "bfd:1"}); f.Keeps(n) != (n.ID == "bfd:1" || strings.HasPrefix(string(n.ID), "bfd:1:")) {
			t.Errorf("%s is not of article 1, or is", n.ID)
		}
	}
	n, _ := law.Find("bfd:12:1")
	if !slices.Equal(n.Tariffs(), []string{"2", "2a"}) {
		t.Errorf("12(1) stands twice in the table, with %v", n.Tariffs())
	}
}

func applies(t *testing.T, f law.Firm, id ident.Norm) (bool, string) {
	t.Helper()
	n, ok := law.Find(id)
	if !ok {
		t.Fatalf("no norm %s", id)
	}
	a := f.Apply([]law.Norm{n})[0]
	if a.Dutch() == "" || strings.Contains(a.Dutch(), "{") {
		t.Errorf("%s: %q", id, a.Dutch())
	}
	return a.Applies, a.Because
}

func TestWhichNormsAreAddressedToAFirm(t *testing.T) {
	insurer := law.Firm{Roles: []string{"insurer"}, Products: []string{"life"}}
	broker := law.Firm{Roles: []string{"intermediary", "adviser"}, Products: []string{"non_life"}}
	for _, tt := range []struct {
		name    string
		firm    law.Firm
		norm    ident.Norm
		applies bool
		because string
	}{
		{"a provider keeps its advice", insurer, "bfd:14:1", true, law.ByRole},
		{"an adviser's duty is not the insurer's", insurer, "bfd:14:2", false, law.NoSuchRole},
		{"but it is the adviser's", broker, "bfd:14:2", true, law.ByRole},
		{"a definition binds nobody, and reads for all", insurer, "bfd:1::a", true, law.ForEverybody},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if ok, why := applies(t, tt.firm, tt.norm); ok != tt.applies || why != tt.because {
				t.Errorf("%v because %s", ok, why)
			}
		})
	}
}

// To do more never frees a firm from a norm.
func TestAWiderFirmHasNoFewerNorms(t *testing.T) {
	all := law.Norms()
	rapid.Check(t, func(t *rapid.T) {
		small := law.Firm{
			Roles: rapid.SliceOfDistinct(rapid.SampledFrom(law.FirmRoles), rapid.ID).Draw(t, "roles"), Products: rapid.SliceOfDistinct(rapid.SampledFrom(law.FirmProducts), rapid.ID).Draw(t, "products"),
			Distance: rapid.Bool().Draw(t, "distance"), Calls: rapid.Bool().Draw(t, "calls"), Adverts: rapid.Bool().Draw(t, "adverts"),
		}
		large := small
		large.Roles = append(slices.Clone(small.Roles), rapid.SampledFrom(law.FirmRoles).Draw(t, "role"))
		large.Products = append(slices.Clone(small.Products), rapid.SampledFrom(law.FirmProducts).Draw(t, "product"))
		large.Distance, large.Calls, large.Adverts = true, true, true
		before, after := small.Apply(all), large.Apply(all)
		for i := range all {
			if before[i].Applies && !after[i].Applies {
				t.Fatalf("%s bound the smaller firm only", all[i].ID)
			}
		}
	})
}

func TestEveryCodeOfAFirmIsAWord(t *testing.T) {
	for _, c := range law.FirmRoles {
		if _, ok := law.Bearers.Find(c); !ok {
			t.Errorf("role %s has no word", c)
		}
	}
	for _, c := range law.FirmProducts {
		if _, ok := law.Products.Find(c); !ok {
			t.Errorf("product %s has no word", c)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	law.Search("x")
	for b.Loop() {
		law.Search("bewaren van gegevens consument")
	}
}
