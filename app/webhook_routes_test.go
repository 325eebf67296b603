package app

import (
	"maps"
	"net/http"
	"strings"

	"zorgplicht/webhook"
)

// A hook is a webhook of a tenant, with a test message that waits for it.
type hook struct {
	webhook.Subscription
	sent webhook.DeliveryID
}

var hooks = map[*tenant]hook{}

// giveHook subscribes a system of the firm, whose marks nobody else may read.
func (o *reception) giveHook(n *tenant) {
	o.t.Helper()
	s, _, err := o.Webhook.Add(o.t.Context(), operator(n.firm), webhook.Order{
		URL: "https://" + n.name + ".example.nl/berichten", Description: "Systeem van " + n.name, Types: webhook.Types, Active: true,
	})
	if err != nil {
		o.t.Fatal(err)
	}
	d, err := o.Webhook.Trial(o.t.Context(), operator(n.firm), s.ID, "")
	if err != nil {
		o.t.Fatal(err)
	}
	hooks[n] = hook{s, d}
	n.marks = append(n.marks, string(s.ID), string(d), s.URL, s.Description)
}

func init() { maps.Copy(routes, hookRoutes) }

// hookRoutes are those of the room webhook.
var hookRoutes = map[string]route{
	"GET /v1/schemas/{name}":                            {theirs: only("/v1/schemas/toetspoging-gestart-1.json"), status: http.StatusOK},
	"GET /werk/webhooks":                                {theirs: only("/werk/webhooks"), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/webhooks" }},
	"GET /werk/webhooks/nieuw":                          {theirs: only("/werk/webhooks/nieuw"), status: http.StatusOK, door: "/werk/aanmelden"},
	"POST /werk/webhooks/nieuw":                         {theirs: only("/werk/webhooks/nieuw"), status: http.StatusBadRequest, door: "/werk/aanmelden"},
	"GET /werk/webhooks/{id}":                           hooked("/werk/webhooks/{id}").mine("/werk/webhooks/{id}"),
	"GET /werk/webhooks/{id}/afleveringen/{aflevering}": hooked("/werk/webhooks/{id}/afleveringen/{aflevering}").mine("/werk/webhooks/{id}/afleveringen/{aflevering}"),
	"GET /werk/webhooks/{id}/wijzigen":                  hooked("/werk/webhooks/{id}/wijzigen").mine("/werk/webhooks/{id}/wijzigen"),
	"POST /werk/webhooks/{id}/wijzigen":                 hooked("/werk/webhooks/{id}/wijzigen"),
	"POST /werk/webhooks/{id}/geheim":                   hooked("/werk/webhooks/{id}/geheim"),
	"POST /werk/webhooks/{id}/proef":                    hooked("/werk/webhooks/{id}/proef"),
	"POST /werk/webhooks/{id}/opnieuw":                  hooked("/werk/webhooks/{id}/opnieuw", "van", "2026-11-01", "tot", "2026-11-30"),
	"GET /v1/webhooks":                                  {theirs: only("/v1/webhooks"), status: http.StatusOK, strange: http.StatusUnauthorized, own: func(*tenant) string { return "/v1/webhooks" }},
	"POST /v1/webhooks":                                 {theirs: only("/v1/webhooks"), body: emptyHook, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
	"GET /v1/webhooks/{id}":                             hookedAPI("/v1/webhooks/{id}", nil).mine("/v1/webhooks/{id}"),
	"GET /v1/webhooks/{id}/afleveringen":                hookedAPI("/v1/webhooks/{id}/afleveringen", nil).mine("/v1/webhooks/{id}/afleveringen"),
	"GET /v1/webhooks/{id}/afleveringen/{aflevering}":   hookedAPI("/v1/webhooks/{id}/afleveringen/{aflevering}", nil).mine("/v1/webhooks/{id}/afleveringen/{aflevering}"),
	"POST /v1/webhooks/{id}/wijzigingen":                hookedAPI("/v1/webhooks/{id}/wijzigingen", emptyHook),
	"POST /v1/webhooks/{id}/geheimen":                   hookedAPI("/v1/webhooks/{id}/geheimen", noBody),
	"POST /v1/webhooks/{id}/proefberichten":             hookedAPI("/v1/webhooks/{id}/proefberichten", noBody),
	"POST /v1/webhooks/{id}/herhalingen": hookedAPI("/v1/webhooks/{id}/herhalingen", func(*tenant) string {
		return `{"from":"2026-11-01T00:00:00Z","before":"2026-12-01T00:00:00Z"}`
	}),
}

// ofHook fills the ids of a firm's webhook in a pattern.
func (n *tenant) ofHook(pattern string) string {
	return strings.NewReplacer("{id}", string(hooks[n].ID), "{aflevering}", string(hooks[n].sent)).Replace(pattern)
}

func hooked(pattern string, form ...string) route {
	return route{
		form: form, status: http.StatusNotFound, door: "/werk/aanmelden",
		theirs: func(n *tenant) []string { return []string{n.ofHook(pattern)} },
	}
}

func hookedAPI(pattern string, body func(*tenant) string) route {
	r := hooked(pattern)
	r.door, r.strange, r.body = "", http.StatusUnauthorized, body
	return r
}

func (r route) mine(pattern string) route {
	r.own = func(n *tenant) string { return n.ofHook(pattern) }
	return r
}

func emptyHook(*tenant) string { return `{"url":"","description":"","types":[],"active":true}` }

func noBody(*tenant) string { return "" }
