package party

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// An Agreement (distributieovereenkomst) lets a distributor, who mediates in a
// product of a provider, let its clients walk through the provider's module. The
// provider offers it, the distributor accepts it, either ends it; both firms have
// the same row and the same facts, and see nothing else of one another.
type Agreement struct {
	ID          string // UUIDv7, the same at both firms
	Provider    ident.Firm
	Distributor ident.Firm
	Product     string        // as rule test_required knows it: "mortgage"
	From        calendar.Date // first day
	Until       calendar.Date // last day; zero while it has no end
	Offered     time.Time
	Accepted    time.Time // zero until the distributor accepted
	Reason      string    // why it ended, in the words of who ended it
}

// InForce reports whether starts are allowed under the agreement on this day: it
// was accepted, it has begun, and its last day is not over.
func (a Agreement) InForce(on calendar.Date) bool {
	return !a.Accepted.IsZero() && !on.Before(a.From) && (a.Until.IsZero() || !on.After(a.Until))
}

// Ended reports whether its last day is over.
func (a Agreement) Ended(on calendar.Date) bool { return !a.Until.IsZero() && on.After(a.Until) }

// A Standing says how far an agreement is.
type Standing string

// The standings.
const (
	Offered Standing = "offered"  // the distributor did not accept it yet
	ToBegin Standing = "to_begin" // accepted, its first day is to come
	InForce Standing = "in_force"
	Over    Standing = "ended"
)

// State is how far the agreement is on this day.
func (a Agreement) State(on calendar.Date) Standing {
	switch {
	case a.Ended(on):
		return Over
	case a.Accepted.IsZero():
		return Offered
	case on.Before(a.From):
		return ToBegin
	}
	return InForce
}

// Other is the firm at the other side, as this firm sees it.
func (a Agreement) Other(firm ident.Firm) ident.Firm {
	if firm == a.Provider {
		return a.Distributor
	}
	return a.Provider
}

// An Offer is what a provider offers a distributor.
type Offer struct {
	Distributor ident.Firm
	Product     string
	From        calendar.Date
	Until       calendar.Date // zero for no end
	Key         string        // idempotency key, "" for none
}

// An Ending gives an agreement its last day.
type Ending struct {
	Agreement string
	Last      calendar.Date
	Reason    string
	Key       string // idempotency key, "" for none
}

var productWord = regexp.MustCompile(`^[a-z][a-z_]{1,63}$`)

// Check returns all that is wrong with the offer of this provider as one Invalid
// fault, or nil.
func (o Offer) Check(provider ident.Firm) error {
	var bad []fault.Detail
	add := func(at, code, says string) {
		bad = append(bad, fault.Detail{Pointer: at, Reason: code, Text: says})
	}
	switch {
	case !ident.Valid(string(o.Distributor)):
		add("/distributor", "id-not-uuidv7", "Vul het kenmerk van de bemiddelaar in. De bemiddelaar vindt het op de eigen pagina Distributie.")
	case o.Distributor == provider:
		add("/distributor", "same-firm", "Dit is het kenmerk van uw eigen onderneming. Vul dat van de bemiddelaar in.")
	}
	if !productWord.MatchString(o.Product) {
		add("/product", "invalid-value", "Noem het product met zijn code, zoals individual_disability_insurance.")
	}
	if o.From.IsZero() {
		add("/from", "missing", "Geef de eerste dag van de overeenkomst.")
	}
	if !o.Until.IsZero() && o.Until.Before(o.From) {
		add("/until", "before-start", "De laatste dag ligt voor de eerste. Geef een latere dag, of laat dit leeg.")
	}
	return fault.All("agreement-invalid", bad)
}

// checkEnd returns all that is wrong with ending the agreement so.
func (a Agreement) checkEnd(last, today calendar.Date, reason string) error {
	var bad []fault.Detail
	if last.IsZero() || last.Before(today) && !a.Accepted.IsZero() {
		bad = append(bad, fault.Detail{Pointer: "/until", Reason: "in-the-past", Text: "Geef als laatste dag vandaag of later: wat al is begonnen, is niet terug te draaien."})
	}
	switch n := utf8.RuneCountInString(strings.TrimSpace(reason)); {
	case n == 0 || n > 500:
		bad = append(bad, fault.Detail{Pointer: "/reason", Reason: "reason-missing", Text: "Schrijf in hooguit 500 tekens op waarom de overeenkomst eindigt."})
	case text.HoldsBSN(reason):
		bad = append(bad, fault.Detail{Pointer: "/reason", Reason: "bsn", Text: "Hier lijkt een burgerservicenummer in te staan. Dat mag hier niet worden vastgelegd; haal het weg."})
	}
	return fault.All("agreement-invalid", bad)
}
