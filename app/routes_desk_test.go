package app

import (
	"maps"
	"net/http"
)

func init() {
	maps.Copy(routes, map[string]route{
		"GET /werk/regels":        {theirs: only("/werk/regels", "/werk/regels?zoek=toets&recht=actueel"), status: http.StatusOK, door: "/werk/aanmelden"},
		"GET /werk/regels/{name}": {theirs: only("/werk/regels/test_required", "/werk/regels/test_required?voorbeeld=1"), status: http.StatusOK, door: "/werk/aanmelden"},
		"POST /werk/regels/{name}": {
			theirs: only("/werk/regels/test_required"), form: []string{"v-product", "mortgage"}, status: http.StatusOK, door: "/werk/aanmelden",
		},
		"GET /werk/normen":                   {theirs: only("/werk/normen", "/werk/normen?zoek=bewaren"), status: http.StatusOK, door: "/werk/aanmelden"},
		"GET /werk/normen/lijst.csv":         {theirs: only("/werk/normen/lijst.csv?zoek=bewaren"), status: http.StatusOK, door: "/werk/aanmelden"},
		"GET /werk/normen/lijst.xlsx":        {theirs: only("/werk/normen/lijst.xlsx?zoek=bewaren"), status: http.StatusOK, door: "/werk/aanmelden"},
		"GET /werk/normen/lijst.json":        {theirs: only("/werk/normen/lijst.json?zoek=bewaren"), status: http.StatusOK, door: "/werk/aanmelden"},
		"GET /werk/normen/voor-ons":          {theirs: only("/werk/normen/voor-ons?rol=insurer&product=life"), status: http.StatusOK, door: "/werk/aanmelden"},
		"GET /werk/normen/dekking":           {theirs: only("/werk/normen/dekking"), status: http.StatusOK, door: "/werk/aanmelden"},
		"GET /werk/normen/boetes":            {theirs: only("/werk/normen/boetes?normen=bfd:12:1&soort=e"), status: http.StatusOK, door: "/werk/aanmelden"},
		"GET /werk/normen/boetes/lijst.csv":  {theirs: only("/werk/normen/boetes/lijst.csv?normen=bfd:12:1"), status: http.StatusOK, door: "/werk/aanmelden"},
		"GET /werk/normen/boetes/lijst.xlsx": {theirs: only("/werk/normen/boetes/lijst.xlsx?normen=bfd:12:1"), status: http.StatusOK, door: "/werk/aanmelden"},
		"GET /werk/normen/{id}":              {theirs: only("/werk/normen/bfd:14:2"), status: http.StatusOK, door: "/werk/aanmelden"},
		"GET /v1/normen":                     {theirs: only("/v1/normen?search=bewaren"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/normen/{id}":                {theirs: only("/v1/normen/bfd:14:2"), status: http.StatusOK, strange: http.StatusUnauthorized},

		"GET /v1/regels":        {theirs: only("/v1/regels"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/regels/{name}": {theirs: only("/v1/regels/test_required"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"POST /v1/beslissingen": {
			theirs: only("/v1/beslissingen"), body: func(*tenant) string { return `{"rule":"test_required","given":{"product":"mortgage"}}` },
			status: http.StatusOK, strange: http.StatusUnauthorized,
		},
	})
}
