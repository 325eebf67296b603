package credit

import (
	"math/big"
	"slices"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// conventions are how times are counted, each by its name. Which one made a rate
// is kept with it.
var conventions = []string{
	"nl_equal_periods", "equal_months", "equal_weeks", "periods", "standard_year", "remark_c_months", "remark_c_weeks",
	"remark_c_years", "remark_c_days", "calendar_365", "act_365", "act_365.25",
}

// conventionWords are the conventions as people read them.
var conventionWords = map[string]string{
	"nl_equal_periods": "gelijke termijnen, naar de Nederlandse regeling (nl_equal_periods)",
	"equal_months":     "gelijke maanden (equal_months)",
	"equal_weeks":      "gelijke weken (equal_weeks)",
	"periods":          "perioden zoals zij zijn gegeven (periods)",
	"standard_year":    "een standaardjaar van twaalf gelijke maanden (standard_year)",
	"remark_c_months":  "hele maanden en dan dagen, naar de Europese richtlijn (remark_c_months)",
	"remark_c_weeks":   "hele weken en dan dagen, naar de Europese richtlijn (remark_c_weeks)",
	"remark_c_years":   "hele jaren en dan dagen, naar de Europese richtlijn (remark_c_years)",
	"remark_c_days":    "dagen, naar de Europese richtlijn (remark_c_days)",
	"calendar_365":     "kalenderdagen, 365 in een jaar (calendar_365)",
	"act_365":          "werkelijke dagen, 365 in een jaar (act_365)",
	"act_365.25":       "werkelijke dagen, 365,25 in een jaar (act_365.25)",
}

// equalPeriods is the convention of the Dutch regulation, which ignores that the
// first period is longer or shorter than the others.
const equalPeriods = "nl_equal_periods"

// RateIn asks for the effective rate (effectief kredietvergoedingspercentage) of
// what a consumer receives and pays.
type RateIn struct {
	Convention *string `json:"convention"`
	Flows      []Flow  `json:"flows"`
	// KeepOddFirstPeriod is the other reading under nl_equal_periods: the first
	// period counts as long as it is.
	KeepOddFirstPeriod *bool `json:"keep_odd_first_period"`
	Enclosure          *bool `json:"enclosure"` // the answer also has two rates that are proved to lie around it
}

// Check refuses flows that have no time, repeat without a step, or are too many.
func (in RateIn) Check() (wrong []fault.Detail) {
	total := 0
	var first *Flow
	for i, f := range in.Flows {
		at := "/flows/" + itoa(i)
		if f.T == nil && f.Date == nil {
			wrong = append(wrong, rule.Missing(at+"/t", "Geef de tijd in jaren vanaf de eerste opname, of de datum."))
		}
		if f.Date != nil && f.T == nil && first == nil {
			first = &in.Flows[i]
		}
		if n := f.times(); n < 1 || n > maxFlows {
			wrong = append(wrong, rule.Unknown(at+"/count", "Geef een aantal van 1 tot en met 12000."))
		} else {
			total += n
		}
		if f.times() > 1 && f.Step == nil {
			wrong = append(wrong, rule.Missing(at+"/step", "Geef de tijd tussen twee betalingen die zich herhalen."))
		}
		if tooFar(f) {
			wrong = append(wrong, rule.Unknown(at+"/t", "Geef een tijd van ten hoogste duizend jaar."))
		}
	}
	if total > maxFlows {
		wrong = append(wrong, rule.Unknown("/flows", "Geef ten hoogste 12000 betalingen."))
	}
	if first != nil && !slices.Contains(conventions, rule.Word(in.Convention)) {
		wrong = append(wrong, rule.Unknown("/convention", "Bij een datum: kies "+strings.Join(conventions, ", ")+"."))
	}
	return wrong
}

// tooFar reports whether a flow lies more than maxYears away.
func tooFar(f Flow) bool {
	if f.T == nil {
		return false
	}
	end := f.T.Rat()
	if f.Step != nil && f.times() > 1 {
		end = new(big.Rat).Add(end, new(big.Rat).Mul(f.Step.Rat(), big.NewRat(int64(f.times()-1), 1)))
	}
	limit := big.NewRat(maxYears, 1)
	return new(big.Rat).Abs(f.T.Rat()).Cmp(limit) > 0 || new(big.Rat).Abs(end).Cmp(limit) > 0
}

// RateOut is the answer of EffectiveRate. Roots tells how many rates there are:
// unique, chosen (of several, by the rule that the reasons name), none or never;
// out_of_range and undecided are given up by name.
type RateOut struct {
	rule.Why
	X          string   `json:"x_percent,omitempty"`   // at least 15 digits that count, rounded
	Rounded    string   `json:"rounded_1dp,omitempty"` // half up, decided exactly
	Error      string   `json:"error,omitempty"`
	Roots      string   `json:"roots"`
	Convention string   `json:"convention,omitempty"`    // that counted the times
	All        []string `json:"all_percent,omitempty"`   // every rate, when there are several
	Lower      string   `json:"lower_percent,omitempty"` // proved to lie below or on it
	Upper      string   `json:"upper_percent,omitempty"` // proved to lie above or on it
}

// EffectiveRate decides the rate X for which all that is received and all that is
// paid, discounted by (1+X)^t, is worth the same. X is in percent a year. One
// decimal, half up, is decided by an exact test at the tie; how many rates there
// are is decided; that there is none is an answer. Norms bfd:36:3:h and bfd:49:1.
var EffectiveRate = rule.New("effective_rate", 2, rateNorms, func(in RateIn) RateOut { return effectiveRate(in, regularPayments) },
	rule.Profile(rule.Bfd2005), rule.Texts(rateTexts), rule.Words(conventionWords))

// EffectiveRate1 is EffectiveRate as it was: it treated an odd first period as equal
// only in one run of the same payment, and not where a rounded first or last payment
// stands by itself, or where days are given.
var EffectiveRate1 = rule.New("effective_rate", 1, rateNorms, func(in RateIn) RateOut { return effectiveRate(in, oneRun) },
	rule.Profile(rule.Bfd2005), rule.Texts(rateTexts), rule.Words(conventionWords))

var rateNorms = []ident.Norm{"bfd:28:9", "bfd:36:3:h", "bfd:49:1"}

var rateTexts = map[string]string{
	"convention":      "De tijden zijn geteld volgens {convention}. Die telling hoort bij het percentage.",
	"no_convention":   "Er is geen telling opgegeven. De tijden zijn genomen zoals zij zijn gegeven, in jaren.",
	"odd_ignored":     "De eerste betalingstermijn is {given} jaar en de andere {step} jaar. Zij is als gelijk behandeld, zoals de Nederlandse regeling voor gelijke termijnen zegt. Anders: keep_odd_first_period.",
	"rounded_ends":    "Het eerste of laatste termijnbedrag wijkt door afronding af. Dat verandert niets aan de gelijke termijnen.",
	"odd_kept":        "De eerste betalingstermijn telt zo lang als zij is. De Nederlandse regeling behandelt haar als gelijk.",
	"one_way":         "Alle bedragen gaan dezelfde kant op. Er is geen percentage waarbij zij tegen elkaar opwegen.",
	"no_rate":         "Bij geen enkel percentage boven -100 zijn ontvangen en betaalde bedragen evenveel waard.",
	"out_of_range":    "Het percentage is te groot of te klein om te noemen.",
	"undecided":       "Hoeveel percentages er zijn, is bij dit schema niet binnen de grens van het rekenwerk beslist.",
	"unique":          "Er is precies één percentage waarbij ontvangen en betaalde bedragen evenveel waard zijn.",
	"chosen_positive": "Er zijn {n} percentages. Gekozen is het positieve percentage dat het dichtst bij nul ligt. De andere staan erbij.",
	"chosen_zero":     "Er zijn {n} percentages en geen daarvan is positief. Gekozen is nul. De andere staan erbij.",
	"chosen_negative": "Er zijn {n} percentages en geen daarvan is positief of nul. Gekozen is het negatieve percentage dat het dichtst bij nul ligt. De andere staan erbij.",
	"tie":             "Het percentage ligt precies op de helft van twee tienden. Een tweede decimaal van 5 gaat naar boven.",
	"rounded":         "Het percentage is op één decimaal afgerond; een tweede decimaal van 5 of meer gaat naar boven.",
}

func effectiveRate(in RateIn, find oddFinder) (out RateOut) {
	out.Convention = rule.Word(in.Convention)
	if out.Convention == "" {
		out.Say("no_convention", "bfd:36:3:h")
	} else {
		out.Say("convention", "bfd:36:3:h", "convention", out.Convention)
	}
	all := terms(out.timed(in, find))
	if len(all) == 0 {
		out.fail("never", "one_way")
		return out
	}
	s := newSeries(all)
	found, n := s.roots()
	switch n {
	case never:
		out.fail("never", "one_way")
	case none:
		out.fail("none", "no_rate")
	case outside:
		out.fail("out_of_range", "out_of_range")
	case undecided:
		out.fail("undecided", "undecided")
	case unique:
		out.Roots = "unique"
		out.Say("unique", "bfd:36:3:h")
		out.found(s, found[0], in)
	case several:
		out.choose(s, found, in)
	}
	return out
}

func (out *RateOut) fail(roots, code string) {
	out.Roots, out.Error = roots, "no_rate"
	out.Say(code, "bfd:36:3:h")
}

// choose takes one of several rates: the positive one nearest to nil, else nil,
// else the negative one nearest to nil.
func (out *RateOut) choose(s series, found []*big.Float, in RateIn) {
	out.Roots = "chosen"
	best, code := found[len(found)-1], "chosen_negative"
	for _, u := range slices.Backward(found) {
		switch {
		case u.Sign() > 0:
			best, code = u, "chosen_positive"
		case u.Sign() == 0 && code != "chosen_positive":
			best, code = u, "chosen_zero"
		}
		out.All = append(out.All, digits(percent(u, workBits)))
	}
	slices.Reverse(out.All)
	out.Say(code, "bfd:36:3:h", "n", itoa(len(found)))
	out.found(s, best, in)
}

// found answers the rate.
func (out *RateOut) found(s series, u *big.Float, in RateIn) {
	x := percent(u, workBits)
	out.X = digits(x)
	var tie bool
	if out.Rounded, tie = s.oneDecimal(x); tie {
		out.Say("tie", "bfd:36:3:h")
	} else {
		out.Say("rounded", "bfd:36:3:h")
	}
	if rule.Holds(in.Enclosure) {
		out.enclose(s, x)
	}
}

// percent returns 100·(e^u - 1).
func percent(u *big.Float, prec uint) *big.Rat {
	x := bigExp(u, prec)
	r, _ := x.Sub(x, float(prec).SetInt64(1)).Rat(nil)
	if r == nil {
		return new(big.Rat)
	}
	return r.Mul(r, big.NewRat(100, 1))
}

// digits writes a rate with 15 decimals, and with more where it needs them for 15
// digits that count.
func digits(x *big.Rat) string {
	n := 15
	for limit := big.NewRat(1, 10); x.Sign() != 0 && new(big.Rat).Abs(x).Cmp(limit) < 0 && n < 60; n++ {
		limit.Quo(limit, big.NewRat(10, 1))
	}
	if n == 60 {
		return "0"
	}
	return trimmed(x, n)
}

// oneDecimal rounds a rate to one decimal, half away from nil, and reports whether
// it lies exactly on the half. x is known to far more digits than it is compared
// by: only where it cannot be told from the tie the schedule itself is asked.
func (s series) oneDecimal(x *big.Rat) (string, bool) {
	scaled := new(big.Rat).Mul(x, big.NewRat(10, 1))
	scaled.Abs(scaled)
	whole := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	half := new(big.Rat).Add(new(big.Rat).SetInt(whole), big.NewRat(1, 2))
	tie := new(big.Rat).Quo(half, big.NewRat(10, 1))
	if x.Sign() < 0 {
		tie.Neg(tie)
	}
	gap := new(big.Rat).Sub(x, tie)
	if gap.Abs(gap).Cmp(tieWidth) > 0 {
		return places(x, 1), false
	}
	r := new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(tie, big.NewRat(100, 1)))
	if s.zeroAt(r) {
		return places(tie, 1), true
	}
	return places(s.side(tie, r), 1), false
}

// tieWidth is how near to a tie a rate is decided by the schedule and not by its
// digits.
var tieWidth = new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(40), nil))

// side returns a rate beside the tie, on the side on which the root lies: that on
// which the sign is another than at the tie.
func (s series) side(tie, r *big.Rat) *big.Rat {
	step := new(big.Rat).Mul(tieWidth, big.NewRat(4, 1))
	above := new(big.Rat).Add(r, step)
	if s.signAt(above) != s.signAt(r) {
		return new(big.Rat).Add(tie, step)
	}
	return new(big.Rat).Sub(tie, step)
}

// enclose answers two rates around it at which the exact signs differ, so that the
// root is proved to lie between them. Where the value only touches nil there are none.
func (out *RateOut) enclose(s series, x *big.Rat) {
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(20), nil))
	scaled := new(big.Rat).Mul(x, scale)
	floor := new(big.Int).Div(scaled.Num(), scaled.Denom())
	bound := func(n *big.Int) (*big.Rat, *big.Rat) {
		b := new(big.Rat).Quo(new(big.Rat).SetInt(n), scale)
		return b, new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(b, big.NewRat(100, 1)))
	}
	low, atLow := bound(floor)
	high, atHigh := bound(new(big.Int).Add(floor, big.NewInt(1)))
	if atLow.Sign() <= 0 {
		return
	}
	a, b := s.signAt(atLow), s.signAt(atHigh)
	if a != b || a == 0 {
		out.Lower, out.Upper = trimmed(low, 20), trimmed(high, 20)
	}
}
