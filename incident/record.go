package incident

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// keepMonths is how long a record is kept: five years.
const keepMonths = 5 * 12

// parts are what the record of an incident holds at least (article 11).
var parts = []string{"facts", "function", "measures"}

// RecordIn asks whether the record of an incident is whole, and until when it is
// kept. What is absent is not at issue.
type RecordIn struct {
	Conduct
	Record      *[]string      `json:"record"`
	RecordedOn  *calendar.Date `json:"recorded_on"`
	CompletedOn *calendar.Date `json:"completed_on"` // reading: the term runs from the day the record was last added to
}

// RecordOut is the answer of IncidentRecord. Until when is absent where the day of
// recording was not given, or the conduct is no incident.
type RecordOut struct {
	rule.Why
	law.Breach
	law.Keeping
	Missing *[]string `json:"missing"` // absent where the record was not given
}

// IncidentRecord decides whether the record of an incident holds facts and
// circumstances, the function of whoever did it, and the measures taken, and
// until when it must be kept. Norm bfd:11.
var IncidentRecord = rule.New("incident_record", 1,
	[]ident.Norm{"bfd:10::a", "bfd:10::b", "bfd:10::c", "bfd:10::d", "bfd:11"},
	incidentRecord, rule.Profile(rule.Bfd2005), with(map[string]string{
		"part_missing":   "In de vastlegging ontbreekt: {part}. Artikel 11 vraagt de feiten en omstandigheden, de functie van de dader en de genomen maatregelen.",
		"record_whole":   "De vastlegging bevat wat artikel 11 ten minste vraagt.",
		"name_no_need":   "De functie van de dader is genoeg. Artikel 11 vraagt zijn naam niet.",
		"keep_five":      "De gegevens moeten ten minste vijf jaar worden bewaard: tot en met {through}.",
		"start_recorded": "Artikel 11 zegt niet wanneer de vijf jaar begint. Gerekend is vanaf de dag van vastlegging, {from}.",
		"start_complete": "Artikel 11 zegt niet wanneer de vijf jaar begint. Gekozen is voor de dag waarop de vastlegging het laatst is aangevuld, {from}.",
	}))

func incidentRecord(in RecordIn) RecordOut {
	var out RecordOut
	if in.Perpetrator != nil || in.IntegrityRiskFunction != nil || in.SeriousDanger != nil {
		if _, within := in.say(&out.Why); !within {
			out.Breach = law.Held()
			return out
		}
	}
	out.Breach = law.Held(out.whole(in)...)
	out.Required = true
	if in.RecordedOn != nil {
		out.Keeping = keep(&out.Why, *in.RecordedOn, in.CompletedOn)
	}
	if out.Because == nil {
		out.Say("name_no_need", "bfd:11")
	}
	return out
}

func (out *RecordOut) whole(in RecordIn) (violated []ident.Norm) {
	if in.Record == nil {
		return nil
	}
	missing := []string{}
	for _, p := range parts {
		if !slices.Contains(*in.Record, p) {
			missing = append(missing, p)
			out.Say("part_missing", "bfd:11", "part", partNames[p])
			violated = []ident.Norm{"bfd:11"}
		}
	}
	if out.Missing = &missing; violated == nil {
		out.Say("record_whole", "bfd:11")
	}
	return violated
}

var partNames = map[string]string{"facts": "de feiten en omstandigheden", "function": "de functie van de dader", "measures": "de genomen maatregelen"}

// keep returns until when a record is kept, and says from when that was counted.
func keep(w *rule.Why, recorded calendar.Date, completed *calendar.Date) law.Keeping {
	from, code := recorded, "start_recorded"
	if completed != nil && completed.After(recorded) {
		from, code = *completed, "start_complete"
	}
	k := law.KeptFor(from, keepMonths)
	w.Say("keep_five", "bfd:11", "through", k.Last().String())
	w.Say(code, "bfd:11", "from", from.String())
	return k
}

// RetentionIn asks whether a record of an incident was deleted too early.
type RetentionIn struct {
	RecordedOn  *calendar.Date           `json:"recorded_on"`
	CompletedOn *calendar.Date           `json:"completed_on"` // reading: as in IncidentRecord
	DeletedOn   canon.Opt[calendar.Date] `json:"deleted_on"`   // null: not deleted
}

// RetentionOut is the answer of IncidentRetention.
type RetentionOut struct {
	rule.Why
	law.Breach
	law.Keeping
}

// IncidentRetention decides whether the record of an incident was kept for five
// years. Norm bfd:11, second sentence.
var IncidentRetention = rule.New("incident_retention", 1, []ident.Norm{"bfd:11"},
	incidentRetention, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"keep_five":       "De gegevens moeten ten minste vijf jaar worden bewaard: tot en met {through}.",
		"start_recorded":  "Artikel 11 zegt niet wanneer de vijf jaar begint. Gerekend is vanaf de dag van vastlegging, {from}.",
		"start_complete":  "Artikel 11 zegt niet wanneer de vijf jaar begint. Gekozen is voor de dag waarop de vastlegging het laatst is aangevuld, {from}.",
		"deleted_early":   "De gegevens zijn op {deleted} verwijderd. Dat is te vroeg: op de laatste dag moeten zij er nog zijn.",
		"deleted_in_time": "De gegevens zijn op {deleted} verwijderd. Toen hoefden zij niet meer te worden bewaard.",
		"not_deleted":     "De gegevens zijn niet verwijderd.",
		"no_start":        "De dag van vastlegging is niet opgegeven. Tot wanneer de gegevens moeten blijven, is niet te zeggen.",
	}))

func incidentRetention(in RetentionIn) RetentionOut {
	out := RetentionOut{Keeping: law.Keeping{Required: true}}
	if in.RecordedOn != nil {
		out.Keeping = keep(&out.Why, *in.RecordedOn, in.CompletedOn)
	} else {
		out.Say("no_start", "bfd:11")
	}
	switch deleted := in.DeletedOn; {
	case !deleted.Given || deleted.Null:
		out.Say("not_deleted", "bfd:11")
	case out.Forbids(deleted.V):
		out.Say("deleted_early", "bfd:11", "deleted", deleted.V.String())
		out.Breach = law.Held("bfd:11")
		return out
	default:
		out.Say("deleted_in_time", "bfd:11", "deleted", deleted.V.String())
	}
	out.Breach = law.Held()
	return out
}
