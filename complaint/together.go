package complaint

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Chosen is a complaint with the revision that was looked at; below zero whichever it
// has now.
type Chosen struct {
	ID  casework.ID
	Saw int64
}

// A Joint is what is done to several complaints at once. Empty fields leave things as
// they are.
type Joint struct {
	Handler string // account; casework.None for nobody
	Team    string // casework.None for none
	Product string
	Service string
	Cause   Cause
	Group   string
}

// Empty reports whether nothing is asked.
func (j Joint) Empty() bool { return j == Joint{} }

func (j Joint) gives() bool { return j.Handler != "" || j.Team != "" }

func (j Joint) classes() bool { return j.Product+j.Service+string(j.Cause)+j.Group != "" }

// A JointResult is what was done, or would be done, to one of them.
type JointResult struct {
	ID            casework.ID
	Number, Title string
	Was, Is       Complaint
	Refused       []fault.Detail // what keeps this one as it is
}

// MostTogether is how many complaints are changed at once.
const MostTogether = 200

// errTried ends a transaction of which nothing is kept.
var errTried = errors.New("tried only")

// keptResult is what is kept of one for whoever asks again under the same key: nothing
// of a person, and no words of one.
type keptResult struct {
	ID      casework.ID    `json:"id"`
	Number  string         `json:"number,omitempty"`
	Was     keptClass      `json:"was"`
	Is      keptClass      `json:"is"`
	Refused []fault.Detail `json:"refused,omitempty"`
}

type keptClass struct {
	Revision int64  `json:"revision"`
	Handler  string `json:"handler,omitempty"`
	Team     string `json:"team,omitempty"`
	Product  string `json:"product,omitempty"`
	Service  string `json:"service,omitempty"`
	Cause    Cause  `json:"cause,omitempty"`
	Group    string `json:"group,omitempty"`
}

func keptOf(c Complaint) keptClass {
	return keptClass{c.Case.Revision, c.Case.Handler, c.Case.Team, c.Case.Product, c.Service, c.Cause, c.Group}
}

func (k keptClass) of(id casework.ID) Complaint {
	return Complaint{
		Case:    casework.Case{ID: id, Revision: k.Revision, Handler: k.Handler, Team: k.Team, Product: k.Product},
		Service: k.Service, Cause: k.Cause, Group: k.Group,
	}
}

// MarshalJSON writes what is kept of it.
func (r JointResult) MarshalJSON() ([]byte, error) {
	return json.Marshal(keptResult{r.ID, r.Number, keptOf(r.Was), keptOf(r.Is), r.Refused})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (r *JointResult) UnmarshalJSON(b []byte) error {
	var k keptResult
	if err := json.Unmarshal(b, &k); err != nil {
		return err
	}
	*r = JointResult{ID: k.ID, Number: k.Number, Was: k.Was.of(k.ID), Is: k.Is.of(k.ID), Refused: k.Refused}
	return nil
}

// JointWrong returns what is wrong with it whatever the complaint.
func (s *Service) JointWrong(ctx context.Context, firm ident.Firm, j Joint) ([]fault.Detail, error) {
	if j.Empty() {
		return []fault.Detail{{Pointer: "/what", Reason: "missing", Text: "Vul in wat u wilt wijzigen."}}, nil
	}
	faults := slices.Concat(line("/product", j.Product, longestLine, ""), line("/service", j.Service, longestLine, ""), line("/group", j.Group, longestLine, ""),
		casework.Line("/team", j.Team, casework.LongestTeam, ""))
	if j.Cause != "" && !slices.Contains(Causes, j.Cause) {
		faults = append(faults, fault.Detail{Pointer: "/cause", Reason: "invalid-value", Text: "Kies een oorzaak uit de lijst."})
	}
	stranger, err := s.Casework.Known(ctx, firm, "/handler", casework.None, j.Handler)
	return append(faults, stranger...), err
}

// Together does the same to several complaints, each by itself: one that is refused
// keeps no other back. With try nothing is kept, and the answer says what would be. Under
// a key (see Under) it is done once, also where it broke off half-way.
func (s *Service) Together(ctx context.Context, by ident.Actor, chosen []Chosen, j Joint, try bool) (results []JointResult, err error) {
	var faults []fault.Detail
	switch {
	case len(chosen) == 0:
		faults = append(faults, fault.Detail{Pointer: "/chosen", Reason: "missing", Text: "Kies een of meer klachten uit de lijst."})
	case len(chosen) > MostTogether:
		faults = append(faults, fault.Detail{Pointer: "/chosen", Reason: "too-many", Text: fmt.Sprintf("Kies hoogstens %d klachten tegelijk.", MostTogether)})
	}
	wrong, err := s.JointWrong(ctx, by.Firm, j)
	if err != nil {
		return nil, err
	}
	if err := fault.All("invalid-joint", append(faults, wrong...)); err != nil {
		return nil, err
	}
	update := func(fn func(casework.Keyed) error) error {
		return s.Store.Update(ctx, by.Firm, func(tx Tx) error { return fn(tx) })
	}
	asked := casework.Request{Key: s.key, Body: s.request}
	return casework.Batch(asked, update, "complaints together", s.Now(), func() (results []JointResult, err error) {
		for _, one := range chosen {
			r, err := s.jointly(ctx, by, one, j, try, asked.Of(string(one.ID)))
			if err != nil {
				return results, fmt.Errorf("change complaints together: %w", err)
			}
			results = append(results, r)
		}
		return results, nil
	})
}

// jointly changes one of them, or says what keeps it as it is.
func (s *Service) jointly(ctx context.Context, by ident.Actor, one Chosen, j Joint, try bool, asked casework.Request) (r JointResult, err error) {
	var tried JointResult // as far as it came: what is refused still has a number
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) (err error) {
		r, err = casework.Answer(asked, tx, "complaint together", s.Now(), func() (JointResult, error) {
			tried = JointResult{ID: one.ID}
			err := s.joint(ctx, tx, by, one, j, &tried)
			return tried, err
		})
		if err == nil && try {
			return errTried
		}
		return err
	})
	f := fault.As(err)
	if err != nil {
		r = tried
	}
	switch {
	case err == nil || errors.Is(err, errTried):
		return r, nil
	case f != nil && f.Kind == fault.Invalid:
		r.Refused = f.Details
		return r, nil
	case f != nil && leftTexts[f.Reason] != "":
		r.Refused = []fault.Detail{{Reason: f.Reason, Text: leftTexts[f.Reason]}}
		return r, nil
	}
	return r, err
}

// leftTexts say why one of several complaints is left as it is.
var leftTexts = map[string]string{
	"unknown-case":      "Deze klacht is er niet, of hoort niet bij uw onderneming.",
	"case-changed":      "Deze klacht is gewijzigd nadat u de lijst opende. Open de lijst opnieuw.",
	"case-destroyed":    "De inhoud van deze klacht is vernietigd.",
	"own-complaint":     "Deze klacht gaat over u. Een collega behandelt haar.",
	"complaint-handled": "Deze klacht is afgehandeld.",
}

func (s *Service) joint(ctx context.Context, tx Tx, by ident.Actor, one Chosen, j Joint, r *JointResult) error {
	c, err := tx.Complaint(one.ID)
	if err != nil {
		return err
	}
	r.Number, r.Title, r.Was, r.Is = c.Case.Number, c.Case.Title, c, c
	if c.Case.Destroyed() {
		return fault.New(fault.Conflict, "case-destroyed", string(one.ID))
	}
	if one.Saw >= 0 && c.Case.Revision != one.Saw {
		return fault.New(fault.Conflict, "case-changed", string(one.ID))
	}
	if err := closed(&c); err != nil {
		return err
	}
	if c.Accuses(by) {
		return ownComplaint(one.ID)
	}
	if j.classes() {
		in := c.class()
		for _, f := range []struct{ to, from *string }{{&in.Product, &j.Product}, {&in.Service, &j.Service}, {&in.Group, &j.Group}} {
			if *f.from != "" {
				*f.to = *f.from
			}
		}
		if j.Cause != "" {
			in.Cause = j.Cause
		}
		if c, err = s.change(tx, by, c.ID(), c.Case.Revision, func(tx Tx, c *Complaint) (string, any, error) { return classify(tx, by, c, in) }); err != nil {
			return err
		}
	}
	if j.gives() {
		handler, team := c.Case.Handler, c.Case.Team
		if j.Handler != "" {
			handler = j.Handler
		}
		if handler == casework.None {
			handler = ""
		}
		if j.Team != "" {
			team = j.Team
		}
		if team == casework.None {
			team = ""
		}
		if c.Case, err = s.Casework.Assign(ctx, tx, by, c.Case, handler, team); err != nil {
			return err
		}
	}
	r.Is = c
	return nil
}

// class is what a complaint is about as it stands; where nobody described it, the
// line by which lists show it.
func (c Complaint) class() Class {
	about := c.About
	if about == "" {
		about = c.Case.Title
	}
	return Class{About: about, Product: c.Case.Product, Service: c.Service, Cause: c.Cause, Against: c.Against, Harm: c.Case.Harm, Group: c.Group, From: c.From}
}

// Differs says which fields a change touches, in Dutch, with what they become.
func (r JointResult) Differs(name func(account string) string, cause func(Cause) string) (says []string) {
	add := func(field, was, is string) {
		if was != is {
			says = append(says, field+": "+or(is, "niemand"))
		}
	}
	add("behandelaar", name(r.Was.Case.Handler), name(r.Is.Case.Handler))
	add("team", r.Was.Case.Team, r.Is.Case.Team)
	add("product", r.Was.Case.Product, r.Is.Case.Product)
	add("dienst", r.Was.Service, r.Is.Service)
	add("oorzaak", cause(r.Was.Cause), cause(r.Is.Cause))
	add("groep", r.Was.Group, r.Is.Group)
	return slices.Clip(says)
}

func or(s, none string) string {
	if s == "" {
		return none
	}
	return s
}
