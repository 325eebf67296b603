package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/appropriateness/web"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/staff"
)

func TestDistributionPages(t *testing.T) {
	w := work(t)
	web.MountDistribution(w.Site, w.room.Party(), w.room, w)
	insurer, office := w.room.Firm, w.room.AddFirm("Kantoor Noord")
	var deal string
	get := func(t *testing.T, path string, says ...string) {
		t.Helper()
		r := sitetest.Get(w, path)
		text := plain(r.Body.String())
		if r.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, r.Code)
		}
		for _, s := range says {
			if !strings.Contains(text, s) {
				t.Errorf("%s does not say %q: %s", path, s, text)
			}
		}
	}
	post := func(t *testing.T, path string, status int, form url.Values) string {
		t.Helper()
		r := sitetest.Post(w, path, form)
		if r.Code != status {
			t.Errorf("%s answers %d: %s", path, r.Code, plain(r.Body.String()))
		}
		return r.Header().Get("Location") + plain(r.Body.String())
	}
	t.Run("an offer that is wrong says all of it, and keeps what was filled in", func(t *testing.T) {
		said := post(t, "/werk/distributie", http.StatusBadRequest, url.Values{"bemiddelaar": {"wie?"}, "product": {"mortgage"}, "van": {"morgen"}})
		for _, s := range []string{"Vul het kenmerk van de bemiddelaar in", "Geef een dag als jaar-maand-dag"} {
			if !strings.Contains(said, s) {
				t.Errorf("does not say %q: %s", s, said)
			}
		}
	})
	t.Run("a provider offers", func(t *testing.T) {
		form := url.Values{"bemiddelaar": {strings.ToUpper(string(office.ID))}, "product": {"mortgage"}, "van": {"2026-11-23"}}
		deal = post(t, "/werk/distributie", http.StatusSeeOther, form)
		get(t, deal, "Aangeboden", "Kantoor Noord", "Aanbieder", "Hypotheek")
		if said := post(t, "/werk/distributie", http.StatusBadRequest, form); !strings.Contains(said, "al een overeenkomst in deze periode") {
			t.Error(said)
		}
	})
	t.Run("the provider cannot accept for the other", func(t *testing.T) {
		if strings.Contains(sitetest.Get(w, deal).Body.String(), "/aanvaarding") {
			t.Error("it is offered the button")
		}
		post(t, deal+"/aanvaarding", http.StatusBadRequest, url.Values{"verantwoordelijk": {"ja"}})
	})
	t.Run("the intermediary accepts, and says that it answers for the test", func(t *testing.T) {
		w.as(office, staff.Compliance)
		get(t, "/werk/distributie", insurer.Name, "Bemiddelaar", string(office.ID))
		if said := post(t, deal+"/aanvaarding", http.StatusBadRequest, nil); !strings.Contains(said, "verantwoordelijk is voor de afname") {
			t.Error(said)
		}
		post(t, deal+"/aanvaarding", http.StatusSeeOther, url.Values{"verantwoordelijk": {"ja"}})
		get(t, deal, "Van kracht", "Kennis- en ervaringstoets hypotheek")
	})
	t.Run("a handler of the intermediary invites a client to the provider's test", func(t *testing.T) {
		w.as(office, staff.Handler)
		get(t, "/werk/toetspogingen/nieuw", "(van "+insurer.Name+")")
		invite := url.Values{
			"toets": {string(insurer.ID) + "/" + roomtest.TestID}, "klant": {"K-1"}, "kanaal": {"office"}, "advies": {"nee"},
			"achternaam": {"de Vries"}, "geboortedatum": {"1985-03-09"}, "postcode": {"1234 AB"},
		}
		attempt := post(t, "/werk/toetspogingen/nieuw", http.StatusSeeOther, invite)
		get(t, attempt, "Toets van", insurer.Name+". Uw onderneming bemiddelt", "andere bemiddelaars van "+insurer.Name)
		get(t, "/werk/toetspogingen", "Gegevens")
		invite.Set("geboortedatum", "")
		if said := post(t, "/werk/toetspogingen/nieuw", http.StatusBadRequest, invite); !strings.Contains(said, "Vul de geboortedatum in") {
			t.Error(said)
		}
	})
	t.Run("who may not make agreements sees no form and is refused", func(t *testing.T) {
		if body := sitetest.Get(w, deal).Body.String(); strings.Contains(body, "/einde") {
			t.Error("a handler is offered the button")
		}
		post(t, deal+"/einde", http.StatusForbidden, url.Values{"tot": {"2026-11-23"}, "reden": {"weg"}})
		post(t, "/werk/klantherkenning", http.StatusForbidden, url.Values{"vragen": {"ja"}})
	})
	t.Run("it ends with a reason that both read, and then no test of it can be chosen", func(t *testing.T) {
		w.as(office, staff.Compliance)
		if said := post(t, deal+"/einde", http.StatusBadRequest, url.Values{"tot": {"2026-11-22"}}); !strings.Contains(said, "vandaag of later") || !strings.Contains(said, "waarom de overeenkomst eindigt") {
			t.Error(said)
		}
		post(t, deal+"/einde", http.StatusSeeOther, url.Values{"tot": {"2026-11-23"}, "reden": {"Wij stoppen ermee."}})
		w.room.Wait(24 * 3600e9)
		w.as(insurer, staff.Compliance)
		get(t, deal, "Geëindigd", "Wij stoppen ermee.", "start geen toets meer")
		w.as(office, staff.Handler)
		said := post(t, "/werk/toetspogingen/nieuw", http.StatusConflict, url.Values{
			"toets": {string(insurer.ID) + "/" + roomtest.TestID}, "klant": {"K-2"}, "kanaal": {"office"}, "advies": {"nee"},
		})
		if !strings.Contains(said, "is geëindigd") {
			t.Error(said)
		}
	})
	t.Run("another firm does not find it", func(t *testing.T) {
		w.as(w.room.AddFirm("Derde"), staff.Compliance)
		if r := sitetest.Get(w, deal); r.Code != http.StatusNotFound {
			t.Errorf("it answers %d", r.Code)
		}
	})
	t.Run("clients are asked who they are, or no longer", func(t *testing.T) {
		post(t, "/werk/klantherkenning", http.StatusSeeOther, url.Values{"vragen": {"ja"}})
		get(t, "/werk/distributie", "vullen ze zelf in voordat zij beginnen")
		post(t, "/werk/klantherkenning", http.StatusSeeOther, url.Values{"vragen": {"nee"}})
		get(t, "/werk/distributie", "Aan klanten zelf vragen wij nu niets")
	})
}

var _ web.Recogniser = (*appropriateness.Service)(nil)
