package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A designPage is the form on which a design is written. Every field is named as
// the pointer of the service's fault, so that each fault finds its field.
type designPage struct {
	asking
	frame  site.Work
	action string
	fresh  bool
	saw    int
}

func (p testPages) showNew(r *http.Request, who staff.Session) (site.Reply, error) {
	d := p.form(r, who)
	d.fill(appropriateness.NewDesign("", "mortgage"))
	return site.Page(http.StatusOK, designForm(d)), nil
}

func (p testPages) form(r *http.Request, who staff.Session) designPage {
	id := r.PathValue("id")
	d := designPage{action: testsPath + "/nieuw", fresh: id == "", frame: p.guard.Frame(r, who, "Nieuwe toets")}
	d.frame.Trail = []site.Link{{Text: "Toetsen", Href: testsPath}}
	if !d.fresh {
		d.action, d.frame = testPath(id)+"/ontwerp", p.below(r, who, "Ontwerp wijzigen")
	}
	d.asking = asking{asked: map[string][]string{}}
	return d
}

func (p testPages) showDesign(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.desk.TestFile(r.Context(), who.Actor(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	d := p.form(r, who)
	if f.Draft == nil { // a test that came from a file: its design begins with what is in use
		a, err := p.desk.TestVersion(r.Context(), who.Actor(), f.ID, f.Releases[0].Hash)
		if err != nil {
			return nil, err
		}
		d.fill(designOf(a.Test))
	} else {
		d.saw = f.Draft.Revision
		d.fill(f.Draft.Design)
	}
	return site.Page(http.StatusOK, designForm(d)), nil
}

// designOf is the design that a test from a file could have been made by, with all
// active questions.
func designOf(t appropriateness.Test) appropriateness.Design {
	d := appropriateness.NewDesign(t.ID, t.Product)
	d.Title, d.Purpose, d.Author, d.Minutes = t.Title, t.Purpose, t.Author, t.Minutes
	d.Blueprint.Questions, d.Blueprint.Elements = t.Blueprint.Questions, t.Blueprint.Elements
	d.Scoring.Percent, d.Scoring.Reason, d.Policy = t.Scoring.Percent, t.Scoring.Reason, t.Policy
	return d
}

// elementsField and cutsField name the fields of one element.
func elementsField(e appropriateness.Element) string { return "form-elements-" + string(e) }

func cutsField(e appropriateness.Element) string { return "scoring-elements-" + string(e) }

// fieldOf leads a fault of the service to the field of the page.
func fieldOf(pointer string) string {
	field := strings.ReplaceAll(strings.TrimPrefix(pointer, "/"), "/", "-")
	if strings.HasPrefix(field, "questions") {
		return "questions"
	}
	return field
}

func (d *designPage) fill(in appropriateness.Design) {
	set := func(name, value string) { d.asked.Set(name, value) }
	number := func(name string, n int) { set(name, strconv.Itoa(n)) }
	set("id", in.ID)
	set("title", in.Title)
	set("product", in.Product)
	set("purpose", in.Purpose)
	set("author", in.Author)
	number("minutes", in.Minutes)
	number("form-questions", in.Blueprint.Questions)
	for _, e := range appropriateness.Elements {
		number(elementsField(e), in.Blueprint.Elements[e])
		number(cutsField(e), in.Scoring.Elements[e])
	}
	number("form-substantive_percent", in.Blueprint.Substantive)
	number("form-downside_percent", in.Blueprint.Downside)
	number("form-upside_percent", in.Blueprint.Upside)
	number("scoring-cut_percent", in.Scoring.Percent)
	number("scoring-knowledge_percent", in.Scoring.Knowledge)
	number("scoring-experience_percent", in.Scoring.Experience)
	set("scoring-reason", in.Scoring.Reason)
	set("policy-after_fail", in.Policy.AfterFail)
	set("policy-after_fail_reason", in.Policy.WhyGoOn)
	set("policy-outside_target_group", cmp.Or(in.Policy.Outside, targetUnasked))
	set("policy-outside_target_group_reason", in.Policy.WhyOutside)
	r := in.Policy.Retake
	set("policy-retake", r.Allow)
	number("policy-retake-cooling_hours", or(r.CoolingHours, 72))
	number("policy-retake-at_most", or(r.AtMost, 1))
	number("policy-retake-within_days", or(r.WithinDays, 365))
	number("policy-retake-new_families_percent", r.NewFamilies)
	number("policy-open_hours", in.Policy.OpenHours)
	number("policy-link_days", in.Policy.LinkDays)
	number("policy-valid_days", in.Policy.ValidDays)
	var ids []string
	for _, q := range in.Questions {
		ids = append(ids, string(q))
	}
	set("questions", strings.Join(ids, " "))
}

func or(n, fallback int) int {
	if n == 0 {
		return fallback
	}
	return n
}

// number reads a whole number; an empty field is 0.
func (a *asking) number(name string) int {
	v := a.value(name)
	if v == "" {
		return 0
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		a.wrong(name, "Vul een heel getal in.")
	}
	return n
}

// design reads what was filled in.
func (d *designPage) design() appropriateness.Design {
	in := appropriateness.Design{
		ID: d.value("id"), Title: d.value("title"), Product: d.value("product"), Language: "nl", Purpose: d.value("purpose"), Author: d.value("author"), Minutes: d.number("minutes"),
		Blueprint: appropriateness.Blueprint{
			Questions: d.number("form-questions"), Elements: map[appropriateness.Element]int{},
			Substantive: d.number("form-substantive_percent"), Downside: d.number("form-downside_percent"), Upside: d.number("form-upside_percent"),
		},
		Scoring: appropriateness.Cut{
			Percent: d.number("scoring-cut_percent"), Reason: d.value("scoring-reason"),
			Knowledge: d.number("scoring-knowledge_percent"), Experience: d.number("scoring-experience_percent"),
		},
		Policy: appropriateness.Policy{
			AfterFail: d.value("policy-after_fail"), WhyGoOn: d.value("policy-after_fail_reason"), Retake: appropriateness.Retake{Allow: d.value("policy-retake")},
			OpenHours: d.number("policy-open_hours"), LinkDays: d.number("policy-link_days"), ValidDays: d.number("policy-valid_days"),
			Outside: strings.TrimPrefix(d.value("policy-outside_target_group"), targetUnasked), WhyOutside: d.value("policy-outside_target_group_reason"),
		},
		Questions: []appropriateness.QuestionID{},
	}
	for _, e := range appropriateness.Elements {
		in.Blueprint.Elements[e] = d.number(elementsField(e))
		if n := d.number(cutsField(e)); n != 0 {
			if in.Scoring.Elements == nil {
				in.Scoring.Elements = map[appropriateness.Element]int{}
			}
			in.Scoring.Elements[e] = n
		}
	}
	if in.Policy.Retake.Allow == appropriateness.CoolingOff {
		in.Policy.Retake = appropriateness.Retake{
			Allow: appropriateness.CoolingOff, CoolingHours: d.number("policy-retake-cooling_hours"), AtMost: d.number("policy-retake-at_most"),
			WithinDays: d.number("policy-retake-within_days"), NewFamilies: d.number("policy-retake-new_families_percent"),
		}
	}
	for _, id := range strings.Fields(strings.ReplaceAll(d.value("questions"), ",", " ")) {
		if !slices.Contains(in.Questions, appropriateness.QuestionID(id)) {
			in.Questions = append(in.Questions, appropriateness.QuestionID(id))
		}
	}
	return in
}

// write keeps the design and leads to its test, which says what it still lacks.
func (p testPages) write(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, fault.Because(fault.Invalid, "bad-form", err)
	}
	d := p.form(r, who)
	d.asked = r.PostForm
	if !d.fresh {
		d.asked.Set("id", r.PathValue("id"))
		d.saw, _ = strconv.Atoi(d.value("gezien"))
	}
	in := d.design()
	status := http.StatusBadRequest
	if len(d.problems) == 0 {
		_, err := p.desk.WriteDesign(r.Context(), who.Actor(), appropriateness.DesignWriting{Design: in, Saw: d.saw})
		if err == nil {
			return site.SeeOther(testPath(in.ID)), nil
		}
		if d.problems, err = refused(err); err != nil {
			return nil, err
		}
		if len(d.problems) == 1 && d.problems[0].Field == "" {
			status = http.StatusConflict
		}
	}
	d.frame.Failed = true
	return site.Page(status, designForm(d)), nil
}

// questionsText says which questions the design holds, and where they are chosen.
func (d designPage) questionsText() string {
	const where = " Op de pagina van de toets kiest u ze met Vragen kiezen."
	if n := len(strings.Fields(d.value("questions"))); n > 0 {
		return "Gekozen: " + count(n, "vraag", "vragen") + " uit de vragenbank, en de twee vaste vragen." + where
	}
	return "Alle actieve vragen over dit product doen mee." + where
}

func (d designPage) text(name, label, hint string, optional bool) site.Field {
	return site.Field{Name: name, Label: label, Hint: hint, Value: d.value(name), Problem: d.problem(name), Optional: optional}
}

func (d designPage) short(name, label, hint string) site.Field {
	return site.Field{Name: name, Label: label, Hint: hint, Value: d.value(name), Problem: d.problem(name), Short: true}
}

func (d designPage) area(name, label, hint string, optional bool) site.Area {
	return site.Area{Name: name, Label: label, Hint: hint, Value: d.value(name), Problem: d.problem(name), Optional: optional}
}

var afterFailChoices = []site.Choice{
	{Value: appropriateness.Stop, Text: "De klant kan niet verder zonder advies", Hint: "Dit vindt de AFM juist."},
	{Value: appropriateness.GoOn, Text: "De klant mag na de waarschuwing zelf kiezen", Hint: "De AFM vindt dit onwenselijk. Schrijf hieronder waarom u het toestaat."},
}

// targetUnasked is what the page says for a test that does not ask.
const targetUnasked = "niet"

var outsideChoices = []site.Choice{
	{Value: targetUnasked, Text: "De toets vraagt niet naar de doelgroep", Hint: "Zorg dan op een andere manier dat het product alleen bij de doelgroep komt."},
	{Value: appropriateness.Stop, Text: "Wel vragen. Wie erbuiten valt, kan niet verder zonder advies", Hint: "Zo komt het product alleen bij de doelgroep."},
	{Value: appropriateness.Warn, Text: "Wel vragen. Wie erbuiten valt, krijgt een waarschuwing", Hint: "Structureel buiten de doelgroep verkopen mag niet. Schrijf hieronder waarom u het toestaat."},
}

var retakeChoices = []site.Choice{
	{Value: appropriateness.Never, Text: "Geen herkansing", Hint: "De AFM vindt een herkansing onwenselijk."},
	{Value: appropriateness.CoolingOff, Text: "Wel, met andere vragen en na een afkoelingsperiode"},
}
