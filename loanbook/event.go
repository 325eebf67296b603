package loanbook

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/money"
)

// An EventKind is what happened to an agreement.
type EventKind string

// The kinds of event.
const (
	RateChanged EventKind = "rente"        // the charge changed
	FellLate    EventKind = "achterstand"  // the oldest payment that was not made was due on the day
	CaughtUp    EventKind = "bijgewerkt"   // there are no arrears any more
	WasCalled   EventKind = "opgeeist"     // all of it was demanded before its time
	WasSettled  EventKind = "afgelost"     // paid off
	WasUndone   EventKind = "ontbonden"    // dissolved
	WasRestored EventKind = "ongedaan"     // the dissolution was undone
	WentOver    EventKind = "overgedragen" // to another provider
	BalanceWas  EventKind = "saldo"        // the balance on the day
)

// EventKinds are all kinds, in the order in which they are offered.
var EventKinds = []EventKind{RateChanged, FellLate, CaughtUp, BalanceWas, WasCalled, WasSettled, WasUndone, WasRestored, WentOver}

// Dutch is how people call it.
func (k EventKind) Dutch() string {
	switch k {
	case RateChanged:
		return "Rente gewijzigd"
	case FellLate:
		return "Achterstand ontstaan"
	case CaughtUp:
		return "Achterstand ingehaald"
	case WasCalled:
		return "Vervroegd opgeëist"
	case WasSettled:
		return "Afgelost"
	case WasUndone:
		return "Ontbonden"
	case WasRestored:
		return "Ontbinding ongedaan gemaakt"
	case WentOver:
		return "Overgedragen aan een andere aanbieder"
	}
	return "Saldo vastgelegd"
}

// An Event is what was told of one agreement after the book was read.
type Event struct {
	ID        string
	Reference string
	Kind      EventKind
	On        calendar.Date
	Nominal   Rate        // of RateChanged
	Effective Rate        // of RateChanged, where other costs count too
	Balance   money.Cents // of BalanceWas
	To        string      // of WentOver: the other provider
	By        string
	At        time.Time
	Withdrawn string // why it does not count any more; "" while it does
}

// own is the event with what belongs to its kind, and nothing else.
func (e Event) own() Event {
	if e.Kind != RateChanged {
		e.Nominal, e.Effective = 0, 0
	}
	if e.Kind != BalanceWas {
		e.Balance = 0
	}
	if e.Kind != WentOver && !text.HoldsBSN(e.To) { // that one is told, also where it would be dropped
		e.To = ""
	}
	return e
}

// mostProvider is how long the name of another provider may be.
const mostProvider = 80

// Check returns all that is wrong with an event of an agreement, told on a day, as one
// fault.Invalid "invalid-loan-event".
func (e Event) Check(l Loan, today calendar.Date) error {
	var wrong []fault.Detail
	say := func(at, text string) {
		wrong = append(wrong, fault.Detail{Pointer: at, Reason: "invalid-loan-event", Text: text})
	}
	if !slices.Contains(EventKinds, e.Kind) {
		say("/kind", "Kies wat er is gebeurd.")
	}
	switch {
	case e.On.IsZero():
		say("/on", "Geef de dag als jaar-maand-dag, zoals 2026-11-21.")
	case e.On.Before(l.Concluded):
		say("/on", "Geef een dag vanaf de dag van de overeenkomst, "+l.Concluded.Dutch()+".")
	case e.On.After(today) && e.Kind != RateChanged:
		say("/on", "Geef een dag die niet in de toekomst ligt.")
	case e.On.After(today.AddMonths(12)):
		say("/on", "Geef een dag binnen een jaar.")
	}
	if l.State().Over() && e.Kind != WasRestored && e.Kind != BalanceWas {
		say("/kind", "Deze overeenkomst is geëindigd. Trek eerst in wat haar deed eindigen, als dat niet klopt.")
	}
	if text.HoldsBSN(e.To) {
		say("/to", "Haal het burgerservicenummer weg. Dat mag hier niet worden vastgelegd.")
	}
	e.kindly(l, say)
	if len(wrong) == 0 {
		return nil
	}
	slices.SortStableFunc(wrong, func(a, b fault.Detail) int { return strings.Compare(a.Pointer, b.Pointer) })
	return fault.All("invalid-loan-event", wrong)
}

// kindly checks what belongs to the kind alone.
func (e Event) kindly(l Loan, say func(at, text string)) {
	switch e.Kind {
	case RateChanged:
		last := l.Now()
		if e.Nominal < 0 || e.Nominal > highestRate {
			say("/rate", "Geef de nieuwe rente per jaar, van 0 tot en met 100 procent, zoals 8,4.")
		}
		if e.Effective != 0 && e.Effective < e.Nominal {
			say("/effective", "De effectieve rente is niet lager dan de gewone rente. Laat haar leeg als er alleen rente wordt gerekend.")
		}
		if l.Charge == credit.Fixed {
			say("/kind", "Deze overeenkomst heeft een vaste kredietvergoeding. Die wijzigt niet tijdens de looptijd.")
		} else if !e.On.IsZero() && !e.On.After(last.From) {
			say("/on", "Geef een dag na de vorige wijziging, van "+last.From.Dutch()+".")
		}
	case CaughtUp:
		if l.Arrears.IsZero() {
			say("/kind", "Deze overeenkomst heeft geen achterstand.")
		}
	case WasRestored:
		if l.Dissolved.IsZero() || !l.Undone.IsZero() {
			say("/kind", "Deze overeenkomst is niet ontbonden.")
		}
	case BalanceWas:
		if e.Balance < 0 {
			say("/balance", "Geef het saldo in euro, zoals 1.250,00.")
		}
	case WentOver:
		if n := utf8.RuneCountInString(strings.TrimSpace(e.To)); n == 0 || n > mostProvider {
			say("/to", "Geef de naam van de andere aanbieder, ten hoogste 80 tekens.")
		}
	}
}

// after is the agreement as it stands after the event.
func (l Loan) after(e Event) Loan {
	switch e.Kind {
	case RateChanged:
		l.Rates = append(slices.Clone(l.Rates), RateFrom{e.On, e.Nominal, e.Effective})
	case FellLate:
		if l.Arrears.IsZero() || e.On.Before(l.Arrears) {
			l.Arrears = e.On
		}
	case CaughtUp:
		l.Arrears = calendar.Date{}
	case WasCalled:
		l.Demanded = e.On
	case WasSettled:
		l.Settled, l.Balance, l.Arrears = e.On, 0, calendar.Date{}
	case WasUndone:
		l.Dissolved, l.Undone = e.On, calendar.Date{}
	case WasRestored:
		l.Undone = e.On
	case WentOver:
		l.Transferred = e.On
	case BalanceWas:
		l.Balance = e.Balance
	}
	return l
}

// With is the agreement of a stand of the book, with what was told of it and is not in
// that stand: what happened after its day, or was told after it was read. A stand that
// holds a later change of the rate keeps it. A change that is announced counts; the
// day says from when.
func (l Loan) With(events []Event, stand calendar.Date, read time.Time, on calendar.Date) Loan {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b Event) int {
		if c := a.On.Compare(b.On); c != 0 {
			return c
		}
		return a.At.Compare(b.At)
	})
	for _, e := range sorted {
		counts := e.Withdrawn == "" && (e.Kind == RateChanged || !e.On.After(on)) && (e.On.After(stand) || e.At.After(read))
		if e.Kind == RateChanged && !e.On.After(l.Now().From) {
			counts = false
		}
		if counts {
			l = l.after(e)
		}
	}
	return l
}
