package app

import (
	"maps"
	"net/http"
)

func init() {
	door := "/werk/aanmelden"
	maps.Copy(routes, map[string]route{
		"GET /werk/post":                         {theirs: only("/werk/post", "/werk/post?zoek=rente&stand=alle&volgorde=oudste&vanaf=50"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/post" }},
		"GET /werk/post.csv":                     {theirs: only("/werk/post.csv"), status: http.StatusOK, door: door},
		"GET /werk/post.xlsx":                    {theirs: only("/werk/post.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/post.pdf":                     {theirs: only("/werk/post.pdf"), status: http.StatusOK, door: door},
		"GET /werk/post/uit.pdf":                 {theirs: only("/werk/post/uit.pdf"), status: http.StatusOK, door: door},
		"GET /werk/post/in/{id}":                 {theirs: only("/werk/post/in/" + noCase), status: http.StatusNotFound, door: door},
		"GET /werk/post/in/{id}/origineel":       {theirs: only("/werk/post/in/" + noCase + "/origineel"), status: http.StatusNotFound, door: door},
		"GET /werk/post/in/{id}/bijlagen/{nr}":   {theirs: only("/werk/post/in/" + noCase + "/bijlagen/0"), status: http.StatusNotFound, door: door},
		"POST /werk/post/in/{id}/{stap}":         {theirs: only("/werk/post/in/"+noCase+"/terzijde", "/werk/post/in/"+noCase+"/zaak"), form: []string{"reden", "reclame"}, status: http.StatusNotFound, door: door},
		"GET /werk/post/dagbericht":              {theirs: only("/werk/post/dagbericht"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/post/dagbericht" }},
		"POST /werk/post/dagbericht":             {theirs: only("/werk/post/dagbericht"), form: []string{"dagbericht", ""}, status: http.StatusBadRequest, door: door},
		"GET /werk/post/uit":                     {theirs: only("/werk/post/uit", "/werk/post/uit?stand=mis&volgorde=oudste&vanaf=50"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/post/uit" }},
		"GET /werk/post/uit.csv":                 {theirs: only("/werk/post/uit.csv"), status: http.StatusOK, door: door},
		"GET /werk/post/uit.xlsx":                {theirs: only("/werk/post/uit.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/post/uit/{id}":                {theirs: only("/werk/post/uit/" + noCase), status: http.StatusNotFound, door: door},
		"POST /werk/post/uit/{id}/uitkomst":      {theirs: only("/werk/post/uit/" + noCase + "/uitkomst"), form: []string{"aangekomen", "ja"}, status: http.StatusNotFound, door: door},
		"GET /werk/post/brieven/{zaak}/{brief}":  {theirs: only("/werk/post/brieven/" + noCase + "/" + noCase), status: http.StatusConflict, door: door},
		"POST /werk/post/brieven/{zaak}/{brief}": {theirs: only("/werk/post/brieven/" + noCase + "/" + noCase), form: []string{"aan", "a@example.nl"}, status: http.StatusConflict, door: door},

		"GET /v1/berichten":                         {theirs: only("/v1/berichten", "/v1/berichten?state=nieuw&words=rente"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/berichten/{id}":                    {theirs: only("/v1/berichten/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/berichten/{id}/zaken":             {theirs: only("/v1/berichten/" + noCase + "/zaken"), body: func(*tenant) string { return `{"number":"K-1999-0001"}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"POST /v1/berichten/{id}/terzijdeleggingen": {theirs: only("/v1/berichten/" + noCase + "/terzijdeleggingen"), body: func(*tenant) string { return `{"why":"Reclame."}` }, status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"GET /v1/verzendingen":                      {theirs: only("/v1/verzendingen", "/v1/verzendingen?troubled=true&words=rente"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/verzendingen/{id}":                 {theirs: only("/v1/verzendingen/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/verzendingen/{id}/uitkomsten":     {theirs: only("/v1/verzendingen/" + noCase + "/uitkomsten"), body: func(*tenant) string { return `{"arrived":true}` }, status: http.StatusNotFound, strange: http.StatusUnauthorized},
	})
}
