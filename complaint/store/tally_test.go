package store_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/complaint"
	"zorgplicht/complaint/store"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// Complaints come, change, are destroyed and are put together at any moment: figures
// and radar are always those of counting every complaint.
func TestFiguresAreThoseOfCountingEach(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) {
		rapid.Check(t, func(r *rapid.T) {
			d := open(db)
			kept := map[casework.ID]complaint.Complaint{}
			for range rapid.IntRange(1, 25).Draw(r, "steps") {
				switch rapid.SampledFrom([]string{"new", "change", "change", "destroy", "fold", "take out"}).Draw(r, "step") {
				case "new":
					d.keep(r, kept, drawn(r, casework.ID(newID())))
				case "change":
					if id, ok := one(r, kept); ok {
						next := drawn(r, id)
						next.Case.Received = kept[id].Case.Received // never edited
						d.keep(r, kept, next)
					}
				case "destroy":
					if id, ok := one(r, kept); ok {
						c := kept[id]
						c.Against = ""
						c.Case.Product = d.destroy(r, db, id)
						kept[id] = c
					}
				case "take out":
					if id, ok := one(r, kept); ok {
						delete(kept, id)
						if err := d.Store.Update(r.Context(), d.by.Firm, func(tx complaint.Tx) error { return tx.TakeOut(id) }); err != nil {
							r.Fatal(err)
						}
					}
				case "fold":
					if _, err := d.Fold(t.Context(), d.by.Firm); err != nil {
						r.Fatal(err)
					}
				}
				d.holds(r, kept)
			}
			if _, err := d.Fold(t.Context(), d.by.Firm); err != nil {
				r.Fatal(err)
			}
			d.holds(r, kept)
			if n, err := d.Fold(t.Context(), d.by.Firm); n != 0 || err != nil {
				r.Fatalf("%d were put together twice (%v)", n, err)
			}
		})
	})
}

func one(r *rapid.T, kept map[casework.ID]complaint.Complaint) (casework.ID, bool) {
	var ids []casework.ID
	for id := range kept {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return "", false
	}
	slices.Sort(ids)
	return rapid.SampledFrom(ids).Draw(r, "which"), true
}

// drawn is a complaint of any kind, whose figures alone matter.
func drawn(r *rapid.T, id casework.ID) (c complaint.Complaint) {
	day := func(name string) calendar.Date {
		return calendar.MustParse("2025-11-20").AddDays(rapid.IntRange(0, 80).Draw(r, name))
	}
	c.Case = casework.Case{ID: id, Kind: complaint.Kind, Number: "K-" + string(id), Title: "Klacht", Received: day("received"), Product: rapid.SampledFrom([]string{"", "krediet", "hypotheek"}).Draw(r, "product"), Revision: 1}
	c.Way, c.Sort = casework.Phone, rapid.SampledFrom([]complaint.Sort{complaint.Grievance, complaint.Grievance, complaint.Unease}).Draw(r, "sort")
	c.Cause = rapid.SampledFrom([]complaint.Cause{"", complaint.ByAdvice, complaint.ByTime}).Draw(r, "cause")
	c.Against = rapid.SampledFrom([]string{"", "a", "b"}).Draw(r, "against")
	if rapid.Bool().Draw(r, "ended") {
		c.Outcome, c.Redress = rapid.SampledFrom(complaint.Outcomes).Draw(r, "outcome"), int64(rapid.IntRange(0, 3).Draw(r, "redress"))
		c.Handled = c.Case.Received.AddDays(rapid.IntRange(0, 70).Draw(r, "took"))
	}
	return c
}

func (d *desk) keep(r *rapid.T, kept map[casework.ID]complaint.Complaint, c complaint.Complaint) {
	kept[c.Case.ID] = c
	err := d.Store.Update(r.Context(), d.by.Firm, func(tx complaint.Tx) error {
		if err := tx.SaveCase(c.Case); err != nil {
			return err
		}
		return tx.SaveComplaint(c)
	})
	if err != nil {
		r.Fatal(err)
	}
}

// destroy empties a complaint as retention does and returns which product stays.
func (d *desk) destroy(r *rapid.T, db *sqldb.DB, id casework.ID) (product string) {
	s := d.Store.(*store.Store)
	err := db.Write(r.Context(), d.by.Firm, func(t *sqldb.Tx) error {
		if _, err := s.Empty(t, id); err != nil {
			return err
		}
		var err error
		product, err = store.Product(t, id)
		return err
	})
	if err != nil {
		r.Fatal(err)
	}
	return product
}

// holds compares what is read with what counting every complaint gives.
func (d *desk) holds(r *rapid.T, kept map[casework.ID]complaint.Complaint) {
	for _, year := range []int{2025, 2026} {
		got, err := d.Figures(r.Context(), d.by.Firm, year)
		if err != nil {
			r.Fatal(err)
		}
		if diff := gocmp.Diff(counted(kept, year), sorted(got)); diff != "" {
			r.Fatalf("figures of %d: %s", year, diff)
		}
	}
	for _, by := range complaint.AllSeries {
		want := map[string]int{}
		from, through := calendar.MustParse("2025-12-01"), calendar.MustParse("2026-01-20")
		singly := from.AddDays(rapid.IntRange(0, 20).Draw(r, "singly"))
		one := rapid.SampledFrom([]string{"", "krediet", string(complaint.ByAdvice), "a"}).Draw(r, "one value")
		for _, c := range kept {
			value := map[complaint.Series]string{complaint.PerProduct: c.Case.Product, complaint.PerCause: string(c.Cause), complaint.PerAdviser: c.Against}[by]
			day := c.Case.Received
			if day.Before(singly) && !day.Before(from) {
				day = singly.AddDays(-1) // together
			}
			if value != "" && (one == "" || one == value) && !c.Case.Received.Before(from) && !day.After(through) {
				want[value+" "+day.String()]++
			}
		}
		got, last := map[string]int{}, ""
		err := d.Store.View(r.Context(), d.by.Firm, func(tx complaint.Tx) error {
			days, err := tx.SeriesDays(complaint.SeriesAsked{By: by, Value: one, From: from, Through: through, Singly: singly})
			for _, s := range days {
				key := s.Value + " " + s.Day.String()
				if key <= last {
					r.Fatalf("%s comes after %s", key, last)
				}
				got[key], last = s.Count, key
			}
			return err
		})
		if err != nil {
			r.Fatal(err)
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			r.Fatalf("days by %s: %s", by, diff)
		}
	}
}

// TestTheRadarCountsFromTheLastLook: of each value the radar knows how many complaints
// came in the year that is watched, or since somebody looked into it, and how many in
// the two years before.
func TestTheRadarCountsFromTheLastLook(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) {
		rapid.Check(t, func(r *rapid.T) {
			d := open(db)
			today := calendar.Of(d.now)
			ago := func(what string, least int) calendar.Date {
				return today.AddDays(-rapid.OneOf(rapid.IntRange(least, 1500), rapid.SampledFrom([]int{364, 365, 366, 1094, 1095})).Draw(r, what))
			}
			kept := map[casework.ID]complaint.Complaint{}
			for range rapid.IntRange(1, 12).Draw(r, "complaints") {
				c := drawn(r, casework.ID(newID()))
				c.Case.Received = ago("received", 0)
				d.keep(r, kept, c)
			}
			looked := map[string]calendar.Date{}
			for range rapid.IntRange(0, 3).Draw(r, "looks") {
				s := complaint.SurgeSeen{ID: newID(), Series: complaint.PerProduct, Value: rapid.SampledFrom([]string{"krediet", "hypotheek"}).Draw(r, "looked into"), Day: today, Text: "Bekeken."}
				day := ago("looked on", 0)
				s.At = day.Start().Add(12 * time.Hour)
				if day.After(looked[s.Value]) {
					looked[s.Value] = day
				}
				if err := d.Store.Update(r.Context(), d.by.Firm, func(tx complaint.Tx) error { return tx.AddSurgeSeen(s) }); err != nil {
					r.Fatal(err)
				}
			}
			signals, err := d.Radar(r.Context(), d.by.Firm)
			if err != nil {
				r.Fatal(err)
			}
			for _, g := range signals {
				from := today.AddDays(-364)
				if next := looked[g.Value].AddDays(1); g.Series == complaint.PerProduct && !looked[g.Value].IsZero() && next.After(from) {
					from = next
				}
				came, before := 0, int64(0)
				for _, c := range kept {
					value := map[complaint.Series]string{complaint.PerProduct: c.Case.Product, complaint.PerCause: string(c.Cause), complaint.PerAdviser: c.Against}[g.Series]
					switch {
					case value != g.Value:
					case !c.Case.Received.Before(from) && !today.Before(from):
						came++
					case !c.Case.Received.Before(g.Asked.From.AddDays(-730)):
						before++
					}
				}
				if g.Came != came || g.Asked.History != before {
					r.Fatalf("%s %s: %d and %d, want %d and %d", g.Series, g.Value, g.Came, g.Asked.History, came, before)
				}
			}
		})
	})
}

// counted is what the figures of a year should be.
func counted(kept map[casework.ID]complaint.Complaint, year int) []complaint.Figure {
	by := map[complaint.Figure]complaint.Figure{}
	for _, c := range kept {
		if c.Sort == complaint.Unease || c.Case.Received.Year() != year {
			continue
		}
		k := complaint.Figure{Product: c.Case.Product, Cause: c.Cause, Outcome: c.Outcome, Month: fmt.Sprintf("%04d-%02d", year, c.Case.Received.Month())}
		if !c.Handled.IsZero() {
			k.Lead = complaint.LeadOf(c.Case.Received.DaysUntil(c.Handled))
		}
		f := by[k]
		if f.Count == 0 {
			f = k
		}
		f.Count++
		f.Redress += c.Redress
		by[k] = f
	}
	var all []complaint.Figure
	for _, f := range by {
		all = append(all, f)
	}
	return sorted(all)
}

func sorted(all []complaint.Figure) []complaint.Figure {
	slices.SortFunc(all, func(a, b complaint.Figure) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Lead, b.Lead))
	})
	return all
}
