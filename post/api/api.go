// Package api lets a firm's programs read the mail of the firm: what came in, what went
// out and what the mail server said; file a message to a case or put it aside; and say
// what became of a letter that is in doubt.
package api

import (
	"context"
	"net/http"
	"time"

	"zorgplicht/casework"
	"zorgplicht/internal/rest"
	"zorgplicht/post"
)

// The scopes of a token that these operations ask.
const (
	Read = "post:lezen"
	Keep = "post:schrijven"
)

// Mount mounts the operations.
func Mount(a *rest.API, s *post.Service) {
	o := operations{s}
	a.Explain(map[string]string{
		"unknown-mail":   "Dit bericht is er niet, is vernietigd, of hoort niet bij uw onderneming.",
		"mail-handled":   "Dit bericht is al bij een zaak of terzijde gelegd.",
		"mail-settled":   "Van deze brief is al bekend of hij is aangekomen.",
		"invalid-filing": "Het bericht kan niet bij deze zaak worden gelegd. Zie errors.",
		"invalid-aside":  "Het bericht kan zo niet terzijde worden gelegd. Zie errors.",
		"case-destroyed": "De inhoud van deze zaak is vernietigd. Er kan niets meer bij.",
	})
	const tag = "Post"
	rest.Read(a, rest.Op{ID: "list-berichten", Path: "/berichten", Tag: tag, Scope: Read, Summary: "Vraag de berichten op die binnenkwamen", About: "Het nieuwste eerst, zonder de tekst."}, o.messages)
	rest.Read(a, rest.Op{ID: "get-bericht", Path: "/berichten/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één bericht op", About: "Met de tekst, en met de naam en de SHA-256 van elke bijlage."}, o.message)
	rest.Write(a, rest.Op{
		ID: "leg-bericht-bij-zaak", Path: "/berichten/{id}/zaken", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Leg een bericht bij een zaak", About: "De tekst wordt een notitie op het moment van ontvangst, de bijlagen worden documenten. Een bericht wordt één keer weggelegd.",
	}, o.file)
	rest.Write(a, rest.Op{ID: "leg-bericht-terzijde", Path: "/berichten/{id}/terzijdeleggingen", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404}, Summary: "Leg een bericht terzijde", About: "Met een reden. Na 90 dagen wordt het vernietigd."}, o.aside)
	rest.Read(a, rest.Op{ID: "list-verzendingen", Path: "/verzendingen", Tag: tag, Scope: Read, Summary: "Vraag de brieven op die per e-mail gaan", About: "De nieuwste eerst."}, o.letters)
	rest.Read(a, rest.Op{ID: "get-verzending", Path: "/verzendingen/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één verzending op", About: "Met het antwoord van de mailserver als bewijs."}, o.letter)
	rest.Write(a, rest.Op{
		ID: "zoek-verzending-uit", Path: "/verzendingen/{id}/uitkomsten", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Zeg of een brief is aangekomen waarvan dat onzeker is", About: "Kwam hij niet aan, dan wordt hij nog één keer aangeboden. Vanzelf gebeurt dat nooit.",
	}, o.settle)
}

type operations struct{ *post.Service }

// Bericht is a message that came in, as programs read it.
type Bericht struct {
	ID       string        `json:"id" format:"uuid" doc:"Kenmerk."`
	Received time.Time     `json:"received" doc:"Moment waarop de mailserver het kreeg. Wordt nooit aangepast."`
	FromName string        `json:"fromName,omitempty" doc:"Naam van de afzender, zoals die zich noemt."`
	From     string        `json:"from,omitempty" doc:"E-mailadres van de afzender."`
	Subject  string        `json:"subject" doc:"Onderwerp."`
	State    string        `json:"state" enum:"nieuw,bij-zaak,klacht,terzijde,mailserver" doc:"Wat ermee is gedaan."`
	Case     string        `json:"case,omitempty" doc:"Nummer van de zaak; bij een nieuw bericht de zaak waar het bij lijkt te horen. Een afzender kan dat namaken." example:"K-2026-0001"`
	Handled  string        `json:"handled,omitempty" format:"date-time" doc:"Moment waarop het is weggelegd."`
	Masked   bool          `json:"masked" doc:"Of er een burgerservicenummer onleesbaar is gemaakt. Het origineel is dan niet bewaard."`
	Hash     string        `json:"sha256" doc:"SHA-256 van het bericht zoals het kwam."`
	Text     string        `json:"text,omitempty" doc:"Tekst. Alleen bij één bericht."`
	Files    []Mailbijlage `json:"files,omitempty" doc:"Bijlagen. Alleen bij één bericht."`
}

// Mailbijlage is a file that came with a message.
type Mailbijlage struct {
	Name    string `json:"name" doc:"Naam van het bestand."`
	Size    int64  `json:"size" doc:"Grootte in bytes."`
	Hash    string `json:"sha256" doc:"SHA-256 van de inhoud."`
	Refused string `json:"refused,omitempty" doc:"Waarom de inhoud niet is bewaard."`
}

// Verzending is a letter by e-mail, as programs read it.
type Verzending struct {
	ID        string    `json:"id" format:"uuid" doc:"Kenmerk."`
	Case      string    `json:"case" doc:"Nummer van de zaak." example:"K-2026-0001"`
	Subject   string    `json:"subject" doc:"Onderwerp; leeg nadat de zaak is vernietigd."`
	To        string    `json:"to" doc:"E-mailadres; leeg nadat de zaak is vernietigd."`
	State     string    `json:"state" enum:"wacht,overdracht,aangenomen,verstuurd,geweigerd,mislukt,onzeker,vervallen,teruggekomen" doc:"Hoe het ermee staat. Aangenomen en verstuurd: de mailserver nam hem aan."`
	Made      time.Time `json:"made" doc:"Moment waarop de brief in de uitbak kwam."`
	Ended     string    `json:"ended,omitempty" format:"date-time" doc:"Moment waarop de uitkomst bekend werd."`
	Tries     int       `json:"tries" doc:"Hoe vaak hij is aangeboden."`
	Code      int       `json:"code,omitempty" doc:"Code van het laatste antwoord van de mailserver."`
	Answer    string    `json:"answer,omitempty" doc:"Laatste antwoord van de mailserver."`
	MessageID string    `json:"messageId" doc:"Message-ID. Hetzelfde bij elke poging."`
	Hash      string    `json:"sha256" doc:"SHA-256 van het hele bericht zoals het is aangeboden."`
}

func moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

func messageOf(in post.In, whole bool) Bericht {
	b := Bericht{
		ID: string(in.ID), Received: in.Received, FromName: in.FromName, From: in.From, Subject: in.Subject, State: string(in.State), Case: in.Number, Handled: moment(in.Handled), Masked: in.Masked, Hash: in.Hash.String(),
	}
	if whole {
		b.Text = in.Text
		for _, f := range in.Files {
			b.Files = append(b.Files, Mailbijlage{f.Name, f.Size, f.Hash.String(), f.Refused})
		}
	}
	return b
}

func letterOf(o post.Out) Verzending {
	return Verzending{
		ID: string(o.ID), Case: o.Number, Subject: o.Subject, To: o.To, State: string(o.State), Made: o.Made, Ended: moment(o.Ended), Tries: o.Tries, Code: o.Code, Answer: o.Answer, MessageID: o.MessageID, Hash: o.Hash.String(),
	}
}

// after is where a page begins.
func after(p rest.Paging) (at post.Place, err error) {
	place, err := p.From()
	if err == nil && place != nil {
		at = post.Place{At: place.At, ID: post.ID(place.ID)}
	}
	return at, err
}

type messagesIn struct {
	rest.Query
	rest.Paging
	State string `query:"state" enum:"nieuw,bij-zaak,klacht,terzijde,mailserver" doc:"Alleen waarmee dit is gedaan."`
	Words string `query:"words" maxLength:"200" doc:"Woorden uit afzender, onderwerp of nummer van de zaak."`
}

type messagesOut struct{ Body rest.Page[Bericht] }

func (o operations) messages(ctx context.Context, c rest.Caller, in *messagesIn) (*messagesOut, error) {
	at, err := after(in.Paging)
	if err != nil {
		return nil, err
	}
	list, more, err := o.Ins(ctx, c.Actor.Firm, post.InFilter{State: post.InState(in.State), Sought: in.Words, After: at, Limit: in.Limit})
	out := &messagesOut{Body: rest.Page[Bericht]{Items: []Bericht{}}}
	for _, one := range list {
		out.Body.Items = append(out.Body.Items, messageOf(one, false))
	}
	if more {
		last := list[len(list)-1]
		out.Body.NextCursor = rest.Place{At: last.Received, ID: string(last.ID)}.Cursor()
	}
	return out, err
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

type messageOut struct{ Body Bericht }

func (o operations) message(ctx context.Context, c rest.Caller, in *oneIn) (*messageOut, error) {
	return o.now(ctx, c, in.ID)
}

// BerichtBijZaak says to which case a message goes.
type BerichtBijZaak struct {
	Number string `json:"number" maxLength:"30" doc:"Nummer van de zaak." example:"K-2026-0001"`
}

type fileIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[BerichtBijZaak]
}

func (o operations) file(ctx context.Context, c rest.Caller, in *fileIn) (*messageOut, error) {
	to, _, err := o.Target(ctx, c.Actor.Firm, in.Body.Value.Number, func(casework.About) bool { return true })
	if err != nil {
		return nil, err
	}
	if _, err := o.Under(in.Key, in.Body.Value).File(ctx, c.Actor, post.ID(in.ID), to.ID, post.Filed); err != nil {
		return nil, err
	}
	return o.now(ctx, c, in.ID)
}

// now is a message as it stands.
func (o operations) now(ctx context.Context, c rest.Caller, id string) (*messageOut, error) {
	one, err := o.Message(ctx, c.Actor.Firm, post.ID(id))
	if err != nil {
		return nil, err
	}
	return &messageOut{messageOf(one, true)}, nil
}

// BerichtTerzijde says why nothing needs to be done with a message.
type BerichtTerzijde struct {
	Why string `json:"why" maxLength:"500" doc:"Waarom er niets mee hoeft te gebeuren." example:"Reclame."`
}

type asideIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[BerichtTerzijde]
}

func (o operations) aside(ctx context.Context, c rest.Caller, in *asideIn) (*messageOut, error) {
	if err := o.Under(in.Key, in.Body.Value).PutAside(ctx, c.Actor, post.ID(in.ID), in.Body.Value.Why); err != nil {
		return nil, err
	}
	return o.now(ctx, c, in.ID)
}

type lettersIn struct {
	rest.Query
	rest.Paging
	State    string `query:"state" enum:"wacht,overdracht,aangenomen,verstuurd,geweigerd,mislukt,onzeker,vervallen,teruggekomen" doc:"Alleen waarmee het zo staat."`
	Troubled bool   `query:"troubled" doc:"Alleen wat aandacht vraagt: geweigerd, mislukt, teruggekomen of onzeker."`
	Words    string `query:"words" maxLength:"200" doc:"Woorden uit adres, onderwerp of nummer van de zaak."`
}

type lettersOut struct{ Body rest.Page[Verzending] }

func (o operations) letters(ctx context.Context, c rest.Caller, in *lettersIn) (*lettersOut, error) {
	at, err := after(in.Paging)
	if err != nil {
		return nil, err
	}
	list, more, err := o.Outs(ctx, c.Actor.Firm, post.OutFilter{State: post.State(in.State), Troubled: in.Troubled, Sought: in.Words, After: at, Limit: in.Limit})
	out := &lettersOut{Body: rest.Page[Verzending]{Items: []Verzending{}}}
	for _, one := range list {
		out.Body.Items = append(out.Body.Items, letterOf(one))
	}
	if more {
		last := list[len(list)-1]
		out.Body.NextCursor = rest.Place{At: last.Made, ID: string(last.ID)}.Cursor()
	}
	return out, err
}

type letterOut struct{ Body Verzending }

func (o operations) letter(ctx context.Context, c rest.Caller, in *oneIn) (*letterOut, error) {
	one, err := o.Letter(ctx, c.Actor.Firm, post.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return &letterOut{letterOf(one)}, nil
}

// Verzendinguitkomst says what became of a letter that was in doubt.
type Verzendinguitkomst struct {
	Arrived bool `json:"arrived" doc:"Of de brief is aangekomen. Zo niet, dan wordt hij opnieuw aangeboden."`
}

type settleIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[Verzendinguitkomst]
}

func (o operations) settle(ctx context.Context, c rest.Caller, in *settleIn) (*letterOut, error) {
	if _, err := o.Letter(ctx, c.Actor.Firm, post.ID(in.ID)); err != nil {
		return nil, err
	}
	one, err := o.Under(in.Key, in.Body.Value).Settle(ctx, c.Actor, post.ID(in.ID), in.Body.Value.Arrived)
	if err != nil {
		return nil, err
	}
	return &letterOut{letterOf(one)}, nil
}
