package api

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/dispute"
	"zorgplicht/internal/rest"
)

// NieuwLid is a member of the organ that decides.
type NieuwLid struct {
	Revision   int64          `json:"revision" doc:"De revision die u zag."`
	Member     string         `json:"member,omitempty" maxLength:"64" doc:"Kenmerk van een lid dat nu iets anders doet; laat weg voor een nieuw lid."`
	Name       string         `json:"name" maxLength:"200" doc:"Naam. Bij het opvragen staat die er niet bij."`
	Chair      bool           `json:"chair" doc:"Of het lid voorzitter is."`
	Office     calendar.Date  `json:"office" doc:"Dag waarop het lid zijn functie aanvaardde."`
	LastWorked *calendar.Date `json:"lastWorked,omitempty" doc:"Laatste dag waarop het lid werkte voor een onderneming of belangenorganisatie in de sector; laat weg voor nooit."`
	FromTrade  bool           `json:"fromTradeBody,omitempty" doc:"Of dat bij een beroepsorganisatie was: dan telt het altijd."`
	Function   string         `json:"function" maxLength:"60" doc:"Wat het lid daarnaast doet, in een woord dat de regel kent." example:"university"`
	Concerned  *bool          `json:"concerned,omitempty" doc:"Of over die onderneming een geschil kan worden voorgelegd; onbekend telt als ja."`
	Evidence   string         `json:"evidence" maxLength:"160" doc:"Waar dit uit blijkt."`
}

type seatIn struct {
	On
	Body rest.JSON[NieuwLid]
}

func (o operations) seat(ctx context.Context, c rest.Caller, in *seatIn) (*bodyOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Seat(ctx, c.Actor, casework.ID(in.ID), b.Revision, dispute.Member{
		ID: b.Member, Name: b.Name, Chair: b.Chair, Office: b.Office, LastWorked: dateOf(b.LastWorked), FromTrade: b.FromTrade, Function: b.Function, Concerned: b.Concerned, Evidence: b.Evidence,
	})
	return o.now(ctx, c, in.ID, err)
}

// Lidvertrek says which member left, and when.
type Lidvertrek struct {
	Revision int64         `json:"revision" doc:"De revision die u zag."`
	Member   string        `json:"member" maxLength:"64" doc:"Kenmerk van het lid."`
	Day      calendar.Date `json:"day" doc:"Laatste dag in functie."`
}

type unseatIn struct {
	On
	Body rest.JSON[Lidvertrek]
}

func (o operations) unseat(ctx context.Context, c rest.Caller, in *unseatIn) (*bodyOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Unseat(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Member, b.Day)
	return o.now(ctx, c, in.ID, err)
}

// Jaaropgave is the yearly statement of a body.
type Jaaropgave struct {
	Revision  int64         `json:"revision" doc:"De revision die u zag."`
	Year      int64         `json:"year" doc:"Het jaar waar de opgave over gaat." example:"2025"`
	Sent      calendar.Date `json:"sent" doc:"Dag waarop zij naar de minister ging."`
	Firms     bool          `json:"firms" doc:"Of zij noemt wie was aangesloten."`
	Filed     *int64        `json:"filed,omitempty" doc:"Hoeveel geschillen aanhangig zijn gemaakt; laat weg als de opgave dat niet zegt."`
	Handled   *int64        `json:"handled,omitempty" doc:"Hoeveel er zijn behandeld; laat weg als de opgave dat niet zegt."`
	Nature    bool          `json:"nature" doc:"Of zij zegt waar de geschillen over gingen."`
	Results   bool          `json:"results" doc:"Of zij zegt hoe de geschillen eindigden."`
	Annual    bool          `json:"annual" doc:"Of het een openbaar jaarverslag is."`
	Reference string        `json:"reference" maxLength:"200" doc:"Waar u haar zag."`
}

type stateIn struct {
	On
	Body rest.JSON[Jaaropgave]
}

func (o operations) state(ctx context.Context, c rest.Caller, in *stateIn) (*bodyOut, error) {
	b := in.Body.Value
	number := func(n *int64) int64 {
		if n == nil {
			return dispute.Unsaid
		}
		return *n
	}
	year := int(b.Year)
	if b.Year < 0 || b.Year > 9999 {
		year = 0
	}
	_, err := o.Under(in.Key, b).State(ctx, c.Actor, casework.ID(in.ID), b.Revision, dispute.Statement{
		Year: year, Sent: b.Sent, Firms: b.Firms, Filed: number(b.Filed), Handled: number(b.Handled), Nature: b.Nature, Results: b.Results, Annual: b.Annual, Reference: b.Reference,
	})
	return o.now(ctx, c, in.ID, err)
}

// Geschilreactie says until when the body asked an answer, and when it was given.
type Geschilreactie struct {
	Revision int64          `json:"revision" doc:"De revision die u zag."`
	AnswerBy *calendar.Date `json:"answerBy,omitempty" doc:"Dag die de instantie noemde."`
	Answered *calendar.Date `json:"answered,omitempty" doc:"Dag waarop u reageerde."`
}

type answerIn struct {
	On
	Body rest.JSON[Geschilreactie]
}

func (o operations) answer(ctx context.Context, c rest.Caller, in *answerIn) (*oneOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Answer(ctx, c.Actor, casework.ID(in.ID), b.Revision, dateOf(b.AnswerBy), dateOf(b.Answered))
	return o.then(ctx, c, in.ID, err)
}

// Geschiluitkomst is how a dispute ended.
type Geschiluitkomst struct {
	Revision  int64          `json:"revision" doc:"De revision die u zag."`
	Outcome   string         `json:"outcome" enum:"niet-bindend-advies,bindend-advies,schikking,niet-behandeld,ingetrokken,als-klacht-behandeld" doc:"Hoe het eindigde."`
	Result    string         `json:"result" enum:"klant,deels,onderneming,geen" doc:"Voor wie de uitkomst was."`
	Ended     calendar.Date  `json:"ended" doc:"Dag waarop de uitkomst is meegedeeld."`
	Amount    int64          `json:"amount,omitempty" doc:"Bedrag in centen."`
	Follows   *bool          `json:"follows,omitempty" doc:"Of uw onderneming het advies volgt; nodig bij een niet-bindend advies."`
	Why       string         `json:"why,omitempty" maxLength:"20000" doc:"Waarom niet."`
	PerformBy *calendar.Date `json:"performBy,omitempty" doc:"Uitvoeren voor; laat weg als er niets hoeft te gebeuren."`
}

type endIn struct {
	On
	Body rest.JSON[Geschiluitkomst]
}

func (o operations) end(ctx context.Context, c rest.Caller, in *endIn) (*oneOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Conclude(ctx, c.Actor, casework.ID(in.ID), b.Revision, dispute.End{
		Outcome: dispute.Outcome(b.Outcome), Result: dispute.Result(b.Result), Ended: b.Ended, Amount: b.Amount, Follows: b.Follows, Why: b.Why, PerformBy: dateOf(b.PerformBy),
	})
	return o.then(ctx, c, in.ID, err)
}

func (o operations) perform(ctx context.Context, c rest.Caller, in *dayIn) (*oneOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, []any{"perform", b}).Perform(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Day)
	return o.then(ctx, c, in.ID, err)
}

// Geschildagverbetering is the day on which a dispute really began.
type Geschildagverbetering struct {
	Revision int64         `json:"revision" doc:"De revision die u zag."`
	Filed    calendar.Date `json:"filed" doc:"Dag waarop het geschil werkelijk bij de instantie kwam, of naar u werd doorgestuurd."`
	Why      string        `json:"why" maxLength:"500" doc:"Waarom de dag niet klopte, en waaruit dat blijkt."`
}

type filedIn struct {
	On
	Body rest.JSON[Geschildagverbetering]
}

func (o operations) correctFiled(ctx context.Context, c rest.Caller, in *filedIn) (*oneOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, []any{"filed", b}).CorrectFiled(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Filed, b.Why)
	return o.then(ctx, c, in.ID, rest.Named(err, map[string]string{"/received": "/filed"}))
}
