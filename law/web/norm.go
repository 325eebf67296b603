package web

import (
	"net/http"
	"net/url"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/text"
	"zorgplicht/law"
	"zorgplicht/staff"
)

// A normPage is one norm with everything there is to know of it.
type onePage struct {
	frame   site.Work
	norm    law.Norm
	carried law.Carried
	english bool
	asked   url.Values
	days    days
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	n, ok := law.Find(ident.Norm(r.PathValue("id")))
	if !ok {
		return nil, p.unknown()
	}
	o := onePage{frame: p.guard.Frame(r, who, text.Capital(n.ID.Dutch())), norm: n, carried: p.carry(n.ID), asked: r.URL.Query()}
	o.english, o.days = o.asked.Get("taal") == "en", readDays(o.asked)
	o.frame.Trail = []site.Link{{Text: "Normen", Href: listPath}}
	if n.Parent != "" {
		o.frame.Trail = append(o.frame.Trail, site.Link{Text: n.Parent.Dutch(), Href: normPath(n.Parent)})
	}
	o.frame.Lead = n.Title
	status := http.StatusOK
	if o.frame.Failed = len(o.days.problems) > 0; o.frame.Failed {
		status = http.StatusBadRequest
	}
	return site.Page(status, normView(o)), nil
}

// text is what the norm says, in the language of the page, and in which that is.
func (o onePage) text() (text, language string) {
	if o.english && o.norm.English != "" {
		return o.norm.English, "en"
	}
	return o.norm.Dutch, "nl"
}

func (o onePage) words(list law.Words, codes []string) string {
	return text.Capital(names(list, codes, false))
}

func (o onePage) particulars() []site.Term {
	n := o.norm
	all := []site.Term{{Name: "Kenmerk", Body: site.Code(string(n.ID))}}
	add := func(name, text string) {
		if text != "" {
			all = append(all, site.Term{Name: name, Text: text})
		}
	}
	add("Begrip", n.Term)
	add("Soort", o.words(law.Kinds, []string{n.Kind}))
	add("Voor wie", o.words(law.Bearers, n.Bearers))
	add("Producten", o.words(law.Products, n.Products))
	add("Wanneer", o.words(law.Moments, codes(n.Moment)))
	add("Kracht", o.words(law.Forces, []string{n.Force}))
	add("Hoe te bewijzen", n.Evidence)
	add("Te toetsen", o.words(law.Machines, []string{n.Machine}))
	add("Boetetarief", tariffText(n))
	add("Geldt vanaf", dayText(n.From, n.Read))
	add("Geldt tot en met", dayText(n.To, ""))
	add("Steunt op", strings.Join(n.Basis, "; "))
	add("Juriconnect", n.ID.Juriconnect())
	return all
}

// tariffText says which tariff of Bijlage 10 a breach has.
func tariffText(n law.Norm) string {
	tariffs := n.Tariffs()
	switch {
	case len(tariffs) == 1:
		return "Tarief " + tariffs[0] + " van bijlage 10"
	case len(tariffs) > 1:
		return "Tarief " + strings.Join(tariffs, " of ") + ": bijlage 10 noemt de bepaling meer dan eens. Beide lezingen zijn mogelijk."
	case n.Profile == "bfd-2005" && (n.Kind == "duty" || n.Kind == "ban" || n.Kind == "condition" || n.Kind == "procedure"):
		return "Geen: bijlage 10 noemt deze bepaling niet"
	}
	return ""
}

// dayText is a first or last day as people read it.
func dayText(d law.Day, read law.Day) string {
	switch d {
	case "":
		return ""
	case law.Commencement:
		return "De inwerkingtreding van het besluit. Die dag staat niet in de bron: artikel 83 laat hem aan een ander besluit over."
	case law.Unknown:
		return "Niet in de bron; gelezen op " + dutchDay(read)
	}
	return dutchDay(d)
}

func dutchDay(d law.Day) string {
	date, err := calendar.Parse(string(d))
	if err != nil {
		return string(d)
	}
	return date.Dutch()
}

func (o onePage) numbers() site.Table {
	t := site.Table{Caption: "Getallen", Columns: []site.Column{{Name: "Wat"}, {Name: "Grens"}, {Name: "Waarde", Kind: "number"}, {Name: "Eenheid"}}}
	for _, x := range o.norm.Numbers {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: text.Capital(x.What)}, {Text: names(law.Bounds, codes(x.Bound), false)}, {Text: dutchNumber(x)}, {Text: names(law.Units, []string{x.Unit}, false)},
		})
	}
	return t
}

// dutchNumber writes a value as the Dutch do: 1.250.000 and 0,5.
func dutchNumber(x law.Number) string {
	if x.Unit == "date" || x.Unit == "day_of_year" {
		return dutchDay(law.Day(x.Value))
	}
	whole, part, _ := strings.Cut(x.Value, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "." + whole[i:]
	}
	if part != "" {
		return whole + "," + part
	}
	return whole
}
