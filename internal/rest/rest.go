// Package rest is the door for programs: JSON under /v1 by the NL API Design
// Rules, with an OpenAPI document that comes from the Go types.
//
// A room mounts its operations with Read and Write. Bodies are read by canon,
// exactly and strictly; all that is wrong with a request comes back at once as
// application/problem+json with status 400, each fault with a stable code, a
// pointer and a Dutch text, never the rejected value. Paths are Dutch plural
// nouns in kebab-case, fields English in lowerCamelCase.
package rest

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// Prefix is where the API lies. The version in it is the major one.
const Prefix = "/v1"

// A Caller is a program that asks, with what it may do.
type Caller struct {
	Actor  ident.Actor
	Scopes []string
}

// Callers finds the program that bears a secret; fault.Denied when there is none.
type Callers func(ctx context.Context, secret string) (Caller, error)

// Contact is whom a programmer can write to about the API.
type Contact struct {
	Name  string
	Email string
	URL   string
}

// Options are what the hall gives an API. All are required but Contact, for which
// the maker of the installation answers.
type Options struct {
	Title   string
	About   string // what the API is for, Markdown
	Version string // semver; goes out as API-Version
	BaseURL string // of the installation, without Prefix
	Contact Contact
	Callers Callers
	Scopes  map[string]string // every scope with what it allows, in Dutch
	Log     *slog.Logger
	Request func(*http.Request) string // the number a user can quote
}

// An API answers all requests under Prefix.
type API struct {
	options Options
	huma    huma.API
	mux     *http.ServeMux
	reasons map[string]string
	room    map[string]string // what the last Explain added: that of the room that mounts now
	spec    func() ([]byte, error)
}

// New returns an API without operations. It serves its own description at
// /v1/openapi.json.
func New(o Options) *API {
	hook()
	a := &API{options: o, mux: http.NewServeMux(), reasons: map[string]string{}}
	c := huma.DefaultConfig(o.Title, o.Version)
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.CreateHooks = nil
	c.Info.Description = o.About
	c.Info.Contact = &huma.Contact{Name: o.Contact.Name, Email: o.Contact.Email, URL: o.Contact.URL}
	c.Info.License = &huma.License{Name: "EUPL-1.2", Identifier: "EUPL-1.2"}
	c.Servers = []*huma.Server{{URL: strings.TrimRight(o.BaseURL, "/") + Prefix}}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {
		Type: "http", Scheme: "bearer", Description: "Een token dat de beheerder uitgeeft, met rechten: " + list(o.Scopes),
	}}
	c.OnAddOperation = []huma.AddOpFunc{describe}
	ours := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: readBody}
	c.Formats = map[string]huma.Format{"application/json": ours, "json": ours} // "json" is what huma makes of +json
	a.huma = humago.NewWithPrefix(a.mux, Prefix, c)
	a.spec = sync.OnceValues(func() ([]byte, error) { return json.MarshalIndent(a.huma.OpenAPI(), "", "  ") })
	a.mux.HandleFunc("GET "+Prefix+"/openapi.json", a.serveSpec)
	return a
}

// Explain adds Dutch texts by reason of a fault: what is the matter and what the
// caller can do. A reason without one gets the general words of its kind. Rooms share
// reasons: the operations that are mounted next have these texts before those of others.
func (a *API) Explain(texts map[string]string) {
	a.room = texts
	for reason, text := range texts {
		a.reasons[reason] = text
	}
}

// Spec returns the OpenAPI document. After the first call it no longer changes.
func (a *API) Spec() ([]byte, error) { return a.spec() }

func (a *API) serveSpec(w http.ResponseWriter, r *http.Request) {
	b, err := a.Spec()
	if err != nil {
		a.Refuse(w, r, fmt.Errorf("write openapi.json: %w", err))
		return
	}
	// Anyone may read it from any page, as the Design Rules ask.
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(b) // the reader went away: nobody is left to tell
}

// ServeHTTP answers one request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("API-Version", a.options.Version)
	h, pattern := a.mux.Handler(r)
	if pattern != "" {
		a.mux.ServeHTTP(w, r)
		return
	}
	// The mux would answer in plain English; only its verdict is kept.
	p := &probe{header: http.Header{}, status: http.StatusOK}
	h.ServeHTTP(p, r)
	if p.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", p.header.Get("Allow"))
		a.Refuse(w, r, fault.New(fault.NotFound, "method-not-allowed", ""))
		return
	}
	a.Refuse(w, r, fault.New(fault.NotFound, "no-such-path", ""))
}

// Refuse writes the problem of an error that kept a request from its operation.
// The site calls it for what its guard refuses.
func (a *API) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	p := a.problem(r, err)
	h := w.Header()
	h.Set("API-Version", a.options.Version)
	for name, values := range p.GetHeaders() {
		h[name] = values
	}
	h.Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the reader went away: nobody is left to tell
}

// A probe hears what a handler would say.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) WriteHeader(status int)      { p.status = status }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
