package rest

import (
	"context"
	"io"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"zorgplicht/internal/fault"
)

// A File is embedded in the input of an operation that takes a file as its body. It
// is read as a stream, so it may be larger than memory; how large says the site
// (Receive).
type File struct {
	Command
	Stream io.Reader `json:"-"`
}

// Resolve hands over the body. Who may send it is known by now, and a large file
// over a slow line takes its time.
func (f *File) Resolve(ctx huma.Context) []error {
	r, w := humago.Unwrap(ctx)
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // a server without deadlines has none to lift
	f.Stream = r.Body
	return strangers(ctx)
}

func (*File) file() {}

// Upload adds an operation that takes a file of one of these media types.
func Upload[I, O any](a *API, op Op, types []string, handle func(context.Context, Caller, *I) (*O, error)) {
	if _, ok := any(new(I)).(interface{ file() }); !ok {
		panic("rest: " + op.ID + " takes a file, and does not embed File")
	}
	if _, ok := a.options.Scopes[op.Scope]; !ok {
		panic("rest: " + op.ID + " asks for a scope that is not listed")
	}
	content := map[string]*huma.MediaType{}
	for _, t := range types {
		content[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	errs := append([]int{400, 401, 403, 409, 413, 415, 429, 500, 503}, op.Errors...)
	huma.Register(a.huma, huma.Operation{
		OperationID: op.ID, Method: http.MethodPost, Path: op.Path, Summary: op.Summary, Description: op.About,
		Tags: []string{op.Tag}, DefaultStatus: op.Status, Errors: errs,
		Security:    []map[string][]string{{"bearer": {op.Scope}}},
		Middlewares: huma.Middlewares{a.admit(op.Scope), a.ofType(types)},
		RequestBody: &huma.RequestBody{Required: true, Content: content},
	}, func(ctx context.Context, in *I) (*O, error) {
		at := ctx.Value(callerKey{}).(asked)
		out, err := handle(ctx, at.caller, in)
		if err != nil {
			return nil, a.problem(at.request, err)
		}
		return out, nil
	})
}

// ofType refuses a body of another media type.
func (a *API) ofType(types []string) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, w := humago.Unwrap(ctx)
		kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil || !slices.Contains(types, kind) {
			a.Refuse(w, r, fault.New(fault.Invalid, "media-type", ""))
			return
		}
		next(ctx)
	}
}
