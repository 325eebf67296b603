// Package yardstick is what the criteria are measured against: a made-up loan and
// insurance book with its twelve rules, once as a rule set and once written out
// by hand in Go, and rule sets and rows drawn by chance. All of it is the same on
// every machine.
package yardstick

import (
	_ "embed"
	"fmt"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
)

// Chance draws numbers (splitmix64): the same ones on every machine.
type Chance uint64

// Next draws 64 bits.
func (c *Chance) Next() uint64 {
	*c += 0x9e3779b97f4a7c15
	z := uint64(*c)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Below draws a number from 0 to n, n not included.
func (c *Chance) Below(n int64) int64 { return int64(c.Next() % uint64(n)) }

// Rules is the text of the rule set of the book.
//
//go:embed beheer.yaml
var Rules []byte

// Day is the day for which the book is decided.
var Day = calendar.MustParse("2026-01-01")

const dayNumber = 20454

// Wide is how many values a contract has.
const Wide = len(fields)

// fields are those that Contract gives, in its order.
var fields = [...]string{
	"product", "achterstand", "stornos_kwartaal", "stornos_jaar", "inkomen_verschil", "saldo", "limiet", "premie",
	"rente_vast_tot", "schuld_waarde", "doel_tekort", "resterend", "rendement", "laatste_contact", "leeftijd", "zonder_advies",
}

// Contract draws one contract.
func Contract(c *Chance) (v [len(fields)]int64) {
	v[0] = c.Below(8)
	v[14] = 18 + c.Below(72)
	v[11] = c.Below(361)
	v[13] = dayNumber - c.Below(1100)
	v[4] = c.Below(41) - 12
	if c.Below(100) < 8 {
		v[4] = -c.Below(60)
	}
	v[15] = c.Below(10) / 7
	if c.Below(100) < 6 {
		v[3] = 1 + c.Below(6)
		v[2] = min(3, c.Below(v[3]+1))
	}
	if v[0] > 2 {
		v[7] = 2400 + c.Below(300_000)
		if v[0] == 4 {
			v[12], v[10] = c.Below(900)-200, c.Below(45)-15
		}
		return v
	}
	v[5] = c.Below(5_000_000)
	if v[0] == 1 {
		v[6] = v[5] + c.Below(2_000_000)
	}
	if v[0] == 0 {
		v[5] = c.Below(40_000_000)
		v[9], v[8] = 3000+c.Below(8000), c.Below(241)
	}
	if c.Below(100) < 5 {
		v[1] = 1 + c.Below(6)
	}
	return v
}

// Places returns of each value of a contract which field of the program it is.
func Places(p *criteria.Program) []int {
	var list []int
	for _, name := range fields {
		at := -1
		for i, f := range p.Fields() {
			if f.Name == name {
				at = i
			}
		}
		if at < 0 {
			panic(fmt.Sprintf("yardstick: the rule set has no field %s", name))
		}
		list = append(list, at)
	}
	return list
}
