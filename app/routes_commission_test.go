package app

import (
	"maps"
	"net/http"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/ident"
)

// A paid is the commission of a month of a tenant.
type paid struct{ run, agreement string }

var months = map[*tenant]paid{}

// giveMonth lets a month of the firm be computed, approved and paid; nobody else may
// read of it.
func (o *reception) giveMonth(n *tenant) {
	o.t.Helper()
	ctx, by := o.t.Context(), operator(n.firm)
	must := func(err error) {
		o.t.Helper()
		if err != nil {
			o.t.Fatal(err)
		}
	}
	s := *o.Commission
	s.Book = contracts{{Ref: "Krediet-" + n.name, Partner: "NOORD", Revolving: true, Concluded: calendar.MustParse("2024-03-01"), Balance: 5_000_00}}
	a, err := s.WriteAgreement(ctx, by, aMediator("Bemiddelaar van "+n.name))
	must(err)
	must(s.SetPayer(ctx, by, commission.Payer{Name: "Kantoor " + n.name, IBAN: "NL20INGB0001234567"}))
	today := calendar.Of(o.Now())
	r, err := s.Start(ctx, by, commission.MonthKey(today.AddDays(-today.Day())), "")
	must(err)
	must(s.Work(ctx, n.firm, r.ID, func() bool { return false }))
	_, err = s.Approve(ctx, ident.Actor{Firm: n.firm, Kind: ident.Staff, ID: newID()}, r.ID, "")
	must(err)
	r, err = s.MakeBankFile(ctx, by, r.ID, today.AddDays(1).String())
	must(err)
	months[n] = paid{r.ID, a.ID}
	n.marks = append(n.marks, r.ID, a.ID, "Krediet-"+n.name, "Bemiddelaar van "+n.name, r.Root.String())
}

// ofMonth fills the ids of a firm's month in a pattern.
func (n *tenant) ofMonth(pattern string) string {
	return strings.NewReplacer("{firma}", string(n.firm), "{maand}", months[n].run, "{afspraak}", months[n].agreement, "{contract}", "Krediet-"+n.name).Replace(pattern)
}

func ofMonth(path string, form ...string) route {
	return route{
		form: form, status: http.StatusNotFound, door: "/werk/aanmelden",
		theirs: func(n *tenant) []string { return []string{n.ofMonth(path)} }, own: func(n *tenant) string { return n.ofMonth(path) },
	}
}

func ofMonthAPI(path string) route {
	r := ofMonth(path)
	r.door, r.strange = "", http.StatusUnauthorized
	return r
}

func listedAPI(path string) route {
	r := listed(path)
	r.door, r.strange = "", http.StatusUnauthorized
	return r
}

func init() {
	const month, agreed = "/werk/provisie/maand/{maand}", "/werk/provisie/afspraken/{afspraak}"
	bad := func(path string) route {
		return route{theirs: only(path), status: http.StatusBadRequest, door: "/werk/aanmelden"}
	}
	badAPI := func(path, body string) route {
		return route{theirs: only(path), body: func(*tenant) string { return body }, status: http.StatusBadRequest, strange: http.StatusUnauthorized}
	}
	change := ofMonthAPI("/v1/provisieafspraken/{afspraak}/versies").without()
	change.body = func(*tenant) string {
		return `{"code":"X","name":"X","iban":"NL91ABNA0417164300","from":"2026-01-01","saw":1,"percentages":[]}`
	}
	office := ofMonthAPI("/v1/provisieafspraken/{afspraak}/inzagen").without()
	office.body = func(*tenant) string { return `{"office":""}` }
	correct := badAPI("/v1/provisiecorrecties", "")
	correct.status = http.StatusNotFound
	correct.body = func(n *tenant) string {
		return n.ofMonth(`{"run":"{maand}","contract":"{contract}","reason":"Een betaling was niet geboekt.","kind":"revolving","balance":"1.00"}`)
	}
	maps.Copy(routes, map[string]route{
		"GET /werk/provisie":                                                         listed("/werk/provisie"),
		"GET /werk/provisie/ontvangen":                                               listed("/werk/provisie/ontvangen").without(),
		"GET /werk/provisie/ontvangen.csv":                                           listed("/werk/provisie/ontvangen.csv").without(),
		"GET /werk/provisie/ontvangen.xlsx":                                          listed("/werk/provisie/ontvangen.xlsx").without(),
		"GET /werk/provisie/ontvangen/{aanbieder}/{id}/{afspraak}":                   ofMonth("/werk/provisie/ontvangen/{firma}/{maand}/{afspraak}").without(),
		"GET /werk/provisie/ontvangen/{aanbieder}/{id}/{afspraak}/{bestand}":         ofMonth("/werk/provisie/ontvangen/{firma}/{maand}/{afspraak}/afrekening.csv").without(),
		"POST /werk/provisie/afspraken/{id}/inzage":                                  ofMonth("/werk/provisie/afspraken/{afspraak}/inzage", "onderneming", "").without(),
		"GET /v1/ontvangen-provisieafrekeningen":                                     listedAPI("/v1/ontvangen-provisieafrekeningen").without(),
		"GET /v1/ontvangen-provisieafrekeningen/{aanbieder}/{berekening}/{afspraak}": ofMonthAPI("/v1/ontvangen-provisieafrekeningen/{firma}/{maand}/{afspraak}").without(),
		"POST /v1/provisieafspraken/{id}/inzagen":                                    office,
		"GET /werk/provisie/lijst.csv":                                               listed("/werk/provisie/lijst.csv"),
		"GET /werk/provisie/lijst.xlsx":                                              listed("/werk/provisie/lijst.xlsx").without(),
		"GET /werk/provisie/berekenen":                                               listed("/werk/provisie/berekenen").without(),
		"POST /werk/provisie/berekenen":                                              bad("/werk/provisie/berekenen"),
		"GET /werk/provisie/maand/{id}":                                              ofMonth(month),
		"POST /werk/provisie/maand/{id}/goedkeuren":                                  ofMonth(month + "/goedkeuren").without(),
		"POST /werk/provisie/maand/{id}/betaalbestand":                               ofMonth(month+"/betaalbestand", "dag", "2099-01-01").without(),
		"GET /werk/provisie/maand/{id}/betaalbestand.xml":                            ofMonth(month + "/betaalbestand.xml"),
		"GET /werk/provisie/maand/{id}/contracten":                                   ofMonth(month + "/contracten"),
		"GET /werk/provisie/maand/{id}/contracten.csv":                               ofMonth(month + "/contracten.csv"),
		"GET /werk/provisie/maand/{id}/contracten.xlsx":                              ofMonth(month + "/contracten.xlsx").without(),
		"GET /werk/provisie/maand/{id}/contract":                                     ofMonth(month + "/contract?kenmerk={contract}"),
		"GET /werk/provisie/maand/{id}/bewijs":                                       ofMonth(month + "/bewijs?kenmerk={contract}"),
		"GET /werk/provisie/maand/{id}/correctie":                                    ofMonth(month + "/correctie?kenmerk={contract}"),
		"POST /werk/provisie/maand/{id}/correctie":                                   ofMonth(month+"/correctie", "kenmerk", "K", "saldo", "1").without(),
		"GET /werk/provisie/maand/{id}/afrekening/{afspraak}":                        ofMonth(month + "/afrekening/{afspraak}"),
		"GET /werk/provisie/maand/{id}/afrekening/{afspraak}/{bestand}":              ofMonth(month + "/afrekening/{afspraak}/afrekening.csv"),
		"GET /werk/provisie/correcties":                                              listed("/werk/provisie/correcties").without(),
		"GET /werk/provisie/correcties/lijst.csv":                                    listed("/werk/provisie/correcties/lijst.csv").without(),
		"GET /werk/provisie/correcties/lijst.xlsx":                                   listed("/werk/provisie/correcties/lijst.xlsx").without(),
		"GET /werk/provisie/afspraken":                                               listed("/werk/provisie/afspraken"),
		"GET /werk/provisie/afspraken/lijst.csv":                                     listed("/werk/provisie/afspraken/lijst.csv"),
		"GET /werk/provisie/afspraken/lijst.xlsx":                                    listed("/werk/provisie/afspraken/lijst.xlsx").without(),
		"GET /werk/provisie/afspraken/nieuw":                                         listed("/werk/provisie/afspraken/nieuw").without(),
		"POST /werk/provisie/afspraken/nieuw":                                        bad("/werk/provisie/afspraken/nieuw"),
		"GET /werk/provisie/afspraken/{id}":                                          ofMonth(agreed),
		"GET /werk/provisie/afspraken/{id}/wijzigen":                                 ofMonth(agreed + "/wijzigen"),
		"POST /werk/provisie/afspraken/{id}/wijzigen":                                ofMonth(agreed + "/wijzigen").without(),
		"GET /werk/provisie/rekening":                                                listed("/werk/provisie/rekening").without(),
		"POST /werk/provisie/rekening":                                               bad("/werk/provisie/rekening"),
		"GET /v1/provisieafspraken":                                                  listedAPI("/v1/provisieafspraken"),
		"POST /v1/provisieafspraken":                                                 badAPI("/v1/provisieafspraken", `{"code":"","name":"","iban":"","from":"2026-01-01","percentages":[]}`),
		"GET /v1/provisieafspraken/{id}":                                             ofMonthAPI("/v1/provisieafspraken/{afspraak}"),
		"POST /v1/provisieafspraken/{id}/versies":                                    change,
		"GET /v1/provisieberekeningen":                                               listedAPI("/v1/provisieberekeningen"),
		"POST /v1/provisieberekeningen":                                              badAPI("/v1/provisieberekeningen", `{"month":"2099-01"}`),
		"GET /v1/provisieberekeningen/{id}":                                          ofMonthAPI("/v1/provisieberekeningen/{maand}"),
		"GET /v1/provisieberekeningen/{id}/uitkomsten":                               ofMonthAPI("/v1/provisieberekeningen/{maand}/uitkomsten"),
		"GET /v1/provisieberekeningen/{id}/uitleg":                                   ofMonthAPI("/v1/provisieberekeningen/{maand}/uitleg?contract={contract}"),
		"GET /v1/provisieberekeningen/{id}/afrekeningen/{afspraak}":                  ofMonthAPI("/v1/provisieberekeningen/{maand}/afrekeningen/{afspraak}"),
		"GET /v1/provisiecorrecties":                                                 listedAPI("/v1/provisiecorrecties").without(),
		"POST /v1/provisiecorrecties":                                                correct,
	})
}
