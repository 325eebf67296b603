package web

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// runProblems are the problems of a form, by the names of its fields; nil for what
// the form cannot mend.
func runProblems(err error, fields map[string]string) (list []site.Problem) {
	f := fault.As(err)
	if f == nil {
		return nil
	}
	switch f.Reason {
	case "invalid-screening", criteria.BadFile:
		for _, d := range f.Details {
			field := fields[d.Pointer]
			text := d.Text
			if field == "" {
				field = "bestand"
				if d.Pointer != "" {
					text = strings.ToUpper(d.Pointer[:1]) + d.Pointer[1:] + ": " + text
				}
			}
			list = append(list, site.Problem{Field: field, Text: text})
		}
	}
	return list
}

// portfolioPage is one portfolio with its files.
type portfolioPage struct {
	frame site.Work
	criteria.Portfolio
	names map[string]string
	may   bool

	reason   string // why it should go, as somebody wrote it
	problems []site.Problem
}

func (p runPages) portfolio(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.portfolioPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, portfolioView(v)), nil
}

func (p runPages) portfolioPage(r *http.Request, who staff.Session) (v portfolioPage, err error) {
	book, err := p.desk.Portfolio(r.Context(), who.Actor(), r.PathValue("id"))
	if err != nil {
		return v, err
	}
	v = portfolioPage{frame: p.frame(r, who, book.Name, toRuns, site.Link{Text: "Portefeuilles", Href: portfoliosPath}), Portfolio: book, may: who.May(staff.MakeRuns)}
	v.frame.Wide = true
	v.names, err = p.names(r.Context(), who.Account.Firm)
	return v, err
}

// remove takes the data of a portfolio away.
func (p runPages) remove(r *http.Request, who staff.Session) (site.Reply, error) {
	o := criteria.RemoveOrder{Portfolio: r.PathValue("id"), Reason: strings.TrimSpace(r.PostFormValue("reden"))}
	_, err := p.desk.Remove(r.Context(), who.Actor(), o)
	if err == nil {
		return site.SeeOther(portfolioPath(o.Portfolio)), nil
	}
	f := fault.As(err)
	if f == nil || f.Reason != "invalid-words" {
		return nil, err
	}
	v, err := p.portfolioPage(r, who)
	if err != nil {
		return nil, err
	}
	v.reason, v.frame.Failed = o.Reason, true
	for _, d := range f.Details {
		v.problems = append(v.problems, site.Problem{Field: "reden", Text: d.Text})
	}
	return site.Page(http.StatusUnprocessableEntity, portfolioView(v)), nil
}

func (v portfolioPage) files() site.Table {
	t := site.Table{
		Caption: "Bestanden", Columns: []site.Column{{Name: "Bestand"}, {Name: "Geladen", Kind: "date"}, {Name: "Door"}, {Name: "Contracten", Kind: "number"}, {Name: "Niet gelezen", Kind: "number"}, {Name: "Gelezen met"}, {Name: "SHA-256", Kind: "code"}},
	}
	for _, f := range v.Files {
		bad := site.Cell{Text: amount(f.Loaded.Bad)}
		if !f.Faults.IsZero() {
			bad = site.Cell{Text: amount(f.Loaded.Bad) + " downloaden", Href: portfolioPath(v.ID) + "/foute-rijen/" + strconv.Itoa(f.Number)}
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: strconv.Itoa(f.Number)}, {Text: calendar.DutchTime(f.At)}, {Text: nameOf(v.names, f.By)}, {Text: amount(f.Loaded.Rows)}, bad, {Text: f.SetName}, {Text: f.Hash.String()[:16]},
		})
	}
	return t
}

func nameOf(names map[string]string, by string) string {
	if n := names[by]; n != "" {
		return n
	}
	return "het systeem"
}

// again is the form that loads the portfolio anew.
func (v portfolioPage) again() string {
	return loadPath + "?" + url.Values{"naam": {v.Name}, "regelset": {v.Newest().SetName}}.Encode()
}

// faults are the first of what was left out of the newest file.
func (v portfolioPage) faults() site.Table {
	t := site.Table{Caption: "Wat buiten beschouwing bleef", Columns: []site.Column{{Name: "Regel", Kind: "number"}, {Name: "Kolom"}, {Name: "Wat te doen"}, {Name: "Code", Kind: "code"}}}
	for _, b := range v.Newest().Loaded.Shown {
		column := b.Column
		if column == "" {
			column = "hele rij"
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: amount(b.Line)}, {Text: column}, {Text: b.Text}, {Text: b.Code}})
	}
	return t
}

func (p runPages) leftOut(r *http.Request, who staff.Session) (site.Reply, error) {
	n, err := strconv.Atoi(r.PathValue("nummer"))
	if err != nil {
		return nil, fault.New(fault.NotFound, "file-missing", "")
	}
	var b bytes.Buffer // bounded: the room keeps no more than a hundred thousand lines
	if err := p.desk.LeftOut(r.Context(), who.Actor(), r.PathValue("id"), n, &b); err != nil {
		return nil, err
	}
	return site.Download("foute-rijen.csv", table.CSV.MediaType(), func(w io.Writer) error { _, err := b.WriteTo(w); return err }), nil
}

// loadPage is the form that takes a file.
type loadPage struct {
	frame    site.Work
	problems []site.Problem
	sets     []criteria.RunSet
	asked    url.Values
}

func (l loadPage) problem(field string) string { return problemAt(l.problems, field) }

func (p runPages) loadPage(r *http.Request, who staff.Session, asked url.Values) (l loadPage, err error) {
	l = loadPage{frame: p.frame(r, who, "Portefeuille laden", toRuns, site.Link{Text: "Portefeuilles", Href: portfoliosPath}), asked: asked}
	l.sets, err = p.desk.SetsToday(r.Context(), who.Actor())
	return l, err
}

func (p runPages) showLoad(r *http.Request, who staff.Session) (site.Reply, error) {
	l, err := p.loadPage(r, who, r.URL.Query())
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, loadView(l)), nil
}

// load reads the form part by part, so that the file, which comes last, is never in
// memory whole.
func (p runPages) load(r *http.Request, who staff.Session) (site.Reply, error) {
	asked := url.Values{}
	book, err := p.loadParts(r, who, asked)
	if err == nil {
		return site.SeeOther(portfolioPath(book.ID)), nil
	}
	problems := runProblems(err, map[string]string{"/name": "naam", "/set": "regelset"})
	if problems == nil {
		return nil, err
	}
	l, err := p.loadPage(r, who, asked)
	if err != nil {
		return nil, err
	}
	l.problems, l.frame.Failed = problems, true
	return site.Page(http.StatusBadRequest, loadView(l)), nil
}

func noFile(code, text string) error {
	return fault.All(criteria.BadFile, []fault.Detail{{Reason: code, Text: text}})
}

func (p runPages) loadParts(r *http.Request, who staff.Session, asked url.Values) (criteria.Portfolio, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return criteria.Portfolio{}, noFile("file-missing", "Kies een bestand.")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return criteria.Portfolio{}, noFile("file-missing", "Kies een bestand.")
		}
		if err != nil {
			return criteria.Portfolio{}, brokenOff(err)
		}
		if part.FormName() == "bestand" {
			return p.loadFile(r.Context(), who.Actor(), asked, part)
		}
		b, err := io.ReadAll(io.LimitReader(part, 1000))
		if err != nil {
			return criteria.Portfolio{}, brokenOff(err)
		}
		asked.Set(part.FormName(), string(b))
	}
}

// brokenOff keeps what says that a body is too large.
func brokenOff(err error) error {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return err
	}
	return noFile("file-unread", "Het bestand kwam niet heel aan. Stuur het opnieuw.")
}

func (p runPages) loadFile(ctx context.Context, by ident.Actor, asked url.Values, part *multipart.Part) (criteria.Portfolio, error) {
	in := bufio.NewReaderSize(part, 1<<16)
	if head, _ := in.Peek(1); len(head) == 0 && part.FileName() == "" {
		return criteria.Portfolio{}, noFile("file-missing", "Kies een bestand.")
	}
	return p.desk.Load(ctx, by, criteria.LoadOrder{Name: asked.Get("naam"), Set: asked.Get("regelset"), ID: asked.Get("kenmerk")}, in)
}
