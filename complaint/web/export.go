package web

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/pdf"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// exportColumns are those of the list, with the amounts and days as numbers.
var exportColumns = []table.Column{
	{Name: "Nummer", Width: 14},
	{Name: "Waarover", Width: 48},
	{Name: "Ontvangen", Width: 12},
	{Name: "Product", Width: 18},
	{Name: "Oorzaak", Width: 18},
	{Name: "Behandelaar", Width: 20},
	{Name: "Stand", Width: 18},
	{Name: "Dagen", Width: 8},
}

func (v listPage) cells(b complaint.Brief) []any {
	return []any{
		b.Case.Number, b.Case.Title, b.Case.Received.String(), b.Case.Product, causeText(b.Cause), v.names[b.Case.Handler], state(b).Text,
		v.days(b),
	}
}

// all shows every complaint of the list, a page at a time.
func (p pages) all(r *http.Request, who staff.Session, v listPage, row func(complaint.Brief) error) error {
	f := v.filter
	f.Limit, f.Cursor = 200, casework.Cursor{}
	for {
		page, err := p.desk.List(r.Context(), who.Account.Firm, f)
		if err != nil {
			return err
		}
		for _, b := range page.Rows {
			if err := row(b); err != nil {
				return err
			}
		}
		if page.Next == nil {
			return nil
		}
		f.Cursor = *page.Next
	}
}

// asksExport reads which list is exported; what is wrong with it is refused.
func (p pages) asksExport(r *http.Request, who staff.Session) (listPage, error) {
	v, err := p.asks(r, who)
	if err == nil && len(v.problems) > 0 {
		err = fault.New(fault.Invalid, "invalid-list", "")
	}
	return v, err
}

// export gives exactly the list that is shown, all pages of it.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v, err := p.asksExport(r, who)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Klachten", Columns: exportColumns, About: v.about()}
		return site.Download("klachten-"+v.today.String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			if err := p.all(r, who, v, func(b complaint.Brief) error { return out.Row(v.cells(b)...) }); err != nil {
				return err
			}
			return out.Close()
		}), nil
	}
}

// about says which rows an export holds.
func (v listPage) about() (about [][2]string) {
	for _, f := range []struct{ name, field string }{
		{"Woorden", "zoek"},
		{"Stand", "stand"},
		{"Oorzaak", complaint.FacetCause},
		{"Uitkomst", complaint.FacetOutcome},
		{"Product", "product"},
		{"Dienst", complaint.FacetService},
		{"Ontvangen vanaf", "van"},
		{"Ontvangen tot en met", "tot"},
		{"Volgorde", "volgorde"},
	} {
		if s := v.value(f.field); s != "" {
			about = append(about, [2]string{f.name, s})
		}
	}
	if h := v.value("behandelaar"); h != "" {
		about = append(about, [2]string{"Behandelaar", cmp.Or(v.names[h], "nog niemand")})
	}
	if more := v.chosen(); len(more) > 0 {
		about = append(about, [2]string{"Alleen", strings.Join(more, ", ")})
	}
	return append(about, [2]string{"Op", v.today.Dutch()})
}

// mostPrinted is how many rows a printed list holds at most.
const mostPrinted = 2000

// print gives the list as a document: pages with their number, and a hash of the rows
// that whoever holds the paper can hold against an export.
func (p pages) print(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.asksExport(r, who)
	if err != nil {
		return nil, err
	}
	t := pdf.Table{RowHead: true, Columns: []pdf.Column{
		{Head: "Nummer", Parts: 4},
		{Head: "Waarover", Parts: 8},
		{Head: "Ontvangen", Parts: 4},
		{Head: "Product", Parts: 4},
		{Head: "Oorzaak", Parts: 4},
		{Head: "Behandelaar", Parts: 4},
		{Head: "Stand", Parts: 4},
		{Head: "Dagen", Parts: 3, Right: true},
	}}
	hash := sha256.New()
	err = p.all(r, who, v, func(b complaint.Brief) error {
		if len(t.Rows) == mostPrinted {
			return fault.New(fault.Invalid, "list-too-long", "")
		}
		var row []pdf.Text
		for _, c := range v.cells(b) {
			s := fmt.Sprint(c)
			fmt.Fprintf(hash, "%s;", strconv.Quote(s))
			row = append(row, pdf.Plain(printable(s)))
		}
		fmt.Fprintln(hash)
		t.Rows = append(t.Rows, row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var terms pdf.Terms
	for _, a := range v.about() {
		terms = append(terms, pdf.Term{Name: a[0], Text: pdf.Plain(printable(a[1]))})
	}
	sum := fmt.Sprintf("%x", hash.Sum(nil))
	frame := p.guard.Frame(r, who, "")
	d := pdf.Document{
		Title: "Klachten", Subject: fmt.Sprintf("%d klachten, op %s", len(t.Rows), v.today.Dutch()), Author: cmp.Or(printable(frame.Firm), "Zorgplicht"),
		Footer: "Klachten op " + v.today.Dutch() + ", SHA-256 " + sum[:16], Made: p.Casework.Now().Truncate(time.Second),
		Blocks: []pdf.Block{terms, t, pdf.Small{Text: pdf.Plain("SHA-256 van de rijen: " + sum)}},
	}
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		return nil, err
	}
	return site.Download("klachten-"+v.today.String()+".pdf", "application/pdf", func(w io.Writer) error { _, err := b.WriteTo(w); return err }), nil
}

// printable is a text without what a document cannot show.
func printable(s string) string {
	for _, c := range pdf.Missing(s) {
		s = strings.ReplaceAll(s, string(c), "?")
	}
	return s
}
