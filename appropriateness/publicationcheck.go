package appropriateness

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"zorgplicht/ident"
	"zorgplicht/rule"
)

// PublicationIn is what rule publication_check is given: the test as it would be
// sealed.
type PublicationIn struct {
	Test rule.Sealed[Test] `json:"test"`
}

// Open fetches the sealed test.
func (in *PublicationIn) Open(open rule.Opener) error { return in.Test.Open(open) }

// PublicationOut says whether the test may be put to use. The reasons name first
// all that keeps it from that, then all that the author should weigh; each list
// holds their codes in that order. The chances are told in parts of ten thousand.
type PublicationOut struct {
	rule.Why
	Publishable bool     `json:"publishable"`
	Refused     []string `json:"refused"`
	Advised     []string `json:"advised"`
	Guesser     int      `json:"guesser_per_10000"`
	Half        int      `json:"half_per_10000"`
}

// Refusals returns the reasons that keep the test from being put to use, Advice
// those that its author should weigh.
func (o PublicationOut) Refusals() []rule.Reason { return o.Because[:len(o.Refused)] }

// Advice returns the reasons that the author of the test should weigh.
func (o PublicationOut) Advice() []rule.Reason { return o.Because[len(o.Refused):] }

// From these parts of ten thousand on the author is warned that too many clients
// pass who guess, and who know half.
const (
	guessersMost = 100
	halvesMost   = 4_000
)

// PublicationCheck is the rule on what a test must meet before it is put to use.
var PublicationCheck = rule.New("publication_check", 1, []ident.Norm{
	"afm:ket:knowledge-items", "afm:ket:experience-items", "afm:ket:content", "afm:ket:selfreport", "afm:ket:wording", "afm:ket:weights",
	"afm:ket:knockout", "afm:ket:assess", "afm:ket:retake", "afm:ket:no-eo-after-fail", "afm:ket:proportional", "afm:ket:products", "wft:4:24:1", "bgfo:80e:2",
}, publicationCheck, rule.Texts(publicationTexts))

var publicationTexts = map[string]string{
	"element_missing":        "De toets vraagt niet naar {element}. Neem er ten minste één vraag over op.",
	"element_short":          "Over {element} wilt u {asked} vragen stellen, maar er zijn maar {families} families met een vraag daarover. Neem meer vragen op, of vraag er minder.",
	"form_size":              "Een vragenlijst van {questions} vragen past niet bij de aard, de complexiteit en de risico’s van deze producten. Neem 10 tot en met 40 vragen.",
	"form_sum":               "De aantallen per onderdeel zijn samen {sum}, terwijl een vragenlijst {questions} vragen telt. Maak die twee gelijk.",
	"no_form":                "Met deze vragen is geen vragenlijst te maken die aan alle aantallen en aandelen voldoet. Neem meer vragen op, of pas de aantallen of aandelen aan.",
	"supply_unproven":        "Het is niet vast te stellen of er met deze vragen altijd een vragenlijst te maken is. Neem meer vragen op, of vraag lagere aandelen.",
	"retake_impossible":      "De herkansing die u toestaat, kan nooit: er is geen tweede vragenlijst te maken met alleen vragen die de klant nog niet zag. Neem meer vragen op, of sta geen of minder herkansingen toe.",
	"retake_not_for_all":     "Niet elke klant kan de herkansing krijgen die u toestaat: na sommige eerste vragenlijsten zijn er te weinig nieuwe vragen over. Neem meer vragen op, of sta geen of minder herkansingen toe.",
	"fixed_missing":          "De vaste vraag {fixed} moet precies één keer in de toets staan. Wie advies nodig heeft of de voorwaarden niet begrijpt, mag niet zonder advies verder.",
	"not_mainly_substantive": "Het deel inhoudelijke vragen is {share}. De vragen moeten overwegend inhoudelijk zijn.",
	"substantive_floor":      "Leg vast dat ten minste 51 procent van de punten van inhoudelijke vragen komt. Nu is dat {percent} procent, en dan is niet elke vragenlijst overwegend inhoudelijk.",
	"downside_floor":         "Leg vast welk deel van de vragen ten minste over nadelen en risico’s gaat. Zonder dat deel kan een vragenlijst alleen de positieve kanten laten zien.",
	"risks_unasked":          "Over {element} is er geen vraag over een nadeel of risico. Neem er ten minste één op.",
	"weights":                "Een kennisvraag ({knowledge} punten) telt niet zwaarder dan een ervaringsvraag ({experience} punten). Geef elke kennisvraag meer punten.",
	"no_reason_for_cut":      "Schrijf op waarom bij deze uitkomst in voldoende mate vaststaat dat dienst en product passen. Gebruik ten minste 40 tekens.",
	"cut_absent":             "Kies een grens van 1 tot en met 100 procent.",
	"go_on_without_reason":   "Schrijf op waarom een klant na een onvoldoende toch zonder advies verder mag. Gebruik ten minste 40 tekens.",
	"text_missing":           "Vul {field} in.",
	"question_fault":         "De vraag op plek {at} kan zo niet in een toets staan ({code}). Verbeter haar in de vragenbank.",
	"field_fault":            "Wat bij {at} staat, kan niet ({code}). Kies een toegestane waarde.",

	"upside_floor":         "Er is niet vastgelegd dat ook voordelen aan bod komen. Een evenwichtig beeld laat beide kanten zien.",
	"retake_undesirable":   "De AFM vindt een herkansing onwenselijk. De vorm die u kiest (andere vragen, na een afkoelingsperiode) noemt de AFM als mogelijkheid.",
	"go_on_undesirable":    "De AFM vindt het onwenselijk dat een klant na een onvoldoende het product toch zonder advies afsluit.",
	"guesser_passes":       "Wie alles gokt, haalt de toets met een kans van {chance} procent. Neem meer vragen of meer antwoorden op, of verhoog de grens.",
	"half_passes":          "Wie de helft weet en de rest gokt, haalt de toets met een kans van {chance} procent. Neem meer vragen of meer antwoorden op, of verhoog de grens.",
	"element_may_fail":     "Wie alle vragen over {element} fout heeft, kan de toets toch halen. Overweeg een eigen grens voor dit onderdeel.",
	"wording":              "Vraag {question}: {flag}. Kijk of zij beter kan.",
	"product_without_duty": "Voor dit product is een toets niet zonder meer verplicht. U mag hem wel afnemen.",
}

// publicationCheck holds the test against the AFM page, whole: nothing is left out
// because something else is wrong.
func publicationCheck(in PublicationIn) PublicationOut {
	p := publication{test: in.Test.Thing}
	p.texts()
	p.form()
	p.fixed()
	p.substance()
	p.balance()
	p.points()
	p.policy()
	p.rest()
	refused := len(p.reasons)
	out := PublicationOut{Publishable: refused == 0, Refused: codes(p.reasons)}
	out.Guesser, out.Half = p.classifier()
	p.weigh()
	p.words()
	out.Advised = codes(p.reasons[refused:])
	out.Because = p.reasons
	return out
}

func codes(reasons []rule.Reason) []string {
	all := make([]string, len(reasons))
	for i, r := range reasons {
		all[i] = r.Code
	}
	return all
}

// A publication gathers the findings on one test.
type publication struct {
	test    Test
	reasons []rule.Reason
}

func (p *publication) find(when bool, code string, norm ident.Norm, values ...string) {
	if when {
		p.reasons = append(p.reasons, reason(code, norm, values...))
	}
}

func (p *publication) texts() {
	for _, f := range []struct{ name, text string }{{"title", p.test.Title}, {"purpose", p.test.Purpose}, {"author", p.test.Author}} {
		p.find(strings.TrimSpace(f.text) == "", "text_missing", "wft:4:24:1", "field", f.name)
	}
}

func normOf(e Element) ident.Norm {
	if e.Experience() {
		return "afm:ket:experience-items"
	}
	return "afm:ket:knowledge-items"
}

// form finds what a form cannot be made of.
func (p *publication) form() {
	b, sum := p.test.Blueprint, 0
	fixed, families := map[Element]int{}, p.test.familiesOf()
	for _, q := range p.test.Questions {
		if q.Fixed != NotFixed {
			fixed[q.Element]++
		}
	}
	for _, e := range Elements {
		n := b.Elements[e]
		sum += n
		p.find(n < 1, "element_missing", normOf(e), "element", string(e))
		has := families[e] + fixed[e]
		p.find(n > has, "element_short", normOf(e), "element", string(e), "asked", strconv.Itoa(n), "families", strconv.Itoa(has))
	}
	p.find(b.Questions < 10 || b.Questions > 40, "form_size", "afm:ket:proportional", "questions", strconv.Itoa(b.Questions))
	p.find(sum != b.Questions, "form_sum", "afm:ket:proportional", "sum", strconv.Itoa(sum), "questions", strconv.Itoa(b.Questions))
	switch p.test.supply() {
	case NoForm:
		p.find(true, "no_form", "afm:ket:content")
	case NoRetake:
		p.find(true, "retake_impossible", "afm:ket:retake")
	case NotForAll:
		p.find(true, "retake_not_for_all", "afm:ket:retake")
	case UnprovenForm:
		p.find(true, "supply_unproven", "afm:ket:content")
	}
}

// familiesOf counts the families that can ask after each element.
func (t Test) familiesOf() map[Element]int {
	seen, n := map[string]bool{}, map[Element]int{}
	for _, q := range t.Questions {
		if key := string(q.Element) + " " + q.Family; q.Fixed == NotFixed && !seen[key] {
			seen[key] = true
			n[q.Element]++
		}
	}
	return n
}

func (p *publication) fixed() {
	n := map[Fixed]int{}
	for _, q := range p.test.Questions {
		n[q.Fixed]++
	}
	for _, f := range []Fixed{NeedAdvice, UnderstandsTerms} {
		p.find(n[f] != 1, "fixed_missing", "afm:ket:knockout", "fixed", string(f))
	}
}

func (p *publication) substance() {
	content := TestContent.Ask(p.test.content())
	for _, flag := range content.Flags {
		p.find(flag == NotSubstantive, "not_mainly_substantive", "afm:ket:selfreport", "share", p.test.content().ShareSubstantive.String())
	}
	n := p.test.Blueprint.Substantive
	p.find(n <= 50, "substantive_floor", "afm:ket:selfreport", "percent", strconv.Itoa(n))
}

func (p *publication) balance() {
	p.find(p.test.Blueprint.Downside < 1, "downside_floor", "afm:ket:content")
	downside := map[Element]bool{}
	for _, q := range p.test.Questions {
		downside[q.Element] = downside[q.Element] || q.Fixed == NotFixed && q.Side == "downside"
	}
	for _, e := range []Element{ProductRisks, ServiceRisks} {
		p.find(!downside[e], "risks_unasked", "afm:ket:content", "element", string(e))
	}
}

func (p *publication) points() {
	in := p.test.weights()
	p.find(len(Scoring.Ask(in).Flags) > 0, "weights", "afm:ket:weights", "knowledge", in.WeightKnowledge.String(), "experience", in.WeightExperience.String())
	p.find(p.test.Scoring.Percent < 1 || p.test.Scoring.Percent > 100, "cut_absent", "afm:ket:assess")
	p.find(len(strings.TrimSpace(p.test.Scoring.Reason)) < 40, "no_reason_for_cut", "afm:ket:assess")
}

func (p *publication) policy() {
	y := p.test.Policy
	p.find(y.AfterFail == GoOn && len(strings.TrimSpace(y.WhyGoOn)) < 40, "go_on_without_reason", "afm:ket:no-eo-after-fail")
}

// told are the codes of Check that are told above in words of their own.
var told = map[string]bool{
	"element-without-question": true, "fixed-question-missing": true, "unbalanced": true, "substantive-share": true, "weights": true,
	"form-impossible": true, "retake-impossible": true, "missing-reason": true,
}

// rest finds what else keeps a test from being sealed.
func (p *publication) rest() {
	for _, d := range p.test.Check() {
		inQuestion := strings.HasPrefix(d.Pointer, "/questions/")
		switch {
		case inQuestion:
			p.find(true, "question_fault", "afm:ket:wording", "at", d.Pointer, "code", d.Reason)
		case told[d.Reason], d.Pointer == "/form/questions", d.Pointer == "/scoring/cut_percent":
		default:
			p.find(true, "field_fault", "wft:4:24:1", "at", d.Pointer, "code", d.Reason)
		}
	}
}

// classifier warns of too many who pass and know too little, and returns both
// chances in parts of ten thousand.
func (p *publication) classifier() (guesser, half int) {
	c := p.test.Classify()
	guesser, half = tenThousandths(c.Of(0).Tries), tenThousandths(c.Of(50).Tries)
	p.find(guesser > guessersMost, "guesser_passes", "afm:ket:assess", "chance", percentText(guesser))
	p.find(half > halvesMost, "half_passes", "afm:ket:assess", "chance", percentText(half))
	return guesser, half
}

func tenThousandths(p float64) int { return int(math.Floor(p*10_000 + 0.5)) }

func percentText(tenThousandths int) string {
	return strconv.Itoa(tenThousandths/100) + "," + strconv.Itoa(tenThousandths%100/10)
}

// weigh finds what the page advises against, and what the author may not expect.
func (p *publication) weigh() {
	t := p.test
	p.find(t.Blueprint.Upside < 1, "upside_floor", "afm:ket:content")
	p.find(t.Policy.Retake.Allow == CoolingOff, "retake_undesirable", "afm:ket:retake")
	p.find(t.Policy.AfterFail == GoOn, "go_on_undesirable", "afm:ket:no-eo-after-fail")
	var kinds [][]kind
	if t.reckonable() {
		kinds, _ = t.kinds()
	}
	for _, e := range []Element{Product, ProductRisks, ServiceRisks} {
		p.find(t.Scoring.mayFail(kinds, e), "element_may_fail", "bgfo:80e:2", "element", string(e))
	}
	p.find(TestRequired.Ask(RequiredIn{Product: &t.Product}).Required != MustTest, "product_without_duty", "afm:ket:products")
}

// mayFail reports whether some form lets pass who earns nothing of this element.
func (c Cut) mayFail(forms [][]kind, e Element) bool {
	for _, form := range forms {
		all, of, knowledge, decided := 0, 0, 0, false
		for _, k := range form {
			decided = decided || k.element == e && k.decides
			all += k.weight
			if k.element.Knowledge() {
				knowledge += k.weight
			}
			if k.element == e {
				of += k.weight
			}
		}
		if !decided && cutOf(of, c.Elements[e]) == 0 && all-of >= cutOf(all, c.Percent) && knowledge-of >= cutOf(knowledge, c.Knowledge) {
			return true
		}
	}
	return false
}

// words asks rule question_check of each question that is not fixed.
func (p *publication) words() {
	for _, q := range p.test.Questions {
		if q.Fixed != NotFixed {
			continue
		}
		in := QuestionIn{Question: &q.Kind, TextWords: wordsOf(q.Text + " " + q.Scenario)}
		for _, o := range q.Options {
			in.Options = append(in.Options, o.Text)
			in.TextWords = append(in.TextWords, wordsOf(o.Text)...)
		}
		for _, why := range QuestionCheck.Ask(in).Reasons() {
			p.find(why.Code != "nothing_found", "wording", why.Norm, "question", string(q.ID), "flag", why.Code)
		}
	}
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
}
