package money_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/canon"
	"zorgplicht/money"
)

func TestDecimalsAreExact(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"a tenth and two tenths are three tenths", money.MustParse("0.1").Add(money.MustParse("0.2")).String(), "0.3"},
		{"places that cancel are gone", money.MustParse("1.25").Add(money.MustParse("0.75")).String(), "2"},
		{"a difference below zero", money.MustParse("1").Sub(money.MustParse("1.01")).String(), "-0.01"},
		{"a product keeps all places", money.MustParse("-0.05").Mul(money.MustParse("0.2")).String(), "-0.01"},
		{"a number too large for any machine word", money.MustParse("99999999999999999999.99").Add(money.MustParse("0.01")).String(), "100000000000000000000"},
		{"the zero value is 0", money.Decimal{}.String(), "0"},
		{"a whole", money.Whole(-12).String(), "-12"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, c.got, c.want)
		}
	}
	if money.MustParse("-0.0") != (money.Decimal{}) || money.MustParse("1.50") != money.MustParse("15e-1") || money.Whole(0) != (money.Decimal{}) {
		t.Error("one value has two forms")
	}
}

func TestParseRefusesWhatIsNoNumber(t *testing.T) {
	for _, s := range []string{"", "1,50", "€ 1", "1.", ".5", "+1", "NaN", "1e9999"} {
		if d, err := money.Parse(s); err == nil {
			t.Errorf("%q read as %s", s, d)
		}
	}
}

func TestDecimalsAreReadFromNumbersAndTexts(t *testing.T) {
	var v struct {
		A, B, C money.Decimal
	}
	if err := canon.Decode([]byte(`{"A":12.50,"B":"12.50","C":1e-7}`), &v); err != nil {
		t.Fatal(err)
	}
	if got := string(canon.Must(v)); v.A != v.B || got != `{"A":12.5,"B":12.5,"C":0.0000001}` {
		t.Errorf("got %s", got)
	}
	for _, bad := range []string{`"12,50"`, `true`, `null`, `[]`, `""`} {
		var d money.Decimal
		if err := canon.Decode([]byte(bad), &d); err == nil {
			t.Errorf("%s read as %s", bad, d)
		}
	}
}

func TestDecimalsReckonAsRationalsDo(t *testing.T) {
	drawn := rapid.Custom(func(t *rapid.T) money.Decimal {
		return money.MustParse(rapid.StringMatching(`-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,12})?(e-?[0-9])?`).Draw(t, "d"))
	})
	rat := func(d money.Decimal) *big.Rat { r, _ := new(big.Rat).SetString(d.String()); return r }
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawn.Draw(t, "a"), drawn.Draw(t, "b")
		x, y := rat(a), rat(b)
		if a.Cmp(b) != x.Cmp(y) || (a == b) != (x.Cmp(y) == 0) || a.Sign() != x.Sign() {
			t.Fatalf("%s and %s compare as %d", a, b, a.Cmp(b))
		}
		for _, c := range []struct {
			got  money.Decimal
			want *big.Rat
		}{{a.Add(b), new(big.Rat).Add(x, y)}, {a.Sub(b), new(big.Rat).Sub(x, y)}, {a.Mul(b), new(big.Rat).Mul(x, y)}} {
			if rat(c.got).Cmp(c.want) != 0 || money.MustParse(c.got.String()) != c.got {
				t.Fatalf("%s and %s give %s, not %s", a, b, c.got, c.want)
			}
		}
	})
}
