package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// AddNote keeps a note of a case in the room's transaction, with its fact, and finds
// the case by its words.
func (s *Service) AddNote(tx Tx, by ident.Actor, c Case, n Note) (Note, error) {
	n.ID, n.Case, n.Made, n.By, n.Text = s.NewID(), c.ID, s.Now(), by.String(), strings.TrimSpace(n.Text)
	if n.At.IsZero() {
		n.At = n.Made
	}
	faults := check("/text", n.Text, LongestNote, "Schrijf op wat er is gezegd of gedaan.")
	faults = append(faults, n.Way.Check("/way")...)
	if n.At.After(n.Made) {
		faults = append(faults, fault.Detail{Pointer: "/at", Reason: "future", Text: "Dit moment ligt in de toekomst. Geef het moment waarop het gebeurde."})
	}
	if err := fault.All("invalid-note", faults); err != nil {
		return n, err
	}
	if err := tx.KeepNote(n); err != nil {
		return n, err
	}
	if err := tx.Index(c, text.Stems(n.Text)); err != nil {
		return n, err
	}
	return n, tx.Append(s.fact(KindNoted, by, c.ID, noted1{by.String(), n.ID, n.Way, stamp(n.At), n.Digest()}))
}

// AddDocument files a document under a case in the room's transaction, with its
// fact; a note says so where its words could not be looked at. All that is wrong with
// the file is one Invalid "invalid-document".
func (s *Service) AddDocument(tx Tx, by ident.Actor, c Case, d Document, content []byte) (Document, error) {
	if err := fault.All("invalid-document", slices.Concat(CheckDocument("/document", d.Name, content), check("/what", d.What, LongestTitle, ""))); err != nil {
		return d, err
	}
	d.Media, _ = FormatOf(d.Name, content)
	d, err := s.file(tx, by, c, d, content)
	if says := Unread(d.Media, content); err == nil && says != "" {
		_, err = s.AddNote(tx, by, c, Note{Way: Internal, Text: d.Name + "\n" + says})
	}
	return d, err
}

// file keeps a document that was checked, or that we made ourselves.
func (s *Service) file(tx Tx, by ident.Actor, c Case, d Document, content []byte) (Document, error) {
	d.ID, d.Case, d.At, d.By = s.NewID(), c.ID, s.Now(), by.String()
	d.Size, d.Hash = int64(len(content)), ident.HashOf(content)
	if err := tx.KeepDocument(d, content); err != nil {
		return d, err
	}
	if err := tx.Index(c, text.Stems(d.Name, d.What)); err != nil {
		return d, err
	}
	return d, tx.Append(s.fact(KindFiled, by, c.ID, filed1{by.String(), d.ID, d.Way, d.Media, d.Size, d.Hash}))
}

// Assign gives a case to somebody or to a team in the room's transaction. An account
// that is not of the firm, or that the case is about, is Invalid "invalid-handler".
func (s *Service) Assign(ctx context.Context, tx Tx, by ident.Actor, c Case, handler, team string) (Case, error) {
	faults := check("/team", team, LongestTeam, "")
	if handler != "" {
		ok, err := s.Account(ctx, by.Firm, handler)
		if err != nil {
			return c, err
		}
		if !ok {
			faults = append(faults, fault.Detail{Pointer: "/handler", Reason: "unknown-account", Text: "Deze medewerker is er niet, of mag geen zaken behandelen. Kies iemand uit de lijst."})
		}
		own, err := s.fit(tx, c.ID, handler)
		if err != nil {
			return c, err
		}
		faults = append(faults, own...)
	}
	if err := fault.All("invalid-handler", faults); err != nil {
		return c, err
	}
	c.Handler, c.Team = handler, team
	c, err := s.Save(tx, c)
	if err != nil {
		return c, err
	}
	return c, tx.Append(s.fact(KindAssigned, by, c.ID, assigned1{by.String(), handler, team}))
}

// A Task is what a person wants done before the end of a day.
type Task struct {
	Title string
	Day   calendar.Date
	For   string // account; "" whoever handles the case
}

// SetTask sets a task under a case.
func (s *Service) SetTask(ctx context.Context, by ident.Actor, id ID, t Task) error {
	return s.on(ctx, by, id, "set task", func(tx Tx, c Case) error {
		faults := t.faults(s.Today())
		if t.For != "" {
			ok, err := s.Account(ctx, by.Firm, t.For)
			if err != nil {
				return err
			}
			if !ok {
				faults = append(faults, fault.Detail{Pointer: "/for", Reason: "unknown-account", Text: "Deze medewerker is er niet. Kies iemand uit de lijst."})
			}
			own, err := s.hand(tx, c.ID, t.For)
			if err != nil {
				return err
			}
			faults = append(faults, own...)
		}
		if err := fault.All("invalid-task", faults); err != nil {
			return err
		}
		return s.AddTask(tx, by, c, t)
	})
}

// AddTask sets a task that was checked, in the room's transaction.
func (s *Service) AddTask(tx Tx, by ident.Actor, c Case, t Task) error {
	d := Due{Case: c.ID, Code: "task:" + s.NewID(), Title: strings.TrimSpace(t.Title), Day: t.Day, For: t.For}
	if err := tx.SaveDue(d, c); err != nil {
		return err
	}
	return tx.Append(s.fact(KindTask, by, c.ID, task1{by.String(), d.Code, d.Day.String(), d.For, ident.HashOf([]byte(d.Code + "\n" + d.Title))}))
}

// EndTask says that a task is done. What a rule asks ends only by what the rule asks
// for: Conflict "due-by-rule".
func (s *Service) EndTask(ctx context.Context, by ident.Actor, id ID, code string) error {
	return s.due(ctx, by, id, code, "end task", func(tx Tx, _ Case, d Due) error {
		if !d.Task() {
			return fault.New(fault.Conflict, "due-by-rule", code)
		}
		if err := tx.RemoveDue(id, code); err != nil {
			return err
		}
		return tx.Append(s.fact(KindTaskEnded, by, id, taskEnded1{by.String(), code}))
	})
}

// Snooze puts off the reminder of a due until a day, for a reason. The day before
// which it must be done stays as it is, and what is overdue is shown all the same.
func (s *Service) Snooze(ctx context.Context, by ident.Actor, id ID, code string, until calendar.Date, why string) error {
	return s.due(ctx, by, id, code, "snooze", func(tx Tx, c Case, d Due) error {
		faults := check("/why", strings.TrimSpace(why), LongestReason, "Zeg waarom dit later kan.")
		switch {
		case !until.After(s.Today()):
			faults = append(faults, fault.Detail{Pointer: "/until", Reason: "past", Text: "Kies een dag na vandaag."})
		case until.After(d.Day):
			faults = append(faults, fault.Detail{Pointer: "/until", Reason: "after-due", Text: "Kies uiterlijk de laatste dag zelf: daarna is het te laat."})
		}
		if err := fault.All("invalid-snooze", faults); err != nil {
			return err
		}
		d.Until = until
		if err := tx.SaveDue(d, c); err != nil {
			return err
		}
		note := Note{Way: Internal, Text: "Herinnering uitgesteld (" + d.Title + "): " + strings.TrimSpace(why)}
		n, err := s.AddNote(tx, by, c, note)
		if err != nil {
			return err
		}
		return tx.Append(s.fact(KindSnoozed, by, id, snoozed1{by.String(), code, until.String(), n.Digest()}))
	})
}

// hand returns what keeps an account from doing something of a case.
func (s *Service) hand(tx Tx, id ID, account string) ([]fault.Detail, error) {
	faults, err := s.fit(tx, id, account)
	for i := range faults {
		faults[i].Pointer = "/for"
	}
	return faults, err
}

// HandOver gives one due to another account. Whom the case is about gets none:
// Invalid "invalid-handler".
func (s *Service) HandOver(ctx context.Context, by ident.Actor, id ID, code, to string) error {
	return s.due(ctx, by, id, code, "hand over", func(tx Tx, c Case, d Due) error {
		ok, err := s.Account(ctx, by.Firm, to)
		if err != nil {
			return err
		}
		faults, err := s.hand(tx, id, to)
		if err != nil {
			return err
		}
		if !ok {
			faults = []fault.Detail{{Pointer: "/for", Reason: "unknown-account", Text: "Deze medewerker is er niet. Kies iemand uit de lijst."}}
		}
		if err := fault.All("invalid-handler", faults); err != nil {
			return err
		}
		d.For = to
		if err := tx.SaveDue(d, c); err != nil {
			return err
		}
		return tx.Append(s.fact(KindHanded, by, id, handed1{by.String(), code, to}))
	})
}

func (s *Service) on(ctx context.Context, by ident.Actor, id ID, what string, fn func(Tx, Case) error) error {
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		c, err := tx.Case(id)
		if err != nil {
			return err
		}
		if c.Destroyed() {
			return destroyed(id)
		}
		_, err = s.request.Once(tx, what+" "+string(id), s.Now(), func() error { return fn(tx, c) })
		return err
	})
	if err != nil {
		return fmt.Errorf("%s of case %s: %w", what, id, err)
	}
	return nil
}

func (s *Service) due(ctx context.Context, by ident.Actor, id ID, code, what string, fn func(Tx, Case, Due) error) error {
	return s.on(ctx, by, id, what, func(tx Tx, c Case) error {
		dues, err := tx.Dues(id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(dues, func(d Due) bool { return d.Code == code })
		if i < 0 {
			return fault.New(fault.NotFound, "unknown-due", code)
		}
		return fn(tx, c, dues[i])
	})
}

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

// Write keeps a note of a case.
func (s *Service) Write(ctx context.Context, by ident.Actor, id ID, n Note) error {
	return s.on(ctx, by, id, "write note", func(tx Tx, c Case) error {
		_, err := s.AddNote(tx, by, c, n)
		return err
	})
}

// Attach files a document under a case.
func (s *Service) Attach(ctx context.Context, by ident.Actor, id ID, d Document, content []byte) error {
	return s.on(ctx, by, id, "file document", func(tx Tx, c Case) error {
		_, err := s.AddDocument(tx, by, c, d, content)
		return err
	})
}

// Give gives a case to somebody or to a team. revision is the one that was seen.
func (s *Service) Give(ctx context.Context, by ident.Actor, id ID, revision int64, handler, team string) error {
	return s.on(ctx, by, id, "assign", func(tx Tx, c Case) error {
		c.Revision = revision
		_, err := s.Assign(ctx, tx, by, c, handler, team)
		return err
	})
}
