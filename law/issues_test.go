package law_test

import (
	"encoding/csv"
	"os"
	"testing"

	"zorgplicht/ident"
	"zorgplicht/law"
)

func TestWhereTheSourceContradictsItselfTheNormSaysSo(t *testing.T) {
	file, err := os.Open("testdata/issue-ids.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 40 {
		t.Fatalf("only %d places are listed", len(rows)-1)
	}
	for _, row := range rows[1:] {
		n, ok := law.Find(ident.Norm(row[0]))
		if !ok {
			t.Errorf("no norm %s", row[0])
		} else if n.Issue == "" {
			t.Errorf("%s has no issue, where the source has one: %s", row[0], row[1])
		}
	}
}
