package law

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
)

// The media of a message to the supervisor. The notes to articles 5 and 9 count
// e-mail as writing; the supervisor may set rules for it (article 2:15 Awb).
var (
	written = []string{"email", "e-mail", "mail", "letter", "post", "fax", "form", "web_form", "portal", "written", "electronic"}
	spoken  = []string{"phone", "telephone", "oral", "spoken", "voice", "visit", "conversation", "voicemail"}
)

// InWriting reports whether a message in this medium is in writing
// (schriftelijk), and whether the medium is known at all.
func InWriting(medium string) (inWriting, known bool) {
	inWriting = slices.Contains(written, medium)
	return inWriting, inWriting || slices.Contains(spoken, medium)
}

// Overdue reports whether a message that is due without delay (onverwijld), so on
// the day itself, came too late or not at all. A message that is not given is
// taken as made; given as null it was not made, which is too late once the day
// is over. Without asOf that day is taken to be over.
func Overdue(due calendar.Date, told canon.Opt[calendar.Date], asOf *calendar.Date) bool {
	switch {
	case !told.Given:
		return false
	case told.Null:
		return asOf == nil || asOf.After(due)
	}
	return told.V.After(due)
}
