package appropriateness

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Happening is what became of a client after the test: whether they took the
// product, and what may show that the verdict was wrong (afm:ket:evaluate: follow-up
// questions or actions of the client).
type Happening string

// What can be told. NothingNoted says that somebody looked and found nothing: without
// it nobody knows whether a silent client was followed at all.
const (
	Concluded      Happening = "concluded"         // took the product
	NotConcluded   Happening = "not_concluded"     // did not
	NothingNoted   Happening = "nothing_noted"     // was followed until that day, and nothing happened
	AskedAfter     Happening = "question"          // asked a question that shows a misunderstanding
	TookAdvice     Happening = "advice_after"      // sought advice after all
	Undone         Happening = "cancelled"         // within the cooling-off
	EndedEarly     Happening = "early_surrender"   // surrendered or ended the product early
	InArrears      Happening = "arrears"           // fell behind with payments
	Complained     Happening = "complaint"         // about the product or the sale
	SoldOutsideSet Happening = "outside_after_all" // turned out not to belong to the target group
)

// Happenings lists them all, in the order of a page.
var Happenings = []Happening{Concluded, NotConcluded, NothingNoted, AskedAfter, TookAdvice, Undone, EndedEarly, InArrears, Complained, SoldOutsideSet}

// Signals lists those that may show that a client was not fit after all.
var Signals = []Happening{AskedAfter, TookAdvice, Undone, EndedEarly, InArrears, Complained, SoldOutsideSet}

// A Sequel (vervolg) is one such thing, of one attempt, on one day.
type Sequel struct {
	Attempt AttemptID
	What    Happening
	Day     calendar.Date
	By      string    // who told it
	Told    time.Time // when
}

// A SequelRow asks to keep a sequel. The attempt is named by its id, or as the newest
// judged attempt of a client by the firm's own reference with this test.
type SequelRow struct {
	Row       int // in a file, from 2; 0 for its place among the rows, from 1
	Attempt   AttemptID
	Reference string
	TestID    string
	What      Happening
	Day       string // year-month-day
}

// SequelsMost is how many sequels can be told at once.
const SequelsMost = 5_000

// A SequelReport is what was, or would be, kept. With faults nothing was.
type SequelReport struct {
	New    int
	Known  int // told before: nothing is done
	Faults []RowFault
}

// An Aftermath is what looking at the time after the test asks of a Tx.
type Aftermath interface {
	Sequels(AttemptID) ([]Sequel, error)                          // in the order of their days
	KeepSequel(Attempt, Sequel) (fresh bool, _ error)             // false when it was told before
	DropSequel(AttemptID, Happening, calendar.Date) (bool, error) // false when it is not there
	KeepFit(AttemptID, Fit) error
	Effects(test ident.Hash) ([]Effect, error)
	Evaluations(testID string) ([]Evaluated, error) // newest first
	KeepEvaluation(Evaluated) error
	ConfirmEvaluation(id, by string, at time.Time) (bool, error) // false when it was confirmed before
	PlannedEvaluations() (map[string]calendar.Date, error)       // by test
	PlanEvaluation(testID string, day calendar.Date) error
}

// ReportSequels keeps what became of clients, all or none: with a fault in any row
// nothing is kept and the report holds every fault. What was told before is left as
// it is, so that the same file may be sent again. A dry run keeps nothing.
func (s *Service) ReportSequels(ctx context.Context, by ident.Actor, rows []SequelRow, dry bool) (SequelReport, error) {
	var r SequelReport
	do := s.Store.Update
	if dry {
		do = s.Store.View
	}
	err := do(ctx, by.Firm, func(tx Tx) error {
		r = SequelReport{Faults: []RowFault{}}
		return s.once(tx, s.sequelKey(dry), map[string]any{"sequels": rowsText(rows)}, &r, func() error { return s.reportIn(tx, by, rows, dry, &r) })
	})
	if err != nil {
		return SequelReport{}, fmt.Errorf("report sequels: %w", err)
	}
	return r, nil
}

// ReportSequelsUnder is ReportSequels under an idempotency key: the same asked again
// gives the first answer. Rows with faults are kept under none.
func (s *Service) ReportSequelsUnder(ctx context.Context, by ident.Actor, key string, rows []SequelRow) (SequelReport, error) {
	dry, err := s.ReportSequels(ctx, by, rows, true)
	if err != nil || len(dry.Faults) > 0 {
		return dry, err
	}
	return s.Under(key).ReportSequels(ctx, by, rows, false)
}

func (s *Service) sequelKey(dry bool) string {
	if dry {
		return ""
	}
	return s.key
}

func rowsText(rows []SequelRow) []string {
	texts := make([]string, len(rows))
	for i, r := range rows {
		texts[i] = strings.Join([]string{string(r.Attempt), r.Reference, r.TestID, string(r.What), r.Day}, "\t")
	}
	return texts
}

func (s *Service) reportIn(tx Tx, by ident.Actor, rows []SequelRow, dry bool, r *SequelReport) error {
	if len(rows) > SequelsMost {
		r.Faults = append(r.Faults, RowFault{Code: "too-many", Text: "Geef hooguit " + strconv.Itoa(SequelsMost) + " regels tegelijk."})
		return nil
	}
	type found struct {
		a Attempt
		s Sequel
	}
	var list []found
	for i, row := range rows {
		a, sequel, faults, err := s.read(tx, by, row)
		if err != nil {
			return err
		}
		for _, d := range faults {
			r.Faults = append(r.Faults, RowFault{Row: cmp.Or(row.Row, i+1), Column: SequelColumns[d.Pointer], Code: d.Reason, Text: d.Text})
		}
		list = append(list, found{a, sequel})
	}
	if len(r.Faults) > 0 {
		return nil
	}
	for _, f := range list {
		known, err := tx.Sequels(f.a.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(known, func(k Sequel) bool { return k.What == f.s.What && k.Day == f.s.Day }) {
			r.Known++
			continue
		}
		r.New++
		if dry {
			continue
		}
		fresh, err := tx.KeepSequel(f.a, f.s)
		if err != nil || !fresh {
			return err
		}
		if err := tx.Append(s.fact(KindSequel, string(f.a.ID), by.Firm, f.s.Told, sequel1{by.String(), f.s.What, f.s.Day.String(), f.a.Test})); err != nil {
			return err
		}
	}
	return nil
}

// read finds the attempt of a row, and all that is wrong with it.
func (s *Service) read(tx Tx, by ident.Actor, row SequelRow) (a Attempt, q Sequel, faults []fault.Detail, err error) {
	c := &checker{}
	c.oneOf("/what", string(row.What), happeningNames()...)
	day, dayErr := calendar.Parse(row.Day)
	c.must(dayErr == nil, "/day", "invalid-value", "Geef een dag als jaar-maand-dag, zoals 2026-11-21.")
	a, attemptErr := attemptOf(tx, row, s.Now())
	switch {
	case fault.Is(attemptErr, fault.NotFound):
		c.must(false, "/attempt", "unknown-attempt", "Deze toetspoging is er niet bij uw onderneming. Geef het kenmerk van de poging, of het klantkenmerk met de toets.")
	case attemptErr != nil:
		return a, q, nil, attemptErr
	case a.State != Judged:
		c.must(false, "/attempt", "attempt-not-judged", "Deze toets is nog niet verstuurd. Leg het vervolg vast als er een uitslag is.")
	case dayErr == nil:
		c.must(day.Compare(calendar.Of(a.Judged)) >= 0, "/day", "before-the-test", "Deze dag ligt voor de dag van de uitslag. Geef de dag waarop het gebeurde.")
	}
	if dayErr == nil {
		c.must(day.Compare(calendar.Of(s.Now())) <= 0, "/day", "in-the-future", "Deze dag moet nog komen. Geef de dag waarop het gebeurde.")
	}
	return a, Sequel{Attempt: a.ID, What: row.What, Day: day, By: by.String(), Told: s.Now()}, c.faults, nil
}

func happeningNames() []string {
	names := make([]string, len(Happenings))
	for i, h := range Happenings {
		names[i] = string(h)
	}
	return names
}

// SequelColumns names the column of a file in which a part of a row stands.
var SequelColumns = map[string]string{"/attempt": "poging", "/what": "vervolg", "/day": "dag"}

// attemptOf finds the attempt that a row names.
func attemptOf(tx Tx, row SequelRow, now time.Time) (Attempt, error) {
	if row.Attempt != "" {
		return tx.Attempt(row.Attempt)
	}
	client, err := tx.Find(row.Reference)
	if err != nil {
		return Attempt{}, err
	}
	page, err := tx.List(Filter{client: client, TestID: row.TestID, State: Judged, Limit: 1, Now: now})
	if err != nil {
		return Attempt{}, err
	}
	if len(page.Rows) == 0 || row.TestID == "" {
		return Attempt{}, fault.New(fault.NotFound, "unknown-attempt", "")
	}
	return page.Rows[0].Attempt, nil
}

// SequelsOf returns what was told of an attempt, in the order of the days.
func (s *Service) SequelsOf(ctx context.Context, by ident.Actor, id AttemptID) (list []Sequel, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if _, err := tx.Attempt(id); err != nil {
			return err
		}
		list, err = tx.Sequels(id)
		return err
	})
	return list, err
}

// Signal reports whether it may show that the client was not fit after all.
func (h Happening) Signal() bool { return slices.Contains(Signals, h) }

// Dutch says what happened, as staff read it.
func (h Happening) Dutch() string {
	switch h {
	case Concluded:
		return "Product afgesloten"
	case NotConcluded:
		return "Product niet afgesloten"
	case NothingNoted:
		return "Gevolgd, niets bijzonders"
	case AskedAfter:
		return "Vraag die een misverstand laat zien"
	case TookAdvice:
		return "Vroeg alsnog advies"
	case Undone:
		return "Herriep binnen de bedenktijd"
	case EndedEarly:
		return "Beëindigde of kocht vroeg af"
	case InArrears:
		return "Betalingsachterstand"
	case Complained:
		return "Klacht"
	case SoldOutsideSet:
		return "Bleek buiten de doelgroep te vallen"
	}
	return string(h)
}
