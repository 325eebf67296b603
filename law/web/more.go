package web

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/law"
	"zorgplicht/staff"
)

var exported = []table.Column{
	{Name: "Kenmerk", Width: 16},
	{Name: "Vindplaats", Width: 34},
	{Name: "Over", Width: 28},
	{Name: "Recht", Width: 10},
	{Name: "Soort", Width: 14},
	{Name: "Voor wie", Width: 24},
	{Name: "Producten", Width: 20},
	{Name: "Wanneer", Width: 20},
	{Name: "Kracht", Width: 16},
	{Name: "Te toetsen", Width: 20},
	{Name: "Wat er staat", Width: 70},
	{Name: "In English", Width: 70},
	{Name: "Hoe te bewijzen", Width: 40},
	{Name: "Tarief", Width: 8},
	{Name: "Getallen", Width: 30},
	{Name: "Opzijgezet door", Width: 18},
	{Name: "Zet opzij", Width: 18},
	{Name: "Vanaf", Width: 14},
	{Name: "Tot en met", Width: 12},
	{Name: "Toelichting", Width: 50},
	{Name: "Knelpunt", Width: 50},
	{Name: "Regels", Width: 30},
	{Name: "Toetsen", Width: 40},
	{Name: "Schermen", Width: 30},
}

// export gives the list as a file: every norm that the filters let through.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		l := p.asks(r, who)
		if l.frame.Failed {
			return site.Page(http.StatusBadRequest, normsPage(l)), nil
		}
		sheet := table.Sheet{Name: "Normen", Columns: exported, About: [][2]string{{"Selectie", l.selection()}, {"Teksten", "De omschrijvingen zijn van ons; de tekst is die van de wet."}}}
		return site.Download("normen-"+p.today().String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, n := range l.found {
				if err := out.Row(cells(n.Record(p.carry(n.ID)))...); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}

func cells(r law.Record) []any {
	var numbers []string
	for _, x := range r.Numbers {
		bound := names(law.Bounds, codes(x.Bound), false)
		numbers = append(numbers, strings.TrimSpace(x.What+": "+bound+" "+x.Value+" "+names(law.Units, []string{x.Unit}, false)))
	}
	return []any{
		string(r.ID), r.Citation, r.Title, r.Profile, names(law.Kinds, []string{r.Kind}, false), names(law.Bearers, r.Bearer, false), names(law.Products, r.Product, false),
		names(law.Moments, codes(r.Moment), false), names(law.Forces, []string{r.Force}, false), names(law.Machines, []string{r.Machine}, false),
		r.TextNL, r.TextEN, r.Evidence, strings.Join(r.Tariffs, " of "), strings.Join(numbers, "; "), join(r.Exceptions), join(r.Excepts), r.ValidFrom, r.ValidTo,
		r.Note, r.Issue, strings.Join(r.Rules, ", "), strings.Join(r.Tests, ", "), strings.Join(r.Screens, ", "),
	}
}

func join[T ~string](list []T) string {
	all := make([]string, len(list))
	for i, x := range list {
		all[i] = string(x)
	}
	return strings.Join(all, ", ")
}

// exportJSON gives the list as JSON, an array of records.
func (p pages) exportJSON(r *http.Request, who staff.Session) (site.Reply, error) {
	l := p.asks(r, who)
	if l.frame.Failed {
		return site.Page(http.StatusBadRequest, normsPage(l)), nil
	}
	return site.Download("normen-"+p.today().String()+".json", "application/json", func(w io.Writer) error {
		records := make([]law.Record, len(l.found))
		for i, n := range l.found {
			records[i] = n.Record(p.carry(n.ID))
		}
		b, err := canon.Encode(records)
		if err != nil {
			return err
		}
		_, err = w.Write(append(b, '\n'))
		return err
	}), nil
}

// selection says what the list was narrowed to.
func (l listPage) selection() string {
	var parts []string
	for _, f := range l.filters() {
		if i := slices.IndexFunc(f.Choices, func(c site.Choice) bool { return c.Value == f.Chosen && c.Value != "" }); i >= 0 {
			parts = append(parts, f.Label+": "+f.Choices[i].Text)
		}
	}
	if v := l.value("zoek"); v != "" {
		parts = append(parts, "Gezocht: "+v)
	}
	if v := l.value("op"); v != "" {
		parts = append(parts, "Op: "+v)
		if v := l.value("inwerking"); v != "" {
			parts = append(parts, "Inwerkingtreding, opgegeven: "+v)
		} else {
			parts = append(parts, "Inwerkingtreding, aangenomen: "+law.CustomaryCommencement.String())
		}
	}
	if len(parts) == 0 {
		return "Alle normen"
	}
	return strings.Join(parts, "; ")
}

// A firmView is which norms are addressed to a firm that describes itself.
type firmView struct {
	frame site.Work
	asked url.Values
	firm  law.Firm
	told  bool // the firm said what it is
	list  []law.Application
	own   *law.OwnSaying // nil where the firm has no set of its own in use
	other int            // of how many norms its set says something else than the catalogue
}

func (p pages) firm(r *http.Request, who staff.Session) (site.Reply, error) {
	q := r.URL.Query()
	f := firmView{frame: p.guard.Frame(r, who, "Welke normen gelden voor ons?"), asked: q}
	f.frame.Wide = true
	f.frame.Trail = []site.Link{{Text: "Normen", Href: listPath}}
	f.frame.Lead = "Zeg wat uw onderneming is en doet. U ziet welke normen zich tot u richten, met de reden, en welke niet. Uitzonderingen voor één geval staan bij de norm zelf."
	f.firm = law.Firm{
		Roles: known(q["rol"], law.FirmRoles), Products: known(q["product"], law.FirmProducts),
		Distance: q.Has("afstand"), Calls: q.Has("contact"), Adverts: q.Has("reclame"),
	}
	if f.told = len(f.firm.Roles) > 0; f.told {
		f.list = f.firm.Apply(law.Norms())
		var err error
		if f.own, err = p.own(r.Context(), who.Account.Firm, f.firm); err != nil {
			return nil, err
		}
		f.over()
	}
	return site.Page(http.StatusOK, firmPage(f)), nil
}

// over lets the firm's own set speak, and counts where it says something else.
func (f *firmView) over() {
	before := slices.Clone(f.list)
	f.list = f.own.Over(f.list)
	for i := range before {
		if before[i].Applies != f.list[i].Applies {
			f.other++
		}
	}
}

// whose says by what the norms were decided.
func (f firmView) whose() string {
	switch {
	case f.own == nil:
		return "Dit zegt de catalogus. Wilt u zelf vastleggen welke normen voor u gelden, maak dan een regelset met dat doel. U begint met deze regels, en een ander keurt goed wat u verandert."
	case f.other == 0:
		return "Dit zegt uw regelset " + f.own.Title + ", versie " + strconv.Itoa(f.own.Version) + ". De catalogus zegt hetzelfde."
	case f.other == 1:
		return "Dit zegt uw regelset " + f.own.Title + ", versie " + strconv.Itoa(f.own.Version) + ". Over één norm zegt de catalogus iets anders."
	}
	return "Dit zegt uw regelset " + f.own.Title + ", versie " + strconv.Itoa(f.own.Version) + ". Over " + strconv.Itoa(f.other) + " normen zegt de catalogus iets anders."
}

// whoseLink leads to the set, or to where one is made.
func (f firmView) whoseLink() site.Link {
	if f.own == nil {
		return site.Link{Text: "Regelset maken", Href: "/werk/regelsets/nieuw?doel=applicability"}
	}
	return site.Link{Text: "Naar de regelset", Href: "/werk/regelsets/" + url.PathEscape(f.own.Set)}
}

func known(asked, list []string) []string {
	return slices.DeleteFunc(slices.Clone(asked), func(s string) bool { return !slices.Contains(list, s) })
}

// counts says how many norms apply, and how many bind.
func (f firmView) table(applies bool) site.Table {
	t := site.Table{
		Hidden: true, Columns: []site.Column{{Name: "Norm"}, {Name: "Wat er staat"}, {Name: "Waarom"}}, Caption: "Normen die gelden", Empty: "Geen.",
	}
	if !applies {
		t.Caption = "Normen die niet gelden"
	}
	for _, a := range f.list {
		if a.Applies == applies && a.Because != law.ForEverybody && !a.Norm.Opens() {
			t.Rows = append(t.Rows, []site.Cell{{Text: a.Norm.ID.Dutch(), Href: normPath(a.Norm.ID)}, {Text: a.Norm.Dutch}, {Text: a.Dutch()}})
		}
	}
	return t
}

// A coverView is the matrix of norms and what carries them.
type coverView struct {
	frame site.Work
	parts []coverPart
	total coverPart
}

// A coverPart is one article, annex or document.
type coverPart struct {
	name                                     string
	href                                     string
	binding, rules, tests, screens, machines int // of the norms that bind: with a rule, test, screen; that a machine can check
	without                                  int // that a machine can check, and no rule does
}

func (p pages) cover(r *http.Request, who staff.Session) (site.Reply, error) {
	c := coverView{frame: p.guard.Frame(r, who, "Dekking van de normen"), total: coverPart{name: "Samen"}}
	c.frame.Wide = true
	c.frame.Trail = []site.Link{{Text: "Normen", Href: listPath}}
	c.frame.Lead = "Van elke norm die bindt: of een regel hem draagt, of er tests van zijn en op welk scherm hij voorkomt. De tabel wordt uit de code gemaakt, niet bijgehouden."
	for _, n := range law.Norms() {
		if n.Opens() || !binds(n) {
			continue
		}
		name, within := partOf(n)
		if len(c.parts) == 0 || c.parts[len(c.parts)-1].name != name {
			c.parts = append(c.parts, coverPart{name: name, href: listPath + "?zoek=" + url.QueryEscape(within)})
		}
		got := p.carry(n.ID)
		c.parts[len(c.parts)-1].count(n, got)
		c.total.count(n, got)
	}
	return site.Page(http.StatusOK, coverPage(c)), nil
}

// binds reports whether somebody must be able to show that the norm was kept.
func binds(n law.Norm) bool {
	return n.Kind == "duty" || n.Kind == "ban" || n.Kind == "condition" || n.Kind == "procedure"
}

// partOf names the article, annex or document that a norm stands in, and what to
// search for it.
func partOf(n law.Norm) (name, sought string) {
	parts := strings.Split(string(n.ID), ":")
	switch {
	case parts[0] == "bfd":
		return "Artikel " + parts[1] + ": " + n.Title, "artikel " + parts[1]
	case strings.HasPrefix(parts[0], "bijlage"):
		return "Bijlage " + strings.TrimPrefix(parts[0], "bijlage") + ": " + n.Title, "bijlage " + strings.TrimPrefix(parts[0], "bijlage")
	}
	return n.Title, n.Title
}

func (c *coverPart) count(n law.Norm, got law.Carried) {
	c.binding++
	add := func(to *int, yes bool) {
		if yes {
			*to++
		}
	}
	machine := n.Machine == "full" || n.Machine == "partly"
	add(&c.rules, len(got.Rules) > 0)
	add(&c.tests, len(got.Tests) > 0)
	add(&c.screens, len(got.Screens) > 0)
	add(&c.machines, machine)
	add(&c.without, machine && len(got.Rules) == 0)
}

func has(list []string, s string) bool { return slices.Contains(list, s) }

func (c coverView) table() site.Table {
	t := site.Table{Caption: "Dekking per artikel", Hidden: true, Empty: "De catalogus is leeg.", Columns: []site.Column{
		{Name: "Artikel of stuk"},
		{Name: "Bindende normen", Kind: "number"},
		{Name: "Met regel", Kind: "number"},
		{Name: "Met test", Kind: "number"},
		{Name: "Op een scherm", Kind: "number"},
		{Name: "Door een machine te toetsen", Kind: "number"},
		{Name: "Waarvan zonder regel", Kind: "number"},
	}}
	for _, p := range append([]coverPart{c.total}, c.parts...) {
		row := []site.Cell{{Text: p.name, Href: p.href}}
		for _, n := range []int{p.binding, p.rules, p.tests, p.screens, p.machines, p.without} {
			row = append(row, site.Cell{Text: strconv.Itoa(n)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
