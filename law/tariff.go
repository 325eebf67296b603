package law

import (
	"cmp"
	_ "embed" // the table is part of the program
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/ident"
)

// A TariffRow is one row of table 1 of Bijlage 10 (boetebijlage).
type TariffRow struct {
	Provision ident.Norm
	Sentence  int    // the sentence (volzin) the row is limited to, 0 for the whole provision
	Tariff    string // "2", "2a" or "3"; 2a is not 2
}

//go:embed tariff.csv
var tariffTable string

// tariffRows are the rows in the order of the table, with what the table says twice.
var tariffRows = readTariffs(tariffTable)

// tariffsAt are the rows of each provision by itself, in the order of the table.
var tariffsAt = func() map[ident.Norm][]TariffRow {
	at := map[ident.Norm][]TariffRow{}
	for _, r := range tariffRows {
		at[r.Provision] = append(at[r.Provision], r)
	}
	return at
}()

func readTariffs(table string) (rows []TariffRow) {
	lines := strings.Split(strings.TrimSpace(table), "\n")
	for _, line := range lines[1:] {
		cells := strings.Split(strings.TrimSpace(line), ";")
		norm, err := ident.ParseNorm(cells[0])
		sentence := 0
		if err == nil && cells[1] != "" {
			sentence, err = strconv.Atoi(cells[1])
		}
		if err != nil || len(cells) != 3 {
			panic(fmt.Sprintf("law: tariff.csv holds the line %q: %v", line, err)) // cannot be: the file is part of the program
		}
		rows = append(rows, TariffRow{norm, sentence, cells[2]})
	}
	return rows
}

// appliedLids are the leden that do no more than apply another provision
// (overeenkomstige toepassing) and that the table does not list: a breach of
// them has the tariff of what they apply.
var appliedLids = map[ident.Norm]ident.Norm{
	"bfd:45:2": "bfd:33",
	"bfd:69:2": "bfd:69:1",
	"bfd:69:3": "bfd:69:1",
}

// TariffTable returns all rows of table 1 in their order. Article 12(1) stands
// in it twice, with tariff 2 and with 2a; article 11 once for each sentence.
func TariffTable() []TariffRow { return slices.Clone(tariffRows) }

// TariffRows returns the rows under which a breach of this provision falls: those
// of the provision itself, of the lid or article it is a part of, or of the lid
// that it applies. Of an article that the table splits it returns the rows of
// its parts.
func TariffRows(norm ident.Norm) []TariffRow {
	for n := norm; n != ""; n = partOf(n) {
		if rows := tariffsAt[n]; rows != nil {
			return slices.Clone(rows)
		}
		if applied, ok := appliedLids[n]; ok {
			return TariffRows(applied)
		}
	}
	return rowsWhere(func(r TariffRow) bool { return strings.HasPrefix(string(r.Provision), string(norm)+":") })
}

func rowsWhere(holds func(TariffRow) bool) (rows []TariffRow) {
	for _, r := range tariffRows {
		if holds(r) {
			rows = append(rows, r)
		}
	}
	return rows
}

// partOf returns what a provision is a part of: the lid of bfd:28:10:a, the
// article of bfd:28:10 and of bfd:13::a, "" of an article.
func partOf(n ident.Norm) ident.Norm {
	up := strings.TrimSuffix(string(n)[:max(0, strings.LastIndexByte(string(n), ':'))], ":")
	if !strings.Contains(up, ":") {
		return ""
	}
	return ident.Norm(up)
}

// Tariff returns the number in Bijlage 10 of a breach of this provision, false
// where the table has none. Of an article that the table splits it is that of
// the first part; of 12(1), which the table lists twice, the row that stands
// where 12(1) belongs: 2.
func Tariff(norm ident.Norm) (tariff string, ok bool) {
	rows := TariffRows(norm)
	if len(rows) == 0 {
		return "", false
	}
	return rows[0].Tariff, true
}

// TariffOf returns the tariff of the violated provision that comes first in the
// decree, false where the table has none for it or nothing is violated.
func TariffOf(violated []ident.Norm) (tariff string, ok bool) {
	if len(violated) == 0 {
		return "", false
	}
	return Tariff(slices.MinFunc(violated, InDecree))
}

// InDecree compares two provisions of the decree by their place in it.
func InDecree(a, b ident.Norm) int {
	return slices.CompareFunc(strings.Split(string(a), ":"), strings.Split(string(b), ":"), func(x, y string) int {
		n, notX := strconv.Atoi(x)
		m, notY := strconv.Atoi(y)
		if notX == nil && notY == nil {
			return cmp.Compare(n, m)
		}
		return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)) // an onderdeel aa comes after z
	})
}
