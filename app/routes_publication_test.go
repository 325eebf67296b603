package app

import (
	"maps"
	"net/http"
	"strings"
)

// theirTestAPI is a path of the API on the test of that firm.
func theirTestAPI(page string) func(*tenant) []string {
	return func(n *tenant) []string {
		return []string{"/v1/toetsen/" + n.test + strings.ReplaceAll(page, "{hash}", n.seal.String())}
	}
}

func init() {
	sealed := func(more string) func(*tenant) string {
		return func(n *tenant) string { return `{"hash":"` + n.seal.String() + `"` + more + `}` }
	}
	theirs := func(page string, body func(*tenant) string) route {
		return route{theirs: theirTestAPI(page), body: body, status: http.StatusNotFound, strange: http.StatusUnauthorized}
	}
	own := func(r route, page string) route {
		r.own = func(n *tenant) string { return theirTestAPI(page)(n)[0] }
		return r
	}
	maps.Copy(routes, map[string]route{
		"GET /werk/toetsen/{id}/vragen":  {theirs: theirTest("/vragen"), status: http.StatusNotFound, door: "/werk/aanmelden"},
		"POST /werk/toetsen/{id}/vragen": {theirs: theirTest("/vragen"), form: []string{"keuze", "alle", "gezien", "1"}, status: http.StatusNotFound, door: "/werk/aanmelden"},

		"GET /v1/toetsen/{id}":                own(theirs("", nil), ""),
		"GET /v1/toetsen/{id}/versies/{hash}": own(theirs("/versies/{hash}", nil), "/versies/{hash}"),
		"POST /v1/toetsen":                    {theirs: only("/v1/toetsen"), body: func(*tenant) string { return `{}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"POST /v1/toetscontroles":             {theirs: only("/v1/toetscontroles"), body: func(*tenant) string { return `{}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"POST /v1/toetsen/{id}/aanvragen":     theirs("/aanvragen", func(*tenant) string { return `{"revision":1}` }),
		"POST /v1/toetsen/{id}/teruggaven":    theirs("/teruggaven", func(*tenant) string { return `{"note":"terug"}` }),
		"POST /v1/toetsen/{id}/publicaties":   theirs("/publicaties", sealed("")),
		"POST /v1/toetsen/{id}/intrekkingen":  theirs("/intrekkingen", sealed(`,"reason":"weg"`)),
	})
}
