package app

import (
	"maps"
	"net/http"
)

func init() {
	door := "/werk/aanmelden"
	maps.Copy(routes, map[string]route{
		"GET /werk/betrouwbaarheid":              {theirs: only("/werk/betrouwbaarheid", "/werk/betrouwbaarheid?zoek=jansen&functie=policy_maker"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/betrouwbaarheid" }},
		"GET /werk/betrouwbaarheid.csv":          {theirs: only("/werk/betrouwbaarheid.csv"), status: http.StatusOK, door: door},
		"GET /werk/betrouwbaarheid.xlsx":         {theirs: only("/werk/betrouwbaarheid.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/betrouwbaarheid/nieuw":        {theirs: only("/werk/betrouwbaarheid/nieuw"), status: http.StatusOK, door: door},
		"POST /werk/betrouwbaarheid/nieuw":       {theirs: only("/werk/betrouwbaarheid/nieuw"), form: []string{"naam", ""}, status: http.StatusBadRequest, door: door},
		"GET /werk/betrouwbaarheid/{id}":         {theirs: only("/werk/betrouwbaarheid/" + noCase), status: http.StatusNotFound, door: door},
		"GET /v1/betrouwbaarheid":                {theirs: only("/v1/betrouwbaarheid"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/betrouwbaarheid/{id}":           {theirs: only("/v1/betrouwbaarheid/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/betrouwbaarheid":               {theirs: only("/v1/betrouwbaarheid"), body: func(*tenant) string { return `{}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"POST /werk/betrouwbaarheid/{id}/{stap}": {theirs: only("/werk/betrouwbaarheid/"+noCase+"/functie", "/werk/betrouwbaarheid/"+noCase+"/iets"), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
	})
}
