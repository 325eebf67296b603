package app

import (
	"maps"
	"net/http"
)

func init() {
	door, file, list := "/werk/aanmelden", "/werk/bewaren/dossiers/klacht/"+noCase, "/werk/bewaren/vernietigen/"+noCase
	own := func(path string) func(*tenant) string { return func(*tenant) string { return path } }
	maps.Copy(routes, map[string]route{
		"GET /werk/bewaren":                                   {theirs: only("/werk/bewaren", "/werk/bewaren?zoek=K-&stand=may_go"), status: http.StatusOK, door: door, own: own("/werk/bewaren")},
		"GET /werk/bewaren/lijst.csv":                         {theirs: only("/werk/bewaren/lijst.csv"), status: http.StatusOK, door: door},
		"GET /werk/bewaren/lijst.xlsx":                        {theirs: only("/werk/bewaren/lijst.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/bewaren/lijst.pdf":                         {theirs: only("/werk/bewaren/lijst.pdf"), status: http.StatusOK, door: door},
		"GET /werk/bewaren/beleid":                            {theirs: only("/werk/bewaren/beleid"), status: http.StatusOK, door: door, own: own("/werk/bewaren/beleid")},
		"POST /werk/bewaren/beleid":                           {theirs: only("/werk/bewaren/beleid"), form: []string{"soort", "klacht", "bovengrens-klacht", "1"}, status: http.StatusBadRequest, door: door},
		"GET /werk/bewaren/dossiers/{soort}/{id}":             {theirs: only(file), status: http.StatusNotFound, door: door},
		"POST /werk/bewaren/dossiers/{soort}/{id}/vasthouden": {theirs: only(file + "/vasthouden"), form: []string{"reden", "procedure"}, status: http.StatusNotFound, door: door},
		"POST /werk/bewaren/dossiers/{soort}/{id}/vrijgeven":  {theirs: only(file + "/vrijgeven"), form: []string{"opheffen", "klaar"}, status: http.StatusNotFound, door: door},
		"POST /werk/bewaren/dossiers/{soort}/{id}/hoort-bij":  {theirs: only(file + "/hoort-bij"), form: []string{"dossier", ""}, status: http.StatusNotFound, door: door},
		"GET /werk/bewaren/vernietigen":                       {theirs: only("/werk/bewaren/vernietigen"), status: http.StatusOK, door: door, own: own("/werk/bewaren/vernietigen")},
		"GET /werk/bewaren/vernietigen/lijsten.csv":           {theirs: only("/werk/bewaren/vernietigen/lijsten.csv"), status: http.StatusOK, door: door},
		"GET /werk/bewaren/vernietigen/lijsten.xlsx":          {theirs: only("/werk/bewaren/vernietigen/lijsten.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/bewaren/vernietigen/lijsten.pdf":           {theirs: only("/werk/bewaren/vernietigen/lijsten.pdf"), status: http.StatusOK, door: door},
		"POST /werk/bewaren/vernietigen":                      {theirs: only("/werk/bewaren/vernietigen"), form: []string{"soort", "onbekend"}, status: http.StatusNotFound, door: door},
		"GET /werk/bewaren/vernietigen/{id}":                  {theirs: only(list), status: http.StatusNotFound, door: door},
		"GET /werk/bewaren/vernietigen/{id}/lijst.csv":        {theirs: only(list + "/lijst.csv"), status: http.StatusNotFound, door: door},
		"GET /werk/bewaren/vernietigen/{id}/lijst.xlsx":       {theirs: only(list + "/lijst.xlsx"), status: http.StatusNotFound, door: door},
		"GET /werk/bewaren/vernietigen/{id}/lijst.pdf":        {theirs: only(list + "/lijst.pdf"), status: http.StatusNotFound, door: door},
		"GET /werk/bewaren/vernietigen/{id}/verklaring.pdf":   {theirs: only(list + "/verklaring.pdf"), status: http.StatusNotFound, door: door},
		"POST /werk/bewaren/vernietigen/{id}/schrappen":       {theirs: only(list + "/schrappen"), form: []string{"dossier", "klacht:" + noCase, "reden", "blijft"}, status: http.StatusNotFound, door: door},
		"POST /werk/bewaren/vernietigen/{id}/beoordelen":      {theirs: only(list + "/beoordelen"), form: []string{"van", "hier"}, status: http.StatusNotFound, door: door},
		"POST /werk/bewaren/vernietigen/{id}/uitvoeren":       {theirs: only(list + "/uitvoeren"), form: []string{"toelichting", "goed"}, status: http.StatusNotFound, door: door},
		"POST /werk/bewaren/vernietigen/{id}/intrekken":       {theirs: only(list + "/intrekken"), form: []string{"toelichting", "toch niet"}, status: http.StatusNotFound, door: door},
		"GET /v1/bewaren":                                     {theirs: only("/v1/bewaren", "/v1/bewaren?kind=klacht&state=may_go"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/bewaren/{kind}/{id}":                         {theirs: only("/v1/bewaren/klacht/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/bewaren/{kind}/{id}/bewaarplichten": {theirs: only("/v1/bewaren/klacht/" + noCase + "/bewaarplichten"), body: func(*tenant) string {
			return `{"why":"er loopt een procedure"}`
		}, status: http.StatusNotFound, strange: http.StatusUnauthorized},
	})
}
