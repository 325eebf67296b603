package lending

import (
	"context"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// Judged is what a judgement said, with the reasons of each of its rules.
type Judged struct {
	Values     map[string]string  `json:"values"`
	Norms      []NormAmount       `json:"norms"`
	OfValues   []rule.Reason      `json:"of_values"`
	Ruling     criteria.Ruling    `json:"ruling"`
	OfRuling   []rule.Reason      `json:"of_ruling"`
	Missing    []string           `json:"missing"`
	Changes    []criteria.Changed `json:"changes"`
	Verdict    Verdict            `json:"verdict"`
	OfVerdict  []rule.Reason      `json:"of_verdict"`
	Title      string             `json:"title"`      // of the set
	Categories []string           `json:"categories"` // of the set, from light to heavy
}

// Said renders the sentences of the reasons anew.
func (j Judged) Said() Judged {
	render := func(list []rule.Reason, with func(rule.Reason) string) []rule.Reason {
		list = slices.Clone(list)
		for i := range list {
			list[i].Text = with(list[i])
		}
		return list
	}
	j.OfValues, j.OfRuling, j.OfVerdict = render(j.OfValues, ApplicationValues.Render), render(j.OfRuling, criteria.Deciding.Render), render(j.OfVerdict, ApplicationVerdict.Render)
	return j
}

// Criteria returns the criteria by which an application of this set is judged on a day;
// nil where the firm has none. It is Invalid where more than one set could be meant.
func (s *Service) Criteria(ctx context.Context, firm ident.Firm, set string, day calendar.Date) (*criteria.Published, []criteria.Published, error) {
	all, err := s.Sets(ctx, firm, day)
	if err != nil {
		return nil, nil, err
	}
	if set == "" && len(all) == 1 {
		return &all[0], all, nil
	}
	i := slices.IndexFunc(all, func(p criteria.Published) bool { return p.Release.Name == set })
	if i < 0 {
		return nil, all, nil
	}
	return &all[i], all, nil
}

// set is Criteria for what was told, with the faults of the answers that do not fit.
func (s *Service) set(ctx context.Context, firm ident.Firm, t Told, day calendar.Date) (*criteria.Published, error) {
	p, all, err := s.Criteria(ctx, firm, t.Set, day)
	switch {
	case err != nil:
		return nil, err
	case p == nil && t.Set != "":
		return nil, fault.All("invalid-application", []fault.Detail{bad("/set", "unknown-set", "Deze criteria gelden vandaag niet. Kies andere.")})
	case p == nil && len(all) > 1:
		return nil, fault.All("invalid-application", []fault.Detail{bad("/set", "missing", "Er gelden meer criteria. Kies volgens welke u de aanvraag beoordeelt.")})
	case p == nil:
		return nil, nil
	}
	_, err = p.Matter(day, wanted(p, t.Answers))
	if f := fault.As(err); f != nil {
		list := slices.Clone(f.Details)
		for i := range list {
			list[i].Pointer = "/answers" + list[i].Pointer[len("/values"):]
		}
		return nil, fault.All("invalid-application", list)
	}
	return p, err
}

// wanted are the answers that the set asks for.
func wanted(p *criteria.Published, answers map[string]string) map[string]string {
	list := map[string]string{}
	for name, v := range answers {
		if i := p.Program.Field(name); i >= 0 {
			list[name] = v
		}
	}
	return list
}

// JudgeAnew judges an application that is open by the criteria of today: they may have
// changed, or a norm amount. The former judgement stays where it is.
func (s *Service) JudgeAnew(ctx context.Context, by ident.Actor, at At) (Application, error) {
	f, err := s.File(ctx, by.Firm, at.ID)
	if err != nil {
		return Application{}, err
	}
	set, err := s.set(ctx, by.Firm, Told{Set: f.Set, Answers: f.Answers}, s.Casework.Today())
	if err != nil {
		return Application{}, err
	}
	if set == nil {
		return Application{}, fault.New(fault.Conflict, "no-criteria", string(at.ID))
	}
	return s.on(ctx, by, at, "judge", "", func(tx Tx, a *Application) error {
		if err := open(a, Received, Accepted); err != nil {
			return err
		}
		a.State, a.Choice = Received, Choice{}
		return s.judge(tx, by, a, *set)
	})
}

// judge judges an application by a set on today, keeps that and its fact.
func (s *Service) judge(tx Tx, by ident.Actor, a *Application, set criteria.Published) error {
	day := s.Casework.Today()
	norms, err := tx.Norms()
	if err != nil {
		return err
	}
	asked := a.values(set, norms, day)
	vals, d1 := ApplicationValues.Decide(asked)
	ruling, d2, err := set.Ask(day, vals.Values)
	if f := fault.As(err); f != nil {
		return misfit(f)
	} else if err != nil {
		return err
	}
	m, err := set.Matter(day, vals.Values)
	if err != nil {
		return err
	}
	out, d3 := ApplicationVerdict.Decide(VerdictIn{m})
	before, err := tx.Judgements(a.ID())
	if err != nil {
		return err
	}
	j := Judgement{
		ID: s.NewID(), Nr: int64(len(before)) + 1, Data: a.Data, Day: day, By: by.String(), Set: set.Release.Name, Version: set.Release.Version, Hash: set.Release.Hash, Verdict: out.Verdict,
		Body: Judged{
			Values: vals.Values, Norms: vals.Norms, OfValues: vals.Because, Ruling: ruling, OfRuling: ruling.Because, Missing: out.Missing, Changes: out.Changes,
			Verdict: out.Verdict, OfVerdict: out.Because, Title: set.Release.Title, Categories: set.Program.Set().Categories,
		},
	}
	a.Judged = &j
	if err := tx.AddJudgement(a.ID(), j); err != nil {
		return err
	}
	return tx.Append(s.fact(KindJudged, by.Firm, string(a.ID()), judged1{
		By: by.String(), Judgement: j.ID, Nr: j.Nr, Data: j.Data, Day: day.String(), Set: j.Set, Version: int64(j.Version), Hash: j.Hash, Verdict: j.Verdict,
		Decisions: []rule.Decision{d1, d2, d3},
	}))
}

// misfit says that something other than an answer does not fit the criteria: a norm
// amount, or a value of the request.
func misfit(f *fault.Fault) error {
	list := slices.Clone(f.Details)
	for i := range list {
		list[i].Pointer = "/answers" + list[i].Pointer[len("/values"):]
		list[i].Text = "Een gegeven van deze aanvraag of een normbedrag past niet bij de criteria. " + list[i].Text
	}
	return fault.All("invalid-application", list)
}

// values is what rule application_values is asked.
func (a Application) values(set criteria.Published, norms []SetNorm, day calendar.Date) ValuesIn {
	in := ValuesIn{Day: &day, Fields: []string{}, Amount: decimal(a.Request.Credit()), Told: wanted(&set, a.Answers), Norms: []NormAmount{}}
	for _, f := range set.Program.Set().Fields {
		if f.Run {
			continue
		}
		in.Fields = append(in.Fields, f.Name)
		if f.English != "" {
			in.Fields = append(in.Fields, f.English)
		}
	}
	r := a.Request
	if r.Months > 0 {
		in.Months = &r.Months
	}
	in.Purpose, in.Children = new(string(r.Purpose)), &r.Children
	if r.Household != "" {
		in.Household = new(string(r.Household))
	}
	for _, n := range norms {
		if slices.Contains(in.Fields, n.Name) && !n.From.After(day) {
			in.Norms = append(in.Norms, n.amount())
		}
	}
	return in
}
