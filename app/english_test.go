package app

import (
	"net/http"
	"strings"
	"testing"

	"zorgplicht/appropriateness"
)

// TestWhatWasReadInEnglishIsKeptInEnglish reads a result in English, then its Dutch
// document: each is a fact, in the words that were read, once.
func TestWhatWasReadInEnglishIsKeptInEnglish(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		o := serveHouse(t, h)
		if _, err := o.Appropriateness.Publish(t.Context(), o.operator(), goOnTest()); err != nil {
			t.Fatal(err)
		}
		id, token := o.house.start("K-2")
		at := "/t/" + token
		for _, post := range []string{"/en/begin", "/en/versturen"} {
			sure(t)(o.post(at+post)).mustBe(t, http.StatusSeeOther)
		}
		for range 2 {
			h := sure(t)(o.get(at+"/en/uitslag")).mustBe(t, http.StatusOK)
			if !strings.Contains(h.body, "We recommend that you stop and take advice.") {
				t.Errorf("the English page does not warn: %s", h)
			}
		}
		sure(t)(o.get(at+"/uitslag.pdf")).mustBe(t, http.StatusOK)
		sure(t)(o.post(at+"/en/keuze", "keuze", "verder", "gelezen", "ja")).mustBe(t, http.StatusSeeOther)
		sure(t)(o.get(at+"/uitslag")).mustBe(t, http.StatusOK)

		facts, err := o.reader().Subject(t.Context(), o.firm, string(id))
		if err != nil {
			t.Fatal(err)
		}
		var shown []string
		for _, f := range facts {
			p := string(f.Payload)
			switch {
			case f.Kind == appropriateness.KindShown && strings.Contains(p, `"language":"en"`) && strings.Contains(p, "We recommend that you stop"):
				shown = append(shown, "en")
			case f.Kind == appropriateness.KindShown && strings.Contains(p, `"language":"nl"`) && strings.Contains(p, "Wij raden u aan om te stoppen"):
				shown = append(shown, "nl")
			case f.Kind == appropriateness.KindChosen && !strings.Contains(p, `"words":["I have read the warning.","Go on without advice"]`):
				t.Errorf("the fact of the choice is %s", p)
			}
		}
		if strings.Join(shown, " ") != "en nl" {
			t.Errorf("facts of showing: %v, want the English one and then the Dutch", shown)
		}
		f, err := o.Appropriateness.File(t.Context(), o.operator(), id)
		if err != nil || f.Notice.Language != "en" || len(f.Again) != 1 || f.Again[0].Language != "nl" {
			t.Errorf("staff read %+v and %+v (%v)", f.Notice, f.Again, err)
		}
	})
}
