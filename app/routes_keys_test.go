package app

import (
	"maps"
	"net/http"
)

func init() {
	door := "/werk/aanmelden"
	maps.Copy(routes, map[string]route{
		"POST /werk/aanmelden/passkey/vraag": {theirs: only("/werk/aanmelden/passkey/vraag"), status: http.StatusOK},
		"POST /werk/aanmelden/passkey":       {theirs: only("/werk/aanmelden/passkey"), form: []string{"antwoord", "{}"}, status: http.StatusBadRequest},

		"GET /werk/account/passkeys/nieuw":             {theirs: only("/werk/account/passkeys/nieuw"), status: http.StatusOK, door: door},
		"POST /werk/account/passkeys/nieuw/vraag":      {theirs: only("/werk/account/passkeys/nieuw/vraag"), form: []string{"naam", ""}, status: http.StatusBadRequest, door: door},
		"POST /werk/account/passkeys/nieuw":            {theirs: only("/werk/account/passkeys/nieuw"), form: []string{"naam", ""}, status: http.StatusBadRequest, door: door},
		"POST /werk/account/passkeys/{id}/verwijderen": {theirs: theirPerson("/werk/account/passkeys/{id}/verwijderen"), status: http.StatusNotFound, door: door},
	})
}
