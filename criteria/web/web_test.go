package web_test

import (
	"context"
	"crypto/rand"
	"html"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/criteria/store"
	"zorgplicht/criteria/web"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	journalstore "zorgplicht/journal/store"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

// A room is the pages on a real store, with somebody signed in.
type room struct {
	*stafftest.Workplace
	*criteria.Service

	books *library
}

// A library is the portfolios of a firm: one small book.
type library struct {
	list   []criteria.Portfolio
	effect *criteria.Effect
	err    error
}

func (l *library) Portfolios(context.Context, ident.Actor) ([]criteria.Portfolio, error) {
	return l.list, nil
}

func (l *library) Starter(_ criteria.Purpose, name, from string) string {
	return criteria.NewText(name, from)
}

func (l *library) Effect(_ context.Context, _ ident.Actor, _ string, _, _ *criteria.Program, _ calendar.Date) (*criteria.Effect, error) {
	return l.effect, l.err
}

func open(t *testing.T) *room {
	t.Helper()
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{journalstore.Schema, once.Schema, store.Schema})
	now := func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	r := &room{Workplace: stafftest.New(t, staff.Author), Service: &criteria.Service{
		Store: &store.Store{DB: db, Pen: journalstore.Pen{Salt: rand.Reader}.Append, Opener: journalstore.Sealed, OnePerson: func(*sqldb.Tx) (bool, error) { return false, nil }},
		Now:   now, NewID: stafftest.NewID,
	}, books: &library{}}
	web.Mount(r.Site, r.Service, r, func(context.Context, ident.Firm) (map[string]string, error) { return map[string]string{}, nil }, r.books)
	return r
}

func (r *room) get(path string) (int, string) {
	w := sitetest.Get(r.Site, path)
	return w.Code, html.UnescapeString(w.Body.String())
}

func (r *room) post(path string, fields ...string) (int, string) {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	w := sitetest.Post(r.Site, path, form)
	return w.Code, html.UnescapeString(w.Body.String())
}

func (r *room) must(status int, page string) func(want int, says ...string) {
	return func(want int, says ...string) {
		r.T.Helper()
		if status != want {
			r.T.Fatalf("status %d, want %d:\n%s", status, want, page)
		}
		for _, s := range says {
			if !strings.Contains(page, s) {
				r.T.Errorf("the page lacks %q:\n%s", s, page)
			}
		}
	}
}

const path = "/werk/regelsets/beheer"

func (r *room) keep() string {
	r.T.Helper()
	b, err := os.ReadFile("../testdata/beheer.yaml")
	if err != nil {
		r.T.Fatal(err)
	}
	r.must(r.post("/werk/regelsets/nieuw", "name", "beheer", "purpose", "attention"))(http.StatusSeeOther)
	r.must(r.post(path+"/tekst", "gezien", "1", "tekst", string(b), "doe", "bewaren"))(http.StatusSeeOther)
	return string(b)
}

func TestASecondWriterIsToldAndKeepsTheirWords(t *testing.T) {
	r := open(t)
	text := r.keep()
	r.must(r.post(path+"/tekst", "gezien", "1", "tekst", text+"# mijn woorden\n", "doe", "bewaren"))(http.StatusUnprocessableEntity, "Intussen heeft iemand", "# mijn woorden")
	_, page := r.get(path + "/tekst")
	if strings.Contains(page, "mijn woorden") {
		t.Error("the second writer's words were kept")
	}
}

func TestTheCheckSaysTheSameWithAndWithoutScript(t *testing.T) {
	r := open(t)
	text := strings.Replace(r.keep(), "stornos_kwartaal >= 2,", "stornos_kwartal >= 2,", 1)
	r.must(r.post(path+"/tekst", "gezien", "2", "tekst", text, "doe", "controleren"))(http.StatusOK, `href="#regel-35"`, `id="regel-35"`)
	r.must(r.post("/werk/regelsets/controle", "tekst", text))(http.StatusOK, `"line":35`)
	w := sitetest.Get(r.Site, path+"/tekst")
	if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self'") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy of the editor: %s", csp)
	}
	if csp := sitetest.Get(r.Site, path).Header().Get("Content-Security-Policy"); strings.Contains(csp, "script") {
		t.Errorf("policy of another page: %s", csp)
	}
}

func TestTheFormChangesTheTextAndLeavesTheRest(t *testing.T) {
	r := open(t)
	r.keep()
	_, page := r.get(path + "/formulier")
	if !strings.Contains(page, "past niet in rijen") && !strings.Contains(page, "rules-0-left-0") {
		t.Fatal("no rows of conditions")
	}
	r.must(r.post(path+"/formulier", "gezien", "2", "thresholds-0-value", "maanden(2)"))(http.StatusUnprocessableEntity, "#thresholds-0-value")
	r.must(r.post(path+"/formulier", "gezien", "1", "thresholds-0-value", "months(2)"))(http.StatusUnprocessableEntity, "Intussen heeft iemand")
	r.must(r.post(path+"/formulier", "gezien", "2", "thresholds-0-value", "months(2)", "rules-2-left-0", "stornos_kwartaal", "rules-2-op-0", ">=", "rules-2-right-0", "3",
		"rules-2-left-1", "product", "rules-2-op-1", "in", "rules-2-right-1", "leven, schade"))(http.StatusSeeOther)
	r.must(r.get(path+"/tekst"))(http.StatusOK, "# The twelve rules", "value: months(2)", `stornos_kwartaal >= 3 && product in ["leven", "schade"]`, "is_krediet && achterstand >= grens_achterstand")
	r.must(r.post(path+"/tekst", "gezien", "3", "tekst", "language: 1\n", "doe", "bewaren"))(http.StatusSeeOther)
	r.must(r.get(path+"/formulier"))(http.StatusOK, "Herstel die eerst in de tekst")
}

func TestACaseIsExplained(t *testing.T) {
	r := open(t)
	r.keep()
	r.must(r.post(path+"/proberen", "dag", "2026-11-23", "waarde-product", "hypotheek", "waarde-achterstand", "4"))(http.StatusOK,
		"De categorie is rood", "De achterstand is 4 maanden; vanaf 3 maanden is dat ernstig.", "Dan gold de regel niet: achterstand 2 maanden in plaats van 4 maanden", "achterstand >= grens_achterstand, beslissend")
	r.must(r.post(path+"/proberen", "dag", "2025-01-01", "waarde-achterstand", "999"))(http.StatusUnprocessableEntity, "#dag", "#waarde-achterstand", "van 0 maanden tot en met 120 maanden")
}

func TestOnlyWhoMayDoesWhatIsDone(t *testing.T) {
	r := open(t)
	r.keep()
	for _, c := range []struct {
		role         staff.Role
		path         string
		read, writes int
	}{
		{staff.Operator, path, 403, 0},
		{staff.Handler, path, 200, 0},
		{staff.Supervisor, path + "/tekst", 200, 403},
		{staff.Reviewer, path + "/tekst", 200, 403},
		{staff.Handler, path + "/formulier", 403, 403},
		{staff.Publisher, path + "/steekproef", 403, 403},
		{staff.Author, path + "/goedkeuren", 0, 403},
		{staff.Author, path + "/publiceren", 0, 403},
		{staff.Reviewer, path + "/publiceren", 0, 403},
		{staff.Handler, path + "/teruggeven", 0, 403},
	} {
		r.Be(c.role)
		if code, _ := r.get(c.path); c.read != 0 && code != c.read {
			t.Errorf("%s reads %s: %d", c.role, c.path, code)
		}
		if code, _ := r.post(c.path, "gezien", "2", "note", "x"); c.writes != 0 && code != c.writes {
			t.Errorf("%s writes %s: %d", c.role, c.path, code)
		}
	}
}

func TestAListIsFilteredSortedAndExported(t *testing.T) {
	r := open(t)
	r.keep()
	r.must(r.get("/werk/regelsets?zoek=looptijd&doel=attention&sorteer=stand"))(http.StatusOK, "Aandacht tijdens de looptijd")
	r.must(r.get("/werk/regelsets?doel=acceptance"))(http.StatusOK, "Er zijn geen regelsets die hieraan voldoen.")
	r.must(r.get("/werk/regelsets?stand=onzin"))(http.StatusBadRequest, "Kies een van de mogelijkheden.")
	r.must(r.get("/werk/regelsets/lijst.csv?zoek=beheer"))(http.StatusOK, "beheer", "Nog niet in gebruik")
}

func TestACitizenNumberIsRefusedOnItsLine(t *testing.T) {
	r := open(t)
	r.keep()
	r.must(r.post(path+"/tekst", "gezien", "2", "tekst", "language: 1\n# klant 111222333\n", "doe", "bewaren"))(http.StatusUnprocessableEntity, "#regel-2", "Haal het burgerservicenummer weg")
}

// use publishes what somebody wrote, by three people.
func (r *room) use(text string) {
	r.T.Helper()
	ctx, actor := r.T.Context(), func() ident.Actor { return ident.Actor{Firm: r.Who.Firm, Kind: ident.Staff, ID: stafftest.NewID()} }
	f, err := r.File(ctx, actor(), "beheer")
	if err != nil {
		r.T.Fatal(err)
	}
	author, other := actor(), actor()
	d, err := r.Write(ctx, author, criteria.Writing{Name: "beheer", Purpose: criteria.Attention, Text: text, Saw: f.Draft.Revision})
	if err == nil {
		_, err = r.Try(ctx, author, criteria.Trying{Name: "beheer", Saw: d.Revision, Sample: []byte(sample), ID: "id"})
	}
	if err == nil {
		d, err = r.Ask(ctx, author, criteria.Offer{Name: "beheer", Saw: d.Revision})
	}
	if err == nil {
		_, err = r.Approve(ctx, other, criteria.Approval{Name: "beheer", Set: d.Asked.Set})
	}
	if err == nil {
		_, err = r.Publish(ctx, other, criteria.Publication{Name: "beheer", Set: d.Asked.Set})
	}
	if err != nil {
		r.T.Fatal(err)
	}
}

// sample are contracts of which one moves when arrears count from two months.
const sample = "id;product;achterstand\nC1;hypotheek;4\nC2;hypotheek;2\nC3;leven;\n"

func TestAVersionIsHeldAgainstTheOneBefore(t *testing.T) {
	r := open(t)
	text := r.keep()
	r.must(r.get(path+"/verschillen"))(http.StatusNotFound, "Er is niets om mee te vergelijken")
	r.use(text)
	stricter := strings.NewReplacer("version: 1", "version: 2", "value: months(3)", "value: months(2)").Replace(text)
	r.must(r.post(path+"/tekst", "gezien", "3", "tekst", stricter, "doe", "bewaren"))(http.StatusSeeOther)
	r.must(r.get(path))(http.StatusOK, path+"/verschillen")
	r.must(r.get(path+"/verschillen"))(http.StatusOK, "Vergeleken met versie 1", "van 3 maanden naar 2 maanden", "Anders", "R01 betekent iets anders", "Het voorbeeld, op")
	r.must(r.post(path+"/verschillen", "gegevens", sample, "kenmerk", "id", "dag", "2026-11-23"))(http.StatusOK, "1 contract gaat van oranje naar rood.", "de eerste 1 van 1", "C2")
	r.must(r.post(path+"/verschillen", "gegevens", " ", "kenmerk", "id", "dag", "x"))(http.StatusUnprocessableEntity, "#gegevens", "#dag")
	r.must(r.post(path+"/steekproef", "gezien", "4", "gegevens", sample, "kenmerk", "id", "dag", "2026-11-23"))(http.StatusOK, "Effect ten opzichte van versie 1", "1 contract gaat van oranje naar rood.")
	r.must(r.post(path+"/tekst", "gezien", "4", "tekst", "language: 1\n", "doe", "bewaren"))(http.StatusSeeOther)
	r.must(r.get(path+"/verschillen"))(http.StatusOK, "Herstel die eerst")
}

func TestWhoReviewsSeesWhatMovesBeforeTheyApprove(t *testing.T) {
	r := open(t)
	text := r.keep()
	r.use(text)
	r.must(r.post(path+"/tekst", "gezien", "3", "tekst", strings.NewReplacer("version: 1", "version: 2", "value: months(3)", "value: months(2)").Replace(text), "doe", "bewaren"))(http.StatusSeeOther)
	r.must(r.post(path+"/steekproef", "gezien", "4", "gegevens", sample, "kenmerk", "id", "dag", "2026-11-23"))(http.StatusOK)
	r.must(r.post(path+"/aanbieden", "gezien", "4"))(http.StatusSeeOther)
	r.Be(staff.Reviewer)
	r.must(r.get(path))(http.StatusOK, "Goedkeuren", "Ten opzichte van versie 1, op die steekproef", "1 contract gaat van oranje naar rood.", "Verschillen met de vorige versie")
}

func TestTheEffectOnAPortfolioIsShownToWhoMaySeePortfolios(t *testing.T) {
	r := open(t)
	text := r.keep()
	r.use(text)
	r.must(r.post(path+"/tekst", "gezien", "3", "tekst", strings.NewReplacer("version: 1", "version: 2", "value: months(3)", "value: months(2)").Replace(text), "doe", "bewaren"))(http.StatusSeeOther)
	set, err := criteria.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	effect := criteria.NewEffect(set, set, calendar.MustParse("2026-11-23"), 10)
	effect.Rows, effect.Moved[3][4], effect.List = 2, 1, []criteria.Move{{ID: "C7", From: 3, To: 4}}
	book := criteria.Portfolio{ID: "b1", Name: "Hypotheken", Files: []criteria.PortfolioFile{{Number: 1}}}
	gone := criteria.Portfolio{ID: "b2", Name: "Verkocht", Files: book.Files, Removed: &criteria.Removal{}}
	r.books.list, r.books.effect = []criteria.Portfolio{book, gone}, effect
	ask := []string{"portefeuille", "b1", "dag-portefeuille", "2026-11-23"}
	r.Be(staff.Author)
	if _, page := r.get(path + "/verschillen"); strings.Contains(page, "Hypotheken") {
		t.Error("an author reads of a portfolio")
	}
	r.must(r.post(path+"/verschillen", ask...))(http.StatusForbidden)
	r.Be(staff.Compliance)
	_, page := r.get(path + "/verschillen")
	if !strings.Contains(page, "Hypotheken (0 contracten") || strings.Contains(page, "Verkocht") {
		t.Errorf("the portfolios are not those with data:\n%s", page)
	}
	r.must(r.post(path+"/verschillen", ask...))(http.StatusOK, "1 contract gaat van oranje naar rood.", "C7")
	r.must(r.post(path+"/verschillen", "portefeuille", "b1", "dag-portefeuille", "1999-01-01"))(http.StatusUnprocessableEntity, "#dag-portefeuille")
	r.books.err = fault.New(fault.Invalid, criteria.Misfit, "")
	r.must(r.post(path+"/verschillen", ask...))(http.StatusUnprocessableEntity, "#portefeuille", "passen niet bij een van beide versies")
}
