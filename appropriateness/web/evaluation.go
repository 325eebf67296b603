package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// An EvaluationDesk is what staff may ask of the time after the test;
// appropriateness.Service is one, and says what each method does.
type EvaluationDesk interface {
	Versions(context.Context, ident.Actor) ([]appropriateness.Version, error)
	Effectiveness(context.Context, ident.Actor, string, ident.Hash) (appropriateness.Effectiveness, error)
	Evaluations(context.Context, ident.Actor, string) ([]appropriateness.Evaluated, error)
	DueEvaluations(context.Context, ident.Actor) ([]appropriateness.Due, error)
	WriteEvaluation(context.Context, ident.Actor, appropriateness.Evaluating) (appropriateness.Evaluated, error)
	ConfirmEvaluation(ctx context.Context, by ident.Actor, testID, id string) error
	PlanEvaluation(ctx context.Context, by ident.Actor, testID, day string) error
	ReportSequels(context.Context, ident.Actor, []appropriateness.SequelRow, bool) (appropriateness.SequelReport, error)
	SequelsOf(context.Context, ident.Actor, appropriateness.AttemptID) ([]appropriateness.Sequel, error)
	WithdrawSequel(context.Context, ident.Actor, appropriateness.Withdrawing) error
	Today() calendar.Date
}

func evaluationPath(id string) string { return testPath(id) + "/evaluatie" }

// MountEvaluations mounts the pages on what became of clients: the list of tests by
// the day of their evaluation, a page per test, and the import of sequels.
func MountEvaluations(s *site.Site, d EvaluationDesk, g Guard, names Names) {
	p := evaluationPages{d, g, names}
	s.Explain(map[string]site.Message{
		"unknown-evaluation": {
			Title: "Deze evaluatie is er niet", Text: "Er is geen evaluatie met dit kenmerk bij deze toets.",
			Do: "Open de evaluaties van de toets en kies er een.", Next: site.Link{Text: "Naar de evaluaties", Href: evaluationsPath},
		},
		"unknown-sequel": {
			Title: "Dit vervolg is er niet", Text: "Misschien is het al ingetrokken.",
			Do: "Open de toetspoging en kijk bij Vervolg.", Next: site.Link{Text: "Naar de toetspogingen", Href: listPath},
		},
	})
	s.Receive(sequelPath, importBody)
	s.Handle("GET "+evaluationsPath, g.Staff(staff.SeeTests, p.list))
	for _, f := range []table.Format{table.CSV, table.XLSX} {
		s.Handle("GET "+evaluationsPath+"/lijst."+string(f), g.Staff(staff.SeeTests, p.exportDue(f)))
		s.Handle("GET "+testsPath+"/{id}/evaluatie/cijfers."+string(f), g.Staff(staff.SeeTests, p.exportFigures(f)))
	}
	s.Handle("GET "+sequelPath, g.Staff(staff.TellSequels, p.showImport))
	s.Handle("POST "+sequelPath, g.Staff(staff.TellSequels, p.importFile))
	s.Handle("GET "+testsPath+"/{id}/evaluatie", g.Staff(staff.SeeTests, p.one))
	s.Handle("POST "+testsPath+"/{id}/evaluatie", g.Staff(staff.EvaluateTests, p.write))
	s.Handle("POST "+testsPath+"/{id}/evaluatie/bevestigen", g.Staff(staff.EvaluateTests, p.confirm))
	s.Handle("POST "+testsPath+"/{id}/evaluatie/plannen", g.Staff(staff.EvaluateTests, p.plan))
	s.Handle("POST "+listPath+"/{id}/vervolg", g.Staff(staff.TellSequels, p.tell))
	s.Handle("GET "+listPath+"/{id}/vervolg/intrekken", g.Staff(staff.TellSequels, p.showWithdraw))
	s.Handle("POST "+listPath+"/{id}/vervolg/intrekken", g.Staff(staff.TellSequels, p.withdraw))
}

const (
	evaluationsPath = "/werk/toetsevaluaties"
	sequelPath      = evaluationsPath + "/vervolg"
)

type evaluationPages struct {
	desk  EvaluationDesk
	guard Guard
	names Names
}

// An evaluationPage is what became of the clients of one version of a test, and what
// was made of it.
type evaluationPage struct {
	asking
	appropriateness.Effectiveness
	id       string
	frame    site.Work
	who      staff.Session
	names    map[string]string
	versions []appropriateness.Version
	past     []appropriateness.Evaluated
	due      *appropriateness.Due // nil where the test is not in use
	today    calendar.Date
}

func (p evaluationPages) page(r *http.Request, who staff.Session, a asking) (v evaluationPage, err error) {
	v = evaluationPage{asking: a, id: r.PathValue("id"), who: who, today: p.desk.Today()}
	all, err := p.desk.Versions(r.Context(), who.Actor())
	if err != nil {
		return v, err
	}
	for _, o := range all {
		if o.TestID == v.id {
			v.versions = append(v.versions, o)
		}
	}
	if len(v.versions) == 0 {
		return v, fault.New(fault.NotFound, "unknown-design", v.id)
	}
	hash := v.versions[0].Hash
	if text := v.value("versie"); text != "" {
		if hash, err = ident.ParseHash(text); err != nil {
			return v, fault.New(fault.NotFound, "unknown-version", v.id)
		}
	}
	if v.Effectiveness, err = p.desk.Effectiveness(r.Context(), who.Actor(), v.id, hash); err != nil {
		return v, err
	}
	if v.past, err = p.desk.Evaluations(r.Context(), who.Actor(), v.id); err != nil {
		return v, err
	}
	due, err := p.desk.DueEvaluations(r.Context(), who.Actor())
	if err != nil {
		return v, err
	}
	if i := slices.IndexFunc(due, func(d appropriateness.Due) bool { return d.TestID == v.id }); i >= 0 {
		v.due = &due[i]
	}
	v.frame = p.guard.Frame(r, who, "Evaluatie van "+testName(titled(v.Version.Title, v.id)))
	v.frame.Wide = true
	v.frame.Trail = []site.Link{{Text: "Evaluaties", Href: evaluationsPath}}
	v.names, err = p.names(r.Context(), who.Account.Firm)
	return v, err
}

func (p evaluationPages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.page(r, who, asking{asked: r.URL.Query()})
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, evaluationOf(v)), nil
}

// act does what was asked, and shows the page again with what is wrong.
func (p evaluationPages) act(r *http.Request, who staff.Session, do func(*asking) error) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, fault.Because(fault.Invalid, "bad-form", err)
	}
	a := asking{asked: r.PostForm}
	err := do(&a)
	if err == nil {
		return site.SeeOther(evaluationPath(r.PathValue("id")) + "?versie=" + a.value("versie")), nil
	}
	problems, err := refusedEvaluation(err)
	if err != nil {
		return nil, err
	}
	status := http.StatusBadRequest
	if problems[0].Field == "" {
		status = http.StatusConflict
	}
	v, err := p.page(r, who, a)
	if err != nil {
		return nil, err
	}
	v.problems, v.frame.Failed = problems, true
	return site.Page(status, evaluationOf(v)), nil
}

var evaluationRefusals = map[string]string{
	"evaluator-is-writer":  "U hebt deze evaluatie geschreven. Een ander moet haar bevestigen.",
	"evaluation-confirmed": "Deze evaluatie is al bevestigd.",
}

func refusedEvaluation(err error) ([]site.Problem, error) {
	if f := fault.As(err); f != nil && evaluationRefusals[f.Reason] != "" {
		return []site.Problem{{Text: evaluationRefusals[f.Reason]}}, nil
	}
	problems, err := refused(err)
	if err == nil && len(problems) == 0 {
		err = fault.New(fault.Invalid, "invalid-evaluation", "")
	}
	return problems, err
}

func (p evaluationPages) write(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(a *asking) error {
		hash, err := ident.ParseHash(a.value("versie"))
		if err != nil {
			return fault.New(fault.NotFound, "unknown-version", "")
		}
		_, err = p.desk.WriteEvaluation(r.Context(), who.Actor(), appropriateness.Evaluating{
			TestID: r.PathValue("id"), Test: hash, Conclusion: a.value("conclusion"), Measures: a.value("measures"), Outside: a.value("outside"), Next: a.value("next"),
		})
		return err
	})
}

func (p evaluationPages) confirm(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(a *asking) error {
		return p.desk.ConfirmEvaluation(r.Context(), who.Actor(), r.PathValue("id"), a.value("evaluatie"))
	})
}

func (p evaluationPages) plan(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(a *asking) error {
		return p.desk.PlanEvaluation(r.Context(), who.Actor(), r.PathValue("id"), a.value("day"))
	})
}

var cohortNames = map[appropriateness.Cohort]string{
	appropriateness.AmplePass:  "Ruim geslaagd",
	appropriateness.NarrowPass: "Net geslaagd",
	appropriateness.WentOn:     "Verder na de waarschuwing",
	appropriateness.Stopped:    "Niet geslaagd",
}

// followed draws of each cohort how many have a signal, have none, and were not
// followed.
func (v evaluationPage) followed() chart.Stacks {
	s := chart.Stacks{
		Head: chart.Head{
			ID: "gevolgd", Title: "Wat er van klanten is geworden", Row: "Groep",
			Told: "Van elke groep klanten het deel met een signaal, het deel dat is gevolgd zonder signaal, en het deel waarvan niets bekend is.",
		},
		Parts: []chart.Part{{Name: "Met een signaal", Tone: "bad"}, {Name: "Gevolgd, zonder signaal", Tone: "good"}, {Name: "Niets bekend", Tone: "neutral"}},
	}
	for _, c := range v.Cohorts {
		s.Rows = append(s.Rows, chart.Stack{Label: cohortNames[c.Cohort], Values: []int{c.Signal, c.Followed - c.Signal, c.Judged - c.Followed}})
	}
	return s
}

func (v evaluationPage) versionChoices() (list []site.Choice) {
	for _, o := range v.versions {
		list = append(list, site.Choice{Value: o.Hash.String(), Text: versionText(o)})
	}
	return list
}

var outsideWords = []site.Choice{
	{Value: "none", Text: "Niet"},
	{Value: "incidental", Text: "Incidenteel"},
	{Value: "more than incidental", Text: "Meer dan incidenteel", Hint: "Dan past de distributiestrategie waarschijnlijk niet bij de doelgroep."},
}

func outsideWord(word string) string {
	for _, c := range outsideWords {
		if c.Value == word {
			return c.Text
		}
	}
	return word
}

// outsideText says how many clients lay outside the target group by their answers.
func (v evaluationPage) outsideText() string {
	all := v.All()
	passed := v.Passed()
	if all.Outside == 0 {
		return "Niemand viel volgens de toets buiten de doelgroep, of de toets vraagt er niet naar."
	}
	return fmt.Sprintf("%s vielen volgens de toets buiten de doelgroep, van wie %d mochten verdergaan.", count(all.Outside, "klant", "klanten"), passed.Outside)
}

func (v evaluationPage) name(actor string) string { return testPage{names: v.names}.name(actor) }

// figures is the address of the figures of this version as a file.
func (v evaluationPage) figures(format string) string {
	return evaluationPath(v.id) + "/cijfers." + format + "?versie=" + v.Version.Hash.String()
}
