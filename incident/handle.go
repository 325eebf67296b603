package incident

import (
	"context"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// An Assessment is what somebody says of an incident, by which the rules of articles
// 10 and 12 judge it.
type Assessment struct {
	Danger       *bool
	RiskFunction bool
	Police       string // "no", "planned" or "made"
	Continuity   string // "no", "possible" or "yes"
	Grave        *bool
	Why          string
}

func (a Assessment) check(i *Incident) []fault.Detail {
	faults := casework.Line("/why", a.Why, longestWords, "Schrijf op waarom u dit zo beoordeelt, ook als er niet wordt gemeld.")
	pick := func(ok bool, at, says string) {
		if !ok {
			faults = append(faults, fault.Detail{Pointer: at, Reason: "missing", Text: says})
		}
	}
	pick(i.Perpetrator != "", "/perpetrator", "Leg eerst bij ‘Wat is er gebeurd?’ vast wie het deed.")
	pick(a.Danger != nil, "/danger", "Kies of het incident een ernstig gevaar vormt voor een integere bedrijfsvoering.")
	pick(slices.Contains([]string{"no", "planned", "made"}, a.Police), "/police", "Kies of er aangifte is of wordt gedaan.")
	pick(slices.Contains([]string{"no", "possible", "yes"}, a.Continuity), "/continuity", "Kies of het voortbestaan van de onderneming wordt bedreigd.")
	pick(a.Grave != nil, "/grave", "Kies of de toezichthouder het om een andere reden behoort te weten.")
	return faults
}

// Judge decides whether the incident falls under article 10 and whether the supervisor
// must be told, and keeps the reasons, also where nothing is told. It can be judged
// anew until it is ended. All that is wrong is one Invalid "invalid-judgement".
func (s *Service) Judge(ctx context.Context, by Hand, id casework.ID, saw int64, a Assessment) (Incident, error) {
	return s.on(ctx, by, id, saw, "judge", func(_ Tx, i *Incident) (string, any, error) {
		if err := still(i); err != nil {
			return "", nil, err
		}
		a.Why = strings.TrimSpace(a.Why)
		if err := fault.All("invalid-judgement", a.check(i)); err != nil {
			return "", nil, err
		}
		j := Judgement{At: s.Now(), By: by.String(), RiskFunction: a.RiskFunction, Danger: *a.Danger, Police: a.Police, Continuity: a.Continuity, Grave: *a.Grave, Why: a.Why}
		i.Judged = &j
		scope, within := IncidentScope.Decide(ScopeIn{i.conduct()})
		in := i.toNotify()
		out, notify := IncidentNotify.Decide(in)
		j.InScope, j.Notify, j.Grounds = scope.InScope, out.Notify, out.Grounds
		i.Completed = s.Casework.Today()
		if i.Case.Handler == "" {
			i.Case.Handler = by.account() // who judges it has it in hand
		}
		return KindJudged, judged1{by.String(), j.InScope, j.Notify, hash(string(id), j.Why), []rule.Decision{within, notify}}, nil
	})
}

// toNotify is what rule incident_notify is asked about an incident that was judged.
func (i Incident) toNotify() NotifyIn {
	j := i.Judged
	return NotifyIn{Conduct: i.conduct(), PoliceReport: &j.Police, ContinuityThreat: new(rule.Chance(j.Continuity)), SeriousForSupervision: &j.Grave}
}

// Reasons are why the supervisor must be told or not, as the rule gives them.
func (i Incident) Reasons() []rule.Reason {
	if i.Judged == nil {
		return nil
	}
	return IncidentNotify.Ask(i.toNotify()).Because
}

// A Telling is how the supervisor was told.
type Telling struct {
	Day      calendar.Date
	Way      casework.Way
	Facts    string
	Function string
	Document string // id of the proof of dispatch
}

// Draft is the notice as it can be sent: what the record holds now.
func (i Incident) Draft() Dispatch { return Dispatch{Facts: i.Facts, Function: i.Function} }

// Tell records that the supervisor was told: what, when, how, and by which document
// that is shown. All that is wrong is one Invalid "invalid-notice".
func (s *Service) Tell(ctx context.Context, by Hand, id casework.ID, saw int64, in Telling) (Incident, error) {
	return s.on(ctx, by, id, saw, "tell", func(tx Tx, i *Incident) (string, any, error) {
		switch err := still(i); {
		case err != nil:
			return "", nil, err
		case i.Judged == nil:
			return "", nil, fault.New(fault.Conflict, "incident-not-judged", string(id))
		}
		in.Facts, in.Function = strings.TrimSpace(in.Facts), strings.TrimSpace(in.Function)
		faults := slices.Concat(
			casework.Past("/day", in.Day, s.Casework.Today(), "Geef de dag waarop de melding is verstuurd."),
			casework.Line("/facts", in.Facts, longestWords, ""), casework.Line("/function", in.Function, longestLine, ""),
		)
		if !in.Day.IsZero() && in.Day.Before(i.Case.Received) {
			faults = append(faults, fault.Detail{Pointer: "/day", Reason: "before-noticed", Text: "Deze dag ligt vóór de dag waarop het incident is opgemerkt."})
		}
		if !slices.Contains(casework.Ways, in.Way) || in.Way == casework.Link {
			faults = append(faults, fault.Detail{Pointer: "/way", Reason: "invalid-value", Text: "Kies hoe de melding is gedaan."})
		}
		held := []string{}
		for word, text := range map[string]string{"facts": in.Facts, "function": in.Function} {
			if text != "" {
				held = append(held, word)
			}
		}
		slices.Sort(held)
		content, whole := IncidentNoticeContent.Decide(NoticeIn{Notice: &held})
		for _, missing := range *content.Missing {
			faults = append(faults, fault.Detail{Pointer: "/" + missing, Reason: "missing", Text: "Artikel 12, tweede lid, vraagt dit in de melding: " + partNames[missing] + "."})
		}
		d, _, err := tx.Document(id, in.Document)
		if fault.Has(err, "unknown-document") {
			faults = append(faults, fault.Detail{Pointer: "/document", Reason: "missing", Text: "Kies het document dat de verzending bewijst. Staat het er niet bij, voeg het dan eerst toe onder ‘Documenten’."})
		} else if err != nil {
			return "", nil, err
		}
		if err := fault.All("invalid-notice", faults); err != nil {
			return "", nil, err
		}
		t := Dispatch{At: s.Now(), By: by.String(), Day: in.Day, Way: in.Way, Facts: in.Facts, Function: in.Function, Document: d.ID, Hash: d.Hash}
		i.Told, i.Completed = &t, s.Casework.Today()
		asked := i.toNotify()
		asked.Notified = new(true)
		_, met := IncidentNotify.Decide(asked)
		return KindTold, told1{by.String(), in.Day.String(), in.Way, hash(string(id), t.Text()), d.ID, d.Hash, []rule.Decision{whole, met}}, nil
	})
}

// Conclude ends the handling of an incident. While something lacks it is refused, with
// all that does: Invalid "invalid-conclusion".
func (s *Service) Conclude(ctx context.Context, by Hand, id casework.ID, saw int64) (Incident, error) {
	return s.on(ctx, by, id, saw, "conclude", func(_ Tx, i *Incident) (string, any, error) {
		if err := whole(i); err != nil {
			return "", nil, err
		}
		i.Case.Closed = s.Now()
		_, kept := IncidentRecord.Decide(i.asked())
		return KindConcluded, concluded1{by.String(), []rule.Decision{kept}}, nil
	})
}

// Whole returns what Conclude would refuse an incident for, nil for nothing.
func (s *Service) Whole(ctx context.Context, by Hand, id casework.ID) error {
	return s.Store.View(ctx, by.Firm, func(tx Tx) error {
		i, err := admitted(tx, by, id)
		if err != nil {
			return err
		}
		return whole(&i)
	})
}

func whole(i *Incident) error {
	if err := still(i); err != nil {
		return err
	}
	var faults []fault.Detail
	for _, r := range i.Lacks() {
		faults = append(faults, fault.Detail{Pointer: "/end", Reason: r.Code, Text: r.Text})
	}
	return fault.All("invalid-conclusion", faults)
}

// Reopen takes an incident up anew, with the reason in a note.
func (s *Service) Reopen(ctx context.Context, by Hand, id casework.ID, saw int64, why string) (Incident, error) {
	return s.on(ctx, by, id, saw, "reopen", func(tx Tx, i *Incident) (string, any, error) {
		if i.Case.Open() {
			return "", nil, fault.New(fault.Conflict, "incident-open", string(id))
		}
		if err := fault.All("invalid-reopening", casework.Line("/why", strings.TrimSpace(why), casework.LongestReason, "Zeg waarom het incident weer wordt opgepakt.")); err != nil {
			return "", nil, err
		}
		n, err := s.Casework.AddNote(tx, by.Actor, i.Case, casework.Note{Way: casework.Internal, Text: "Heropend: " + why})
		if err != nil {
			return "", nil, err
		}
		i.Case.Closed = time.Time{}
		return KindReopened, reopened1{by.String(), n.Digest()}, nil
	})
}

// A Plan is a measure that is decided on.
type Plan struct {
	Kind MeasureKind
	What string
	Due  calendar.Date // not for NoMeasure
}

// Decide sets a measure. That none is needed is one too, with the reason. All that is
// wrong is one Invalid "invalid-measure".
func (s *Service) Decide(ctx context.Context, by Hand, id casework.ID, saw int64, p Plan) (Incident, error) {
	return s.on(ctx, by, id, saw, "set measure", func(tx Tx, i *Incident) (string, any, error) {
		if err := still(i); err != nil {
			return "", nil, err
		}
		m := Measure{ID: s.NewID(), Kind: p.Kind, What: strings.TrimSpace(p.What), Set: s.Now(), By: by.String(), Due: p.Due}
		faults := casework.Line("/what", m.What, longestWords, "Schrijf op wat er gebeurt, of waarom geen maatregel nodig is.")
		switch {
		case !slices.Contains(MeasureKinds, p.Kind):
			faults = append(faults, fault.Detail{Pointer: "/kind", Reason: "missing", Text: "Kies waar de maatregel over gaat."})
		case p.Kind == NoMeasure:
			m.Due = calendar.Date{}
		case p.Due.IsZero():
			faults = append(faults, fault.Detail{Pointer: "/due", Reason: "missing", Text: "Geef de dag waarop de maatregel moet zijn uitgevoerd."})
		}
		if err := fault.All("invalid-measure", faults); err != nil {
			return "", nil, err
		}
		if err := tx.SaveMeasure(id, m); err != nil {
			return "", nil, err
		}
		i.Measures, i.Completed = append(i.Measures, m), s.Casework.Today()
		return KindMeasureSet, measureSet1{by.String(), m.ID, m.Kind, m.Due.String(), m.Digest()}, nil
	})
}

// Done records that a measure was carried out on a day.
func (s *Service) Done(ctx context.Context, by Hand, id casework.ID, saw int64, measure string, on calendar.Date) (Incident, error) {
	return s.measure(ctx, by, id, saw, measure, "carry out measure", func(m *Measure) (string, any, []fault.Detail) {
		faults := casework.Past("/done", on, s.Casework.Today(), "Geef de dag waarop de maatregel is uitgevoerd.")
		if m.Kind == NoMeasure || !m.Done.IsZero() {
			faults = append(faults, fault.Detail{Pointer: "/measure", Reason: "done", Text: "Van deze maatregel is de uitvoering al vastgelegd. Kies een andere."})
		}
		m.Done = on
		return KindMeasureDone, measureDone1{by.String(), m.ID, on.String()}, faults
	})
}

// A Finding is whether a measure works.
type Finding struct {
	Effect Effect
	Found  string
}

// Check records whether a measure works.
func (s *Service) Check(ctx context.Context, by Hand, id casework.ID, saw int64, measure string, f Finding) (Incident, error) {
	return s.measure(ctx, by, id, saw, measure, "check measure", func(m *Measure) (string, any, []fault.Detail) {
		f.Found = strings.TrimSpace(f.Found)
		faults := casework.Line("/found", f.Found, longestWords, "Schrijf op waaruit dat blijkt.")
		if !slices.Contains(Effects, f.Effect) {
			faults = append(faults, fault.Detail{Pointer: "/effect", Reason: "missing", Text: "Kies of de maatregel werkt."})
		}
		if m.Done.IsZero() || !m.Checked.IsZero() {
			faults = append(faults, fault.Detail{Pointer: "/measure", Reason: "not-done", Text: "Deze maatregel is nog niet uitgevoerd, of al beoordeeld. Kies een andere."})
		}
		m.Checked, m.Effect, m.Found = s.Casework.Today(), f.Effect, f.Found
		return KindMeasureChecked, measureChecked1{by.String(), m.ID, m.Checked.String(), f.Effect, ident.HashOf([]byte(m.ID + "\n" + f.Found))}, faults
	})
}

func (s *Service) measure(ctx context.Context, by Hand, id casework.ID, saw int64, measure, what string, fn func(*Measure) (string, any, []fault.Detail)) (Incident, error) {
	return s.on(ctx, by, id, saw, what, func(tx Tx, i *Incident) (string, any, error) {
		if err := still(i); err != nil {
			return "", nil, err
		}
		n := slices.IndexFunc(i.Measures, func(m Measure) bool { return m.ID == measure })
		if n < 0 {
			return "", nil, fault.All("invalid-measure", []fault.Detail{{Pointer: "/measure", Reason: "missing", Text: "Kies over welke maatregel het gaat."}})
		}
		kind, payload, faults := fn(&i.Measures[n])
		if err := fault.All("invalid-measure", faults); err != nil {
			return "", nil, err
		}
		i.Completed = s.Casework.Today()
		return kind, payload, tx.SaveMeasure(id, i.Measures[n])
	})
}
