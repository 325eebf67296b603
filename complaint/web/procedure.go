package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/complaint"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

type procedurePage struct {
	frame    site.Work
	reading  complaint.Reading
	names    map[string]string
	works    bool
	link     string // for clients
	mine     bool   // whoever looks has read this version
	problems []site.Problem
	value    func(string) string
}

func (v procedurePage) problem(field string) string { return problem(v.problems, field) }

func (p pages) procedurePage(r *http.Request, who staff.Session) (v procedurePage, err error) {
	v.frame = p.guard.Frame(r, who, "Klachtenprocedure")
	v.frame.Trail = []site.Link{{Text: "Klachten", Href: listPath}}
	v.frame.Lead = "Hoe uw onderneming klachten behandelt. Artikel 50 vraagt die beschrijving; zij is er voor iedereen die met klachten te maken heeft."
	if v.reading, err = p.desk.Procedure(r.Context(), who.Account.Firm); err != nil {
		return v, err
	}
	v.works, v.link = who.May(staff.SetComplaintProcedure), p.ClientLink(who.Account.Firm)
	_, v.mine = v.reading.Readers[who.Account.ID]
	now := map[string]string{
		"bevestiging": days(v.reading.Terms.Acknowledge), "antwoord": days(v.reading.Terms.Answer), "uitstel": days(v.reading.Terms.Extended),
		"instantie": v.reading.DisputeBody, "tekst": v.reading.Text,
	}
	v.value = func(field string) string { return now[field] }
	v.names, _, err = p.names(r, who.Account.Firm)
	return v, err
}

func days(n int64) string { return strconv.FormatInt(n, 10) }

func (p pages) procedure(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.procedurePage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showProcedure(v)), nil
}

var procedureFields = map[string]string{"/text": "tekst", "/body": "instantie", "/terms": "bevestiging"}

func (p pages) setProcedure(r *http.Request, who staff.Session) (site.Reply, error) {
	number := func(field string) int64 {
		n, err := strconv.ParseInt(r.PostFormValue(field), 10, 32)
		if err != nil {
			return -1 // refused as a term that is none
		}
		return n
	}
	err := p.desk.SetProcedure(r.Context(), who.Actor(), int(number("versie")), complaint.ProcedureText{
		Terms:       complaint.Term{Acknowledge: number("bevestiging"), Answer: number("antwoord"), Extended: number("uitstel")},
		DisputeBody: r.PostFormValue("instantie"), Text: r.PostFormValue("tekst"),
	})
	problems, ok := refused(err, procedureFields)
	if !ok {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(procedurePath), nil
	}
	v, err := p.procedurePage(r, who)
	if err != nil {
		return nil, err
	}
	v.problems, v.value, v.frame.Failed = problems, r.PostFormValue, true
	return site.Page(http.StatusBadRequest, showProcedure(v)), nil
}

func (p pages) confirmRead(r *http.Request, who staff.Session) (site.Reply, error) {
	version, _ := strconv.Atoi(r.PostFormValue("versie")) // none is told that the text changed
	if err := p.desk.ConfirmRead(r.Context(), who.Actor(), version); err != nil {
		return nil, err
	}
	return site.SeeOther(procedurePath), nil
}

// readers are who handles complaints, and when each read this version.
func (v procedurePage) readers() site.Table {
	t := site.Table{Caption: "Wie heeft deze versie gelezen?", Columns: []site.Column{{Name: "Medewerker"}, {Name: "Gelezen", Kind: "date"}}, Empty: "Er zijn geen medewerkers die klachten behandelen."}
	var names []string
	for id := range v.names {
		names = append(names, id)
	}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(v.names[a], v.names[b]) })
	for _, id := range names {
		at, read := v.reading.Readers[id]
		cell := site.Cell{Tag: &site.Tag{Tone: site.Warn, Text: "nog niet"}}
		if read {
			cell = site.Cell{Text: calendar.Of(at).Dutch()}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: v.names[id]}, cell})
	}
	return t
}
