package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Chosen is a case with the revision that was looked at.
type Chosen struct {
	ID  ID
	Saw int64
}

// MostTogether is how many cases are changed at once.
const MostTogether = 200

// A Joint is what is done to several cases at once. Empty fields leave things as they
// are.
type Joint struct {
	Handler string // account; None takes it away
	Team    string // None takes it away
	Task    Task   // for whoever handles each case; without title and day none
	Note    string // among ourselves; "" none
	Close   bool   // where the room of a case has all it asks; goes by itself
}

// Adds reports whether something is set or written under the cases.
func (j Joint) Adds() bool { return j.tasks() || j.Note != "" }

func (j Joint) tasks() bool { return j.Task != Task{} }

// Empty reports whether nothing is asked.
func (j Joint) Empty() bool { return j == Joint{} }

// JointFaults returns what is wrong with it whatever the case.
func (s *Service) JointFaults(j Joint) []fault.Detail {
	if j.Empty() {
		return []fault.Detail{{Pointer: "/handler", Reason: "missing", Text: "Kies een behandelaar, vul een team in, of schrijf een taak of een notitie."}}
	}
	if j.Close && j != (Joint{Close: true}) {
		return []fault.Detail{{Pointer: "/close", Reason: "not-alone", Text: "Sluiten gaat op zichzelf. Wijs eerst toe of schrijf eerst de taak of notitie, en sluit daarna."}}
	}
	faults := slices.Concat(check("/team", j.Team, LongestTeam, ""), check("/text", j.Note, LongestNote, ""))
	if j.tasks() {
		faults = append(faults, j.Task.faults(s.Today())...)
	}
	return faults
}

// JointWrong is JointFaults, and whether the firm has the account that it names.
func (s *Service) JointWrong(ctx context.Context, firm ident.Firm, j Joint) ([]fault.Detail, error) {
	strange, err := s.Known(ctx, firm, "/handler", None, j.Handler)
	return append(s.JointFaults(j), strange...), err
}

// A Gate knows on which cases somebody may work, and who else may.
type Gate interface {
	// Works returns a case on which they may work: fault.NotFound "unknown-case" for one
	// that they may not see, fault.Denied for one that they may only see.
	Works(context.Context, ID) (Case, error)
	// Fits reports whether a case can be given to this account.
	Fits(context.Context, Case, string) (bool, error)
	// Close ends a case as its room does, or with try says whether it would: Invalid with
	// all that lacks, Conflict "closed-by-itself" for a kind that asks more of each case.
	Close(ctx context.Context, c Chosen, k Kind, try bool) error
}

// A Jointed is one of the cases that are changed together, before and after, or what
// keeps it as it is.
type Jointed struct {
	Chosen
	Was, Is Case // without an id where it may not be seen
	Refused *fault.Detail
}

// kept is what is kept of one for whoever asks again under the same key: nothing of a
// person, and no words.
type kept struct {
	ID      ID            `json:"id"`
	Saw     int64         `json:"saw"`
	Kind    Kind          `json:"kind,omitempty"`
	Number  string        `json:"number,omitempty"`
	Was     keptHand      `json:"was"`
	Is      keptHand      `json:"is"`
	Refused *fault.Detail `json:"refused,omitempty"`
}

type keptHand struct {
	Handler  string `json:"handler,omitempty"`
	Team     string `json:"team,omitempty"`
	Revision int64  `json:"revision"`
}

func handOf(c Case) keptHand { return keptHand{c.Handler, c.Team, c.Revision} }

// MarshalJSON writes what is kept of it.
func (j Jointed) MarshalJSON() ([]byte, error) {
	return json.Marshal(kept{j.ID, j.Saw, j.Was.Kind, j.Was.Number, handOf(j.Was), handOf(j.Is), j.Refused})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (j *Jointed) UnmarshalJSON(b []byte) error {
	var k kept
	if err := json.Unmarshal(b, &k); err != nil {
		return err
	}
	of := func(h keptHand) Case {
		if k.Number == "" {
			return Case{}
		}
		return Case{ID: k.ID, Kind: k.Kind, Number: k.Number, Handler: h.Handler, Team: h.Team, Revision: h.Revision}
	}
	*j = Jointed{Chosen{k.ID, k.Saw}, of(k.Was), of(k.Is), k.Refused}
	return nil
}

func (j *Jointed) refuse(reason, text string) { j.Refused = &fault.Detail{Reason: reason, Text: text} }

// Gather opens the chosen cases. What they show is what lists show, so that they were
// opened is not recorded.
func (s *Service) Gather(ctx context.Context, gate Gate, chosen []Chosen) (all []Jointed, err error) {
	for _, one := range chosen {
		j := Jointed{Chosen: one}
		c, err := gate.Works(ctx, one.ID)
		switch {
		case fault.Is(err, fault.NotFound):
			j.refuse("unknown-case", "Deze zaak is er niet, of u mag haar niet zien.")
		case fault.Is(err, fault.Denied):
			j.refuse("not-allowed", "Aan deze zaak mag u niet werken.")
		case err != nil:
			return nil, fmt.Errorf("gather cases: %w", err)
		default:
			j.Was, j.Is = c, c
			if j.Saw < 0 {
				j.Saw = c.Revision
			}
			if !c.Open() {
				j.refuse("case-closed", "Deze zaak is gesloten.")
			}
		}
		all = append(all, j)
	}
	return all, nil
}

// Together does the same to gathered cases, each by itself: one that is refused keeps no
// other back. With try nothing is kept, and they say what would be. Asked again under
// the key of a request it does nothing, and they say what was done.
func (s *Service) Together(ctx context.Context, by ident.Actor, gate Gate, all []Jointed, j Joint, try bool, r Request) ([]Jointed, error) {
	faults, err := s.JointWrong(ctx, by.Firm, j)
	if err != nil {
		return nil, err
	}
	if err := fault.All("invalid-joint", faults); err != nil {
		return nil, err
	}
	update := func(fn func(Keyed) error) error {
		return s.Store.Update(ctx, by.Firm, func(tx Tx) error { return fn(tx) })
	}
	return Batch(r, update, "cases together", s.Now(), func() ([]Jointed, error) {
		for n := range all {
			if err := s.jointly(ctx, by, gate, &all[n], j, try, r); err != nil {
				return nil, fmt.Errorf("change cases together: %w", err)
			}
		}
		return all, nil
	})
}

func (s *Service) jointly(ctx context.Context, by ident.Actor, gate Gate, one *Jointed, j Joint, try bool, r Request) error {
	if one.Refused != nil {
		return nil
	}
	if j.Handler != "" && j.Handler != None {
		fits, err := gate.Fits(ctx, one.Is, j.Handler)
		if err != nil {
			return err
		}
		if !fits {
			one.refuse("handler-barred", "Deze medewerker mag deze zaak niet zien. Kies een ander.")
			return nil
		}
	}
	was := one.Was
	var is Case
	var err error
	if j.Close {
		is, err = s.end(ctx, by, gate, *one, try)
	} else {
		was, is, err = s.Joint(ctx, by, one.Chosen, j, try, r)
	}
	f := fault.As(err)
	switch {
	case err == nil:
		one.Was, one.Is = was, is
	case f != nil && f.Kind == fault.Invalid && len(f.Details) > 0:
		one.Refused = &fault.Detail{Pointer: f.Details[0].Pointer, Reason: f.Details[0].Reason, Text: sentences(f.Details)}
	case fault.Has(err, "closed-by-itself"):
		one.refuse("closed-by-itself", "Deze zaak sluit u in haar eigen dossier: daar hoort een uitkomst van die zaak bij.")
	case fault.Has(err, "case-changed"):
		one.refuse("case-changed", "Deze zaak is gewijzigd nadat u haar koos. Open de lijst opnieuw.")
	case fault.Has(err, "case-closed"), fault.Has(err, "incident-ended"), fault.Has(err, "cause-ended"), fault.Has(err, "case-destroyed"):
		one.refuse("case-closed", "Deze zaak is gesloten.")
	default:
		return err
	}
	return nil
}

// end closes one of the cases, or says whether that would go.
func (s *Service) end(ctx context.Context, by ident.Actor, gate Gate, one Jointed, try bool) (Case, error) {
	if one.Was.Revision != one.Saw {
		return one.Was, fault.New(fault.Conflict, "case-changed", string(one.ID))
	}
	if err := gate.Close(ctx, one.Chosen, one.Was.Kind, try); err != nil || try {
		return one.Was, err
	}
	return s.Case(ctx, by.Firm, one.ID)
}

// sentences are all that is wrong, one after another.
func sentences(faults []fault.Detail) string {
	var all []string
	for _, d := range faults {
		all = append(all, d.Text)
	}
	return strings.Join(all, " ")
}

// errTried ends a transaction of which nothing is kept.
var errTried = errors.New("tried only")

// Joint does to a case what is done to several: all of it, or nothing. With try nothing
// is kept, and the answer says what would be. Of a case that is closed: Conflict
// "case-closed"; of one that changed since it was chosen: Conflict "case-changed". Under
// the key of a request it is done once.
func (s *Service) Joint(ctx context.Context, by ident.Actor, one Chosen, j Joint, try bool, r Request) (was, is Case, err error) {
	var done Jointed
	err = s.on(ctx, by, one.ID, "change together", func(tx Tx, c Case) error {
		done, err = Answer(r.Of(string(one.ID)), tx, "case together", s.Now(), func() (Jointed, error) {
			done := Jointed{one, c, c, nil}
			switch {
			case !c.Open():
				return done, fault.New(fault.Conflict, "case-closed", string(one.ID))
			case c.Revision != one.Saw:
				return done, fault.New(fault.Conflict, "case-changed", string(one.ID))
			}
			done.Is, err = s.joint(ctx, tx, by, c, j)
			return done, err
		})
		if err == nil && try {
			err = errTried
		}
		return err
	})
	if errors.Is(err, errTried) {
		err = nil
	}
	return done.Was, done.Is, err
}

func (s *Service) joint(ctx context.Context, tx Tx, by ident.Actor, c Case, j Joint) (is Case, err error) {
	if err := fault.All("invalid-joint", s.JointFaults(j)); err != nil {
		return c, err
	}
	handler, team := given(j.Handler, c.Handler), given(j.Team, c.Team)
	switch {
	case handler != c.Handler || team != c.Team:
		is, err = s.Assign(ctx, tx, by, c, handler, team)
	case j.Adds():
		is, err = s.Save(tx, c) // who sends the same again chose a case that changed
	default:
		is = c
	}
	if err == nil && j.tasks() {
		err = s.AddTask(tx, by, is, j.Task)
	}
	if err == nil && j.Note != "" {
		_, err = s.AddNote(tx, by, is, Note{Way: Internal, Text: j.Note})
	}
	return is, err
}

func given(to, now string) string {
	if to == None {
		return ""
	}
	return cmp.Or(to, now)
}

// faults returns what is wrong with what a task says, and with its day.
func (t Task) faults(today calendar.Date) []fault.Detail {
	faults := check("/title", strings.TrimSpace(t.Title), LongestTitle, "Schrijf op wat er moet gebeuren.")
	switch {
	case t.Day == NoDay:
		faults = append(faults, Legible("/day", t.Day)...)
	case t.Day.IsZero() || t.Day.Before(today):
		faults = append(faults, fault.Detail{Pointer: "/day", Reason: "past", Text: "Geef een dag die niet voorbij is."})
	}
	return faults
}
