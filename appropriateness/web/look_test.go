package web_test

import (
	"context"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"zorgplicht/appropriateness/web"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/party"
	"zorgplicht/staff"
)

// A wardrobe keeps one look, checked as the room checks it.
type wardrobe struct {
	kept party.Look
	sets int
}

func (w *wardrobe) Look(context.Context, ident.Firm) (party.Look, error) { return w.kept, nil }

func (w *wardrobe) CheckLook(l party.Look) (party.Look, error) {
	return (&party.Service{Near: site.NearestTo}).CheckLook(l)
}

func (w *wardrobe) SetLook(_ context.Context, _ ident.Actor, l party.Look, _ string) (party.Look, error) {
	w.kept, w.sets = l, w.sets+1
	return l, nil
}

func TestThePageOfTheLook(t *testing.T) {
	p, w := work(t), &wardrobe{}
	web.MountLook(p.Site, w, p)
	post := func(pairs ...string) (int, string, string) {
		form := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		r := sitetest.Post(p, "/werk/huisstijl", form)
		return r.Code, html.UnescapeString(r.Body.String()), r.Header().Get("Location")
	}
	t.Run("a preview keeps nothing", func(t *testing.T) {
		code, page, _ := post("naam", "De <b>Linde", "accent", "#7A1FA2", "band", "#ffcc00", "websites", "https://a.example\r\nhttps://b.example/", "actie", "voorbeeld")
		if code != http.StatusOK || w.sets != 0 {
			t.Fatalf("%d, kept %d times", code, w.sets)
		}
		has(t, page, `href="/assets/huisstijl-7a1fa2-ffcc00-`, "#7a1fa2, contrast ten minste 6,8 op 1", "Op een donker scherm", "https://a.example\nhttps://b.example")
	})
	t.Run("all that is wrong is told, and nothing is kept", func(t *testing.T) {
		code, page, _ := post("naam", "111222333", "accent", "#ffcc00", "band", "geel", "websites", "http://a.example *", "actie", "opslaan")
		if code != http.StatusBadRequest || w.sets != 0 {
			t.Fatalf("%d, kept %d times", code, w.sets)
		}
		has(t, page, "Fout: Huisstijl", "burgerservicenummer", "De dichtstbijzijnde kleur die wel kan is #826800", "Geef een kleur als #", "Website 1 in de lijst", "Website 2 in de lijst", `href="#websites"`)
		lacks(t, page, "/assets/huisstijl-ffcc00")
	})
	t.Run("what is right is kept", func(t *testing.T) {
		code, _, to := post("accent", "826800", "websites", "http://localhost:3000", "actie", "opslaan")
		if code != http.StatusSeeOther || to != "/werk/huisstijl?bewaard=ja" || w.kept.Accent != "#826800" || strings.Join(w.kept.Origins, " ") != "http://localhost:3000" {
			t.Errorf("%d to %s, kept %+v", code, to, w.kept)
		}
		_, page := p.get(to)
		has(t, page, "Opgeslagen", "http://localhost:3000")
	})
	t.Run("who helps clients may not", func(t *testing.T) {
		p.as(p.room.Firm, staff.Handler)
		if code, _, _ := post("actie", "opslaan"); code != http.StatusForbidden || w.sets != 1 {
			t.Errorf("%d, kept %d times", code, w.sets)
		}
	})
}
