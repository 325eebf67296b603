package appropriateness

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
)

func TestPlainName(t *testing.T) {
	for _, c := range []struct{ says, one, other string }{
		{"case makes no difference", "Jansen", "JANSEN"},
		{"nor do accents", "Müller-Lefèvre", "Muller Lefevre"},
		{"nor accents that were put down apart", "Gonza\u0301lez", "González"},
		{"nor spaces and signs", " O'Brien ", "Obrien"},
		{"nor the prefix before the name", "van der Berg", "Berg"},
		{"nor the prefix behind it", "Berg, van der", "Van Der Berg"},
		{"nor a prefix with an apostrophe", "'t Hooft", "Hooft"},
		{"nor a French one", "d’Hondt", "Hondt"},
		{"nor a prefix in a double name", "Jansen-de Vries", "Jansen Vries"},
		{"the letter ĳ is two letters", "Dĳkstra", "Dijkstra"},
		{"letters of neighbours are the plain ones", "Sørensen Łukasz Weiß", "Sorensen Lukasz Weiss"},
	} {
		t.Run(c.says, func(t *testing.T) {
			if a, b := plainName(c.one), plainName(c.other); a != b || a == "" {
				t.Errorf("%q and %q become %q and %q", c.one, c.other, a, b)
			}
		})
	}
	t.Run("other names stay other", func(t *testing.T) {
		if plainName("Jansen") == plainName("Janssen") || plainName("de") == "" || plainName("de") == plainName("van") {
			t.Error("they do not")
		}
	})
	t.Run("plain is plain already", rapid.MakeCheck(func(t *rapid.T) {
		once := plainName(rapid.String().Draw(t, "name"))
		if plainName(once) != once && !prefixes[once] {
			t.Errorf("%q becomes %q", once, plainName(once))
		}
	}))
}

func TestIdentityCheck(t *testing.T) {
	today := calendar.MustParse("2026-11-23")
	good := Identity{"de Vries", "1985-03-09", "1234 ab"}
	if bad := good.Check("/client", today); bad != nil {
		t.Errorf("a good one is refused: %v", bad)
	}
	if good.text() != (Identity{"Vries", "1985-03-09", "1234AB"}).text() {
		t.Error("a space makes another client")
	}
	for _, c := range []struct {
		says string
		id   Identity
		at   string
	}{
		{"all that is missing at once", Identity{}, "/client/familyName /client/birthDate /client/postcode"},
		{"a name without letters", Identity{"123", good.BirthDate, good.Postcode}, "/client/familyName"},
		{"a name that never ends", Identity{strings.Repeat("a", 101), good.BirthDate, good.Postcode}, "/client/familyName"},
		{"a day that is none", Identity{good.FamilyName, "1985-02-30", good.Postcode}, "/client/birthDate"},
		{"a day to come", Identity{good.FamilyName, "2026-11-24", good.Postcode}, "/client/birthDate"},
		{"a person of 130", Identity{good.FamilyName, "1896-01-01", good.Postcode}, "/client/birthDate"},
		{"half a postcode", Identity{good.FamilyName, good.BirthDate, "12"}, "/client/postcode"},
	} {
		t.Run(c.says, func(t *testing.T) {
			var at []string
			for _, d := range c.id.Check("/client", today) {
				at = append(at, d.Pointer)
				for _, v := range []string{c.id.FamilyName, c.id.BirthDate, c.id.Postcode} {
					if v != "" && v != "12" && strings.Contains(d.Text, v) {
						t.Errorf("the fault repeats %q", v)
					}
				}
			}
			if strings.Join(at, " ") != c.at {
				t.Errorf("got %v", at)
			}
		})
	}
}
