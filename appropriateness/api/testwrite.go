package api

import (
	"context"
	"slices"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
)

// ControleerOntwerp holds a design that is to be checked.
type ControleerOntwerp struct {
	Design appropriateness.Design `json:"design" doc:"Het ontwerp."`
}

type tryIn struct {
	rest.Query
	Body rest.JSON[ControleerOntwerp]
}

func (o tests) try(ctx context.Context, c rest.Caller, in *tryIn) (*assessedOut, error) {
	t, err := o.TryDesign(ctx, c.Actor, in.Body.Value.Design)
	if err != nil {
		return nil, ofDesign(err)
	}
	return &assessedOut{*assessmentOf(t.Assessment, t.Gone)}, nil
}

// ofDesign lets the faults of a design point into the body that holds it.
func ofDesign(err error) error {
	f := fault.As(err)
	if f == nil || f.Reason != "invalid-design" {
		return err
	}
	details := slices.Clone(f.Details)
	for i := range details {
		details[i].Pointer = "/design" + details[i].Pointer
	}
	return fault.All(f.Reason, details)
}

// SchrijfOntwerp asks to keep a design.
type SchrijfOntwerp struct {
	Design   appropriateness.Design `json:"design" doc:"Het hele ontwerp. Zonder gekozen vragen telt elke actieve vraag over het product mee."`
	Revision int                    `json:"revision,omitempty" doc:"De herziening die u zag; laat weg voor een nieuwe toets."`
}

type designIn struct {
	rest.Command
	Body rest.JSON[SchrijfOntwerp]
}

type designOut struct{ Body Toetsontwerp }

func designAnswer(d appropriateness.Draft, err error) (*designOut, error) {
	if err != nil {
		return nil, ofDesign(err)
	}
	return &designOut{*draftOf(d)}, nil
}

func (o tests) write(ctx context.Context, c rest.Caller, in *designIn) (*designOut, error) {
	b := in.Body.Value
	return designAnswer(o.WriteDesign(ctx, c.Actor, appropriateness.DesignWriting{Design: b.Design, Saw: b.Revision, Key: in.Key}))
}

// VraagPublicatie asks that the design that was seen be put to use.
type VraagPublicatie struct {
	Revision int    `json:"revision" doc:"De herziening die u zag."`
	Note     string `json:"note,omitempty" maxLength:"1000" doc:"Toelichting voor wie publiceert."`
}

type publicationIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"80" doc:"Kenmerk van de toets."`
	Body rest.JSON[VraagPublicatie]
}

func (o tests) ask(ctx context.Context, c rest.Caller, in *publicationIn) (*designOut, error) {
	b := in.Body.Value
	return designAnswer(o.AskPublication(ctx, c.Actor, appropriateness.Offer{ID: in.ID, Saw: b.Revision, Note: b.Note, Key: in.Key}))
}

// GeefTerug says why a design is given back.
type GeefTerug struct {
	Note string `json:"note" maxLength:"1000" doc:"Waarom u het teruggeeft."`
}

type returnIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"80" doc:"Kenmerk van de toets."`
	Body rest.JSON[GeefTerug]
}

func (o tests) giveBack(ctx context.Context, c rest.Caller, in *returnIn) (*designOut, error) {
	return designAnswer(o.ReturnDesign(ctx, c.Actor, appropriateness.Return{ID: in.ID, Note: in.Body.Value.Note, Key: in.Key}))
}

// Publiceer asks to put the version that was looked at to use.
type Publiceer struct {
	Hash   ident.Hash `json:"hash" pattern:"^[0-9a-f]{64}$" doc:"SHA-256 van de versie die u bekeek."`
	From   *time.Time `json:"from,omitempty" doc:"Vanaf wanneer; laat weg voor zo snel als het mag."`
	Reason string     `json:"reason,omitempty" maxLength:"1000" doc:"Bij een onderneming van één persoon: waarom niemand meekijkt, in ten minste 40 tekens."`
}

type publishIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"80" doc:"Kenmerk van de toets."`
	Body rest.JSON[Publiceer]
}

type releaseOut struct{ Body Toetsversie }

func (o tests) releaseAnswer(r appropriateness.Release, err error) (*releaseOut, error) {
	if err != nil {
		return nil, err
	}
	return &releaseOut{releaseOf(r, r.At(appropriateness.Moment([]appropriateness.Release{r}, o.Now())))}, nil
}

func (o tests) publish(ctx context.Context, c rest.Caller, in *publishIn) (*releaseOut, error) {
	b := in.Body.Value
	return o.releaseAnswer(o.PublishDesign(ctx, c.Actor, appropriateness.Publication{ID: in.ID, Test: b.Hash, From: orZero(b.From), Reason: b.Reason, Key: in.Key}))
}

// TrekIn asks to end a version, or to cancel one that has not begun.
type TrekIn struct {
	Hash   ident.Hash `json:"hash" pattern:"^[0-9a-f]{64}$" doc:"SHA-256 van de versie."`
	To     *time.Time `json:"to,omitempty" doc:"Vanaf wanneer niet meer in gebruik; laat weg voor nu meteen."`
	Reason string     `json:"reason" maxLength:"1000" doc:"Waarom."`
}

type withdrawIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"80" doc:"Kenmerk van de toets."`
	Body rest.JSON[TrekIn]
}

func (o tests) withdraw(ctx context.Context, c rest.Caller, in *withdrawIn) (*releaseOut, error) {
	b := in.Body.Value
	return o.releaseAnswer(o.Withdraw(ctx, c.Actor, appropriateness.Withdrawal{ID: in.ID, Test: b.Hash, To: orZero(b.To), Reason: b.Reason, Key: in.Key}))
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
