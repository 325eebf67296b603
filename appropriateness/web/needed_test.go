package web_test

import (
	"net/http"
	"strings"
	"testing"

	"zorgplicht/appropriateness/web"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/staff"
)

func TestNeeded(t *testing.T) {
	w := work(t)
	web.MountNeeded(w.Site, w)
	w.as(w.room.Firm, staff.Handler)
	for _, c := range []struct{ name, query, says string }{
		{"nothing was asked yet", "", "Beantwoord wat u weet"},
		{"a mortgage", "?product=mortgage", "De toets is verplicht"},
		{"after advice", "?product=mortgage&advies=ja", "Er is geen toets nodig"},
		{"advice of another lifts nothing", "?product=mortgage&elders=ja", "Dat heft de plicht niet op"},
		{"term life for a mortgage", "?product=term_life&doel=cover_mortgage_payments", "betalingsbeschermer"},
		{"a product that is not named", "?product=other", "artikel 80e BGfo"},
		{"an exemption nobody verified", "?product=mortgage&besteding=sustainability&bedrag=20.000&dag=2026-11-22&sinds=2024-05-01", "mogelijk vrijgesteld, controleer"},
		{"too much for it", "?product=mortgage&besteding=sustainability&bedrag=25.000,01&dag=2026-11-22&sinds=2024-05-01", "De toets is verplicht"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := sitetest.Get(w, "/werk/toets-nodig"+c.query)
			text := plain(r.Body.String())
			if r.Code != http.StatusOK || !strings.Contains(text, c.says) {
				t.Errorf("%d %s", r.Code, text)
			}
			if strings.Contains(text, "mogelijk vrijgesteld") != (c.says == "mogelijk vrijgesteld, controleer") {
				t.Errorf("an exemption out of place: %s", text)
			}
		})
	}
	t.Run("what cannot be read is said at its field", func(t *testing.T) {
		r := sitetest.Get(w, "/werk/toets-nodig?product=goud&bedrag=veel&dag=morgen")
		if r.Code != http.StatusBadRequest || strings.Count(r.Body.String(), `class="problem"`) != 3 {
			t.Errorf("%d %s", r.Code, plain(r.Body.String()))
		}
	})
}
