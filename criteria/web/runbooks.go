package web

import (
	"cmp"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A booksPage is the list of portfolios as it was asked for.
type booksPage struct {
	frame site.Work
	asked url.Values
	found []criteria.Portfolio
	from  int
	may   bool // load
}

var bookOrders = []site.Choice{{Value: "", Text: "Naam"}, {Value: "nieuwste", Text: "Laatst geladen eerst"}, {Value: "grootste", Text: "Grootste eerst"}, {Value: "fouten", Text: "Meeste foute rijen eerst"}}

func (p runPages) asksBooks(r *http.Request, who staff.Session) (l booksPage, err error) {
	l = booksPage{frame: p.frame(r, who, "Portefeuilles", toRuns), asked: r.URL.Query(), may: who.May(staff.MakeRuns)}
	l.frame.Wide = true
	l.frame.Lead = "Een portefeuille is een bestand met contracten. Laad haar opnieuw als de gegevens veranderen: dan ziet u wat er verschuift."
	all, err := p.desk.Portfolios(r.Context(), who.Actor())
	if err != nil {
		return l, err
	}
	word := strings.ToLower(l.value("zoek"))
	for _, b := range all {
		if strings.Contains(strings.ToLower(b.Name+" "+b.Newest().SetName), word) {
			l.found = append(l.found, b)
		}
	}
	l.sort()
	l.from = place(l.asked, len(l.found))
	return l, nil
}

func (l booksPage) value(name string) string { return strings.TrimSpace(l.asked.Get(name)) }

func (l booksPage) sort() {
	by := map[string]func(a, b criteria.PortfolioFile) int{
		"nieuwste": func(a, b criteria.PortfolioFile) int { return b.At.Compare(a.At) },
		"grootste": func(a, b criteria.PortfolioFile) int { return cmp.Compare(b.Loaded.Rows, a.Loaded.Rows) },
		"fouten":   func(a, b criteria.PortfolioFile) int { return cmp.Compare(b.Loaded.Bad, a.Loaded.Bad) },
	}[l.value("volgorde")]
	if by != nil { // else by name, as they come
		slices.SortStableFunc(l.found, func(a, b criteria.Portfolio) int { return by(a.Newest(), b.Newest()) })
	}
}

func (p runPages) portfolios(r *http.Request, who staff.Session) (site.Reply, error) {
	l, err := p.asksBooks(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, portfoliosView(l)), nil
}

func (l booksPage) at(path string, from int) string { return runsPage{asked: l.asked}.at(path, from) }

func (l booksPage) shown() []criteria.Portfolio {
	return l.found[l.from:min(l.from+runPageSize, len(l.found))]
}

func (l booksPage) turn() site.Pages {
	return turning("portefeuilles", l.from, len(l.found), func(from int) string { return l.at(portfoliosPath, from) })
}

// turning leads through a list of n of which a page begins at from.
func turning(about string, from, n int, at func(from int) string) site.Pages {
	p := site.Pages{About: about, Shown: "Geen " + about}
	if n > 0 {
		p.Shown = strconv.Itoa(from+1) + " tot en met " + strconv.Itoa(min(from+runPageSize, n)) + " van " + amount(n)
	}
	if from > 0 {
		p.First, p.Previous = at(0), at(max(0, from-runPageSize))
	}
	if from+runPageSize < n {
		p.Next = at(from + runPageSize)
	}
	return p
}

func (l booksPage) table() site.Table {
	t := site.Table{
		Caption: "Portefeuilles", Hidden: true, Empty: "Er is geen portefeuille die hieraan voldoet.",
		Columns: []site.Column{{Name: "Portefeuille"}, {Name: "Contracten", Kind: "number"}, {Name: "Foute rijen", Kind: "number"}, {Name: "Bestanden", Kind: "number"}, {Name: "Geladen", Kind: "date"}, {Name: "Doorlichtingen"}},
	}
	for _, p := range l.shown() {
		f := p.Newest()
		name := p.Name
		if p.Removed != nil {
			name += " (weggehaald)"
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: name, Href: portfolioPath(p.ID)},
			{Text: amount(f.Loaded.Rows)},
			{Text: amount(f.Loaded.Bad), Href: portfolioPath(p.ID)},
			{Text: strconv.Itoa(len(p.Files)), Href: portfolioPath(p.ID)},
			{Text: calendar.DutchTime(f.At)},
			{Text: "Tonen", Href: runsPath + "?portefeuille=" + url.QueryEscape(p.ID)},
		})
	}
	return t
}

// exportBooks gives the list as a file, as the page shows it.
func (p runPages) exportBooks(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		l, err := p.asksBooks(r, who)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Portefeuilles", Columns: []table.Column{{Name: "Portefeuille", Width: 30}, {Name: "Bestanden", Width: 10}, {Name: "Geladen", Width: 18}, {Name: "Regelset", Width: 20}, {Name: "Contracten", Width: 12}, {Name: "Foute rijen", Width: 12}, {Name: "SHA-256", Width: 66}, {Name: "Weggehaald", Width: 18}}}
		return site.Download("portefeuilles-"+p.today().String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, b := range l.found {
				f := b.Newest()
				var gone any
				if b.Removed != nil {
					gone = b.Removed.At
				}
				if err := out.Row(b.Name, len(b.Files), f.At, f.SetName, f.Loaded.Rows, f.Loaded.Bad, f.Hash.String(), gone); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}
