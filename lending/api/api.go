// Package api lets a firm's programs bring in applications for credit, read how they
// were judged, and record what becomes of them.
package api

import (
	"context"
	"net/http"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/rest"
	"zorgplicht/lending"
	"zorgplicht/money"
)

// The scopes of a token that these operations ask.
const (
	Read = "kredietaanvragen:lezen"
	Keep = "kredietaanvragen:schrijven"
)

// A Desk is what the operations ask of the room; lending.Service is one, and says what
// each method does.
type Desk interface {
	Applications(context.Context, ident.Firm, lending.Filter) (lending.Page, error)
	File(context.Context, ident.Firm, casework.ID) (lending.File, error)
	Receive(context.Context, ident.Actor, lending.Intake) (lending.Application, error)
	Change(context.Context, ident.Actor, lending.At, lending.Told) (lending.Application, error)
	JudgeAnew(context.Context, ident.Actor, lending.At) (lending.Application, error)
	Consult(context.Context, ident.Actor, lending.At, lending.Looking) (lending.Application, error)
	Decide(ctx context.Context, by ident.Actor, at lending.At, accept bool, why string) (lending.Application, error)
	Withdraw(context.Context, ident.Actor, lending.At, string) (lending.Application, error)
	Conclude(ctx context.Context, by ident.Actor, at lending.At, on calendar.Date, agreement string) (lending.Application, error)
	Value(context.Context, ident.Actor, lending.At, calendar.Date, money.Cents) (lending.Application, error)
	Settle(context.Context, ident.Actor, lending.At, calendar.Date) (lending.Application, error)
	Transfer(ctx context.Context, by ident.Actor, at lending.At, on calendar.Date, to string) (lending.Application, error)
	Norms(context.Context, ident.Firm) ([]lending.SetNorm, error)
	SetNorm(context.Context, ident.Actor, lending.Setting) (lending.SetNorm, error)
}

const (
	path = "/kredietaanvragen"
	tag  = "Kredietaanvragen"
)

// Mount mounts the operations. today is the legal day.
func Mount(a *rest.API, d Desk, today func() calendar.Date) {
	o := operations{d, today}
	a.Explain(texts)
	rest.Read(a, rest.Op{ID: "list-kredietaanvragen", Path: path, Tag: tag, Scope: Read, Summary: "Zoek kredietaanvragen", About: "De nieuwste eerst, tenzij u een andere volgorde vraagt."}, o.list)
	rest.Write(a, rest.Op{
		ID: "neem-kredietaanvraag-op", Path: path, Tag: tag, Scope: Keep, Status: http.StatusCreated,
		Summary: "Neem een aanvraag op", About: "Zij wordt meteen beoordeeld volgens de criteria die vandaag gelden (artikel 61).",
	}, o.receive)
	rest.Read(a, rest.Op{ID: "get-kredietaanvraag", Path: path + "/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één aanvraag op", About: "Met elk oordeel, wat nog ontbreekt voor de overeenkomst, en tot wanneer het dossier blijft."}, o.one)
	step := func(id, end, summary, about string) rest.Op {
		return rest.Op{ID: id, Path: path + "/{id}/" + end, Tag: tag, Scope: Keep, Errors: []int{404}, Summary: summary, About: about + " Noem in `saw` de revisie die u zag; is er intussen een nieuwere, dan is dat een 409."}
	}
	rest.Write(a, step("wijzig-kredietaanvraag", "gegevens", "Wijzig de gegevens", "De aanvraag wordt opnieuw beoordeeld; een eerder besluit vervalt."), o.change)
	rest.Write(a, step("beoordeel-kredietaanvraag", "beoordelingen", "Beoordeel opnieuw", "Volgens de criteria en normbedragen van vandaag."), o.judge)
	rest.Write(a, step("leg-raadpleging-vast", "raadplegingen", "Leg een raadpleging van het kredietregister vast", "Artikel 60 vraagt haar vóór de overeenkomst."), o.consult)
	rest.Write(a, step("besluit-over-kredietaanvraag", "besluiten", "Leg een besluit vast", "Wat de criteria weigeren, kan niet worden aanvaard."), o.decide)
	rest.Write(a, step("sluit-kredietaanvraag", "overeenkomsten", "Leg vast dat de overeenkomst is gesloten", "Zolang iets ontbreekt dat de artikelen 59 tot en met 61 vragen, is dat een 400 met wat er ontbreekt."), o.conclude)
	rest.Write(a, step("waardeer-effecten", "waarderingen", "Leg de waarde van beleende effecten vast", "Boven 70% ontstaat een taak."), o.value)
	rest.Write(a, step("wikkel-kredietaanvraag-af", "afwikkelingen", "Leg vast dat de overeenkomst volledig is afgewikkeld", "Vanaf die dag blijft het dossier vijf jaar."), o.settle)
	rest.Write(a, step("draag-kredietaanvraag-over", "overdrachten", "Leg vast dat de portefeuille is overgedragen", "Het dossier blijft even lang bewaard."), o.transfer)
	rest.Read(a, rest.Op{ID: "list-kredietnormbedragen", Path: "/kredietnormbedragen", Tag: tag, Scope: Read, Summary: "Vraag de normbedragen op", About: "Het laatst vastgelegde eerst, met bron."}, o.norms)
	rest.Write(a, rest.Op{ID: "leg-kredietnormbedrag-vast", Path: "/kredietnormbedragen", Tag: tag, Scope: Keep, Status: http.StatusCreated, Summary: "Leg een normbedrag vast", About: "Een bedrag verandert nooit; van één dag telt het laatst vastgelegde."}, o.setNorm)
}

type operations struct {
	Desk
	today func() calendar.Date
}

// texts say in Dutch what a fault of this room means to a programmer.
var texts = map[string]string{
	"application-state": "Dit kan niet in de stand waarin deze aanvraag is.",
	"no-criteria":       "Er gelden vandaag geen acceptatiecriteria.",
	"no-securities":     "Bij deze aanvraag zijn geen effecten beleend.",
	"unknown-case":      "Deze aanvraag is er niet, of hoort niet bij uw onderneming.",
	"case-changed":      "De aanvraag is intussen gewijzigd. Vraag haar opnieuw op.",
}

type listIn struct {
	rest.Query
	rest.Paging
	Sought  string `query:"zoek" maxLength:"200" doc:"Woorden: naam, nummer, kenmerk of product."`
	State   string `query:"stand" enum:"ontvangen,aanvaard,geweigerd,ingetrokken,gesloten,afgewikkeld" doc:"Alleen in deze stand."`
	Verdict string `query:"oordeel" enum:"accept,refer,refuse,incomplete" doc:"Alleen met dit oordeel."`
	Order   string `query:"volgorde" enum:"oudste,bedrag" doc:"Zonder: de nieuwste eerst."`
}
