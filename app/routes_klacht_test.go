package app

import (
	"maps"
	"net/http"
)

func init() {
	maps.Copy(routes, map[string]route{
		"GET /klacht/{firma}":       {theirs: only("/klacht/" + noCase), status: http.StatusNotFound},
		"POST /klacht/{firma}":      {theirs: only("/klacht/" + noCase), form: []string{"van", "hier"}, status: http.StatusNotFound},
		"GET /k/{token}":            {theirs: only("/k/onbekend"), status: http.StatusNotFound},
		"GET /k/{token}/vraag/{n}":  {theirs: only("/k/onbekend/vraag/1"), status: http.StatusNotFound},
		"POST /k/{token}/vraag/{n}": {theirs: only("/k/onbekend/vraag/1"), form: []string{"verhaal", "iets"}, status: http.StatusNotFound},
		"GET /k/{token}/overzicht":  {theirs: only("/k/onbekend/overzicht"), status: http.StatusNotFound},
		"POST /k/{token}/versturen": {theirs: only("/k/onbekend/versturen"), form: []string{"van", "hier"}, status: http.StatusNotFound},
		"POST /k/{token}/bericht":   {theirs: only("/k/onbekend/bericht"), form: []string{"bericht", "iets"}, status: http.StatusNotFound},
		"GET /k/{token}/versturen":  {theirs: only("/k/onbekend/versturen"), status: http.StatusNotFound},
		"GET /k/{token}/bericht":    {theirs: only("/k/onbekend/bericht"), status: http.StatusNotFound},
		"GET /k/stuk":               {theirs: only("/k/stuk?k=onbekend"), status: http.StatusNotFound},
		"POST /k/stuk":              {theirs: only("/k/stuk?k=onbekend"), form: []string{"wat", "iets"}, status: http.StatusBadRequest},
	})
}
