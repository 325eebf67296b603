// Package staff knows who works in the house for a firm, what each may do, and
// which programs of the firm may speak to the API.
//
// A password is kept as an argon2id hash and nothing else. Signing in by guessing
// is limited per account and per address; the count lies in the database, so all
// nodes share it. What each role may do stands in one table (rights.go). Who
// signed in, who was refused and who was let in are facts in the journal; those
// name an account by id, never by name or e-mail address.
//
// The room carries article 4:15, second paragraph, Wft (beheerste en integere
// bedrijfsuitoefening) as far as access goes; that article names no numbers, so
// the limits here are our own and stand beside their reason.
package staff

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// An Account is one member of staff at one firm.
type Account struct {
	ID       string // UUIDv7
	Firm     ident.Firm
	Email    string // as FoldEmail leaves it; one account in the installation bears it
	Name     string
	Roles    []Role    // at least one, in the order of Roles
	Until    time.Time // first moment at which the account may do nothing any more; zero where it has no end
	Password string    // PHC string; empty in what a Session holds
	Blocked  time.Time // since when nobody may sign in with it; zero where somebody may

	// MustChange says that somebody else set the password: who signs in with it
	// chooses one of their own before anything else.
	MustChange bool

	// Epoch counts how often all sessions of the account were ended. A session of
	// another epoch holds no more.
	Epoch int

	// Unlinked asks SaveAccount's caller to take away every other way in; it is never
	// kept.
	Unlinked bool
}

// Ended reports whether the account's time is over.
func (a Account) Ended(now time.Time) bool { return !a.Until.IsZero() && !now.Before(a.Until) }

// Closed reports whether nobody may do anything with the account: it ended or is
// blocked.
func (a Account) Closed(now time.Time) bool { return a.Ended(now) || !a.Blocked.IsZero() }

// May reports whether one of the account's roles has the right to do this.
func (a Account) May(do Action) bool {
	for _, r := range a.Roles {
		if Right(r, do) {
			return true
		}
	}
	return false
}

// A Session is somebody who is signed in: what the account was when the request
// came in, so that a right taken away is gone at the next request.
type Session struct {
	Account  Account
	FirmName string // as pages show it
	Seat     string // id of this session among those of the account, for its list
	Means    Means  // how they came in
}

// May reports whether the one who is signed in has the right to do this.
func (s Session) May(do Action) bool { return s.Account.May(do) }

// Actor is who asks, as services and the journal take it.
func (s Session) Actor() ident.Actor {
	return ident.Actor{Firm: s.Account.Firm, Kind: ident.Staff, ID: s.Account.ID}
}

// FoldEmail brings an e-mail address to the one form in which it is kept and
// sought: trimmed, composed (NFC), lower case.
func FoldEmail(s string) string { return strings.ToLower(norm.NFC.String(strings.TrimSpace(s))) }

// The bounds of what staff give, in characters; of a password also in bytes,
// because each byte is hashed.
const (
	MinPassword      = 12
	MaxPasswordBytes = 1024
	maxEmail         = 254
	maxName          = 120
)

// noBSN is said of a name or address in which a citizen service number seems to stand.
const noBSN = "Hier staat wat op een burgerservicenummer lijkt. Dat mag niet worden bewaard: haal het weg."

// CheckAccount returns all that is wrong with the particulars of a new account as
// one fault.Invalid, or nil. A supervisor is a guest and must have an end.
func CheckAccount(a Account, now time.Time) error {
	var bad []fault.Detail
	wrong := func(pointer, reason, says string) {
		bad = append(bad, fault.Detail{Pointer: pointer, Reason: reason, Text: says})
	}
	if !emailLike(a.Email) {
		wrong("/email", "email-invalid", "Geef een e-mailadres zoals naam@voorbeeld.nl.")
	}
	if text.HoldsBSN(a.Email) {
		wrong("/email", "bsn", noBSN)
	}
	if text.HoldsBSN(a.Name) {
		wrong("/name", "bsn", noBSN)
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(a.Name)); n == 0 || n > maxName {
		wrong("/name", "name-length", "Geef een naam van 1 tot 120 tekens.")
	}
	if f := fault.As(checkRoles(a)); f != nil {
		bad = append(bad, f.Details...)
	}
	if a.Ended(now) {
		wrong("/until", "end-past", "De einddatum is al voorbij.")
	}
	return fault.All("account-invalid", bad)
}

// checkRoles is the part of CheckAccount that is about roles.
func checkRoles(a Account) error {
	var bad []fault.Detail
	wrong := func(pointer, reason, says string) {
		bad = append(bad, fault.Detail{Pointer: pointer, Reason: reason, Text: says})
	}
	if len(a.Roles) == 0 {
		wrong("/roles", "role-missing", "Geef ten minste één rol.")
	}
	guest := false
	for _, r := range a.Roles {
		guest = guest || r == Supervisor || r == Inspector
		if !r.known() {
			wrong("/roles", "role-unknown", "Deze rol bestaat niet. Kies uit handler, compliance, operator, supervisor, author, reviewer, publisher en inspector.")
		}
	}
	if guest && a.Until.IsZero() {
		wrong("/until", "end-missing", "Een toezichthouder of inspecteur is te gast: geef een einddatum.")
	}
	return fault.All("account-invalid", bad)
}

// CheckPassword returns all that is wrong with a password that somebody chose, as
// one fault.Invalid, or nil. Length is what counts; which characters is free.
func CheckPassword(password string, a Account) error {
	var bad []fault.Detail
	wrong := func(reason, text string) {
		bad = append(bad, fault.Detail{Pointer: "/password", Reason: reason, Text: text})
	}
	p := foldPassword(password)
	if utf8.RuneCountInString(p) < MinPassword {
		wrong("password-short", "Kies een wachtwoord van ten minste 12 tekens.")
	}
	if len(p) > MaxPasswordBytes {
		wrong("password-long", "Kies een korter wachtwoord.")
	}
	if guessable(p, a) {
		wrong("password-guessable", "Dit wachtwoord is te raden. Kies een ander.")
	}
	return fault.All("password-invalid", bad)
}

// guessable finds what a guesser tries first: the account's own words and one key
// held down.
func guessable(p string, a Account) bool {
	if p == "" {
		return false
	}
	local, _, _ := strings.Cut(a.Email, "@")
	first, _ := utf8.DecodeRuneInString(p)
	return FoldEmail(p) == a.Email || strings.EqualFold(p, a.Name) || strings.EqualFold(p, local) ||
		strings.Count(p, string(first)) == utf8.RuneCountInString(p)
}

// foldPassword makes one string of the ways in which keyboards write one letter.
func foldPassword(p string) string { return norm.NFC.String(p) }

func emailLike(s string) bool {
	at := strings.LastIndexByte(s, '@')
	return at > 0 && at < len(s)-1 && len(s) <= maxEmail && utf8.ValidString(s) &&
		!strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '<' || r == '>' || r == ',' })
}
