package web

import (
	"io"
	"net/http"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/lending"
	"zorgplicht/staff"
)

type normsPage struct {
	frame    site.Work
	works    bool
	all      []lending.SetNorm
	counts   map[string]bool
	names    map[string]string
	sets     []criteria.Published
	sought   string
	in       func(string) string
	problems []site.Problem
}

func (v normsPage) problem(field string) string { return problemOf(v.problems, field) }

func (p pages) normsPage(r *http.Request, who staff.Session) (v normsPage, err error) {
	v.frame = p.guard.Frame(r, who, "Criteria en normbedragen")
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Kredietaanvragen", Href: listPath}}, true
	v.frame.Lead = "Waarmee uw onderneming aanvragen beoordeelt: de criteria die vandaag gelden, en bedragen zoals de leefnorm, met hun bron. Een bedrag verandert nooit; een nieuw bedrag komt ernaast."
	v.works, v.sought = who.May(staff.SetNormAmounts), strings.TrimSpace(r.URL.Query().Get("zoek"))
	v.in = func(string) string { return "" }
	all, err := p.desk.Norms(r.Context(), who.Account.Firm)
	if err != nil {
		return v, err
	}
	v.counts = lending.Counts(all, p.Today())
	for _, n := range all {
		if strings.Contains(strings.ToLower(n.Name+" "+string(n.Household)+" "+n.Source), strings.ToLower(v.sought)) {
			v.all = append(v.all, n)
		}
	}
	if v.names, err = p.names(r, who.Account.Firm); err != nil {
		return v, err
	}
	_, v.sets, err = p.desk.Criteria(r.Context(), who.Account.Firm, "", p.Today())
	return v, err
}

func (p pages) norms(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.normsPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showNorms(v)), nil
}

func (p pages) setNorm(r *http.Request, who staff.Session) (site.Reply, error) {
	value := strings.TrimSpace(r.PostFormValue("bedrag"))
	if c := cents(value); value != "" && c >= 0 {
		value = plain(c)
	}
	from, _ := calendar.Parse(r.PostFormValue("vanaf")) // no day is refused as a missing one
	_, err := p.desk.SetNorm(r.Context(), who.Actor(), lending.Setting{
		Name: r.PostFormValue("veld"), Household: lending.Household(r.PostFormValue("huishouden")), Value: value, From: from, Source: r.PostFormValue("bron"),
	})
	if err == nil {
		return site.SeeOther(normsPath), nil
	}
	fields := map[string]string{"/name": "veld", "/household": "huishouden", "/value": "bedrag", "/from": "vanaf", "/source": "bron"}
	problems, ok := refused(err, func(pointer string) string { return fields[pointer] })
	if !ok {
		return nil, err
	}
	v, err := p.normsPage(r, who)
	if err != nil {
		return nil, err
	}
	v.problems, v.in, v.frame.Failed = problems, r.PostFormValue, true
	return site.Page(http.StatusBadRequest, showNorms(v)), nil
}

func (v normsPage) state(n lending.SetNorm) site.Tag {
	if v.counts[n.ID] {
		return site.Tag{Tone: site.Good, Text: "geldt"}
	}
	return site.Tag{Tone: site.Neutral, Text: "geldt nu niet"}
}

func forWhom(h lending.Household) string {
	return site.WordOf(householdChoices, string(h), "Alle huishoudens")
}

func normValue(n lending.SetNorm) string {
	return shown(criteria.FieldText{Type: "euro"}, n.Value.String())
}

func (v normsPage) table() site.Table {
	t := site.Table{
		Caption: "Normbedragen", Empty: "Er zijn geen normbedragen.",
		Columns: []site.Column{{Name: "Veld", Kind: "code"}, {Name: "Huishouden"}, {Name: "Bedrag", Kind: "number"}, {Name: "Vanaf", Kind: "date"}, {Name: "Bron"}, {Name: "Vastgelegd"}, {Name: "Stand"}},
	}
	for _, n := range v.all {
		state := v.state(n)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: n.Name},
			{Text: forWhom(n.Household)},
			{Text: normValue(n)},
			{Text: n.From.Dutch()},
			{Text: n.Source},
			{Text: calendar.Of(time.UnixMilli(n.At)).Dutch() + ", " + by(v.names, n.By)},
			{Tag: &state},
		})
	}
	return t
}

// fields are those by which the room speaks of an application.
func (v normsPage) fields() site.Table {
	t := site.Table{Caption: "Velden die u in criteria kunt gebruiken", Columns: []site.Column{{Name: "Veld", Kind: "code"}, {Name: "Soort"}, {Name: "Hoe het wordt ingevuld"}}}
	for _, f := range lending.Catalogue {
		how := "Gevraagd op het formulier. " + f.Question
		switch {
		case f.Run:
			how = "De dag van beoordelen."
		case f.Name == "leefnorm":
			how = "Uit de normbedragen hierboven, naar huishouden en dag."
		case lending.FilledIn(f, nil):
			how = "Uit de aanvraag."
		}
		kind := f.Type
		if len(f.Values) > 0 {
			kind += ": " + strings.Join(f.Values, ", ")
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: f.Name}, {Text: kind}, {Text: how}})
	}
	return t
}

// exportNorms gives the amounts as a file, as the page shows them.
func (p pages) exportNorms(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v, err := p.normsPage(r, who)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Normbedragen", About: [][2]string{{"Onderneming", who.FirmName}, {"Gemaakt op", p.Today().String()}}, Columns: []table.Column{
			{Name: "Veld", Width: 20}, {Name: "Huishouden", Width: 20}, {Name: "Bedrag", Width: 12}, {Name: "Vanaf", Width: 12}, {Name: "Bron", Width: 60}, {Name: "Vastgelegd", Width: 18}, {Name: "Door", Width: 24}, {Name: "Stand", Width: 14},
		}}
		return site.Download("normbedragen-"+p.Today().String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, n := range v.all {
				if err := out.Row(n.Name, forWhom(n.Household), strings.Replace(n.Value.String(), ".", ",", 1), n.From.String(), n.Source, time.UnixMilli(n.At), by(v.names, n.By), v.state(n).Text); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}
