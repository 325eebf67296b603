package staff

import (
	"encoding/base64"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A Scope is what a program may do through the API.
type Scope string

// The scopes, named as the API's paths are.
const (
	ReadAttempts  Scope = "toetspogingen:lezen"
	WriteAttempts Scope = "toetspogingen:schrijven"
	AskRulesScope Scope = "regels:vragen"
	ReadSettings  Scope = "instellingen:lezen"
	WriteSettings Scope = "instellingen:schrijven"

	ReadDistribution  Scope = "distributie:lezen"
	WriteDistribution Scope = "distributie:schrijven"

	ReadBank  Scope = "vragen:lezen"
	WriteBank Scope = "vragen:schrijven"

	ReadDesigns  Scope = "toetsen:lezen"
	WriteDesigns Scope = "toetsen:schrijven"

	ReadSets    Scope = "regelsets:lezen"
	KeepSets    Scope = "regelsets:schrijven"
	DecideBySet Scope = "regelsets:beslissen"
	ReadRuns    Scope = "doorlichten:lezen"
	MakeRun     Scope = "doorlichten:schrijven"

	ReadWebhooks  Scope = "webhooks:lezen"
	WriteWebhooks Scope = "webhooks:schrijven"

	ReadIncidents  Scope = "incidenten:lezen"
	WriteIncidents Scope = "incidenten:schrijven"

	ReadRetention  Scope = "bewaren:lezen"
	WriteRetention Scope = "bewaren:schrijven"

	ReadInspectionsScope Scope = "inzagen:lezen" // which were opened, and what was read

	ReadCredit       Scope = "krediet:lezen"
	WriteCreditScope Scope = "krediet:schrijven"

	ReadComplaints  Scope = "klachten:lezen"
	WriteComplaints Scope = "klachten:schrijven"

	ReadApplications  Scope = "kredietaanvragen:lezen"
	WriteApplications Scope = "kredietaanvragen:schrijven"

	ReadCommission  Scope = "provisie:lezen"
	WriteCommission Scope = "provisie:schrijven"

	ReadAdvice  Scope = "advies:lezen"
	WriteAdvice Scope = "advies:schrijven"

	ReadReliability  Scope = "betrouwbaarheid:lezen"
	WriteReliability Scope = "betrouwbaarheid:schrijven"

	ReadDisputes  Scope = "geschillen:lezen"
	WriteDisputes Scope = "geschillen:schrijven"

	ReadCauses  Scope = "oorzaken:lezen"
	WriteCauses Scope = "oorzaken:schrijven"

	ReadCases  Scope = "zaken:lezen"     // of any kind, for which the token has the scope of that kind too
	WriteCases Scope = "zaken:schrijven" // several at once, likewise

	ReadPost  Scope = "post:lezen"
	WritePost Scope = "post:schrijven"
)

// Scopes are all scopes.
var Scopes = []Scope{ReadAttempts, WriteAttempts, AskRulesScope, ReadSettings, WriteSettings, ReadDistribution, WriteDistribution, ReadWebhooks, WriteWebhooks, ReadBank, WriteBank, ReadDesigns, WriteDesigns, ReadSets, KeepSets, DecideBySet, ReadRuns, MakeRun, ReadCredit, WriteCreditScope, ReadApplications, WriteApplications, ReadCommission, WriteCommission, ReadAdvice, WriteAdvice, ReadIncidents, WriteIncidents, ReadComplaints, WriteComplaints, ReadRetention, WriteRetention, ReadDisputes, WriteDisputes, ReadReliability, WriteReliability, ReadInspectionsScope, ReadPost, WritePost, ReadCauses, WriteCauses, ReadCases, WriteCases}

// A Token lets a program of a firm speak to the API. Its secret is shown once and
// kept as a hash.
type Token struct {
	ID      string // UUIDv7
	Firm    ident.Firm
	Name    string // what program, for people
	Scopes  []Scope
	Hash    ident.Hash
	Added   time.Time
	Until   time.Time // zero where it has no end
	Revoked time.Time // zero while it holds
}

func scopeNames() string {
	names := make([]string, len(Scopes))
	for i, s := range Scopes {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}

// Holds reports whether the token still opens the door.
func (t Token) Holds(now time.Time) bool {
	return t.Revoked.IsZero() && (t.Until.IsZero() || now.Before(t.Until))
}

// Actor is who asks, as services and the journal take it.
func (t Token) Actor() ident.Actor {
	return ident.Actor{Firm: t.Firm, Kind: ident.Program, ID: t.ID}
}

// tokenPrefix lets people and scanners of leaked secrets see what a string is.
const tokenPrefix = "zpl_"

const tokenBytes = 32

// tokenSecret writes 256 random bits as the program sends them.
func tokenSecret(random []byte) string {
	return tokenPrefix + base64.RawURLEncoding.EncodeToString(random)
}

// hashSecret is how a secret is kept and sought. It needs no salt and no slow
// hash: nobody guesses 256 random bits.
func hashSecret(secret string) ident.Hash { return ident.HashOf([]byte("token\n" + secret)) }

// CheckToken returns all that is wrong with the particulars of a new token as one
// fault.Invalid, or nil.
func CheckToken(t Token) error {
	var bad []fault.Detail
	wrong := func(pointer, reason, says string) {
		bad = append(bad, fault.Detail{Pointer: pointer, Reason: reason, Text: says})
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(t.Name)); n == 0 || n > maxName {
		wrong("/name", "name-length", "Geef een naam van 1 tot 120 tekens.")
	}
	if text.HoldsBSN(t.Name) {
		wrong("/name", "bsn", noBSN)
	}
	if len(t.Scopes) == 0 {
		wrong("/scopes", "scope-missing", "Geef ten minste één recht.")
	}
	for _, s := range t.Scopes {
		if !slices.Contains(Scopes, s) {
			wrong("/scopes", "scope-unknown", "Dit recht bestaat niet. Kies uit "+scopeNames()+".")
		}
	}
	if !t.Until.IsZero() && !t.Added.Before(t.Until) {
		wrong("/until", "end-past", "De einddatum is al voorbij.")
	}
	return fault.All("token-invalid", bad)
}
