package web

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/pdf"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

func statementPath(run, agreement string) string {
	return runPath(run, "/afrekening/"+agreement, nil)
}

// A statementView is what one intermediary gets over a month.
type statementView struct {
	commission.Statement
	frame  site.Work
	names  map[string]string
	files  string // where its files are
	theirs bool   // shown to the intermediary: nothing leads to the provider's own pages
}

func (p pages) statementFor(r *http.Request, who staff.Session) (v statementView, err error) {
	if v.Statement, err = p.desk.Statement(r.Context(), who.Actor(), r.PathValue("id"), r.PathValue("afspraak")); err != nil {
		return v, err
	}
	v.files = statementPath(v.Run.ID, v.Share.Agreement)
	v.names, err = p.house.Names(r.Context(), who.Actor().Firm)
	return v, err
}

func (p pages) statement(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.statementFor(r, who)
	if err != nil {
		return nil, err
	}
	v.frame = p.guard.Frame(r, who, "Afrekening "+commission.MonthName(v.Run.Month)+" van "+v.Used.Name)
	v.frame.Trail, v.frame.Wide = trailTo(v.Run), true
	return site.Page(http.StatusOK, statementPage(v)), nil
}

// sums are the lines that add up to what is paid.
func (v statementView) sums() [][2]string {
	s := v.Share
	list := [][2]string{{"Provisie over " + commission.MonthName(v.Run.Month), s.Amount.Dutch()}}
	if len(s.Corrections) > 0 {
		list = append(list, [2]string{"Correcties op eerdere maanden", s.Corrected.Dutch()})
	}
	if s.Carried != 0 {
		list = append(list, [2]string{"Te veel betaald in eerdere maanden", s.Carried.Dutch()})
	}
	if s.Total < 0 {
		list = append(list, [2]string{"Nog te verrekenen met de volgende maand", s.Total.Dutch()})
	}
	return append(list, [2]string{"Uit te betalen", s.Pay().Dutch()})
}

func (v statementView) about() []site.Term {
	list := []site.Term{{Name: "Rekening (IBAN)", Body: site.Code(commission.SpaceIBAN(v.Used.IBAN))}, {Name: "Saldo op", Text: v.Run.Month.Dutch()}}
	for _, line := range v.sums() {
		list = append(list, site.Term{Name: line[0], Text: line[1]})
	}
	return list
}

func (v statementView) outcomes() site.Table {
	t := site.Table{Caption: "Contracten", Columns: []site.Column{{Name: "Uitkomst"}, {Name: "Norm"}, {Name: "Contracten", Kind: "number"}, {Name: "Saldo", Kind: "number"}, {Name: "Provisie", Kind: "number"}}}
	for _, n := range v.Share.Outcomes {
		rows := site.Cell{Text: number(n.Rows)}
		if !v.theirs {
			rows.Href = runPath(v.Run.ID, "/contracten", map[string][]string{"bemiddelaar": {v.Used.Code}, "uitkomst": {string(n.Outcome)}})
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: outcomeText(n.Outcome)},
			{Text: n.Outcome.Norm().Dutch()},
			rows,
			{Text: n.Balance.Dutch()},
			{Text: n.Amount.Dutch()},
		})
	}
	return t
}

// settled says how far the month is, in a sentence of the document.
func (v statementView) settled() string {
	if v.Run.Approved == nil {
		return "Dit is een voorlopige afrekening: de berekening is nog niet goedgekeurd."
	}
	return "De berekening is goedgekeurd op " + calendar.Of(v.Run.Approved.At).Dutch() + "."
}

// printedLines is how many contracts the PDF names; the CSV file names all.
const printedLines = 1000

const statementRules = "De provisie is een percentage van het saldo op de laatste dag van de maand (artikel 64 Bfd). Over een contract dat dan twee maanden achterstallig is, " +
	"is er geen provisie; zij wordt later niet alsnog betaald (artikel 65). Na vervroegde opeising of ontbinding is er geen aanspraak meer (artikel 66). Provisie wordt alleen overgeboekt (artikel 67)."

func (p pages) statementFile(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.statementFor(r, who)
	if err != nil {
		return nil, err
	}
	return p.statementAs(r, v, who.Actor().Firm, func(do func(commission.Line) error) error {
		return p.desk.EachLine(r.Context(), who.Actor(), v.Run.ID, commission.LineFilter{Partner: v.Used.Code}, do)
	})
}

// statementAs gives a statement of this firm as the file that is asked.
func (p pages) statementAs(r *http.Request, v statementView, of ident.Firm, each func(func(commission.Line) error) error) (site.Reply, error) {
	name := "provisie-" + commission.MonthKey(v.Run.Month) + "-" + strings.ToLower(v.Used.Code)
	switch r.PathValue("bestand") {
	case "afrekening.csv":
		return download(name, table.CSV, table.Sheet{Name: "Afrekening", Columns: lineColumns}, func(row func(...any) error) error {
			return each(func(l commission.Line) error { return row(lineCells(l)...) })
		}), nil
	case "afrekening.pdf":
		firm, err := p.house.Firm(r.Context(), of)
		if err != nil {
			return nil, err
		}
		body, err := v.PDF(firm, each)
		if err != nil {
			return nil, err
		}
		return site.Download(name+".pdf", "application/pdf", func(w io.Writer) error {
			_, err := w.Write(body)
			return err
		}), nil
	}
	return nil, fault.New(fault.NotFound, "unknown-commission-agreement", "")
}

// PDF prints the statement as a tagged PDF. The same run gives the same bytes.
func (v statementView) PDF(firm string, each func(func(commission.Line) error) error) ([]byte, error) {
	made := v.Run.Ended
	if v.Run.Approved != nil {
		made = v.Run.Approved.At
	}
	title := "Afrekening provisie " + commission.MonthName(v.Run.Month)
	d := pdf.Document{Title: title, Subject: printable(v.Used.Name + ", code " + v.Used.Code), Author: printable(firm), Made: made, Footer: title}
	terms := pdf.Terms{{Name: "Rekening (IBAN)", Text: pdf.Plain(commission.SpaceIBAN(v.Used.IBAN))}, {Name: "Saldo op", Text: pdf.Plain(v.Run.Month.Dutch())}}
	for _, line := range v.sums() {
		terms = append(terms, pdf.Term{Name: line[0], Text: pdf.Plain(line[1])})
	}
	d.Blocks = []pdf.Block{pdf.Paragraph{Text: pdf.Plain(v.settled())}, terms, pdf.Heading{Level: 2, Text: "Hoe het is berekend"}, pdf.Paragraph{Text: pdf.Plain(statementRules)}, printed(v.outcomes())}
	if len(v.Corrections) > 0 {
		t := pdf.Table{RowHead: true, Columns: []pdf.Column{{Head: "Contract", Parts: 2}, {Head: "Maand", Parts: 2}, {Head: "Reden", Parts: 4}, {Head: "Verschil", Parts: 2, Right: true}}}
		for _, c := range v.Corrections {
			t.Rows = append(t.Rows, []pdf.Text{plainText(c.Contract), plainText(commission.MonthName(c.Month)), plainText(c.Reason), plainText(c.Difference.Dutch())})
		}
		d.Blocks = append(d.Blocks, pdf.Heading{Level: 2, Text: "Correcties op eerdere maanden"}, t)
	}
	lines := pdf.Table{RowHead: true, Columns: []pdf.Column{{Head: "Contract", Parts: 3}, {Head: "Saldo", Parts: 3, Right: true}, {Head: "Percentage", Parts: 2, Right: true}, {Head: "Uitkomst", Parts: 4}, {Head: "Provisie", Parts: 2, Right: true}}}
	all := 0
	err := each(func(l commission.Line) error {
		if all++; all <= printedLines {
			lines.Rows = append(lines.Rows, []pdf.Text{plainText(l.Ref), plainText(l.Balance.Dutch()), plainText(percentOf(l)), plainText(outcomeText(l.Outcome)), plainText(l.Amount.Dutch())})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(lines.Rows) > 0 {
		d.Blocks = append(d.Blocks, pdf.Heading{Level: 2, Text: "Contracten"}, lines)
	}
	if all > printedLines {
		d.Blocks = append(d.Blocks, pdf.Small{Text: pdf.Plain("Hier staan de eerste " + number(printedLines) + " van " + number(all) + " contracten. Het CSV-bestand noemt ze allemaal.")})
	}
	d.Blocks = append(d.Blocks, pdf.Small{Text: pdf.Plain("Bewijs (root) van de berekening: " + v.Run.Root.String())})
	var b bytes.Buffer
	err = d.Write(&b)
	return b.Bytes(), err
}

// printed is a table of a page as one of a document.
func printed(t site.Table) pdf.Table {
	out := pdf.Table{RowHead: true}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, pdf.Column{Head: c.Name, Right: c.Kind == "number"})
	}
	for _, row := range t.Rows {
		var cells []pdf.Text
		for _, c := range row {
			cells = append(cells, plainText(c.Text))
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func plainText(s string) pdf.Text { return pdf.Plain(printable(s)) }

// printable puts a question mark where the fonts of a document have no character.
func printable(s string) string {
	for _, r := range pdf.Missing(s) {
		s = strings.ReplaceAll(s, string(r), "?")
	}
	return s
}
