package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/criteria"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/text"
	"zorgplicht/staff"
)

// A textPage is where the text of a set is written.
type textPage struct {
	frame    site.Work
	name     string
	purpose  criteria.Purpose
	text     string
	saw      int
	problems []site.Problem
	look     criteria.Look
	checked  bool // somebody asked what is wrong
	writes   bool
	waits    bool // it was offered, so it cannot be written
	used     bool // it was in use: its purpose is fixed
}

func (t textPage) problem(name string) string {
	for _, p := range t.problems {
		if p.Field == name {
			return p.Text
		}
	}
	return ""
}

// summary lists the faults, each with a link to its line, after what was refused.
func (t textPage) summary() []site.Problem {
	list := t.problems
	if t.checked {
		for _, f := range t.look.Faults {
			list = append(list, site.Problem{Field: lineID(f.Line), Text: "Regel " + strconv.Itoa(f.Line) + ": " + f.Text})
		}
	}
	return list
}

func lineID(n int) string { return "regel-" + strconv.Itoa(n) }

// A sourceLine is a line of the text that something was said of.
type sourceLine struct {
	n     int
	text  string
	about []string
}

// lines are those with faults, each once.
func (t textPage) lines() (list []sourceLine) {
	all := strings.Split(t.text, "\n")
	for _, f := range t.look.Faults {
		n := max(1, min(f.Line, len(all)))
		if k := len(list); k > 0 && list[k-1].n == n {
			list[k-1].about = append(list[k-1].about, f.Text)
			continue
		}
		list = append(list, sourceLine{n, all[n-1], []string{f.Text}})
	}
	return list
}

func (p pages) showNew(r *http.Request, who staff.Session) (site.Reply, error) {
	t := p.newPage(r, who)
	if purpose := criteria.Purpose(r.URL.Query().Get("doel")); purpose.Known() {
		t.purpose = purpose
	}
	return site.Page(http.StatusOK, newSet(t)), nil
}

func (p pages) newPage(r *http.Request, who staff.Session) textPage {
	t := textPage{frame: p.guard.Frame(r, who, "Nieuwe regelset"), purpose: criteria.Attention}
	t.frame.Trail = []site.Link{{Text: "Regelsets", Href: setsPath}}
	return t
}

func (p pages) create(r *http.Request, who staff.Session) (site.Reply, error) {
	t := p.newPage(r, who)
	t.name, t.purpose = strings.TrimSpace(r.PostFormValue("name")), criteria.Purpose(r.PostFormValue("purpose"))
	_, err := p.desk.Write(r.Context(), who.Actor(), criteria.Writing{Name: t.name, Purpose: t.purpose, Text: p.books.Starter(t.purpose, t.name, p.desk.Today().String())})
	if err == nil {
		return site.SeeOther(setPath(t.name) + "/tekst"), nil
	}
	if t.problems, err = problemsOf(err); err != nil {
		return nil, err
	}
	t.frame.Failed = true
	return site.Page(http.StatusUnprocessableEntity, newSet(t)), nil
}

func (p pages) textPage(r *http.Request, who staff.Session) (t textPage, err error) {
	f, err := p.desk.File(r.Context(), who.Actor(), r.PathValue("naam"))
	if err != nil {
		return t, err
	}
	t = textPage{
		frame: p.below(r, who, "Tekst van "+titled(f.Title, f.Name)), name: f.Name, purpose: f.Purpose, text: f.Draft.Text, saw: f.Draft.Revision,
		writes: who.May(staff.WriteSets) && f.Draft.Asked == nil, waits: f.Draft.Asked != nil, used: f.Versions > 0,
	}
	t.frame.Wide = true
	if t.writes {
		t.frame.Script = site.Editor
	}
	return t, nil
}

func (p pages) showText(r *http.Request, who staff.Session) (site.Reply, error) {
	t, err := p.textPage(r, who)
	if err != nil {
		return nil, err
	}
	t.look = criteria.LookAt(t.text)
	return t.reply(http.StatusOK), nil
}

func (t textPage) reply(status int) site.Reply {
	return site.Page(status, setText(t))
}

// write checks the text, or keeps it.
func (p pages) write(r *http.Request, who staff.Session) (site.Reply, error) {
	t, err := p.textPage(r, who)
	if err != nil {
		return nil, err
	}
	t.text, t.saw = strings.ReplaceAll(r.PostFormValue("tekst"), "\r\n", "\n"), seen(r)
	if v := r.PostFormValue("purpose"); v != "" {
		t.purpose = criteria.Purpose(v)
	}
	t.look, t.checked = criteria.LookAt(t.text), true
	if r.PostFormValue("doe") == "controleren" {
		t.frame.Failed = len(t.look.Faults) > 0
		return t.reply(http.StatusOK), nil
	}
	_, err = p.desk.Write(r.Context(), who.Actor(), criteria.Writing{Name: t.name, Purpose: t.purpose, Text: t.text, Saw: t.saw})
	if err == nil {
		return site.SeeOther(setPath(t.name)), nil
	}
	if f := fault.As(err); f != nil && f.Reason == "invalid-set" && len(t.look.Faults) > 0 {
		err = nil // the faults of the text say it, with their lines
	} else if t.problems, err = problemsOf(err); err != nil {
		return nil, err
	}
	t.frame.Failed, t.writes = true, who.May(staff.WriteSets)
	return t.reply(http.StatusUnprocessableEntity), nil
}

// A checked text is what the script of the editor hears.
type checked struct {
	Faults   []said          `json:"faults"`
	Findings []said          `json:"findings"`
	Words    []criteria.Word `json:"words"`
}

type said struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

func (p pages) check(r *http.Request, _ staff.Session) (site.Reply, error) {
	l := criteria.LookAt(strings.ReplaceAll(r.PostFormValue("tekst"), "\r\n", "\n"))
	out := checked{Faults: []said{}, Findings: []said{}, Words: l.Words()}
	for _, f := range l.Faults {
		out.Faults = append(out.Faults, said{f.Line, f.Text})
	}
	for _, f := range l.Findings {
		out.Findings = append(out.Findings, said{l.Line(f.Pointer), findingText(f)})
	}
	return aJSON{out}, nil
}

// findingText is a finding on one line.
func findingText(f criteria.Finding) string {
	return strings.TrimSpace(fmt.Sprintf("%s: %s %s", text.Capital(f.Grade.Dutch()), f.Text, f.Mend))
}

// witness writes the contract that shows a finding.
func witness(p *criteria.Program, c *criteria.Case) string {
	var parts []string
	for _, v := range p.Values(c) {
		parts = append(parts, v.Field+" = "+v.Value)
	}
	return strings.Join(parts, ", ")
}

func gradeTag(g criteria.Grade) site.Tag {
	tag := site.Tag{Tone: site.Info, Text: text.Capital(g.Dutch())}
	switch g {
	case criteria.Wrong:
		tag.Tone = site.Bad
	case criteria.Doubtful:
		tag.Tone = site.Warn
	}
	return tag
}
