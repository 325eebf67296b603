package law_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/law"
	"zorgplicht/rule/ruletest"
)

func TestATermEndsOnTheSameDayNumberClipped(t *testing.T) {
	for _, c := range []struct {
		name, from string
		months     int
		through    string
	}{
		{"one year", "2006-03-15", 12, "2007-03-15"},
		{"five years from a leap day", "2004-02-29", 60, "2009-02-28"},
		{"four years from a leap day to a leap day", "2004-02-29", 48, "2008-02-29"},
		{"all months are added before clipping", "2006-01-31", 13, "2007-02-28"},
		{"three years from the end of February", "2005-02-28", 36, "2008-02-28"},
		{"into the last day of the calendar there is no end", "9998-12-31", 12, ""},
		{"beyond the calendar there is none either", "9999-06-01", 12, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := law.KeptFor(calendar.MustParse(c.from), c.months)
			if k.Last().String() != c.through || k.Through.Null != (c.through == "") || !k.Required {
				t.Errorf("got %+v", k)
			}
		})
	}
}

func TestTheDayAfterTheLastIsTheFirstThatIsAllowed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := law.KeptFor(ruletest.Day(t, "from"), rapid.IntRange(1, 80).Draw(t, "months"))
		if !k.Forbids(k.Last()) || k.Forbids(*k.EarliestDeletion) || !law.KeptOpen().Forbids(*k.EarliestDeletion) || (law.Keeping{}).Forbids(k.Last()) {
			t.Fatalf("got %+v", k)
		}
	})
}

func TestABreachIsInTheOrderOfTheDecreeWithTheTariffOfTheFirst(t *testing.T) {
	for _, c := range []struct {
		name     string
		violated []ident.Norm
		want     string
	}{
		{"none", nil, `{"compliant":true}`},
		{"two, each once", []ident.Norm{"bfd:12:2:b", "bfd:5:3", "bfd:5:3"}, `{"compliant":false,"tariff":"2","violated":["bfd:5:3","bfd:12:2:b"]}`},
		{"one without a tariff", []ident.Norm{"bfd:23:1"}, `{"compliant":false,"violated":["bfd:23:1"]}`},
		{"the first has no tariff", []ident.Norm{"bfd:26:1", "bfd:23:1"}, `{"compliant":false,"violated":["bfd:23:1","bfd:26:1"]}`},
		{"2a is not 2", []ident.Norm{"bfd:13::b", "bfd:13::a"}, `{"compliant":false,"tariff":"2a","violated":["bfd:13::a","bfd:13::b"]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(canon.Must(law.Held(c.violated...))); got != c.want {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestAMessageWithoutDelayIsOneOfTheSameDay(t *testing.T) {
	due, next := calendar.MustParse("2006-05-10"), calendar.MustParse("2006-05-11")
	for _, c := range []struct {
		name string
		told canon.Opt[calendar.Date]
		asOf *calendar.Date
		want bool
	}{
		{"the same day", canon.Some(due), nil, false},
		{"a day later", canon.Some(next), nil, true},
		{"not at all", canon.Null[calendar.Date](), nil, true},
		{"not yet, on the day", canon.Null[calendar.Date](), &due, false},
		{"not yet, a day later", canon.Null[calendar.Date](), &next, true},
		{"not given is taken as met", canon.Opt[calendar.Date]{}, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := law.Overdue(due, c.told, c.asOf); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
