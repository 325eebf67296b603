package advice

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// askAfter is how many days after the advice the firm is reminded to ask what came
// of it. The decree names no day; by then most contracts are made.
const askAfter = 60

// WholeIn asks whether an advice file holds what article 14 asks.
type WholeIn struct {
	Role       string         `json:"role" enum:"provider,advisor,intermediary"`
	Advice     calendar.Date  `json:"advice"`
	Position   bool           `json:"position"`
	Knowledge  bool           `json:"knowledge"`
	Experience bool           `json:"experience"`
	Objectives bool           `json:"objectives"`
	Risk       bool           `json:"risk"`
	Product    bool           `json:"product"`   // the recommended product can be told from others
	Explained  bool           `json:"explained"` // why it fits the client
	Result     string         `json:"result" enum:"open,recommended,other,none"`
	Contract   *calendar.Date `json:"contract"`
	Needed     bool           `json:"own_choice_needed"` // by own_choice
	Shown      bool           `json:"own_choice_shown"`
}

// Check asks for the day of a contract.
func (in WholeIn) Check() []fault.Detail {
	if r := Result(in.Result); (r == Followed || r == Other) && in.Contract == nil {
		return []fault.Detail{rule.Missing("/contract", "Geef de dag van de overeenkomst.")}
	}
	return nil
}

// WholeOut says what the file lacks, and before the end of which day something must
// be done about it; null: nothing.
type WholeOut struct {
	rule.Why
	Complete   bool                     `json:"complete"`
	Missing    []string                 `json:"missing"`
	FillBy     canon.Opt[calendar.Date] `json:"fill_by"`
	AskBy      canon.Opt[calendar.Date] `json:"ask_by"`
	ShowBy     canon.Opt[calendar.Date] `json:"show_by"`
	Reconsider bool                     `json:"unexplained"` // nothing says why the product fits
}

// Whole decides what an advice file lacks. Norms bfd:14:1-3 with the note, which
// says what a client profile is and what product data are for, and bfd:14:5.
var Whole = rule.New("advice_file", 1, []ident.Norm{"bfd:14:1", "bfd:14:2", "bfd:14:3", "bfd:14:5"}, whole,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"no_position":   "De financiële positie van de klant ontbreekt in het klantprofiel.",
		"no_knowledge":  "De kennis van de klant ontbreekt in het klantprofiel.",
		"no_experience": "De ervaring van de klant ontbreekt in het klantprofiel.",
		"no_objectives": "De doelstellingen van de klant ontbreken in het klantprofiel.",
		"no_risk":       "De risicobereidheid van de klant ontbreekt in het klantprofiel.",
		"no_product":    "Uit het dossier blijkt niet welk product is geadviseerd.",
		"fill":          "De informatie hoort er te zijn vanaf het advies van {day}.",
		"no_explanation": "Het dossier zegt niet waarom het product bij de klant past. Artikel 14 vraagt dat niet letterlijk; volgens de toelichting moet u het " +
			"aannemelijk kunnen maken.",
		"ask":       "Nog niet bekend is of er een overeenkomst kwam. Daarvan hangt af of het dossier moet blijven. De wet noemt geen dag; wij herinneren na {days} dagen: op {day}.",
		"no_choice": "De klant koos op {day} een ander product. Vanaf die dag moet u kunnen aantonen dat de klant daar zelf voor koos.",
		"not_asked": "Het advies leidde niet tot een overeenkomst over het aanbevolen product. Dit lid vraagt dan geen dossier.",
		"complete":  "Het dossier bevat wat dit artikel vraagt.",
	}))

func whole(in WholeIn) (out WholeOut) {
	norm, none := duties[in.Role], canon.Null[calendar.Date]()
	out.FillBy, out.AskBy, out.ShowBy, out.Missing = none, none, none, []string{}
	result := Result(in.Result)
	onlyAdvises := Role(in.Role) == Adviser
	if asked := onlyAdvises || result == Open || result == Followed; asked {
		out.profile(in, norm)
	} else {
		out.Say("not_asked", norm)
	}
	if !in.Product {
		out.lacks("product", norm)
	}
	if len(out.Missing) > 0 {
		out.FillBy = canon.Some(in.Advice)
		out.Say("fill", norm, "day", in.Advice.String())
	}
	if !in.Explained {
		out.Reconsider = true
		out.Say("no_explanation", norm)
	}
	if result == Open && !onlyAdvises {
		day := in.Advice.AddDays(askAfter)
		out.AskBy = canon.Some(day)
		out.Say("ask", norm, "days", "60", "day", day.String())
	}
	if in.Needed && !in.Shown && in.Contract != nil {
		out.ShowBy, out.Missing = canon.Some(*in.Contract), append(out.Missing, "own_choice")
		out.Say("no_choice", "bfd:14:5", "day", in.Contract.String())
	}
	if out.Complete = len(out.Missing) == 0; out.Complete {
		out.Say("complete", norm)
	}
	return out
}

func (out *WholeOut) profile(in WholeIn, norm ident.Norm) {
	for _, part := range []struct {
		held bool
		name string
	}{
		{in.Position, "position"}, {in.Knowledge, "knowledge"}, {in.Experience, "experience"}, {in.Objectives, "objectives"}, {in.Risk, "risk"},
	} {
		if !part.held {
			out.lacks(part.name, norm)
		}
	}
}

func (out *WholeOut) lacks(part string, norm ident.Norm) {
	out.Missing = append(out.Missing, part)
	out.Say("no_"+part, norm)
}

// Question is what rule advice_file is asked about this content.
func (c Content) Question() WholeIn {
	p, choice := c.Profile, ChoiceOut{}
	if c.Outcome.Result == Other {
		choice = Choice.Ask(c.choiceQuestion())
	}
	return WholeIn{
		Role: string(c.Role), Advice: c.Advice.Day, Position: p.Position.held(), Knowledge: p.Knowledge.held(), Experience: p.Experience.held(),
		Objectives: p.Objectives != "", Risk: p.Risk.held(), Product: c.Advice.Product != "" && (c.Advice.Provider != "" || c.Advice.Terms != "" || c.Course != nil),
		Explained: c.Advice.Why != "", Result: string(c.Outcome.Result), Contract: maybe(c.Outcome.Day), Needed: choice.Needed, Shown: choice.Shown,
	}
}

func maybe(d calendar.Date) *calendar.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// Dues are what must be done about a file.
func (c Content) Dues() (dues []casework.Due) {
	in := c.Question()
	out := Whole.Ask(in)
	asked := casework.Asked{Rule: "advice_file", Version: 1, Given: canon.Must(in)}
	add := func(code, title string, day canon.Opt[calendar.Date], norm ident.Norm) {
		if !day.Null {
			dues = append(dues, casework.Due{Code: code, Title: title, Day: day.V, Norm: norm, Asked: asked})
		}
	}
	add("aanvullen", "Vul het adviesdossier aan", out.FillBy, duties[in.Role])
	add("eigen-keuze", "Leg vast dat de klant zelf voor het andere product koos", out.ShowBy, "bfd:14:5")
	add("afloop", "Vraag na wat er van het advies kwam", out.AskBy, duties[in.Role])
	slices.SortStableFunc(dues, func(a, b casework.Due) int { return a.Day.Compare(b.Day) })
	return dues
}
