package criteria_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/criteria"
)

func TestWhatNoContractOfTheDataMeetsIsNamed(t *testing.T) {
	text := small("", "aantal > 50 && kleur == 'rood' && 'jong' in kenmerken && bedrag >= euro(10)")
	p, err := criteria.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	seen := p.NewSeen()
	seen.Add(p, row(t, p, map[string]string{"aantal": "7", "kleur": "wit", "kenmerken": "ver", "bedrag": "10"}))
	seen.Add(p, row(t, p, map[string]string{"aantal": "50", "kleur": "blauw", "bedrag": "900"}))
	var got []string
	for _, f := range p.Analyse(criteria.Analysis{Seen: seen}) {
		if f.Code == "never-seen" || f.Code == "always-seen" {
			got = append(got, f.Code+" "+f.Text)
		}
	}
	want := []string{
		"never-seen In de gegevens voldoet geen contract aan aantal > 50: aantal loopt daar van 7 tot en met 50.",
		`never-seen In de gegevens voldoet geen contract aan kleur == "rood".`,
		`never-seen In de gegevens voldoet geen contract aan "jong" in kenmerken.`,
		"always-seen In de gegevens voldoet elk contract waarvan de velden bekend zijn aan bedrag >= euro(10): bedrag loopt daar van € 10 tot en met € 900.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestNothingThatTheDataMeetIsCalledUnseen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := minuteSet(t)
		for i := range s.Rules {
			s.Rules[i].From = nil
		}
		p := compiled(t, s)
		seen := p.NewSeen()
		met := map[string]bool{}
		for range rapid.IntRange(1, 6).Draw(t, "contracts") {
			r := partly(t, p)
			seen.Add(p, r)
			for _, o := range p.Decide(someDay, r).Rules {
				for _, step := range o.Steps {
					if step.Truth == criteria.Yes {
						met[step.Text] = true
					}
				}
			}
		}
		for _, f := range p.Analyse(criteria.Analysis{Seen: seen}) {
			for text := range met {
				if f.Code == "never-seen" && (strings.HasSuffix(f.Text, " aan "+text+".") || strings.Contains(f.Text, " aan "+text+": ")) {
					t.Fatalf("%s, but a contract meets it", f.Text)
				}
			}
		}
	})
}
