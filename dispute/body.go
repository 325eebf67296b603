package dispute

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// Letters are those of article 55(1): what the rules of a body must hold.
const Letters = "abcdefghijklmnop"

// A Topic is what one letter of article 55(1) asks, as somebody found it.
type Topic struct {
	Held  string // Found, Lacking or NotOffered
	Where string // in the rules of the body: "artikel 12"
}

// How a topic was found. NotOffered is for the letters c and p alone: the body knows
// no challenge of members, or no appeal, and then need not have rules on it.
const (
	Found      = "ja"
	Lacking    = "nee"
	NotOffered = "niet-mogelijk"
)

// A Reading is what somebody found in the rules (reglement) of a body.
type Reading struct {
	Day     calendar.Date
	Version string // of the rules that were read
	Topics  map[string]Topic
}

// An Organ is what somebody found of the organ that handles disputes, of how disputes
// end, what it costs and what joining asks (articles 54 to 58). Nil is not looked at.
type Organ struct {
	Day                          calendar.Date
	Evidence                     string // where it shows
	Independent, Expert, Written *bool
	Lawyer                       *bool    // of the chair
	Outcomes                     []string // of Endings
	Consent                      *bool
	RulesFee, FilingFee, Claim   string // amounts in euros, as money.Parse reads them; "" not found
	Months                       string // that a dispute takes; "" not found
	Other                        *bool  // a condition for joining that is not about disputes
	Code, Signed                 *bool  // a code of the sector weighs; the firm signed it
	Keeps, Hears, Available      *bool  `json:",omitempty"` // acts by its rules; hears both sides in a short procedure; has the rules at hand
}

// Endings are how a dispute can end at a body, in words that rule dispute_body knows.
var Endings = []string{"non_binding", "binding", "settlement"}

// A Weighing is what a person decided where the decree gives no number: whether what
// it costs bars the way (article 56), and whether it takes too long (57).
type Weighing struct {
	Day               calendar.Date
	FeeFine, TermFine *bool
	Why               string
}

// A Member is one of the organ that handles disputes.
type Member struct {
	ID         string
	Name       string
	Chair      bool
	Office     calendar.Date // took office
	LastWorked calendar.Date `json:",omitzero"` // in the sector; zero: never
	Function   string        // beside it, in a word that rule member_independence knows
	FromTrade  bool          `json:",omitempty"` // that was at a body of the trade
	Concerned  *bool         `json:",omitempty"` // disputes about that firm can be brought; nil: taken to be so
	Evidence   string
	Ended      calendar.Date `json:",omitzero"`
}

// Question is what rule member_independence is asked about the member.
func (m Member) Question() complaint.SeatIn {
	in := complaint.SeatIn{MemberIn: complaint.MemberIn{Left: opt(m.LastWorked), Office: &m.Office, Concerned: m.Concerned}}
	if m.FromTrade {
		in.FromTrade = &m.FromTrade
	}
	if m.Function != "" {
		in.Function = &m.Function
	}
	return in
}

// Independent says whether the member is, and why.
func (m Member) Independent() complaint.MemberOut {
	return complaint.MemberIndependence.Ask(m.Question())
}

// A Condition (voorschrift) is tied to a recognition by the minister.
type Condition struct {
	ID   string
	Day  calendar.Date
	Text string
	Met  *bool // nil: not looked at
}

// A Ruling is what the minister decided on an application for recognition.
type Ruling struct {
	Granted   *bool // nil: nobody said; it is not kept so
	Day       calendar.Date
	Minister  string        // "minister_of_finance" or "minister_of_justice"
	Announced calendar.Date `json:",omitzero"` // in the Staatscourant
	Gazette   string        // number there
}

// A Withdrawal is the end of a recognition.
type Withdrawal struct {
	Day       calendar.Date
	Ground    string        // one of Grounds
	Announced calendar.Date `json:",omitzero"`
	Gazette   string
}

// The grounds on which the minister can withdraw (article 53(5)), and what is none.
const (
	OnRequest    = "request"
	FalseData    = "data"
	NoLongerMet  = "breach"
	ConditionOff = "condition"
)

// Grounds are all grounds, in the order of the article.
var Grounds = []string{OnRequest, FalseData, NoLongerMet, ConditionOff}

// Unsaid is the count that a statement does not give.
const Unsaid = -1

// A Statement is the yearly statement (opgave) of a body to the minister.
type Statement struct {
	Year                    int
	Sent                    calendar.Date
	Firms                   bool  // names who was affiliated
	Filed, Handled          int64 // how many disputes; Unsaid: it does not say
	Nature, Results, Annual bool  // says what they were about, how they ended; is a public annual report
	Reference               string
}

// Lacks are the letters of article 53(4) that the statement does not give.
func (s Statement) Lacks() (letters []string) {
	if !s.Firms {
		letters = append(letters, "a")
	}
	if s.Filed < 0 || s.Handled < 0 || !s.Nature || !s.Results {
		letters = append(letters, "b")
	}
	return letters
}

// Verdict says whether it came in time.
func (s Statement) Verdict() complaint.ReportOut {
	return complaint.DisputeBodyReport.Ask(s.question())
}

func (s Statement) question() complaint.ReportIn {
	return complaint.ReportIn{Year: &s.Year, Sent: &s.Sent}
}

// A Body is what the room keeps of a dispute body, beside what all cases share.
type Body struct {
	Case       casework.Case `json:"-"`
	Name       string
	Site       string
	Joined     calendar.Date   `json:",omitzero"`  // the firm is affiliated since; zero: never
	Left       calendar.Date   `json:",omitzero"`  // and was so through this day
	Applied    calendar.Date   `json:",omitzero"`  // for recognition
	Extensions []calendar.Date `json:",omitempty"` // days on which the minister made the term longer
	Ruling     *Ruling         `json:",omitempty"`
	Conditions []Condition     `json:",omitempty"`
	Withdrawn  *Withdrawal     `json:",omitempty"`
	Reading    *Reading        `json:",omitempty"`
	Organ      *Organ          `json:",omitempty"`
	Weighing   *Weighing       `json:",omitempty"`
	Members    []Member        `json:",omitempty"`
	Statements []Statement     `json:",omitempty"` // by year
}

// ID is that of the case.
func (b Body) ID() casework.ID { return b.Case.ID }

// A State is how a body stands with the minister.
type State string

// The states.
const (
	Unasked    State = "niet-erkend"
	Asked      State = "aangevraagd"
	Recognised State = "erkend"
	Refused    State = "geweigerd"
	Elsewhere  State = "elders-erkend" // by another minister: that does not count here
	Revoked    State = "ingetrokken"
)

// States are all states, in the order of the form.
var States = []State{Recognised, Asked, Unasked, Refused, Elsewhere, Revoked}

// State returns how the body stands with the minister.
func (b Body) State() State {
	switch {
	case b.Withdrawn != nil:
		return Revoked
	case b.Ruling == nil && b.Applied.IsZero():
		return Unasked
	case b.Ruling == nil:
		return Asked
	case !rule.Holds(b.Ruling.Granted):
		return Refused
	}
	if out := complaint.Recognition.Ask(complaint.RecognitionIn{By: &b.Ruling.Minister}); out.ForBfd == nil || !*out.ForBfd {
		return Elsewhere
	}
	return Recognised
}

// Ours reports whether the firm is affiliated on a day.
func (b Body) Ours(on calendar.Date) bool {
	return !b.Joined.IsZero() && !b.Joined.After(on) && (b.Left.IsZero() || !b.Left.Before(on))
}

func (b Body) term() complaint.BodyTermIn {
	kind, times := complaint.DisputeOne, len(b.Extensions)
	return complaint.BodyTermIn{TermIn: complaint.TermIn{Body: &kind, Application: &b.Applied, Extensions: &times}}
}

// DecideBy is the last day on which the minister decides in time.
func (b Body) DecideBy() complaint.TermOut { return complaint.RecognitionTerm.Ask(b.term()) }

// Looked reports whether rules and organ were both looked at.
func (b Body) Looked() bool { return b.Reading != nil && b.Organ != nil }

// question is what rule dispute_body is asked: what nobody looked at is left out.
func (b Body) question() (in complaint.ConductIn) {
	if r := b.Reading; r != nil {
		topics := []string{}
		for _, letter := range strings.Split(Letters, "") {
			switch t := r.Topics[letter]; {
			case t.Held == Found:
				topics = append(topics, letter)
			case t.Held == NotOffered && letter == "c":
				in.Challenge = new(false)
			case t.Held == NotOffered && letter == "p":
				in.Appeal = new(false)
			}
		}
		in.Topics = &topics
	}
	if slices.ContainsFunc(b.serving(), func(m Member) bool { return !m.Independent().Independent }) {
		in.Independent = new(false)
	}
	o := b.Organ
	if o == nil {
		return in
	}
	if in.Independent == nil {
		in.Independent = o.Independent
	}
	in.Expert, in.Written, in.Consent = o.Expert, o.Written, o.Consent
	in.RulesFee, in.FilingFee, in.Claim, in.Months = decimal(o.RulesFee), decimal(o.FilingFee), decimal(o.Claim), decimal(o.Months)
	in.CodeUsed, in.CodeSigned = o.Code, o.Signed
	in.Keeps, in.Hears, in.Available = o.Keeps, o.Hears, o.Available
	if o.Lawyer != nil {
		degree := map[bool]string{true: "law", false: "another"}[*o.Lawyer]
		in.ChairDegree = &degree
	}
	if o.Other != nil {
		condition := map[bool]string{true: "other", false: "none"}[*o.Other]
		in.Condition = &condition
	}
	in.Outcomes = &o.Outcomes
	return in
}

// decimal is a number that was checked when it was kept; nil where none was.
func decimal(s string) *money.Decimal {
	d, err := money.Parse(s)
	if s == "" || err != nil {
		return nil
	}
	return &d
}

// Verdict holds the body against articles 54 to 58, as far as somebody looked. A
// serving member who is not independent makes the organ so.
func (b Body) Verdict() complaint.BodyOut { return complaint.DisputeBody.Ask(b.question()) }

func (b Body) serving() []Member {
	return slices.DeleteFunc(slices.Clone(b.Members), func(m Member) bool { return !m.Ended.IsZero() })
}

// shown are the articles that were found to be met, as rule recognition reads them.
func (b Body) shown() *[]string {
	if !b.Looked() {
		return nil
	}
	out, shown := b.Verdict(), []string{}
	for _, article := range []string{"54", "55", "56", "57", "58"} {
		met := out.Violated == nil || !slices.ContainsFunc(*out.Violated, func(n string) bool {
			return n == "bfd:"+article || strings.HasPrefix(n, "bfd:"+article+":")
		})
		if w := b.Weighing; article == "56" || article == "57" {
			fine := w != nil && ((article == "56" && w.FeeFine != nil && *w.FeeFine) || (article == "57" && w.TermFine != nil && *w.TermFine))
			met = met && fine
		}
		if met {
			shown = append(shown, article)
		}
	}
	return &shown
}

// Missing are the articles that were not found to be met.
func (b Body) Missing() (articles []string) {
	if shown := b.shown(); shown != nil {
		kind := complaint.DisputeOne
		if out := complaint.Recognition.Ask(complaint.RecognitionIn{Body: &kind, CanMeet: shown}); out.Missing != nil {
			return *out.Missing
		}
	}
	return nil
}

// NextStatement is the first year since recognition of which no whole statement was
// seen. One that was sent before its year was over is none of that year, and one that
// lacks a letter of article 53(4) is none of that lid.
func (b Body) NextStatement() int {
	year := b.Ruling.Day.Year()
	for slices.ContainsFunc(b.Statements, func(s Statement) bool { return s.Year == year && s.Sent.Year() > year && len(s.Lacks()) == 0 }) {
		year++
	}
	return year
}

// Dues are what must be done about the body: ask the minister when his term is over,
// and see whether the statement of the first year that lacks one was given.
func (b Body) Dues() (dues []casework.Due) {
	if !b.Case.Open() {
		return nil
	}
	switch b.State() {
	case Asked:
		dues = append(dues, casework.Due{
			Code: "besluit", Title: "Vraag na of de minister over de erkenning heeft beslist", Day: b.DecideBy().DecideBy, Norm: "bfd:53:2",
			Asked: casework.Asked{Rule: complaint.RecognitionTerm.Name(), Version: complaint.RecognitionTerm.Version(), Given: canon.Must(b.term())},
		})
	case Recognised:
		year := b.NextStatement()
		in := complaint.ReportIn{Year: &year}
		dues = append(dues, casework.Due{
			Code: "opgave:" + strconv.Itoa(year), Title: "Zie na of de opgave over " + strconv.Itoa(year) + " aan de minister is gedaan",
			Day: complaint.DisputeBodyReport.Ask(in).Due, Norm: "bfd:53:4",
			Asked: casework.Asked{Rule: complaint.DisputeBodyReport.Name(), Version: 1, Given: canon.Must(in)},
		})
	}
	return dues
}

func (b Body) facets(today calendar.Date) casework.Facets {
	f := casework.Facets{FacetState: string(b.State())}
	if b.Ours(today) {
		f[FacetOurs] = "ja"
	}
	return f
}

func byYear(a, b Statement) int { return cmp.Compare(a.Year, b.Year) }
