package app

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"zorgplicht/criteria"
	"zorgplicht/criteria/yardstick"
	"zorgplicht/internal/fault"
)

// BenchCriteria decides a made-up book of contracts by a rule set of twelve rules
// and by the same rules written by hand in Go, in turn, each with the reasons and
// the category of every contract. It then times how a set is read, one contract
// explained and five hundred rules looked through, and screens the same book from a
// file in dir to see what its evidence takes. It needs no installation.
func BenchCriteria(ctx context.Context, dir string, contracts, rounds int, tell func(Figure), progress func(string)) error {
	progress("making contracts")
	race, err := yardstick.NewRace(contracts)
	if err != nil {
		return err
	}
	var share, speed []float64
	for round := range rounds + 1 { // the first warms up
		if err := ctx.Err(); err != nil {
			return err
		}
		progress(fmt.Sprintf("criteria, round %d of %d", round, rounds))
		at := time.Now()
		race.ByHand()
		hand := time.Since(at)
		at = time.Now()
		if err := race.Rules(); err != nil {
			return err
		}
		if rules := time.Since(at); round > 0 {
			share = append(share, rules.Seconds()/hand.Seconds())
			speed = append(speed, float64(contracts)/rules.Seconds())
		}
	}
	if !race.Same() {
		return fault.New(fault.Conflict, "outcomes-differ", "the rule set and the rules by hand")
	}
	most, way := 1.9, "64 at a time"
	if criteria.Wide {
		most, way = 0.5, "512 at a time"
	}
	how := fmt.Sprintf("%d contracts, 12 rules, %d cores, %s", contracts, runtime.GOMAXPROCS(0), way)
	tell(NewFigure("contracts decided by a rule set", "1/s", how, speed))
	tell(NewFigure("rule set / by hand", "ratio", "time against the same rules in Go over columns, as many cores, the same outcome", share).under(most))
	if err := explaining(race.Program, rounds, tell); err != nil {
		return err
	}
	if err := looking(rounds, tell); err != nil {
		return err
	}
	p := race.Program
	race = nil // what follows is weighed alone
	progress("screening a file")
	if err := proving(ctx, dir, p, contracts, tell); err != nil {
		return err
	}
	progress("screening a file of which one row is wrong")
	return oneWrong(ctx, p, contracts, tell, progress)
}

// explaining times one contract with why, why not and what would change it, and
// the reading of the set.
func explaining(p *criteria.Program, rounds int, tell func(Figure)) error {
	const rows = 20_000
	places := yardstick.Places(p)
	var explain, compile []float64
	for range rounds {
		c := yardstick.Chance(20260101)
		list := make([]criteria.Row, rows)
		for i := range list {
			list[i] = p.Row(yardstick.Day)
			for k, v := range yardstick.Contract(&c) {
				list[i][places[k]] = criteria.Cell{V: v, Known: true}
			}
		}
		at := time.Now()
		for _, r := range list {
			p.Decide(yardstick.Day, r)
		}
		explain = append(explain, float64(time.Since(at).Microseconds())/rows)
		at = time.Now()
		const times = 200
		for range times {
			if _, err := criteria.Compile(p.Set()); err != nil {
				return err
			}
		}
		compile = append(compile, float64(time.Since(at).Microseconds())/1000/times)
	}
	tell(NewFigure("one contract explained", "µs", "every comparison, why and why not, and the smallest change; one core", explain).under(20))
	tell(NewFigure("a rule set compiled", "ms", "12 rules, 17 fields; one core", compile).under(1))
	return nil
}
