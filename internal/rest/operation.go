package rest

import (
	"context"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"zorgplicht/internal/fault"
)

// An Op names an operation. Path is without Prefix.
type Op struct {
	ID      string // "list-toetspogingen"
	Path    string // "/toetspogingen/{id}"
	Summary string
	About   string // Markdown; may be empty
	Tag     string
	Scope   string // what the caller must be allowed
	Status  int    // of success; 200 when zero
	Errors  []int  // statuses beside 400, 401, 403, 429, 500 and 503
}

// Query is embedded by the input of every Read.
type Query struct{}

// Resolve refuses parameters that the operation does not know.
func (*Query) Resolve(ctx huma.Context) []error { return strangers(ctx) }

// Command is embedded by the input of every Write.
type Command struct {
	Key string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"128" pattern:"^[!-~]+$" patternDescription:"letters, cijfers en leestekens, zonder spaties" doc:"Kies zelf een unieke sleutel per opdracht, zoals een UUID. Een herhaling met dezelfde sleutel en dezelfde body geeft 24 uur lang hetzelfde antwoord; met een andere body is het een 409."`
}

// Resolve refuses parameters that the operation does not know.
func (*Command) Resolve(ctx huma.Context) []error { return strangers(ctx) }

func (*Command) command() {}

// strangers names the query parameters that the operation does not know. huma has
// a setting for it, which hides all other faults.
func strangers(ctx huma.Context) (errs []error) {
	u := ctx.URL()
	for _, name := range slices.Sorted(maps.Keys(u.Query())) {
		known := slices.ContainsFunc(ctx.Operation().Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name })
		if !known {
			errs = append(errs, &found{Code: "unknown-parameter", In: "query", Pointer: pointer(name), Detail: "Er is een parameter die hier niet bekend is. Haal hem weg of verbeter de naam."})
		}
	}
	return errs
}

// Read mounts an operation that changes nothing.
func Read[I, O any](a *API, op Op, handle func(context.Context, Caller, *I) (*O, error)) {
	if _, ok := any(new(I)).(interface{ command() }); ok {
		panic("rest: " + op.ID + " reads, and embeds Command")
	}
	register(a, http.MethodGet, op, handle)
}

// Write mounts an operation that changes something: a POST whose input embeds
// Command.
func Write[I, O any](a *API, op Op, handle func(context.Context, Caller, *I) (*O, error)) {
	if _, ok := any(new(I)).(interface{ command() }); !ok {
		panic("rest: " + op.ID + " writes, and does not embed Command")
	}
	register(a, http.MethodPost, op, handle)
}

// Ask mounts an operation that changes nothing, and whose question is too large or
// too private for an address: a POST whose input embeds Query. It needs no key, as
// to ask twice is no harm.
func Ask[I, O any](a *API, op Op, handle func(context.Context, Caller, *I) (*O, error)) {
	if _, ok := any(new(I)).(interface{ command() }); ok {
		panic("rest: " + op.ID + " asks, and embeds Command")
	}
	if op.Status == 0 {
		op.Status = http.StatusOK
	}
	register(a, http.MethodPost, op, handle)
}

type callerKey struct{}

func register[I, O any](a *API, method string, op Op, handle func(context.Context, Caller, *I) (*O, error)) {
	room := a.room
	huma.Register(a.huma, a.operation(method, op, new(I)), func(ctx context.Context, in *I) (*O, error) {
		at := ctx.Value(callerKey{}).(asked)
		out, err := handle(ctx, at.caller, in)
		if err != nil {
			return nil, a.problemIn(room, at.request, err)
		}
		return out, nil
	})
}

// operation is the part that does not depend on types, compiled once.
func (a *API) operation(method string, op Op, input any) huma.Operation {
	if _, ok := input.(huma.Resolver); !ok {
		panic("rest: the input of " + op.ID + " embeds neither Query nor Command")
	}
	if _, ok := a.options.Scopes[op.Scope]; !ok {
		panic("rest: " + op.ID + " asks for a scope that is not listed")
	}
	errs := append([]int{400, 401, 403, 429, 500, 503}, op.Errors...)
	if method == http.MethodPost {
		errs = append(errs, 409, 413, 415)
	}
	return huma.Operation{
		OperationID: op.ID, Method: method, Path: op.Path, Summary: op.Summary, Description: op.About,
		Tags: []string{op.Tag}, DefaultStatus: op.Status, Errors: errs,
		Security:         []map[string][]string{{"bearer": {op.Scope}}},
		Middlewares:      huma.Middlewares{a.admit(op.Scope), a.readable},
		SkipValidateBody: true, // canon does, exactly
	}
}

type asked struct {
	api     *API
	caller  Caller
	request *http.Request
}

// admit lets through a caller whose token holds and has the scope.
func (a *API) admit(scope string) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, w := humago.Unwrap(ctx)
		scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "bearer") || secret == "" {
			a.Refuse(w, r, fault.New(fault.Denied, "unauthorized", ""))
			return
		}
		caller, err := a.options.Callers(r.Context(), secret)
		switch {
		case fault.Is(err, fault.Denied):
			a.Refuse(w, r, fault.New(fault.Denied, "unauthorized", ""))
		case err != nil:
			a.Refuse(w, r, err)
		case !slices.Contains(caller.Scopes, scope):
			a.Refuse(w, r, fault.New(fault.Denied, "scope-missing", scope))
		default:
			next(huma.WithValue(ctx, callerKey{}, asked{a, caller, r}))
		}
	}
}

// readable refuses a body that is no JSON before it is read.
func (a *API) readable(ctx huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(ctx)
	if ct := r.Header.Get("Content-Type"); ct != "" && ctx.Operation().RequestBody != nil {
		kind, parameters, err := mime.ParseMediaType(ct)
		charset := parameters["charset"]
		if err != nil || kind != "application/json" || charset != "" && !strings.EqualFold(charset, "utf-8") {
			a.Refuse(w, r, fault.New(fault.Invalid, "media-type", ""))
			return
		}
	}
	next(ctx)
}

func list(scopes map[string]string) string {
	var parts []string
	for name, what := range scopes {
		parts = append(parts, name+" ("+what+")")
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ") + "."
}
