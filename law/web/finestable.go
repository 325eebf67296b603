package web

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/law"
	"zorgplicht/staff"
)

// at is the address of this reckoning with other norms, or of its file.
func (v finesView) at(path string, norms []ident.Norm) string {
	q := url.Values{}
	for _, name := range []string{fieldType, fieldAlso, fieldFirst, fieldBalance, fieldStaff, fieldData} {
		if s := v.value(name); s != "" {
			q.Set(name, s)
		}
	}
	if len(norms) > 0 {
		q.Set(fieldNorms, perLine(norms))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func perLine(norms []ident.Norm) string {
	all := make([]string, len(norms))
	for i, n := range norms {
		all[i] = string(n)
	}
	return strings.Join(all, "\n")
}

// withOne is the address with one norm more.
func (v finesView) withOne(n ident.Norm) string {
	return v.at(finesPath, append(slices.Clone(v.norms), n))
}

// table is the fine of each breach, under each reading of the table.
func (v finesView) table() site.Table {
	t := site.Table{Caption: "Boete per overtreding", Columns: []site.Column{
		{Name: "Norm"}, {Name: "Tarief"}, {Name: "Vast bedrag", Kind: "number"}, {Name: "Categorie"}, {Name: "Boete", Kind: "number"}, {Name: "Eerst horen"},
	}}
	for _, l := range v.lines {
		cells := []site.Cell{{Text: l.norm.Dutch(), Href: normPath(l.norm)}}
		if l.fine.Base == nil {
			t.Rows = append(t.Rows, append(cells, site.Cell{Text: "Geen: bijlage 10 noemt deze bepaling niet"}, site.Cell{}, site.Cell{}, site.Cell{}, site.Cell{}))
			continue
		}
		tariff := site.Cell{Text: l.tariff}
		if l.reading != "" {
			tariff.Text += " (" + l.reading + ")"
		}
		t.Rows = append(t.Rows, append(cells, tariff, site.Cell{Text: euro(*l.fine.Base)}, site.Cell{Text: l.category()}, site.Cell{Text: l.amount()}, site.Cell{Text: yesNo(l.fine.Hearing)}))
	}
	return t
}

func (l fineLine) category() string {
	if l.fine.Category.V == "" {
		return "I tot en met V"
	}
	text := l.fine.Category.V + ", factor " + strconv.FormatInt(*l.fine.Factor, 10)
	if l.most > l.fine.Fine.V {
		text += ", of hoger"
	}
	return text
}

func (l fineLine) amount() string { return span(l.least(), l.most) }

func (l fineLine) least() int64 {
	if l.fine.Fine.V != 0 {
		return l.fine.Fine.V
	}
	return *l.fine.Base // category I, factor 1
}

func span(low, high int64) string {
	if low == high {
		return euro(low)
	}
	return euro(low) + " tot " + euro(high)
}

// euro writes whole euros as the Dutch do.
func euro(n int64) string {
	return "€ " + dutchNumber(law.Number{Value: strconv.FormatInt(n, 10)})
}

func yesNo(b *bool) string {
	if b != nil && *b {
		return "Ja"
	}
	return "Nee"
}

// because are the sentences on which the sum rests, each once, those of the fines
// beside those of the sum.
func (v finesView) because() (texts []string) {
	add := func(text string) {
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	for _, r := range v.cost.Because {
		if r.Code != "sum" {
			add(r.Text)
		}
	}
	for _, l := range v.lines {
		for _, r := range l.fine.Because {
			switch r.Code {
			case "heard", "not_heard", "exception_with_tariff", "applied_lid":
				add(r.Text)
			}
		}
	}
	return texts
}

var finesColumns = []table.Column{
	{Name: "Kenmerk", Width: 14},
	{Name: "Vindplaats", Width: 34},
	{Name: "Tarief", Width: 8},
	{Name: "Lezing", Width: 18},
	{Name: "Vast bedrag in euro", Width: 18},
	{Name: "Categorie", Width: 22},
	{Name: "Boete vanaf", Width: 14},
	{Name: "Boete tot", Width: 14},
	{Name: "Eerst horen", Width: 12},
}

// exportFines gives the reckoning as a file, with what it assumes.
func (p pages) exportFines(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v := p.readFines(r, who)
		if len(v.problems) > 0 {
			return site.Page(http.StatusBadRequest, finesPage(v)), nil
		}
		sheet := table.Sheet{Name: "Boetes", Columns: finesColumns, About: [][2]string{{"Recht", "Bijlage 10 van het besluit van 2005"}, {"Samen", span(v.cost.Low, v.cost.High)}}}
		for _, text := range v.because() {
			sheet.About = append(sheet.About, [2]string{"Aanname", text})
		}
		return site.Download("boetes-"+p.today().String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, l := range v.lines {
				if err := out.Row(l.cells()...); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}

func (l fineLine) cells() []any {
	cells := []any{string(l.norm), l.norm.Dutch(), l.tariff, l.reading}
	if l.fine.Base == nil {
		return append(cells, "geen tarief in tabel 1", "", "", "", "")
	}
	return append(cells, int(*l.fine.Base), l.category(), int(l.least()), int(l.most), yesNo(l.fine.Hearing))
}
