package rest

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"

	"zorgplicht/internal/fault"
)

const problemType = "application/problem+json"

// A Problem says what went wrong (RFC 9457), in Dutch for people and in codes for
// programs.
type Problem struct {
	Type     string   `json:"type" format:"uri" doc:"Soort probleem, vast per code." example:"urn:zorgplicht:problem:bad-input"`
	Title    string   `json:"title" doc:"Wat er aan de hand is, in een paar woorden." example:"De aanvraag klopt niet"`
	Status   int      `json:"status" doc:"HTTP-statuscode." example:"400"`
	Detail   string   `json:"detail" doc:"Wat er aan de hand is en wat u kunt doen." example:"Verbeter wat bij errors staat en stuur de aanvraag opnieuw."`
	Code     string   `json:"code" doc:"Vaste code, voor programma's." example:"bad-input"`
	Instance string   `json:"instance,omitempty" format:"uri" doc:"Nummer van deze aanvraag, om te noemen als u hulp vraagt." example:"urn:zorgplicht:request:3f2a-91c4-07de"`
	Errors   []Detail `json:"errors,omitempty" doc:"Alle fouten in de aanvraag, in één keer."`

	headers http.Header
}

// A Detail is one fault of a request. It never holds the rejected value.
type Detail struct {
	Code    string `json:"code" doc:"Vaste code, voor programma's." example:"missing"`
	In      string `json:"in" enum:"body,query,path,header" doc:"In welk deel van de aanvraag."`
	Pointer string `json:"pointer" doc:"Waar in dat deel: een JSON pointer, leeg voor het geheel." example:"/clientReference"`
	Detail  string `json:"detail" doc:"Wat er niet klopt en wat u kunt doen."`
}

// Error returns code and status.
func (p *Problem) Error() string { return p.Code + " (" + strconv.Itoa(p.Status) + ")" }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders returns the headers that go with the problem.
func (p *Problem) GetHeaders() http.Header { return p.headers }

// ContentType makes JSON a problem document.
func (p *Problem) ContentType(string) string { return problemType }

// words are title and text of a status, for reasons without a text of their own.
var words = map[int]struct{ title, detail string }{
	400: {"De aanvraag klopt niet", "Verbeter wat bij errors staat en stuur de aanvraag opnieuw."},
	401: {"Geen geldig token", "Stuur een geldig token mee als Authorization: Bearer."},
	403: {"Geen recht hierop", "Het token heeft dit recht niet. Vraag de beheerder om een token met dit recht."},
	404: {"Niet gevonden", "Hier is niets, of niets dat bij uw onderneming hoort."},
	405: {"Deze methode kan hier niet", "Gebruik een van de methoden die in de header Allow staan."},
	408: {"De aanvraag kwam te langzaam binnen", "Stuur de aanvraag opnieuw."},
	409: {"Dit kan niet samen met wat er al is", "Vraag op hoe het er nu voor staat en pas de aanvraag daarop aan."},
	410: {"Niet meer beschikbaar", "De tijd waarin dit kon, is voorbij."},
	413: {"De aanvraag is te groot", "Stuur een kleinere body."},
	415: {"Dit soort body kan hier niet", "Stuur de body als application/json in UTF-8."},
	429: {"Te veel aanvragen", "Wacht zo lang als de header Retry-After zegt en probeer het dan opnieuw."},
	500: {"Er ging iets mis bij ons", "Probeer het later opnieuw. Blijft het misgaan, noem dan het nummer bij instance."},
	503: {"Even niet bereikbaar", "Er is niets bewaard. Wacht zo lang als de header Retry-After zegt en stuur de aanvraag dan opnieuw, met dezelfde Idempotency-Key."},
}

// own are the texts of reasons that arise here or in the guard before us.
var own = map[string]string{
	"cross-origin": "Een browser stuurde dit vanaf een andere website. Roep de API aan vanuit een programma, met een token.",
	"no-such-path": "Dit pad is er niet. De paden staan in /v1/openapi.json.",

	"text-not-storable": "In een van de teksten staat een teken dat niet te bewaren is, zoals het nulteken (\\u0000). Haal het weg en stuur de aanvraag opnieuw.",

	"idempotency-key-reused": "Deze Idempotency-Key hoort al bij een andere aanvraag. Gebruik voor elke nieuwe aanvraag een nieuwe.",
}

var statuses = map[fault.Kind]int{
	fault.NotFound:    http.StatusNotFound,
	fault.Invalid:     http.StatusBadRequest,
	fault.Conflict:    http.StatusConflict,
	fault.Denied:      http.StatusForbidden,
	fault.Gone:        http.StatusGone,
	fault.Unavailable: http.StatusServiceUnavailable,
}

// Reasons that have a status of their own, whatever their kind.
var reasonStatus = map[string]int{
	"unauthorized":       http.StatusUnauthorized,
	"method-not-allowed": http.StatusMethodNotAllowed,
	"body-slow":          http.StatusRequestTimeout,
	"too-large":          http.StatusRequestEntityTooLarge,
	"media-type":         http.StatusUnsupportedMediaType,
	"too-many-requests":  http.StatusTooManyRequests,
}

// retryAfter is how many seconds a program should wait when the store is away.
const retryAfter = "10"

// problem turns an error into what the caller may know of it; the rest of an
// internal error goes to the log.
func (a *API) problem(r *http.Request, err error) *Problem {
	return a.finish(r, problemOf(err), err)
}

// problemIn is problem with the words of the room that answers.
func (a *API) problemIn(room map[string]string, r *http.Request, err error) *Problem {
	p := a.problem(r, err)
	p.Detail = cmp.Or(room[p.Code], p.Detail)
	return p
}

// finish adds what only the API knows: its own texts and the request's number.
func (a *API) finish(r *http.Request, p *Problem, err error) *Problem {
	if text := cmp.Or(a.reasons[p.Code], own[p.Code]); text != "" {
		p.Detail = text
	}
	if id := a.options.Request(r); id != "" {
		p.Instance = "urn:zorgplicht:request:" + id
	}
	if p.Status >= 500 {
		a.options.Log.ErrorContext(r.Context(), "api request failed", "request", a.options.Request(r), "status", p.Status, "error", err)
	}
	return p
}

func problemOf(err error) *Problem {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		err = fault.New(fault.Invalid, "too-large", "")
	}
	f := fault.As(err)
	if f == nil {
		return problemFor(http.StatusInternalServerError, "internal")
	}
	status, ok := reasonStatus[f.Reason]
	if !ok {
		status, ok = statuses[f.Kind]
	}
	if !ok {
		return problemFor(http.StatusInternalServerError, "internal")
	}
	p := problemFor(status, f.Reason)
	if w := (*found)(nil); errors.As(f.Cause, &w) {
		p.add(Detail(*w))
	}
	for _, d := range f.Details {
		p.add(Detail{Code: d.Reason, In: "body", Pointer: d.Pointer, Detail: d.Text})
	}
	return p
}

func problemFor(status int, code string) *Problem {
	w, ok := words[status]
	if !ok {
		w = words[http.StatusInternalServerError]
	}
	p := &Problem{
		Type: "urn:zorgplicht:problem:" + code, Title: w.title, Status: status, Detail: w.detail, Code: code,
		headers: http.Header{},
	}
	switch status {
	case http.StatusUnauthorized:
		p.headers.Set("WWW-Authenticate", `Bearer realm="zorgplicht"`)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		p.headers.Set("Retry-After", retryAfter)
	}
	return p
}

// add notes a fault once.
func (p *Problem) add(d Detail) {
	for _, known := range p.Errors {
		if known == d {
			return
		}
	}
	p.Errors = append(p.Errors, d)
}
