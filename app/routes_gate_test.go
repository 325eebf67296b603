package app

import (
	"maps"
	"net/http"
)

func init() {
	maps.Copy(routes, map[string]route{
		"GET /t/{token}/uitslag.html": link("/uitslag.html"),
		"GET /werk/toetspogingen/{id}/documenten/{name}": {
			theirs: everyAttempt("/werk/toetspogingen/{id}/documenten/uitslag.pdf"), status: http.StatusNotFound, door: "/werk/aanmelden",
			own: func(n *tenant) string {
				return "/werk/toetspogingen/" + string(n.judged.id) + "/documenten/uitslag.html"
			},
		},
	})
}
