package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
	"zorgplicht/internal/site/sitetest"
)

func TestPagesInEnglish(t *testing.T) {
	for _, c := range []struct {
		name   string
		desk   *desk
		path   string
		status int
	}{
		{"en-purpose", newDesk(), "", 200},
		{"en-purpose-resumed", newDesk().choose(0), "", 200},
		{"en-question", newDesk().choose(0), "/vraag/2", 200},
		{"en-question-from-overview", newDesk().choose(0), "/vraag/3?van=overzicht", 200},
		{"en-overview-open", newDesk().choose(0, 1), "/overzicht", 200},
		{"en-overview-done", newDesk().choose(0, 1, 2), "/overzicht", 200},
		{"en-saved", newDesk().choose(0), "/bewaard", 200},
		{"en-result-appropriate", newDesk().judged(appropriateness.Appropriate), "/uitslag", 200},
		{"en-result-not-appropriate", newDesk().judged(appropriateness.NotAppropriate), "/uitslag", 200},
		{"en-result-choice", newDesk().judged(appropriateness.NotAppropriate).goOn(""), "/uitslag", 200},
		{"en-result-went-on", newDesk().judged(appropriateness.NotAppropriate).goOn(appropriateness.ChoseGoOn), "/uitslag", 200},
		{"en-question-unknown", newDesk().choose(), "/vraag/4", 404},
		{"en-link-expired", newDesk().failing(fault.New(fault.Gone, "link-expired", "a1")), "", 410},
		{"en-store-away", newDesk().failing(fault.New(fault.Unavailable, "store-away", "")), "/vraag/1", 503},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := sitetest.Get(c.desk.site(), "/t/abc/en"+c.path)
			if w.Code != c.status {
				t.Errorf("%d, not %d", w.Code, c.status)
			}
			sitetest.Golden(t, c.name, w.Body.Bytes())
			mustSpeakEnglish(t, w.Body.String())
		})
	}
}

var (
	inDutch = regexp.MustCompile(`(?s)<(\w+)[^>]*\slang="nl"[^>]*>.*?</`)
	markup  = regexp.MustCompile(`<[^>]*>`)
	dutch   = regexp.MustCompile(`(?i)\b(de|het|een|niet|uw|wij|toets|vraag|vragen|voor|verder|naar|antwoord|fout)\b`)
)

// mustSpeakEnglish looks for Dutch words outside what is marked as Dutch.
func mustSpeakEnglish(t *testing.T, page string) {
	t.Helper()
	if !strings.Contains(page, `<html lang="en">`) || strings.Contains(page, "%!") {
		t.Errorf("the page does not say that it is in English, or holds an argument that is missing")
	}
	_, body, _ := strings.Cut(page, "<body")
	legend := regexp.MustCompile(`(?s)<(legend|div class="choices"|div class="scenario")[^>]*lang="nl".*?</(legend|fieldset|div)>`)
	body = legend.ReplaceAllString(body, "")
	text := markup.ReplaceAllString(inDutch.ReplaceAllString(body, "</"), " ")
	if word := dutch.FindString(text); word != "" {
		t.Errorf("the page says %q in English: %s", word, text)
	}
}

func TestTheLanguageIsKept(t *testing.T) {
	for _, c := range []struct {
		name, path string
		desk       *desk
		form       url.Values // nil is a GET
		to         string
	}{
		{"a link may ask for English", "?lang=en", newDesk(), nil, "/en"},
		{"to begin", "/en/begin", newDesk(), url.Values{}, "/en/vraag/1"},
		{"to answer", "/en/vraag/1", newDesk().choose(), url.Values{"antwoord": {"1"}}, "/en/vraag/2"},
		{"to stop", "/en/vraag/1", newDesk().choose(), url.Values{"actie": {actStop}}, "/en/bewaard"},
		{"to send", "/en/versturen", newDesk().choose(0), url.Values{}, "/en/uitslag"},
		{"to choose after the warning", "/en/keuze", newDesk().judged(appropriateness.NotAppropriate).goOn(""), url.Values{"keuze": {"stoppen"}}, "/en/uitslag"},
		{"a page before the start", "/en/overzicht", newDesk(), nil, "/en"},
		{"the start after the end", "/en", newDesk().judged(appropriateness.Appropriate), nil, "/en/uitslag"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var w *httptest.ResponseRecorder
			if c.form == nil {
				w = sitetest.Get(c.desk.site(), "/t/abc"+c.path)
			} else {
				w = sitetest.Post(c.desk.site(), "/t/abc"+c.path, c.form)
			}
			if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/t/abc"+c.to {
				t.Errorf("%d to %q, want %s", w.Code, w.Header().Get("Location"), c.to)
			}
		})
	}
}

func TestDress(t *testing.T) {
	for _, c := range []struct{ method, path, lang, other string }{
		{"GET", "/t/abc", "nl", "/t/abc/en"},
		{"GET", "/t/abc/en", "en", "/t/abc"},
		{"GET", "/t/abc/vraag/3?van=overzicht", "nl", "/t/abc/en/vraag/3?van=overzicht"},
		{"GET", "/t/abc/en/vraag/3", "en", "/t/abc/vraag/3"},
		{"POST", "/t/abc/en/vraag/3", "en", "/t/abc/vraag/3"},
		{"POST", "/t/abc/keuze", "nl", "/t/abc/en/uitslag"},
		{"POST", "/t/abc/en/begin", "en", "/t/abc"},
		{"GET", "/t/abc/engels", "nl", "/t/abc/en/engels"},
		{"GET", "/t/en", "nl", "/t/en/en"},
		{"GET", "/t/a%2Fb", "nl", "/t/a%2Fb/en"},
	} {
		d := dress(httptest.NewRequest(c.method, c.path, nil))
		if string(d.Lang) != c.lang || d.Other != c.other {
			t.Errorf("%s %s: %+v", c.method, c.path, d)
		}
	}
}

func TestAFaultOfAnEnglishFormSpeaksEnglish(t *testing.T) {
	w := sitetest.Post(newDesk().choose().site(), "/t/abc/en/vraag/1", url.Values{"actie": {actNext}})
	sitetest.Golden(t, "en-question-problem", w.Body.Bytes())
	mustSpeakEnglish(t, w.Body.String())
	w = sitetest.Post(newDesk().judged(appropriateness.NotAppropriate).goOn("").site(), "/t/abc/en/keuze", url.Values{"keuze": {"verder"}})
	sitetest.Golden(t, "en-result-choice-unread", w.Body.Bytes())
	mustSpeakEnglish(t, w.Body.String())
	w = sitetest.Post(newDesk().judged(appropriateness.Appropriate).site(), "/t/abc/en/vraag/1", url.Values{"antwoord": {"1"}})
	mustSpeakEnglish(t, w.Body.String())
}

func TestTheDocumentIsDutchWhateverThePageSpeaks(t *testing.T) {
	d := newDesk().judged(appropriateness.NotAppropriate)
	page := sitetest.Get(d.site(), "/t/abc/en/uitslag").Body.String()
	if !strings.Contains(page, `href="/t/abc/uitslag.pdf"`) || !strings.Contains(page, `href="/t/abc/uitslag.html"`) || !strings.Contains(page, "are in Dutch") {
		t.Error("the English page does not lead to the Dutch document, or does not say so")
	}
	v, err := d.Visit(lang.With(t.Context(), lang.Dutch), "abc")
	if err != nil || v.Notice.Language != "nl" {
		t.Errorf("the document is set from %+v (%v)", v.Notice, err)
	}
}
