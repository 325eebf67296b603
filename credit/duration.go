package credit

import (
	"math/big"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

const (
	maxTerms = 1_000_000 // of a credit that is followed term by term
	exactFor = 400       // terms that are followed in whole numbers, without any rounding
)

// beyondCount is how many terms are taken as never: a thousand thousand million.
var beyondCount = big.NewRat(1_000_000_000_000, 1)

// A stretch is a run of equal payment terms; without a count it has no end.
type stretch struct {
	count  *int64
	rate   *big.Rat // per term, as a fraction
	amount *big.Rat
	months *big.Rat // of one term
}

// A course is how a revolving credit (doorlopend krediet) runs out.
type course struct {
	never     bool
	terms     int64
	unrounded *big.Rat // to 40 digits; nil in the general case
	whole     bool     // the unrounded number is whole
	months    *big.Rat // the sum of the lengths of the terms
	last      *big.Rat // the last amount
	paid      *big.Rat // every term in full, the last too
}

// closed decides the number of terms of the closed form, of Bijlage 9, article 1,
// lid 2 and 4: the least n for which (1+im)^n·(T - im·K) is at least T.
func closed(k *big.Rat, s stretch) course {
	one := big.NewRat(1, 1)
	left := new(big.Rat).Sub(s.amount, new(big.Rat).Mul(s.rate, k))
	if k.Sign() <= 0 {
		return course{unrounded: new(big.Rat), whole: true, months: new(big.Rat), last: new(big.Rat), paid: new(big.Rat)}
	}
	if left.Sign() <= 0 {
		return course{never: true}
	}
	var c course
	if s.rate.Sign() == 0 {
		c.unrounded = new(big.Rat).Quo(k, s.amount)
		c.whole = c.unrounded.IsInt()
		c.terms = ceil(c.unrounded)
	} else {
		c.terms, c.whole, c.unrounded = power(new(big.Rat).Add(one, s.rate), new(big.Rat).Quo(s.amount, left))
	}
	if c.unrounded.Cmp(beyondCount) > 0 {
		return course{never: true}
	}
	n := new(big.Rat).SetInt64(c.terms)
	c.months = new(big.Rat).Mul(n, s.months)
	c.paid = new(big.Rat).Mul(n, s.amount)
	c.last = lastAmount(k, s, c)
	return c
}

// power returns the least n for which base^n reaches what, whether it reaches it
// exactly, and the n between, for a base above 1. A float or a width of digits can
// never tell a whole n from its neighbour; but base^n = what in lowest terms asks
// that both halves are powers, which whole numbers decide.
func power(base, what *big.Rat) (n int64, exact bool, unrounded *big.Rat) {
	for prec := uint(256); ; prec *= 2 {
		q := new(big.Float).SetPrec(prec).Quo(lnRat(what, prec), lnRat(base, prec))
		x, _ := q.Rat(nil)
		if x == nil {
			x = new(big.Rat)
		}
		near := new(big.Int).Quo(new(big.Int).Add(new(big.Int).Lsh(x.Num(), 1), x.Denom()), new(big.Int).Lsh(x.Denom(), 1))
		gap := new(big.Rat).Sub(x, new(big.Rat).SetInt(near))
		limit := new(big.Rat).SetFrac(new(big.Int).Add(near, big.NewInt(1)), new(big.Int).Lsh(big.NewInt(1), prec-32))
		if gap.Abs(gap).Cmp(limit) > 0 {
			return ceil(x), false, x
		}
		if near.IsInt64() && isPower(base, what, near.Int64()) {
			return near.Int64(), true, new(big.Rat).SetInt(near)
		}
	}
}

// isPower reports whether base^n = what. Where n is more than the digits of what
// can hold it is not, so that no large power is ever made.
func isPower(base, what *big.Rat, n int64) bool {
	if n < 0 || n > int64(what.Num().BitLen()) {
		return false
	}
	return ratPow(base, n).Cmp(what) == 0
}

func ceil(x *big.Rat) int64 {
	n, rest := new(big.Int).DivMod(x.Num(), x.Denom(), new(big.Int))
	if rest.Sign() != 0 {
		n.Add(n, big.NewInt(1))
	}
	return n.Int64()
}

// lastAmount returns what is left to pay at the last term.
func lastAmount(k *big.Rat, s stretch, c course) *big.Rat {
	if c.terms == 0 {
		return new(big.Rat)
	}
	if c.whole {
		return s.amount
	}
	growth := new(big.Rat).Add(big.NewRat(1, 1), s.rate)
	if s.rate.Sign() == 0 {
		paid := new(big.Rat).Mul(s.amount, big.NewRat(c.terms-1, 1))
		return paid.Sub(k, paid)
	}
	// The balance after n-1 terms, K·g^(n-1) - T·(g^(n-1) - 1)/im, with one more charge.
	prec := uint(512)
	g := bigExp(new(big.Float).SetPrec(prec).Mul(lnRat(growth, prec), new(big.Float).SetPrec(prec).SetInt64(c.terms-1)), prec)
	p, _ := g.Rat(nil)
	steady := new(big.Rat).Quo(s.amount, s.rate)
	balance := new(big.Rat).Sub(k, steady)
	balance.Mul(balance, p).Add(balance, steady)
	return balance.Mul(balance, growth)
}

// follow runs a credit term by term, of Bijlage 9, article 1, lid 3. The balance
// may rise for a while; in the last stretch the closed form takes over, so that a
// credit that never ends is known at once. Balances are exact at first and then
// kept to far more digits than a term can differ by.
func follow(k *big.Rat, stretches []stretch) course {
	balance := new(big.Rat).Set(k)
	c := course{months: new(big.Rat), last: new(big.Rat), paid: new(big.Rat)}
	for _, s := range stretches {
		if s.count == nil {
			rest := closed(balance, s)
			if rest.never {
				return course{never: true}
			}
			c.terms += rest.terms
			c.months.Add(c.months, rest.months)
			c.paid.Add(c.paid, rest.paid)
			if rest.terms > 0 {
				c.last = rest.last
			}
			return c
		}
		growth := new(big.Rat).Add(big.NewRat(1, 1), s.rate)
		for range *s.count {
			if balance.Sign() <= 0 {
				return c
			}
			balance.Mul(balance, growth)
			c.last = s.amount
			if balance.Cmp(s.amount) <= 0 {
				c.last = new(big.Rat).Set(balance)
			}
			balance.Sub(balance, s.amount)
			if c.terms++; c.terms > exactFor {
				balance = shortened(balance)
			}
			c.months.Add(c.months, s.months)
			c.paid.Add(c.paid, s.amount)
		}
	}
	c.never = balance.Sign() > 0
	return c
}

// shortened keeps a balance to 200 digits behind the point.
func shortened(r *big.Rat) *big.Rat {
	if r.Denom().BitLen() < 4096 {
		return r
	}
	out, _ := new(big.Rat).SetString(r.FloatString(200))
	return out
}

// DurationIn asks for the theoretical duration (theoretische looptijd) of a
// revolving credit by the names of Bijlage 9: K the limit, T the instalment, im
// the rate per term as a fraction, m the terms a year. Phases follow one another,
// the last without end; what a phase leaves out is as above it.
type DurationIn struct {
	K      *money.Decimal `json:"K"`
	T      *money.Decimal `json:"T"`
	Im     *Ratio         `json:"im"`
	M      *Ratio         `json:"m"`
	Phases []Phase        `json:"phases,omitempty"`
}

// Check asks for what the duration depends on.
func (in DurationIn) Check() (wrong []fault.Detail) {
	if in.K == nil || in.K.Sign() < 0 {
		wrong = append(wrong, rule.Unfit("/K", in.K == nil, "Geef de kredietlimiet, nul of meer."))
	}
	if in.M != nil && in.M.Rat().Sign() <= 0 {
		wrong = append(wrong, rule.Unknown("/m", "Geef het aantal betalingstermijnen per jaar, meer dan nul."))
	}
	if in.Phases == nil {
		return append(wrong, Phase{T: in.T, Im: in.Im}.check("", true)...)
	}
	for i, p := range in.Phases {
		p = p.over(in)
		at := "/phases/" + itoa(i)
		wrong = append(wrong, p.check(at, i == len(in.Phases)-1)...)
	}
	return wrong
}

// DurationOut is the answer of TheoreticalDuration.
type DurationOut struct {
	rule.Why
	Terms     *int64 `json:"n_periods"`
	Unrounded string `json:"n_unrounded,omitempty"`
	Months    string `json:"months,omitempty"`
	Exact     *bool  `json:"exact_integer"`
	Monthly   string `json:"maandlast,omitempty"`
	Total     string `json:"totale_prijs,omitempty"`
	Last      string `json:"last_instalment,omitempty"`
	Paid      string `json:"paid,omitempty"` // what is really paid: the last instalment as it is
	Never     *bool  `json:"never"`
}

// TheoreticalDuration decides how many terms it takes until the limit, drawn at
// once, is paid off, rounded up to whole terms; and that it never is. Norms
// bijlage9:1:1 to bijlage9:1:4 and bfd:37; the total price is that of bfd:1::y.
var TheoreticalDuration = rule.New("theoretical_duration", 1, []ident.Norm{"bfd:37", "bijlage9:1:1", "bijlage9:1:2", "bijlage9:1:3", "bijlage9:1:4"},
	duration, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"closed":        "Rente, termijn en termijnbedrag blijven gelijk. De formule geeft {n} termijnen.",
		"general":       "Rente, termijn of termijnbedrag verandert. De looptijd is de som van de termijnen totdat het saldo nul is.",
		"rounded_up":    "Het aantal termijnen is naar boven afgerond tot {n}.",
		"whole":         "De uitkomst is precies een geheel getal. Afronden verandert niets.",
		"never":         "De termijnbedragen zijn op den duur niet hoger dan de rente over het saldo. Het krediet is nooit afgelost.",
		"drawn_at_once": "Uitgegaan is van de volledige kredietlimiet die ineens is opgenomen.",
		"total_price":   "De totale prijs is de maandlast maal de looptijd in maanden, ook als de laatste termijn lager is. Werkelijk betaald: {paid}.",
		"terms_added":   "De termijnbedragen verschillen. De totale prijs is de som van de termijnbedragen.",
	}))

func duration(in DurationIn) (out DurationOut) {
	out.Say("drawn_at_once", "bijlage9:1:1")
	k := ratOf(*in.K)
	var c course
	run := in.stretches()
	if in.Phases == nil {
		c = closed(k, run[0])
	} else {
		c = follow(k, run)
		out.Say("general", "bijlage9:1:3")
	}
	if c.never {
		out.Never = new(true)
		out.Say("never", "bijlage9:1:2")
		return out
	}
	out.Terms, out.Months = &c.terms, c.months.RatString()
	if c.unrounded != nil {
		out.Unrounded, out.Exact = trimmed(c.unrounded, 12), &c.whole
		out.Say("closed", "bijlage9:1:2", "n", out.Unrounded)
		if c.whole {
			out.Say("whole", "bijlage9:1:4")
		} else {
			out.Say("rounded_up", "bijlage9:1:4", "n", big.NewInt(c.terms).String())
		}
	}
	out.price(c, run)
	return out
}

// price answers the amounts.
func (out *DurationOut) price(c course, run []stretch) {
	out.Last, out.Total = cents(c.last), cents(c.paid)
	equal := true
	for _, s := range run[1:] {
		equal = equal && s.amount.Cmp(run[0].amount) == 0 && s.months.Cmp(run[0].months) == 0
	}
	if !equal {
		out.Say("terms_added", "bfd:1::y")
		return
	}
	out.Monthly = cents(new(big.Rat).Quo(run[0].amount, run[0].months))
	if c.terms > 0 {
		paid := new(big.Rat).Sub(c.paid, run[0].amount)
		out.Paid = cents(paid.Add(paid, c.last))
	} else {
		out.Paid = cents(new(big.Rat))
	}
	out.Say("total_price", "bfd:1::y", "paid", out.Paid)
}

// stretches returns the course as it was asked.
func (in DurationIn) stretches() []stretch {
	if in.Phases == nil {
		return []stretch{Phase{}.over(in).stretch()}
	}
	var all []stretch
	for _, p := range in.Phases {
		all = append(all, p.over(in).stretch())
	}
	all[len(all)-1].count = nil // the last is without end
	return all
}

// A Phase is a stretch of equal terms: how many (n; none or null for the rest),
// the instalment T, the rate im and the terms a year m. It is read from an object,
// or from a list [n, im] or [n, T, im].
type Phase struct {
	N      *int64
	T      *money.Decimal
	Im     *Ratio
	M      *Ratio
	Months *Ratio // of one term, instead of m
}

// over fills what the phase leaves out with what holds for all.
func (p Phase) over(in DurationIn) Phase {
	if p.T == nil {
		p.T = in.T
	}
	if p.Im == nil {
		p.Im = in.Im
	}
	if p.M == nil && p.Months == nil {
		p.M = in.M
	}
	return p
}

func (p Phase) stretch() stretch {
	s := stretch{count: p.N, rate: p.Im.Rat(), amount: ratOf(*p.T), months: big.NewRat(1, 1)}
	switch {
	case p.Months != nil:
		s.months = p.Months.Rat()
	case p.M != nil:
		s.months = new(big.Rat).Quo(big.NewRat(12, 1), p.M.Rat())
	}
	return s
}

func (p Phase) check(at string, last bool) (wrong []fault.Detail) {
	if p.T == nil || p.T.Sign() < 0 || last && p.T.Sign() == 0 {
		wrong = append(wrong, rule.Unfit(at+"/T", p.T == nil, "Geef het termijnbedrag."))
	}
	if p.Im == nil || p.Im.Rat().Sign() < 0 {
		wrong = append(wrong, rule.Unfit(at+"/im", p.Im == nil, "Geef het percentage per termijn als breuk, zoals 0.008."))
	}
	if p.N == nil && !last || p.N != nil && (*p.N < 0 || *p.N > maxTerms) {
		wrong = append(wrong, rule.Unfit(at+"/n", p.N == nil, "Geef hoeveel termijnen deze fase duurt, ten hoogste een miljoen. Alleen de laatste fase mag zonder einde zijn."))
	}
	if p.M != nil && p.M.Rat().Sign() <= 0 || p.Months != nil && p.Months.Rat().Sign() <= 0 {
		wrong = append(wrong, rule.Unknown(at+"/m", "Geef een lengte van meer dan nul."))
	}
	return wrong
}

// ReadCanon reads a phase. How many terms it has may be under n, or under any name
// that is not one of the others.
func (p *Phase) ReadCanon(n canon.Node) string {
	const want = "een fase met n, T en im, zoals {\"n\":12,\"im\":\"0.005\"}"
	fields := map[string]canon.Node{}
	switch n.Kind() {
	case canon.Obj:
		for key, v := range n.Members() {
			switch key {
			case "T", "im", "m", "months":
			default:
				key = "n"
			}
			if fields[key].Valid() {
				return want
			}
			fields[key] = v
		}
	case canon.Arr:
		names := []string{"n", "T", "im"}
		if n.Len() == 2 {
			names = []string{"n", "im"}
		}
		if n.Len() < 2 || n.Len() > 3 {
			return want
		}
		i := 0
		for v := range n.Items() {
			fields[names[i]] = v
			i++
		}
	default:
		return want
	}
	return p.fill(fields, want)
}

func (p *Phase) fill(fields map[string]canon.Node, want string) string {
	for key, v := range fields {
		if v.Kind() == canon.Nil {
			continue
		}
		var bad string
		switch key {
		case "T":
			p.T = new(money.Decimal)
			bad = p.T.ReadCanon(v)
		case "im":
			p.Im = new(Ratio)
			bad = p.Im.ReadCanon(v)
		case "m":
			p.M = new(Ratio)
			bad = p.M.ReadCanon(v)
		case "months":
			p.Months = new(Ratio)
			bad = p.Months.ReadCanon(v)
		default:
			var count Ratio
			if bad = count.ReadCanon(v); bad == "" {
				if !count.Rat().IsInt() || !count.Rat().Num().IsInt64() {
					return want
				}
				p.N = new(count.Rat().Num().Int64())
			}
		}
		if bad != "" {
			return want
		}
	}
	return ""
}

// Canon writes the phase as an object.
func (p Phase) Canon() any {
	out := map[string]any{}
	if p.N != nil {
		out["n"] = *p.N
	}
	if p.T != nil {
		out["T"] = *p.T
	}
	for key, r := range map[string]*Ratio{"im": p.Im, "m": p.M, "months": p.Months} {
		if r != nil {
			out[key] = *r
		}
	}
	return out
}

// Shape says in a schema what is taken.
func (Phase) Shape() canon.Shape {
	return canon.Shape{Types: []string{"object", "array"}, About: "een fase met n, T, im en m; of [n, im] of [n, T, im]"}
}
