package app

import (
	"net/http"
	"strings"
	"testing"

	"zorgplicht/party"
)

const framer = "https://www.delinde.example"

// TestOnlyPagesOfAClientMayBeFramed asks every route of a firm that shows its test
// on another site: its client's pages name that site, those of another firm and all
// other pages nobody.
func TestOnlyPagesOfAClientMayBeFramed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		o := serveHouse(t, h)
		both := o.tenants("ander", "eigen")
		ander, eigen := both[0], both[1]
		look := party.Look{Accent: "#7a1fa2", Band: "#ffcc00", Origins: []string{framer}}
		if _, err := o.Party.SetLook(t.Context(), operator(eigen.firm), look, ""); err != nil {
			t.Fatal(err)
		}
		framed := 0
		for _, pattern := range o.allRoutes() {
			method, path, ok := strings.Cut(pattern, " ")
			if !ok || method != http.MethodGet || strings.HasPrefix(path, "/assets") || strings.HasSuffix(path, ".pdf") {
				continue
			}
			for _, n := range []*tenant{ander, eigen} {
				for _, s := range n.seats() {
					at := strings.NewReplacer("{$}", "", "{token}", s.token, "{n}", "1", "{id}", string(s.id)).Replace(path)
					v := o.session(n)
					v.secret = n.secret
					h := sure(t)(v.get(at))
					if h.status == http.StatusSeeOther {
						continue
					}
					csp := h.header.Get("Content-Security-Policy")
					want := "frame-ancestors 'none'"
					if strings.HasPrefix(path, "/t/") && n == eigen && h.header.Get("Content-Disposition") == "" { // a file to keep is no page
						want = "frame-ancestors " + framer + ";"
						framed++
						if !strings.Contains(h.body, "/assets/huisstijl-7a1fa2-ffcc00-") {
							t.Errorf("%s does not wear the colours of its firm", h)
						}
					}
					if !strings.Contains(csp, want) || strings.Contains(csp, "unsafe") || strings.Contains(csp, "script") != (strings.Contains(csp, framer) || strings.Contains(h.body, `<script defer src="/assets/`)) {
						t.Errorf("%s: policy %q, want %s", h.asked, csp, want)
					}
				}
			}
		}
		if framed < 10 {
			t.Errorf("only %d pages may be framed", framed)
		}
		for _, path := range []string{"/t/onbekend", "/t/onbekend/en/vraag/1", "/nergens"} {
			if csp := sure(t)(o.get(path)).header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") {
				t.Errorf("%s: policy %q", path, csp)
			}
		}
	})
}

// TestTheSettingsByProgram sets them through the API, and reads them on a page of
// the client.
func TestTheSettingsByProgram(t *testing.T) {
	o := serveHouse(t, newHouse(t, "sqlite"))
	put := func(key, body string) *heard {
		t.Helper()
		return sure(t)(o.ask("POST", "/v1/instellingen", strings.NewReader(body), http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {"sleutel-" + key}}))
	}
	h := put("een", `{"accent":"#ffcc00","frameOrigins":["https://a.example/pad"]}`).mustBe(t, http.StatusBadRequest)
	for _, want := range []string{"contrast-too-low", "#826800", "not-an-origin", "/frameOrigins/0"} {
		if !strings.Contains(h.body, want) {
			t.Errorf("%s lacks %s", h.body, want)
		}
	}
	body := `{"name":"De Linde","accent":"#7a1fa2","frameOrigins":["` + framer + `"]}`
	put("twee", body).mustBe(t, http.StatusOK)
	put("twee", body).mustBe(t, http.StatusOK)
	put("twee", `{}`).mustBe(t, http.StatusConflict)
	if h := sure(t)(o.get("/v1/instellingen")).mustBe(t, http.StatusOK); !strings.Contains(h.body, framer) || !strings.Contains(h.body, `"name":"De Linde"`) {
		t.Errorf("the settings are %s", h.body)
	}
	page := sure(t)(newVisitor(o.base).get(o.page("/overzicht"))).mustBe(t, http.StatusOK)
	if !strings.Contains(page.body, `<p class="firm">De Linde</p>`) || !strings.Contains(page.body, "huisstijl-7a1fa2-7a1fa2-") {
		t.Errorf("the client reads %s", page)
	}
}
