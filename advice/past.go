package advice

import (
	"context"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// A Held says whether a file could be reconstructed.
type Held string

// The ways in which it ends.
const (
	Rebuilt   Held = "volledig"   // the content is the one that the fact names
	NotYet    Held = "nog-niet"   // there was no file on that day
	Destroyed Held = "vernietigd" // the content was destroyed since, as retention allows
	Altered   Held = "afwijkend"  // what is stored is not what the fact names
)

// A Past is a file as it was at the end of a day, put together from the facts of the
// journal: they say which version it had, and by its hash that this is the one.
type Past struct {
	Day       calendar.Date // zero where it was asked by version and there is none
	Held      Held
	Fact      journal.Recorded // the one that names the version
	Version   int64
	Hash      ident.Hash
	Content   Content
	Decisions []rule.Decision    // as they were taken then
	Facts     []journal.Recorded // about the file, up to then
}

// Until are the facts that were recorded by the end of a day.
func Until(facts []journal.Recorded, day calendar.Date) (some []journal.Recorded) {
	end := day.AddDays(1).Start()
	for _, f := range facts {
		if f.Recorded.Before(end) {
			some = append(some, f)
		}
	}
	return some
}

// through are the facts up to the one that names a version.
func through(facts []journal.Recorded, nr int64) []journal.Recorded {
	for i, f := range facts {
		var at kept1
		if keeps(f) && !f.Erased && canon.Decode(f.Payload, &at) == nil && at.Version == nr {
			return facts[:i+1]
		}
	}
	return nil
}

// keeps reports whether a fact names a version of a file.
func keeps(f journal.Recorded) bool {
	return f.Kind == KindRecorded || f.Kind == KindCorrected || f.Kind == KindFollowed
}

// Rebuild returns the file as these facts about it left it, the oldest first, from
// its versions.
func Rebuild(facts []journal.Recorded, versions []Version) (p Past, err error) {
	p.Facts, p.Held = facts, NotYet
	for _, f := range facts {
		if keeps(f) {
			p.Fact = f
		}
	}
	switch {
	case p.Fact.ID == "":
		return p, nil
	case p.Fact.Erased:
		p.Held = Destroyed
		return p, nil
	}
	var at kept1
	if err := canon.Decode(p.Fact.Payload, &at); err != nil {
		return p, err
	}
	p.Decisions = at.Decisions
	p.Version, p.Hash = at.Version, at.Hash
	i := slices.IndexFunc(versions, func(v Version) bool { return v.Nr == at.Version })
	switch {
	case i < 0 || versions[i].Body == nil:
		p.Held = Destroyed
		return p, nil
	case ident.HashOf(versions[i].Body) != at.Hash:
		p.Held = Altered
		return p, nil
	}
	p.Held = Rebuilt
	p.Content, err = versions[i].Read()
	return p, err
}

// AsOf returns the file as it was at the end of a day; fault.NotFound "unknown-case".
func (s *Service) AsOf(ctx context.Context, firm ident.Firm, id casework.ID, day calendar.Date) (Past, error) {
	p, err := s.past(ctx, firm, id, func(facts []journal.Recorded) []journal.Recorded { return Until(facts, day) })
	p.Day = day
	return p, err
}

// Nth returns the file in its n-th version, from 1; fault.NotFound "unknown-case".
func (s *Service) Nth(ctx context.Context, firm ident.Firm, id casework.ID, nr int64) (Past, error) {
	p, err := s.past(ctx, firm, id, func(facts []journal.Recorded) []journal.Recorded { return through(facts, nr) })
	p.Day = calendar.Of(p.Fact.Recorded)
	return p, err
}

func (s *Service) past(ctx context.Context, firm ident.Firm, id casework.ID, cut func([]journal.Recorded) []journal.Recorded) (p Past, err error) {
	var versions []Version
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if _, err = tx.Advice(id); err != nil {
			return err
		}
		versions, err = tx.Versions(id)
		return err
	})
	if err != nil {
		return p, err
	}
	facts, err := s.Facts(ctx, firm, string(id))
	if err != nil {
		return p, err
	}
	return Rebuild(cut(facts), versions)
}
