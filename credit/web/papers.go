package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A paperList is the list of documents as it was asked.
type paperList struct {
	frame   site.Work
	kind    credit.PaperKind
	page    credit.PaperPage
	skipped int
	names   map[string]string
	issues  bool
}

func paperKinds() []site.Choice {
	all := []site.Choice{{Value: "", Text: "Alle"}}
	for _, k := range credit.PaperKinds {
		all = append(all, site.Choice{Value: string(k), Text: credit.PaperText(k)})
	}
	return all
}

func kindOf(text string) credit.PaperKind {
	for _, k := range credit.PaperKinds {
		if string(k) == text {
			return k
		}
	}
	return ""
}

func (p pages) papers(r *http.Request, who staff.Session) (site.Reply, error) {
	v := paperList{kind: kindOf(r.URL.Query().Get("soort")), issues: who.May(staff.IssueCredit)}
	f := credit.PaperFilter{Kind: v.kind, Limit: atOnce}
	f.Cursor, v.skipped = after(r.URL.Query().Get("na"))
	var err error
	if v.page, err = p.desk.Papers(r.Context(), who.Actor(), f); err != nil {
		return nil, err
	}
	if v.names, err = p.house.Names(r.Context(), who.Actor().Firm); err != nil {
		return nil, err
	}
	v.frame = p.guard.Frame(r, who, "Kredietstukken")
	v.frame.Lead, v.frame.Wide = "Elk stuk met cijfers dat hier is gemaakt, zoals het is uitgegeven. Het nieuwste staat bovenaan.", true
	return site.Page(http.StatusOK, papersPage(v)), nil
}

// after reads the place at which this page begins. What we did not write counts as
// the first page.
func after(na string) (credit.PaperCursor, int) {
	part := strings.Split(na, ".")
	if len(part) != 3 || !ident.Valid(part[2]) {
		return credit.PaperCursor{}, 0
	}
	skipped, err1 := strconv.Atoi(part[0])
	ms, err2 := strconv.ParseInt(part[1], 10, 64)
	if err1 != nil || err2 != nil || skipped < 1 || skipped > 1<<30 {
		return credit.PaperCursor{}, 0
	}
	return credit.PaperCursor{At: time.UnixMilli(ms).UTC(), ID: credit.PaperID(part[2])}, skipped
}

func (v paperList) at(path, na string) string {
	q := url.Values{}
	for name, value := range map[string]string{"soort": string(v.kind), "na": na} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (v paperList) turn() site.Pages {
	n := len(v.page.Rows)
	p := site.Pages{About: "kredietstukken", Shown: fmt.Sprintf("%d tot en met %d", v.skipped+1, v.skipped+n)}
	if n == 0 {
		p.Shown = "Geen stukken"
	}
	if v.skipped > 0 {
		p.First = v.at(papersPath, "")
	}
	if next := v.page.Next; next != nil {
		p.Next = v.at(papersPath, fmt.Sprintf("%d.%d.%s", v.skipped+n, next.At.UnixMilli(), next.ID))
	}
	return p
}

func paperTable(rows []credit.Paper, names map[string]string) site.Table {
	t := site.Table{
		Caption: "Kredietstukken, het nieuwste eerst", Hidden: true, Empty: "Er zijn geen stukken die hieraan voldoen.",
		Columns: []site.Column{{Name: "Stuk"}, {Name: "Over"}, {Name: "Uitgegeven", Kind: "date"}, {Name: "Door"}},
	}
	for _, p := range rows {
		about := site.Cell{Text: "Overeenkomst " + p.Reference}
		if p.Product != "" {
			about = site.Cell{Text: p.Title + ", versie " + strconv.Itoa(p.Version), Href: productPath(p.Product) + "?versie=" + strconv.Itoa(p.Version)}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: credit.PaperText(p.Kind), Href: paperPath(p.ID)}, about, {Text: calendar.DutchTime(p.At)}, {Text: called(names, p.By)}})
	}
	return t
}

// exportPapers gives exactly the list that is shown, all pages of it.
func (p pages) exportPapers(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		names, err := p.house.Names(r.Context(), who.Actor().Firm)
		if err != nil {
			return nil, err
		}
		f := credit.PaperFilter{Kind: kindOf(r.URL.Query().Get("soort")), Limit: 200}
		sheet := table.Sheet{Name: "Kredietstukken", Columns: []table.Column{
			{Name: "Stuk", Width: 28}, {Name: "Titel", Width: 36}, {Name: "Overeenkomst", Width: 20}, {Name: "Uitgegeven", Width: 18}, {Name: "Door", Width: 24}, {Name: "Kenmerk", Width: 38}, {Name: "Hash (SHA-256)", Width: 66},
		}}
		return site.Download("kredietstukken."+string(format), format.MediaType(), func(w io.Writer) error {
			rows, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for {
				page, err := p.desk.Papers(r.Context(), who.Actor(), f)
				if err != nil {
					return err
				}
				for _, one := range page.Rows {
					if err := rows.Row(credit.PaperText(one.Kind), one.Title, one.Reference, one.At, called(names, one.By), string(one.ID), one.Hash.String()); err != nil {
						return err
					}
				}
				if page.Next == nil {
					return rows.Close()
				}
				f.Cursor = *page.Next
			}
		}), nil
	}
}

// A paperView is one document.
type paperView struct {
	frame site.Work
	p     credit.Paper
	sheet credit.Sheet
	names map[string]string
}

func (p pages) paper(r *http.Request, who staff.Session) (site.Reply, error) {
	v := paperView{}
	var err error
	if v.p, err = p.desk.Paper(r.Context(), who.Actor(), credit.PaperID(r.PathValue("id"))); err != nil {
		return nil, err
	}
	if v.sheet, err = v.p.Sheet(); err != nil {
		return nil, err
	}
	if v.names, err = p.house.Names(r.Context(), who.Actor().Firm); err != nil {
		return nil, err
	}
	v.frame = p.guard.Frame(r, who, credit.PaperText(v.p.Kind))
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Kredietstukken", Href: papersPath}}, true
	return site.Page(http.StatusOK, paperPage(v)), nil
}

func (v paperView) about() []site.Term {
	return []site.Term{
		{Name: "Uitgegeven", Text: calendar.DutchTime(v.p.At) + " door " + called(v.names, v.p.By)},
		{Name: "Kenmerk", Body: site.Code(string(v.p.ID))},
		{Name: "Hash van de inhoud (SHA-256)", Body: site.Code(v.p.Hash.String())},
		{Name: "Hash van de PDF (SHA-256)", Body: site.Code(v.p.PDFHash.String())},
	}
}

// file gives the document as PDF, page, data or table.
func (p pages) file(r *http.Request, who staff.Session) (site.Reply, error) {
	one, err := p.desk.Paper(r.Context(), who.Actor(), credit.PaperID(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	sheet, err := one.Sheet()
	if err != nil {
		return nil, err
	}
	_, form, _ := strings.Cut(r.PathValue("bestand"), "stuk.")
	media, known := media[form]
	if !known {
		return nil, fault.New(fault.NotFound, "no-such-page", "")
	}
	return site.Download(string(one.Kind)+"-"+string(one.ID)+"."+form, media, func(w io.Writer) error {
		switch form {
		case "pdf":
			_, err := w.Write(one.PDF)
			return err
		case "json":
			return indented(w, one.Body)
		}
		return Render(r.Context(), w, form, sheet)
	}), nil
}

// media are the kinds of file in which a document comes.
var media = map[string]string{"pdf": "application/pdf", "json": "application/json", "html": "text/html; charset=utf-8", "csv": table.CSV.MediaType()}

func indented(w io.Writer, body []byte) error {
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		return err
	}
	_, err := w.Write(append(b.Bytes(), '\n'))
	return err
}

// Render writes what a document says as pdf, html, csv or json; any other form is
// fault.Invalid "unknown-form".
func Render(ctx context.Context, w io.Writer, form string, s credit.Sheet) error {
	switch form {
	case "html":
		return sheetDocument(s).Render(ctx, w)
	case "csv":
		return writeTable(w, s)
	case "json":
		return indented(w, canon.Must(s))
	case "pdf":
		made, err := time.Parse(time.RFC3339, s.Made)
		if err != nil {
			return err
		}
		b, err := PDF(s.Firm, made, s)
		if err == nil {
			_, err = w.Write(b)
		}
		return err
	}
	return fault.New(fault.Invalid, "unknown-form", form)
}

// writeTable writes the longest table of a sheet, which is what it is about.
func writeTable(w io.Writer, s credit.Sheet) error {
	var most credit.Piece
	for _, p := range s.Pieces {
		if len(p.Rows) > len(most.Rows) {
			most = p
		}
	}
	if len(most.Columns) == 0 { // a notice has facts by name
		most.Columns = []string{"Wat", "Waarde"}
		for _, p := range s.Pieces {
			for _, t := range p.Terms {
				most.Rows = append(most.Rows, []string{t[0], t[1]})
			}
		}
	}
	sheet := table.Sheet{Name: "Cijfers"}
	for _, c := range most.Columns {
		sheet.Columns = append(sheet.Columns, table.Column{Name: c, Width: 24})
	}
	rows, err := table.New(table.CSV, w, sheet)
	if err != nil {
		return err
	}
	for _, r := range most.Rows {
		cells := make([]any, len(r))
		for i, c := range r {
			cells[i] = strings.ReplaceAll(c, "\u00a0", " ")
		}
		if err := rows.Row(cells...); err != nil {
			return err
		}
	}
	return rows.Close()
}
