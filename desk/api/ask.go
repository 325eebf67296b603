package api

import (
	"context"

	"zorgplicht/canon"
	"zorgplicht/desk"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
	"zorgplicht/rule"
)

type askIn struct {
	rest.Query
	Body rest.Late[VraagBeslissing]
}

// VraagBeslissing is a question to a rule, in the words of the desk.
type VraagBeslissing struct {
	Rule           string `json:"rule" maxLength:"64" doc:"Naam van de regel." example:"test_required"`
	RuleVersion    int    `json:"rule_version,omitempty" doc:"Versie; zonder is het de nieuwste."`
	Given          Feiten `json:"given" doc:"De feiten."`
	Counterfactual bool   `json:"counterfactual,omitempty" doc:"Of erbij moet wat tot een andere beslissing had geleid."`
}

type askOut struct{ Body Beslissing }

// Beslissing is an answer with its reasons, in the words of the desk.
type Beslissing struct {
	Rule           string          `json:"rule" doc:"Naam van de regel."`
	RuleVersion    int             `json:"rule_version" doc:"Versie die antwoordde."`
	Profile        string          `json:"profile" enum:"actueel,bfd-2005" doc:"Welk recht."`
	Answer         Anything        `json:"answer" doc:"Het antwoord."`
	Reasons        []RedenVanRegel `json:"reasons" doc:"De redenen, in de volgorde waarin zij wogen."`
	Counterfactual []Wijziging     `json:"counterfactual,omitempty" doc:"De kleinste wijzigingen van één feit die tot een andere beslissing hadden geleid."`
}

// RedenVanRegel is one reason of an answer.
type RedenVanRegel struct {
	Code     string            `json:"code" doc:"Vaste code."`
	Norm     string            `json:"norm" doc:"Norm waarop de reden rust." example:"bfd:14:2"`
	Citation string            `json:"citation" doc:"Dezelfde norm, voluit."`
	Text     string            `json:"text" doc:"De reden in gewone woorden."`
	Values   map[string]string `json:"values,omitempty" doc:"De waarden die wogen."`
}

// Wijziging is one change that would have decided otherwise.
type Wijziging struct {
	Field   string    `json:"field" doc:"Welk feit." example:"answers.need_advice"`
	Absent  bool      `json:"absent,omitempty" doc:"Dit feit was niet gegeven."`
	From    *Anything `json:"from,omitempty" doc:"Wat er stond."`
	To      *Anything `json:"to,omitempty" doc:"Wat er had moeten staan."`
	Removed bool      `json:"removed,omitempty" doc:"Zonder dit feit."`
	Changes []string  `json:"changes" doc:"Wat er in het antwoord anders is."`
	Answer  Anything  `json:"answer" doc:"Het antwoord dat er dan was gekomen."`
}

func (o operations) ask(_ context.Context, _ rest.Caller, in *askIn) (*askOut, error) {
	q := in.Body.Value
	if wrong := in.Body.Faults(); len(wrong) > 0 {
		return nil, fault.All(canon.BadInput, append(wrong, o.alsoWrong(q)...))
	}
	reply, err := o.desk.Ask(q.Rule, q.RuleVersion, q.Given.given)
	if err != nil {
		return nil, inGiven(err)
	}
	out := Beslissing{Rule: reply.Rule, RuleVersion: reply.Version, Profile: reply.Profile, Answer: Anything(reply.Answer), Reasons: because(reply.Reasons)}
	if !q.Counterfactual {
		return &askOut{out}, nil
	}
	found, err := o.desk.Counters(q.Rule, q.RuleVersion, q.Given.given)
	if err != nil {
		return nil, inGiven(err)
	}
	for _, c := range found {
		out.Counterfactual = append(out.Counterfactual, change(c))
	}
	return &askOut{out}, nil
}

// alsoWrong names what is wrong with the facts, where the body could be read so far.
func (o operations) alsoWrong(q VraagBeslissing) []fault.Detail {
	if q.Rule == "" || q.Given.given == nil {
		return nil
	}
	_, err := o.desk.Ask(q.Rule, q.RuleVersion, q.Given.given)
	f := fault.As(inGiven(err))
	switch {
	case f == nil:
		return nil
	case f.Kind == fault.NotFound:
		return []fault.Detail{{Pointer: "/rule", Reason: f.Reason, Text: "Deze regel is er niet, of niet in deze versie. Vraag de regels op met GET /v1/regels."}}
	}
	return f.Details
}

func because(reasons []rule.Reason) []RedenVanRegel {
	list := make([]RedenVanRegel, len(reasons))
	for i, r := range reasons {
		list[i] = RedenVanRegel{Code: r.Code, Norm: string(r.Norm), Citation: r.Norm.Dutch(), Text: r.Text, Values: r.Values}
	}
	return list
}

func change(c desk.Counter) Wijziging {
	w := Wijziging{Field: c.Field, Absent: c.Absent, Removed: c.Removed, Changes: c.Changes, Answer: Anything(c.Answer)}
	if !c.Absent {
		from := Anything(canon.Must(c.From))
		w.From = &from
	}
	if !c.Removed {
		to := Anything(canon.Must(c.To))
		w.To = &to
	}
	return w
}
