package web_test

import (
	"net/http"
	"strings"
	"testing"

	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

var written = []string{"ontvangen", "2026-11-20", "wijze", "telefoon", "soort", "klacht", "woorden", "De rente klopt niet.", "naam", "A. Jansen", "adres", "Dorpsstraat 1", "plaats", "Ons Dorp"}

func TestAComplaintThatIsSentTwiceIsOne(t *testing.T) {
	r := open(t)
	r.SentTwice("/werk/klachten/nieuw", "", written, append([]string{"woorden", "De rente klopt niet, en de kosten evenmin."}, append(written, "telefoon", "06 12345678")...))
	if n := r.Count(complaint.KindReceived); n != 2 {
		t.Errorf("%d complaints", n)
	}
}

func TestStaffWriteAComplaintDown(t *testing.T) {
	r := open(t)
	t.Run("all that is missing is told at once", func(t *testing.T) {
		r.Wants(r.Post("/werk/klachten/nieuw"), http.StatusBadRequest, "Geef de dag van ontvangst", "Kies hoe de klacht binnenkwam", "Kies wat de klant wil", "Schrijf de klacht op", "Vul de naam in", "Vul de plaats in")
	})
	t.Run("the day of receipt may lie back, not ahead", func(t *testing.T) {
		ahead := append([]string{}, written...)
		ahead[1] = "2026-11-24"
		r.Wants(r.Post("/werk/klachten/nieuw", ahead...), http.StatusBadRequest, "ligt in de toekomst")
	})
	at := r.Wants(r.Post("/werk/klachten/nieuw", written...), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "vrijdag 20 november 2026", "De rente klopt niet.", "Bevestig de ontvangst")
	t.Run("who pressed twice, or saw an older state, changes nothing", func(t *testing.T) {
		message := []string{"versie", "1", "wat", "bevestiging", "wijze", "brief", "bericht", "Wij hebben uw klacht."}
		r.Wants(r.Post(at+"/berichten", message...), http.StatusSeeOther)
		r.Wants(r.Post(at+"/berichten", message...), http.StatusConflict)
		if n := r.Count(complaint.KindReplied); n != 1 {
			t.Errorf("%d replies kept", n)
		}
	})
	t.Run("the day of receipt is corrected with a reason, and the words of who came too late are not lost", func(t *testing.T) {
		r.Wants(r.Post(at+"/ontvangst", "versie", "2", "ontvangen", "2026-02-30", "reden", "Poststempel van de brief."), http.StatusBadRequest, "Geef een dag", "Poststempel van de brief.", `<details open>`)
		late := r.Post(at+"/ontvangst", "versie", "1", "ontvangen", "2026-11-19", "reden", "Poststempel van de brief.")
		r.Wants(late, http.StatusConflict, "Wat u had geschreven", "Poststempel van de brief.")
		r.Wants(r.Post(at+"/ontvangst", "versie", "2", "ontvangen", "2026-11-19", "reden", "Poststempel van de brief."), http.StatusSeeOther)
		r.Wants(r.Get(at), http.StatusOK, "donderdag 19 november 2026", "Dag van ontvangst verbeterd", "Dag verbeterd van 20 november 2026 naar 19 november 2026: Poststempel van de brief.")
	})
	t.Run("what the record lacks is named when it is ended", func(t *testing.T) {
		r.Wants(r.Post(at+"/afhandeling", "versie", "4", "uitkomst", "gegrond", "vergoeding", "veel", "beschrijving", "Hersteld."), http.StatusBadRequest, "Geef een bedrag", "Kies eerst bij", "omschrijving van de klacht ontbreekt")
	})
	t.Run("a year of two digits is no day of receipt", func(t *testing.T) {
		r.Wants(r.Post("/werk/klachten/nieuw", append([]string{"ontvangen", "0026-11-20"}, written[2:]...)...), http.StatusBadRequest, "Controleer het jaar", `value="0026-11-20"`)
	})
	t.Run("a supervisor reads and does not write", func(t *testing.T) {
		r.Be(staff.Supervisor)
		r.Wants(r.Get(at), http.StatusOK, "De rente klopt niet.")
		if page := r.Get(at).Body.String(); strings.Contains(page, "<textarea") {
			t.Error("a supervisor sees a form")
		}
		r.Wants(r.Post(at+"/heropening", "versie", "2", "reden", "x"), http.StatusForbidden)
		r.Wants(r.Get("/werk/klachten/nieuw"), http.StatusForbidden)
	})
	t.Run("an author sees none", func(t *testing.T) {
		r.Be(staff.Author)
		r.Wants(r.Get(at), http.StatusForbidden)
		r.Wants(r.Get("/werk/klachten"), http.StatusForbidden)
	})
	t.Run("another firm does not find it", func(t *testing.T) {
		r.Be(staff.Handler)
		r.Who.Firm = ident.Firm(stafftest.NewID())
		r.Wants(r.Get(at), http.StatusNotFound)
		r.Wants(r.Post(at+"/geschil", "versie", "2", "instantie", "Kifid", "sinds", "2026-11-20"), http.StatusNotFound)
	})
}
