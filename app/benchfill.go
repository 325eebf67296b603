package app

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/appropriateness/store"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	partystore "zorgplicht/party/store"
)

// perBulk is how many clients are copied in one transaction, few enough that SQLite,
// which goes through what a transaction changed before each statement that may fail
// half-way, has little to go through; and leastOneByOne how
// many by the calls that a client makes, or more where more are to have answers and
// facts; the others are copies of those.
const (
	perBulk       = 200
	leastOneByOne = 10_000
)

// oneByOne is how many clients are made by the calls that a client makes.
func (b *bench) oneByOne() int { return min(b.Attempts, max(leastOneByOne, b.Recorded)) }

// A lived is an attempt of the demo with all it left behind, to copy.
type lived struct {
	attempt appropriateness.Attempt
	given   []appropriateness.Given
	facts   []journal.Recorded
}

// fill copies the attempts of the demo's past, with answers and facts, for as
// many made-up clients as are asked for, spread over the past year.
func (b *bench) fill(ctx context.Context) error {
	models, err := b.models(ctx)
	if err != nil {
		return err
	}
	start := time.Now()
	one := b.oneByOne()
	apart := 365 * 24 * time.Hour / time.Duration(b.Attempts)
	var made span
	for from := 0; from < one; from += perBulk {
		if from%leastOneByOne == 0 {
			b.Progress(fmt.Sprintf("clients of the past year, %d of %d", from, b.Attempts))
		}
		err := b.Appropriateness.Store.Update(ctx, b.demo.Firm, func(tx appropriateness.Tx) error {
			for i := from; i < min(from+perBulk, one); i++ {
				at := b.Now().Add(time.Duration(i-one) * apart)
				if err := b.copy(tx, models[i%len(models)], i, at, &made); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("fill: %w", err)
		}
	}
	if err := b.multiply(ctx, made, (b.Attempts+one-1)/one, time.Duration(one)*apart); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	b.Tell(NewFigure("attempts copied into the store", "1/s", fmt.Sprintf("%d attempts with their clients, %d of them with links and %d with answers and facts", b.Attempts, one, min(b.Recorded, one)),
		[]float64{float64(b.Attempts) / time.Since(start).Seconds()}))
	b.Progress("moving facts into the tree")
	if err := b.Settle(ctx); err != nil {
		return err
	}
	if err := b.count(ctx); err != nil {
		return err
	}
	return b.fillBank(ctx)
}

// A span is the first and the last of the ids that were made.
type span struct {
	first, last       appropriateness.AttemptID
	firstOne, lastOne ident.Person
}

func (s *span) add(a appropriateness.Attempt) {
	if s.first == "" {
		*s = span{a.ID, a.ID, a.Client, a.Client}
	}
	s.first, s.last = min(s.first, a.ID), max(s.last, a.ID)
	s.firstOne, s.lastOne = min(s.firstOne, a.Client), max(s.lastOne, a.Client)
}

// multiply copies what was made until there are so many times as much, each copy of a
// time before the one made last: its rows then lie together in every index, where
// copies spread over the whole year touched every page of all of them.
func (b *bench) multiply(ctx context.Context, made span, times int, period time.Duration) error {
	for n := 1; n < times; n++ {
		b.Progress(fmt.Sprintf("clients of the past year, %d of %d", n*b.oneByOne(), b.Attempts))
		prefix := fmt.Sprintf("%03x", 0x100+n)
		err := b.db.Write(ctx, b.demo.Firm, func(t *sqldb.Tx) error {
			if err := partystore.Multiply(t, prefix, made.firstOne, made.lastOne); err != nil {
				return err
			}
			return store.Multiply(t, prefix, made.first, made.last, -time.Duration(n)*period)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// count does what the jobs would come to in time: what lapsed is written down, and
// what is settled is counted in the figures of its day.
func (b *bench) count(ctx context.Context) error {
	b.Progress("counting what is settled")
	start := time.Now()
	lapsed, err := b.Appropriateness.Lapse(ctx, b.demo.Firm)
	if err != nil {
		return err
	}
	rolled := 0
	for again := true; again; { // the job counts too, and who waits for it finds less than there is
		n, err := b.Appropriateness.Roll(ctx, b.demo.Firm)
		if err != nil {
			return err
		}
		rolled, again = rolled+n, n > 0
	}
	if rolled == 0 {
		return nil
	}
	b.Tell(NewFigure("attempts counted in daily figures", "1/s", fmt.Sprintf("%d attempts, of which %d written down as lapsed before", rolled, lapsed),
		[]float64{float64(rolled) / time.Since(start).Seconds()}))
	return nil
}

// bankCopies is how often every question of the starter banks stands in the bank.
const bankCopies = 8

// fillBank writes questions, of which the firm of the bench has as many as a large
// author's desk.
func (b *bench) fillBank(ctx context.Context) error {
	b.Progress("a question bank")
	for n := range bankCopies {
		for _, bank := range starter.All {
			t, err := appropriateness.ReadBank(bank.File)
			if err != nil {
				return err
			}
			list := appropriateness.FromTest(t)
			for i := range list {
				q := &list[i].Content.Question
				q.ID = appropriateness.QuestionID(fmt.Sprintf("%s-%s-%d", q.ID, bank.Name, n))
			}
			report, err := b.Appropriateness.ImportQuestions(ctx, operator(b.demo.Firm), list, appropriateness.FromStarter, false)
			if err != nil || len(report.Faults) > 0 {
				return fmt.Errorf("question bank: %v, %w", report.Faults, err)
			}
		}
	}
	return nil
}

func (b *bench) models(ctx context.Context) ([]lived, error) {
	page, err := b.Appropriateness.List(ctx, operator(b.demo.Firm), appropriateness.Filter{Limit: 200, Before: b.Now().Add(-time.Hour)})
	if err != nil {
		return nil, err
	}
	var models []lived
	for _, row := range page.Rows {
		f, err := b.Appropriateness.File(ctx, operator(b.demo.Firm), row.ID)
		if err != nil {
			return nil, err
		}
		facts, err := b.reader().Subject(ctx, b.demo.Firm, string(row.ID))
		if err != nil {
			return nil, err
		}
		models = append(models, lived{f.Attempt, f.Given, facts})
	}
	return models, nil
}

// copy writes one model as the attempt of another client at another time.
func (b *bench) copy(tx appropriateness.Tx, m lived, n int, at time.Time, made *span) error {
	client, err := tx.Person(fmt.Sprintf("BENCH-%07d", n))
	if err != nil {
		return err
	}
	later := at.Sub(m.attempt.Created)
	move := func(t *time.Time) {
		if !t.IsZero() {
			*t = t.Add(later)
		}
	}
	a := m.attempt
	a.ID, a.Client = appropriateness.AttemptID(newID()), client
	for _, t := range []*time.Time{&a.Created, &a.LinkUntil, &a.Begun, &a.OpenUntil, &a.Touched, &a.Judged, &a.Shown} {
		move(t)
	}
	made.add(a)
	if err := tx.Insert(a, ident.HashOf([]byte(b.Keys.Link(a.ID)))); err != nil || n >= b.Recorded {
		return err
	}
	for _, g := range m.given {
		move(&g.At)
		if err := tx.Give(a.ID, g); err != nil {
			return err
		}
	}
	for _, f := range m.facts {
		c := journal.Fact{ID: newID(), Firm: f.Firm, Kind: f.Kind, Subject: string(a.ID), Valid: f.Valid, Recorded: f.Fact.Recorded, Payload: f.Payload}
		move(&c.Valid)
		move(&c.Recorded)
		if err := tx.Append(c); err != nil {
			return err
		}
	}
	return nil
}
