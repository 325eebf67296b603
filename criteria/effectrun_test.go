package criteria_test

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"zorgplicht/criteria"
	"zorgplicht/criteria/yardstick"
	"zorgplicht/internal/fault"
)

// The effect on a portfolio, counted by columns, is that on its rows one by one.
func TestTheEffectOnAPortfolioIsThatOnItsRows(t *testing.T) {
	b, err := os.ReadFile("testdata/beheer.yaml")
	if err != nil {
		t.Fatal(err)
	}
	was := read(t, "testdata/beheer.yaml")
	other := strings.NewReplacer("value: months(3)", "value: months(2)", "id: R04", "id: R14", "stornos_kwartaal >= 2", "stornos_kwartaal >= 1 || !known(leeftijd)").Replace(string(b))
	is, err := criteria.Read([]byte(other))
	if err != nil {
		t.Fatal(err)
	}
	rows := yardstick.Rows(new(yardstick.Chance), was, criteria.StripeRows+3000)
	for _, r := range rows {
		r[0] = was.Row(yardstick.Day)[0] // the day of the run
	}
	file := written(t, was, rows)
	c, err := criteria.OpenColumns(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	got, want := criteria.NewEffect(was, is, yardstick.Day, 50), criteria.NewEffect(was, is, yardstick.Day, 50)
	if err := got.Screen(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		want.Add(fmt.Sprintf("C-%d", i), r, r)
	}
	if !reflect.DeepEqual(got, want) || len(got.List) != 50 || len(got.Words()) < 6 {
		t.Errorf("by columns %+v\nby rows %+v", got, want)
	}
	narrow, err := criteria.Read([]byte(strings.Replace(string(b), "from: 0, through: 120, source", "from: 0, through: 60, source", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if err := criteria.NewEffect(was, narrow, yardstick.Day, 50).Screen(t.Context(), c); !fault.Has(err, criteria.Misfit) {
		t.Errorf("a version whose field is narrower: %v", err)
	}
}
