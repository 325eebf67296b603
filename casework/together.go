package casework

import (
	"cmp"
	"context"
	"errors"
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

// A Joint is what is done to several cases at once. Empty fields leave things as they
// are.
type Joint struct {
	Handler string // account; None takes it away
	Team    string // None takes it away
	Task    Task   // for whoever handles each case; without title and day none
	Note    string // among ourselves; "" none
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
	faults := slices.Concat(check("/team", j.Team, LongestTeam, ""), check("/text", j.Note, LongestNote, ""))
	if j.tasks() {
		faults = append(faults, j.Task.faults(s.Today())...)
	}
	return faults
}

// errTried ends a transaction of which nothing is kept.
var errTried = errors.New("tried only")

// Joint does to a case what is done to several: all of it, or nothing. With try nothing
// is kept, and the answer says what would be. Of a case that is closed: Conflict
// "case-closed"; of one that changed since it was chosen: Conflict "case-changed".
func (s *Service) Joint(ctx context.Context, by ident.Actor, one Chosen, j Joint, try bool) (was, is Case, err error) {
	err = s.on(ctx, by, one.ID, "change together", func(tx Tx, c Case) error {
		was, is = c, c
		switch {
		case !c.Open():
			return fault.New(fault.Conflict, "case-closed", string(one.ID))
		case c.Revision != one.Saw:
			return fault.New(fault.Conflict, "case-changed", string(one.ID))
		}
		if is, err = s.joint(ctx, tx, by, c, j); err == nil && try {
			err = errTried
		}
		return err
	})
	if errors.Is(err, errTried) {
		err = nil
	}
	return was, is, err
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
