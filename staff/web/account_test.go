package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/ident"
	"zorgplicht/staff"
)

// cookiesOf returns all that the browser would send back.
func cookiesOf(list ...*http.Cookie) string {
	var parts []string
	for _, c := range list {
		if c.MaxAge >= 0 {
			parts = append(parts, c.Name+"="+c.Value)
		}
	}
	return strings.Join(parts, "; ")
}

// person makes an account and returns it with its password and a session.
func (h *house) person(t *testing.T, email string, forced bool, roles ...staff.Role) (staff.Account, string) {
	t.Helper()
	a, _, err := h.service.AddAccount(t.Context(), staff.Account{Firm: de, Email: email, Name: "An Boer", Roles: roles, MustChange: forced}, password)
	if err != nil {
		t.Fatal(err)
	}
	return a, h.signedIn(t, email)
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

func TestOwnAccount(t *testing.T) {
	h := open(t, false)
	const next = "de hond zit op de mat"

	t.Run("the page shows who it is and where they are signed in, and ends one session", func(t *testing.T) {
		here, there := h.signedIn(t, "jo@delinde.example"), h.signedIn(t, "jo@delinde.example")
		w := h.get("/werk/account", here)
		wants(t, w, 200, "", "jo@delinde.example", "behandelaar", "deze sessie", "Onbekende browser")
		ends := regexp.MustCompile(`action="(/werk/account/sessies/[0-9a-f-]{36}/beeindigen)"`).FindAllStringSubmatch(w.Body.String(), -1)
		if len(ends) != 2 {
			t.Fatalf("%d sessions", len(ends))
		}
		h.kinds = nil
		h.do(http.MethodPost, ends[0][1], here, nil)
		if h.get("/werk/toetspogingen", here).Code+h.get("/werk/toetspogingen", there).Code != 200+303 {
			t.Error("not just one session ended")
		}
		if strings.Join(h.kinds, " ") != staff.SessionsEnded {
			t.Errorf("facts %v", h.kinds)
		}
	})
	t.Run("the session of another account cannot be ended", func(t *testing.T) {
		jo, op := h.signedIn(t, "jo@delinde.example"), h.signedIn(t, "op@delinde.example")
		path := regexp.MustCompile(`/werk/account/sessies/[0-9a-f-]{36}/beeindigen`).FindString(h.get("/werk/account", op).Body.String())
		wants(t, h.do(http.MethodPost, path, jo, nil), 404, "", "Deze sessie is er niet meer")
		wants(t, h.get("/werk/account", op), 200, "")
	})
	t.Run("a changed password goes on here under a new cookie, and nowhere else", func(t *testing.T) {
		here, there := h.signedIn(t, "jo@delinde.example"), h.signedIn(t, "jo@delinde.example")
		wants(t, h.do(http.MethodPost, "/werk/account/wachtwoord", here, form("huidig", "geraden", "nieuw", "kort", "herhaling", "anders")), 400, "",
			"Fout: Wachtwoord wijzigen", "Uw huidige wachtwoord klopt niet.", "ten minste 12 tekens", "niet gelijk", `href="#herhaling"`)
		w := h.do(http.MethodPost, "/werk/account/wachtwoord", here, form("huidig", password, "nieuw", next, "herhaling", next))
		wants(t, w, 303, "/werk/account?gedaan=wachtwoord")
		wants(t, h.get("/werk/account?gedaan=wachtwoord", cookieOf(w)), 200, "", "Uw wachtwoord is gewijzigd")
		for _, old := range []string{here, there} {
			wants(t, h.get("/werk/account", old), 303, "/werk/aanmelden?naar=%2Fwerk%2Faccount")
		}
		if strings.Contains(h.log.String(), next) {
			t.Error("the log holds the password")
		}
	})
	t.Run("who has a password of somebody else gets nowhere but to the page for another", func(t *testing.T) {
		_, cookie := h.person(t, "nieuw@delinde.example", true, staff.Handler)
		for _, path := range []string{"/werk", "/werk/toetspogingen", "/werk/account"} {
			wants(t, h.get(path, cookie), 303, "/werk/account/wachtwoord")
		}
		wants(t, h.do(http.MethodPost, "/werk/toetspogingen", cookie, nil), 303, "/werk/account/wachtwoord")
		wants(t, h.get("/werk/account/wachtwoord", cookie), 200, "", "Kies een eigen wachtwoord")
		w := h.do(http.MethodPost, "/werk/account/wachtwoord", cookie, form("huidig", password, "nieuw", next, "herhaling", next))
		wants(t, h.get("/werk/toetspogingen", cookieOf(w)), 200, "", "de lijst")
	})
	t.Run("signing out everywhere ends this session too, and the browser is a stranger", func(t *testing.T) {
		_, here := h.person(t, "weg@delinde.example", false, staff.Handler)
		there := h.signedIn(t, "weg@delinde.example")
		w := h.do(http.MethodPost, "/werk/account/sessies/beeindigen", here, nil)
		wants(t, w, 303, "/werk/aanmelden?afgemeld")
		for _, c := range w.Result().Cookies() {
			if c.MaxAge >= 0 {
				t.Errorf("%s is left", c.Name)
			}
		}
		for _, cookie := range []string{here, there} {
			wants(t, h.get("/werk/account", cookie), 303, "/werk/aanmelden?naar=%2Fwerk%2Faccount")
		}
	})
	t.Run("other roles get another cookie at the next request, and the old one opens nothing", func(t *testing.T) {
		a, cookie := h.person(t, "meer@delinde.example", false, staff.Handler)
		if err := h.service.SetRoles(t.Context(), operator(), a.ID, []staff.Role{staff.Handler, staff.Author}, a.Until); err != nil {
			t.Fatal(err)
		}
		w := h.get("/werk/account", cookie)
		renewed := cookieOf(w)
		if w.Code != 200 || renewed == "" || renewed == cookie {
			t.Fatalf("%d with %q", w.Code, renewed)
		}
		wants(t, h.get("/werk/account", cookie), 303, "/werk/aanmelden?naar=%2Fwerk%2Faccount")
		again := h.get("/werk/account", renewed)
		wants(t, again, 200, "", "auteur")
		if cookieOf(again) != "" {
			t.Error("it is renewed twice")
		}
	})
}

func TestKnownBrowserAtTheDoor(t *testing.T) {
	h := open(t, false)
	w := h.knock("jo@delinde.example", password, "")
	browser := w.Result().Cookies()
	known := ""
	for _, c := range browser {
		if strings.HasSuffix(c.Name, "-browser") {
			known = cookiesOf(c)
			if !c.HttpOnly || c.MaxAge != int(staff.DeviceFor.Seconds()) || c.SameSite != http.SameSiteLaxMode {
				t.Errorf("cookie %v", c)
			}
		}
	}
	for range staff.PerPair.Max {
		wants(t, h.knock("jo@delinde.example", "geraden wachtwoord", ""), 403, "")
	}
	right := form("email", "jo@delinde.example", "wachtwoord", password)
	wants(t, h.do(http.MethodPost, "/werk/aanmelden", "", right), 429, "")
	wants(t, h.do(http.MethodPost, "/werk/aanmelden", known, right), 303, "/werk")
	if strings.Contains(h.log.String(), strings.SplitN(known, "=", 2)[1]) {
		t.Error("the log holds the secret of the browser")
	}
}

func TestPeople(t *testing.T) {
	h := open(t, false)
	boss := h.signedIn(t, "op@delinde.example")
	jo, err := h.service.Accounts(t.Context(), de)
	if err != nil {
		t.Fatal(err)
	}
	own, theirs := "", ""
	for _, a := range jo {
		if a.Email == "op@delinde.example" {
			own = "/werk/medewerkers/" + a.ID
		} else {
			theirs = "/werk/medewerkers/" + a.ID
		}
	}

	t.Run("the list is searched and filtered", func(t *testing.T) {
		wants(t, h.get("/werk/medewerkers", boss), 200, "", "2 van 2 accounts", "jo@delinde.example", "op@delinde.example", "Account toevoegen")
		w := h.get("/werk/medewerkers?zoek=BEHANDEL&stand=open", boss)
		wants(t, w, 200, "", "1 van 2 accounts", "jo@delinde.example")
		wants(t, h.get("/werk/medewerkers?stand=geblokkeerd", boss), 200, "", "0 van 2 accounts", "Er is geen account")
	})
	t.Run("all that is wrong with a new account is told at once", func(t *testing.T) {
		wants(t, h.do(http.MethodPost, "/werk/medewerkers/nieuw", boss, form("naam", "", "email", "geen adres", "laatste", "morgen")), 400, "",
			"Geef een naam", "Geef een e-mailadres", "Geef ten minste één rol", "Geef de laatste dag als een datum")
		wants(t, h.do(http.MethodPost, "/werk/medewerkers/nieuw", boss, form("naam", "Gast", "email", "gast@afm.example", "rol", "supervisor")), 400, "", "geef een einddatum")
		wants(t, h.do(http.MethodPost, "/werk/medewerkers/nieuw", boss, form("naam", "Jo", "email", "jo@delinde.example", "rol", "author")), 409, "", "Er is al een account")
	})
	t.Run("a new account gets a password that is shown once, with what its roles weaken", func(t *testing.T) {
		w := h.do(http.MethodPost, "/werk/medewerkers/nieuw", boss, form("naam", "An Boer", "email", "An@delinde.example", "rol", "author", "rol", "reviewer", "laatste", "2027-03-31"))
		wants(t, w, 200, "", "Geef dit wachtwoord nu door", "vierogenprincipe", "tweede beoordelaar")
		word := regexp.MustCompile(`[a-z2-9]{5}(-[a-z2-9]{5}){3}`).FindString(w.Body.String())
		in := h.knock("an@delinde.example", word, "")
		wants(t, h.get("/werk", cookieOf(in)), 303, "/werk/account/wachtwoord")
		wants(t, h.get("/werk/medewerkers?zoek=an%20boer", boss), 200, "", "31 maart 2027")
		if strings.Contains(h.log.String(), word) {
			t.Error("the log holds the password")
		}
	})
	t.Run("roles, block, free, sign out and reset each come back to the account", func(t *testing.T) {
		wants(t, h.do(http.MethodPost, theirs+"/rollen", boss, form("rol", "handler", "rol", "compliance")), 303, theirs+"?gedaan=rollen")
		wants(t, h.do(http.MethodPost, theirs+"/rollen", boss, form()), 400, "", "Geef ten minste één rol")
		wants(t, h.do(http.MethodPost, theirs+"/blokkeren", boss, nil), 303, theirs+"?gedaan=geblokkeerd")
		wants(t, h.get(theirs+"?gedaan=geblokkeerd", boss), 200, "", "Het account is geblokkeerd", "Account vrijgeven", "Geblokkeerd sinds", "compliance")
		wants(t, h.knock("jo@delinde.example", password, ""), 403, "")
		wants(t, h.do(http.MethodPost, theirs+"/vrijgeven", boss, nil), 303, theirs+"?gedaan=vrijgegeven")
		cookie := h.signedIn(t, "jo@delinde.example")
		wants(t, h.do(http.MethodPost, theirs+"/sessies/beeindigen", boss, nil), 303, theirs+"?gedaan=afgemeld")
		wants(t, h.get("/werk/account", cookie), 303, "/werk/aanmelden?naar=%2Fwerk%2Faccount")
		wants(t, h.do(http.MethodPost, theirs+"/wachtwoord", boss, nil), 200, "", "Geef dit wachtwoord nu door")
	})
	t.Run("nobody gives themselves roles, blocks themselves or resets their own password", func(t *testing.T) {
		for _, what := range []string{"/rollen", "/blokkeren", "/vrijgeven", "/wachtwoord"} {
			wants(t, h.do(http.MethodPost, own+what, boss, form("rol", "operator", "rol", "compliance")), 403, "", "Uw eigen account past u niet zelf aan")
		}
		w := h.get(own, boss)
		wants(t, w, 200, "", "Dit is uw eigen account")
		if strings.Contains(w.Body.String(), "Account blokkeren") {
			t.Error("the page offers what is refused")
		}
	})
	t.Run("compliance reads the list and changes nothing; a handler sees none of it", func(t *testing.T) {
		_, reads := h.person(t, "co@delinde.example", false, staff.Compliance)
		w := h.get("/werk/medewerkers", reads)
		wants(t, w, 200, "", "jo@delinde.example")
		if strings.Contains(w.Body.String(), "Account toevoegen") || strings.Contains(h.get(theirs, reads).Body.String(), "blokkeren") {
			t.Error("the page offers what is refused")
		}
		_, none := h.person(t, "be@delinde.example", false, staff.Handler)
		for _, cookie := range []string{reads, none} {
			wants(t, h.get("/werk/medewerkers/nieuw", cookie), 403, "")
			for _, what := range []string{"/rollen", "/blokkeren", "/vrijgeven", "/sessies/beeindigen", "/wachtwoord"} {
				wants(t, h.do(http.MethodPost, theirs+what, cookie, form("rol", "handler")), 403, "")
			}
		}
		wants(t, h.get("/werk/medewerkers", none), 403, "")
		wants(t, h.get(theirs, none), 403, "")
	})
}

func operator() ident.Actor { return ident.Actor{Firm: de, Kind: ident.House, ID: "zorgplicht"} }
