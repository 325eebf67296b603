package competence_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/competence"
	"zorgplicht/rule/ruletest"
)

func TestAnnex11IsWhole(t *testing.T) {
	sections, annexes := map[string]int{}, map[string][]int{}
	for _, r := range competence.Rows() {
		sections[r.Section]++
		annexes[r.Section] = r.Annexes
		if r.Annexes[0] != 1 || (r.Condition != 0) != (r.Institution == "SEH") {
			t.Errorf("%s (%s) counts for %v", r.Diploma, r.Section, r.Annexes)
		}
	}
	want := map[string]int{"general": 8, "consumer_credit": 6, "mortgage_credit": 5, "investing_b": 2, "investing_a": 5, "agent": 1, "non_life": 6, "life": 9}
	for s, n := range want {
		if sections[s] != n {
			t.Errorf("%s has %d rows, want %d", s, sections[s], n)
		}
	}
	for s, last := range map[string]int{"consumer_credit": 3, "mortgage_credit": 2, "investing_b": 7, "investing_a": 6, "agent": 8, "non_life": 4, "life": 5} {
		if !slices.Contains(annexes[s], last) {
			t.Errorf("%s counts for %v", s, annexes[s])
		}
	}
	if len(competence.Rows()) != 42 {
		t.Errorf("%d rows", len(competence.Rows()))
	}
}

// TestEveryRowCoversItsAnnexes asks each row as it is printed, on a day on which
// no condition is left open.
func TestEveryRowCoversItsAnnexes(t *testing.T) {
	work := map[string]string{
		"consumer_credit": "consumer_credit", "mortgage_credit": "mortgage_credit", "investing_b": "investing_b",
		"investing_a": "investing_a", "non_life": "non_life", "life": "life", "general": "savings", "agent": "savings",
	}
	for _, r := range competence.Rows() {
		in := competence.PersonIn{
			AsOf: day("2007-12-01"), Commencement: day("2006-01-01"), Annex6: day("2007-10-01"),
			Activities: []competence.Activity{{Product: work[r.Section]}},
			Diplomas:   []competence.Diploma{{Name: r.Diploma, Institution: r.Institution, Date: day("2004-04-04")}},
		}
		if r.Section == "agent" {
			in.Role = new("authorised_agent")
		}
		if out := competence.CompetencePerson.Ask(in); out.Result != "competent" {
			t.Errorf("%s (%s): lacks %v", r.Diploma, r.Section, out.Missing)
		}
	}
}

func day(s string) *calendar.Date { return new(calendar.MustParse(s)) }

func date(lo, hi string) *rapid.Generator[*calendar.Date] {
	first := calendar.MustParse(lo)
	return rapid.Custom(func(t *rapid.T) *calendar.Date {
		return new(first.AddDays(rapid.IntRange(0, first.DaysUntil(calendar.MustParse(hi))).Draw(t, "day")))
	})
}

var someDiploma = rapid.Custom(func(t *rapid.T) competence.Diploma {
	r := rapid.SampledFrom(competence.Rows()).Draw(t, "row")
	name := rapid.SampledFrom([]string{r.Diploma, "Hypotheekadviseur", "FFP diploma", "FFP PE", "A-Brand", "A-Leven", "Assurantiebemiddeling A", "Gevolmachtigde Agent", "IFAP1", "IFAP2"}).Draw(t, "name")
	d := competence.Diploma{Name: name, Date: date("1995-01-01", "2009-01-01").Draw(t, "date")}
	if rapid.Bool().Draw(t, "with institution") {
		d.Institution = r.Institution
	}
	if rapid.IntRange(0, 5).Draw(t, "kind") == 0 {
		d = competence.Diploma{Annexes: rapid.SliceOfN(rapid.IntRange(1, 8), 1, 3).Draw(t, "annexes"), Date: d.Date}
	}
	return d
})

func somebody(t *rapid.T) competence.PersonIn {
	product := rapid.SampledFrom([]string{"mortgage_credit", "consumer_credit", "non_life", "life", "investing_a", "investing_b", "building", "term_life", "savings"})
	in := competence.PersonIn{
		AsOf:         date("2006-01-01", "2010-01-01").Draw(t, "as of"),
		Commencement: date("2006-01-01", "2006-12-01").Draw(t, "commencement"),
		Diplomas:     rapid.SliceOfN(someDiploma, 0, 6).Draw(t, "diplomas"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "activities") {
		a := competence.Activity{Product: product.Draw(t, "product")}
		if rapid.Bool().Draw(t, "linked") {
			a.Linked = []string{product.Draw(t, "with")}
		}
		in.Activities = append(in.Activities, a)
	}
	if rapid.Bool().Draw(t, "annex 6") {
		in.Annex6 = date("2006-01-01", "2010-01-01").Draw(t, "met")
	}
	if rapid.Bool().Draw(t, "experience") {
		in.Periods = []competence.Period{{From: *date("1999-01-01", "2005-01-01").Draw(t, "from")}}
	}
	if rapid.Bool().Draw(t, "education") {
		e := competence.Education{Published: *date("2006-01-01", "2008-01-01").Draw(t, "published")}
		if rapid.Bool().Draw(t, "met") {
			e.Met = date("2006-01-01", "2010-01-01").Draw(t, "met on")
		}
		in.Education = []competence.Education{e}
	}
	return in
}

func TestTheOrderOfDiplomasDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := somebody(t)
		before := competence.CompetencePerson.Ask(in)
		in.Diplomas = rapid.Permutation(in.Diplomas).Draw(t, "order")
		after := competence.CompetencePerson.Ask(in)
		if before.Result != after.Result || !slices.Equal(before.Missing, after.Missing) || !slices.Equal(before.Required, after.Required) {
			t.Fatalf("%+v and %+v", before, after)
		}
		ruletest.Explained(t, before.Reasons())
	})
}

func TestADiplomaMoreNeverCoversLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := somebody(t)
		before := competence.CompetencePerson.Ask(in)
		in.Diplomas = append(slices.Clone(in.Diplomas), someDiploma.Draw(t, "more"))
		after := competence.CompetencePerson.Ask(in)
		for _, a := range after.Missing {
			if !slices.Contains(before.Missing, a) {
				t.Fatalf("annex %d was covered: %+v and %+v", a, before, after)
			}
		}
	})
}

func TestMoreWorkNeverAsksLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := somebody(t)
		before := competence.CompetencePerson.Ask(in)
		in.Activities = append(slices.Clone(in.Activities), competence.Activity{Product: "investing_b"})
		after := competence.CompetencePerson.Ask(in)
		for _, a := range before.Required {
			if !slices.Contains(after.Required, a) {
				t.Fatalf("annex %d is no longer asked: %+v and %+v", a, before, after)
			}
		}
		if before.Result == "competent" && len(before.Missing) > 0 || !slices.Contains(after.Required, 7) {
			t.Fatalf("%+v and %+v", before, after)
		}
	})
}

func TestADecisionOnAPersonReplays(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		_, d := competence.CompetencePerson.Decide(somebody(t))
		ruletest.Replays(t, r, d)
	})
}
