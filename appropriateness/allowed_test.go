package appropriateness

import (
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAttemptAllowed(t *testing.T) {
	retakes := Retake{Allow: CoolingOff, CoolingHours: 48, AtMost: 1, WithinDays: 30, NewFamilies: 50}
	failed := func(at time.Time) Earlier { return Earlier{"a", at, NotAppropriate, 90} }
	passed := func(at time.Time) Earlier { return Earlier{"a", at, Appropriate, 90} }
	left := func(at time.Time) Earlier { return Earlier{"a", at, "", 90} }
	day := 24 * time.Hour
	for _, c := range []struct {
		name    string
		retake  Retake
		earlier []Earlier
		now     time.Time
		allowed bool
		code    string
	}{
		{"nothing before", Retake{Allow: Never}, nil, noon, true, "first_attempt"},
		{"failed, no retakes", Retake{Allow: Never}, []Earlier{failed(noon)}, noon.AddDate(1, 0, 0), false, "never"},
		{"left, no retakes", Retake{Allow: Never}, []Earlier{left(noon)}, noon.AddDate(1, 0, 0), false, "never"},
		{"could not be judged, no retakes", Retake{Allow: Never}, []Earlier{{"a", noon, CannotBeJudged, 90}}, noon.AddDate(1, 0, 0), false, "never"},
		{"passed and still valid", Retake{Allow: Never}, []Earlier{passed(noon)}, noon.AddDate(0, 0, 90).Add(-time.Millisecond), false, "still_valid"},
		{"passed, the validity is over", Retake{Allow: Never}, []Earlier{passed(noon)}, noon.AddDate(0, 0, 90), true, "no_longer_valid"},
		{"passed on a test whose passes hold for a week", Retake{Allow: Never}, []Earlier{{"a", noon, Appropriate, 7}}, noon.AddDate(0, 0, 7), true, "no_longer_valid"},
		{"failed, a millisecond before the cooling-off ends", retakes, []Earlier{failed(noon)}, noon.Add(2*day - time.Millisecond), false, "cooling_off"},
		{"failed, the cooling-off has ended", retakes, []Earlier{failed(noon)}, noon.Add(2 * day), true, "retake_different"},
		{"failed twice within the period", retakes, []Earlier{failed(noon), failed(noon.Add(3 * day))}, noon.Add(10 * day), false, "at_most"},
		{"failed twice, the retake lies before the period", retakes, []Earlier{failed(noon), failed(noon.Add(3 * day))}, noon.Add(34 * day), true, "retake_different"},
		{"a first attempt after a pass was no retake", retakes, []Earlier{passed(noon), failed(noon.Add(91 * day))}, noon.Add(94 * day), true, "retake_different"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := AttemptAllowed1.Ask(AllowedIn{Retake: c.retake, Earlier: c.earlier, Now: c.now})
			if got.Allowed != c.allowed || got.Because[0].Code != c.code {
				t.Errorf("allowed %v because %s, want %v because %s", got.Allowed, got.Because[0].Code, c.allowed, c.code)
			}
		})
	}
}

func TestWhoWaitsUntilTheMomentNamedIsAllowed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := AllowedIn{
			Retake:  Retake{Allow: CoolingOff, CoolingHours: rapid.IntRange(1, 500).Draw(t, "hours"), AtMost: 3, WithinDays: 365},
			Earlier: []Earlier{{"a", noon, rapid.SampledFrom([]Outcome{Appropriate, NotAppropriate, CannotBeJudged, ""}).Draw(t, "outcome"), rapid.IntRange(1, 400).Draw(t, "valid")}},
			Now:     noon.Add(time.Duration(rapid.Int64Range(0, int64(300*24*time.Hour)).Draw(t, "later"))),
		}
		got := AttemptAllowed1.Ask(in)
		if got.Allowed {
			return
		}
		in.Now = *got.From
		if again := AttemptAllowed1.Ask(in); !again.Allowed {
			t.Fatalf("refused until %v because %s, and refused then because %s", in.Now, got.Because[0].Code, again.Because[0].Code)
		}
	})
}

// The AFM page (afm:ket:retake) and its reading: every retake is undesirable, and
// its form acceptable with a different test or a cooling-off.
func TestRetakePolicy(t *testing.T) {
	yes, no := true, false
	for _, c := range []struct {
		name string
		in   RetakeIn
		afm  string
	}{
		{"none offered", RetakeIn{Retake: &no}, "in_line"},
		{"the same test at once", RetakeIn{Retake: &yes, SubstantiallyDifferent: &no, CoolingOff: &no}, "not_in_line"},
		{"nothing said of the form", RetakeIn{Retake: &yes}, "not_in_line"},
		{"another test at once", RetakeIn{Retake: &yes, SubstantiallyDifferent: &yes, CoolingOff: &no}, "undesirable_form_acceptable"},
		{"the same test after a wait", RetakeIn{Retake: &yes, SubstantiallyDifferent: &no, CoolingOff: &yes}, "undesirable_form_acceptable"},
		{"another test after a wait", RetakeIn{Retake: &yes, SubstantiallyDifferent: &yes, CoolingOff: &yes}, "undesirable_form_acceptable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := RetakePolicy.Ask(c.in); got.AFM != c.afm || got.Legal != "allowed" {
				t.Errorf("retake = %s, %s; want allowed, %s", got.Legal, got.AFM, c.afm)
			}
		})
	}
}

func TestARetakeShowsNothingSeenBefore(t *testing.T) {
	test := proef(t)
	rapid.Check(t, func(t *rapid.T) {
		dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 5))
		one, err := test.Draw(dice, Seen{})
		if err != nil {
			t.Fatal(err)
		}
		seen := Seen{NewFamilies: rapid.IntRange(0, 100).Draw(t, "percent")}
		seen.Add(test, one)
		two, err := test.Draw(dice, seen)
		if err != nil {
			t.Fatal(err)
		}
		for _, asked := range two {
			q, _ := test.Question(asked.Question)
			if q.Fixed == NotFixed && seen.Questions[q.ID] {
				t.Fatalf("question %s was seen before", q.ID)
			}
		}
	})
}

func TestASharedScenarioCountsAsSeen(t *testing.T) {
	q := func(id, family, scenario string) Question {
		return Question{ID: QuestionID(id), Family: family, Scenario: scenario, Element: Product, Options: []Option{{ID: "a"}}}
	}
	test := Test{Blueprint: Blueprint{Questions: 1, Elements: map[Element]int{Product: 1}}, Questions: []Question{q("een", "f-een", "Sam leent."), q("twee", "f-twee", "Sam leent."), q("drie", "f-drie", "Noor koopt.")}}
	var seen Seen
	seen.Add(test, Form{{"een", nil}})
	for seed := range uint64(20) {
		form, err := test.Draw(rand.New(rand.NewPCG(seed, 1)), seen)
		if err != nil || form[0].Question != "drie" {
			t.Fatalf("the second form asks %v (%v), want drie", form, err)
		}
	}
}
