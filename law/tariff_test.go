package law_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/ident"
	"zorgplicht/law"
)

func TestABreachHasTheTariffOfItsRow(t *testing.T) {
	for _, c := range []struct {
		name, provision, tariff string
	}{
		{"a lid", "bfd:5:3", "2"},
		{"2a is not 2", "bfd:6:1", "2a"},
		{"an article without leden", "bfd:7", "2a"},
		{"an onderdeel has the tariff of its lid", "bfd:28:10:a", "3"},
		{"an onderdeel of an article without leden", "bfd:13::a", "2a"},
		{"both sentences of article 11 have a row, both 2a", "bfd:11", "2a"},
		{"12(1) stands twice: the row where it belongs", "bfd:12:1", "2"},
		{"an onderdeel of 12(1)", "bfd:12:1:b", "2"},
		{"14(4) is an exception with a tariff", "bfd:14:4", "2a"},
		{"an article whose leden are listed", "bfd:28", "3"},
		{"69(2) applies 69(1)", "bfd:69:2:c", "2"},
		{"69(3) applies 69(1)", "bfd:69:3:b", "2"},
		{"45(2) applies article 33", "bfd:45:2", "3"},
		{"44(4) has a tariff", "bfd:44:4:b", "3"},
		{"44(1) has none", "bfd:44:1", ""},
		{"44(2) has none", "bfd:44:2", ""},
		{"44(3) has none", "bfd:44:3", ""},
		{"35(4) has none", "bfd:35:4", ""},
		{"36(7) has one, with the same content", "bfd:36:7", "3"},
		{"64(2) has none", "bfd:64:2:a", ""},
		{"28(13) has none", "bfd:28:13", ""},
		{"31(2) has none", "bfd:31:2", ""},
		{"5(1) has none, beside 5(3)", "bfd:5:1:a", ""},
		{"48(3) has none", "bfd:48:3", ""},
		{"article 1 has none", "bfd:1::d:3", ""},
		{"article 3 is not article 30", "bfd:3", ""},
		{"the AFM page has none", "afm:ket:retake", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := law.Tariff(ident.Norm(c.provision))
			if got != c.tariff || ok != (c.tariff != "") {
				t.Errorf("got %q, %v", got, ok)
			}
		})
	}
}

func TestTheTableIsWhole(t *testing.T) {
	count, twice := map[string]int{}, map[ident.Norm]int{}
	for _, r := range law.TariffTable() {
		count[r.Tariff]++
		twice[r.Provision]++
	}
	if len(law.TariffTable()) != 97 || count["2"] != 6 || count["2a"] != 35 || count["3"] != 56 {
		t.Errorf("%d rows: %v", len(law.TariffTable()), count)
	}
	for provision, n := range twice {
		if want := map[ident.Norm]int{"bfd:11": 2, "bfd:12:1": 2}[provision]; n != max(1, want) {
			t.Errorf("%s stands %d times", provision, n)
		}
	}
}

func TestTheTariffIsThatOfTheFirstInTheDecree(t *testing.T) {
	for _, c := range []struct {
		name     string
		violated []ident.Norm
		tariff   string
	}{
		{"nothing violated", nil, ""},
		{"9 comes before 10", []ident.Norm{"bfd:10::c", "bfd:9"}, "2"},
		{"a lid before the next", []ident.Norm{"bfd:26:2", "bfd:26:1"}, "3"},
		{"the first has no tariff", []ident.Norm{"bfd:49:1", "bfd:44:1"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := law.TariffOf(c.violated); got != c.tariff || ok != (c.tariff != "") {
				t.Errorf("got %q, %v", got, ok)
			}
		})
	}
}

func TestThePlaceInTheDecreeIsAnOrder(t *testing.T) {
	inOrder := []ident.Norm{"bfd:1::d", "bfd:1::d:3", "bfd:1::e", "bfd:1::z", "bfd:1::aa", "bfd:2", "bfd:9", "bfd:13::a", "bfd:14:1", "bfd:28:2:a", "bfd:28:2:b:1", "bfd:28:10:a"}
	rapid.Check(t, func(t *rapid.T) {
		i, j := rapid.IntRange(0, len(inOrder)-1).Draw(t, "i"), rapid.IntRange(0, len(inOrder)-1).Draw(t, "j")
		if got := law.InDecree(inOrder[i], inOrder[j]); (got < 0) != (i < j) || (got > 0) != (i > j) {
			t.Fatalf("%s and %s: %d", inOrder[i], inOrder[j], got)
		}
	})
}
