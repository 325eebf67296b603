package yardstick

import "zorgplicht/criteria"

// A Book is the portfolio in plain columns, each as narrow as its range allows, as
// one who writes the rules out by hand in Go would hold it.
type Book struct {
	balance, limit                          []int64
	premium, contact                        []int32
	age, remaining, yield, income, ltv, fix []int16
	gap                                     []int16
	product, arrears, quarter, year, noAdv  []int8

	category [4096]uint8 // of each set of reasons
}

// Fill makes a portfolio of n contracts both ways.
func Fill(p *criteria.Program, n int) (*Book, []*criteria.Column) {
	b := &Book{category: ofReasons()}
	columns := p.Columns(n)
	places := Places(p)
	c := Chance(20260101)
	for range n {
		v := Contract(&c)
		for i, x := range v {
			columns[places[i]].Append(criteria.Cell{V: x, Known: true})
		}
		b.product, b.arrears, b.quarter, b.year = append(b.product, int8(v[0])), append(b.arrears, int8(v[1])), append(b.quarter, int8(v[2])), append(b.year, int8(v[3]))
		b.income, b.balance, b.limit, b.premium = append(b.income, int16(v[4])), append(b.balance, v[5]), append(b.limit, v[6]), append(b.premium, int32(v[7]))
		b.fix, b.ltv, b.gap, b.remaining = append(b.fix, int16(v[8])), append(b.ltv, int16(v[9])), append(b.gap, int16(v[10])), append(b.remaining, int16(v[11]))
		b.yield, b.contact, b.age, b.noAdv = append(b.yield, int16(v[12])), append(b.contact, int32(v[13])), append(b.age, int16(v[14])), append(b.noAdv, int8(v[15]))
	}
	for _, i := range places {
		columns[i].Close()
	}
	return b, columns
}

func one(b bool) uint16 {
	if b {
		return 1
	}
	return 0
}

// ByHand decides the rows from lo to hi as a programmer writes it over columns:
// without branches, and with slices of one length, so that no bound is checked in
// the loop. The outcome is a bit for each rule that fires, and the category.
func (b *Book) ByHand(reasons []uint16, category []uint8, lo, hi int) {
	n := hi - lo
	reasons, category = reasons[lo:][:n], category[lo:][:n]
	product, arrears, quarter, year, noAdv := b.product[lo:][:n], b.arrears[lo:][:n], b.quarter[lo:][:n], b.year[lo:][:n], b.noAdv[lo:][:n]
	income, fix, ltv, gap := b.income[lo:][:n], b.fix[lo:][:n], b.ltv[lo:][:n], b.gap[lo:][:n]
	remaining, yield, age := b.remaining[lo:][:n], b.yield[lo:][:n], b.age[lo:][:n]
	balance, limit, premium, contact := b.balance[lo:][:n], b.limit[lo:][:n], b.premium[lo:][:n], b.contact[lo:][:n]
	for i := range n {
		p := product[i]
		cr, p1, p2, p5, p6 := one(p <= 2), one(p == 0), one(p == 1), one(p == 4), one(p == 5)
		a3, a1 := one(arrears[i] >= 3), one(arrears[i] >= 1)
		d := dayNumber - contact[i]
		m := cr & a3
		m |= (cr & a1 &^ a3) << 1
		m |= one(quarter[i] >= 2) << 2
		m |= one(year[i] >= 3) << 3
		m |= (cr & one(income[i] <= -20)) << 4
		m |= (p2 & one(limit[i] > 0) & one(balance[i]*100 >= limit[i]*95)) << 5
		m |= (p1 & one(fix[i] <= 12) & one(ltv[i] > 9000)) << 6
		m |= (p5 & one(gap[i] >= 20) & one(remaining[i] <= 120)) << 7
		m |= (p5 & one(yield[i] < 100) & one(premium[i] >= 60000)) << 8
		m |= one(d > 730) << 9
		m |= (cr & one(remaining[i] <= 60) & one(age[i] >= 62) & one(balance[i] >= 5000000)) << 10
		m |= (one(noAdv[i] == 1) & (p1 | p5 | p6) & one(d > 365)) << 11
		reasons[i] = m
		category[i] = b.category[m&4095]
	}
}

// ofReasons gives each set of reasons its category.
func ofReasons() (of [4096]uint8) {
	for m := range of {
		for rule, c := range []uint8{4, 3, 3, 2, 3, 2, 2, 3, 2, 1, 4, 2} {
			if m>>rule&1 == 1 {
				of[m] = max(of[m], c)
			}
		}
	}
	return of
}
