package dispute

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
)

// A How is how a dispute came to the firm.
type How string

// The ways: it was brought before the body, or the body sent it to the firm to handle
// as a complaint first.
const (
	Brought   How = "aanhangig"
	Forwarded How = "doorgestuurd"
)

// Hows are both, in the order of the form.
var Hows = []How{Brought, Forwarded}

// An Outcome is how a dispute ended at the body.
type Outcome string

// The outcomes.
const (
	Advice       Outcome = "niet-bindend-advies"
	Binding      Outcome = "bindend-advies"
	Settlement   Outcome = "schikking"
	Inadmissible Outcome = "niet-behandeld"
	Withdrawn    Outcome = "ingetrokken"
	Handed       Outcome = "als-klacht-behandeld"
)

// Outcomes are all outcomes, in the order of the form.
var Outcomes = []Outcome{Advice, Binding, Settlement, Inadmissible, Withdrawn, Handed}

// A Result says for whom the outcome was.
type Result string

// The results. None is for disputes that ended without a word on who was right.
const (
	ForClient Result = "klant"
	InPart    Result = "deels"
	ForFirm   Result = "onderneming"
	None      Result = "geen"
)

// Results are all results, in the order of the form.
var Results = []Result{ForClient, InPart, ForFirm, None}

// A Filing is what is written down when a dispute comes in.
type Filing struct {
	Detail
	Body     casework.ID
	How      How
	Filed    calendar.Date // brought before the body, or forwarded by it; never edited, see CorrectFiled
	About    string
	AnswerBy calendar.Date // zero: the body gave no day yet
	Key      string        // of the request of a program; "" none
}

// An End is how a dispute ended.
type End struct {
	Outcome   Outcome
	Result    Result
	Ended     calendar.Date `json:",omitzero"`
	Amount    int64         // cents
	Follows   *bool         // the firm does what was advised; nil where nothing was
	Why       string
	PerformBy calendar.Date `json:",omitzero"` // zero: nothing to be done
}

// A Dispute is what the room keeps of one, beside what all cases share.
type Dispute struct {
	Case        casework.Case `json:"-"`
	Body        casework.ID
	How         How
	Reference   string
	Complaint   string      // number of our complaint
	ComplaintID casework.ID // of it; "" none
	Complainant string
	About       string
	AnswerBy    calendar.Date `json:",omitzero"`
	Answered    calendar.Date `json:",omitzero"`
	End
	Performed calendar.Date `json:",omitzero"`
}

// Bare is a reference without what people write differently: case, dashes, dots, slashes
// and spaces.
func Bare(reference string) string {
	return strings.ToUpper(strings.NewReplacer("-", "", ".", "", "/", "", " ", "").Replace(reference))
}

// ID is that of the case.
func (d Dispute) ID() casework.ID { return d.Case.ID }

// Over reports whether it ended.
func (d Dispute) Over() bool { return d.Outcome != "" }

func (d Dispute) facets() casework.Facets {
	return casework.Facets{FacetBody: string(d.Body), FacetHow: string(d.How), FacetOutcome: string(d.Outcome)}
}

// A Past is what figures know of a dispute.
type Past struct {
	Filed, Ended calendar.Date
	Outcome      Outcome
	Result       Result
}

// Figures are what disputes at one body came to.
type Figures struct {
	Open, Ended int
	Days        int // half of those that ended took no longer; 0 while none did
	Results     map[Result]int
}

// Count counts disputes.
func Count(all []Past) Figures {
	f := Figures{Results: map[Result]int{}}
	var days []int
	for _, p := range all {
		if p.Outcome == "" {
			f.Open++
			continue
		}
		f.Ended++
		f.Results[p.Result]++
		days = append(days, p.Filed.DaysUntil(p.Ended))
	}
	if len(days) > 0 {
		slices.Sort(days)
		f.Days = days[(len(days)-1)/2]
	}
	return f
}
