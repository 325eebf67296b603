package appropriateness

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// BankProducts lists the products that a question of the bank may be about: those
// for which the AFM page asks a test.
var BankProducts = []string{
	"mortgage", "individual_disability_insurance", "payment_protection", "investment_object",
	"investment_linked_insurance", "second_pillar_pension_insurance", "complex_product",
}

// BankLanguages lists the languages in which a question of the bank is written.
var BankLanguages = []string{"nl", "en"}

// The longest texts of a question, in characters. What is longer is no question.
const (
	MaxScenario = 1200
	MaxAsked    = 600
	MaxOption   = 400
	MaxReason   = 1000
	MaxSource   = 400
	MaxNote     = 1000
	MaxWord     = 80 // an id, a family
	MaxOptions  = 6
)

// CheckDraft returns what keeps the content from being kept even as a draft: the
// words of a field of choice, lengths, and a citizen service number. A draft may
// be incomplete.
func (c BankContent) CheckDraft() []fault.Detail {
	k := &checker{}
	q := c.Question
	k.must(c.Format == BankFormat, "/format", "invalid-value", "Schrijf hier "+BankFormat+".")
	k.must(kebab.MatchString(string(q.ID)) && len(q.ID) <= MaxWord, "/id", "invalid-value", kebabText)
	k.oneOf("/product", c.Product, BankProducts...)
	k.oneOf("/language", c.Language, BankLanguages...)
	k.choice("/element", string(q.Element), elementNames()...)
	k.choice("/kind", q.Kind, "substantive", "self_report")
	k.choice("/side", q.Side, "upside", "downside", "neutral")
	k.choice("/fixed", string(q.Fixed), string(NeedAdvice), string(UnderstandsTerms))
	k.between("/weight", q.Weight, 0, 10)
	k.must(len(q.Options) <= MaxOptions, "/options", "invalid-value", fmt.Sprintf("Geef niet meer dan %d antwoorden.", MaxOptions))
	c.eachText(func(at, s string, most int) { k.plainText(at, s, most) })
	return k.faults
}

// Check returns everything that keeps the content from being offered for review:
// what CheckDraft says, and what a question of a test must have.
func (c BankContent) Check() []fault.Detail {
	k := &checker{faults: c.CheckDraft()}
	q := c.Question
	k.must(strings.TrimSpace(q.Text) != "", "/text", "missing", "Vul de vraag in.")
	k.must(strings.TrimSpace(q.Source) != "", "/source", "missing", "Noem de bron van het feit waar de vraag op rust.")
	k.must(q.Element == "" || q.Element != TargetGroup || q.Fixed == NotFixed, "/element", "invalid-value", "Een vaste vraag hoort bij kennis, niet bij de doelgroep.")
	if q.Element == TargetGroup {
		k.targetGroup("", q)
	} else {
		k.question("", q)
	}
	for i, o := range q.Options {
		k.must(strings.TrimSpace(o.Text) != "", fmt.Sprintf("/options/%d/text", i), "missing", "Vul dit antwoord in, of haal het weg.")
	}
	return once(k.faults)
}

// targetGroup asks of a criterion of the target group what it needs: two answers
// may do, for the client is inside or outside.
func (c *checker) targetGroup(at string, q Question) {
	c.must(kebab.MatchString(q.Family), at+"/family", "invalid-value", kebabText)
	c.oneOf(at+"/kind", q.Kind, "substantive", "self_report")
	c.oneOf(at+"/side", q.Side, "upside", "downside", "neutral")
	c.between(at+"/weight", q.Weight, 0, 10)
	c.must(q.Right != "", at+"/right_because", "missing-reason", "Schrijf op waarom dit antwoord bij de doelgroep past.")
	c.must(len(q.Options) >= 2, at+"/options", "too-few-options", "Geef minstens twee antwoorden.")
	c.options(at, q)
}

func (c *checker) choice(at, value string, known ...string) {
	if value != "" {
		c.oneOf(at, value, known...)
	}
}

func (c *checker) plainText(at, s string, most int) {
	c.must(utf8.RuneCountInString(s) <= most, at, "too-long", fmt.Sprintf("Gebruik hoogstens %d tekens.", most))
	c.must(utf8.ValidString(s) && !strings.ContainsFunc(s, unprintable), at, "invalid-value", "Hier staat een teken dat niet te lezen is. Typ de tekst opnieuw.")
	c.must(!text.HoldsBSN(s), at, "bsn", "Hier staat wat op een burgerservicenummer lijkt. Dat mag niet worden bewaard: haal het weg.")
}

func unprintable(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == utf8.RuneError
}

// eachText shows every free text of the content, with its pointer and the most
// characters it may have.
func (c BankContent) eachText(show func(at, s string, most int)) {
	q := c.Question
	show("/family", q.Family, MaxWord)
	show("/source", q.Source, MaxSource)
	show("/scenario", q.Scenario, MaxScenario)
	show("/text", q.Text, MaxAsked)
	show("/right_because", q.Right, MaxReason)
	for i, o := range q.Options {
		at := fmt.Sprintf("/options/%d", i)
		show(at+"/id", string(o.ID), MaxWord)
		show(at+"/text", o.Text, MaxOption)
		show(at+"/wrong_because", o.Wrong, MaxReason)
	}
}

func elementNames() []string {
	names := make([]string, len(BankElements))
	for i, e := range BankElements {
		names[i] = string(e)
	}
	return names
}

// once keeps the first fault of each place: who mends that sees the next.
func once(all []fault.Detail) []fault.Detail {
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(d fault.Detail) bool {
		again := seen[d.Pointer]
		seen[d.Pointer] = true
		return again
	})
}
