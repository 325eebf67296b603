package appropriateness

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/internal/fault"
	"zorgplicht/money"
)

// Check returns everything in t that keeps it from being sealed, each with a
// JSON pointer, a stable code and a Dutch text that says what to do. Nothing
// back means that t may be sealed.
func (t Test) Check() []fault.Detail {
	c := &checker{}
	c.head(t)
	c.blueprint(t)
	seen := map[QuestionID]bool{}
	for i, q := range t.Questions {
		at := fmt.Sprintf("/questions/%d", i)
		c.must(!seen[q.ID], at+"/id", "duplicate-id", "Deze vraag heeft hetzelfde id als een eerdere vraag. Geef elke vraag een eigen id.")
		seen[q.ID] = true
		c.question(at, q)
	}
	c.whole(t)
	return c.faults
}

type checker struct{ faults []fault.Detail }

func (c *checker) must(holds bool, at, code, text string) {
	if !holds {
		c.faults = append(c.faults, fault.Detail{Pointer: at, Reason: code, Text: text})
	}
}

func (c *checker) oneOf(at, value string, known ...string) {
	c.must(slices.Contains(known, value), at, "invalid-value", "Kies een van: "+strings.Join(known, ", ")+".")
}

func (c *checker) between(at string, n, low, high int) {
	c.must(n >= low && n <= high, at, "invalid-value", fmt.Sprintf("Kies een getal van %d tot en met %d.", low, high))
}

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

const kebabText = "Gebruik kleine letters, cijfers en streepjes, zoals rentevast-afloop."

func (c *checker) head(t Test) {
	c.oneOf("/format", t.Format, Format1, Format2, Format3)
	c.parts(t)
	c.must(kebab.MatchString(t.ID), "/id", "invalid-value", kebabText)
	c.oneOf("/service", t.Service, "execution_only")
	c.oneOf("/language", t.Language, "nl")
	c.between("/minutes", t.Minutes, 1, 120)
	c.between("/scoring/cut_percent", t.Scoring.Percent, 1, 100)
	c.must(len(t.Scoring.Reason) >= 40, "/scoring/reason", "missing-reason", "Leg uit waarom bij deze uitkomst vaststaat dat dienst en product bij de klant passen.")
	c.policy(t.Policy)
	c.target(t)
}

// parts checks what only a kennistoets/2 may hold.
func (c *checker) parts(t Test) {
	second := t.Format == Format2 || t.Format == Format3
	percent := func(at string, n int) {
		c.between(at, n, 0, 100)
		c.must(n == 0 || second, at, "needs-format-2", "Dit onderdeel hoort bij “format: kennistoets/2”. Zet dat bovenaan.")
	}
	percent("/form/substantive_percent", t.Blueprint.Substantive)
	percent("/form/downside_percent", t.Blueprint.Downside)
	percent("/form/upside_percent", t.Blueprint.Upside)
	c.must(t.Blueprint.Downside+t.Blueprint.Upside <= 100, "/form/upside_percent", "invalid-value", "De aandelen voordelen en nadelen zijn samen meer dan 100. Verlaag er een.")
	percent("/scoring/knowledge_percent", t.Scoring.Knowledge)
	percent("/scoring/experience_percent", t.Scoring.Experience)
	for _, e := range Elements {
		percent("/scoring/elements/"+string(e), t.Scoring.Elements[e])
	}
}

func (c *checker) policy(p Policy) {
	c.oneOf("/policy/after_fail", p.AfterFail, Stop, GoOn)
	c.must(p.AfterFail != GoOn || len(p.WhyGoOn) >= 40, "/policy/after_fail_reason", "missing-reason", "De AFM vindt het onwenselijk dat een klant na een onvoldoende zonder advies afsluit. Schrijf op waarom u dat toch toestaat.")
	c.oneOf("/policy/retake", p.Retake.Allow, Never, CoolingOff)
	if p.Retake.Allow == CoolingOff {
		c.between("/policy/retake/cooling_hours", p.Retake.CoolingHours, 1, 8760)
		c.between("/policy/retake/at_most", p.Retake.AtMost, 1, 5)
		c.between("/policy/retake/within_days", p.Retake.WithinDays, 1, 3650)
		c.between("/policy/retake/new_families_percent", p.Retake.NewFamilies, 0, 100)
	}
	c.between("/policy/open_hours", p.OpenHours, 1, 720)
	c.between("/policy/link_days", p.LinkDays, 1, 365)
	c.between("/policy/valid_days", p.ValidDays, 1, 3650)
}

func (c *checker) blueprint(t Test) {
	c.between("/form/questions", t.Blueprint.Questions, 10, 40)
	sum := 0
	for _, e := range Elements {
		n := t.Blueprint.Elements[e]
		sum += n
		c.must(n >= 1, "/form/elements/"+string(e), "element-without-question", "De AFM vraagt informatie over elk onderdeel. Neem hier minstens één vraag op.")
	}
	c.must(sum == t.Blueprint.Questions, "/form/questions", "invalid-value", "De aantallen per onderdeel zijn samen "+strconv.Itoa(sum)+". Maak dat gelijk aan het aantal vragen.")
}

func (c *checker) question(at string, q Question) {
	c.must(kebab.MatchString(string(q.ID)), at+"/id", "invalid-value", kebabText)
	c.must(kebab.MatchString(q.Family), at+"/family", "invalid-value", kebabText)
	c.must(slices.Contains(Elements, q.Element), at+"/element", "invalid-value", "Kies een van de zeven onderdelen: product, product_risks, service_risks, own_finances, need_for_advice, experience_product, experience_eo.")
	c.oneOf(at+"/kind", q.Kind, "substantive", "self_report")
	c.oneOf(at+"/side", q.Side, "upside", "downside", "neutral")
	if q.Fixed != NotFixed {
		c.oneOf(at+"/fixed", string(q.Fixed), string(NeedAdvice), string(UnderstandsTerms))
		c.must(q.Weight == 0, at+"/weight", "weights", "Een vaste vraag beslist op zichzelf en levert geen punten op: zet het gewicht op 0.")
		c.must(len(q.Options) == 2, at+"/options", "invalid-value", "Een vaste vraag heeft twee antwoorden: ja en nee.")
		c.must(len(q.Options) != 2 || saysRightly(q), at+"/options", "fixed-answer", "Laat het ene antwoord met ja beginnen en het andere met nee. Juist is nee bij need_advice en ja bij understand_terms.")
	} else {
		c.between(at+"/weight", q.Weight, 1, 10)
		c.must(q.Right != "", at+"/right_because", "missing-reason", "Schrijf op waarom het juiste antwoord juist is.")
		c.must(len(q.Options) >= 3, at+"/options", "too-few-options", "Geef minstens drie antwoorden: één juist en minstens twee die echt te kiezen zijn.")
		c.must(len(q.Options) <= 6, at+"/options", "invalid-value", "Geef niet meer dan zes antwoorden.")
	}
	c.options(at, q)
}

// saysRightly reports whether a fixed question is answered with yes and no, and
// knocks out who needs advice and who does not understand the terms
// (afm:ket:knockout): the key of these two is not the author's to choose.
func saysRightly(q Question) bool {
	right, wrong := "ja", "nee"
	if q.Fixed == NeedAdvice {
		right, wrong = wrong, right
	}
	for _, o := range q.Options {
		want := wrong
		if o.Right {
			want = right
		}
		word, _, _ := strings.Cut(strings.ToLower(o.Text), " ")
		if strings.TrimRight(word, ",.;:") != want {
			return false
		}
	}
	return true
}

func (c *checker) options(at string, q Question) {
	ids, texts, right := map[OptionID]bool{}, map[string]bool{}, 0
	for i, o := range q.Options {
		p := fmt.Sprintf("%s/options/%d", at, i)
		c.must(kebab.MatchString(string(o.ID)), p+"/id", "invalid-value", kebabText)
		c.must(!ids[o.ID], p+"/id", "duplicate-id", "Dit antwoord heeft hetzelfde id als een eerder antwoord op deze vraag.")
		c.must(!texts[strings.ToLower(o.Text)], p+"/text", "duplicate-text", "Dit antwoord staat er al.")
		ids[o.ID], texts[strings.ToLower(o.Text)] = true, true
		if o.Right {
			right++
		} else {
			c.must(o.Wrong != "" || q.Fixed != NotFixed, p+"/wrong_because", "missing-reason", "Schrijf op waarom dit antwoord niet juist is.")
		}
	}
	c.must(right >= 1, at+"/options", "no-right-option", "Zet bij het juiste antwoord “right: true”.")
	c.must(right <= 1, at+"/options", "several-right-options", "Er kan maar één antwoord juist zijn.")
}

// whole checks what only the bank as a whole can show.
func (c *checker) whole(t Test) {
	fixed, downside := map[Fixed]int{}, map[Element]bool{}
	for _, q := range t.Questions {
		fixed[q.Fixed]++
		downside[q.Element] = downside[q.Element] || q.Fixed == NotFixed && q.Side == "downside"
	}
	for _, f := range []Fixed{NeedAdvice, UnderstandsTerms} {
		c.must(fixed[f] == 1, "/questions", "fixed-question-missing", "Neem de vaste vraag "+string(f)+" precies één keer op.")
	}
	for _, e := range []Element{ProductRisks, ServiceRisks} {
		c.must(downside[e], "/questions", "unbalanced", "Neem bij "+string(e)+" minstens één vraag op over een nadeel of risico (side: downside).")
	}
	content := TestContent.Ask(t.content())
	c.must(!slices.Contains(content.Flags, NotSubstantive), "/questions", "substantive-share", "De vragen moeten overwegend inhoudelijk zijn: meer dan de helft met kind: substantive.")
	weights := Scoring.Ask(t.weights())
	c.must(len(weights.Flags) == 0, "/questions", "weights", "Geef elke kennisvraag meer punten dan elke ervaringsvraag.")
	if len(c.faults) == 0 {
		_, possible := t.choose(first{}, Seen{})
		c.must(possible, "/form", "form-impossible", "Met deze vragen is geen vragenlijst te maken: te weinig vragen, of te weinig families, voor een onderdeel.")
		c.must(!possible || t.retakePossible(), "/policy/retake", "retake-impossible", "Met deze vragen is niet altijd een herkansing te maken zonder vragen die de klant al zag. Voeg vragen toe, of sta minder herkansingen toe.")
	}
}

// content is what rule test_content is given of the test. The fixed questions are
// no measure of substance: they must stand in every test.
func (t Test) content() ContentIn {
	scored, substantive, risks := 0, 0, false
	in := ContentIn{Items: []string{}}
	for _, e := range Elements {
		if t.Blueprint.Elements[e] > 0 {
			in.Items = append(in.Items, string(e))
		}
	}
	for _, q := range t.Questions {
		if q.Fixed != NotFixed {
			continue
		}
		scored++
		if q.Kind == "substantive" {
			substantive++
		}
		risks = risks || q.Side == "downside"
	}
	share := money.MustParse("0")
	if scored > 0 {
		tenThousandths := substantive * 10_000 / scored
		share = money.MustParse(fmt.Sprintf("%d.%04d", tenThousandths/10_000, tenThousandths%10_000))
	}
	in.ShareSubstantive, in.RisksCovered = &share, &risks
	return in
}

// retakePossible draws first forms with many throws of the dice, and after each
// as many retakes as the policy allows.
func (t Test) retakePossible() bool {
	if t.Policy.Retake.Allow != CoolingOff {
		return true
	}
	for seed := range uint32(100) {
		if !t.rowDrawn(seed) {
			return false
		}
	}
	return true
}

// steady is a die that throws the same each time it is made: a check must not
// pass today and fail tomorrow. Numerical Recipes' linear congruence will do.
type steady struct{ state uint32 }

func (d *steady) IntN(n int) int {
	d.state = d.state*1664525 + 1013904223
	return int(d.state>>8) % n
}

// first is a die that always shows the lowest number.
type first struct{}

func (first) IntN(int) int { return 0 }
