package incident

import (
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// Kind is the kind of case of this room.
const Kind casework.Kind = "incident"

// A Perpetrator says what whoever did it is to the firm, in the words of article 10.
type Perpetrator string

// The kinds of people.
const (
	PolicyMaker  Perpetrator = "policy_maker"
	Manager      Perpetrator = "manager"
	ClientFacing Perpetrator = "client_facing"
	OtherStaff   Perpetrator = "other"
	Outsider     Perpetrator = "external"
)

// Perpetrators are all kinds, in the order of the form.
var Perpetrators = []Perpetrator{PolicyMaker, Manager, ClientFacing, OtherStaff, Outsider}

// An Incident is what the room keeps of one, beside what all cases share. Its case is
// received on the day on which the incident was noticed.
type Incident struct {
	Case        casework.Case
	Happened    calendar.Date // the day on which it happened or began; zero: not known
	Facts       string        // facts and circumstances
	Function    string        // of who did it, not necessarily a name; "" not known yet
	Perpetrator Perpetrator   // "" not said yet
	Concerns    string        // account of the colleague whom it is about, who never sees it; "" nobody who has one
	Circle      []string      // accounts that see it beside those who see all incidents
	Policy      int           // version of the policy that was in force when it was written down; 0 none
	Judged      *Judgement    // nil: not yet
	Told        *Dispatch     // nil: the supervisor was not told
	Measures    []Measure     // in the order in which they were decided on
	Recorded    calendar.Date // the day it was written down
	Completed   calendar.Date // the last day on which the record was added to
}

// ID is that of the case.
func (i Incident) ID() casework.ID { return i.Case.ID }

// admits reports whether an account may see the incident; all holds for who may see
// all incidents by their role. Whom the incident is about never sees it.
func (i Incident) admits(account string, all bool) bool {
	if i.Concerns != "" && account == i.Concerns {
		return false
	}
	return all || slices.Contains(i.Circle, account)
}

// A Judgement says whether the supervisor must be told, and why or why not.
type Judgement struct {
	At           time.Time
	By           string
	RiskFunction bool   `json:",omitempty"` // the function carries an essential risk for integrity
	Danger       bool   // serious, for the integrity of the business
	Police       string // "no", "planned" or "made"
	Continuity   string // "no", "possible" or "yes"
	Grave        bool   // for supervision
	Why          string // the reasons in the words of who judged, also where nothing is told
	InScope      bool   // of article 10
	Notify       bool
	Grounds      []ident.Norm
}

// A Dispatch is how the supervisor was told.
type Dispatch struct {
	At       time.Time
	By       string
	Day      calendar.Date // sent
	Way      casework.Way
	Facts    string // as it was told
	Function string
	Document string // id of the proof of dispatch, under the case
	Hash     ident.Hash
}

// Text is the notice as it is sent: what article 12, second paragraph, asks.
func (d Dispatch) Text() string {
	return "Melding van een incident (artikel 12 Bfd)\n\nFeiten en omstandigheden\n" + d.Facts + "\n\nFunctie van wie het incident veroorzaakte\n" + d.Function + "\n"
}

// A MeasureKind says what a measure is about.
type MeasureKind string

// The kinds of measure.
const (
	OnPerson    MeasureKind = "persoon"   // towards who did it
	OnProcedure MeasureKind = "procedure" // how work is done and checked
	OnPolicy    MeasureKind = "beleid"
	OnClients   MeasureKind = "herstel" // towards clients
	NoMeasure   MeasureKind = "geen"    // none is needed, and why
)

// MeasureKinds are all kinds, in the order of the form.
var MeasureKinds = []MeasureKind{OnPerson, OnProcedure, OnPolicy, OnClients, NoMeasure}

// An Effect is whether a measure works.
type Effect string

// The effects.
const (
	Works      Effect = "werkt"
	WorksPart  Effect = "deels"
	WorksNever Effect = "werkt-niet"
)

// Effects are all effects, in the order of the form.
var Effects = []Effect{Works, WorksPart, WorksNever}

// A Measure is what was decided after an incident, with whether it was done and works.
type Measure struct {
	ID      string
	Kind    MeasureKind
	What    string
	Set     time.Time
	By      string        // actor
	Due     calendar.Date `json:",omitzero"` // to be carried out; zero for NoMeasure
	Done    calendar.Date `json:",omitzero"` // zero: not yet
	Checked calendar.Date `json:",omitzero"` // zero: not yet
	Effect  Effect        // "" not checked
	Found   string        // what was seen when it was checked
}

// Digest is the hash by which a fact names the measure.
func (m Measure) Digest() ident.Hash { return ident.HashOf([]byte(m.ID + "\n" + m.What)) }

func (m Measure) over() bool { return m.Kind == NoMeasure || !m.Checked.IsZero() }

func (m Measure) question(t Term) MeasureIn {
	return MeasureIn{By: m.Due, Done: opt(m.Done), Checked: opt(m.Checked), CheckAfter: t.Check}
}

// parts are what the record holds of article 11, in the words of rule incident_record.
func (i Incident) parts() []string {
	held := []string{}
	for _, p := range []struct {
		have bool
		word string
	}{{i.Facts != "", "facts"}, {i.Function != "", "function"}, {len(i.Measures) > 0, "measures"}} {
		if p.have {
			held = append(held, p.word)
		}
	}
	return held
}

func (i Incident) conduct() Conduct {
	c := Conduct{}
	if i.Perpetrator != "" {
		c.Perpetrator = new(string(i.Perpetrator))
	}
	if j := i.Judged; j != nil {
		c.SeriousDanger = &j.Danger
		if i.Perpetrator == OtherStaff {
			c.IntegrityRiskFunction = &j.RiskFunction
		}
	}
	return c
}

// asked is what rule incident_record is asked about the incident.
func (i Incident) asked() RecordIn {
	held := i.parts()
	return RecordIn{Conduct: i.conduct(), Record: &held, RecordedOn: &i.Recorded, CompletedOn: &i.Completed}
}

// Kept says whether the record is whole, what it lacks, and until when it is kept.
func (i Incident) Kept() RecordOut { return IncidentRecord.Ask(i.asked()) }

func (i Incident) question(t Term) ClockIn {
	in := ClockIn{Noticed: i.Case.Received, Recorded: new(i.Kept().Complies()), Judged: opt(calendar.Date{}), Notified: opt(calendar.Date{}), Ended: opt(calendar.Date{}), Terms: t}
	if j := i.Judged; j != nil {
		in.Judged, in.InScope, in.Notify = opt(calendar.Of(j.At)), &j.InScope, &j.Notify
	}
	if d := i.Told; d != nil {
		in.Notified = opt(d.Day)
	}
	if !i.Case.Open() {
		in.Ended = opt(calendar.Of(i.Case.Closed))
	}
	return in
}

// Dues are what must be done about the incident, each with the question that gave its
// day. What was decided to be done is done, article 10 or not.
func (i Incident) Dues(t Term) (dues []casework.Due) {
	in := i.question(t)
	out := Clock.Ask(in)
	add := func(code, title string, day canon.Opt[calendar.Date], norm ident.Norm, r string, given any) {
		if is(day) {
			dues = append(dues, casework.Due{Code: code, Title: title, Day: day.V, Norm: norm, Asked: casework.Asked{Rule: r, Version: 1, Given: canon.Must(given)}})
		}
	}
	add("beoordelen", "Beoordeel of het incident moet worden gemeld", out.Judge, "bfd:12:1", Clock.Name(), in)
	add("melden", "Meld het incident aan de toezichthouder", out.Notify, "bfd:12:1", Clock.Name(), in)
	add("vastleggen", "Maak de vastlegging volledig: feiten, functie en maatregelen", out.Record, "bfd:11", Clock.Name(), in)
	for _, m := range i.Measures {
		if m.over() || !i.Case.Open() {
			continue
		}
		asked := m.question(t)
		days := MeasureClock.Ask(asked)
		add("maatregel:"+m.ID, casework.Short("Voer uit: "+m.What), days.Do, "bfd:10", MeasureClock.Name(), asked)
		add("controle:"+m.ID, casework.Short("Kijk of dit werkt: "+m.What), days.Check, "bfd:10", MeasureClock.Name(), asked)
	}
	slices.SortStableFunc(dues, func(a, b casework.Due) int { return a.Day.Compare(b.Day) })
	return dues
}

// Lacks says what stands between the incident and its end.
func (i Incident) Lacks() (lacks []rule.Reason) {
	say := func(code, text string, norm ident.Norm) {
		lacks = append(lacks, rule.Reason{Code: code, Norm: norm, Text: text})
	}
	switch j := i.Judged; {
	case j == nil:
		say("not_judged", "Beoordeel eerst of het incident moet worden gemeld.", "bfd:12:1")
	case !j.InScope:
		return nil
	case j.Notify && i.Told == nil:
		say("not_told", "Meld het incident eerst aan de toezichthouder en leg de melding vast.", "bfd:12:1")
	}
	for _, r := range i.Kept().Because {
		if r.Code == "part_missing" {
			lacks = append(lacks, r)
		}
	}
	for _, m := range i.Measures {
		if !m.over() {
			say("measure_open", "Leg eerst van elke maatregel vast dat zij is uitgevoerd en of zij werkt.", "bfd:10")
			break
		}
	}
	return lacks
}
