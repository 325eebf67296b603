package app

import (
	"maps"
	"net/http"
)

func init() {
	door, bodies, cases := "/werk/aanmelden", "/werk/geschilleninstanties", "/werk/geschillen"
	ok := func(path string) route { return route{theirs: only(path), status: http.StatusOK, door: door} }
	listed := func(path, more string) route {
		return route{theirs: only(path, path+more), status: http.StatusOK, door: door, own: func(*tenant) string { return path }}
	}
	gone := func(path string) route { return route{theirs: only(path), status: http.StatusNotFound, door: door} }
	step := func(path, step string) route {
		return route{theirs: only(path+"/"+noCase+"/"+step, path+"/"+noCase+"/iets"), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door}
	}
	maps.Copy(routes, map[string]route{
		"GET " + bodies:                   listed(bodies, "?zoek=kifid&stand=erkend"),
		"GET " + bodies + ".csv":          ok(bodies + ".csv"),
		"GET " + bodies + ".xlsx":         ok(bodies + ".xlsx"),
		"GET " + bodies + ".pdf":          ok(bodies + ".pdf"),
		"GET " + bodies + "/nieuw":        ok(bodies + "/nieuw"),
		"POST " + bodies + "/nieuw":       {theirs: only(bodies + "/nieuw"), form: []string{"naam", ""}, status: http.StatusBadRequest, door: door},
		"GET " + bodies + "/{id}":         gone(bodies + "/" + noCase),
		"POST " + bodies + "/{id}/{stap}": step(bodies, "aanvraag"),
		"GET " + cases:                    listed(cases, "?stand=open&hoe=doorgestuurd"),
		"GET " + cases + ".csv":           ok(cases + ".csv"),
		"GET " + cases + ".xlsx":          ok(cases + ".xlsx"),
		"GET " + cases + ".pdf":           ok(cases + ".pdf"),
		"GET " + cases + "/nieuw":         ok(cases + "/nieuw"),
		"POST " + cases + "/nieuw":        {theirs: only(cases + "/nieuw"), form: []string{"waarover", ""}, status: http.StatusBadRequest, door: door},
		"GET " + cases + "/{id}":          gone(cases + "/" + noCase),
		"POST " + cases + "/{id}/{stap}":  step(cases, "reactie"),

		"GET /v1/geschilleninstanties":      {theirs: only("/v1/geschilleninstanties"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/geschilleninstanties/{id}": {theirs: only("/v1/geschilleninstanties/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"GET /v1/geschillen":                {theirs: only("/v1/geschillen"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/geschillen/{id}":           {theirs: only("/v1/geschillen/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/geschillen":               {theirs: only("/v1/geschillen"), body: func(*tenant) string { return `{}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"POST /v1/geschilleninstanties":     {theirs: only("/v1/geschilleninstanties"), body: func(*tenant) string { return `{}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
	})
	write := func(path, body string) route {
		return route{theirs: only(path), body: func(*tenant) string { return body }, status: http.StatusNotFound, strange: http.StatusUnauthorized}
	}
	const on = `{"revision":1,"day":"2026-01-02"}`
	for at, bodies := range map[string]map[string]string{
		"/v1/geschilleninstanties/": {
			"aanvragen": on, "verlengingen": on, "besluiten": `{"revision":1,"granted":true,"day":"2026-01-02","minister":"minister_of_finance"}`,
			"reglementen": `{"revision":1,"day":"2026-01-02","version":"2026","topics":[]}`, "leden": `{"revision":1,"name":"Lid","chair":false,"office":"2026-01-02","function":"university","evidence":"opgave"}`,
			"correcties": `{"revision":1,"name":"Loket"}`, "mededelingen": `{"revision":1,"announced":"2026-01-02"}`, "voorschriften": `{"revision":1,"day":"2026-01-02","text":"Publiceer."}`,
			"intrekkingen": `{"revision":1,"day":"2026-01-02","ground":"request"}`, "organen": `{"revision":1,"day":"2026-01-02","evidence":"statuten"}`,
			"wegingen":     `{"revision":1,"feeReasonable":true,"termReasonable":true,"why":"kort"}`,
			"ledenvertrek": `{"revision":1,"member":"` + noCase + `","day":"2026-01-02"}`,
			"opgaven":      `{"revision":1,"year":2025,"sent":"2026-01-02","firms":true,"nature":true,"results":true,"annual":true,"reference":"jaarverslag"}`,
		},
		"/v1/geschillen/": {
			"correcties": `{"revision":1,"reference":"2026-17"}`, "dagverbeteringen": `{"revision":1,"filed":"2026-01-02","why":"Poststempel."}`, "reacties": `{"revision":1,"answered":"2026-01-02"}`, "uitvoeringen": on,
			"uitkomsten": `{"revision":1,"outcome":"schikking","result":"deels","ended":"2026-01-02"}`,
		},
		"/v1/betrouwbaarheid/": {
			"verklaringen": `{"revision":1,"reference":"V-1","issued":"2026-01-02","seen":"2026-01-03"}`, "faillissementen": `{"revision":1,"bankrupt":false}`, "mededelingen": `{"revision":1,"day":"2026-01-02","reference":"M-1"}`,
			"correcties": `{"revision":1,"name":"A. Jansen","role":"other","employment":"temp","started":"2026-01-02"}`, "uitzonderingen": `{"revision":1,"provider":"bank"}`,
			"overgangen":  `{"revision":1,"commencement":"2006-01-01","there":true}`,
			"benoemingen": on, "vertrekken": on, "wijzigingen": `{"revision":1,"noticed":"2026-01-02","what":"Een nieuwe nevenfunctie."}`,
			"teruggedraaide-vertrekken": `{"revision":1,"why":"Verwisseld."}`, "benoemingsverbeteringen": `{"revision":1,"why":"Niet doorgegaan."}`,
			"wijzigingsverbeteringen": `{"revision":1,"change":"` + noCase + `","why":"Mail."}`,
			"meldingen":               `{"revision":1,"change":"` + noCase + `","day":"2026-01-02","medium":"letter"}`,
		},
	} {
		for step, body := range bodies {
			routes["POST "+at+"{id}/"+step] = write(at+noCase+"/"+step, body)
		}
	}
}
