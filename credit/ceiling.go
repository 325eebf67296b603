package credit

import (
	"math/big"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// The provisions on the ceiling.
const (
	pointsNorm     ident.Norm = "bfd:77::A"
	transitionNorm ident.Norm = "bfd:77::B"
)

// transitionMonths is within how many months after a change of the points an
// agreement must end to keep the maximum of before.
const transitionMonths = 12

// CeilingOnIn asks for the maximum of a day.
type CeilingOnIn struct {
	Date *calendar.Date `json:"date"`
}

// Check asks for a day that the table of the legal interest holds.
func (in CeilingOnIn) Check() []fault.Detail { return covered("/date", in.Date, true) }

// covered returns the fault of a day before the table of the legal interest.
func covered(at string, day *calendar.Date, needed bool) []fault.Detail {
	if day == nil {
		if needed {
			return []fault.Detail{rule.Missing(at, "Geef een dag.")}
		}
		return nil
	}
	if _, found := interestOn(*day); !found {
		return []fault.Detail{rule.Unknown(at, "Geef een dag vanaf "+interests[0].From.String()+". Van daarvoor is de wettelijke rente niet bekend.")}
	}
	return nil
}

// CeilingOnOut is the answer of MaximumChargeOn.
type CeilingOnOut struct {
	rule.Why
	LegalInterest money.Decimal `json:"legal_interest"`
	Points        int64         `json:"points"`
	Maximum       money.Decimal `json:"max_percent"`
	Verified      bool          `json:"verified"` // whether more sources agree on the legal interest
	Source        string        `json:"source"`   // of the legal interest
}

var ceilingTexts = map[string]string{
	"legal_interest":  "De wettelijke rente op {day} is {percent}%, sinds {from}.",
	"unverified":      "Die wettelijke rente is niet met een tweede bron bevestigd ({checked}). Controleer haar voordat u het maximum gebruikt.",
	"points":          "Daarbij komen {points} procentpunten (artikel 4 Besluit kredietvergoeding). Het maximum is {maximum}%.",
	"points_day":      "De dag waarop 17 procentpunten 12 werden staat niet in de bron. Uitgegaan is van 1 januari 2006.",
	"given_interest":  "De wettelijke rente is opgegeven: {percent}%.",
	"fixed":           "Bij een vaste kredietvergoeding geldt het maximum op de dag van de overeenkomst: {day} (artikel 16 Besluit kredietvergoeding).",
	"variable":        "Bij een variabele kredietvergoeding geldt het maximum op de dag waarop zij het laatst is gewijzigd: {day} (artikel 16 Besluit kredietvergoeding).",
	"variable_start":  "De variabele kredietvergoeding is na de overeenkomst niet gewijzigd. Het maximum op de dag van de overeenkomst geldt: {day}.",
	"kind_taken":      "Niet opgegeven is of de kredietvergoeding vast of variabel is. Uitgegaan is van vast.",
	"kept":            "De overeenkomst is van voor de wijziging van de procentpunten, eindigt binnen 12 maanden daarna en het saldo loopt alleen af. Het maximum van voor die wijziging blijft gelden: {points} procentpunten.",
	"not_kept":        "De overeenkomst is van voor de wijziging van de procentpunten, maar voldoet niet aan de overgangsregel: beëindigd binnen 12 maanden en een saldo dat alleen afloopt. Het gewijzigde maximum geldt: {points} procentpunten.",
	"not_yet":         "Op deze dag waren de procentpunten nog niet gewijzigd.",
	"after_change":    "De overeenkomst is van na de wijziging van de procentpunten.",
	"balance_assumed": "Over het saldo is niets opgegeven. Aangenomen is dat het alleen afloopt.",
}

// checkedWords say how far a legal interest was checked, as people read it.
var checkedWords = map[string]string{
	"one source": "er is één bron", "unverified": "er is één bron", "unverified date": "er is één bron, zonder ingangsdag",
}

// MaximumChargeOn decides the highest effective rate that may be charged under an
// agreement of a day: the legal interest and the points of that day. A legal
// interest that no second source confirms is marked. Norm bfd:77::A.
var MaximumChargeOn = rule.New("maximum_charge_on", 1, []ident.Norm{pointsNorm},
	ceilingOn, rule.Profile(rule.Bfd2005), rule.Texts(ceilingTexts), rule.Words(checkedWords))

func ceilingOn(in CeilingOnIn) (out CeilingOnOut) {
	l := tell(&out.Why, *in.Date)
	out.LegalInterest, out.Points = l.Percent, pointsOn(*in.Date)
	out.Verified, out.Source = l.Verified(), l.Source
	out.Maximum = out.LegalInterest.Add(money.Whole(out.Points))
	out.Say("points", pointsNorm, "points", itoa(int(out.Points)), "maximum", out.Maximum.String())
	if y := in.Date.Year(); y >= 2005 && y <= 2007 {
		out.Say("points_day", pointsNorm)
	}
	return out
}

// tell returns the legal interest of a day and says what it is and how sure.
func tell(why *rule.Why, day calendar.Date) LegalInterest {
	l, _ := interestOn(day)
	why.Say("legal_interest", pointsNorm, "day", day.String(), "percent", l.Percent.String(), "from", l.From.String())
	if !l.Verified() {
		why.Say("unverified", pointsNorm, "checked", l.Checked)
	}
	return l
}

// AgreementCeilingIn asks for the maximum of an agreement on a day.
type AgreementCeilingIn struct {
	Concluded        *calendar.Date `json:"concluded"`
	Charge           *string        `json:"charge"` // vast or variabel
	AsOf             *calendar.Date `json:"as_of"`
	LastChange       *calendar.Date `json:"last_change"`   // of the charge
	PointsChange     *calendar.Date `json:"points_change"` // of the number of percentage points
	Ended            *calendar.Date `json:"ended"`
	BalanceOnlyFalls *bool          `json:"balance_only_falls"`
	LegalInterest    *money.Decimal `json:"legal_interest"` // instead of that of the table
}

// Check asks for the day of the agreement.
func (in AgreementCeilingIn) Check() (wrong []fault.Detail) {
	wrong = covered("/concluded", in.Concluded, true)
	if in.LegalInterest != nil && in.Concluded != nil {
		wrong = nil
	}
	wrong = append(wrong, covered("/last_change", in.LastChange, false)...)
	switch rule.Word(in.Charge) {
	case "", "vast", "variabel", "fixed", "variable":
	default:
		wrong = append(wrong, rule.Unknown("/charge", "Kies vast of variabel."))
	}
	return wrong
}

// AgreementCeilingOut is the answer of MaximumChargeForAgreement.
type AgreementCeilingOut struct {
	rule.Why
	Maximum       money.Decimal `json:"max_percent"`
	LegalInterest money.Decimal `json:"legal_interest"`
	Points        int64         `json:"points"`
	Reference     calendar.Date `json:"reference"` // the day whose legal interest counts
	Verified      *bool         `json:"verified"`  // of the legal interest of the table
}

// MaximumChargeForAgreement decides the highest effective rate of an agreement:
// with a fixed charge that of its conclusion, with a variable charge that of the
// last change; where the points changed since, the transition rule of article 15.
// Norms bfd:77::A and bfd:77::B.
var MaximumChargeForAgreement = rule.New("maximum_charge_for_agreement", 1, []ident.Norm{pointsNorm, transitionNorm},
	agreementCeiling, rule.Profile(rule.Bfd2005), rule.Texts(ceilingTexts), rule.Words(checkedWords))

func agreementCeiling(in AgreementCeilingIn) (out AgreementCeilingOut) {
	out.Reference = out.reference(in)
	if in.LegalInterest != nil {
		out.LegalInterest = *in.LegalInterest
		out.Say("given_interest", pointsNorm, "percent", in.LegalInterest.String())
	} else {
		l := tell(&out.Why, out.Reference)
		out.LegalInterest, out.Verified = l.Percent, new(l.Verified())
	}
	out.Points = pointsOn(out.Reference)
	if in.PointsChange != nil {
		out.transition(in)
	}
	out.Maximum = out.LegalInterest.Add(money.Whole(out.Points))
	out.Say("points", pointsNorm, "points", itoa(int(out.Points)), "maximum", out.Maximum.String())
	return out
}

// reference returns the day whose maximum holds.
func (out *AgreementCeilingOut) reference(in AgreementCeilingIn) calendar.Date {
	day := *in.Concluded
	switch rule.Word(in.Charge) {
	case "variabel", "variable":
		if in.LastChange == nil || in.LastChange.Before(day) || in.AsOf != nil && in.LastChange.After(*in.AsOf) {
			out.Say("variable_start", pointsNorm, "day", day.String())
			return day
		}
		day = *in.LastChange
		out.Say("variable", pointsNorm, "day", day.String())
	case "":
		out.Say("kind_taken", pointsNorm)
		fallthrough
	default:
		out.Say("fixed", pointsNorm, "day", day.String())
	}
	return day
}

// transition decides which points hold where they changed on a given day.
func (out *AgreementCeilingOut) transition(in AgreementCeilingIn) {
	change := *in.PointsChange
	before, after := around(change)
	old, now := itoa(int(before)), itoa(int(after))
	switch {
	case !in.Concluded.Before(change):
		out.Points = after
		out.Say("after_change", transitionNorm)
	case in.AsOf != nil && in.AsOf.Before(change):
		out.Points = before
		out.Say("not_yet", transitionNorm)
	case in.Ended != nil && !in.Ended.After(change.AddMonths(transitionMonths)) && !rule.Fails(in.BalanceOnlyFalls):
		out.Points = before
		if in.BalanceOnlyFalls == nil {
			out.Say("balance_assumed", transitionNorm)
		}
		out.Say("kept", transitionNorm, "points", old)
	default:
		out.Points = after
		out.Say("not_kept", transitionNorm, "points", now)
	}
}

// CeilingIn asks for the maximum by the decree alone.
type CeilingIn struct {
	StatutoryRate    *money.Decimal `json:"statutory_rate"`
	Agreement        *string        `json:"agreement"` // "after change" unless given
	EndedMonthsAfter *money.Decimal `json:"ended_months_after_change"`
	BalanceDeclining *bool          `json:"balance_declining"`
}

// Check asks for the legal interest.
func (in CeilingIn) Check() (wrong []fault.Detail) {
	if in.StatutoryRate == nil {
		wrong = append(wrong, rule.Missing("/statutory_rate", "Geef de wettelijke rente in procenten."))
	}
	switch rule.Word(in.Agreement) {
	case "", "after change", "before change":
	default:
		wrong = append(wrong, rule.Unknown("/agreement", "Kies before change of after change."))
	}
	return wrong
}

// CeilingOut is the answer of MaximumCharge.
type CeilingOut struct {
	rule.Why
	Maximum money.Decimal `json:"maximum"`
}

// MaximumCharge decides the highest effective rate by article 77: the legal
// interest and 12 points; 17 for an agreement of before that ends within 12 months
// with a falling balance. Norms bfd:77::A and bfd:77::B.
var MaximumCharge = rule.New("maximum_charge", 1, []ident.Norm{pointsNorm, transitionNorm},
	ceiling, rule.Profile(rule.Bfd2005), rule.Texts(ceilingTexts), rule.Words(checkedWords))

func ceiling(in CeilingIn) (out CeilingOut) {
	before, after := around(pointsChanges[0].from)
	points := after
	limit := money.Whole(transitionMonths)
	switch {
	case rule.Word(in.Agreement) != "before change":
		out.Say("after_change", transitionNorm)
	case in.EndedMonthsAfter != nil && in.EndedMonthsAfter.Cmp(limit) <= 0 && !rule.Fails(in.BalanceDeclining):
		points = before
		if in.BalanceDeclining == nil {
			out.Say("balance_assumed", transitionNorm)
		}
		out.Say("kept", transitionNorm, "points", itoa(int(points)))
	default:
		out.Say("not_kept", transitionNorm, "points", itoa(int(points)))
	}
	out.Maximum = in.StatutoryRate.Add(money.Whole(points))
	out.Say("points", pointsNorm, "points", itoa(int(points)), "maximum", out.Maximum.String())
	return out
}

// AmountIn asks for the highest amounts under a maximum rate i: of one term over
// the balance R, and of a whole term credit of K in n terms.
type AmountIn struct {
	I *Ratio         `json:"i"` // a year, as a fraction
	R *money.Decimal `json:"R"`
	K *money.Decimal `json:"K"`
	N *int64         `json:"n"`
	M *int64         `json:"m"` // terms a year, 12 unless given
}

// Check asks for the rate and what it is taken of.
func (in AmountIn) Check() (wrong []fault.Detail) {
	if in.I == nil || in.I.Rat().Sign() < 0 {
		wrong = append(wrong, rule.Unfit("/i", in.I == nil, "Geef het maximum per jaar als breuk, zoals 0.16."))
	}
	wrong = append(wrong, rule.BelowZero("Geef een bedrag van nul of meer.", rule.Amount{At: "/R", D: in.R}, rule.Amount{At: "/K", D: in.K})...)
	if in.N != nil && (*in.N < 1 || *in.N > maxFlows) {
		wrong = append(wrong, rule.Unknown("/n", "Geef een aantal termijnen van 1 tot en met 12000."))
	}
	if in.M != nil && (*in.M < 1 || *in.M > 366) {
		wrong = append(wrong, rule.Unknown("/m", "Geef een aantal termijnen per jaar van 1 tot en met 366."))
	}
	return wrong
}

// AmountOut is the answer of MaximumChargeAmount.
type AmountOut struct {
	rule.Why
	Im       string `json:"im_percent"`
	Charge   string `json:"KVt_unrounded,omitempty"`
	Floor    string `json:"KVt_floor_cents,omitempty"`
	Term     string `json:"T_unrounded,omitempty"`
	Total    string `json:"TKV_unrounded,omitempty"`
	TotalEnd string `json:"TKV_floor_cents,omitempty"`
}

// MaximumChargeAmount decides the highest charge in amounts: im = (1+i)^(1/m) - 1,
// for a term R·im with R at most the limit K, and for n equal terms n·T - K. An
// amount is rounded down, never up. Norm bfd:77::A.
var MaximumChargeAmount = rule.New("maximum_charge_amount", 1, []ident.Norm{pointsNorm},
	ceilingAmount, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"im":      "Het maximum per termijn is {im}%: wat {m} keer op rente het maximum per jaar geeft.",
		"charge":  "Over het saldo is dat ten hoogste {floor}, naar beneden afgerond op hele centen.",
		"capped":  "Het saldo is hoger dan de kredietlimiet. De vergoeding gaat over ten hoogste de limiet.",
		"annuity": "Bij {n} gelijke termijnen is de totale vergoeding ten hoogste {n} maal het termijnbedrag min de kredietsom: {floor}.",
	}))

// amountBits is the width of the arithmetic of the amounts.
const amountBits = 320

func ceilingAmount(in AmountIn) (out AmountOut) {
	m := int64(12)
	if in.M != nil {
		m = *in.M
	}
	one := big.NewRat(1, 1)
	im := new(big.Rat).Sub(rootOf(new(big.Rat).Add(one, in.I.Rat()), m), one)
	out.Im = trimmed(new(big.Rat).Mul(im, big.NewRat(100, 1)), 12)
	out.Say("im", pointsNorm, "im", out.Im, "m", itoa(int(m)))
	if in.R != nil {
		r := *in.R
		if in.K != nil && r.Cmp(*in.K) > 0 {
			r = *in.K
			out.Say("capped", pointsNorm)
		}
		charge := new(big.Rat).Mul(im, ratOf(r))
		out.Charge, out.Floor = trimmed(charge, 8), floorCents(settled(charge))
		out.Say("charge", pointsNorm, "floor", out.Floor)
	}
	if in.K != nil && in.N != nil {
		k, n := ratOf(*in.K), big.NewRat(*in.N, 1)
		t := annuity(k, im, *in.N)
		total := new(big.Rat).Sub(new(big.Rat).Mul(n, t), k)
		out.Term, out.Total, out.TotalEnd = trimmed(t, 8), trimmed(total, 8), floorCents(settled(total))
		out.Say("annuity", pointsNorm, "n", itoa(int(*in.N)), "floor", out.TotalEnd)
	}
	return out
}

// rootOf returns the m-th root of r, exact where it has one, else to amountBits.
func rootOf(r *big.Rat, m int64) *big.Rat {
	a, b := intRoot(r.Num(), m), intRoot(r.Denom(), m)
	if a != nil && b != nil {
		return new(big.Rat).SetFrac(a, b)
	}
	u := lnRat(r, amountBits)
	out, _ := bigExp(u.Quo(u, new(big.Float).SetInt64(m)), amountBits).Rat(nil)
	return out
}

// annuity returns the equal amount of n terms that pays off k.
func annuity(k, im *big.Rat, n int64) *big.Rat {
	if im.Sign() == 0 {
		return new(big.Rat).Quo(k, big.NewRat(n, 1))
	}
	g := new(big.Float).SetPrec(amountBits).SetRat(new(big.Rat).Add(big.NewRat(1, 1), im))
	power, _ := bigPow(g, n, amountBits).Rat(nil)
	rest := new(big.Rat).Sub(big.NewRat(1, 1), new(big.Rat).Inv(power))
	return rest.Quo(new(big.Rat).Mul(k, im), rest)
}

// settled rounds what wide arithmetic leaves behind a whole number of cents, so
// that an amount that is exact is not floored to a cent less.
func settled(r *big.Rat) *big.Rat {
	out, _ := new(big.Rat).SetString(r.FloatString(60))
	return out
}
