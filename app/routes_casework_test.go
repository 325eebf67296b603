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
		"POST /werk/zaken/document":                    {theirs: only("/werk/zaken/document?zaak=" + noCase), form: []string{"omschrijving", "iets"}, status: http.StatusNotFound, door: door},
		"GET /werk/zaken/taak":                         {theirs: only("/werk/zaken/taak?zaak=" + noCase), status: http.StatusNotFound, door: door},
		"POST /werk/zaken/taak":                        {theirs: only("/werk/zaken/taak?zaak=" + noCase), form: []string{"wat", "iets"}, status: http.StatusNotFound, door: door},
		"GET /werk/zaken/behandelaar":                  {theirs: only("/werk/zaken/behandelaar?zaak=" + noCase), status: http.StatusNotFound, door: door},
		"POST /werk/zaken/behandelaar":                 {theirs: only("/werk/zaken/behandelaar?zaak=" + noCase), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
		"GET /werk/klachten":                           {theirs: only("/werk/klachten", "/werk/klachten?zoek=rente"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/klachten" }},
		"GET /werk/klachten/nieuw":                     {theirs: only("/werk/klachten/nieuw"), status: http.StatusOK, door: door},
		"POST /werk/klachten/nieuw":                    {theirs: only("/werk/klachten/nieuw"), form: []string{"soort", "klacht"}, status: http.StatusBadRequest, door: door},
		"GET /werk/klachten/lijst.csv":                 {theirs: only("/werk/klachten/lijst.csv"), status: http.StatusOK, door: door},
		"GET /werk/klachten/lijst.xlsx":                {theirs: only("/werk/klachten/lijst.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/klachten/lijst.pdf":                 {theirs: only("/werk/klachten/lijst.pdf"), status: http.StatusOK, door: door},
		"GET /werk/klachten/samen":                     {theirs: only("/werk/klachten/samen?k=" + noCase + ".1"), status: http.StatusOK, door: door},
		"POST /werk/klachten/samen":                    {theirs: only("/werk/klachten/samen"), form: []string{"stap", "doen"}, status: http.StatusBadRequest, door: door},
		"GET /v1/zaken":                                {theirs: only("/v1/zaken", "/v1/zaken?state=open&words=rente"), status: http.StatusOK, strange: http.StatusUnauthorized},
		"GET /v1/zaken/{id}":                           {theirs: only("/v1/zaken/" + noCase), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/zaakbewerkingscontroles":             {theirs: only("/v1/zaakbewerkingscontroles"), body: func(*tenant) string { return `{"cases":[{"id":"` + noCase + `"}],"note":"x"}` }, status: http.StatusOK, strange: http.StatusUnauthorized},
		"POST /v1/zaakbewerkingen":                     {theirs: only("/v1/zaakbewerkingen"), body: func(*tenant) string { return `{"cases":[]}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"GET /werk/sjablonen":                          {theirs: only("/werk/sjablonen"), status: http.StatusOK, door: door},
		"GET /werk/sjablonen/{soort}/{code}":           {theirs: only("/werk/sjablonen/klacht/bevestiging"), status: http.StatusOK, door: door},
		"POST /werk/sjablonen/{soort}/{code}":          {theirs: only("/werk/sjablonen/klacht/bevestiging"), form: []string{"versie", "0"}, status: http.StatusBadRequest, door: door},
		"GET /werk/zaken/samen":                        {theirs: only("/werk/zaken/samen?k=" + noCase), status: http.StatusOK, door: door},
		"POST /werk/zaken/samen":                       {theirs: only("/werk/zaken/samen"), form: []string{"k", noCase, "stap", "doen"}, status: http.StatusBadRequest, door: door},
		"GET /werk/zaken/{zaak}/brieven":               {theirs: only("/werk/zaken/" + noCase + "/brieven?soort=bevestiging"), status: http.StatusNotFound, door: door},
		"POST /werk/zaken/{zaak}/brieven":              {theirs: only("/werk/zaken/" + noCase + "/brieven"), form: []string{"soort", "bevestiging", "stap", "doen"}, status: http.StatusNotFound, door: door},
		"GET /werk/zaken/{zaak}/brieven/{brief}":       {theirs: only("/werk/zaken/" + noCase + "/brieven/" + noCase), status: http.StatusNotFound, door: door},
		"POST /werk/zaken/{zaak}/brieven/{brief}":      {theirs: only("/werk/zaken/" + noCase + "/brieven/" + noCase), form: []string{"wijze", "brief"}, status: http.StatusNotFound, door: door},
		"GET /werk/klachten/cijfers":                   {theirs: only("/werk/klachten/cijfers", "/werk/klachten/cijfers?jaar=2025"), status: http.StatusOK, door: door},
		"GET /werk/klachten/cijfers.csv":               {theirs: only("/werk/klachten/cijfers.csv"), status: http.StatusOK, door: door},
		"GET /werk/klachten/cijfers.xlsx":              {theirs: only("/werk/klachten/cijfers.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/klachten/importeren":                {theirs: only("/werk/klachten/importeren"), status: http.StatusOK, door: door},
		"GET /werk/klachten/importeren/voorbeeld.csv":  {theirs: only("/werk/klachten/importeren/voorbeeld.csv"), status: http.StatusOK, door: door},
		"POST /werk/klachten/importeren":               {theirs: only("/werk/klachten/importeren"), form: []string{"wat", "proef"}, status: http.StatusBadRequest, door: door},
		"POST /werk/klachten/importeren/terug":         {theirs: only("/werk/klachten/importeren/terug"), form: []string{"bestand-van", noCase, "reden", "fout"}, status: http.StatusBadRequest, door: door},
		"GET /werk/klachten/radar":                     {theirs: only("/werk/klachten/radar"), status: http.StatusOK, door: door},
		"POST /werk/klachten/radar":                    {theirs: only("/werk/klachten/radar"), form: []string{"reeks", "product", "waarde", "iets", "bevinding", "iets"}, status: http.StatusConflict, door: door},
		"POST /werk/klachten/{id}/link":                {theirs: only("/werk/klachten/" + noCase + "/link"), form: []string{"van", "hier"}, status: http.StatusNotFound, door: door},
		"GET /werk/klachten/procedure":                 {theirs: only("/werk/klachten/procedure"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/klachten/procedure" }},
		"POST /werk/klachten/procedure":                {theirs: only("/werk/klachten/procedure"), form: []string{"tekst", ""}, status: http.StatusBadRequest, door: door},
		"POST /werk/klachten/procedure/gelezen":        {theirs: only("/werk/klachten/procedure/gelezen"), form: []string{"versie", "9"}, status: http.StatusConflict, door: door},
		"GET /werk/klachten/{id}":                      {theirs: only("/werk/klachten/" + noCase), status: http.StatusNotFound, door: door},
		"POST /werk/klachten/{id}/correctie":           {theirs: only("/werk/klachten/" + noCase + "/correctie"), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
		"POST /werk/klachten/{id}/indeling":            {theirs: only("/werk/klachten/" + noCase + "/indeling"), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
		"POST /werk/klachten/{id}/berichten":           {theirs: only("/werk/klachten/" + noCase + "/berichten"), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
		"POST /werk/klachten/{id}/afhandeling":         {theirs: only("/werk/klachten/" + noCase + "/afhandeling"), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
		"POST /werk/klachten/{id}/heropening":          {theirs: only("/werk/klachten/" + noCase + "/heropening"), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
		"POST /werk/klachten/{id}/ontvangst":           {theirs: only("/werk/klachten/" + noCase + "/ontvangst"), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
		"POST /werk/klachten/{id}/geschil":             {theirs: only("/werk/klachten/" + noCase + "/geschil"), form: []string{"versie", "1"}, status: http.StatusNotFound, door: door},
	})
}
