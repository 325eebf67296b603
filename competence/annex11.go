package competence

import (
	_ "embed" // the rows are part of the program
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Row is one row of annex 11: a diploma of before the decree, or a set of them,
// and the annexes whose final terms it counts for. One diploma stands in several
// rows, each with its own condition.
type Row struct {
	Section     string // "general", "consumer_credit", "mortgage_credit", "investing_b", "investing_a", "agent", "non_life" or "life"
	Diploma     string // as printed
	Institution string
	Annexes     []int
	Condition   int // the annex that counts only insofar as the holder meets it too from 1 October 2007, 0 for none

	parts       []string // what makes the set, as normal names
	institutes  []string
	withAnnex6  bool // a diploma for mortgage credit or life insurance: article 72(1) and (2) ask annex 6 beside it
	description string
}

//go:embed annex11.csv
var annex11 string

var rows = readRows(annex11)

// Rows returns the 42 rows of annex 11 in their order.
func Rows() []Row { return slices.Clone(rows) }

func readRows(table string) (all []Row) {
	for i, line := range strings.Split(strings.TrimSpace(table), "\n")[1:] {
		cells := strings.Split(line, ";")
		if len(cells) != 4 {
			panic(fmt.Sprintf("competence: annex11.csv, row %d has %d cells", i+1, len(cells))) // cannot be: the file is part of the program
		}
		r := Row{Section: cells[0], Diploma: cells[1], Institution: cells[2], parts: partsOf(cells[1]), institutes: institutesOf(cells[2])}
		for _, a := range strings.Fields(cells[3]) {
			n, err := strconv.Atoi(strings.TrimSuffix(a, "*"))
			if err != nil {
				panic(fmt.Sprintf("competence: annex11.csv, row %d: %v", i+1, err)) // cannot be
			}
			if strings.HasSuffix(a, "*") {
				r.Condition = n
			}
			r.Annexes = append(r.Annexes, n)
		}
		r.withAnnex6 = r.Section == "mortgage_credit" || r.Section == "life"
		r.description = r.Diploma + " (" + sectionNames[r.Section] + ")"
		all = append(all, r)
	}
	return all
}

var sectionNames = map[string]string{
	"general": "algemeen", "consumer_credit": "consumptief krediet", "mortgage_credit": "hypothecair krediet",
	"investing_b": "beleggingsproducten, variant b", "investing_a": "beleggingsproducten, variant a", "agent": "gevolmachtigd agent",
	"non_life": "schadeverzekeringen", "life": "levensverzekeringen",
}

// normal writes the name of a diploma so that spellings of the source and of
// people meet: small letters, no accents on the e, no footnote numbers.
var normal = strings.NewReplacer(
	"ë", "e", "’", "", "‘", "", "'", "", "diploma1", "diploma", "hypotheekadviseur2", "hypotheekadviseur", "(senior) ", "", "senior ", "",
	"van de wet assurantiebemiddelingsbedrijf", "wabb", "aansluitende ononderbroken ", "", "ffp-", "ffp ", "ifap 1", "ifap1", "ifap 2", "ifap2",
	"seh-registratie", "erkend hypotheekadviseur", "seh registratie", "erkend hypotheekadviseur",
)

// families are names under which parts are listed: behind the colon, or in
// brackets, stands what belongs to them.
var families = []struct{ name, prefix string }{
	{"a-modules", "a-"}, {"a-module", "a-"}, {"branchediplomas", "branche-"}, {"branchediploma", "branche-"}, {"branche diploma", "branche-"}, {"financiele planning", ""},
}

// partsOf returns the diplomas that a name names, as normal names: a set has several.
func partsOf(name string) (parts []string) {
	name = normal.Replace(strings.ToLower(strings.Join(strings.Fields(name), " ")))
	if name == "ffp" {
		name = "ffp diploma"
	}
	for _, f := range families {
		if rest, ok := strings.CutPrefix(name, f.name); ok && rest != "" {
			return split(strings.Trim(rest, " :()"), f.prefix)
		}
	}
	if strings.HasPrefix(name, "verklaring") {
		return []string{name}
	}
	return split(name, "")
}

func split(list, prefix string) (parts []string) {
	for _, p := range strings.Split(strings.NewReplacer(" en ", ",", " and ", ",", "+", ",").Replace(list), ",") {
		if p = strings.TrimSpace(p); p != "" {
			parts = append(parts, prefix+p)
		}
	}
	return parts
}

// institutesOf returns the institutions that a cell names. SEA and SEFD are one,
// before and after its renaming (article 78).
func institutesOf(name string) (all []string) {
	name = strings.NewReplacer("STICHTING EXAMENS ASSURANTIEBEDRIJF", "SEA", "STICHTING EXAMENS FINANCIËLE DIENSTVERLENING", "SEA",
		"SEFD", "SEA", "SER", "SOCIAAL-ECONOMISCHE RAAD", "SOCIAAL ECONOMISCHE RAAD", "SOCIAAL-ECONOMISCHE RAAD").Replace(strings.ToUpper(name))
	for _, p := range strings.Split(name, "/") {
		if p = strings.Trim(p, " ()"); p != "" && !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}
