// Package api tells a firm's programs how long everything is kept and why, and lets
// them hold a record. Destroying, and lifting a hold, is for people.
package api

import (
	"context"
	"net/http"
	"strings"

	"zorgplicht/internal/rest"
	"zorgplicht/retention"
	"zorgplicht/rule"
)

// The scopes of a token that these operations ask.
const (
	Read = "bewaren:lezen"
	Keep = "bewaren:schrijven"
)

const path = "/bewaren"

// Explain gives the reasons of a room's own rule in words.
type Explain func(rule.Decision) ([]rule.Reason, error)

// Mount mounts the operations.
func Mount(a *rest.API, s *retention.Service, explain Explain) {
	o := operations{s, explain}
	a.Explain(map[string]string{
		"unknown-record":   "Dit dossier is er niet, of hoort niet bij uw onderneming.",
		"record-destroyed": "Dit dossier is vernietigd. Er is niets meer om vast te houden.",
		"invalid-hold":     "Zo is dit dossier niet vast te houden. Zie errors.",
	})
	const tag, one = "Bewaren", path + "/{kind}/{id}"
	rest.Read(a, rest.Op{ID: "list-bewaren", Path: path, Tag: tag, Scope: Read, Summary: "Vraag op hoelang alles blijft", About: "Wat het eerst weg mag staat voorop. De lijst wordt elk uur bijgewerkt en noemt nummers, geen namen."}, o.list)
	rest.Read(a, rest.Op{ID: "get-bewaren", Path: one, Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag van één dossier op hoelang het blijft", About: "Gerekend met nu, met de redenen en de bewaarplichten."}, o.one)
	rest.Write(a, rest.Op{
		ID: "houd-vast", Path: one + "/bewaarplichten", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404, 409},
		Summary: "Houd een dossier vast", About: "Zolang de bewaarplicht staat, wordt het dossier niet vernietigd. Opheffen doet een compliance officer op de werkplek.",
	}, o.hold)
}

type operations struct {
	*retention.Service
	explain Explain
}

// Bewaardossier is a line of what is kept.
type Bewaardossier struct {
	Kind     string `json:"kind" doc:"Soort." example:"klacht"`
	ID       string `json:"id" doc:"Kenmerk."`
	Label    string `json:"label" doc:"Nummer voor mensen." example:"K-2026-0001"`
	Began    string `json:"began" format:"date" doc:"Begonnen."`
	Ended    string `json:"ended,omitempty" format:"date" doc:"De dag vanaf wanneer de termijnen tellen; ontbreekt zolang zij niet lopen."`
	Earliest string `json:"earliest,omitempty" format:"date" doc:"Eerste dag waarop het weg mag."`
	Latest   string `json:"latest,omitempty" format:"date" doc:"Laatste dag waarop het er mag zijn."`
	State    string `json:"state" enum:"must_go,may_go,kept,held,running,waiting,not_told,destroyed" doc:"Stand van vandaag."`
}

// Bewaaruitleg is one record, explained.
type Bewaaruitleg struct {
	Bewaardossier
	Norm    string         `json:"norm,omitempty" doc:"Norm die het bewaren vraagt; ontbreekt waar het eigen beleid beslist." example:"bfd:52"`
	AtLeast int64          `json:"atLeast" doc:"Ten minste te bewaren volgens het eigen beleid, in maanden."`
	AtMost  int64          `json:"atMost" doc:"Ten hoogste te bewaren volgens het eigen beleid, in maanden."`
	Trigger string         `json:"trigger" doc:"Waarop de termijnen beginnen."`
	Changes string         `json:"changes" doc:"Wat de dagen anders zou maken."`
	Reasons []Bewaarreden  `json:"reasons" doc:"Waarom deze dagen."`
	Holds   []Bewaarplicht `json:"holds" doc:"Bewaarplichten, ook opgeheven."`
}

// Bewaarreden is a reason of a rule.
type Bewaarreden struct {
	Code string `json:"code" doc:"Vaste code."`
	Norm string `json:"norm" doc:"Norm waar de reden op rust." example:"bfd:52"`
	Text string `json:"text" doc:"De reden in het Nederlands."`
}

// Bewaarplicht is a hold.
type Bewaarplicht struct {
	ID     string `json:"id" format:"uuid" doc:"Kenmerk."`
	Placed string `json:"placed" format:"date" doc:"Sinds."`
	Lifted string `json:"lifted,omitempty" format:"date" doc:"Opgeheven; ontbreekt zolang zij staat."`
	Why    string `json:"why" doc:"Reden; leeg als het dossier is vernietigd."`
}

type listIn struct {
	rest.Query
	rest.Paging
	Kind  string `query:"kind" maxLength:"40" doc:"Alleen deze soort, zoals klacht, advies, incident of kredietaanvraag."`
	State string `query:"state" enum:"must_go,may_go,kept,held,running,waiting,destroyed" doc:"Alleen met deze stand."`
}

type listOut struct{ Body rest.Page[Bewaardossier] }

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	f := retention.Filter{Kind: retention.Kind(in.Kind), State: retention.State(in.State), Sort: retention.ByEarliest, Most: in.Limit}
	place, err := in.FromWord()
	if err != nil {
		return nil, err
	}
	if parts := strings.SplitN(place, " ", 3); place != "" {
		if len(parts) != 3 {
			return nil, rest.Wrong("query", "/cursor", "cursor-invalid", "Geef nextCursor van de vorige bladzijde, onveranderd.")
		}
		f.After = retention.Cursor{Day: parts[0], Ref: retention.Ref{Kind: retention.Kind(parts[1]), ID: parts[2]}}
	}
	page, err := o.Lines(ctx, c.Actor.Firm, f)
	if err != nil {
		return nil, err
	}
	out := &listOut{Body: rest.Page[Bewaardossier]{Items: []Bewaardossier{}}}
	for _, l := range page.Rows {
		out.Body.Items = append(out.Body.Items, Bewaardossier{string(l.Kind), l.ID, l.Label, l.Began.String(), l.Ended.String(), l.Earliest.String(), l.Latest.String(), string(l.StateOn(o.Today()))})
	}
	if n := page.Next; n != nil {
		out.Body.NextCursor = rest.WordCursor(n.Day + " " + string(n.Kind) + " " + n.ID)
	}
	return out, nil
}

type oneIn struct {
	rest.Query
	Kind string `path:"kind" maxLength:"40" doc:"Soort."`
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

type oneOut struct{ Body Bewaaruitleg }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	return o.file(ctx, c, retention.Ref{Kind: retention.Kind(in.Kind), ID: in.ID})
}

func (o operations) file(ctx context.Context, c rest.Caller, ref retention.Ref) (*oneOut, error) {
	f, err := o.File(ctx, c.Actor.Firm, ref)
	if err != nil {
		return nil, err
	}
	var law []rule.Reason
	if f.Decision.Rule != "" {
		if law, err = o.explain(f.Decision); err != nil {
			return nil, err
		}
	}
	state := f.Answer.State
	if f.Destroyed {
		state = retention.Vanished
	}
	out := Bewaaruitleg{
		Bewaardossier: Bewaardossier{string(f.Ref.Kind), f.ID, f.Label, f.Began.String(), f.Ended.String(), f.Answer.Earliest.V.String(), f.Answer.Latest.V.String(), string(state)},
		Norm:          string(f.LawNorm), AtLeast: f.Term.AtLeast, AtMost: f.Term.AtMost, Trigger: f.Trigger, Changes: f.Changes, Reasons: []Bewaarreden{}, Holds: []Bewaarplicht{},
	}
	for _, r := range append(law, f.Answer.Because...) {
		out.Reasons = append(out.Reasons, Bewaarreden{r.Code, string(r.Norm), r.Text})
	}
	for _, h := range f.Holds {
		out.Holds = append(out.Holds, Bewaarplicht{h.ID, h.Placed.String(), h.Lifted.V.String(), h.Why})
	}
	return &oneOut{out}, nil
}

// NieuweBewaarplicht is why a record must stay.
type NieuweBewaarplicht struct {
	Why string `json:"why" maxLength:"500" doc:"Waarom dit dossier moet blijven, zonder namen."`
}

type holdIn struct {
	rest.Command
	Kind string `path:"kind" maxLength:"40" doc:"Soort."`
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[NieuweBewaarplicht]
}

func (o operations) hold(ctx context.Context, c rest.Caller, in *holdIn) (*oneOut, error) {
	ref := retention.Ref{Kind: retention.Kind(in.Kind), ID: in.ID}
	if err := o.HoldOnce(ctx, c.Actor, ref, in.Body.Value.Why, in.Key); err != nil {
		return nil, err
	}
	return o.file(ctx, c, ref)
}
