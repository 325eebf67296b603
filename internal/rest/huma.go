package rest

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// hook turns huma's settings, which are variables of the whole program, into
// ours: problems in our form, messages as "code|Dutch text", lists that are never
// null.
var hook = sync.OnceFunc(func() {
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return humaError(status, message, errs...)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		err := humaError(status, message, errs...)
		if at, ok := ctx.Context().Value(callerKey{}).(asked); ok {
			return at.api.finish(at.request, err, errors.Join(errs...))
		}
		return err
	}
	huma.DefaultArrayNullable = false
	for message, ours := range map[*string]string{
		&validation.MsgExpectedRFC3339DateTime:        "wrong-form|Geef een tijdstip met tijdzone, zoals 2026-11-21T14:05:00Z.",
		&validation.MsgExpectedRFC3339Date:            "wrong-form|Geef een datum zoals 2026-11-21.",
		&validation.MsgExpectedRFC4122UUID:            "wrong-form|Geef een UUID.%.0v",
		&validation.MsgExpectedBoolean:                "wrong-type|Geef true of false.",
		&validation.MsgExpectedNumber:                 "wrong-type|Geef een getal.",
		&validation.MsgExpectedInteger:                "wrong-type|Geef een geheel getal.",
		&validation.MsgExpectedString:                 "wrong-type|Geef een tekst.",
		&validation.MsgExpectedOneOf:                  "unknown-value|Kies een van deze waarden: %s.",
		&validation.MsgExpectedMinimumNumber:          "out-of-range|Geef een getal van ten minste %v.",
		&validation.MsgExpectedMaximumNumber:          "out-of-range|Geef een getal van hoogstens %v.",
		&validation.MsgExpectedMinLength:              "too-short|Geef ten minste %d tekens.",
		&validation.MsgExpectedMaxLength:              "too-long|Geef hoogstens %d tekens.",
		&validation.MsgExpectedBePattern:              "wrong-form|Geef een waarde in deze vorm: %s.",
		&validation.MsgExpectedMatchPattern:           "wrong-form|Geef een waarde in deze vorm: %s.",
		&validation.MsgExpectedRequiredProperty:       "missing|Geef %s op: het is verplicht.",
		&validation.MsgUnexpectedProperty:             "unknown-field|Haal dit weg: het is hier niet bekend.",
		&validation.MsgExpectedArray:                  "wrong-type|Geef een lijst.",
		&validation.MsgExpectedObject:                 "wrong-type|Geef een object.",
		&validation.MsgExpectedMinItems:               "too-short|Geef er ten minste %d.",
		&validation.MsgExpectedMaxItems:               "too-long|Geef er hoogstens %d.",
		&validation.MsgExpectedArrayItemsUnique:       "duplicate|Geef elke waarde één keer.",
		&validation.MsgExpectedExclusiveMinimumNumber: "out-of-range|Geef een getal groter dan %v.",
		&validation.MsgExpectedExclusiveMaximumNumber: "out-of-range|Geef een getal kleiner dan %v.",
	} {
		*message = ours
	}
})

// Messages that huma writes out in its code, by how they begin.
var fixed = []struct{ begin, code, text string }{
	{"required ", "missing", "Geef dit op: het is verplicht."},
	{"invalid integer", "wrong-type", "Geef een geheel getal."},
	{"invalid boolean", "wrong-type", "Geef true of false."},
	{"invalid date/time", "wrong-form", "Geef een tijdstip met tijdzone, zoals 2026-11-21T14:05:00Z."},
	{"request body is required", "missing", "Stuur een body mee: die is verplicht."},
}

// humaError is what huma calls for each error of its own. Of what it was told it
// keeps places and codes, never values.
func humaError(status int, message string, errs ...error) *Problem {
	switch {
	case status == 0:
		return &Problem{} // huma looks at the type
	case message == "cannot read request body":
		return problemOf(errors.Join(errs...)).orElse(http.StatusBadRequest, "body-unreadable")
	case status == http.StatusRequestEntityTooLarge:
		return problemFor(status, "too-large")
	case status == http.StatusRequestTimeout:
		return problemFor(status, "body-slow")
	case status == http.StatusUnprocessableEntity, status == http.StatusBadRequest:
		p := problemFor(http.StatusBadRequest, "bad-input")
		for _, err := range errs {
			p.add(detailOf(err))
		}
		if len(errs) == 0 {
			code, text := translate(message)
			p.add(Detail{Code: code, In: "body", Detail: text})
		}
		return p
	}
	return problemFor(status, strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "-"))
}

// orElse replaces an internal problem by one with this status: the fault is the
// sender's.
func (p *Problem) orElse(status int, code string) *Problem {
	if p.Status == http.StatusInternalServerError {
		return problemFor(status, code)
	}
	return p
}

// A found is a fault of the request that our own readers found.
type found Detail

func (f *found) Error() string { return f.In + " " + f.Pointer + ": " + f.Code }

func detailOf(err error) Detail {
	if f := (*found)(nil); errors.As(err, &f) {
		return Detail(*f)
	}
	e := (*huma.ErrorDetail)(nil)
	if !errors.As(err, &e) {
		return Detail{Code: "invalid-value", In: "body", Detail: "Deze waarde kan hier niet."}
	}
	code, text := translate(e.Message)
	in, rest, _ := strings.Cut(e.Location, ".")
	d := Detail{Code: code, In: in, Detail: text}
	if rest != "" {
		d.Pointer = pointer(rest)
	}
	return d
}

// pointer is the JSON pointer to a name.
func pointer(name string) string {
	return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

func translate(message string) (code, text string) {
	if code, text, ok := strings.Cut(message, "|"); ok {
		return code, text
	}
	for _, f := range fixed {
		if strings.HasPrefix(message, f.begin) {
			return f.code, f.text
		}
	}
	return "invalid-value", "Deze waarde kan hier niet."
}

// describe gives each operation in the OpenAPI document what the Design Rules
// ask: 400 instead of 422, and API-Version on every success.
func describe(_ *huma.OpenAPI, op *huma.Operation) {
	if unprocessable := op.Responses["422"]; unprocessable != nil {
		delete(op.Responses, "422")
		op.Responses["400"] = unprocessable
	}
	for code, r := range op.Responses {
		var status int
		if _, err := fmt.Sscanf(code, "%d", &status); err == nil {
			r.Description = describedAs[status]
		}
		if strings.HasPrefix(code, "2") || strings.HasPrefix(code, "3") {
			if r.Headers == nil {
				r.Headers = map[string]*huma.Param{}
			}
			r.Headers["API-Version"] = &huma.Param{
				Description: "Volledige versie van de API.", Schema: &huma.Schema{Type: huma.TypeString, Examples: []any{"1.0.0"}},
			}
		}
	}
}

var describedAs = func() map[int]string {
	out := map[int]string{200: "Gelukt", 201: "Gemaakt", 204: "Gelukt, zonder inhoud"}
	for status, w := range words {
		out[status] = w.title
	}
	return out
}()
