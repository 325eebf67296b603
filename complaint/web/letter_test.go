package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/staff"
)

var (
	areaText   = regexp.MustCompile(`(?s)<textarea id="brief"[^>]*>(.*?)</textarea>`)
	letterHref = regexp.MustCompile(`/werk/zaken/[0-9a-f-]{36}/brieven/[0-9a-f-]{36}`)
)

func TestALetterIsWrittenShownMadeAndSent(t *testing.T) {
	r := open(t)
	if err := r.SetProcedure(t.Context(), r.Session().Actor(), 0, complaint.ProcedureText{Terms: complaint.Usual, DisputeBody: "Kifid", Text: "Zo doen wij het."}); err != nil {
		t.Fatal(err)
	}
	at := r.Wants(r.Post("/werk/klachten/nieuw", written...), http.StatusSeeOther)
	id := casework.ID(strings.TrimPrefix(at, "/werk/klachten/"))
	letters := "/werk/zaken/" + string(id) + "/brieven"
	r.Wants(r.Get(letters+"?soort=bestaat-niet"), http.StatusNotFound)
	page := r.Get(letters + "?soort=bevestiging")
	r.Wants(page, http.StatusOK, "Geachte heer of mevrouw A. Jansen", "K-2026-0001", "vrijdag 1 januari 2027", "Kifid", "https://voorbeeld.nl/k/", "[vul in: behandelaar]")
	text := areaText.FindStringSubmatch(page.Body.String())[1]
	form := func(step, text string) []string {
		return []string{"versie", "1", "soort", "bevestiging", "sjabloon", "0", "onderwerp", "Wij hebben uw klacht ontvangen", "aan", "A. Jansen\nDorpsstraat 1", "brief", text, "stap", step}
	}
	t.Run("a gap, or no dispute body, is said before anything is made", func(t *testing.T) {
		for _, step := range []string{"voorbeeld", "doen"} {
			r.Wants(r.Post(letters, form(step, text)...), http.StatusBadRequest, "tussen vierkante haken")
			r.Wants(r.Post(letters, form(step, "Wij hebben uw klacht.")...), http.StatusBadRequest, "geschilleninstantie: Kifid")
			r.Wants(r.Post(letters, form(step, "Kifid \U0001F600")...), map[string]int{"voorbeeld": 200, "doen": 400}[step])
		}
		if n := r.Count(casework.KindLetter); n != 0 {
			t.Errorf("%d letters made", n)
		}
	})
	whole := strings.NewReplacer("[vul in: behandelaar]", "Sam").Replace(text)
	r.Wants(r.Post(letters, form("voorbeeld", whole)...), http.StatusOK, "Brief maken", "Sam zoekt uit")
	r.Wants(r.Post(letters, form("doen", whole)...), http.StatusSeeOther)
	f, err := r.File(t.Context(), r.Who.Firm, id)
	if err != nil || len(f.Under.Letters) != 1 || len(f.Under.Documents) != 2 || len(f.Replies) != 0 {
		t.Fatalf("%+v (%v)", f.Under, err)
	}
	t.Run("its documents are kept byte for byte, under their hashes", func(t *testing.T) {
		for _, d := range f.Under.Documents {
			doc, content, err := r.Casework.Document(t.Context(), r.Who.Firm, id, d.ID)
			if err != nil || doc.Hash != f.Under.Letters[0].PDF.Hash && doc.Hash != f.Under.Letters[0].HTML.Hash {
				t.Errorf("%+v (%v)", doc, err)
			}
			if begin := map[string]string{"application/pdf": "%PDF-1.7", "text/html": "<!doctype html>"}[doc.Media]; begin == "" || !strings.HasPrefix(string(content), begin) {
				t.Errorf("%s begins with %q", doc.Media, content[:20])
			}
		}
	})
	t.Run("the link in it opens the complaint", func(t *testing.T) {
		_, rest, _ := strings.Cut(whole, "https://voorbeeld.nl")
		link, _, _ := strings.Cut(rest, ". ")
		r.Wants(r.Get(link), http.StatusOK, "K-2026-0001")
	})
	t.Run("it is a reply once it was sent, on the day it was", func(t *testing.T) {
		sending := letterHref.FindString(r.Get(at).Body.String())
		r.Wants(r.Get(sending), http.StatusOK, "Hoe is de brief verstuurd")
		r.Wants(r.Post(sending, "versie", "2", "wijze", "duif", "dag", "2026-11-20"), http.StatusBadRequest, "Kies hoe", "niet voor hij werd gemaakt")
		r.Wants(r.Post(sending, "versie", "2", "wijze", "brief", "dag", "2026-11-23"), http.StatusSeeOther)
		r.Wants(r.Get(at), http.StatusOK, "verstuurd op 23 november 2026", "Verstuurd: bevestiging")
		r.Wants(r.Post(sending, "versie", "3", "wijze", "brief", "dag", "2026-11-23"), http.StatusNotFound)
		if r.Count(casework.KindLetterSent) != 1 || r.Count(complaint.KindReplied) != 1 {
			t.Errorf("%d sent, %d replied", r.Count(casework.KindLetterSent), r.Count(complaint.KindReplied))
		}
	})
	r.Be(staff.Supervisor)
	r.Wants(r.Get(letters+"?soort=bevestiging"), http.StatusForbidden)
}

func TestTheHousesWordsAreGoodTemplates(t *testing.T) {
	about := casework.About{Fields: complaint.LetterFields}
	for _, k := range complaint.Letters {
		t.Run(k.Code, func(t *testing.T) {
			if f := casework.TemplateFaults(about, k, casework.Template{Subject: k.Subject, Text: k.Text}); len(f) > 0 {
				t.Errorf("%+v", f)
			}
			for _, sentence := range strings.FieldsFunc(k.Text, func(r rune) bool { return strings.ContainsRune(".?!\n:", r) }) {
				if n := len(strings.Fields(sentence)); n > 20 {
					t.Errorf("%d words: %s", n, sentence)
				}
			}
		})
	}
}
