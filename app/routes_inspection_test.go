package app

import (
	"maps"
	"net/http"
)

func init() {
	door, one := "/werk/aanmelden", "/werk/inzage/"+noCase
	own := func(path string) func(*tenant) string { return func(*tenant) string { return path } }
	maps.Copy(routes, map[string]route{
		"GET /werk/inzage":                                 {theirs: only("/werk/inzage", "/werk/inzage?zoek=AFM&stand=open"), status: http.StatusOK, door: door, own: own("/werk/inzage")},
		"GET /werk/inzage.csv":                             {theirs: only("/werk/inzage.csv"), status: http.StatusOK, door: door},
		"GET /werk/inzage.xlsx":                            {theirs: only("/werk/inzage.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/inzage.pdf":                             {theirs: only("/werk/inzage.pdf"), status: http.StatusOK, door: door},
		"GET /werk/inzage/{id}/handelingen.csv":            {theirs: only(one + "/handelingen.csv"), status: http.StatusNotFound, door: door},
		"GET /werk/inzage/{id}/handelingen.xlsx":           {theirs: only(one + "/handelingen.xlsx"), status: http.StatusNotFound, door: door},
		"GET /werk/inzage/{id}/handelingen.pdf":            {theirs: only(one + "/handelingen.pdf"), status: http.StatusNotFound, door: door},
		"GET /werk/inzage/{id}/stukken/{soort}/lijst.pdf":  {theirs: only(one + "/stukken/klacht/lijst.pdf"), status: http.StatusNotFound, door: door},
		"GET /werk/inzage/nieuw":                           {theirs: only("/werk/inzage/nieuw"), status: http.StatusOK, door: door, own: own("/werk/inzage/nieuw")},
		"POST /werk/inzage/nieuw":                          {theirs: only("/werk/inzage/nieuw"), form: []string{"doel", ""}, status: http.StatusBadRequest, door: door},
		"GET /werk/inzage/{id}":                            {theirs: only(one), status: http.StatusNotFound, door: door},
		"POST /werk/inzage/{id}/beeindigen":                {theirs: only(one + "/beeindigen"), form: []string{"reden", "klaar"}, status: http.StatusNotFound, door: door},
		"POST /werk/inzage/{id}/dossier":                   {theirs: only(one + "/dossier"), status: http.StatusNotFound, door: door},
		"GET /werk/inzage/{id}/dossier/{dossier}":          {theirs: only(one + "/dossier/" + noCase), status: http.StatusNotFound, door: door},
		"GET /werk/inzage/{id}/stukken/{soort}":            {theirs: only(one+"/stukken/klacht", one+"/stukken/iets?ontbreekt=ja"), status: http.StatusNotFound, door: door},
		"GET /werk/inzage/{id}/stukken/{soort}/lijst.csv":  {theirs: only(one + "/stukken/klacht/lijst.csv"), status: http.StatusNotFound, door: door},
		"GET /werk/inzage/{id}/stukken/{soort}/lijst.xlsx": {theirs: only(one + "/stukken/klacht/lijst.xlsx"), status: http.StatusNotFound, door: door},
		"GET /werk/inzage/{id}/stukken/{soort}/{stuk}":     {theirs: only(one + "/stukken/klacht/" + noCase), status: http.StatusNotFound, door: door},
		"GET /v1/inzagen":                                  {theirs: only("/v1/inzagen"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/inzagen/{id}":                             {theirs: only("/v1/inzagen/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
	})
}
