// Package api lets a firm's programs start knowledge-and-experience tests and
// read how they went.
//
// No answer of this API says which option of which question is right: a verdict
// comes with its reasons, points and norms, never with the key.
package api

import (
	"context"
	"net/http"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/rest"
)

// The scopes of a token that these operations ask.
const (
	ReadAttempts  = "toetspogingen:lezen"
	WriteAttempts = "toetspogingen:schrijven"
)

// A Desk is what the operations ask of the room; appropriateness.Service is one,
// and says what each method does.
type Desk interface {
	Start(context.Context, ident.Actor, appropriateness.Start) (appropriateness.Started, error)
	List(context.Context, ident.Actor, appropriateness.Filter) (appropriateness.Page, error)
	File(context.Context, ident.Actor, appropriateness.AttemptID) (appropriateness.File, error)
	Tests(context.Context, ident.Actor) ([]appropriateness.Published, error)
	TestList(context.Context, ident.Actor, appropriateness.TestFilter) ([]appropriateness.TestRow, error)
	Ticket(context.Context, ident.Actor, appropriateness.TicketOrder) (appropriateness.Ticket, error)
}

// A Signer signs a gate ticket.
type Signer func(appropriateness.Ticket) (string, error)

// Mount mounts the operations. link makes the address that a client opens from
// the secret of an attempt; sign signs gate tickets.
func Mount(a *rest.API, d Desk, link func(token string) string, sign Signer) {
	o := operations{d, link, sign}
	a.Explain(texts)
	const tag = "Kennis- en ervaringstoets"
	rest.Write(a, rest.Op{
		ID: "start-toetspoging", Path: "/toetspogingen", Tag: tag, Scope: WriteAttempts, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Start een toetspoging",
		About: "Trekt een vragenlijst en geeft de link waarmee de klant de toets maakt. Loopt er voor deze klant nog een poging, dan " +
			"gaat die verder (`resumed`). Mag de klant de toets niet (opnieuw) maken, dan is het een 409: `test-still-valid`, `retake-not-allowed`, `retake-too-early`, `retakes-used-up` of `attempt-open-elsewhere`; is er geen toets nodig, een 409 `test-not-required`.",
	}, o.start)
	rest.Read(a, rest.Op{
		ID: "list-toetspogingen", Path: "/toetspogingen", Tag: tag, Scope: ReadAttempts,
		Summary: "Vraag toetspogingen op", About: "De nieuwste eerst, zonder oordeel per vraag.",
	}, o.list)
	rest.Read(a, rest.Op{
		ID: "get-toetspoging", Path: "/toetspogingen/{id}", Tag: tag, Scope: ReadAttempts, Errors: []int{404},
		Summary: "Vraag één toetspoging op", About: "Met de stand en, na het versturen, het oordeel met redenen en normen.",
	}, o.one)
	rest.Write(a, rest.Op{
		ID: "geef-poortbewijs", Path: "/toetspogingen/{id}/poortbewijzen", Tag: tag, Scope: WriteAttempts, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Vraag een poortbewijs",
		About: "Een ondertekend bewijs dat de verkoop zonder advies aan deze klant mag beginnen. Het is zonder navraag te controleren. Na een " +
			"stop wordt er geen gegeven: dan is het een 409 `gate-shut`.",
	}, o.ticket)
	rest.Read(a, rest.Op{
		ID: "list-toetsen", Path: "/toetsen", Tag: tag, Scope: ReadAttempts,
		Summary: "Vraag de toetsen op die in gebruik zijn",
	}, o.tests)
}

type operations struct {
	Desk
	link func(string) string
	sign Signer
}

// texts say in Dutch what a fault of this room means to a programmer.
var texts = map[string]string{
	"unknown-test":           "Deze toets is niet in gebruik. Vraag de toetsen op met GET /v1/toetsen.",
	"unknown-attempt":        "Deze toetspoging is er niet, of hoort niet bij uw onderneming.",
	"gate-shut":              "De verkoop zonder advies mag niet beginnen. Vraag de toetspoging op om te zien waarom.",
	"test-still-valid":       "Deze klant heeft de toets gehaald en de uitslag is nog geldig. Een nieuwe toets is niet nodig.",
	"retake-too-early":       "De afkoelingsperiode voor een herkansing is nog niet voorbij. Probeer het daarna opnieuw.",
	"retakes-used-up":        "Deze klant heeft alle herkansingen gebruikt die de onderneming toestaat.",
	"retake-not-allowed":     "Deze klant heeft de toets al gemaakt of is eraan begonnen. Een herkansing is er niet.",
	"test-not-required":      "Voor deze klant en dit product is geen toets nodig: er is advies gegeven, of het product valt er niet onder.",
	"attempt-open-elsewhere": "Deze klant is bij een andere onderneming met dezelfde toets bezig. Wacht tot die poging is verstuurd of verlopen.",
	"no-agreement":           "Er is geen distributieovereenkomst met deze aanbieder voor dit product. Vraag de aanbieder om er een aan te bieden.",
	"agreement-not-in-force": "De distributieovereenkomst met deze aanbieder geldt nog niet. Aanvaard haar, of wacht tot de eerste dag.",
	"agreement-ended":        "De distributieovereenkomst met deze aanbieder is geëindigd. Er zijn geen nieuwe toetsen mee te starten; wie is begonnen, kan de toets afmaken.",
	"form-impossible":        "Uit deze toets is geen vragenlijst te trekken. Publiceer een toets met genoeg vragen.",
}
