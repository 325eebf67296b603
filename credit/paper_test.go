package credit

import (
	"testing"

	"zorgplicht/canon"
	"zorgplicht/money"
	"zorgplicht/rule"
)

func TestASheetReadsBackAsItWasSealed(t *testing.T) {
	terms := Terms{Kind: Annuity, Charge: Fixed, Amounts: []money.Decimal{money.Whole(5000), money.Whole(10000), money.Whole(15000), money.Whole(20000)}, Rate: new(money.MustParse("7.2")), Months: new(int64(48)), EarlyFee: new(money.Whole(1))}
	out, d := CreditFigures.Decide(terms)
	sheet := prospectusSheet(Version{Nr: 1, Content: Content{Name: "Lening", Terms: terms}}, out)
	sheet.Format, sheet.Kind, sheet.Firm = sheetFormat, Prospectus, "De Linde"
	body := canon.Must(paper1{sheet, []rule.Decision{d}})
	got, err := Paper{Body: body}.Sheet()
	if err != nil {
		t.Fatal(err)
	}
	if again := canon.Must(paper1{got, []rule.Decision{d}}); string(again) != string(body) {
		t.Errorf("got\n%s\nwant\n%s", again, body)
	}
}
