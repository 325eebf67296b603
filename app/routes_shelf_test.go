package app

import (
	"maps"
	"net/http"
)

func init() {
	door, list := "/werk/aanmelden", "/werk/zaken/lijst"
	own := func(path string) func(*tenant) string { return func(*tenant) string { return path } }
	maps.Copy(routes, map[string]route{
		"GET /werk/zaken/lijst.csv":            {theirs: only(list + ".csv"), status: http.StatusOK, door: door},
		"GET /werk/zaken/lijst.xlsx":           {theirs: only(list + ".xlsx"), status: http.StatusOK, door: door},
		"GET /werk/zaken/lijst.pdf":            {theirs: only(list + ".pdf"), status: http.StatusOK, door: door},
		"GET /werk/zaken/{zaak}/afdruk.pdf":    {theirs: only("/werk/zaken/" + noCase + "/afdruk.pdf"), status: http.StatusNotFound, door: door},
		"GET /werk/zoek":                       {theirs: only("/werk/zoek", "/werk/zoek?zoek=jansen"), status: http.StatusOK, door: door, own: own("/werk/zoek")},
		"GET /werk/zoek/bewaren":               {theirs: only("/werk/zoek/bewaren?lijst=/elders"), status: http.StatusNotFound, door: door},
		"POST /werk/zoek/bewaren":              {theirs: only("/werk/zoek/bewaren"), form: []string{"lijst", "/elders", "naam", "x"}, status: http.StatusNotFound, door: door},
		"POST /werk/zoek/toets":                {theirs: only("/werk/zoek/toets"), form: []string{"toets", "aan"}, status: http.StatusSeeOther, door: door},
		"POST /werk/zoek/{id}/wijzigen":        {theirs: only("/werk/zoek/" + noCase + "/wijzigen"), form: []string{"naam-" + noCase, "x"}, status: http.StatusNotFound, door: door},
		"POST /werk/zoek/{id}/verwijderen":     {theirs: only("/werk/zoek/" + noCase + "/verwijderen"), form: []string{"van", "hier"}, status: http.StatusNotFound, door: door},
		"GET /werk/incidenten.pdf":             {theirs: only("/werk/incidenten.pdf"), status: http.StatusOK, door: door},
		"GET /werk/betrouwbaarheid.pdf":        {theirs: only("/werk/betrouwbaarheid.pdf"), status: http.StatusOK, door: door},
		"GET /werk/adviezen/lijst.pdf":         {theirs: only("/werk/adviezen/lijst.pdf"), status: http.StatusOK, door: door},
		"GET /werk/kredietaanvragen/lijst.pdf": {theirs: only("/werk/kredietaanvragen/lijst.pdf"), status: http.StatusOK, door: door},
	})
}
