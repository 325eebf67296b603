package appropriateness

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A TestFile is all that staff may see of one test: its design, what keeps that
// from being put to use, and its versions.
type TestFile struct {
	ID        string
	Draft     *Draft       // nil where there is none: a test that came from a file only
	Composed  Assessment   // of the draft, with the questions that are active now
	Gone      []QuestionID // chosen, and not active
	Releases  []Release    // newest first
	Alone     bool         // the firm has nobody else for four eyes
	Now       time.Time
	Evaluated *Evaluated // the last evaluation, nil for none
}

// An Assessment is a test with what the rules say of it.
type Assessment struct {
	Hash    ident.Hash
	Test    Test
	Check   PublicationOut
	Chances Classifier
}

func assess(t Test) Assessment {
	_, hash := t.Seal()
	return Assessment{hash, t, PublicationTarget.Ask(PublicationIn{sealedTest(hash, t)}), t.Classify()}
}

// TestFile returns one test; fault.NotFound "unknown-design" when the firm has
// neither a design nor a version of it.
func (s *Service) TestFile(ctx context.Context, by ident.Actor, id string) (TestFile, error) {
	f := TestFile{ID: id, Now: s.Now()}
	err := s.Store.View(ctx, by.Firm, func(tx Tx) error {
		var err error
		if f.Releases, err = tx.Releases(id); err != nil {
			return err
		}
		f.Now = Moment(f.Releases, f.Now)
		slices.SortStableFunc(f.Releases, func(a, b Release) int { return b.From.Compare(a.From) })
		if f.Alone, err = tx.OnePerson(); err != nil {
			return err
		}
		evaluations, err := tx.Evaluations(id)
		if err != nil {
			return err
		}
		if len(evaluations) > 0 {
			f.Evaluated = &evaluations[0]
		}
		d, err := tx.Draft(id)
		if fault.Is(err, fault.NotFound) && len(f.Releases) > 0 {
			return nil
		}
		if err != nil {
			return err
		}
		var t Test
		if t, f.Gone, err = compose(tx, d.Design); err != nil {
			return err
		}
		f.Draft, f.Composed = &d, Assessment{Test: t}
		return nil
	})
	if err == nil && f.Draft != nil { // outside the transaction: it reckons
		f.Composed = assess(f.Composed.Test)
	}
	return f, err
}

// Standing is how the version stands now.
func (f TestFile) Standing(r Release) Standing { return r.At(f.Now) }

// Changed reports whether the questions of the bank no longer make the test that
// was asked.
func (f TestFile) Changed() bool {
	return f.Draft != nil && f.Draft.Asked != nil && (f.Composed.Hash != f.Draft.Asked.Test || len(f.Gone) > 0)
}

// TestVersion returns a sealed version of a test of the firm, in use or asked to
// be; fault.NotFound "unknown-version".
func (s *Service) TestVersion(ctx context.Context, by ident.Actor, id string, hash ident.Hash) (Assessment, error) {
	var t Test
	err := s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		if t, err = tx.Sealed(hash); fault.Is(err, fault.NotFound) || err == nil && t.ID != id {
			return fault.New(fault.NotFound, "unknown-version", id)
		}
		return err
	})
	if err != nil {
		return Assessment{}, err
	}
	a := assess(t)
	a.Hash = hash
	return a, nil
}

// Example draws a form as a client may get it; it is the same each time for one
// number.
func (t Test) Example(number uint32) (Form, error) { return t.Draw(&steady{number}, Seen{}) }

// A TestRow is one test in the list.
type TestRow struct {
	ID       string
	Title    string
	Product  string
	Design   string   // "", "draft" or "asked"
	Current  *Release // in use now
	Planned  *Release // the first that is planned
	Ended    *Release // where none is in use: the last that was
	Versions int      // that were in use, are, or will be
}

// A TestFilter narrows the list of tests. Empty fields do not narrow.
type TestFilter struct {
	Sought  string // part of id or title
	Product string
	State   string // one of TestStates
}

// The states by which the list is filtered.
const (
	StateDraft   = "draft"
	StateAsked   = "asked"
	StatePlanned = "planned"
	StateInUse   = "in_use"
	StateOver    = "over"
)

// TestStates lists them.
var TestStates = []string{StateInUse, StatePlanned, StateAsked, StateDraft, StateOver}

// TestList returns the tests of the firm by id.
func (s *Service) TestList(ctx context.Context, by ident.Actor, f TestFilter) ([]TestRow, error) {
	rows := map[string]*TestRow{}
	of := func(id string) *TestRow {
		if rows[id] == nil {
			rows[id] = &TestRow{ID: id}
		}
		return rows[id]
	}
	now := s.Now()
	err := s.Store.View(ctx, by.Firm, func(tx Tx) error {
		releases, err := tx.Releases("")
		if err != nil {
			return err
		}
		for _, versions := range ByTest(releases) {
			for _, r := range versions {
				of(r.TestID).add(r, Moment(versions, now))
			}
		}
		drafts, err := tx.Drafts()
		for _, d := range drafts {
			of(d.Design.ID).draft(d)
		}
		return err
	})
	var list []TestRow
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		if r := *rows[id]; f.holds(r) {
			list = append(list, r)
		}
	}
	return list, err
}

// ByTest divides versions that are sorted by test.
func ByTest(releases []Release) (tests [][]Release) {
	for start, r := range releases {
		if start == 0 || r.TestID != releases[start-1].TestID {
			n := slices.IndexFunc(releases[start:], func(o Release) bool { return o.TestID != r.TestID })
			if n < 0 {
				n = len(releases) - start
			}
			tests = append(tests, releases[start:start+n])
		}
	}
	return tests
}

func (r *TestRow) add(release Release, now time.Time) {
	standing := release.At(now)
	if standing == Cancelled {
		if r.Title == "" {
			r.Title, r.Product = release.Title, release.Product
		}
		return
	}
	r.Versions++
	if r.Current == nil {
		r.Title, r.Product = release.Title, release.Product
	}
	switch standing {
	case Current:
		r.Current, r.Title, r.Product = &release, release.Title, release.Product
	case Planned:
		if r.Planned == nil {
			r.Planned = &release
		}
	default:
		r.Ended = &release
	}
}

func (r *TestRow) draft(d Draft) {
	r.Design = StateDraft
	if d.Asked != nil {
		r.Design = StateAsked
	}
	if r.Title == "" {
		r.Title, r.Product = d.Design.Title, d.Design.Product
	}
}

func (f TestFilter) holds(r TestRow) bool {
	sought := strings.ToLower(f.Sought)
	if !strings.Contains(strings.ToLower(r.ID), sought) && !strings.Contains(strings.ToLower(r.Title), sought) {
		return false
	}
	if f.Product != "" && f.Product != r.Product {
		return false
	}
	switch f.State {
	case StateInUse:
		return r.Current != nil
	case StatePlanned:
		return r.Planned != nil
	case StateOver:
		return r.Current == nil && r.Planned == nil && r.Ended != nil
	case StateDraft, StateAsked:
		return r.Design == f.State
	}
	return true
}

// SayPublication says a reason of rule publication_check as its author reads it,
// with elements by their Dutch names.
func SayPublication(why rule.Reason) string {
	values := maps.Clone(why.Values)
	for name, value := range values {
		switch name {
		case "element":
			values[name] = Element(value).Dutch()
		case "fixed":
			values[name] = fixedNames[Fixed(value)]
		case "field":
			values[name] = fieldNames[value]
		case "flag":
			values[name] = strings.TrimSuffix(QuestionCheck.Render(rule.Reason{Code: value, Values: map[string]string{"serious": "te weinig", "word": "…", "topics": "meer"}}), ".")
		}
	}
	return PublicationTarget.Render(rule.Reason{Code: why.Code, Norm: why.Norm, Values: values})
}

// SayVerdict says a reason of a verdict as staff read it, with parts by their
// Dutch names.
func SayVerdict(t Test, why rule.Reason) string {
	if part := why.Values["part"]; part != "" {
		why.Values = maps.Clone(why.Values)
		why.Values["part"] = partDutch(part)
	}
	return t.grading().Render(why)
}

// partDutch names a part of a form that has a cut of its own.
func partDutch(part string) string {
	switch part {
	case KnowledgePart:
		return "kennis"
	case ExperiencePart:
		return "ervaring"
	}
	return Element(part).Dutch()
}

var fixedNames = map[Fixed]string{NeedAdvice: "over behoefte aan advies", UnderstandsTerms: "over het begrijpen van de voorwaarden"}

var fieldNames = map[string]string{"title": "de titel", "purpose": "het doel van de toets", "author": "de auteur"}

func kebabCode(code string) string { return strings.ReplaceAll(code, "_", "-") }
