package web

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// atOnce is how many files a page shows.
const atOnce = 50

type listPage struct {
	frame       site.Work
	works, sets bool
	filter      advice.Filter
	page        advice.Page
	skipped     int
	names       map[string]string
}

// asked reads the filter of a list; what is no value of it narrows nothing.
func asked(q url.Values) advice.Filter {
	f := advice.Filter{
		Sought: strings.TrimSpace(q.Get("zoek")), State: advice.State(chosen(stateChoices, q.Get("stand"))), Kind: advice.ProductKind(chosen(kindChoices(""), q.Get("soort"))),
		Result: advice.Result(chosen(resultChoices, q.Get("afloop"))), Order: advice.Order(chosen(orderChoices, q.Get("volgorde"))), Limit: atOnce,
	}
	f.From, _ = calendar.Parse(q.Get("vanaf")) // no day is no bound
	f.Through, _ = calendar.Parse(q.Get("tot"))
	return f
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	v := listPage{frame: p.guard.Frame(r, who, "Adviezen"), works: who.May(staff.RecordAdvice), sets: who.May(staff.SetAdviceProcedure), filter: asked(r.URL.Query())}
	v.frame.Wide = true
	v.filter.Cursor, v.skipped = after(r.URL.Query().Get("na"))
	var err error
	if v.page, err = p.desk.Files(r.Context(), who.Account.Firm, v.filter); err != nil {
		return nil, err
	}
	if v.names, err = p.house.Names(r.Context(), who.Account.Firm); err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showList(v)), nil
}

// after reads the place at which a page begins. What we did not write counts as the
// first page.
func after(na string) (advice.Cursor, int) {
	count, rest, _ := strings.Cut(na, ".")
	id, key, ok := strings.Cut(rest, ".")
	skipped, err := strconv.Atoi(count)
	if !ok || err != nil || skipped < 1 || skipped > 1<<30 || !ident.Valid(id) {
		return advice.Cursor{}, 0
	}
	return advice.Cursor{Key: key, ID: casework.ID(id)}, skipped
}

// at is the address of the list, or of a file of it, with this filter.
func (v listPage) at(path, na string) string {
	f, q := v.filter, url.Values{}
	for name, value := range map[string]string{
		"zoek": f.Sought, "stand": string(f.State), "soort": string(f.Kind), "afloop": string(f.Result), "volgorde": string(f.Order),
		"vanaf": dateField(f.From), "tot": dateField(f.Through), "na": na,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (v listPage) turn() site.Pages {
	n := len(v.page.Rows)
	p := site.Pages{About: "adviezen", Shown: fmt.Sprintf("%d tot en met %d", v.skipped+1, v.skipped+n)}
	if n == 0 {
		p.Shown = "Geen adviezen"
	}
	if v.skipped > 0 {
		p.First = v.at(listPath, "")
	}
	if next := v.page.Next; next != nil {
		p.Next = v.at(listPath, fmt.Sprintf("%d.%s.%s", v.skipped+n, next.ID, next.Key))
	}
	return p
}

func (v listPage) table() site.Table {
	t := site.Table{
		Caption: "Adviezen", Hidden: true, Empty: "Geen adviesdossier voldoet. Zoek met minder of andere woorden.",
		Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Klant", Kind: "code"}, {Name: "Advies", Kind: "date"}, {Name: "Product"}, {Name: "Afloop"}, {Name: "Vastgelegd door"}, {Name: "Dossier"}},
	}
	if v.at(listPath, "") == listPath {
		t.Empty = "Er is nog geen advies vastgelegd."
	}
	if v.works {
		t.Together = caseworkweb.Together
	}
	for _, r := range v.page.Rows {
		state := site.Tag{Tone: site.Good, Text: "volledig"}
		if len(r.Lacks) > 0 {
			state = site.Tag{Tone: site.Warn, Text: "mist: " + lackTexts(r.Lacks)}
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: r.Number, Href: onePath(r.ID)},
			{Text: cmp.Or(r.Reference, "vergeten")},
			{Text: r.Advised.Dutch()},
			{Text: strings.Join(filled(r.Product, r.Provider), ", ")},
			{Text: resultText(r)},
			{Text: recorder(v.names, r.Recorder)},
			{Tag: &state},
		})
		t.Choose(string(r.ID), r.Number)
	}
	return t
}

func resultText(r advice.Row) string {
	switch r.Result {
	case advice.Followed:
		return "geadviseerd product, " + r.Contract.Dutch()
	case advice.Other:
		return "ander product (" + r.Other + "), " + r.Contract.Dutch()
	case advice.Nothing:
		return "geen overeenkomst"
	}
	return "nog niet bekend"
}

// recorder is the name of an account or program.
func recorder(names map[string]string, id string) string {
	for _, kind := range []ident.Kind{ident.Staff, ident.Program} {
		if n := names[ident.Actor{Kind: kind, ID: id}.String()]; n != "" {
			return n
		}
	}
	return "een oud-medewerker"
}

// export gives exactly the list that is shown, all pages of it.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		names, err := p.house.Names(r.Context(), who.Account.Firm)
		if err != nil {
			return nil, err
		}
		f := asked(r.URL.Query())
		f.Limit = 200
		sheet := table.Sheet{Made: p.house.Casework.Today(), Name: "Adviezen", Columns: []table.Column{
			{Name: "Nummer", Width: 14},
			{Name: "Klant", Width: 18},
			{Name: "Dag van het advies", Width: 14},
			{Name: "Rol", Width: 14},
			{Name: "Soort", Width: 20},
			{Name: "Product", Width: 30},
			{Name: "Aanbieder", Width: 24},
			{Name: "Afloop", Width: 44},
			{Name: "Ontbreekt", Width: 40},
			{Name: "Procedure", Width: 20},
			{Name: "Afgeweken", Width: 10},
			{Name: "Vastgelegd door", Width: 24},
			{Name: "Versies", Width: 8},
			{Name: "Kenmerk", Width: 38},
		}}
		return site.Download("adviezen."+string(format), format.MediaType(), func(w io.Writer) error {
			rows, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for {
				page, err := p.desk.Files(r.Context(), who.Account.Firm, f)
				if err != nil {
					return err
				}
				for _, x := range page.Rows {
					deviates := ""
					if x.Deviates {
						deviates = "ja"
					}
					if err := rows.Row(x.Number, x.Reference, x.Advised.String(), site.WordOf(roleChoices, string(x.Role), ""), kindText(x.Kind), x.Product, x.Provider, resultText(x),
						lackTexts(x.Lacks), x.Procedure, deviates, recorder(names, x.Recorder), int(x.Versions), string(x.ID)); err != nil {
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
