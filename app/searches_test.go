package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

func TestASearchIsKeptBySomebodyAndSharedWithTheTeam(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, s := t.Context(), h.Casework
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		one, two := h.person(staff.Handler, "Eerste"), h.person(staff.Handler, "Tweede")
		late := caseworkweb.SearchOf("/werk/klachten?zoek=Jansen&stand=open&na=3.2026-01-01.x&soort=")
		if late.Href() != "/werk/klachten?stand=open" {
			t.Errorf("kept is %s: words and places are not kept", late.Href())
		}
		late.Name = " Open klachten "
		if err := s.KeepSearch(ctx, one, late, true); !fault.Has(err, "invalid-search") {
			t.Errorf("shared without a team: %v", err)
		}
		must(s.JoinTeam(ctx, one, "Noord"))
		must(s.JoinTeam(ctx, two, "Noord"))
		must(s.KeepSearch(ctx, one, late, true))
		for name, in := range map[string]casework.Search{"the same name": late, "no name": {Path: "/werk/zaken"}, "a number of a citizen": {Path: "/werk/zaken", Name: "van 111222333"}} {
			if err := s.KeepSearch(ctx, one, in, false); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		seen := func(who ident.Actor, want int) []casework.Search {
			t.Helper()
			all, err := s.Searches(ctx, who.Firm, who.ID)
			if err != nil || len(all) != want {
				t.Fatalf("%+v %v, want %d", all, err, want)
			}
			return all
		}
		kept := seen(two, 1)[0]
		if kept.Name != "Open klachten" || kept.Owner != one.ID {
			t.Errorf("%+v", kept)
		}
		if err := s.RemoveSearch(ctx, two, kept.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("another removes it: %v", err)
		}
		kept.Name = "Alles wat open is"
		must(s.KeepSearch(ctx, one, kept, false))
		seen(two, 0)
		seen(ident.Actor{Firm: ident.Firm(newID()), ID: one.ID}, 0)
		if all := seen(one, 1); all[0].Name != "Alles wat open is" || all[0].Query != "stand=open" {
			t.Errorf("%+v", all)
		}
		must(s.RemoveSearch(ctx, one, kept.ID))
		seen(one, 0)
	})
}

func TestTheSearchPageFindsCasesPagesAndKeptSearches(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	o := serveHouse(t, h)
	account, password, err := h.Staff.AddAccount(t.Context(), staff.Account{Firm: h.firm, Name: "Vinder", Email: "vinder@kantoor.example", Roles: []staff.Role{staff.Handler}}, "")
	if err != nil {
		t.Fatal(err)
	}
	tellAll(t, o, ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: account.ID})
	desk := newVisitor(o.base)
	desk.cookie = o.signIn(account.Email, password)
	holds := func(path string, words ...string) string {
		t.Helper()
		body := sure(t)(desk.get(path)).mustBe(t, http.StatusOK).body
		for _, w := range words {
			if !strings.Contains(body, w) {
				t.Errorf("%s does not hold %q", path, w)
			}
		}
		return body
	}
	holds("/werk/zoek?zoek="+strings.ToLower(canary), "K-2026-0001")
	holds("/werk/zoek?zoek=klach", `href="/werk/klachten"`)
	if body := holds("/werk/zoek?zoek=medewerk"); strings.Contains(body, `href="/werk/medewerkers">`) {
		t.Error("a page that a handler may not open is offered")
	}
	sure(t)(desk.post("/werk/zoek/bewaren", "lijst", "/werk/klachten?stand=open", "naam", "Nog open")).mustBe(t, http.StatusSeeOther)
	body := holds("/werk/zoek", `href="/werk/klachten?stand=open"`, "Nog open", `id="zoekvenster"`)
	_, id, _ := strings.Cut(body, `action="/werk/zoek/`)
	if id, _, _ = strings.Cut(id, "/wijzigen"); !ident.Valid(id) {
		_, rest, _ := strings.Cut(body, "/wijzigen")
		t.Fatalf("no form: %.60s", rest)
	}
	sure(t)(desk.post("/werk/zoek/"+id+"/wijzigen", "naam-"+id, "")).mustBe(t, http.StatusBadRequest)
	sure(t)(desk.post("/werk/zoek/"+id+"/wijzigen", "naam-"+id, "Te doen")).mustBe(t, http.StatusSeeOther)
	holds("/werk/zoek", "Te doen")
	sure(t)(desk.get("/werk/zoek/bewaren?lijst="+url.QueryEscape("/werk/medewerkers"))).mustBe(t, http.StatusNotFound)
	sure(t)(desk.get("/werk/zoek/bewaren?lijst="+url.QueryEscape("https://elders.example/"))).mustBe(t, http.StatusNotFound)
	if off := sure(t)(desk.post("/werk/zoek/toets", "toets", "uit")).mustBe(t, http.StatusSeeOther); !strings.Contains(strings.Join(off.header.Values("Set-Cookie"), " "), "zoektoets=uit") {
		t.Errorf("the key stays on: %v", off.header)
	}
	for _, file := range []string{"/werk/zaken/lijst.csv", "/werk/zaken/lijst.xlsx"} {
		holds(file)
	}
	holds("/werk/zaken/lijst.pdf?stand=open", "%PDF-1.7")
	found, err := h.Casework.Cases(t.Context(), h.firm, casework.Filter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	holds("/werk/zaken/"+string(found.Rows[0].ID)+"/afdruk.pdf", "%PDF-1.7")
	sure(t)(desk.post("/werk/zoek/"+id+"/verwijderen")).mustBe(t, http.StatusSeeOther)
	if body := holds("/werk/zoek"); strings.Contains(body, "Te doen") {
		t.Error("it is still kept")
	}
}
