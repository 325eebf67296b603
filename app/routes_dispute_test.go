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
		"GET " + bodies + "/nieuw":        ok(bodies + "/nieuw"),
		"POST " + bodies + "/nieuw":       {theirs: only(bodies + "/nieuw"), form: []string{"naam", ""}, status: http.StatusBadRequest, door: door},
		"GET " + bodies + "/{id}":         gone(bodies + "/" + noCase),
		"POST " + bodies + "/{id}/{stap}": step(bodies, "aanvraag"),
		"GET " + cases:                    listed(cases, "?stand=open&hoe=doorgestuurd"),
		"GET " + cases + ".csv":           ok(cases + ".csv"),
		"GET " + cases + ".xlsx":          ok(cases + ".xlsx"),
		"GET " + cases + "/nieuw":         ok(cases + "/nieuw"),
		"POST " + cases + "/nieuw":        {theirs: only(cases + "/nieuw"), form: []string{"waarover", ""}, status: http.StatusBadRequest, door: door},
		"GET " + cases + "/{id}":          gone(cases + "/" + noCase),
		"POST " + cases + "/{id}/{stap}":  step(cases, "reactie"),

		"GET /v1/geschilleninstanties":      {theirs: only("/v1/geschilleninstanties"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/geschilleninstanties/{id}": {theirs: only("/v1/geschilleninstanties/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"GET /v1/geschillen":                {theirs: only("/v1/geschillen"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/geschillen/{id}":           {theirs: only("/v1/geschillen/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/geschillen":               {theirs: only("/v1/geschillen"), body: func(*tenant) string { return `{}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
	})
}
