package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A bankForm is a question while it is written: every text as it was typed.
type bankForm struct {
	frame    site.Work
	action   string
	fresh    bool // a question that is not there yet: its id is to be chosen
	saw      appropriateness.Edition
	content  appropriateness.BankContent
	weight   string
	right    int // place of the right option, from 1; 0 for none
	problems []site.Problem
	looked   bool // the rule on wording was asked
	remarks  []remark
	theirs   []fieldChange // where another kept other words meanwhile: theirs beside these
}

// What the buttons of the form ask.
const (
	actKeep = "bewaren"
	actLook = "nakijken"
)

func (p bankPages) fresh(r *http.Request, who staff.Session) (site.Reply, error) {
	f := bankForm{frame: p.formFrame(r, who, "Vraag schrijven"), action: bankPath + "/nieuw", fresh: true, weight: "2"}
	f.content.Language, f.content.Product = "nl", r.URL.Query().Get("product")
	return site.Page(http.StatusOK, bankFormPage(f)), nil
}

func (p bankPages) formFrame(r *http.Request, who staff.Session, title string) site.Work {
	w := p.guard.Frame(r, who, title)
	w.Trail = []site.Link{{Text: "Vragenbank", Href: bankPath}}
	return w
}

func (p bankPages) edit(r *http.Request, who staff.Session) (site.Reply, error) {
	id := appropriateness.QuestionID(r.PathValue("id"))
	file, err := p.desk.Question(r.Context(), who.Actor(), id)
	if err != nil {
		return nil, ofBank(err)
	}
	q := file.Newest()
	f := bankForm{
		frame: p.formFrame(r, who, "Vraag "+string(id)+" bewerken"), action: questionPath(id) + "/bewerken", saw: q.Edition(),
		content: q.Content(), weight: strconv.Itoa(q.Weight),
	}
	f.right = slices.IndexFunc(q.Options, func(o appropriateness.Option) bool { return o.Right }) + 1
	return site.Page(http.StatusOK, bankFormPage(f)), nil
}

// write keeps what was typed, or looks at it without keeping. What is wrong is
// said on the form, which keeps every text.
func (p bankPages) write(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, fmt.Errorf("read question: %w", err)
	}
	id := r.PathValue("id")
	f := bankForm{fresh: id == "", action: r.URL.Path, saw: edition(r)}
	title := "Vraag " + id + " bewerken"
	if f.fresh {
		id, title = strings.TrimSpace(r.PostFormValue("kenmerk")), "Vraag schrijven"
	}
	f.frame = p.formFrame(r, who, title)
	f.fill(r, appropriateness.QuestionID(id))
	if r.PostFormValue("actie") == actLook {
		f.looked, f.remarks = true, remarks(f.content.Lint())
		f.faults(f.content.Check())
		return site.Page(http.StatusOK, bankFormPage(f)), nil
	}
	if len(f.problems) == 0 {
		_, err := p.desk.WriteQuestion(r.Context(), who.Actor(), appropriateness.Writing{Content: f.content, Saw: f.saw, Origin: appropriateness.FromForm})
		if err == nil {
			return site.SeeOther(questionPath(appropriateness.QuestionID(id))), nil
		}
		return p.notWritten(r, who, f, err)
	}
	f.frame.Failed = true
	return site.Page(http.StatusBadRequest, bankFormPage(f)), nil
}

// fill reads the form.
func (f *bankForm) fill(r *http.Request, id appropriateness.QuestionID) {
	value := func(name string) string {
		return strings.ReplaceAll(strings.TrimSpace(r.PostFormValue(name)), "\r\n", "\n")
	}
	f.weight = value("gewicht")
	weight, err := strconv.Atoi(f.weight)
	if err != nil {
		f.problems = append(f.problems, site.Problem{Field: "gewicht", Text: "Gewicht: vul een heel getal van 0 tot en met 10 in."})
	}
	f.right, _ = strconv.Atoi(value("juist"))
	f.content = appropriateness.BankContent{
		Format: appropriateness.BankFormat, Product: value("product"), Language: value("taal"),
		Question: appropriateness.Question{
			ID: id, Element: appropriateness.Element(value("onderdeel")), Family: value("familie"), Kind: value("soort"), Side: value("kant"), Weight: weight,
			Fixed: appropriateness.Fixed(value("vast")), Knockout: value("knockout") == "ja", Source: value("bron"), Scenario: value("situatie"), Text: value("vraag"), Right: value("uitleg"),
		},
	}
	for i := range appropriateness.MaxOptions {
		n := strconv.Itoa(i + 1)
		o := appropriateness.Option{ID: appropriateness.OptionID(value("kenmerk" + n)), Text: value("antwoord" + n), Wrong: value("fout" + n), Right: f.right == i+1}
		if o.Text == "" && o.Wrong == "" && !o.Right {
			continue
		}
		if o.ID == "" {
			o.ID = f.freeID()
		}
		f.content.Question.Options = append(f.content.Question.Options, o)
		if o.Right {
			f.right = len(f.content.Question.Options)
		}
	}
}

// freeID is the first letter that no answer has for its id.
func (f *bankForm) freeID() appropriateness.OptionID {
	for c := 'a'; ; c++ {
		id := appropriateness.OptionID(c)
		if _, taken := f.content.Question.Option(id); !taken {
			return id
		}
	}
}

// notWritten shows the form again with why the words were not kept. Where another
// was first, theirs stand beside these, and keeping again puts these in place of
// them: theirs stay in the journal.
func (p bankPages) notWritten(r *http.Request, who staff.Session, f bankForm, err error) (site.Reply, error) {
	refusal := fault.As(err)
	if refusal == nil {
		return nil, err
	}
	f.frame.Failed = true
	status := http.StatusConflict
	switch {
	case refusal.Kind == fault.Invalid:
		status = http.StatusBadRequest
		f.faults(refusal.Details)
	case refusal.Reason == "question-exists":
		f.wrong("kenmerk", "Kenmerk: deze vraag is er al. Kies een ander kenmerk, of bewerk de bestaande vraag.")
	case refusal.Reason == "question-in-review":
		f.wrong("", "Deze vraag ligt intussen ter beoordeling. Uw tekst staat hieronder nog, maar is niet bewaard. Wacht op de beoordeling of neem de vraag terug.")
	case refusal.Reason == "question-changed":
		file, err := p.desk.Question(r.Context(), who.Actor(), f.content.Question.ID)
		if err != nil {
			return nil, ofBank(err)
		}
		f.saw, f.theirs = file.Newest().Edition(), changes(file.Newest().Content(), f.content)
		f.wrong("", "Een ander heeft deze vraag intussen veranderd. Uw tekst staat hieronder nog, maar is niet bewaard. Bekijk eerst wat er anders is; bewaart u opnieuw, dan komt uw tekst ervoor in de plaats.")
	default:
		return nil, ofBank(err)
	}
	return site.Page(status, bankFormPage(f)), nil
}

func (f *bankForm) wrong(field, text string) {
	f.problems = append(f.problems, site.Problem{Field: field, Text: text})
}

// faults puts each fault at its field.
func (f *bankForm) faults(list []fault.Detail) {
	for _, d := range list {
		f.wrong(formField(d.Pointer), fieldText(d.Pointer)+d.Text)
	}
}

// formField is the field of the form for a place in the question.
func formField(pointer string) string {
	names := map[string]string{
		"/id": "kenmerk", "/product": "product", "/language": "taal", "/element": "onderdeel", "/family": "familie", "/kind": "soort", "/side": "kant", "/weight": "gewicht",
		"/fixed": "vast", "/source": "bron", "/scenario": "situatie", "/text": "vraag", "/right_because": "uitleg", "/options": "antwoord1",
	}
	if n := names[pointer]; n != "" {
		return n
	}
	part := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	if len(part) != 3 || part[0] != "options" {
		return ""
	}
	n, _ := strconv.Atoi(part[1])
	if part[2] == "wrong_because" {
		return "fout" + strconv.Itoa(n+1)
	}
	return "antwoord" + strconv.Itoa(n+1)
}

func (f bankForm) problem(field string) string {
	if i := slices.IndexFunc(f.problems, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return f.problems[i].Text
	}
	return ""
}

// A formOption is one answer of the form, filled in or empty.
type formOption struct {
	n int
	appropriateness.Option
}

func (f bankForm) options() (list []formOption) {
	for i := range appropriateness.MaxOptions {
		o := formOption{n: i + 1}
		if i < len(f.content.Question.Options) {
			o.Option = f.content.Question.Options[i]
		}
		list = append(list, o)
	}
	return list
}

func (f bankForm) rightChoices() (list []site.Choice) {
	for i := range appropriateness.MaxOptions {
		list = append(list, site.Choice{Value: strconv.Itoa(i + 1), Text: fmt.Sprintf("Antwoord %d", i+1)})
	}
	return append([]site.Choice{{Text: "Nog niet gekozen"}}, list...)
}

func (f bankForm) chosenRight() string {
	if f.right < 1 {
		return ""
	}
	return strconv.Itoa(f.right)
}

// The choices of the form; an empty one may be left for later.
var (
	formProducts  = append([]site.Choice{{Text: "Kies een product"}}, bankProducts[1:]...)
	formElements  = append([]site.Choice{{Text: "Kies een onderdeel"}}, bankElements[1:]...)
	formLanguages = bankLanguages[1:]
	formKinds     = []site.Choice{{Text: "Kies een soort"}, {Value: "substantive", Text: "Inhoudelijk"}, {Value: "self_report", Text: "Zelfrapportage"}}
	formSides     = []site.Choice{{Text: "Kies een kant"}, {Value: "downside", Text: "Nadeel of risico"}, {Value: "upside", Text: "Voordeel"}, {Value: "neutral", Text: "Neutraal"}}
	formFixed     = []site.Choice{{Value: "", Text: "Nee"}, {Value: "need_advice", Text: "Behoefte aan advies"}, {Value: "understand_terms", Text: "Voorwaarden begrijpen"}}
	formKnockout  = []site.Choice{{Value: "nee", Text: "Nee"}, {Value: "ja", Text: "Ja: een fout antwoord beslist de toets"}}
)
