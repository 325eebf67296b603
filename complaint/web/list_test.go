package web_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/staff"
)

var formKey = regexp.MustCompile(`name="formulier" value="([^"]+)"`)

// three writes three complaints down and returns their paths.
func (r *room) three() (paths []string) {
	r.T.Helper()
	for _, words := range []string{"De rente klopt niet.", "Het overzicht is te laat.", "Mijn brief is niet beantwoord."} {
		w := append([]string{}, written...)
		w[7] = words
		paths = append(paths, r.Wants(r.Post("/werk/klachten/nieuw", w...), http.StatusSeeOther))
	}
	return paths
}

func pick(path, revision string) string {
	return strings.TrimPrefix(path, "/werk/klachten/") + "." + revision
}

func TestTheListIsNarrowedSortedAndTakenOut(t *testing.T) {
	r := open(t)
	at := r.three()
	r.Wants(r.Post(at[1]+"/indeling", "versie", "1", "omschrijving", "Jaaroverzicht", "product", "hypotheek", "dienst", "beheer", "oorzaak", "administratie", "naam", "A. Jansen"), http.StatusSeeOther)
	for _, c := range []struct {
		name, query string
		says, lacks []string
	}{
		{"by cause", "oorzaak=administratie", []string{"Jaaroverzicht"}, []string{"rente klopt"}},
		{"without a cause", "oorzaak=-", []string{"rente klopt", "Mijn brief"}, []string{"Jaaroverzicht"}},
		{"by service", "dienst=beheer", []string{"Jaaroverzicht"}, []string{"rente klopt"}},
		{"by product and state", "product=hypotheek&stand=open", []string{"Jaaroverzicht"}, []string{"rente klopt"}},
		{"that nobody has", "behandelaar=-", []string{"Geen klacht voldoet"}, []string{"rente klopt"}},
		{"of a period before", "tot=2026-11-19", []string{"Geen klacht voldoet"}, []string{"rente klopt"}},
		{"that ended", "volgorde=gesloten", []string{"Geen klacht voldoet"}, []string{"rente klopt"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, path := range []string{"/werk/klachten?", "/werk/klachten/lijst.csv?"} {
				page := r.Get(path + c.query).Body.String()
				for _, s := range c.says {
					if strings.HasSuffix(path, ".csv?") && strings.HasPrefix(s, "Geen") {
						continue
					}
					if !strings.Contains(page, s) {
						t.Errorf("%s lacks %q", path, s)
					}
				}
				for _, s := range c.lacks {
					if strings.Contains(page, s) {
						t.Errorf("%s holds %q", path, s)
					}
				}
			}
		})
	}
	t.Run("the oldest comes first when asked", func(t *testing.T) {
		page := r.Get("/werk/klachten?volgorde=oudste").Body.String()
		if strings.Index(page, "K-2026-0001") > strings.Index(page, "K-2026-0003") {
			t.Error("the newest came first")
		}
	})
	t.Run("a day that is none is said", func(t *testing.T) {
		r.Wants(r.Get("/werk/klachten?van=gisteren"), http.StatusBadRequest, "Geef een dag")
		r.Wants(r.Get("/werk/klachten/lijst.csv?van=gisteren"), http.StatusBadRequest)
	})
	t.Run("it comes as a workbook and as a document", func(t *testing.T) {
		for path, begin := range map[string]string{"lijst.xlsx": "PK", "lijst.pdf": "%PDF-1.7"} {
			w := r.Get("/werk/klachten/" + path)
			if w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), begin) {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
		if a, b := r.Get("/werk/klachten/lijst.pdf").Body.String(), r.Get("/werk/klachten/lijst.pdf").Body.String(); a != b {
			t.Error("the same list printed twice differs")
		}
	})
}

func TestNoDaysRunForWhoAskedNothing(t *testing.T) {
	r := open(t)
	for _, sort := range []string{"klacht", "ongenoegen"} {
		w := slices.Clone(written)
		w[slices.Index(w, "soort")+1] = sort
		r.Wants(r.Post("/werk/klachten/nieuw", w...), http.StatusSeeOther)
	}
	list := r.Get("/werk/klachten/lijst.csv").Body.String()
	for _, ends := range []string{`;"open";3\r?\n`, `;"ongenoegen";""\r?\n`} {
		if !regexp.MustCompile(ends).MatchString(list) {
			t.Errorf("no row ends in %s:\n%s", ends, list)
		}
	}
}

func TestSeveralComplaintsAreChangedAtOnce(t *testing.T) {
	r := open(t)
	at := r.three()
	me := r.Who.ID
	r.Wants(r.Post(at[2]+"/afhandeling", "versie", "1", "uitkomst", "gegrond"), http.StatusBadRequest)
	all := []string{"k", pick(at[0], "1"), "k", pick(at[1], "1"), "k", pick(at[2], "9")}
	form := append([]string{"oorzaak", "prijs", "product", "krediet"}, all...)
	t.Run("nothing chosen, or nothing asked, is said", func(t *testing.T) {
		r.Wants(r.Get("/werk/klachten/samen"), http.StatusOK, "Kies een of meer klachten")
		r.Wants(r.Post("/werk/klachten/samen", all...), http.StatusBadRequest, "Vul in wat u wilt wijzigen")
	})
	t.Run("a preview shows what would be and keeps nothing", func(t *testing.T) {
		facts := len(r.Facts)
		r.Wants(r.Post("/werk/klachten/samen", form...), http.StatusOK, "2 van de 3 klachten", "oorzaak: Prijs of kosten", "product: krediet", "gewijzigd nadat u de lijst opende")
		if page := r.Get(at[0]).Body.String(); strings.Contains(page, "krediet") || !strings.Contains(page, `name="versie" value="1"`) {
			t.Error("the preview was kept")
		}
		r.Facts = r.Facts[:facts] // the pen of this test keeps what a transaction threw away
	})
	t.Run("done, each has its fact and the refused one stays", func(t *testing.T) {
		r.Wants(r.Post("/werk/klachten/samen", append(form, "stap", "doen", "behandelaar", me, "team", "Beheer")...), http.StatusOK, "2 van de 3 klachten zijn gewijzigd")
		if n := r.Count(complaint.KindClassified); n != 2 {
			t.Errorf("%d classified", n)
		}
		r.Wants(r.Get("/werk/klachten?oorzaak=prijs"), http.StatusOK, "K-2026-0001", "K-2026-0002")
	})
	t.Run("one alone is spoken of as one", func(t *testing.T) {
		one := []string{"k", pick(at[2], "1"), "product", "lening"}
		r.Wants(r.Get("/werk/klachten/samen?k="+pick(at[2], "1")), http.StatusOK, "1 klacht gekozen.")
		r.Wants(r.Post("/werk/klachten/samen", one...), http.StatusOK, "Voorbeeld: deze klacht wijzigt", "Deze klacht wijzigen")
	})
	t.Run("nobody gets a complaint about themselves, here or on the page of the case", func(t *testing.T) {
		r.Wants(r.Post(at[2]+"/indeling", "versie", "1", "omschrijving", "x", "over", "0192a000-0000-7000-8000-0000000000aa", "naam", "A. Jansen"), http.StatusSeeOther)
		r.Wants(r.Post("/werk/klachten/samen", "k", pick(at[2], "2"), "behandelaar", "0192a000-0000-7000-8000-0000000000aa"), http.StatusOK, "deze klacht blijft zoals zij is", "gaat over deze medewerker")
		by := r.Session().Actor()
		err := r.Casework.Give(t.Context(), by, casework.ID(strings.TrimPrefix(at[2], "/werk/klachten/")), 2, "0192a000-0000-7000-8000-0000000000aa", "")
		if err == nil || !strings.Contains(err.Error(), "own-case") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("who may not handle may not do this", func(t *testing.T) {
		r.Be(staff.Supervisor)
		r.Wants(r.Get("/werk/klachten/samen?k="+pick(at[0], "1")), http.StatusForbidden)
		r.Wants(r.Post("/werk/klachten/samen", form...), http.StatusForbidden)
		if page := r.Get("/werk/klachten").Body.String(); strings.Contains(page, "checkbox") {
			t.Error("a supervisor can choose")
		}
	})
}

func TestAFormSentTwiceIsOneComplaint(t *testing.T) {
	r := open(t)
	key := formKey.FindStringSubmatch(r.Get("/werk/klachten/nieuw").Body.String())[1]
	form := append([]string{"formulier", key}, written...)
	first := r.Wants(r.Post("/werk/klachten/nieuw", form...), http.StatusSeeOther)
	if again := r.Wants(r.Post("/werk/klachten/nieuw", form...), http.StatusSeeOther); again != first || r.Count(complaint.KindReceived) != 1 {
		t.Errorf("led to %s and %s, %d received", first, again, r.Count(complaint.KindReceived))
	}
	form[9] = "Iets heel anders."
	r.Wants(r.Post("/werk/klachten/nieuw", form...), http.StatusConflict, "al verstuurd")
}

func TestAClientFollowsWhatStaffWroteDown(t *testing.T) {
	r := open(t)
	at := r.Wants(r.Post("/werk/klachten/nieuw", written...), http.StatusSeeOther)
	page := r.Post(at+"/link", "van", "hier").Body.String()
	_, rest, _ := strings.Cut(page, "https://voorbeeld.nl")
	link, _, _ := strings.Cut(rest, "<")
	r.Wants(r.Get(link), http.StatusOK, "K-2026-0001", "De rente klopt niet.")
	if again := r.Post(at+"/link", "van", "hier").Body.String(); !strings.Contains(again, link) {
		t.Error("another link the second time")
	}
	if n := r.Count(complaint.KindLinked); n != 2 {
		t.Errorf("%d times handed out, %d recorded", 2, n)
	}
	r.Be(staff.Supervisor)
	r.Wants(r.Post(at+"/link", "van", "hier"), http.StatusForbidden)
}

func TestAFloodOfBegunComplaintsIsHeldBack(t *testing.T) {
	r := open(t)
	for range 500 {
		if _, err := r.Begin(t.Context(), r.Who.Firm); err != nil {
			t.Fatal(err)
		}
	}
	r.Wants(r.Post("/klacht/"+string(r.Who.Firm)), http.StatusServiceUnavailable, "over een uur")
	r.now = r.now.Add(61 * 60e9)
	r.begin()
}
