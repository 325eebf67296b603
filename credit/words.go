package credit

import (
	"math/big"
	"strings"
)

// Euro writes an amount as people read it: € 1.234,56; what is no amount as it is.
func Euro(amount string) string {
	r, ok := new(big.Rat).SetString(amount)
	if !ok {
		return amount
	}
	s := cents(new(big.Rat).Abs(r))
	whole, rest, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "." + whole[i:]
	}
	minus := ""
	if r.Sign() < 0 {
		minus = "-"
	}
	return minus + "€\u00a0" + whole + "," + rest
}

// Percent writes a rate as people read it: 5,2%.
func Percent(rate string) string { return strings.Replace(rate, ".", ",", 1) + "%" }

// MonthCount writes a number of months.
func MonthCount(n int64) string {
	if n == 1 {
		return "1 maand"
	}
	return big.NewInt(n).String() + " maanden"
}

// KindText is how people call a way of paying back.
func KindText(kind string) string {
	switch kind {
	case Revolving:
		return "Doorlopend krediet"
	case Annuity:
		return "Elke maand hetzelfde bedrag (annuïtair)"
	case Linear:
		return "Elke maand evenveel aflossen (lineair)"
	case InterestOnly:
		return "Aflossen aan het einde (aflossingsvrij)"
	}
	return kind
}

// PaperText is how people call a kind of document.
func PaperText(k PaperKind) string {
	switch k {
	case AdvertTable:
		return "Tabel voor reclame"
	case Prospectus:
		return "Cijfers voor het prospectus"
	case Statement:
		return "Overzicht van het saldo"
	case FinalBill:
		return "Eindafrekening"
	case Notice:
		return "Bericht van rentewijziging"
	}
	return string(k)
}
