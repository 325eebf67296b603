package complaint

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A Series is what complaints are watched by.
type Series string

// The series: by product, by cause, by the account they are against.
const (
	PerProduct Series = "product"
	PerCause   Series = FacetCause
	PerAdviser Series = casework.Against
)

// AllSeries are all of them.
var AllSeries = []Series{PerProduct, PerCause, PerAdviser}

// How long complaints are watched, and how long before that tells what is usual.
const (
	watchDays   = 365
	historyDays = 730
)

// A Signal is one series as the radar sees it.
type Signal struct {
	Series Series
	Value  string
	Asked  SurgeIn // with the days where it rings
	Came   int     // complaints since Asked.From
	SurgeOut
	Seen []SurgeSeen // what was found out earlier, newest first
	Care SurgeCare   // what was said of this alarm, the zero one where nothing was
}

// A SurgeSeen is what somebody found out about a surge.
type SurgeSeen struct {
	ID     string
	Series Series
	Value  string
	Day    calendar.Date // of the alarm
	At     time.Time
	By     string // actor
	Text   string
}

// A SeriesDay is how many complaints came in on it.
type SeriesDay struct {
	Value string
	Day   calendar.Date
	Count int
}

// A SeriesAsked asks on which days complaints of a series came.
type SeriesAsked struct {
	By            Series
	Value         string // "" for every one
	From, Through calendar.Date
	Singly        calendar.Date // what came before is one sum, on the day before this
}

// Radar asks of every product, cause and employee whether complaints surge: alarms
// first, then by how near they are.
func (s *Service) Radar(ctx context.Context, firm ident.Firm) ([]Signal, error) {
	return s.listen(ctx, firm, (*Signal).ask)
}

// listen hears every series, and does with each that rings what it is told.
func (s *Service) listen(ctx context.Context, firm ident.Firm, rings func(*Signal, []dayCount)) (all []Signal, err error) {
	today := s.Casework.Today()
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		seen, err := tx.SurgesSeen()
		if err != nil {
			return err
		}
		for _, by := range AllSeries {
			days, err := seriesDays(tx, by, seen, today)
			if err != nil {
				return err
			}
			all = append(all, signals(by, days, seen, today, rings)...)
		}
		cares, err := tx.SurgeCares()
		cared(all, cares)
		return err
	})
	slices.SortStableFunc(all, func(a, b Signal) int {
		return cmp.Or(cmp.Compare(rank(b), rank(a)), cmp.Compare(b.Score, a.Score), cmp.Compare(a.Value, b.Value))
	})
	return all, err
}

// seriesDays are the days on which complaints of a series came that the radar asks for.
// How many came in the years before the one that is watched is enough to know, unless a
// surge was looked into meanwhile: then fewer days are watched, and others come before.
func seriesDays(tx Tx, by Series, seen []SurgeSeen, today calendar.Date) ([]SeriesDay, error) {
	q := SeriesAsked{By: by, From: today.AddDays(1 - watchDays - historyDays), Through: today, Singly: today.AddDays(1 - watchDays)}
	days, err := tx.SeriesDays(q)
	looked := map[string]bool{}
	for _, s := range seen {
		if err == nil && s.Series == by && !looked[s.Value] && !calendar.Of(s.At).Before(q.Singly) {
			looked[s.Value] = true
			one := q
			one.Value, one.Singly = s.Value, q.From
			var each []SeriesDay
			each, err = tx.SeriesDays(one)
			days = append(slices.DeleteFunc(days, func(d SeriesDay) bool { return d.Value == s.Value }), each...)
		}
	}
	return days, err
}

func rank(s Signal) int {
	if s.Alarm {
		return 1
	}
	return 0
}

// ask puts the whole question to the rule, with the day of each complaint, and keeps its
// reasons.
func (g *Signal) ask(watched []dayCount) {
	g.Asked.Days = make([]calendar.Date, 0, g.Came)
	for _, d := range watched {
		for range d.n {
			g.Asked.Days = append(g.Asked.Days, d.day)
		}
	}
	g.SurgeOut = Surge.Ask(g.Asked)
}

// signals listens to every value of a series. There can be very many complaints and few
// that ring.
func signals(by Series, days []SeriesDay, seen []SurgeSeen, today calendar.Date, rings func(*Signal, []dayCount)) (all []Signal) {
	for value, group := range grouped(days) {
		sig := Signal{Series: by, Value: value}
		from := today.AddDays(1 - watchDays)
		for _, s := range seen {
			if s.Series != by || s.Value != value {
				continue
			}
			sig.Seen = append(sig.Seen, s)
			if next := calendar.Of(s.At).AddDays(1); next.After(from) {
				from = next // what came in till then was looked into
			}
		}
		in := SurgeIn{HistoryDays: historyDays, From: from, Through: today}
		if today.Before(from) {
			in.From = today
		}
		before := in.From.AddDays(-historyDays)
		var watched []dayCount
		for _, d := range group {
			switch {
			case !d.Day.Before(in.From) && !today.Before(from):
				watched = append(watched, dayCount{d.Day, int64(d.Count)})
				sig.Came += d.Count
			case !d.Day.Before(before):
				in.History += int64(d.Count)
			}
		}
		sig.Asked, sig.SurgeOut = in, in.hear(watched)
		if sig.Why = (rule.Why{}); sig.Alarm {
			rings(&sig, watched)
		}
		all = append(all, sig)
	}
	return all
}

func grouped(days []SeriesDay) map[string][]SeriesDay {
	by := map[string][]SeriesDay{}
	for _, d := range days {
		by[d.Value] = append(by[d.Value], d)
	}
	return by
}

type surgeSeen1 struct {
	By        string          `json:"by"`
	Series    Series          `json:"series"`
	Value     ident.Hash      `json:"value_sha256"`
	Text      ident.Hash      `json:"text_sha256"`
	Decisions []rule.Decision `json:"decisions"`
}

// KindSurgeSeen is the fact that somebody looked into a surge.
const KindSurgeSeen = "complaint.surge_seen/1"

// SeeSurge records what somebody found out about a surge that rings now. From the next
// day its series is watched anew.
func (s *Service) SeeSurge(ctx context.Context, by ident.Actor, series Series, value, text string) error {
	text = strings.TrimSpace(text)
	if err := fault.All("invalid-surge", line("/text", text, longestLine*20, "Schrijf op wat u hebt onderzocht en wat u doet.")); err != nil {
		return err
	}
	all, err := s.Radar(ctx, by.Firm)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(g Signal) bool { return g.Alarm && g.Series == series && g.Value == value })
	if i < 0 {
		return fault.New(fault.Conflict, "no-surge", "")
	}
	_, d := Surge.Decide(all[i].Asked)
	seen := SurgeSeen{ID: s.NewID(), Series: series, Value: value, Day: all[i].Day.V, At: s.Now(), By: by.String(), Text: text}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if err := tx.AddSurgeSeen(seen); err != nil {
			return err
		}
		if err := tx.DropSurgeCare(series, value); err != nil {
			return err
		}
		return tx.Append(s.firmFact(KindSurgeSeen, by, surgeSeen1{
			seen.By, series, ident.HashOf([]byte(seen.ID + "\n" + value)), ident.HashOf([]byte(seen.ID + "\n" + text)), []rule.Decision{d},
		}))
	})
	if err != nil {
		return fmt.Errorf("see surge: %w", err)
	}
	return nil
}

// Surges are the series that ring, without the reasons: those take the day of each
// complaint, and who looks at what is due today asks none.
func (s *Service) Surges(ctx context.Context, firm ident.Firm) ([]Signal, error) {
	all, err := s.listen(ctx, firm, func(*Signal, []dayCount) {})
	return ringing(all), err
}

func ringing(all []Signal) []Signal {
	return slices.DeleteFunc(all, func(g Signal) bool { return !g.Alarm })
}

// lookDays is how long a firm takes to look into a surge. The decree gives no days; a
// week is ours.
const lookDays = 7

// Due is what a series that rings asks of the firm, until somebody writes down what
// was found: that it is looked into. How that day came about is for How.
func (g Signal) Due() casework.Due {
	return casework.Due{
		Code: g.Code(), Title: "Onderzoek de toename van klachten", Day: g.Day.V.AddDays(lookDays), Norm: "bfd:51::d", For: g.Care.For, Until: g.Care.Until,
	}
}

// How is the question that was answered with an alarm. It holds the day of each
// complaint, which can be many.
func (g Signal) How() casework.Asked {
	return casework.Asked{Rule: Surge.Name(), Version: 1, Given: canon.Must(g.Asked)}
}
