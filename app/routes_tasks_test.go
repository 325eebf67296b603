package app

import (
	"maps"
	"net/http"
)

func init() {
	door := "/werk/aanmelden"
	maps.Copy(routes, map[string]route{
		"GET /werk/taken":            {theirs: only("/werk/taken", "/werk/taken?stand=failed"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/taken" }},
		"GET /werk/taken/lijst.csv":  {theirs: only("/werk/taken/lijst.csv"), status: http.StatusOK, door: door},
		"GET /werk/taken/lijst.xlsx": {theirs: only("/werk/taken/lijst.xlsx"), status: http.StatusOK, door: door},
		"POST /werk/taken/opnieuw":   {theirs: only("/werk/taken/opnieuw"), form: []string{"taak", "onbekend"}, status: http.StatusNotFound, door: door},
	})
}
