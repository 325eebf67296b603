package web_test

import (
	"context"
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/law"
	"zorgplicht/law/web"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

type room struct {
	*stafftest.Workplace
	set *law.OwnSaying
}

func (r *room) own(context.Context, ident.Firm, law.Firm) (*law.OwnSaying, error) { return r.set, nil }

func open(t testing.TB) *room {
	r := &room{Workplace: stafftest.New(t, staff.Compliance)}
	web.Mount(r.Site, r, func(n ident.Norm) law.Carried {
		if n == "bfd:14:2" {
			return law.Carried{Rules: []string{"advice_retention"}, Tests: []string{"advice: TestX"}, Screens: []string{"/werk/regels/advice_retention"}}
		}
		return law.Carried{}
	}, r.own, func() calendar.Date { return calendar.MustParse("2026-11-22") })
	return r
}

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

func (r *room) get(path string) (int, string) {
	w := sitetest.Get(r.Site, path)
	_, page, _ := strings.Cut(w.Body.String(), "<main")
	return w.Code, html.UnescapeString(regexp.MustCompile(` +`).ReplaceAllString(tags.ReplaceAllString(page, " "), " "))
}

func TestPages(t *testing.T) {
	for _, tt := range []struct {
		name, path string
		status     int
		has, lacks []string
	}{
		{"the list, by page", "/werk/normen", 200, []string{"1 tot en met 50 van"}, nil},
		{"the second page goes on where the first ended", "/werk/normen?vanaf=50", 200, []string{"51 tot en met 100 van"}, nil},
		{"a search narrows", "/werk/normen?zoek=bewaren+adviseur", 200, []string{"artikel 14, tweede lid, Bfd", "advice_retention"}, []string{"artikel 12, eerste lid, Bfd"}},
		{"with a rule only", "/werk/normen?regel=met", 200, []string{"artikel 14, tweede lid, Bfd", "1 tot en met 1 van 1"}, nil},
		{"in English", "/werk/normen?zoek=bfd:14:2&taal=en", 200, []string{"An adviser keeps"}, nil},
		{"a day before the decree", "/werk/normen?recht=bfd-2005&op=2005-12-31", 200, []string{"Geen norm past bij wat u zoekt"}, nil},
		{"a day that is none", "/werk/normen?op=gisteren", 400, []string{"Vul een datum in"}, nil},
		{"nothing found", "/werk/normen?zoek=xyzzy", 200, []string{"Geen norm past bij wat u zoekt"}, []string{"als bestand"}},
		{"one norm", "/werk/normen/bfd:12:1", 200, []string{"Knelpunt in de bron", "Tarief 2 of 2a", "Geen regel rust op deze norm", "jci1.3:c:BWBR0019283"}, nil},
		{"one norm with its rule", "/werk/normen/bfd:14:2", 200, []string{"advice_retention", "Uitzonderingen op deze norm", "artikel 14, vierde lid, Bfd"}, nil},
		{"one norm in English", "/werk/normen/bfd:14:2?taal=en", 200, []string{"An adviser keeps", "In het Nederlands"}, nil},
		{"no such norm", "/werk/normen/bfd:999", 404, []string{"Deze norm is er niet"}, nil},
		{"what applies to nobody yet", "/werk/normen/voor-ons", 200, []string{"Wat is uw onderneming?"}, []string{"richten zich tot u"}},
		{"what applies to an adviser", "/werk/normen/voor-ons?rol=adviser&product=life&rol=onzin", 200, []string{"richten zich tot u", "Geldt voor u als adviseur."}, nil},
		{"a day, for who gives another commencement", "/werk/normen?recht=bfd-2005&op=2005-12-31&inwerking=2005-07-01", 200, []string{"1 tot en met 50 van", "dit is de dag die u opgaf"}, nil},
		{"a commencement that is no day", "/werk/normen?op=gisteren&inwerking=straks", 400, []string{"Geldig op", "Vul een datum in"}, nil},
		{"a norm before the decree was in force", "/werk/normen/bfd:14:2?op=2005-12-31", 200, []string{"Op 31 december 2005 gold deze norm niet", "een aanname"}, nil},
		{"a norm before the decree, for who gives another commencement", "/werk/normen/bfd:14:2?op=2005-12-31&inwerking=2005-07-01", 200, []string{"Op 31 december 2005 gold deze norm.", "zoals u opgaf"}, []string{"een aanname."}},
		{"what an AFM page said before it was read is not in the source", "/werk/normen/afm:ket:duty?op=2006-01-01", 200, []string{"staat niet in de bron", "Zo gelezen"}, nil},
		{"a day that is none, at one norm", "/werk/normen/bfd:14:2?op=gisteren", 400, []string{"Vul een datum in"}, nil},
		{"what changes a norm on a day", "/werk/normen/bfd:23:1", 200, []string{"Eerste aanpassing van de bedragen", "1 januari 2008", "artikel 25, Bfd"}, nil},
		{"transitional law at the norm it is about", "/werk/normen/bfd:6:2", 200, []string{"Overgangsrecht", "artikel 81, Bfd"}, nil},
		{"coverage", "/werk/normen/dekking", 200, []string{"Samen", "Artikel 14: Bewaren van adviesgegevens"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, page := open(t).get(tt.path)
			if status != tt.status {
				t.Errorf("status %d", status)
			}
			for _, s := range tt.has {
				if !strings.Contains(page, s) {
					t.Errorf("lacks %q:\n%s", s, page)
				}
			}
			for _, s := range tt.lacks {
				if strings.Contains(page, s) {
					t.Errorf("has %q", s)
				}
			}
		})
	}
}

func TestAFirmsOwnSetSpeaksForTheNormsItHasARuleFor(t *testing.T) {
	const asked = "/werk/normen/voor-ons?rol=adviser"
	r := open(t)
	if _, page := r.get(asked); !strings.Contains(page, "Dit zegt de catalogus.") || !strings.Contains(page, "Regelset maken") {
		t.Errorf("without a set: %s", page)
	}
	r.set = &law.OwnSaying{Set: "ons", Title: "Onze normen", Version: 3, Says: map[ident.Norm]law.OwnWord{"bfd:14": {}, "bfd:14:2": {Applies: true, Why: "Wij bewaren altijd."}, "bfd:28": {Open: true}}}
	_, page := r.get(asked)
	for _, s := range []string{"uw regelset Onze normen, versie 3", "zegt de catalogus iets anders", "Geldt volgens uw eigen regelset. Wij bewaren altijd.", "Geldt niet volgens uw eigen regelset", "kan dit niet beslissen"} {
		if !strings.Contains(page, s) {
			t.Errorf("lacks %q", s)
		}
	}
	r.set.Says = map[ident.Norm]law.OwnWord{}
	if _, page := r.get(asked); !strings.Contains(page, "De catalogus zegt hetzelfde.") || !strings.Contains(page, "Geldt voor u als adviseur.") {
		t.Error("of a norm without a rule the catalogue's word stands")
	}
}

func TestAFileHoldsWhatTheListShows(t *testing.T) {
	r := open(t)
	w := sitetest.Get(r, "/werk/normen/lijst.csv?zoek=bewaren&wie=adviser")
	if body := w.Body.String(); !strings.Contains(body, `"bfd:14:2"`) || strings.Contains(body, `"bfd:14:1"`) || !strings.Contains(w.Header().Get("Content-Disposition"), "normen-2026-11-22.csv") {
		t.Errorf("%v %s", w.Header(), body)
	}
	if w := sitetest.Get(r, "/werk/normen/lijst.xlsx?regel=met"); w.Code != 200 || !strings.HasPrefix(w.Body.String(), "PK") {
		t.Errorf("xlsx: %d", w.Code)
	}
	var records []law.Record
	if err := json.Unmarshal(sitetest.Get(r, "/werk/normen/lijst.json?regel=met").Body.Bytes(), &records); err != nil || len(records) != 1 || records[0].ID != "bfd:14:2" {
		t.Errorf("%v %v", records, err)
	}
	for _, kind := range []string{"csv", "xlsx", "json"} {
		if w := sitetest.Get(r, "/werk/normen/lijst."+kind+"?op=gisteren"); w.Code != http.StatusBadRequest {
			t.Errorf("%s of no day: %d", kind, w.Code)
		}
	}
}

func TestEveryNormHasAPage(t *testing.T) {
	r := open(t)
	for _, n := range law.Norms() {
		if w := sitetest.Get(r, "/werk/normen/"+string(n.ID)); w.Code != http.StatusOK {
			t.Errorf("%s: status %d", n.ID, w.Code)
		}
	}
}

func TestWhoMayNotIsRefused(t *testing.T) {
	r := open(t)
	r.Be("nobody")
	for _, path := range []string{"/werk/normen", "/werk/normen/bfd:14:2", "/werk/normen/lijst.csv", "/werk/normen/dekking", "/werk/normen/voor-ons"} {
		if status, _ := r.get(path); status != http.StatusForbidden {
			t.Errorf("%s: %d", path, status)
		}
	}
}
