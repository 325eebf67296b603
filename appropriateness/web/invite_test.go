package web_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/staff"
)

func invitation(reference, advice string) url.Values {
	return url.Values{"toets": {roomtest.TestID}, "klant": {reference}, "kanaal": {"office"}, "advies": {advice}, "elders": {"nee"}}
}

func (w *workplace) invite(form url.Values) *httptest.ResponseRecorder {
	return sitetest.Post(w, "/werk/toetspogingen/nieuw", form)
}

func TestInvite(t *testing.T) {
	w := work(t)
	w.as(w.room.Firm, staff.Handler)
	t.Run("the form leads to the attempt, and the attempt shows the link", func(t *testing.T) {
		made := w.invite(invitation("D-4001", "nee"))
		if made.Code != 303 {
			t.Fatalf("answer %d %s", made.Code, made.Body)
		}
		page := sitetest.Get(w, made.Header().Get("Location")).Body.String()
		if !strings.Contains(page, "https://voorbeeld.nl/t/geheim-") {
			t.Error("the page of the attempt shows no link")
		}
	})
	t.Run("the link is for who may invite, and gone once it opens nothing", func(t *testing.T) {
		made := w.invite(invitation("D-4002", "nee")).Header().Get("Location")
		w.as(w.room.Firm, staff.Compliance)
		if strings.Contains(sitetest.Get(w, made).Body.String(), "geheim-") {
			t.Error("compliance sees the client's link")
		}
		w.as(w.room.Firm, staff.Handler)
		id := w.room.Take(w.room.Firm, "D-4003", roomtest.Wrong)
		if strings.Contains(sitetest.Get(w, "/werk/toetspogingen/"+string(id)).Body.String(), "geheim-") {
			t.Error("a judged attempt shows its link")
		}
	})
	for _, c := range []struct {
		name   string
		form   url.Values
		status int
		says   string
	}{
		{"nothing filled in", url.Values{}, 400, "Geef uw eigen kenmerk van de klant"},
		{"a citizen service number", invitation("111222333", "nee"), 400, "burgerservicenummer"},
		{"letters that are no UTF-8", invitation("D-\xff", "nee"), 400, "kunnen wij niet lezen"},
		{"no word on advice", invitation("D-4004", ""), 400, "Geef aan of u deze klant advies gaf"},
		{"with advice no test is needed", invitation("D-4005", "ja"), 409, "niet verplicht"},
		{"who took it gets no second", invitation("D-4003", "nee"), 409, "herkansing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := w.count()
			got := w.invite(c.form)
			if got.Code != c.status || !strings.Contains(got.Body.String(), c.says) {
				t.Errorf("answer %d, want %d with %q", got.Code, c.status, c.says)
			}
			if after := w.count(); after != before {
				t.Errorf("a refused invitation left %d attempts", after-before)
			}
		})
	}
	t.Run("who may not invite sees no form", func(t *testing.T) {
		w.as(w.room.Firm, staff.Supervisor)
		if got := sitetest.Get(w, "/werk/toetspogingen/nieuw"); got.Code != 403 {
			t.Errorf("answer %d, want 403", got.Code)
		}
		if got := w.invite(invitation("D-4006", "nee")); got.Code != 403 {
			t.Errorf("answer %d, want 403", got.Code)
		}
	})
}

func (w *workplace) count() int {
	p, err := w.room.List(w.t.Context(), roomtest.Staff(w.room.Firm), appropriateness.Filter{})
	if err != nil {
		w.t.Fatal(err)
	}
	return p.Total
}
