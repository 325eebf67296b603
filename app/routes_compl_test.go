package app

import (
	"maps"
	"net/http"
)

func init() {
	step := func(name, body string) route {
		return route{
			theirs: only("/v1/klachten/" + noCase + "/" + name), body: func(*tenant) string { return body }, status: http.StatusNotFound, strange: http.StatusUnauthorized,
		}
	}
	maps.Copy(routes, map[string]route{
		"GET /v1/klachten":                   {theirs: only("/v1/klachten", "/v1/klachten?cause=prijs"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"POST /v1/klachten":                  {theirs: only("/v1/klachten"), body: func(*tenant) string { return `{}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"GET /v1/klachten/{id}":              {theirs: only("/v1/klachten/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/klachten/{id}/notities":    step("notities", `{"way":"intern","text":"x"}`),
		"POST /v1/klachten/{id}/correcties":  step("correcties", `{"revision":1,"sort":"claim","why":"x"}`),
		"POST /v1/klachtbewerkingscontroles": {theirs: only("/v1/klachtbewerkingscontroles"), body: func(*tenant) string { return `{"cases":[{"id":"` + noCase + `"}],"cause":"prijs"}` }, status: http.StatusOK, strange: http.StatusUnauthorized},
		"POST /v1/klachtbewerkingen":         {theirs: only("/v1/klachtbewerkingen"), body: func(*tenant) string { return `{"cases":[]}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"POST /v1/klachtimporten":            {theirs: only("/v1/klachtimporten"), body: func(*tenant) string { return `{"complaints":[]}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"GET /v1/klachtimporten":             {theirs: only("/v1/klachtimporten"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"POST /v1/klachtimporten/{id}/terugdraaiingen": {
			theirs: only("/v1/klachtimporten/" + noCase + "/terugdraaiingen"), body: func(*tenant) string { return `{"why":"x"}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized,
		},
		"POST /v1/klachten/{id}/indelingen":             step("indelingen", `{"revision":1,"about":"x"}`),
		"POST /v1/klachten/{id}/berichten":              step("berichten", `{"revision":1,"kind":"antwoord","way":"brief","text":"x"}`),
		"POST /v1/klachten/{id}/afhandelingen":          step("afhandelingen", `{"revision":1,"outcome":"gegrond","note":"x"}`),
		"POST /v1/klachten/{id}/heropeningen":           step("heropeningen", `{"revision":1,"why":"x"}`),
		"POST /v1/klachten/{id}/ontvangstverbeteringen": step("ontvangstverbeteringen", `{"revision":1,"received":"2026-01-05","why":"x"}`),
	})
}
