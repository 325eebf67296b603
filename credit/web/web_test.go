package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/credit/store"
	"zorgplicht/credit/web"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/site"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

// A room is the pages on a real store.
type room struct {
	*stafftest.Workplace
}

func open(t *testing.T) *room {
	t.Helper()
	r := &room{Workplace: stafftest.New(t, staff.Compliance)}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, store.Schema})
	name := func(context.Context, ident.Firm) (string, error) { return "De Linde", nil }
	s := &credit.Service{
		Store: &store.Store{DB: db, Pen: r.Pen},
		Now:   func() time.Time { return time.Date(2024, 8, 1, 9, 0, 0, 0, time.UTC) }, Print: web.PDF, NewID: stafftest.NewID, FirmName: name,
	}
	web.Mount(r.Site, s, r, web.House{
		Names: func(context.Context, ident.Firm) (map[string]string, error) { return map[string]string{}, nil },
		Today: func() calendar.Date { return calendar.MustParse("2024-08-01") }, Base: "https://zorgplicht.example", NewForm: stafftest.NewID,
	})
	web.MountCalculator(r.Site, web.Counter{Product: s.Public, Firm: name, Look: func(context.Context, ident.Firm) site.Look { return site.Look{} }})
	return r
}

var lent = []string{"naam", "Reislening", "vanaf", "2024-08-01", "soort", "annuity", "vergoeding", "vast", "bedragen", "5.000 10.000 15.000 25.000", "rente", "7,5", "maanden", "72", "vervroegd", "1"}

const prescribed = "De effectieve rente op jaarbasis is een prijsaanduiding voor het krediet. Hierin komen alle kosten van het krediet tot uitdrukking."

func TestAProductGivesItsTableAndItsProspectus(t *testing.T) {
	r := open(t)
	t.Run("all that is wrong is told at once, with what was sent", func(t *testing.T) {
		r.Wants(r.Post("/werk/krediet/nieuw", "naam", "", "soort", "annuity", "bedragen", "5000 veel", "rente", "hoog", "maanden", "vier", "verzekering", "polis 111222333"), http.StatusBadRequest,
			"Geef een naam", "Geef bedragen in euro", "Geef een getal, zoals 7,5", "heel aantal maanden", "burgerservicenummer weg", "vaste of een variabele", `value="hoog"`)
		if len(r.Facts) != 0 {
			t.Errorf("%d facts were written", len(r.Facts))
		}
	})
	at := r.Wants(r.Post("/werk/krediet/nieuw", lent...), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "Zo mag het product worden getoond", "€ 100,00", "€ 86,45")
	t.Run("the table holds five features and nothing else", func(t *testing.T) {
		table := r.Wants(r.Post(at+"/stukken", "versie", "1", "soort", "tabel"), http.StatusSeeOther)
		w := r.Get(table + "/stuk.csv")
		lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
		if w.Code != http.StatusOK || len(lines) != 5 || strings.Count(lines[0], ";") != 4 || !strings.Contains(lines[1], "100,00") {
			t.Errorf("%d: %q", w.Code, lines)
		}
	})
	paper := r.Wants(r.Post(at+"/stukken", "versie", "1", "soort", "prospectus"), http.StatusSeeOther)
	r.Wants(r.Get(paper), http.StatusOK, prescribed, "artikel 36, derde lid, onderdeel h", "€ 100,00 × 61 = € 6.100,00", "€ 6.100,00 − € 5.000,00 = € 1.100,00", "€ 500,00 × 61", "De vergoeding is 1% van € 1.000,00 = € 10,00")
	t.Run("the same in each form", func(t *testing.T) {
		for form, begins := range map[string]string{"pdf": "%PDF-", "json": "{", "html": "<!doctype html>"} {
			w := r.Get(paper + "/stuk." + form)
			if body := w.Body.String(); w.Code != http.StatusOK || !strings.HasPrefix(strings.ToLower(body), strings.ToLower(begins)) || form != "pdf" && !strings.Contains(body, prescribed) {
				t.Errorf("%s: %d, %.80s", form, w.Code, body)
			}
		}
		r.Wants(r.Get(paper+"/stuk.doc"), http.StatusNotFound)
	})
	t.Run("what is wrong with what is asked of it", func(t *testing.T) {
		r.Wants(r.Post(at+"/stukken", "versie", "1", "soort", "folder"), http.StatusBadRequest)
		r.Wants(r.Post(at+"/stukken", "versie", "9", "soort", "tabel"), http.StatusNotFound)
		r.Wants(r.Post(at+"/wijzigen", append([]string{"versie", "0"}, lent...)...), http.StatusConflict, "Iemand anders wijzigde dit product")
	})
}

func TestWhoMayDoWhatWithCredit(t *testing.T) {
	r := open(t)
	at := r.Wants(r.Post("/werk/krediet/nieuw", lent...), http.StatusSeeOther)
	paper := r.Wants(r.Post(at+"/stukken", "soort", "tabel"), http.StatusSeeOther)
	for _, c := range []struct {
		role               staff.Role
		see, write, issues int
	}{
		{staff.Handler, 200, 403, 303}, {staff.Supervisor, 200, 403, 403}, {staff.Author, 403, 403, 403}, {staff.Operator, 403, 403, 403},
	} {
		t.Run(string(c.role), func(t *testing.T) {
			r.Be(c.role)
			for _, path := range []string{"/werk/krediet", at, paper, paper + "/stuk.pdf", "/werk/kredietstukken", "/werk/kredietstukken/lijst.csv", "/werk/krediet/lijst.xlsx", "/werk/kredietplafond"} {
				r.Wants(r.Get(path), c.see)
			}
			r.Wants(r.Get("/werk/krediet/nieuw"), c.write)
			r.Wants(r.Post(at+"/stand", "aangeboden", "nee"), c.write)
			r.Wants(r.Post(at+"/wijzigen", "naam", "x"), c.write)
			r.Wants(r.Post(at+"/stukken", "soort", "tabel"), c.issues)
		})
	}
	t.Run("another firm finds nothing", func(t *testing.T) {
		r.Be(staff.Compliance)
		r.Who.Firm = ident.Firm(stafftest.NewID())
		for _, path := range []string{at, at + "/wijzigen", paper, paper + "/stuk.pdf"} {
			r.Wants(r.Get(path), http.StatusNotFound)
		}
		for path, form := range map[string][]string{at + "/stukken": {"soort", "tabel"}, at + "/stand": {"aangeboden", "nee"}, at + "/wijzigen": lent} {
			r.Wants(r.Post(path, form...), http.StatusNotFound)
		}
		if page := r.Get("/werk/krediet").Body.String() + r.Get("/werk/kredietstukken").Body.String(); strings.Contains(page, "Reislening") {
			t.Error("a list shows it")
		}
	})
}

func TestDocumentsOnAnAgreement(t *testing.T) {
	r := open(t)
	at := "/werk/kredietstukken/nieuw/"
	r.Wants(r.Get(at+"prospectus"), http.StatusNotFound)
	r.Wants(r.Post(at+"saldo", "kenmerk", "111222333", "kosten", "veel", "boekingen", "iets", "rentes", "", "tot", "ooit"), http.StatusBadRequest, "burgerservicenummer", "Geef een getal", "Schrijf op regel 1", "Geef ten minste één rente", "Geef de dag tot en met")
	account := []string{"kenmerk", "L-1", "boekingen", "2024-01-01 opname 1000\n2024-01-31 betaling 1010", "rentes", "2024-01-01 12", "tot", "2024-01-31", "telling", "month_days"}
	r.Wants(r.Get(r.Wants(r.Post(at+"saldo", account...), http.StatusSeeOther)), http.StatusOK, "Overzicht van uw saldo", "€ 10,00")
	r.Wants(r.Get(r.Wants(r.Post(at+"afrekening", account...), http.StatusSeeOther)), http.StatusOK, "Eindafrekening van uw krediet", "U betaalde € 0,32 te veel", "Deze afrekening is kosteloos")
	notice := []string{"kenmerk", "L-1", "dag", "2024-07-01", "oud", "8,4", "nieuw", "9,6", "saldo", "5000", "maandbedrag", "100"}
	r.Wants(r.Get(r.Wants(r.Post(at+"wijziging", notice...), http.StatusSeeOther)), http.StatusOK, "Uw rente verandert", "10,0%", "8,7%")
	notice[7] = "8,4"
	r.Wants(r.Post(at+"wijziging", notice...), http.StatusConflict, "Er is niets te melden")
	r.Wants(r.Get("/werk/kredietstukken?soort=wijziging"), http.StatusOK, "1 tot en met 1")
}

func TestAnybodyCalculatesOnlyWithWhatIsOpen(t *testing.T) {
	r := open(t)
	at := r.Wants(r.Post("/werk/krediet/nieuw", lent...), http.StatusSeeOther)
	page := "/rekenen/" + string(r.Who.Firm) + "/" + at[strings.LastIndex(at, "/")+1:]
	r.Wants(r.Get(page), http.StatusNotFound)
	r.Wants(r.Post(at+"/stand", "aangeboden", "ja", "rekenen", "ja"), http.StatusSeeOther)
	r.Wants(r.Get(page), http.StatusOK, "Reislening")
	r.Wants(r.Get("/rekenen?bedrag=veel&rente="), http.StatusBadRequest, "Vul een getal in", "Vul de rente per jaar in")
	r.Wants(r.Get("/werk/kredietplafond?dag=1900-01-01"), http.StatusBadRequest, "niet bekend")
}

func TestAProductThatIsSentTwiceIsOne(t *testing.T) {
	r := open(t)
	other := append([]string{"rente", "7,9"}, lent...)
	r.SentTwice("/werk/krediet/nieuw", "", lent, append(other, "naam", "Reislening"))
	if n := r.Count(credit.KindWritten); n != 2 {
		t.Errorf("%d products", n)
	}
}
