// Package webhook tells the firm's own systems what happened: a test was started,
// judged, a choice made, a gate ticket given, a test put to use.
//
// A firm subscribes an address to some types of event. Each event follows a fact
// of the journal and is kept in the same transaction, so what was acknowledged is
// told: at least once, and in an order that its sequence shows. A message is a
// CloudEvent 1.0 in the Dutch government's profile, signed with the secret of the
// subscription in the manner of Standard Webhooks. It holds a reference, and
// nothing of a person.
//
// What does not arrive is tried again for three days, then given up; it can be
// sent again by hand for as long as the event is kept. No norm asks for any of
// this.
package webhook

import (
	"slices"
	"time"
	"unicode/utf8"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// An ID is the id (UUIDv7) of a subscription.
type ID string

// A Subscription (abonnement) is an address of the firm that wants to be told.
type Subscription struct {
	ID          ID
	URL         string
	Description string
	Types       []Type
	Active      bool
	Version     int       // of the secret, from 1
	Overlap     time.Time // until when the secret before this one signs too; zero for never
	Made        time.Time
	Failing     time.Time // since when nothing arrived; zero when the last message did
	Stopped     time.Time // when the house stopped sending by itself; zero when it did not
	Why         Stop      // it stopped
}

// A Stop is why the house stopped sending by itself.
type Stop string

// The reasons to stop.
const (
	Unreachable Stop = "unreachable" // nothing arrived for as long as messages are tried
	ToldGone    Stop = "gone"        // the receiver answered 410
)

// OverlapFor is how long the old secret signs beside the new one.
const OverlapFor = 24 * time.Hour

// wants reports whether the subscription is sent this type.
func (s Subscription) wants(t Type) bool { return s.Active && slices.Contains(s.Types, t) }

// Signs returns the versions of the secret that sign now, the newest first.
func (s Subscription) Signs(now time.Time) []int {
	if s.Version > 1 && now.Before(s.Overlap) {
		return []int{s.Version, s.Version - 1}
	}
	return []int{s.Version}
}

// The longest texts that are kept.
const (
	LongestURL         = 500
	LongestDescription = 120
)

// check returns all that is wrong with what somebody filled in. wrong says what is
// the matter with an address, "" when nothing is.
func (s Subscription) check(wrong func(url string) string) error {
	var faults []fault.Detail
	add := func(at, code, says string) {
		faults = append(faults, fault.Detail{Pointer: at, Reason: code, Text: says})
	}
	switch code := wrong(s.URL); {
	case s.URL == "":
		add("/url", "missing", "Geef het adres waar de berichten heen moeten.")
	case utf8.RuneCountInString(s.URL) > LongestURL:
		add("/url", "too-long", "Het adres is hooguit 500 tekens lang.")
	case text.HoldsBSN(s.URL):
		add("/url", "bsn", "In het adres lijkt een burgerservicenummer te staan. Dat mag hier niet worden vastgelegd.")
	case code != "":
		add("/url", code, addressTexts[code])
	}
	switch n := utf8.RuneCountInString(s.Description); {
	case n == 0:
		add("/description", "missing", "Geef een omschrijving, zoals de naam van het systeem dat de berichten krijgt.")
	case n > LongestDescription || !utf8.ValidString(s.Description):
		add("/description", "too-long", "De omschrijving is hooguit 120 tekens lang.")
	case text.HoldsBSN(s.Description):
		add("/description", "bsn", "In de omschrijving lijkt een burgerservicenummer te staan. Dat mag hier niet worden vastgelegd.")
	}
	if len(s.Types) == 0 {
		add("/types", "missing", "Kies ten minste één soort gebeurtenis.")
	}
	for _, t := range s.Types {
		if !slices.Contains(Types, t) {
			add("/types", "invalid-value", "Deze soort gebeurtenis bestaat niet.")
			break
		}
	}
	return fault.All("invalid-webhook", faults)
}

// addressTexts say what is wrong with an address and what to do.
var addressTexts = map[string]string{
	"invalid-url":         "Dit is geen adres. Geef een volledig adres, zoals https://systeem.example.nl/berichten.",
	"https-only":          "Het adres moet met https:// beginnen.",
	"url-with-password":   "Zet geen gebruikersnaam of wachtwoord in het adres. De handtekening laat zien dat een bericht van ons komt.",
	"url-with-fragment":   "Laat het deel achter het hekje (#) weg.",
	"address-not-allowed": "Dit adres ligt in een eigen of besloten netwerk. Daarheen sturen wij niets, tenzij de beheerder van de installatie dat netwerk toestaat.",
}

// A Secret returns version n of the secret of a subscription, the same each time.
type Secret func(firm ident.Firm, id ID, version int) []byte
