package appropriateness

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/rule"
)

// A test may ask, beside knowledge and experience, after criteria of the product's
// target group (doelgroep): risk appetite, or an exclusion that shows that a client
// is not meant (afm:ket:pog). Such a question earns no points: whom the product was
// made for says nothing of what somebody knows, and the other way round. One answer
// places the client inside the target group, each other one outside. All of them
// stand in every form, a retake too: they ask after the client, who stays the same.

// Warn is the policy that a client outside the target group is warned; see Policy.
const Warn = "warn"

// targetsMost is how many criteria of the target group a test may ask after.
const targetsMost = 10

// A Fit says whether the answers place the client in the target group.
type Fit string

// The places. Unplaced means that a criterion was left open and none says outside.
const (
	Inside   Fit = "inside"
	Outside  Fit = "outside"
	Unplaced Fit = "unknown"
)

// isTarget reports whether this question of the form asks after the target group.
func (t Test) isTarget(id QuestionID) bool {
	return slices.ContainsFunc(t.Target, func(q Question) bool { return q.ID == id })
}

// given is the policy for a client inside or outside the target group: who may not go
// on because the product is not meant for them, is left no choice after the warning.
func (p Policy) given(fit Fit) Policy {
	if fit == Outside && p.Outside == Stop {
		p.AfterFail = Stop
	}
	return p
}

// GradingTarget is version 3 of rule test_verdict: the test may also ask whether the
// client belongs to the target group.
var GradingTarget = rule.New("test_verdict", 3, append(slices.Clone(Grading.Norms()), "afm:ket:pog"), gradeTarget, rule.Profile("actueel"),
	rule.Texts(withTexts(gradingTexts, map[string]string{
		"inside_target_group":  "Op alle {asked} vragen over de doelgroep past het antwoord bij de doelgroep.",
		"outside_target_group": "Het antwoord op vraag {question} valt buiten de doelgroep van het product. De onderneming laat de klant dan niet zonder advies verdergaan.",
		"outside_but_warned":   "Het antwoord op vraag {question} valt buiten de doelgroep van het product. De onderneming waarschuwt de klant daarvoor.",
		"target_open":          "Er staan {questions} vragen over de doelgroep open. Daardoor is niet vast te stellen of de klant tot de doelgroep hoort.",
		"warning_target":       "De klant moet worden gewaarschuwd dat het product niet voor hem is bedoeld en dat advies inwinnen raadzaam is.",
	})))

func withTexts(all ...map[string]string) map[string]string {
	texts := map[string]string{}
	for _, some := range all {
		maps.Copy(texts, some)
	}
	return texts
}

// gradeTarget judges what the client knows as version 2 does, and then where they
// stand.
//
// Norms afm:ket:pog and afm:ket:assess. Outside the target group the policy decides:
// "stop" makes the service not appropriate, "warn" leaves what knowledge says and
// warns. Where a criterion is open, a pass cannot be told yet.
func gradeTarget(s Sitting) Verdict {
	t := s.Test.Thing
	knows := s
	knows.Form = slices.DeleteFunc(slices.Clone(s.Form), t.isTarget)
	v := gradeParts(knows)
	v.Knowledge = v.Outcome
	v.Because = slices.DeleteFunc(v.Because, func(r rule.Reason) bool { return r.Code == "warning_due" })
	asked, open, outside := t.place(s)
	v.Open = append(v.Open, open...)
	switch {
	case len(outside) > 0:
		v.Fit = Outside
		code := "outside_but_warned"
		if t.Policy.Outside == Stop {
			code, v.Outcome = "outside_target_group", NotAppropriate
		}
		for _, q := range outside {
			v.because(code, "afm:ket:pog", map[string]string{"question": string(q)})
		}
	case len(open) > 0:
		v.Fit = Unplaced
		if v.Outcome == Appropriate {
			v.Outcome = CannotBeJudged
		}
		v.because("target_open", "afm:ket:pog", map[string]string{"questions": strconv.Itoa(len(open))})
	default:
		v.Fit = Inside
		v.because("inside_target_group", "afm:ket:pog", map[string]string{"asked": strconv.Itoa(asked)})
	}
	v.WarnOwed = v.Outcome != Appropriate || v.Fit == Outside
	if v.Knowledge != Appropriate {
		v.because("warning_due", "wft:4:24:3", nil)
	}
	if v.Fit == Outside {
		v.because("warning_target", "afm:ket:pog", nil)
	}
	return v
}

// place counts the criteria of the form and lists which are open and which place
// the client outside.
func (t Test) place(s Sitting) (asked int, open, outside []QuestionID) {
	for _, id := range s.Form {
		if !t.isTarget(id) {
			continue
		}
		asked++
		q, _ := t.Question(id)
		switch s.Answers[id] {
		case q.RightOption():
		case "":
			open = append(open, id)
		default:
			outside = append(outside, id)
		}
	}
	return asked, open, outside
}

// judgedOn asks the verdict of a judged attempt again.
func (t Test) judgedOn(a Attempt, given []Given) Verdict {
	return t.grading().Ask(Sitting{Test: sealedTest(a.Test, t), Form: a.Form.Questions(), Answers: Latest(given)})
}

// target checks the criteria of the target group and what follows from them.
func (c *checker) target(t Test) {
	third := t.Format == Format3
	c.must(len(t.Target) == 0 || third, "/target_group", "needs-format-3", "Vragen over de doelgroep horen bij “format: kennistoets/3”.")
	c.must(!third || len(t.Target) >= 1 && len(t.Target) <= targetsMost, "/target_group", "target-questions", "Neem 1 tot en met "+strconv.Itoa(targetsMost)+" vragen over de doelgroep op.")
	c.outside(t.Policy, third)
	ids := map[QuestionID]bool{}
	for _, q := range t.Questions {
		ids[q.ID] = true
	}
	for i, q := range t.Target {
		at := "/target_group/" + strconv.Itoa(i)
		c.must(kebab.MatchString(string(q.ID)), at+"/id", "invalid-value", kebabText)
		c.must(!ids[q.ID], at+"/id", "duplicate-id", "Deze vraag heeft hetzelfde id als een andere vraag. Geef elke vraag een eigen id.")
		ids[q.ID] = true
		c.must(q.Element == TargetGroup && q.Fixed == NotFixed && !q.Knockout && q.Weight == 0, at+"/element", "invalid-value", "Een vraag over de doelgroep levert geen punten op en is geen vaste vraag.")
		c.targetGroup(at, q)
	}
}

// outside checks the policy for who is not in the target group.
func (c *checker) outside(p Policy, asked bool) {
	const at = "/policy/outside_target_group"
	if !asked {
		c.must(p.Outside == "", at, "needs-format-3", "Kies dit alleen als de toets vragen over de doelgroep stelt.")
		return
	}
	c.oneOf(at, p.Outside, Stop, Warn)
	c.must(p.Outside != Warn || len(strings.TrimSpace(p.WhyOutside)) >= 40, at+"_reason", "missing-reason",
		"Structureel buiten de doelgroep verkopen mag niet. Schrijf op waarom een klant erbuiten met een waarschuwing verder mag.")
}

// PublicationTarget is version 2 of rule publication_check: it also looks at the
// target group.
var PublicationTarget = rule.New("publication_check", 2, append(slices.Clone(PublicationCheck.Norms()), "afm:ket:pog"), publicationTarget,
	rule.Texts(withTexts(publicationTexts, map[string]string{
		"target_without_question": "U wilt naar de doelgroep vragen, maar er is geen actieve vraag over de doelgroep gekozen. Neem er ten minste één op, of vraag niet naar de doelgroep.",
		"too_many_targets":        "De toets stelt {asked} vragen over de doelgroep. Neem er hooguit {most} op.",
		"warn_without_reason":     "Schrijf op waarom een klant buiten de doelgroep met een waarschuwing verder mag. Gebruik ten minste 40 tekens.",
		"target_unasked":          "De toets vraagt niet of de klant tot de doelgroep hoort. De AFM noemt dat als manier om het product alleen bij de doelgroep te laten komen. Zorg er anders op een andere manier voor.",
		"outside_may_go_on":       "Wie buiten de doelgroep valt, mag met een waarschuwing verder. Structureel buiten de doelgroep verkopen mag niet: kijk bij elke evaluatie hoe vaak het gebeurt.",
		"target_self_report":      "Vraag {question} over de doelgroep vraagt de klant naar een oordeel over zichzelf. Vraag liever naar een feit.",
	})))

func publicationTarget(in PublicationIn) PublicationOut {
	out := publicationCheck(in)
	t := in.Test.Thing
	refused, advised := &publication{test: t}, &publication{test: t}
	none := t.Policy.Outside != "" && len(t.Target) == 0
	refused.find(none, "target_without_question", "afm:ket:pog")
	refused.find(len(t.Target) > targetsMost, "too_many_targets", "afm:ket:proportional", "asked", strconv.Itoa(len(t.Target)), "most", strconv.Itoa(targetsMost))
	refused.find(t.Policy.Outside == Warn && len(strings.TrimSpace(t.Policy.WhyOutside)) < 40, "warn_without_reason", "afm:ket:pog")
	advised.find(t.Policy.Outside == "", "target_unasked", "afm:ket:pog")
	advised.find(t.Policy.Outside == Warn, "outside_may_go_on", "afm:ket:pog")
	for _, q := range t.Target {
		advised.find(q.Kind == "self_report", "target_self_report", "afm:ket:selfreport", "question", string(q.ID))
	}
	var told []rule.Reason // of version 1, but for what is told above in words of its own
	for _, r := range out.Refusals() {
		if at := r.Values["at"]; !strings.HasPrefix(at, "/policy/outside") && at != "/target_group" {
			told = append(told, r)
		}
	}
	kept := append(told, refused.reasons...)
	advice := append(slices.Clone(out.Advice()), advised.reasons...)
	out.Refused, out.Advised, out.Publishable = codes(kept), codes(advice), len(kept) == 0
	out.Because = append(kept, advice...)
	return out
}
