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
		"GET /v1/regels":        {theirs: only("/v1/regels"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/regels/{name}": {theirs: only("/v1/regels/test_required"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"POST /v1/beslissingen": {
			theirs: only("/v1/beslissingen"), body: func(*tenant) string { return `{"rule":"test_required","given":{"product":"mortgage"}}` },
			status: http.StatusOK, strange: http.StatusUnauthorized,
		},
	})
}
