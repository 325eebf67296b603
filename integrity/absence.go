package integrity

import (
	"maps"
	"slices"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// AbsenceIn asks what AppointmentIn asks, and what the supervisor made of years
// outside the sector, for which the source has no threshold.
type AbsenceIn struct {
	AppointmentIn
	Absence *string `json:"absence"` // one of Absences; absent: the supervisor was not asked, or did not answer yet
}

// What the supervisor can make of years outside the sector.
const (
	NoCause    = "no_cause"   // they are no reason to assess anew
	Reassesses = "reassesses" // they are
)

// Absences are all that the supervisor can make of them.
var Absences = []string{NoCause, Reassesses}

// longestAway is more years than anybody works.
var longestAway = money.Whole(80)

// Check asks for a role and an answer that are known, and for years that can be.
func (in AbsenceIn) Check() []fault.Detail {
	wrong := in.AppointmentIn.Check()
	if in.Absence != nil && !slices.Contains(Absences, *in.Absence) {
		wrong = append(wrong, rule.Unknown("/absence", "Kies no_cause of reassesses."))
	}
	if y := in.YearsOutsideSector; y != nil && (y.Sign() < 0 || y.Cmp(longestAway) > 0) {
		wrong = append(wrong, fault.Detail{Pointer: "/years_outside_sector", Reason: canon.CodeRange, Text: "Geef een aantal jaren van 0 tot en met 80."})
	}
	return wrong
}

// Appointment decides whether a policy maker was appointed only after the
// supervisor's message (article 7), and whether an earlier one suffices (8).
//
// Norms and readings as Appointment1. Years outside the sector leave open whether it
// suffices until the supervisor said what he makes of them (note to 8).
var Appointment = rule.New("appointment", 2, Appointment1.Norms(), appointment, rule.Profile(rule.Bfd2005), rule.Texts(absenceTexts()))

func absenceTexts() map[string]string {
	texts := maps.Clone(appointmentTexts)
	texts["absence_no_cause"] = "Deze persoon werkte buiten de financiële sector. De toezichthouder ziet daarin geen aanleiding om opnieuw te toetsen: de eerdere beoordeling blijft gelden."
	texts["absence_reassessed"] = "Deze persoon werkte buiten de financiële sector. De toezichthouder ziet daarin aanleiding om opnieuw te toetsen. Wacht zijn mededeling af."
	return texts
}

// Undecided reports whether the supervisor must still say what he makes of years
// outside the sector.
func (o AppointmentOut) Undecided() bool {
	return o.NewAssessmentNeeded != nil && *o.NewAssessmentNeeded == May
}

// fill tells the rule what is known of the years since an earlier assessment.
func (w Word) fill(in *AbsenceIn) {
	if years, err := money.Parse(w.Outside); err == nil {
		in.YearsOutsideSector = &years
	}
	if w.Absence != "" {
		in.Absence = &w.Absence
	}
}

// away checks what is told of the years outside the sector; of an earlier assessment it
// must be told.
func (w *Word) away() (faults []fault.Detail) {
	say := func(at, reason, text string) {
		faults = append(faults, fault.Detail{Pointer: at, Reason: reason, Text: text})
	}
	w.Outside = strings.Replace(strings.TrimSpace(w.Outside), ",", ".", 1)
	years, err := money.Parse(w.Outside)
	switch {
	case w.Act == "":
		w.Outside, w.Absence = "", ""
	case w.Outside == "":
		say("/outside", "missing", "Vul in hoeveel jaar deze persoon sinds die beoordeling buiten de financiële sector werkte. Was dat nooit, vul dan 0 in (artikel 8).")
	case err != nil || years.Sign() < 0 || years.Cmp(longestAway) > 0:
		say("/outside", "number", "Geef een aantal jaren van 0 tot en met 80, zoals 2 of 0,5.")
	default:
		w.Outside = years.String()
		if years.Sign() == 0 {
			w.Absence = ""
		}
	}
	if w.Absence != "" && !slices.Contains(Absences, w.Absence) {
		say("/absence", "unknown-value", "Kies wat de toezichthouder van die jaren vindt.")
	}
	return faults
}
