package app

import (
	"maps"
	"net/http"
)

func init() {
	const door = "/werk/aanmelden"
	maps.Copy(routes, map[string]route{
		"GET /werk/toetsevaluaties":                       {theirs: only("/werk/toetsevaluaties"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/toetsevaluaties" }},
		"GET /werk/toetsevaluaties/vervolg":               {theirs: only("/werk/toetsevaluaties/vervolg"), status: http.StatusOK, door: door},
		"POST /werk/toetsevaluaties/vervolg":              {theirs: only("/werk/toetsevaluaties/vervolg"), form: []string{"bestand", "x"}, status: http.StatusBadRequest, door: door},
		"GET /werk/toetsevaluaties/lijst.csv":             {theirs: only("/werk/toetsevaluaties/lijst.csv"), status: http.StatusOK, door: door},
		"GET /werk/toetsevaluaties/lijst.xlsx":            {theirs: only("/werk/toetsevaluaties/lijst.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/toetsen/{id}/evaluatie/cijfers.csv":    {theirs: theirTest("/evaluatie/cijfers.csv"), status: http.StatusNotFound, door: door},
		"GET /werk/toetsen/{id}/evaluatie/cijfers.xlsx":   {theirs: theirTest("/evaluatie/cijfers.xlsx"), status: http.StatusNotFound, door: door},
		"GET /werk/toetspogingen/{id}/vervolg/intrekken":  {theirs: everyAttempt("/werk/toetspogingen/{id}/vervolg/intrekken?vervolg=complaint&dag=2026-11-21"), status: http.StatusNotFound, door: door},
		"POST /werk/toetspogingen/{id}/vervolg/intrekken": {theirs: everyAttempt("/werk/toetspogingen/{id}/vervolg/intrekken"), form: []string{"vervolg", "complaint", "dag", "2026-11-21", "reason", "x"}, status: http.StatusNotFound, door: door},
		"GET /werk/toetsen/{id}/evaluatie":                {theirs: theirTest("/evaluatie"), status: http.StatusNotFound, door: door, own: func(n *tenant) string { return "/werk/toetsen/" + n.test + "/evaluatie" }},
		"POST /werk/toetsen/{id}/evaluatie":               {theirs: theirTest("/evaluatie"), status: http.StatusNotFound, door: door},
		"POST /werk/toetsen/{id}/evaluatie/bevestigen":    {theirs: theirTest("/evaluatie/bevestigen"), form: []string{"evaluatie", "x"}, status: http.StatusNotFound, door: door},
		"POST /werk/toetsen/{id}/evaluatie/plannen":       {theirs: theirTest("/evaluatie/plannen"), form: []string{"day", "2099-01-01"}, status: http.StatusNotFound, door: door},
		"POST /werk/toetspogingen/{id}/vervolg":           {theirs: everyAttempt("/werk/toetspogingen/{id}/vervolg"), form: []string{"vervolg", "complaint", "dag", "2026-11-21"}, status: http.StatusNotFound, door: door},
		"GET /v1/toetspogingen/{id}/vervolgen":            {theirs: everyAttempt("/v1/toetspogingen/{id}/vervolgen"), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"GET /v1/toetsen/{id}/evaluaties":                 {theirs: theirTestAPI("/evaluaties"), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/vervolgimporten": {theirs: only("/v1/vervolgimporten"), body: func(n *tenant) string {
			return `{"rows":[{"attempt":"` + string(n.judged.id) + `","what":"complaint","day":"2026-11-21"}]}`
		}, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"GET /t/{token}/uitslag.html": link("/uitslag.html"),
		"GET /werk/toetspogingen/{id}/documenten/{name}": {
			theirs: everyAttempt("/werk/toetspogingen/{id}/documenten/uitslag.pdf"), status: http.StatusNotFound, door: "/werk/aanmelden",
			own: func(n *tenant) string {
				return "/werk/toetspogingen/" + string(n.judged.id) + "/documenten/uitslag.html"
			},
		},
	})
}
