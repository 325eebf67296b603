package advice

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/party"
	"zorgplicht/rule"
)

// An Entry is a file as somebody fills it in.
type Entry struct {
	Reference string // the firm's own, of the client
	Content
	Procedure string            // name of the rule set that was followed; "" none
	Answers   map[string]string // to its questions, by field
	Key       string            // of a program that may ask twice
}

// Record keeps a new advice file, whole, with what came of the advice where that is
// known. All that is wrong is one Invalid "invalid-advice".
func (s *Service) Record(ctx context.Context, by ident.Actor, in Entry) (f File, err error) {
	raw := in
	decided, err := s.course(ctx, by, &in)
	if err != nil {
		return f, err
	}
	if err := in.faults(s.Casework.Today()); err != nil {
		return f, err
	}
	request := "record " + string(canon.Must(raw.Content)) + raw.Reference + raw.Procedure + string(canon.Must(answers(raw.Answers)))
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		id, err := s.kept(tx, in.Key, request, func() (casework.ID, error) { return s.record(tx, by, in, decided) })
		if err != nil {
			return err
		}
		f, err = tx.Advice(id)
		return err
	})
	if err != nil {
		return f, fmt.Errorf("record advice: %w", err)
	}
	return f, nil
}

// faults tidies an entry and returns what is wrong with it.
func (in *Entry) faults(today calendar.Date) error {
	wrong := in.check(today)
	in.Reference = strings.TrimSpace(in.Reference)
	if err := party.CheckReference("/reference", in.Reference); err != nil {
		wrong = append(wrong, fault.As(err).Details...)
	}
	return fault.All("invalid-advice", wrong)
}

// Faults is what is wrong with an entry, nil when nothing is, without keeping it.
func (in Entry) Faults(today calendar.Date) error { return in.faults(today) }

func (s *Service) record(tx Tx, by ident.Actor, in Entry, decided []rule.Decision) (casework.ID, error) {
	f := File{Reference: in.Reference, Recorder: by.ID, Content: in.Content}
	client, err := tx.Person(in.Reference)
	if err != nil {
		return "", err
	}
	f.Case = casework.Case{Kind: Kind, Title: f.title(), Received: in.Advice.Day, Client: client, Product: string(in.Advice.Kind)}
	if by.Kind == ident.Staff {
		f.Case.Handler = by.ID
	}
	if f.Case, err = s.Casework.Open(tx, f.Case, f.words()...); err != nil {
		return "", err
	}
	if f.close(s.Now()); !f.Case.Open() {
		if f.Case, err = s.Casework.Save(tx, f.Case); err != nil {
			return "", err
		}
	}
	_, err = s.keep(tx, by, f, KindRecorded, "", decided...)
	return f.ID(), err
}

// words find a file. Who the client is, is not among them: whoever is forgotten is
// not found either.
func (f File) words() []string {
	p := f.Profile
	return []string{
		f.Advice.Product, f.Advice.Provider, string(f.Advice.Kind), f.Advice.Terms, f.Advice.Why, p.Objectives, p.Position.Words, f.Outcome.Product,
		f.Outcome.Provider, f.Case.Number,
	}
}

// keep adds a version of the file, puts in what must be done and records the fact.
func (s *Service) keep(tx Tx, by ident.Actor, f File, kind, why string, decided ...rule.Decision) (File, error) {
	f.Nr++
	v := Version{Nr: f.Nr, Made: s.Now(), By: by.String(), Why: why}
	v.Body, v.Hash = f.seal(s.NewID())
	if err := tx.SaveAdvice(f, v, text.Stems(f.words()...)); err != nil {
		return f, err
	}
	if err := s.Casework.Put(tx, f.Case, f.Dues()); err != nil {
		return f, err
	}
	all, err := s.exempt(tx, f)
	if err != nil {
		return f, err
	}
	_, file := Whole.Decide(f.Question())
	_, keep := AdviceRetention.Decide(f.retentionQuestion(all))
	decided = append(decided, file, keep)
	if f.Outcome.Result == Other {
		_, own := Choice.Decide(f.choiceQuestion())
		decided = append(decided, own)
	}
	p := kept1{
		By: by.String(), Client: f.Case.Client, Version: v.Nr, Hash: v.Hash, Role: f.Role, Advised: f.Advice.Day.String(), Kind: f.Advice.Kind,
		Result: f.Outcome.Result, Decisions: decided,
	}
	if !f.Outcome.Day.IsZero() {
		p.Contract = f.Outcome.Day.String()
	}
	if c := f.Course; c != nil {
		p.Procedure, p.Deviates = c.Name, c.Deviates
	}
	if why != "" {
		p.Why = new(ident.HashOf([]byte(v.Hash.String() + "\n" + why)))
	}
	return f, tx.Append(s.fact(kind, string(f.ID()), by, p))
}

func answers(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}

// course lets the procedure decide where one was followed, and puts what it said in
// the entry.
func (s *Service) course(ctx context.Context, by ident.Actor, in *Entry) ([]rule.Decision, error) {
	in.Course = nil
	if in.Procedure == "" {
		return nil, nil
	}
	day := in.Advice.Day
	if day.IsZero() {
		day = s.Casework.Today()
	}
	p, err := s.Sets.Published(ctx, by.Firm, in.Procedure, day)
	if err != nil && fault.As(err) == nil {
		return nil, err
	}
	if err != nil || !s.inUse(ctx, by.Firm, p.Release.Hash, day) {
		return nil, fault.All("invalid-advice", []fault.Detail{{Pointer: "/procedure", Reason: "unknown-procedure", Text: "Deze procedure is op de dag van het advies niet in gebruik. Kies een andere, of leg het advies vast zonder procedure."}})
	}
	given := map[string]string{}
	var wrong faults
	for _, f := range p.Program.Set().Fields {
		if f.Run {
			continue
		}
		if given[f.Name] = strings.TrimSpace(in.Answers[f.Name]); given[f.Name] == "" {
			wrong.add("/answers/"+f.Name, "missing", "Beantwoord deze vraag: de procedure stelt elke vraag altijd.")
		}
	}
	for name := range maps.Keys(in.Answers) {
		if _, known := given[name]; !known {
			wrong.add("/answers/"+name, "unknown", "Deze vraag hoort niet bij de procedure.")
		}
	}
	if len(wrong) > 0 {
		slices.SortFunc(wrong, func(a, b fault.Detail) int { return strings.Compare(a.Pointer, b.Pointer) })
		return nil, fault.All("invalid-advice", wrong)
	}
	out, d, err := p.Ask(day, given)
	if err != nil {
		return nil, below("/answers", err)
	}
	if strings.TrimSpace(in.Advice.Product) == "" {
		in.Advice.Product = named(out.Category)
	}
	same := strings.EqualFold(strings.TrimSpace(in.Advice.Product), named(out.Category))
	in.Course = &Course{Name: in.Procedure, Version: int64(p.Release.Version), Set: p.Release.Hash, Answers: given, Category: out.Category, Deviates: !same}
	return []rule.Decision{d}, nil
}

// below puts the faults of a case under the answers it was made of.
func below(at string, err error) error {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid {
		return err
	}
	details := slices.Clone(f.Details)
	for i := range details {
		_, field, _ := strings.Cut(strings.TrimPrefix(details[i].Pointer, "/"), "/")
		details[i].Pointer = at + "/" + field
	}
	return fault.All("invalid-advice", details)
}

// inUse reports whether the firm named this set as its procedure for the day.
func (s *Service) inUse(ctx context.Context, firm ident.Firm, set ident.Hash, day calendar.Date) (named bool) {
	all, err := s.Procedures(ctx, firm)
	return err == nil && slices.ContainsFunc(all, func(p Procedure) bool { return p.Hash == set && p.On(day) })
}
