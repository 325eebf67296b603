package app

import (
	"maps"
	"net/http"
	"strings"

	"zorgplicht/casework"
)

// applications are one of each tenant.
var applications = map[*tenant]casework.ID{}

// giveApplication gives the firm an application for credit, whose marks nobody else may
// read.
func (o *reception) giveApplication(n *tenant) {
	o.t.Helper()
	in := applicant(&house{App: o.App})
	in.Applicant.Name, in.Applicant.Reference = "Aanvrager van "+n.name, "klantnummer-van-"+n.name
	a, err := o.Lending.Receive(o.t.Context(), operator(n.firm), in)
	if err != nil {
		o.t.Fatal(err)
	}
	applications[n] = a.ID()
	n.marks = append(n.marks, string(a.ID()), in.Applicant.Name, in.Applicant.Reference)
}

const applicationPath = "/werk/kredietaanvragen/{id}"

func init() {
	door := "/werk/aanmelden"
	all := map[string]route{
		"GET /werk/kredietaanvragen":                         {theirs: only("/werk/kredietaanvragen", "/werk/kredietaanvragen?zoek=aanvrager&stand=ontvangen&volgorde=naam"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/kredietaanvragen" }},
		"GET /werk/kredietaanvragen/lijst.csv":               {theirs: only("/werk/kredietaanvragen/lijst.csv"), status: http.StatusOK, door: door},
		"GET /werk/kredietaanvragen/lijst.xlsx":              {theirs: only("/werk/kredietaanvragen/lijst.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/kredietaanvragen/nieuw":                   {theirs: only("/werk/kredietaanvragen/nieuw"), status: http.StatusOK, door: door},
		"POST /werk/kredietaanvragen/nieuw":                  {theirs: only("/werk/kredietaanvragen/nieuw"), form: []string{"bedrag", "veel"}, status: http.StatusBadRequest, door: door},
		"GET /werk/kredietaanvragen/normbedragen":            {theirs: only("/werk/kredietaanvragen/normbedragen"), status: http.StatusOK, door: door},
		"POST /werk/kredietaanvragen/normbedragen":           {theirs: only("/werk/kredietaanvragen/normbedragen"), form: []string{"veld", "Leef norm"}, status: http.StatusBadRequest, door: door},
		"GET /werk/kredietaanvragen/normbedragen/lijst.csv":  {theirs: only("/werk/kredietaanvragen/normbedragen/lijst.csv"), status: http.StatusOK, door: door},
		"GET /werk/kredietaanvragen/normbedragen/lijst.xlsx": {theirs: only("/werk/kredietaanvragen/normbedragen/lijst.xlsx"), status: http.StatusOK, door: door},
		"GET " + applicationPath:                             applied(applicationPath).appliedMine(applicationPath),
		"GET " + applicationPath + "/wijzigen":               applied(applicationPath + "/wijzigen").appliedMine(applicationPath + "/wijzigen"),
		"POST " + applicationPath + "/wijzigen":              applied(applicationPath+"/wijzigen", "bedrag", "veel"),
		"GET /v1/kredietaanvragen":                           {theirs: only("/v1/kredietaanvragen"), status: http.StatusOK, strange: http.StatusUnauthorized, own: func(*tenant) string { return "/v1/kredietaanvragen?stand=ontvangen&zoek=aanvrager" }},
		"POST /v1/kredietaanvragen":                          {theirs: only("/v1/kredietaanvragen"), body: said(`{"received":"2026-01-01","name":"","request":{"form":"lening","amount":"0","purpose":"anders"}}`), status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"GET /v1/kredietaanvragen/{id}":                      askedAPI("/v1/kredietaanvragen/{id}", "").appliedMine("/v1/kredietaanvragen/{id}"),
		"GET /v1/kredietnormbedragen":                        {theirs: only("/v1/kredietnormbedragen"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"POST /v1/kredietnormbedragen":                       {theirs: only("/v1/kredietnormbedragen"), body: said(`{"name":"leefnorm","value":"veel","from":"2026-01-01","source":"tabel"}`), status: http.StatusBadRequest, strange: http.StatusUnauthorized},
	}
	for _, step := range []string{"beoordeling", "raadpleging", "besluit", "intrekking", "overeenkomst", "waardering", "afwikkeling", "overdracht"} {
		all["POST "+applicationPath+"/"+step] = applied(applicationPath+"/"+step, "versie", "1", "besluit-wat", "aanvaarden")
	}
	for step, body := range map[string]string{
		"gegevens": `{"saw":1,"name":"X","request":{"form":"lening","amount":"1000","purpose":"anders"}}`, "beoordelingen": `{"saw":1}`,
		"raadplegingen": `{"saw":1,"on":"2026-01-01","system":"BKR","reference":"1"}`, "besluiten": `{"saw":1,"decision":"accept"}`,
		"overeenkomsten": `{"saw":1,"on":"2026-01-01","reference":"1"}`, "waarderingen": `{"saw":1,"on":"2026-01-01","value":"1"}`,
		"afwikkelingen": `{"saw":1,"on":"2026-01-01"}`, "overdrachten": `{"saw":1,"on":"2026-01-01","to":"X"}`,
	} {
		all["POST /v1/kredietaanvragen/{id}/"+step] = askedAPI("/v1/kredietaanvragen/{id}/"+step, body)
	}
	maps.Copy(routes, all)
}

func said(body string) func(*tenant) string { return func(*tenant) string { return body } }

// ofApplication fills the id of a firm's application in a pattern.
func (n *tenant) ofApplication(pattern string) string {
	return strings.ReplaceAll(pattern, "{id}", string(applications[n]))
}

func applied(pattern string, form ...string) route {
	return route{
		form: form, status: http.StatusNotFound, door: "/werk/aanmelden",
		theirs: func(n *tenant) []string { return []string{n.ofApplication(pattern)} },
	}
}

func askedAPI(pattern, body string) route {
	r := applied(pattern)
	r.door, r.strange = "", http.StatusUnauthorized
	if body != "" {
		r.body = said(body)
	}
	return r
}

func (r route) appliedMine(pattern string) route {
	r.own = func(n *tenant) string { return n.ofApplication(pattern) }
	return r
}
