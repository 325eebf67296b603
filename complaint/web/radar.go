package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/complaint"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

const radarPath = RadarPath

// RadarPath is the page on which surges are seen and looked into.
const RadarPath = listPath + "/radar"

type radarPage struct {
	frame    site.Work
	works    bool
	all      []complaint.Signal
	names    map[string]string
	problems []site.Problem
	at       string // the series and value whose form came back
	sent     string
}

func (p pages) radarPage(r *http.Request, who staff.Session) (v radarPage, err error) {
	v.frame = p.guard.Frame(r, who, "Toename van klachten")
	v.frame.Lead = "Per product, oorzaak en medewerker: komen er meer klachten dan gewoonlijk? Zo ziet u een fout die veel klanten raakt voordat zij zich opstapelt."
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Klachten", Href: listPath}}, true
	v.works = who.May(staff.HandleComplaints)
	if v.all, err = p.desk.Radar(r.Context(), who.Account.Firm); err != nil {
		return v, err
	}
	v.names, _, err = p.names(r, who.Account.Firm)
	return v, err
}

func (p pages) radar(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.radarPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showRadar(v)), nil
}

func (p pages) seeSurge(r *http.Request, who staff.Session) (site.Reply, error) {
	series, value, text := complaint.Series(r.PostFormValue("reeks")), r.PostFormValue("waarde"), r.PostFormValue("bevinding")
	err := p.desk.SeeSurge(r.Context(), who.Actor(), series, value, text)
	problems, ok := refused(err, nil)
	if !ok {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(radarPath), nil
	}
	v, err := p.radarPage(r, who)
	if err != nil {
		return nil, err
	}
	v.at, v.sent = string(series)+value, text
	for i, g := range v.alarms() {
		if string(g.Series)+g.Value == v.at {
			problems[0].Field = fieldOf(i)
		}
	}
	v.problems, v.frame.Failed = problems, true
	return site.Page(http.StatusBadRequest, showRadar(v)), nil
}

func fieldOf(i int) string { return fmt.Sprintf("bevinding-%d", i+1) }

// problem is what is wrong with the form of an alarm.
func (v radarPage) problem(g complaint.Signal) string {
	if len(v.problems) == 0 || string(g.Series)+g.Value != v.at {
		return ""
	}
	return v.problems[0].Text
}

func (v radarPage) value(g complaint.Signal) string {
	if string(g.Series)+g.Value != v.at {
		return ""
	}
	return v.sent
}

// alarms are the series that ring.
func (v radarPage) alarms() (ring []complaint.Signal) {
	for _, g := range v.all {
		if g.Alarm {
			ring = append(ring, g)
		}
	}
	return ring
}

func (v radarPage) name(g complaint.Signal) string { return SeriesName(g, v.names) }

// SeriesName is what a series of complaints is about, with the names of accounts by id.
func SeriesName(g complaint.Signal, names map[string]string) string {
	switch g.Series {
	case complaint.PerCause:
		return "oorzaak " + causeText(complaint.Cause(g.Value))
	case complaint.PerAdviser:
		return "medewerker " + cmp.Or(names[g.Value], "die weg is")
	}
	return "product " + g.Value
}

// cared says who looks into a surge, and whether the reminder was put off.
func (v radarPage) cared(g complaint.Signal) string {
	says := "Nog niemand heeft dit opgepakt."
	if g.Care.For != "" {
		says = cmp.Or(v.names[g.Care.For], "Een oud-medewerker") + " onderzoekt dit."
	}
	if g.Care.Why != "" {
		says += " De herinnering is uitgesteld tot " + g.Care.Until.Dutch() + ": " + strings.TrimRight(g.Care.Why, ". ") + "."
	}
	return says
}

// href is the list of what came in of a series since it is watched.
func (v radarPage) href(g complaint.Signal, from string) string {
	return listPath + "?" + url.Values{string(g.Series): {g.Value}, "van": {from}}.Encode()
}

func (v radarPage) table() site.Table {
	t := site.Table{
		Caption: "Alle reeksen", Empty: "Er zijn nog geen klachten met een product, oorzaak of medewerker.",
		Columns: []site.Column{{Name: "Reeks"}, {Name: "Daarvoor, in twee jaar", Kind: "number"}, {Name: "Sinds", Kind: "date"}, {Name: "Klachten", Kind: "number"}, {Name: "Van de grens", Kind: "number"}, {Name: "Stand"}},
	}
	for _, g := range v.all {
		state := site.Tag{Tone: site.Good, Text: "gewoon"}
		switch {
		case g.Alarm:
			state = site.Tag{Tone: site.Bad, Text: "toename"}
		case len(g.Seen) > 0:
			state = site.Tag{Tone: site.Info, Text: "onderzocht op " + calendar.Of(g.Seen[0].At).Dutch()}
		}
		from := g.Asked.From.String()
		t.Rows = append(t.Rows, []site.Cell{
			{Text: v.name(g)},
			{Text: fmt.Sprint(g.Asked.History)},
			{Text: g.Asked.From.Dutch()},
			{Text: fmt.Sprint(g.Came), Href: v.href(g, from)},
			{Text: fmt.Sprintf("%d%%", min(g.Score/10, 100))},
			{Tag: &state},
		})
	}
	return t
}

// found is what was found out earlier.
func (v radarPage) found() (events []site.Event) {
	for _, g := range v.all {
		for _, s := range g.Seen {
			events = append(events, event("Onderzocht: "+v.name(g), s.At, s.Text))
		}
	}
	return events
}
