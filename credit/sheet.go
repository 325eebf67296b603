package credit

import (
	"math/big"
	"strings"

	"zorgplicht/money"
)

// rateName is what article 28(9) has the rate called.
const rateName = "Effectieve rente op jaarbasis"

// explained is the sentence that article 36(3)(h) prescribes literally.
const explained = "De effectieve rente op jaarbasis is een prijsaanduiding voor het krediet. Hierin komen alle kosten van het krediet tot uitdrukking."

// figureTable is the one table of article 28(4): sum or limit, effective rate, monthly
// charge, duration and total price, with what article 28(6) adds, and nothing else.
func figureTable(t Terms, out FiguresOut) Piece {
	p := Piece{Columns: []string{"Kredietsom", rateName, "Maandlast", "Looptijd", "Totale prijs van het krediet"}}
	if t.IsRevolving() {
		p.Columns[0], p.Columns[3] = "Kredietlimiet", "Theoretische looptijd"
	}
	if t.Promo != nil {
		months := MonthCount(*t.PromoMonths)
		p.Columns = []string{p.Columns[0], rateName + ", eerste " + months, rateName + " daarna", p.Columns[2], p.Columns[3], p.Columns[4]}
	}
	for _, e := range out.Examples {
		row := []string{Euro(e.Amount), Percent(e.Shown.Rounded), Euro(e.Shown.Monthly), MonthCount(e.Shown.Months), Euro(e.Shown.Total)}
		if t.Promo != nil {
			row = append([]string{row[0], Percent(e.Promo)}, row[1:]...)
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// kindSentence says what article 28(1)(d) asks.
func kindSentence(t Terms) string {
	switch {
	case t.IsRevolving():
		return "Dit is een doorlopend krediet."
	case t.IsMortgage():
		return "Dit is een hypothecair krediet. Het is geen doorlopend krediet."
	}
	return "Dit is een krediet, niet zijnde een doorlopend krediet."
}

// beside is what must stand with the table but not in it (article 28(1)(d) and (e)).
func beside(c Content) (all []Piece) {
	all = append(all, Piece{Text: kindSentence(c.Terms)})
	if c.Insurance != "" {
		all = append(all, Piece{Text: "Om dit krediet te krijgen sluit u deze verzekering: " + c.Insurance})
	}
	if c.Collateral != "" {
		all = append(all, Piece{Text: "Als zekerheid vraagt de aanbieder: " + c.Collateral})
	}
	return all
}

func tableSheet(v Version, out FiguresOut) Sheet {
	s := Sheet{Title: v.Name, Subject: "Cijfers om mee te adverteren, naar de voorwaarden vanaf " + v.From.Dutch() + "."}
	s.Pieces = append([]Piece{figureTable(v.Terms, out)}, beside(v.Content)...)
	if !v.Terms.IsMortgage() {
		s.Pieces = append(s.Pieces, Piece{Text: "Meld in de reclame ook hoe de klant het prospectus krijgt."})
	}
	return s
}

func prospectusSheet(v Version, out FiguresOut) Sheet {
	t := v.Terms
	s := Sheet{Title: "Prospectus: cijfers van " + v.Name, Subject: "Vier representatieve voorbeelden, naar de voorwaarden vanaf " + v.From.Dutch() + "."}
	s.Pieces = append([]Piece{figureTable(t, out)}, beside(v.Content)...)
	s.Pieces = append(s.Pieces, Piece{Heading: "Wat is de effectieve rente op jaarbasis?", Text: explained, Prescribed: "bfd:36:3:h"})
	if t.IsRevolving() {
		s.Pieces = append(s.Pieces, Piece{
			Heading: "Hoe de theoretische looptijd is berekend",
			Text: "Wij gaan ervan uit dat u de hele kredietlimiet in één keer opneemt, daarna niets meer opneemt en elke maand de maandlast betaalt. Het saldo groeit alleen door de kredietvergoeding. " +
				"De rente blijft gelijk, behalve als bij het aangaan vaststaat dat en hoeveel zij verandert. Het aantal maanden is naar boven afgerond.",
		})
	}
	s.Pieces = append(s.Pieces, workedPiece(t, out))
	s.Pieces = append(s.Pieces, earlyPiece(t))
	return s
}

// workedPiece shows of each representative amount how the whole charge follows from
// amount, monthly charge and duration (article 36(6)(b); of a revolving credit beside
// what article 36(5) asks).
func workedPiece(t Terms, out FiguresOut) Piece {
	amount, term := "kredietsom", "looptijd"
	if t.IsRevolving() {
		amount, term = "kredietlimiet", "theoretische looptijd"
	}
	p := Piece{
		Heading: "Zo berekent u wat het krediet in totaal kost",
		Text:    "Neem de maandlast maal de " + term + " in maanden. Dat is de totale prijs. Trek daar de " + amount + " af. Wat overblijft, is de kredietvergoeding als u alles op tijd betaalt.",
		Columns: []string{strings.ToUpper(amount[:1]) + amount[1:], "Maandlast × maanden = totale prijs", "Totale prijs − " + amount + " = kredietvergoeding"},
	}
	for _, e := range out.Examples {
		p.Rows = append(p.Rows, []string{
			Euro(e.Amount),
			Euro(e.Shown.Monthly) + " × " + big.NewInt(e.Shown.Months).String() + " = " + Euro(e.Shown.Total),
			Euro(e.Shown.Total) + " − " + Euro(e.Amount) + " = " + Euro(e.Shown.Charge),
		})
	}
	return p
}

// earlyPiece says what repaying early costs, with an example of the calculation
// (article 36(5)(d) and 36(6)(d)).
func earlyPiece(t Terms) Piece {
	p := Piece{Heading: "Eerder aflossen", Text: "U betaalt geen vergoeding als u eerder aflost."}
	if t.EarlyFee != nil && t.EarlyFee.Sign() > 0 {
		fee := cents(ratOf(money.Whole(1000).Mul(*t.EarlyFee).Mul(percentPart)))
		share := Percent(t.EarlyFee.String())
		p.Text = "Lost u eerder af, dan betaalt u " + share + " van het bedrag dat u eerder aflost. Een voorbeeld: u lost € 1.000,00 eerder af. De vergoeding is " + share + " van € 1.000,00 = " + Euro(fee) + "."
	}
	return p
}

func accountSheet(a Agreement, out AccountOut) Sheet {
	in := a.Account
	s := Sheet{Title: "Overzicht van uw saldo", Subject: "Overeenkomst " + a.Reference + ", tot en met " + in.Until.Dutch() + "."}
	owed := "Dit bedrag staat nu uit"
	if out.Closed != nil {
		s.Title, owed = "Eindafrekening van uw krediet", "Wat er nog uitstaat"
	}
	sums := Piece{Terms: [][]string{
		{"U nam op", Euro(out.Drawn)}, {"Rente", Euro(out.Interest)}, {"Andere kosten", Euro(out.Charges)}, {"U betaalde", Euro(out.Paid)}, {owed, Euro(out.Balance)},
	}}
	s.Pieces = append(s.Pieces, sums)
	if out.Closed != nil {
		s.Pieces = append(s.Pieces, Piece{Text: closedText(out)})
	}
	lines := Piece{Heading: "Alle boekingen", Columns: []string{"Dag", "Wat", "Bedrag", "Saldo daarna"}}
	for _, l := range out.Lines {
		lines.Rows = append(lines.Rows, []string{l.On.Dutch(), lineText[l.Kind], Euro(l.Amount), Euro(l.Balance)})
	}
	rates := Piece{Heading: "Rente", Columns: []string{"Vanaf", "Rente per jaar"}}
	for _, r := range in.rates() {
		rates.Rows = append(rates.Rows, []string{r.From.Dutch(), Percent(r.Rate.String())})
	}
	s.Pieces = append(s.Pieces, lines, rates, Piece{Heading: "Hoe is dit berekend?", Text: reasonsText(out.Reasons()[:1])})
	switch {
	case out.Closed != nil:
		s.Pieces = append(s.Pieces, Piece{Text: "Deze afrekening is kosteloos."})
	case a.Cost != "":
		s.Pieces = append(s.Pieces, Piece{Text: "Voor dit overzicht brengen wij " + Euro(a.Cost) + " in rekening. Dat is niet meer dan het ons kost."})
	}
	return s
}

var lineText = map[string]string{"draw": "Opname", "interest": "Rente", "charge": "Kosten", "pay": "Betaling"}

func closedText(out AccountOut) string {
	switch {
	case *out.Closed:
		return "Uw krediet is afgelost. U hoeft niets meer te betalen."
	case strings.HasPrefix(out.Balance, "-"):
		return "U betaalde " + Euro(strings.TrimPrefix(out.Balance, "-")) + " te veel. Dat krijgt u terug."
	}
	return "U moet nog " + Euro(out.Balance) + " betalen."
}

func noticeSheet(a Agreement, out ChangeOut) Sheet {
	in := a.Change
	s := Sheet{Title: "Uw rente verandert", Subject: "Overeenkomst " + a.Reference + ", vanaf " + in.On.Dutch() + "."}
	facts := [][]string{
		{"Effectieve rente op jaarbasis, nieuw", Percent(out.NewRounded)},
		{"Effectieve rente op jaarbasis, nu", Percent(out.OldRounded)},
		{"Rente per jaar, nieuw", Percent(in.New.String())},
		{"Rente per jaar, nu", Percent(in.Old.String())},
	}
	if in.Balance != nil {
		facts = append(facts, []string{"Saldo", Euro(in.Balance.String())}, []string{"U betaalt per maand", Euro(in.Payment.String())})
	}
	s.Pieces = append(s.Pieces, Piece{Terms: facts})
	switch {
	case out.Never != nil:
		s.Pieces = append(s.Pieces, Piece{Heading: "Let op", Text: "Met dit maandbedrag lost u het krediet bij de nieuwe rente niet af. Neem contact met ons op over een hoger maandbedrag."})
	case out.NewMonths != nil && out.OldMonths != nil:
		s.Pieces = append(s.Pieces, Piece{Text: "Betaalt u hetzelfde bedrag per maand en neemt u niets meer op? Dan bent u over " + MonthCount(*out.NewMonths) + " klaar. Met de rente van nu was dat " + MonthCount(*out.OldMonths) + "."})
	case out.NewMonths != nil:
		s.Pieces = append(s.Pieces, Piece{Text: "Betaalt u hetzelfde bedrag per maand en neemt u niets meer op? Dan bent u over " + MonthCount(*out.NewMonths) + " klaar."})
	}
	s.Pieces = append(s.Pieces, Piece{Text: "De effectieve rente op jaarbasis is geteld in gelijke maanden, met een twaalfde van de jaarrente per maand.", Small: true})
	return s
}
