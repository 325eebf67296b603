package web_test

import (
	"net/http"
	"strings"
	"testing"

	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/staff"
)

var written = []string{"ontvangen", "2026-11-20", "wijze", "telefoon", "soort", "klacht", "woorden", "De rente klopt niet.", "naam", "A. Jansen", "adres", "Dorpsstraat 1", "plaats", "Ons Dorp"}

func TestStaffWriteAComplaintDown(t *testing.T) {
	r := open(t)
	t.Run("all that is missing is told at once", func(t *testing.T) {
		r.wants(r.post("/werk/klachten/nieuw"), http.StatusBadRequest, "Geef de dag van ontvangst", "Kies hoe de klacht binnenkwam", "Kies wat de klant wil", "Schrijf de klacht op", "Vul de naam in", "Vul de plaats in")
	})
	t.Run("the day of receipt may lie back, not ahead", func(t *testing.T) {
		ahead := append([]string{}, written...)
		ahead[1] = "2026-11-24"
		r.wants(r.post("/werk/klachten/nieuw", ahead...), http.StatusBadRequest, "ligt in de toekomst")
	})
	at := r.wants(r.post("/werk/klachten/nieuw", written...), http.StatusSeeOther)
	r.wants(r.get(at), http.StatusOK, "vrijdag 20 november 2026", "De rente klopt niet.", "Bevestig de ontvangst")
	t.Run("who pressed twice, or saw an older state, changes nothing", func(t *testing.T) {
		message := []string{"versie", "1", "wat", "bevestiging", "wijze", "brief", "bericht", "Wij hebben uw klacht."}
		r.wants(r.post(at+"/berichten", message...), http.StatusSeeOther)
		r.wants(r.post(at+"/berichten", message...), http.StatusConflict)
		if n := r.kinds(complaint.KindReplied); n != 1 {
			t.Errorf("%d replies kept", n)
		}
	})
	t.Run("what the record lacks is named when it is ended", func(t *testing.T) {
		r.wants(r.post(at+"/afhandeling", "versie", "2", "uitkomst", "gegrond", "beschrijving", "Hersteld."), http.StatusBadRequest, "Kies eerst bij", "omschrijving van de klacht ontbreekt")
	})
	t.Run("a supervisor reads and does not write", func(t *testing.T) {
		r.be(staff.Supervisor)
		r.wants(r.get(at), http.StatusOK, "De rente klopt niet.")
		if page := r.get(at).Body.String(); strings.Contains(page, "<textarea") {
			t.Error("a supervisor sees a form")
		}
		r.wants(r.post(at+"/heropening", "versie", "2", "reden", "x"), http.StatusForbidden)
		r.wants(r.get("/werk/klachten/nieuw"), http.StatusForbidden)
	})
	t.Run("an author sees none", func(t *testing.T) {
		r.be(staff.Author)
		r.wants(r.get(at), http.StatusForbidden)
		r.wants(r.get("/werk/klachten"), http.StatusForbidden)
	})
	t.Run("another firm does not find it", func(t *testing.T) {
		r.be(staff.Handler)
		r.who.Firm = ident.Firm(newID())
		r.wants(r.get(at), http.StatusNotFound)
		r.wants(r.post(at+"/geschil", "versie", "2", "instantie", "Kifid", "sinds", "2026-11-20"), http.StatusNotFound)
	})
}
