package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/internal/site/sitetest"
)

// asking is a room whose clients are asked who they are, with its pages.
func askingRoom(t *testing.T) (*roomtest.Room, http.Handler) {
	t.Helper()
	r := roomtest.New(t)
	if err := r.AskClient(t.Context(), roomtest.Staff(r.Firm), true); err != nil {
		t.Fatal(err)
	}
	s := sitetest.New()
	MountClient(s, r.Service, nil)
	return r, s
}

func linkFor(t *testing.T, r *roomtest.Room, reference string) string {
	t.Helper()
	s, err := r.Start(t.Context(), roomtest.Staff(r.Firm), appropriateness.Start{Test: roomtest.TestID, Reference: reference, Channel: "website"})
	if err != nil {
		t.Fatal(err)
	}
	return "/t/" + s.Token
}

var whoAnna = url.Values{"achternaam": {"van der Berg"}, "dag": {"9"}, "maand": {"3"}, "jaar": {"1985"}, "postcode": {"1234 ab"}}

func TestIdentifyPages(t *testing.T) {
	r, s := askingRoom(t)
	first := linkFor(t, r, "K-1")
	t.Run("to begin leads to the question who the client is", func(t *testing.T) {
		w := sitetest.Post(s, first+"/begin", nil)
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != first+"/gegevens" {
			t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
		}
		if w := sitetest.Get(s, first+"/gegevens"); w.Code != 200 || !strings.Contains(w.Body.String(), "bewaren wij niet") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
	t.Run("all that is missing is said at once, and what was filled in stays", func(t *testing.T) {
		w := sitetest.Post(s, first+"/gegevens", url.Values{"achternaam": {"Berg"}, "dag": {"31"}, "maand": {"2"}, "jaar": {"1985"}})
		body := w.Body.String()
		if w.Code != http.StatusBadRequest || strings.Count(body, `href="#`) < 2 || !strings.Contains(body, `value="Berg"`) || !strings.Contains(body, `value="31"`) {
			t.Errorf("%d %s", w.Code, body)
		}
	})
	t.Run("who says it begins at question 1", func(t *testing.T) {
		w := sitetest.Post(s, first+"/gegevens", whoAnna)
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != first+"/vraag/1" {
			t.Errorf("%d to %s: %s", w.Code, w.Header().Get("Location"), w.Body)
		}
	})
	t.Run("the same client by another link goes on with the first", func(t *testing.T) {
		second := linkFor(t, r, "K-2")
		w := sitetest.Post(s, second+"/gegevens", whoAnna)
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != first {
			t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
		}
		if w := sitetest.Get(s, second); w.Code != http.StatusGone {
			t.Errorf("the second link answers %d", w.Code)
		}
	})
	t.Run("who took the test hears so, kindly, and the link is used up", func(t *testing.T) {
		token := strings.TrimPrefix(first, "/t/")
		if _, err := r.Send(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		third := linkFor(t, r, "K-3")
		w := sitetest.Post(s, third+"/en/gegevens", whoAnna)
		if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "You already took this test") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		other := url.Values{"achternaam": {"Ander"}, "dag": {"9"}, "maand": {"3"}, "jaar": {"1985"}, "postcode": {"1234 ab"}}
		if w := sitetest.Post(s, third+"/gegevens", other); w.Code != http.StatusGone {
			t.Errorf("a second name on the same link: %d", w.Code)
		}
	})
	t.Run("where nobody asks the page leads to the start", func(t *testing.T) {
		if err := r.AskClient(t.Context(), roomtest.Staff(r.Firm), false); err != nil {
			t.Fatal(err)
		}
		fourth := linkFor(t, r, "K-4")
		if w := sitetest.Get(s, fourth+"/gegevens"); w.Header().Get("Location") != fourth {
			t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
		}
	})
}

func TestWhoseTestItIs(t *testing.T) {
	d := newDesk()
	d.visit.Provider = "Verzekeraar De Es"
	if body := sitetest.Get(d.site(), "/t/abc").Body.String(); !strings.Contains(body, "De vragen zijn van Verzekeraar De Es") || !strings.Contains(body, "bij Voorbeeld Hypotheken B.V.") {
		t.Errorf("the page does not name both: %s", body)
	}
}

var _ Taker = (*appropriateness.Service)(nil)
