package integrity

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/rule"
)

// Kind is the kind of case of this room.
const Kind casework.Kind = "betrouwbaarheid"

// A Role is what somebody is, or will be, in the firm.
type Role string

// The roles.
const (
	PolicyMaker   Role = "policy_maker"
	CoPolicyMaker Role = "co_policy_maker"
	ClientFacing  Role = "client_facing"
	OtherStaff    Role = "other"
)

// Roles are all roles, in the order of the form.
var Roles = []Role{PolicyMaker, CoPolicyMaker, ClientFacing, OtherStaff}

// MakesPolicy reports whether articles 7-9 are about the role.
func (r Role) MakesPolicy() bool { return r == PolicyMaker || r == CoPolicyMaker }

// An Entry is who somebody is.
type Entry struct {
	Name       string
	Account    string // of the person, who never reads this; "" none
	Role       Role
	Employment string        // "employee", "temp" or "seconded"
	Started    calendar.Date // with this firm
	Contact    calendar.Date `json:",omitzero"` // with clients since, where that came later; zero: from the start
}

// A Certificate is a certificate of conduct (verklaring omtrent het gedrag) that
// somebody saw. The paper itself is not kept.
type Certificate struct {
	Reference string
	Issued    calendar.Date
	Seen      calendar.Date
	By        string // actor who saw it
}

// A Word is the supervisor's message that there is no doubt, or an earlier assessment
// that still stands.
type Word struct {
	Day       calendar.Date
	Reference string
	Act       string // under which it was established before (article 8); "" for a new message
	Outside   string `json:",omitempty"` // years outside the sector since, as a decimal; "" not asked
	Absence   string `json:",omitempty"` // what the supervisor made of those: one of Absences; "" nothing yet
}

// A Change is a change in what matters for the reliability of a policy maker.
type Change struct {
	ID       string
	Noticed  calendar.Date
	What     string
	Incident string        // number of the incident from which it came; "" none
	Reported calendar.Date `json:",omitzero"` // zero: not yet
	Medium   string        `json:",omitempty"`
}

// A Person is what the room keeps of one, beside what all cases share.
type Person struct {
	Case          casework.Case `json:"-"`
	Entry         Entry
	Provider      string        `json:",omitempty"` // why article 6 does not reach who works here: one of Exemptions; "" it does
	Certificate   *Certificate  `json:",omitempty"`
	Bankrupt      *bool         `json:",omitempty"` // nil: not asked yet
	Rehabilitated bool          `json:",omitempty"`
	Transition    *Transition   `json:",omitempty"` // nil: nobody looked at article 81
	Word          *Word         `json:",omitempty"`
	Earlier       []Word        `json:",omitempty"` // those in whose place it came, oldest first
	Appointed     calendar.Date `json:",omitzero"`  // the function began; zero: it did not
	Left          calendar.Date `json:",omitzero"`
	Changes       []Change      `json:",omitempty"`
}

// Exemptions are the kinds of firm whose people article 6 does not reach: banks and
// insurers with a licence or declaration of their own.
var Exemptions = []string{"bank", "insurer"}

// ID is that of the case.
func (p Person) ID() casework.ID { return p.Case.ID }

func opt(d calendar.Date) canon.Opt[calendar.Date] {
	if d.IsZero() {
		return canon.Null[calendar.Date]()
	}
	return canon.Some(d)
}

// first is the day on which somebody began: with the firm, or in the function where
// that was later.
func (p Person) first() calendar.Date {
	if p.Appointed.After(p.Entry.Started) {
		return p.Appointed
	}
	return p.Entry.Started
}

// Lapsed reports whether somebody whose function began does not meet the measure of
// article 6.
func (p Person) Lapsed() bool {
	r := p.Reliable()
	return !p.Appointed.IsZero() && !p.Entry.Role.MakesPolicy() && r.Criterion && (r.Reliable == nil || !*r.Reliable)
}

// reliability is what rule reliability is asked about the person. Days alone exempt
// nobody: what article 81 asks must have been found.
func (p Person) reliability() TransitionIn {
	contact, seen := p.Entry.Role != OtherStaff, p.Certificate != nil
	in := TransitionIn{ReliabilityIn: ReliabilityIn{ClientContact: &contact, VOG: &seen, Bankrupt: p.Bankrupt, Rehabilitated: &p.Rehabilitated, Employment: &p.Entry.Employment}}
	if p.Provider != "" {
		in.ProviderType = &p.Provider
	}
	if p.Transition != nil {
		p.Transition.fill(&in)
	}
	return in
}

// reliable is the decision of rule reliability about the person.
func (p Person) reliable() rule.Decision {
	_, d := Reliability.Decide(p.reliability())
	return d
}

// Reliable says whom article 6 reaches and whether its measure is met.
func (p Person) Reliable() ReliabilityOut { return Reliability.Ask(p.reliability()) }

// appointment is what rule appointment is asked about a start of the function on a day.
func (p Person) appointment(on calendar.Date) AbsenceIn {
	role, changed := string(p.Entry.Role), false
	in := AbsenceIn{AppointmentIn: AppointmentIn{Role: &role, AssessmentCommunicated: opt(calendar.Date{}), EarlierPositive: canon.Null[string](), Appointed: &on, ChangedFacts: &changed}}
	w := p.Word
	if w == nil {
		return in
	}
	for _, c := range p.Changes {
		changed = changed || c.Noticed.After(w.Day)
	}
	switch {
	case w.Act != "":
		in.EarlierPositive = canon.Some(w.Act)
		w.fill(&in)
	case changed: // what the supervisor said no longer stands by itself (article 8)
		in.EarlierPositive = canon.Some("wfd")
	default:
		in.AssessmentCommunicated = opt(w.Day)
	}
	return in
}

func (c Change) question() AntecedentIn {
	in := AntecedentIn{NoticedOn: opt(c.Noticed), ReportedOn: opt(c.Reported)}
	if c.Medium != "" {
		in.Medium = &c.Medium
	}
	return in
}

// barriers are why the function cannot start on a day: nil when it can. Of a policy
// maker the supervisor's word must be recorded, and what he makes of years outside the
// sector; of who deals with clients the measure
// of article 6 must be met.
func (p Person) barriers(on calendar.Date) (why []rule.Reason, asked []rule.Decision) {
	if p.Entry.Role.MakesPolicy() {
		out, d := Appointment.Decide(p.appointment(on))
		if !out.Complies() || out.Undecided() {
			why = out.Because
		}
		return why, append(asked, d)
	}
	out, d := Reliability.Decide(p.reliability())
	if out.Criterion && (out.Reliable == nil || !*out.Reliable || p.Bankrupt == nil) {
		why = out.Because
	}
	return why, append(asked, d)
}

// Barriers are why the function cannot start today, in the words of the rule.
func (p Person) Barriers(today calendar.Date) []rule.Reason {
	if !p.Appointed.IsZero() {
		return nil
	}
	why, _ := p.barriers(today)
	return why
}

// Dues are what must be done about the person. A change is told on the day on which it
// was noticed; what article 6 measures is looked at before the first day.
func (p Person) Dues() (dues []casework.Due) {
	if !p.Case.Open() {
		return nil
	}
	for _, c := range p.Changes {
		if c.Reported.IsZero() {
			dues = append(dues, casework.Due{
				Code: "melden:" + c.ID, Title: "Meld de wijziging schriftelijk aan de toezichthouder", Day: c.Noticed, Norm: "bfd:9",
				Asked: casework.Asked{Rule: AntecedentChange.Name(), Version: AntecedentChange.Version(), Given: canon.Must(AntecedentIn{NoticedOn: opt(c.Noticed)})},
			})
		}
	}
	if r := p.Reliable(); !p.Entry.Role.MakesPolicy() && r.Criterion && (p.Certificate == nil || p.Bankrupt == nil) {
		dues = append(dues, casework.Due{
			Code: "inzien", Title: "Zie de verklaring omtrent het gedrag in en vraag naar faillissement", Day: p.Entry.Started, Norm: "bfd:6:2",
			Asked: casework.Asked{Rule: Reliability.Name(), Version: Reliability.Version(), Given: canon.Must(p.reliability())},
		})
	}
	slices.SortStableFunc(dues, func(a, b casework.Due) int { return a.Day.Compare(b.Day) })
	return dues
}
