package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A bankOne is one question with all its versions.
type bankOne struct {
	frame    site.Work
	file     appropriateness.QuestionFile
	names    map[string]string
	who      string // actor who looks
	writes   bool
	reviews  bool
	note     string // typed before something was wrong
	problems []site.Problem
}

func (p bankPages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	o, err := p.read(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, bankOnePage(o)), nil
}

func (p bankPages) read(r *http.Request, who staff.Session) (o bankOne, err error) {
	id := appropriateness.QuestionID(r.PathValue("id"))
	o = bankOne{
		frame: p.guard.Frame(r, who, "Vraag "+string(id)), who: who.Actor().String(),
		writes: who.May(staff.WriteQuestions), reviews: who.May(staff.ReviewQuestions),
	}
	o.frame.Trail = []site.Link{{Text: "Vragenbank", Href: bankPath}}
	if o.file, err = p.desk.Question(r.Context(), who.Actor(), id); err != nil {
		return o, ofBank(err)
	}
	o.names, err = p.names(r.Context(), who.Account.Firm)
	return o, err
}

// ofBank tells a question of the bank that is not there from one of a client's
// form.
func ofBank(err error) error {
	if fault.Has(err, "unknown-question") {
		return fault.New(fault.NotFound, "unknown-bank-question", "")
	}
	return err
}

func (p bankPages) submit(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, func(id appropriateness.QuestionID, note string) error {
		_, err := p.desk.SubmitQuestion(r.Context(), who.Actor(), id, edition(r), note)
		return err
	})
}

func (p bankPages) takeBack(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, func(id appropriateness.QuestionID, note string) error {
		_, err := p.desk.ReviewQuestion(r.Context(), who.Actor(), id, edition(r), appropriateness.GivenBack, note)
		return err
	})
}

func (p bankPages) review(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, func(id appropriateness.QuestionID, note string) error {
		_, err := p.desk.ReviewQuestion(r.Context(), who.Actor(), id, edition(r), r.PostFormValue("oordeel"), note)
		return err
	})
}

// step does something with a question. What keeps it from being done is said on
// the page of the question, with the note that was typed.
func (p bankPages) step(r *http.Request, who staff.Session, do func(appropriateness.QuestionID, string) error) (site.Reply, error) {
	id := appropriateness.QuestionID(r.PathValue("id"))
	note := r.PostFormValue("toelichting")
	err := do(id, note)
	if err == nil {
		return site.SeeOther(questionPath(id)), nil
	}
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid && stepRefusals[f.Reason] == "" {
		return nil, ofBank(err)
	}
	o, err := p.read(r, who)
	if err != nil {
		return nil, err
	}
	o.note, o.frame.Failed = note, true
	status := http.StatusConflict
	if f.Kind == fault.Invalid {
		status = http.StatusBadRequest
		for _, d := range f.Details {
			field := ""
			if d.Pointer == "/note" {
				field = "toelichting"
			}
			o.problems = append(o.problems, site.Problem{Field: field, Text: fieldText(d.Pointer) + d.Text})
		}
	} else {
		text := stepRefusals[f.Reason]
		if at, err := time.Parse(time.RFC3339, f.About); err == nil {
			text = fmt.Sprintf(text, calendar.DutchTime(at))
		}
		o.problems = append(o.problems, site.Problem{Field: "toelichting", Text: text})
	}
	return site.Page(status, bankOnePage(o)), nil
}

// stepRefusals say why a step is not taken.
var stepRefusals = map[string]string{
	"question-changed":       "Een ander heeft deze vraag veranderd of beoordeeld terwijl u keek. Bekijk wat er nu staat en besluit opnieuw.",
	"question-not-draft":     "Deze versie is al aangeboden. U ziet hieronder hoe het ermee staat.",
	"question-not-in-review": "Deze versie is al beoordeeld. U ziet hieronder hoe het ermee staat.",
	"reviewer-is-writer":     "U schreef mee aan deze vraag. Een ander moet haar beoordelen.",
	"reviewer-no-person":     "Alleen een medewerker kan een vraag goedkeuren.",
	"review-too-early":       "Wie alleen werkt, keurt een eigen vraag pas 24 uur na het aanbieden goed: vanaf %s.",
}

// previewOf is the question as a client gets it, the options in the order written.
func previewOf(q appropriateness.Question) (string, site.Radios) {
	radios := site.Radios{Name: "voorbeeld", Legend: q.Text, Optional: true}
	for i, option := range q.Options {
		radios.Choices = append(radios.Choices, site.Choice{Value: strconv.Itoa(i + 1), Text: option.Text})
	}
	return q.Scenario, radios
}

func (o bankOne) newest() appropriateness.BankQuestion { return o.file.Newest() }

func (o bankOne) problem(field string) string {
	if i := slices.IndexFunc(o.problems, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return o.problems[i].Text
	}
	return ""
}

// wrote reports whether who looks had a hand in the newest version.
func (o bankOne) wrote() bool {
	q := o.newest()
	return slices.Contains(q.Writers, o.who) || q.Submitted.By == o.who
}

// terms are what an author chose.
func (o bankOne) terms() []site.Term {
	q := o.newest()
	knockout := "Nee"
	if q.Knockout {
		knockout = "Ja: een fout antwoord beslist de toets"
	}
	return []site.Term{
		{Name: "Product", Text: productText(q.Product)},
		{Name: "Onderdeel", Text: bankElementText(q.Element)},
		{Name: "Familie", Text: q.Family},
		{Name: "Soort", Text: kindText(q.Kind)},
		{Name: "Kant", Text: sideText(q.Side)},
		{Name: "Telt", Text: weighsText(q)},
		{Name: "Knock-out", Text: knockout},
		{Name: "Vaste vraag", Text: fixedText(q.Fixed)},
		{Name: "Taal", Text: languageText(q.Language)},
		{Name: "Bron", Text: q.Source},
		{Name: "Juist, omdat", Text: q.Right},
	}
}

// answers are the options with what makes them right or wrong.
func (o bankOne) answers() site.Table {
	t := site.Table{Caption: "Antwoorden", Columns: []site.Column{{Name: "Antwoord"}, {Name: "Oordeel"}, {Name: "Waarom niet juist"}}, Empty: "Er zijn nog geen antwoorden."}
	for _, a := range o.newest().Options {
		tag := site.Tag{Tone: site.Neutral, Text: "Niet juist"}
		if a.Right {
			tag = site.Tag{Tone: site.Good, Text: "Juist"}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: a.Text}, {Tag: &tag}, {Text: a.Wrong}})
	}
	return t
}

// uses are the tests in use that hold the question.
func usesTable(uses []appropriateness.Use) site.Table {
	t := site.Table{Caption: "Toetsen in gebruik met deze vraag", Columns: []site.Column{{Name: "Toets"}, {Name: "Tekst"}}, Empty: "Geen toets die in gebruik is, bevat deze vraag."}
	for _, u := range uses {
		text := "Een eerdere of andere tekst van deze vraag"
		if u.Same {
			text = "De tekst van deze versie"
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: u.Title}, {Text: text}})
	}
	return t
}

// A remark is a finding of the rule on wording, as its author reads it.
type remark struct{ where, text, norm, code string }

func remarks(out appropriateness.LintOut) (list []remark) {
	for i, f := range out.Findings {
		reason := out.Because[i]
		list = append(list, remark{fieldText(f.At), reason.Text, reason.Norm.Dutch(), f.Code})
	}
	return list
}

// events are the steps of a version, oldest first.
func (o bankOne) events(q appropriateness.BankQuestion) (list []site.Event) {
	add := func(s appropriateness.Step, title string, tone site.Tone) {
		if s.Taken() {
			list = append(list, site.Event{
				Title: title, At: calendar.DutchTime(s.At), ISO: s.At.Format(time.RFC3339), By: whoText(o.names, s.By), Text: s.Note, Tone: tone,
			})
		}
	}
	add(q.Written, "Geschreven: "+originText(q.Origin), site.Neutral)
	add(q.Submitted, "Ter beoordeling aangeboden", site.Info)
	if q.State == appropriateness.Returned {
		add(q.Reviewed, "Teruggegeven", site.Warn)
	} else {
		add(q.Reviewed, "Goedgekeurd", site.Good)
	}
	add(q.Retired, "Uit gebruik genomen", site.Bad)
	return list
}

func (o bankOne) writersOf(q appropriateness.BankQuestion) (list []string) {
	for _, w := range q.Writers {
		list = append(list, whoText(o.names, w))
	}
	return list
}

// before returns the version that came before this one.
func (o bankOne) before(i int) *appropriateness.BankQuestion {
	if i+1 < len(o.file.Versions) {
		return &o.file.Versions[i+1]
	}
	return nil
}
