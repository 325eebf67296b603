package app

import (
	"maps"
	"net/http"
	"strings"
)

// theirPerson gives the page of the other firm's member of staff.
func theirPerson(pattern string) func(*tenant) []string {
	return func(n *tenant) []string { return []string{strings.Replace(pattern, "{id}", n.account, 1)} }
}

func init() {
	door := "/werk/aanmelden"
	maps.Copy(routes, map[string]route{
		"GET /werk/aanmelden/onderneming":  {theirs: only("/werk/aanmelden/onderneming?naar=/werk/account"), status: http.StatusOK},
		"POST /werk/aanmelden/onderneming": {theirs: only("/werk/aanmelden/onderneming"), form: []string{"email", "ander@kantoor.example"}, status: http.StatusBadRequest},
		"GET /werk/aanmelden/terug":        {theirs: only("/werk/aanmelden/terug?state=geraden&code=x"), status: http.StatusBadRequest},

		"GET /werk/account":            {theirs: only("/werk/account"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/account" }},
		"GET /werk/account/wachtwoord": {theirs: only("/werk/account/wachtwoord"), status: http.StatusOK, door: door},
		"POST /werk/account/wachtwoord": {
			theirs: only("/werk/account/wachtwoord"), form: []string{"huidig", "geraden", "nieuw", "een heel ander wachtwoord", "herhaling", "een heel ander wachtwoord"},
			status: http.StatusBadRequest, door: door,
		},
		"POST /werk/account/sessies/{id}/beeindigen": {theirs: theirPerson("/werk/account/sessies/{id}/beeindigen"), status: http.StatusNotFound, door: door},
		"POST /werk/account/sessies/beeindigen":      {theirs: only("/werk/account/sessies/beeindigen"), status: http.StatusSeeOther, door: door, parting: true},

		"GET /werk/medewerkers":                          {theirs: theirPerson("/werk/medewerkers?zoek={id}"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/medewerkers" }},
		"GET /werk/medewerkers/nieuw":                    {theirs: only("/werk/medewerkers/nieuw"), status: http.StatusOK, door: door},
		"POST /werk/medewerkers/nieuw":                   {theirs: only("/werk/medewerkers/nieuw"), form: []string{"naam", "Indringer"}, status: http.StatusBadRequest, door: door},
		"GET /werk/medewerkers/{id}":                     {theirs: theirPerson("/werk/medewerkers/{id}"), status: http.StatusNotFound, door: door, own: func(n *tenant) string { return "/werk/medewerkers/" + n.account }},
		"POST /werk/medewerkers/{id}/rollen":             {theirs: theirPerson("/werk/medewerkers/{id}/rollen"), form: []string{"rol", "operator"}, status: http.StatusNotFound, door: door},
		"POST /werk/medewerkers/{id}/blokkeren":          {theirs: theirPerson("/werk/medewerkers/{id}/blokkeren"), status: http.StatusNotFound, door: door},
		"POST /werk/medewerkers/{id}/vrijgeven":          {theirs: theirPerson("/werk/medewerkers/{id}/vrijgeven"), status: http.StatusNotFound, door: door},
		"POST /werk/medewerkers/{id}/sessies/beeindigen": {theirs: theirPerson("/werk/medewerkers/{id}/sessies/beeindigen"), status: http.StatusNotFound, door: door},
		"POST /werk/medewerkers/{id}/wachtwoord":         {theirs: theirPerson("/werk/medewerkers/{id}/wachtwoord"), status: http.StatusNotFound, door: door},
	})
}
