package app

import (
	"maps"
	"net/http"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/loanbook"
)

// A lentBook is an agreement in the portfolio of a tenant, with what was told of it.
type lentBook struct{ reference, event, notice string }

var lentBooks = map[*tenant]lentBook{}

// giveLoanbook gives the firm a portfolio of one agreement whose rate changed.
func (o *reception) giveLoanbook(n *tenant) {
	o.t.Helper()
	ctx, by, day := o.t.Context(), operator(n.firm), calendar.Of(o.Now()).AddDays(-30)
	reference := "K-" + string(n.firm)[24:]
	file := "kenmerk;soort;vergoeding;afgesloten;som;rente;saldo\n" + reference + ";doorlopend;variabel;2024-02-01;5000,00;8,4;1250,00\n"
	l, err := o.Loanbook.Import(ctx, by, loanbook.Order{Day: day.String()}, strings.NewReader(file))
	if err == nil {
		err = o.Loanbook.Work(ctx, n.firm, l.Number, func(int) {}, func() bool { return false })
	}
	if err != nil {
		o.t.Fatal(err)
	}
	f, err := o.Loanbook.Record(ctx, by, loanbook.Event{Reference: reference, Kind: loanbook.RateChanged, On: day.AddDays(10), Nominal: 90_000}, "")
	if err != nil {
		o.t.Fatal(err)
	}
	lentBooks[n] = lentBook{reference, f.Events[0].ID, f.Notices[0].ID}
	n.marks = append(n.marks, reference, f.Events[0].ID, f.Notices[0].ID)
}

func init() { maps.Copy(routes, loanbookRoutes) }

const (
	bookPage = "/werk/krediet/portefeuille"
	bookAPI  = "/v1/kredietovereenkomsten"
	fileAPI  = "/v1/kredietbestanden"
)

// loanbookRoutes are those of the credit portfolio. Numbers of files count in each firm:
// of another firm there is nothing to ask but one that is not there.
var loanbookRoutes = map[string]route{
	"GET " + bookPage:                                         shelved(bookPage, http.StatusOK).shelvedMine(bookPage),
	"GET " + bookPage + "/lijst.csv":                          shelved(bookPage+"/lijst.csv", http.StatusOK).shelvedMine(bookPage + "/lijst.csv"),
	"GET " + bookPage + "/lijst.xlsx":                         shelved(bookPage+"/lijst.xlsx", http.StatusOK),
	"GET " + bookPage + "/plafond":                            shelved(bookPage+"/plafond", http.StatusOK),
	"GET " + bookPage + "/overeenkomst/{kenmerk}":             shelved(bookPage+"/overeenkomst/{kenmerk}", http.StatusNotFound).shelvedMine(bookPage + "/overeenkomst/{kenmerk}"),
	"GET " + bookPage + "/overeenkomst/{kenmerk}/vastleggen":  shelved(bookPage+"/overeenkomst/{kenmerk}/vastleggen", http.StatusNotFound).shelvedMine(bookPage + "/overeenkomst/{kenmerk}/vastleggen"),
	"POST " + bookPage + "/overeenkomst/{kenmerk}/vastleggen": shelved(bookPage+"/overeenkomst/{kenmerk}/vastleggen", http.StatusNotFound, "wat", "afgelost", "dag", "2026-01-01"),
	"POST " + bookPage + "/overeenkomst/{kenmerk}/intrekken":  shelved(bookPage+"/overeenkomst/{kenmerk}/intrekken", http.StatusNotFound, "gebeurtenis", "01900000-0000-7000-8000-00000000abcd", "reden", "zomaar"),
	"GET " + bookPage + "/berichten":                          shelved(bookPage+"/berichten", http.StatusOK).shelvedMine(bookPage + "/berichten"),
	"GET " + bookPage + "/berichten/lijst.csv":                shelved(bookPage+"/berichten/lijst.csv", http.StatusOK),
	"GET " + bookPage + "/berichten/lijst.xlsx":               shelved(bookPage+"/berichten/lijst.xlsx", http.StatusOK),
	"POST " + bookPage + "/berichten/{id}":                    shelved(bookPage+"/berichten/{bericht}", http.StatusNotFound, "hoe", "elders"),
	"GET " + bookPage + "/standen":                            shelved(bookPage+"/standen", http.StatusOK),
	"GET " + bookPage + "/standen/lijst.csv":                  shelved(bookPage+"/standen/lijst.csv", http.StatusOK),
	"GET " + bookPage + "/standen/lijst.xlsx":                 shelved(bookPage+"/standen/lijst.xlsx", http.StatusOK),
	"GET " + bookPage + "/standen/{nummer}":                   shelved(bookPage+"/standen/99", http.StatusNotFound),
	"GET " + bookPage + "/standen/{nummer}/fouten.csv":        shelved(bookPage+"/standen/99/fouten.csv", http.StatusNotFound),
	"POST " + bookPage + "/standen/{nummer}/ongedaan":         shelved(bookPage+"/standen/99/ongedaan", http.StatusNotFound, "reden", "zomaar"),
	"POST " + bookPage + "/standen/{nummer}/berichten":        shelved(bookPage+"/standen/99/berichten", http.StatusNotFound, "dag", "2024-01-01"),
	"GET " + bookPage + "/inlezen":                            shelved(bookPage+"/inlezen", http.StatusOK),
	"POST " + bookPage + "/inlezen":                           shelved(bookPage+"/inlezen", http.StatusBadRequest),
	"GET " + bookAPI:                                          shelved(bookAPI, http.StatusOK).asked(nil).shelvedMine(bookAPI),
	"GET " + bookAPI + "/{kenmerk}":                           shelved(bookAPI+"/{kenmerk}", http.StatusNotFound).asked(nil).shelvedMine(bookAPI + "/{kenmerk}"),
	"POST " + bookAPI + "/{kenmerk}/gebeurtenissen": shelved(bookAPI+"/{kenmerk}/gebeurtenissen", http.StatusNotFound).asked(func(*tenant) string {
		return `{"kind":"afgelost","on":"2026-01-01"}`
	}),
	"GET " + fileAPI:                                 shelved(fileAPI, http.StatusOK).asked(nil),
	"POST " + fileAPI:                                shelved(fileAPI+"?day=2026-01-01", http.StatusUnsupportedMediaType).asked(func(*tenant) string { return "{}" }),
	"GET " + fileAPI + "/{nummer}":                   shelved(fileAPI+"/99", http.StatusNotFound).asked(nil),
	"POST " + fileAPI + "/{nummer}/ongedaanmakingen": shelved(fileAPI+"/99/ongedaanmakingen", http.StatusNotFound).asked(func(*tenant) string { return `{"reason":"zomaar"}` }),
}

// ofLoanbook fills the ids of a firm's agreement in a pattern.
func (n *tenant) ofLoanbook(pattern string) string {
	return strings.NewReplacer("{kenmerk}", lentBooks[n].reference, "{bericht}", lentBooks[n].notice).Replace(pattern)
}

func shelved(pattern string, status int, form ...string) route {
	return route{form: form, status: status, door: "/werk/aanmelden", theirs: func(n *tenant) []string { return []string{n.ofLoanbook(pattern)} }}
}

func (r route) asked(body func(*tenant) string) route {
	r.door, r.strange, r.body = "", http.StatusUnauthorized, body
	return r
}

func (r route) shelvedMine(pattern string) route {
	r.own = func(n *tenant) string { return n.ofLoanbook(pattern) }
	return r
}
