package app

import (
	"maps"
	"net/http"
	"strings"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/casework"
)

// advices are the advice files of tenants.
var advices = map[*tenant]casework.ID{}

// giveAdvice gives the firm an advice file, whose marks nobody else may read.
func (o *reception) giveAdvice(n *tenant) {
	o.t.Helper()
	product := "Spaarplan van " + n.name
	f, err := o.Advice.Record(o.t.Context(), operator(n.firm), advice.Entry{Reference: "klant-advies-" + n.name, Content: advice.Content{
		Role: advice.Provider, Advice: advice.Recommendation{Day: calendar.Of(o.Now()), Kind: "sparen", Product: product},
	}})
	if err != nil {
		o.t.Fatal(err)
	}
	advices[n] = f.ID()
	n.marks = append(n.marks, string(f.ID()), product, f.Reference)
}

// advised is a route with the file of the other firm, which is not there.
func advised(path string, form ...string) route {
	at := func(n *tenant) string { return strings.ReplaceAll(path, "{id}", string(advices[n])) }
	r := route{theirs: func(n *tenant) []string { return []string{at(n)} }, form: form, status: http.StatusNotFound}
	if strings.HasPrefix(path, "/werk/") {
		r.door = "/werk/aanmelden"
	} else {
		r.strange = http.StatusUnauthorized
	}
	return r
}

// advisedMine is a route that the firm itself may take.
func (r route) advisedMine() route {
	theirs := r.theirs
	r.own = func(n *tenant) string { return theirs(n)[0] }
	return r
}

// advisedAt is a route without an id.
func advisedAt(status int, path string, form ...string) route {
	r := advised(path, form...)
	r.status = status
	return r
}

func (r route) with(body string) route {
	r.body = func(*tenant) string { return body }
	return r
}

func init() {
	const at, api = "/werk/adviezen", "/v1/adviesdossiers"
	const said = `"role":"provider","profile":{},"advice":{"day":"2026-01-02","kind":"sparen","product":"x"}`
	maps.Copy(routes, map[string]route{
		"GET " + at:                             advisedAt(http.StatusOK, at).advisedMine(),
		"GET " + at + "/lijst.csv":              advisedAt(http.StatusOK, at+"/lijst.csv").advisedMine(),
		"GET " + at + "/lijst.xlsx":             advisedAt(http.StatusOK, at+"/lijst.xlsx"),
		"GET " + at + "/nieuw":                  advisedAt(http.StatusOK, at+"/nieuw"),
		"POST " + at + "/nieuw":                 advisedAt(http.StatusBadRequest, at+"/nieuw", "soort", "hypotheek"),
		"GET " + at + "/procedures":             advisedAt(http.StatusOK, at+"/procedures").advisedMine(),
		"POST " + at + "/procedures":            advisedAt(http.StatusBadRequest, at+"/procedures", "regelset", "geen"),
		"POST " + at + "/procedures/{id}/einde": advisedAt(http.StatusNotFound, at+"/procedures/"+noCase+"/einde", "reden-"+noCase, "oud"),
		"GET " + at + "/{id}":                   advised(at + "/{id}?op=2026-12-31").advisedMine(),
		"GET " + at + "/{id}/dossier.pdf":       advised(at + "/{id}/dossier.pdf"),
		"GET " + at + "/{id}/dossier.html":      advised(at + "/{id}/dossier.html").advisedMine(),
		"POST " + at + "/{id}/afloop":           advised(at+"/{id}/afloop", "versie", "1", "afloop", "none"),
		"POST " + at + "/{id}/verbetering":      advised(at+"/{id}/verbetering", "versie", "1", "reden", "x"),
		"GET " + api:                            advisedAt(http.StatusOK, api).advisedMine(),
		"POST " + api:                           advisedAt(http.StatusBadRequest, api).with(`{"reference":""}`),
		"GET " + api + "/{id}":                  advised(api + "/{id}").advisedMine(),
		"GET " + api + "/{id}/standen/{day}":    advised(api + "/{id}/standen/2026-12-31").advisedMine(),
		"POST " + api + "/{id}/verbeteringen":   advised(api + "/{id}/verbeteringen").with(`{"saw":1,"why":"x",` + said + `}`),
		"POST " + api + "/{id}/aflopen":         advised(api + "/{id}/aflopen").with(`{"saw":1,"outcome":{"result":"none"}}`),
		"GET /v1/adviesprocedures":              advisedAt(http.StatusOK, "/v1/adviesprocedures"),
	})
}
