package web

import (
	"net/url"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/internal/site"
	"zorgplicht/internal/text"
	"zorgplicht/law"
)

// days are the day that is asked after and the day on which the decree entered into
// force, as they stand in the address. The source does not hold the second: where
// nobody gives it, the customary day is taken and the page says so.
type days struct {
	on, commencement calendar.Date
	given            bool // the commencement was
	problems         map[string]string
}

const dayProblem = "Vul een datum in als 2006-01-31."

func readDays(q url.Values) days {
	d := days{commencement: law.CustomaryCommencement, problems: map[string]string{}}
	for _, x := range []struct {
		name string
		to   *calendar.Date
	}{{"op", &d.on}, {"inwerking", &d.commencement}} {
		text := strings.TrimSpace(q.Get(x.name))
		if text == "" {
			continue
		}
		date, err := calendar.Parse(text)
		if err != nil {
			d.problems[x.name] = dayProblem
			continue
		}
		*x.to, d.given = date, d.given || x.name == "inwerking"
	}
	return d
}

// summary names what is wrong, in the order of the form.
func (d days) summary() (all []site.Problem) {
	for _, name := range []string{"op", "inwerking"} {
		if text := d.problems[name]; text != "" {
			all = append(all, site.Problem{Field: name, Text: text})
		}
	}
	return all
}

// hint says which commencement counts.
func (d days) hint() string {
	if d.given {
		return "De bron noemt deze dag niet; dit is de dag die u opgaf."
	}
	return "De bron noemt deze dag niet. Zonder datum geldt hier 1 januari 2006, een aanname."
}

// held says whether the norm held on the day that is asked after.
func (o onePage) held() string {
	n, d := o.norm, o.days
	if d.on.IsZero() {
		return ""
	}
	day := d.on.Dutch()
	switch {
	case n.From == law.Unknown && !n.Holds(d.on, d.commencement):
		return "Of deze norm op " + day + " gold, staat niet in de bron: de pagina is gelezen op " + dutchDay(n.Read) + "."
	case n.Holds(d.on, d.commencement):
		return "Op " + day + " gold deze norm." + d.assumed(n)
	}
	return "Op " + day + " gold deze norm niet." + d.assumed(n)
}

// assumed says which commencement the answer rests on, for a norm of the decree.
func (d days) assumed(n law.Norm) string {
	switch {
	case n.From != law.Commencement:
		return ""
	case d.given:
		return " Dat gaat uit van inwerkingtreding op " + d.commencement.Dutch() + ", zoals u opgaf."
	}
	return " Dat gaat uit van inwerkingtreding op 1 januari 2006; die dag is een aanname, de bron noemt hem niet."
}

// changes are the days on which the norm changed.
func (o onePage) changes() site.Table {
	t := site.Table{Caption: "Wanneer deze norm veranderde", Hidden: true, Columns: []site.Column{{Name: "Dag"}, {Name: "Wat"}, {Name: "Waar dat staat"}}}
	for _, c := range o.norm.Changes(law.Norms(), o.days.commencement) {
		what := text.Capital(c.What)
		if c.Dutch != "" && c.By != o.norm.ID {
			what += ". " + c.Dutch
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: o.day(c.On)}, {Text: what}, {Text: c.By.Dutch(), Href: normPath(c.By)}})
	}
	return t
}

// day writes the day of a change.
func (o onePage) day(on law.Day) string {
	if on != law.Commencement {
		return dutchDay(on)
	}
	if o.days.given {
		return "Inwerkingtreding: " + o.days.commencement.Dutch() + ", zoals u opgaf"
	}
	return "Inwerkingtreding (dag niet in de bron)"
}
