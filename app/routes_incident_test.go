package app

import (
	"maps"
	"net/http"
)

func init() {
	door := "/werk/aanmelden"
	maps.Copy(routes, map[string]route{
		"GET /werk/incidenten":                    {theirs: only("/werk/incidenten", "/werk/incidenten?zoek=stukken&stand=open&melding=te-melden"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/incidenten" }},
		"GET /werk/incidenten.csv":                {theirs: only("/werk/incidenten.csv"), status: http.StatusOK, door: door},
		"GET /werk/incidenten.xlsx":               {theirs: only("/werk/incidenten.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/incidenten/nieuw":              {theirs: only("/werk/incidenten/nieuw"), status: http.StatusOK, door: door},
		"POST /werk/incidenten/nieuw":             {theirs: only("/werk/incidenten/nieuw"), form: []string{"titel", ""}, status: http.StatusBadRequest, door: door},
		"GET /werk/incidenten/opgeschreven":       {theirs: only("/werk/incidenten/opgeschreven"), status: http.StatusOK, door: door},
		"GET /werk/incidenten/beleid":             {theirs: only("/werk/incidenten/beleid"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/incidenten/beleid" }},
		"POST /werk/incidenten/beleid":            {theirs: only("/werk/incidenten/beleid"), form: []string{"tekst", ""}, status: http.StatusBadRequest, door: door},
		"POST /werk/incidenten/beleid/publiceren": {theirs: only("/werk/incidenten/beleid/publiceren"), form: []string{"versie", "9"}, status: http.StatusConflict, door: door},
		"GET /werk/incidenten/{id}":               {theirs: only("/werk/incidenten/" + noCase), status: http.StatusNotFound, door: door},
		"GET /werk/incidenten/{id}/melding.pdf":   {theirs: only("/werk/incidenten/" + noCase + "/melding.pdf"), status: http.StatusNotFound, door: door},
		"POST /werk/incidenten/{id}/{stap}":       {theirs: only("/werk/incidenten/"+noCase+"/beoordeling", "/werk/incidenten/"+noCase+"/iets"), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
		"GET /v1/incidenten":                      {theirs: only("/v1/incidenten"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/incidenten/{id}":                 {theirs: only("/v1/incidenten/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/incidenten":                     {theirs: only("/v1/incidenten"), body: func(*tenant) string { return `{}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"POST /v1/incidenten/{id}/dagverbeteringen": {theirs: only("/v1/incidenten/" + noCase + "/dagverbeteringen"), body: func(*tenant) string {
			return `{"revision":1,"noticed":"2026-01-02","why":"Poststempel."}`
		}, status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/incidenten/{id}/beoordelingen": {theirs: only("/v1/incidenten/" + noCase + "/beoordelingen"), body: func(*tenant) string {
			return `{"revision":1,"danger":true,"police":"no","continuity":"no","grave":false,"why":"klein"}`
		}, status: http.StatusNotFound, strange: http.StatusUnauthorized},
	})
}
