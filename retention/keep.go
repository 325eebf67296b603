package retention

import (
	"cmp"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// longestMonths is the longest term that a firm can set.
const longestMonths = 1200

// KeepIn asks on a day whether a record must stay, may go or must go.
type KeepIn struct {
	Day        calendar.Date            `json:"day"`
	Ended      canon.Opt[calendar.Date] `json:"ended"`       // what starts the terms; null: not yet, or not yet again
	Reopened   *calendar.Date           `json:"reopened"`    // the last time it was taken up anew
	Norm       *string                  `json:"norm"`        // that asks to keep it; absent: none does
	LawThrough canon.Opt[calendar.Date] `json:"law_through"` // the last day by that norm; null: not known yet
	AtLeast    int64                    `json:"at_least"`    // months by the firm's own policy
	AtMost     int64                    `json:"at_most"`
	Holds      []Hold                   `json:"holds"`      // on this record
	HeldAbove  bool                     `json:"held_above"` // what it belongs to is held
	Below      []Below                  `json:"below"`      // what belongs to it
}

// A Hold keeps a record whatever its terms say, from the day it was placed until the
// day it was lifted.
type Hold struct {
	Placed calendar.Date            `json:"placed"`
	Lifted canon.Opt[calendar.Date] `json:"lifted"` // null: not yet
}

// On reports whether the hold stands on a day; no longer on the day it is lifted.
func (h Hold) On(day calendar.Date) bool {
	return !day.Before(h.Placed) && (!h.Lifted.Given || h.Lifted.Null || day.Before(h.Lifted.V))
}

// Below is a record that belongs to this one.
type Below struct {
	Earliest canon.Opt[calendar.Date] `json:"earliest"` // on which it may go; null: not known
}

// Check asks for terms that can be: at least not above at most.
func (in KeepIn) Check() (wrong []fault.Detail) {
	bad := func(at, text string) { wrong = append(wrong, rule.Unknown(at, text)) }
	if in.AtLeast < 0 || in.AtLeast > longestMonths {
		bad("/at_least", "Geef een aantal maanden van 0 tot en met 1200.")
	}
	if in.AtMost < in.AtLeast || in.AtMost > longestMonths {
		bad("/at_most", "Geef een aantal maanden dat niet onder de eigen ondergrens ligt, en ten hoogste 1200 is.")
	}
	if _, known := asks[rule.Word(in.Norm)]; in.Norm != nil && !known {
		bad("/norm", "Kies de norm die het bewaren vraagt: bfd:11, bfd:14:1, bfd:14:2, bfd:14:3, bfd:14:5, bfd:15, bfd:48:2 of bfd:52.")
	}
	return wrong
}

// asks are the norms that ask to keep a record.
var asks = map[string]ident.Norm{
	"bfd:11": "bfd:11", "bfd:14:1": "bfd:14:1", "bfd:14:2": "bfd:14:2", "bfd:14:3": "bfd:14:3", "bfd:14:5": "bfd:14:5", "bfd:15": "bfd:15",
	"bfd:48:2": "bfd:48:2", "bfd:52": "bfd:52",
}

// A State is what holds of a record on a day.
type State string

// The states.
const (
	Running State = "running"  // its term did not begin
	Kept    State = "kept"     // it must stay until a day that is known
	Held    State = "held"     // a hold keeps it
	MayGo   State = "may_go"   // it may be destroyed
	MustGo  State = "must_go"  // it stayed longer than the firm's own maximum
	Waiting State = "waiting"  // something that belongs to it has no end yet
	Unknown State = "not_told" // nothing is said of its end
)

// KeepOut is the answer of Keep.
type KeepOut struct {
	rule.Why
	State    State                    `json:"state"`
	Earliest canon.Opt[calendar.Date] `json:"earliest_destruction"` // null: not known
	Latest   canon.Opt[calendar.Date] `json:"latest_presence"`      // the last day on which it may still be there; null: not known
}

// May reports whether the record may be destroyed on the day that was asked.
func (o KeepOut) May() bool { return o.State == MayGo || o.State == MustGo }

// Keep1 decides what Keep decides, and cites article 52 where no article asks anything.
var Keep1 = rule.New("record_keeping", 1, keepNorms,
	func(in KeepIn) KeepOut { return keep(in, "bfd:52", "") }, rule.Profile(rule.Bfd2005), rule.Texts(keepTexts))

// storage is the norm by which a record stays no longer than is needed: own terms rest
// on it, for the decree knows no maximum.
const storage ident.Norm = "avg:5:1:e"

var keepNorms = []ident.Norm{"bfd:11", "bfd:14:1", "bfd:14:2", "bfd:14:3", "bfd:14:5", "bfd:15", "bfd:48:2", "bfd:52"}

// Keep decides whether a record must stay, may go or must go on a day. Articles 11,
// 14, 15, 48 and 52 of the decree say how long it stays at least; how long at most
// is the firm's own policy, for the decree names no maximum. A hold is stronger than
// either, and where the two terms cross, the law's goes first. What belongs to a
// record keeps it too: who can't read the whole can't read the part. What rests on own
// policy alone cites the limit of storage of the AVG, on which that policy rests.
var Keep = rule.New("record_keeping", 2, append(slices.Clone(keepNorms), storage),
	func(in KeepIn) KeepOut { return keep(in, storage, storage) }, rule.Profile(rule.Bfd2005), rule.Texts(keepTexts))

var keepTexts = map[string]string{
	"not_ended":        "De termijn is nog niet begonnen, want er is nog geen einddag.",
	"end_not_told":     "Over de einddag is niets opgegeven. Wanneer dit weg mag, is niet te zeggen.",
	"ended":            "De termijnen tellen vanaf {ended}.",
	"reopened":         "Op {reopened} is dit weer opgepakt. De termijnen tellen vanaf de dag waarop het opnieuw eindigt.",
	"law_through":      "De wet vraagt dit te bewaren tot en met {through}.",
	"law_open":         "De wet vraagt dit te bewaren, en het einde van die termijn is nog niet bekend.",
	"no_law":           "Het besluit noemt voor dit soort gegevens geen termijn. Het eigen beleid bepaalt hoelang zij blijven.",
	"own_through":      "Het eigen beleid bewaart dit ten minste {months} maanden: tot en met {through}.",
	"below_through":    "Iets dat hierbij hoort moet langer blijven. Daarom mag dit pas weg vanaf {earliest}.",
	"below_open":       "Iets dat hierbij hoort moet blijven, en tot wanneer is nog niet bekend.",
	"hold":             "Sinds {placed} geldt een bewaarplicht. Zolang die er is, mag dit niet weg.",
	"hold_above":       "Er geldt een bewaarplicht voor iets waar dit bij hoort. Zolang die er is, mag dit niet weg.",
	"may_go":           "Dit mag weg sinds {earliest}.",
	"must_go":          "Volgens het eigen beleid mocht dit er blijven tot en met {latest}. Het moet nu weg.",
	"latest":           "Volgens het eigen beleid mag dit blijven tot en met {latest}.",
	"law_beats_policy": "De eigen bovengrens ligt voor het einde van de wettelijke termijn. De wet gaat voor.",
}

// keep decides. It cites unasked where no article asks to keep the record, and own for
// what the firm's policy asks; "" as for the rest.
func keep(in KeepIn, unasked, own ident.Norm) (out KeepOut) {
	norm := unasked
	if n, known := asks[rule.Word(in.Norm)]; known {
		norm = n
	}
	k := keeping{in: in, out: &out, norm: norm, own: cmp.Or(own, norm)}
	out.Earliest, out.Latest = canon.Null[calendar.Date](), canon.Null[calendar.Date]()
	known := k.terms()
	waits := k.below()
	held := k.holds()
	switch {
	case held:
		out.State = Held
	case !known && !in.Ended.Given:
		out.State = Unknown
	case !known:
		out.State = Running
	case waits:
		out.State = Waiting
	default:
		k.judge()
	}
	return out
}

// keeping is one question while it is answered.
type keeping struct {
	in   KeepIn
	out  *KeepOut
	norm ident.Norm    // that asks to keep it
	own  ident.Norm    // on which own policy rests
	from calendar.Date // the first day on which it may go, as far as known
}

// terms says what law and policy ask; false while that can't be known.
func (k *keeping) terms() bool {
	in := k.in
	if in.Reopened != nil {
		k.out.Say("reopened", k.norm, "reopened", in.Reopened.String())
	}
	if !in.Ended.Given {
		k.out.Say("end_not_told", k.norm)
		return false
	}
	if in.Ended.Null {
		k.out.Say("not_ended", k.norm)
		return false
	}
	k.out.Say("ended", k.norm, "ended", in.Ended.V.String())
	switch {
	case in.Norm == nil || !in.LawThrough.Given:
		k.out.Say("no_law", k.own)
		k.from = in.Ended.V
	case in.LawThrough.Null:
		k.out.Say("law_open", k.norm)
		return false
	default:
		k.from = in.LawThrough.V.AddDays(1)
		k.out.Say("law_through", k.norm, "through", in.LawThrough.V.String())
	}
	if own := in.Ended.V.AddMonths(int(in.AtLeast)); in.AtLeast > 0 && !own.Before(k.from) {
		k.from = own.AddDays(1)
		k.out.Say("own_through", k.own, "months", decimal(in.AtLeast), "through", own.String())
	}
	return true
}

// below waits for what belongs to the record; true while its end is not known.
func (k *keeping) below() (open bool) {
	last := k.from
	for _, b := range k.in.Below {
		switch {
		case !b.Earliest.Given || b.Earliest.Null:
			open = true
		case b.Earliest.V.After(last):
			last = b.Earliest.V
		}
	}
	switch {
	case open:
		k.out.Say("below_open", k.norm)
	case last.After(k.from) && !k.from.IsZero():
		k.from = last
		k.out.Say("below_through", k.norm, "earliest", last.String())
	}
	return open
}

func (k *keeping) holds() (held bool) {
	for _, h := range k.in.Holds {
		if h.On(k.in.Day) {
			held = true
			k.out.Say("hold", k.norm, "placed", h.Placed.String())
		}
	}
	if k.in.HeldAbove {
		held = true
		k.out.Say("hold_above", k.norm)
	}
	return held
}

// judge compares the day with the terms, which are all known.
func (k *keeping) judge() {
	latest := k.in.Ended.V.AddMonths(int(k.in.AtMost))
	if latest.Before(k.from) {
		latest = k.from
		k.out.Say("law_beats_policy", k.norm)
	}
	k.out.Earliest, k.out.Latest = canon.Some(k.from), canon.Some(latest)
	switch day := k.in.Day; {
	case day.Before(k.from):
		k.out.State = Kept
		k.out.Say("latest", k.own, "latest", latest.String())
	case day.After(latest):
		k.out.State = MustGo
		k.out.Say("must_go", k.own, "latest", latest.String())
	default:
		k.out.State = MayGo
		k.out.Say("may_go", k.norm, "earliest", k.from.String())
		k.out.Say("latest", k.own, "latest", latest.String())
	}
}
