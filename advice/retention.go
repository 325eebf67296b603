package advice

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// keepMonths is how long an advice file is kept, and the own choice can be shown.
const keepMonths = 12

// RetentionIn asks until when an advice file must be kept. What is absent is not
// at issue.
type RetentionIn struct {
	Role                  *string        `json:"role"` // "provider", "advisor" or "intermediary"
	Advice                *calendar.Date `json:"advice"`
	ContractOnRecommended *bool          `json:"contract_on_recommended"` // the advice led to a contract on what was recommended
	Contract              *calendar.Date `json:"contract"`                // its day, which starts no term
	ContractOtherProduct  *calendar.Date `json:"contract_other_product"`  // the day of a contract on another product than was recommended
	SameChannel           *bool          `json:"same_channel"`            // within the scope of that advice, by the same provider or channel

	StandardisedProcedure     *bool `json:"standardised_procedure"`
	VerifiableBySupervisor    *bool `json:"verifiable_by_supervisor"`
	AllAdviceResultsFromIt    *bool `json:"all_advice_results_from_it"`
	ExceptionReachesOwnChoice *bool `json:"exception_reaches_own_choice"` // reading: 14(4) lifts 14(5) too, against its text
}

// duties says which lid asks each role to keep the file.
var duties = map[string]ident.Norm{
	"provider": "bfd:14:1", "advisor": "bfd:14:2", "adviser": "bfd:14:2", "intermediary": "bfd:14:3",
}

// Check asks for a role that is known; and for the role where it decides.
func (in RetentionIn) Check() []fault.Detail {
	if _, known := duties[rule.Word(in.Role)]; known || (in.Role == nil && !in.turnsOnRole()) {
		return nil
	}
	const text = "Kies de rol bij dit advies: provider, advisor of intermediary."
	if in.Role == nil {
		return []fault.Detail{rule.Missing("/role", text)}
	}
	return []fault.Detail{rule.Unknown("/role", text)}
}

// turnsOnRole reports whether an adviser must do otherwise than the others.
func (in RetentionIn) turnsOnRole() bool {
	return (!in.sold() && !in.standard()) || in.ContractOtherProduct != nil
}

// duty returns the lid that asks this role to keep the file; of an unknown role,
// that of a provider.
func (in RetentionIn) duty() ident.Norm {
	if norm, known := duties[rule.Word(in.Role)]; known {
		return norm
	}
	return "bfd:14:1"
}

func (in RetentionIn) onlyAdvises() bool { return in.duty() == "bfd:14:2" }

// sold reports whether the advice led to a contract on what was recommended.
// Beside a contract on another product silence means that it did not; otherwise
// silence is not at issue.
func (in RetentionIn) sold() bool {
	if in.ContractOnRecommended != nil {
		return *in.ContractOnRecommended
	}
	return in.Contract != nil || in.ContractOtherProduct == nil
}

// standard reports whether the exception of 14(4) holds: all its conditions,
// those not given being not at issue.
func (in RetentionIn) standard() bool {
	return rule.Holds(in.StandardisedProcedure) && !rule.Fails(in.VerifiableBySupervisor) && !rule.Fails(in.AllAdviceResultsFromIt)
}

// RetentionOut is the answer of AdviceRetention.
type RetentionOut struct {
	rule.Why
	law.Keeping
	ShowOwnChoice        *bool          `json:"show_own_choice"`         // absent without a contract on another product
	ShowOwnChoiceThrough *calendar.Date `json:"show_own_choice_through"` // the last day on which it can be asked
}

// AdviceRetention decides whether and until when the client profile and the data
// of the product are kept, and the client's own choice can be shown.
//
// Norms bfd:14:1-3: one year from the advice; of a provider and an intermediary
// only where the advice led to a contract on what was recommended. bfd:14:4 lifts
// these three, not 14(5), whose year runs from the conclusion of the contract.
var AdviceRetention = rule.New("advice_retention", 1,
	[]ident.Norm{"bfd:14:1", "bfd:14:2", "bfd:14:3", "bfd:14:4", "bfd:14:5"},
	retention, rule.Profile(rule.Bfd2005), rule.Texts(retentionTexts))

var retentionTexts = map[string]string{
	"advisor_always":       "Een adviseur bewaart het klantprofiel en de gegevens van het aanbevolen product altijd, ook als er geen overeenkomst volgt.",
	"provider_sold":        "Het advies leidde tot een overeenkomst over het aanbevolen product. De aanbieder bewaart het klantprofiel en de gegevens van het verkochte product.",
	"intermediary_sold":    "Het advies leidde tot een overeenkomst over het aanbevolen product. De bemiddelaar bewaart het klantprofiel en de gegevens van het aanbevolen product.",
	"sale_taken":           "Niet opgegeven is of het advies tot een overeenkomst leidde. Aangenomen is dat dit zo is.",
	"not_sold":             "Het advies leidde niet tot een overeenkomst over het aanbevolen product. Een aanbieder of bemiddelaar hoeft het dossier dan niet te bewaren.",
	"one_year":             "De termijn is ten minste één jaar vanaf het advies van {advice}. De laatste dag is {through}.",
	"from_advice":          "De termijn loopt vanaf het advies, niet vanaf de overeenkomst.",
	"no_advice_day":        "De dag van het advies is niet opgegeven. Tot wanneer het dossier moet blijven, is niet te zeggen.",
	"standard_procedure":   "De dienstverlener adviseert alleen volgens een gestandaardiseerde procedure die de toezichthouder kan nagaan. De bewaarplicht geldt dan niet.",
	"conditions_taken":     "Niet alle voorwaarden van de uitzondering zijn opgegeven. Aangenomen is dat de andere zijn vervuld.",
	"not_verifiable":       "De toezichthouder kan de procedure niet nagaan. De uitzondering van het vierde lid geldt niet.",
	"not_all_advice":       "Niet elk advies komt uit de procedure. De uitzondering van het vierde lid geldt niet.",
	"own_choice":           "De klant sloot een ander product dan was geadviseerd. Tot en met {through} moet aantoonbaar zijn dat de klant daar zelf voor koos: één jaar na de totstandkoming.",
	"own_choice_no_lift":   "De uitzondering van het vierde lid noemt het vijfde lid niet. De keuze moet aantoonbaar blijven.",
	"own_choice_lifted":    "Gekozen is voor de lezing waarin het vierde lid ook het vijfde lid uitzondert. De tekst noemt alleen het eerste tot en met het derde lid.",
	"own_choice_advisor":   "Een adviseur sluit de overeenkomst niet en bemiddelt er ook niet bij. Het vijfde lid geldt niet voor hem.",
	"own_choice_elsewhere": "De klant sloot het andere product langs een ander kanaal, los van het advies. De dienstverlener kan dat niet signaleren en hoeft de keuze niet aan te tonen.",
}

func retention(in RetentionIn) RetentionOut {
	var out RetentionOut
	out.file(in)
	out.ownChoice(in)
	return out
}

// file answers on the advice file itself.
func (out *RetentionOut) file(in RetentionIn) {
	norm := in.duty()
	if in.standard() {
		out.Say("standard_procedure", "bfd:14:4")
		if in.VerifiableBySupervisor == nil || in.AllAdviceResultsFromIt == nil {
			out.Say("conditions_taken", "bfd:14:4")
		}
		return
	}
	if rule.Holds(in.StandardisedProcedure) {
		if rule.Fails(in.VerifiableBySupervisor) {
			out.Say("not_verifiable", "bfd:14:4")
		}
		if rule.Fails(in.AllAdviceResultsFromIt) {
			out.Say("not_all_advice", "bfd:14:4")
		}
	}
	switch {
	case in.onlyAdvises():
		out.Say("advisor_always", norm)
	case !in.sold():
		out.Say("not_sold", norm)
		return
	case norm == "bfd:14:1":
		out.Say("provider_sold", norm)
	default:
		out.Say("intermediary_sold", norm)
	}
	if !in.onlyAdvises() && in.ContractOnRecommended == nil && in.Contract == nil {
		out.Say("sale_taken", norm)
	}
	out.Required = true
	if in.Advice == nil {
		out.Say("no_advice_day", norm)
		return
	}
	out.Keeping = law.KeptFor(*in.Advice, keepMonths)
	out.Say("one_year", norm, "advice", in.Advice.String(), "through", out.Last().String())
	if in.Contract != nil && !in.onlyAdvises() {
		out.Say("from_advice", norm)
	}
}

// ownChoice answers whether it must be shown that the client chose another
// product than was recommended.
func (out *RetentionOut) ownChoice(in RetentionIn) {
	if in.ContractOtherProduct == nil {
		return
	}
	shown := false
	switch {
	case in.onlyAdvises():
		out.Say("own_choice_advisor", "bfd:14:5")
	case rule.Fails(in.SameChannel):
		out.Say("own_choice_elsewhere", "bfd:14:5")
	case in.standard() && rule.Holds(in.ExceptionReachesOwnChoice):
		out.Say("own_choice_lifted", "bfd:14:4")
	default:
		shown = true
		last := law.KeptFor(*in.ContractOtherProduct, keepMonths).Last()
		if !last.IsZero() {
			out.ShowOwnChoiceThrough = &last
		}
		out.Say("own_choice", "bfd:14:5", "through", last.String())
		if in.standard() {
			out.Say("own_choice_no_lift", "bfd:14:5")
		}
	}
	out.ShowOwnChoice = &shown
}

// DeletionIn asks whether an advice file was deleted too early.
type DeletionIn struct {
	RetentionIn
	DeletedOn          canon.Opt[calendar.Date] `json:"deleted_on"`            // the file; null: not deleted
	OwnChoiceDeletedOn *calendar.Date           `json:"own_choice_deleted_on"` // the evidence of the own choice
}

// DeletionOut is the answer of AdviceDeletion.
type DeletionOut struct {
	RetentionOut
	law.Breach
}

// AdviceDeletion decides whether an advice file, or the evidence of a client's
// own choice, was deleted before its term was over: on the last day it must still
// be there. It asks the same as AdviceRetention.
var AdviceDeletion = rule.New("advice_deletion", 1,
	[]ident.Norm{"bfd:14:1", "bfd:14:2", "bfd:14:3", "bfd:14:4", "bfd:14:5"},
	deletion, rule.Profile(rule.Bfd2005), rule.Texts(deletionTexts()))

func deletionTexts() map[string]string {
	texts := map[string]string{
		"not_deleted":        "Het dossier is niet verwijderd.",
		"deleted_early":      "Het dossier is op {deleted} verwijderd. Dat is te vroeg: op de laatste dag moet het er nog zijn.",
		"deleted_in_time":    "Het dossier is op {deleted} verwijderd. Toen hoefde het niet meer te worden bewaard.",
		"choice_early":       "Het bewijs van de eigen keuze is op {deleted} verwijderd. Dat is te vroeg.",
		"end_cannot_be_told": "Tot wanneer het dossier moet blijven, is niet te zeggen. Het verwijderen is daarom niet beoordeeld.",
	}
	for code, text := range retentionTexts {
		texts[code] = text
	}
	return texts
}

func deletion(in DeletionIn) DeletionOut {
	out := DeletionOut{RetentionOut: retention(in.RetentionIn)}
	norm := in.duty()
	var violated []ident.Norm
	switch deleted := in.DeletedOn; {
	case !deleted.Given || deleted.Null:
		out.Say("not_deleted", norm)
	case out.Required && !out.Through.Given:
		out.Say("end_cannot_be_told", norm)
	case out.Forbids(deleted.V):
		violated = append(violated, norm)
		out.Say("deleted_early", norm, "deleted", deleted.V.String())
	default:
		out.Say("deleted_in_time", norm, "deleted", deleted.V.String())
	}
	if d, last := in.OwnChoiceDeletedOn, out.ShowOwnChoiceThrough; d != nil && last != nil && !d.After(*last) {
		violated = append(violated, "bfd:14:5")
		out.Say("choice_early", "bfd:14:5", "deleted", d.String())
	}
	out.Breach = law.Held(violated...)
	return out
}
