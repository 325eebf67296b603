package appropriateness

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A Design (ontwerp) is what an author decides of a test: for which product it is,
// how a form is drawn, where the cuts lie and why, what follows. The questions are
// those of the firm's bank. The JSON names are those of the encoding
// appropriateness.design_written/1 and are frozen.
type Design struct {
	ID        string       `json:"id"` // of the test, the same in all its versions
	Title     string       `json:"title"`
	Product   string       `json:"product"`
	Language  string       `json:"language"`
	Purpose   string       `json:"purpose"`
	Minutes   int          `json:"minutes"`
	Author    string       `json:"author"`
	Blueprint Blueprint    `json:"form"`
	Scoring   Cut          `json:"scoring"`
	Policy    Policy       `json:"policy"`
	Questions []QuestionID `json:"questions"` // chosen from the bank; empty: all that are active
}

// A Draft is a design as it is kept: the last words, whose they are, and whether
// publication was asked of them.
type Draft struct {
	Design   Design    `json:"design"`
	Revision int       `json:"revision"` // how often it was written, from 1
	Editor   string    `json:"editor"`   // actor, as the journal keeps it
	Edited   time.Time `json:"edited"`
	Asked    *Request  `json:"asked,omitempty"` // nil when nobody waits
}

// A Request asks that a draft be put to use, exactly as it was sealed.
type Request struct {
	By   string     `json:"by"`
	At   time.Time  `json:"at"`
	Test ident.Hash `json:"test"`
	Note string     `json:"note"` // for who looks at it
}

// NewDesign is where an author begins: a blueprint that meets the page, a cut, and
// the policy that the AFM finds right.
func NewDesign(id, product string) Design {
	return Design{
		ID: id, Product: product, Language: "nl", Minutes: 20,
		Blueprint: Blueprint{
			Questions: 15, Substantive: 75, Downside: 25, Upside: 5,
			Elements: map[Element]int{Product: 3, ProductRisks: 3, ServiceRisks: 2, OwnFinances: 2, NeedForAdvice: 2, ExperienceProduct: 1, ExperienceEO: 2},
		},
		Scoring: Cut{Percent: 70, Knowledge: 70}, Policy: Policy{AfterFail: Stop, Retake: Retake{Allow: Never}, OpenHours: 24, LinkDays: 14, ValidDays: 90},
		Questions: []QuestionID{},
	}
}

// Compose makes the test of the design from the questions that are active: the
// chosen ones, or all, and the two fixed ones always. The second result names what
// was chosen and is not active. Their order says nothing, so that the same choice
// has the same seal.
func (d Design) Compose(active []Question) (Test, []QuestionID) {
	t := Test{
		Format: Format2, ID: d.ID, Title: d.Title, Product: d.Product, Service: "execution_only", Language: d.Language,
		Purpose: d.Purpose, Minutes: d.Minutes, Author: d.Author, Blueprint: d.Blueprint, Scoring: d.Scoring, Policy: d.Policy,
	}
	chosen := map[QuestionID]bool{}
	for _, id := range d.Questions {
		chosen[id] = true
	}
	for _, q := range active {
		if q.Element == TargetGroup && d.Policy.Outside != "" && (len(d.Questions) == 0 || chosen[q.ID]) {
			q.Weight = 0 // whom the product is for earns no points
			t.Format, t.Target = Format3, append(t.Target, q)
		}
		if elementIndex(q.Element) >= 0 && (len(d.Questions) == 0 || chosen[q.ID] || q.Fixed != NotFixed) {
			t.Questions = append(t.Questions, q)
		}
		delete(chosen, q.ID)
	}
	slices.SortFunc(t.Questions, func(a, b Question) int {
		return cmp.Or(elementIndex(a.Element)-elementIndex(b.Element), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(t.Target, func(a, b Question) int { return cmp.Compare(a.ID, b.ID) })
	return t, slices.Sorted(maps.Keys(chosen))
}

// The longest texts of a design, in characters.
const (
	longestLine = 200
	longestText = 4_000
)

// Check returns all that keeps a design from being kept, as one Invalid fault
// "invalid-design", or nil. A design may be unfinished; what a test lacks is said
// when publication is asked.
func (d Design) Check() error {
	c := &checker{}
	c.must(kebab.MatchString(d.ID) && len(d.ID) <= 80, "/id", "invalid-value", "Geef de toets een kenmerk van hooguit 80 tekens. "+kebabText)
	c.must(kebabOrSnake(d.Product), "/product", "invalid-value", "Noem het product in kleine letters met een laag streepje, zoals mortgage.")
	c.oneOf("/language", d.Language, "nl")
	for _, f := range []struct {
		at, text string
		most     int
	}{
		{"/title", d.Title, longestLine},
		{"/author", d.Author, longestLine},
		{"/purpose", d.Purpose, longestText},
		{"/scoring/reason", d.Scoring.Reason, longestText},
		{"/policy/after_fail_reason", d.Policy.WhyGoOn, longestText},
		{"/policy/outside_target_group_reason", d.Policy.WhyOutside, longestText},
	} {
		c.words(f.at, f.text, f.most)
	}
	c.between("/minutes", d.Minutes, 1, 120)
	c.between("/form/questions", d.Blueprint.Questions, 1, 40)
	for _, e := range slices.Sorted(maps.Keys(d.Blueprint.Elements)) {
		c.must(elementIndex(e) >= 0, "/form/elements", "invalid-value", "Noem alleen de zeven onderdelen.")
		c.between("/form/elements/"+string(e), d.Blueprint.Elements[e], 0, 40)
	}
	for _, e := range slices.Sorted(maps.Keys(d.Scoring.Elements)) {
		c.must(elementIndex(e) >= 0, "/scoring/elements", "invalid-value", "Noem alleen de zeven onderdelen.")
	}
	c.parts(Test{Format: Format2, Blueprint: d.Blueprint, Scoring: d.Scoring})
	c.between("/scoring/cut_percent", d.Scoring.Percent, 1, 100)
	c.oneOf("/policy/after_fail", d.Policy.AfterFail, Stop, GoOn)
	c.choice("/policy/outside_target_group", d.Policy.Outside, Stop, Warn)
	reasonless := d.Policy
	reasonless.WhyGoOn, reasonless.AfterFail = "", Stop
	c.policy(reasonless)
	c.must(len(d.Questions) <= 2_000, "/questions", "too-many", "Kies hooguit 2.000 vragen.")
	seen := map[QuestionID]bool{}
	for i, id := range d.Questions {
		c.must(kebab.MatchString(string(id)) && !seen[id], fmt.Sprintf("/questions/%d", i), "invalid-value", "Noem elke vraag één keer, met het kenmerk dat zij in de vragenbank heeft.")
		seen[id] = true
	}
	return fault.All("invalid-design", c.faults)
}

// words checks a free text: its length, that it can be read, and that it holds no
// citizen service number.
func (c *checker) words(at, s string, most int) {
	if !utf8.ValidString(s) {
		c.must(false, at, "invalid-value", "Deze tekst is niet leesbaar.")
		return
	}
	c.must(utf8.RuneCountInString(s) <= most, at, "too-long", fmt.Sprintf("Gebruik hooguit %d tekens.", most))
	c.must(!text.HoldsBSN(s), at, "bsn", "Dit lijkt een burgerservicenummer. Dat mag hier niet worden vastgelegd.")
}

func kebabOrSnake(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return s != "" && len(s) <= 80
}
