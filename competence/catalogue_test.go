package competence_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"zorgplicht/ident"
	"zorgplicht/law"
)

// What a lawyer reads in the catalogue and what the rule reads are two files: each
// row must be the same diploma in both.
func TestTheRowsOfAnnex11AreThoseOfTheCatalogue(t *testing.T) {
	file, err := os.Open("annex11.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows)-1 != 42 {
		t.Fatalf("%d rows", len(rows)-1)
	}
	for i, row := range rows[1:] {
		id := ident.Norm(fmt.Sprintf("bijlage11:tabel1:%d", i+1))
		n, ok := law.Find(id)
		if !ok {
			t.Errorf("the catalogue has no %s", id)
			continue
		}
		text := strings.ToLower(strings.Join(strings.Fields(n.Dutch), " "))
		for _, want := range append(strings.Split(strings.ReplaceAll(row[2], "/SEA/SEFD", "|SEA/SEFD"), "|"), row[1], counts(row[3])) {
			if !strings.Contains(text, strings.ToLower(want)) {
				t.Errorf("%s does not say %q: %s", id, want, text)
			}
		}
		if strings.Contains(row[3], "*") && !strings.Contains(text, "telt ook voor bijlage 3") {
			t.Errorf("%s does not name the condition of its row: %s", id, text)
		}
	}
}

// counts says for which annexes a row counts without a condition of its own.
func counts(annexes string) string {
	var plain []string
	for _, a := range strings.Fields(annexes) {
		if !strings.HasSuffix(a, "*") {
			plain = append(plain, a)
		}
	}
	if len(plain) == 1 {
		return "telt voor bijlage " + plain[0] + "."
	}
	return "telt voor bijlagen " + strings.Join(plain, " en ")
}
