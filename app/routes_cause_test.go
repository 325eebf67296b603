package app

import (
	"maps"
	"net/http"
)

func init() {
	door, list := "/werk/aanmelden", "/werk/oorzaken"
	page := func(path string, status int, form ...string) route {
		return route{theirs: only(path), form: form, status: status, door: door}
	}
	api := func(path string, status int, body string) route {
		r := route{theirs: only(path), status: status, strange: http.StatusUnauthorized}
		if body != "" {
			r.body = func(*tenant) string { return body }
		}
		return r
	}
	v1 := "/v1/oorzaken"
	maps.Copy(routes, map[string]route{
		"GET " + list:                   {theirs: only(list, list+"?zoek=brief&stand=open&stand-maatregel=werkt-niet&volgorde=oudste"), status: http.StatusOK, door: door, own: func(*tenant) string { return list }},
		"GET " + list + ".csv":          page(list+".csv", http.StatusOK),
		"GET " + list + ".xlsx":         page(list+".xlsx", http.StatusOK),
		"GET " + list + ".pdf":          page(list+".pdf", http.StatusOK),
		"GET " + list + "/nieuw":        page(list+"/nieuw", http.StatusOK),
		"POST " + list + "/nieuw":       page(list+"/nieuw", http.StatusBadRequest, "titel", ""),
		"GET " + list + "/{id}":         page(list+"/"+noCase, http.StatusNotFound),
		"POST " + list + "/{id}/{stap}": {theirs: only(list+"/"+noCase+"/maatregel", list+"/"+noCase+"/iets", list+"/"+noCase+"/koppelen"), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
		"POST " + list + "/van/{zaak}":  page(list+"/van/"+noCase, http.StatusNotFound, "oorzaak-van", ""),

		"GET " + v1:                         api(v1, http.StatusOK, ""),
		"GET " + v1 + "/{id}":               api(v1+"/"+noCase, http.StatusNotFound, ""),
		"POST " + v1:                        api(v1, http.StatusBadRequest, `{}`),
		"POST " + v1 + "/{id}/klachten":     api(v1+"/"+noCase+"/klachten", http.StatusNotFound, `{"numbers":["K-2026-0001"]}`),
		"POST " + v1 + "/{id}/maatregelen":  api(v1+"/"+noCase+"/maatregelen", http.StatusNotFound, `{"revision":1,"kind":"geen","what":"Niets nodig."}`),
		"POST " + v1 + "/{id}/uitvoeringen": api(v1+"/"+noCase+"/uitvoeringen", http.StatusNotFound, `{"revision":1,"measure":"`+noCase+`","done":"2026-01-01","checkOn":"2026-02-01"}`),
		"POST " + v1 + "/{id}/controles":    api(v1+"/"+noCase+"/controles", http.StatusNotFound, `{"revision":1,"measure":"`+noCase+`","effect":"werkt","found":"Zo."}`),
	})
}
