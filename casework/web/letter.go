package web

import (
	"net/http"
	"slices"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A LetterPage is the form on which somebody writes a letter about a case: first the
// words, then how it will look, then it is made.
type LetterPage struct {
	Frame    site.Work
	Action   string // where the form is sent
	Back     string // the page of the case
	Revision string
	Letter   casework.Missive
	Preview  bool
	Day      string // on which it was sent, on that page
	Problems []site.Problem
}

func (v LetterPage) problem(field string) string { return problem(v.Problems, field) }

// letterFields leads a fault of a letter to the field of its page.
var letterFields = map[string]string{"/subject": "onderwerp", "/text": "brief", "/to": "aan", "/way": "wijze", "/at": "dag"}

// readLetter reads what the form of a letter sent; preview says that it is only to be
// shown.
func readLetter(r *http.Request) (l casework.Missive, preview bool) {
	version, _ := strconv.Atoi(r.PostFormValue("sjabloon")) // what we did not write is the words of the house
	return casework.Missive{
		Code: r.PostFormValue("soort"), Version: version, Subject: r.PostFormValue("onderwerp"), To: r.PostFormValue("aan"), Text: r.PostFormValue("brief"),
	}, r.PostFormValue("stap") == "voorbeeld"
}

// letterWays are the ways in which a letter goes out.
var letterWays = []site.Choice{{Value: string(casework.Letter), Text: "Per post"}, {Value: string(casework.Mail), Text: "Per e-mail"}, {Value: string(casework.Visit), Text: "Overhandigd"}}

// letters are those of the case, with what became of each.
func (u Under) letters() site.Table {
	t := site.Table{
		Caption: "Brieven", Empty: "Er zijn geen brieven gemaakt.",
		Columns: []site.Column{{Name: "Brief"}, {Name: "Pagina"}, {Name: "Gemaakt", Kind: "date"}, {Name: "Stand"}, {Name: "E-mail"}},
	}
	for _, l := range u.File.Letters {
		at := casesPath + "/" + string(l.Case) + "/documenten/"
		state := site.Cell{Tag: &site.Tag{Tone: site.Warn, Text: "nog niet verstuurd"}}
		switch {
		case !l.Sent.IsZero():
			state.Tag = &site.Tag{Tone: site.Good, Text: "verstuurd op " + calendar.Of(l.Sent).Dutch() + ", " + wayText(l.Way)}
		case u.Works && u.File.Open():
			state.Text, state.Href = "Vastleggen dat hij weg is", lettersPath(l.Case)+"/"+l.ID
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: l.Subject + " (PDF)", Href: at + l.PDF.ID}, {Text: "HTML", Href: at + l.HTML.ID}, {Text: calendar.DutchTime(l.Made)}, state, u.mail(l)})
	}
	return t
}

// mail is what became of a letter by e-mail, or where it is sent so.
func (u Under) mail(l casework.Missive) site.Cell {
	c, mailed := u.Mails.Of[l.ID]
	if !mailed && l.Sent.IsZero() && u.Works && u.File.Open() && u.Mails.Send != "" {
		c = site.Cell{Text: "Per e-mail versturen", Href: u.Mails.Send + l.ID}
	}
	return c
}

const templatesPath = "/werk/sjablonen"

func templatePath(k casework.Kind, code string) string {
	return templatesPath + "/" + string(k) + "/" + code
}

type templatesPage struct {
	frame site.Work
	kinds []casework.About
	used  map[string]casework.Template // by path
}

// templates lists the kinds of letter of all rooms that somebody may see.
func (p pages) templates(r *http.Request, who staff.Session) (site.Reply, error) {
	v := templatesPage{frame: p.guard.Frame(r, who, "Sjablonen van brieven"), used: map[string]casework.Template{}}
	v.frame.Lead = "De woorden waarmee een brief begint. Wie een brief schrijft, past ze aan voor die ene klant."
	v.frame.Trail = []site.Link{{Text: "Zaken", Href: casesPath}}
	for _, a := range p.seen(who) {
		if len(a.Letters) == 0 {
			continue
		}
		v.kinds = append(v.kinds, a)
		for _, l := range a.Letters {
			all, err := p.desk.Templates(r.Context(), who.Account.Firm, a.Kind, l.Code)
			if err != nil {
				return nil, err
			}
			v.used[templatePath(a.Kind, l.Code)] = all[0]
		}
	}
	return site.Page(http.StatusOK, showTemplates(v)), nil
}

func (v templatesPage) table(a casework.About) site.Table {
	t := site.Table{Caption: "Brieven over " + a.Plural, Columns: []site.Column{{Name: "Brief"}, {Name: "Onderwerp"}, {Name: "Woorden"}}}
	for _, l := range a.Letters {
		path := templatePath(a.Kind, l.Code)
		used, from := v.used[path], "van Zorgplicht"
		if used.Version > 0 {
			from = "eigen versie " + strconv.Itoa(used.Version) + ", " + calendar.Of(used.Made).Dutch()
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: l.Dutch, Href: path}, {Text: used.Subject}, {Text: from}})
	}
	return t
}

type templatePage struct {
	frame    site.Work
	about    casework.About
	kind     casework.LetterKind
	all      []casework.Template
	works    bool
	value    func(string) string
	problems []site.Problem
}

func (v templatePage) problem(field string) string { return problem(v.problems, field) }

func (p pages) templatePage(r *http.Request, who staff.Session) (v templatePage, err error) {
	a, _ := p.desk.About(casework.Kind(r.PathValue("soort")))
	i := slices.IndexFunc(a.Letters, func(l casework.LetterKind) bool { return l.Code == r.PathValue("code") })
	if i < 0 || !who.May(a.See) {
		return v, fault.New(fault.NotFound, "unknown-letter-kind", "")
	}
	v.about, v.kind, v.works = a, a.Letters[i], who.May(staff.SetLetters)
	v.frame = p.guard.Frame(r, who, v.kind.Dutch)
	v.frame.Trail = []site.Link{{Text: "Sjablonen van brieven", Href: templatesPath}}
	if v.all, err = p.desk.Templates(r.Context(), who.Account.Firm, a.Kind, v.kind.Code); err != nil {
		return v, err
	}
	now := map[string]string{"onderwerp": v.all[0].Subject, "tekst": v.all[0].Text}
	v.value = func(field string) string { return now[field] }
	return v, nil
}

func (p pages) template(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.templatePage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showTemplate(v)), nil
}

func (p pages) setTemplate(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.templatePage(r, who)
	if err != nil {
		return nil, err
	}
	saw, err := strconv.Atoi(r.PostFormValue("versie"))
	if err != nil {
		saw = -1 // no version: whoever sends none is told that the template changed
	}
	err = p.desk.WriteTemplate(r.Context(), who.Actor(), saw, casework.Template{Kind: v.about.Kind, Code: v.kind.Code, Subject: r.PostFormValue("onderwerp"), Text: r.PostFormValue("tekst")})
	if problems, ok := refused(err, map[string]string{"/subject": "onderwerp", "/text": "tekst"}); ok {
		v.problems, v.frame.Failed, v.value = problems, true, r.PostFormValue
		return site.Page(http.StatusBadRequest, showTemplate(v)), nil
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(templatePath(v.about.Kind, v.kind.Code)), nil
}

// fields are what may stand between braces, by name.
func (v templatePage) fields() (terms []site.Term) {
	for _, name := range sorted(v.about.Fields) {
		terms = append(terms, site.Term{Name: "{" + name + "}", Text: v.about.Fields[name]})
	}
	return terms
}

func (v templatePage) versions() site.Table {
	t := site.Table{Caption: "Versies", Columns: []site.Column{{Name: "Versie"}, {Name: "Bewaard", Kind: "date"}, {Name: "Onderwerp"}, {Name: "SHA-256", Kind: "code"}}}
	for _, o := range v.all {
		if o.Version == 0 {
			t.Rows = append(t.Rows, []site.Cell{{Text: "van Zorgplicht"}, {}, {Text: o.Subject}, {Text: o.Digest().String()[:12]}})
			continue
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: strconv.Itoa(o.Version)}, {Text: calendar.DutchTime(o.Made)}, {Text: o.Subject}, {Text: o.Digest().String()[:12]}})
	}
	return t
}
