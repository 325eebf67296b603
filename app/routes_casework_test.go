package app

import (
	"maps"
	"net/http"
)

// noCase is a case that nobody has.
const noCase = "01956c3e-7f00-7000-8000-000000000000"

func init() {
	door := "/werk/aanmelden"
	maps.Copy(routes, map[string]route{
		"GET /werk/vandaag":                            {theirs: only("/werk/vandaag", "/werk/vandaag?van=alle&termijn=te-laat"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/vandaag" }},
		"POST /werk/vandaag/team":                      {theirs: only("/werk/vandaag/team"), form: []string{"team", "Nazorg"}, status: http.StatusSeeOther, door: door},
		"GET /werk/vandaag/{zaak}/{code}":              {theirs: only("/werk/vandaag/" + noCase + "/antwoord"), status: http.StatusNotFound, door: door},
		"POST /werk/vandaag/{zaak}/{code}/uitstellen":  {theirs: only("/werk/vandaag/" + noCase + "/antwoord/uitstellen"), form: []string{"tot", "2099-01-01"}, status: http.StatusNotFound, door: door},
		"POST /werk/vandaag/{zaak}/{code}/overdragen":  {theirs: only("/werk/vandaag/" + noCase + "/antwoord/overdragen"), form: []string{"aan", noCase}, status: http.StatusNotFound, door: door},
		"POST /werk/vandaag/{zaak}/{code}/klaar":       {theirs: only("/werk/vandaag/" + noCase + "/antwoord/klaar"), status: http.StatusNotFound, door: door},
		"GET /werk/zaken":                              {theirs: only("/werk/zaken", "/werk/zaken?zoek=rente"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/zaken" }},
		"GET /werk/zaken/{zaak}/documenten/{document}": {theirs: only("/werk/zaken/" + noCase + "/documenten/" + noCase), status: http.StatusNotFound, door: door},
		"GET /werk/zaken/notitie":                      {theirs: only("/werk/zaken/notitie?zaak=" + noCase), status: http.StatusNotFound, door: door},
		"POST /werk/zaken/notitie":                     {theirs: only("/werk/zaken/notitie?zaak=" + noCase), form: []string{"tekst", "iets"}, status: http.StatusNotFound, door: door},
		"GET /werk/zaken/document":                     {theirs: only("/werk/zaken/document?zaak=" + noCase), status: http.StatusNotFound, door: door},
		"POST /werk/zaken/document":                    {theirs: only("/werk/zaken/document?zaak=" + noCase), form: []string{"omschrijving", "iets"}, status: http.StatusBadRequest, door: door},
		"GET /werk/zaken/taak":                         {theirs: only("/werk/zaken/taak?zaak=" + noCase), status: http.StatusNotFound, door: door},
		"POST /werk/zaken/taak":                        {theirs: only("/werk/zaken/taak?zaak=" + noCase), form: []string{"wat", "iets"}, status: http.StatusNotFound, door: door},
		"GET /werk/zaken/behandelaar":                  {theirs: only("/werk/zaken/behandelaar?zaak=" + noCase), status: http.StatusNotFound, door: door},
		"POST /werk/zaken/behandelaar":                 {theirs: only("/werk/zaken/behandelaar?zaak=" + noCase), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
	})
}
