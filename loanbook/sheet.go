package loanbook

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/money"
)

// BadFile is the reason of the fault of a file that cannot be used as a whole.
const BadFile = "bad-loan-file"

// The columns of a file, in Dutch and English; those with a star must be there.
var columns = []struct {
	nl, en string
	must   bool
	about  string
}{
	{"kenmerk", "reference", true, "uw eigen kenmerk van de overeenkomst; geen naam en geen burgerservicenummer"},
	{"product", "product", false, "naam of code van het product"},
	{"bemiddelaar", "intermediary", false, "uw eigen kenmerk van de bemiddelaar"},
	{"soort", "kind", true, "doorlopend of anders"},
	{"vergoeding", "charge", true, "vast of variabel"},
	{"afgesloten", "concluded", true, "dag van de overeenkomst"},
	{"som", "sum", true, "kredietlimiet of kredietsom"},
	{"rente", "rate", true, "rente per jaar in procenten; elke maand een twaalfde"},
	{"effectieve_rente", "effective_rate", false, "effectieve rente per jaar, als er naast rente andere kosten zijn"},
	{"rente_sinds", "rate_since", false, "dag van de laatste wijziging van de rente"},
	{"renteverloop", "rate_history", false, "alle rentes met hun dag: 2010-01-01 8,9 | 2015-07-01 7,2"},
	{"saldo", "balance", true, "uitstaand saldo"},
	{"maandbedrag", "payment", false, "wat de klant elke maand betaalt"},
	{"achterstand_sinds", "arrears_since", false, "vervaldag van het oudste onbetaalde bedrag"},
	{"opgeeist", "demanded", false, "dag van vervroegde opeising"},
	{"afgelost", "settled", false, "dag van afwikkeling"},
	{"ontbonden", "dissolved", false, "dag van ontbinding"},
	{"ongedaan", "undone", false, "dag waarop de ontbinding ongedaan werd gemaakt"},
	{"overgedragen", "transferred", false, "dag van overdracht aan een andere aanbieder"},
}

// The places of columns.
const (
	cReference = iota
	cProduct
	cIntermediary
	cKind
	cCharge
	cConcluded
	cSum
	cRate
	cEffective
	cSince
	cCourse
	cBalance
	cPayment
	cArrears
	cDemanded
	cSettled
	cDissolved
	cUndone
	cTransferred
	columnCount
)

// A Column says what a column of a file holds.
type Column struct {
	Dutch, English string
	Must           bool
	About          string
}

// Columns are the columns that are read.
func Columns() (list []Column) {
	for _, c := range columns {
		list = append(list, Column{c.nl, c.en, c.must, c.about})
	}
	return list
}

// IsDay reports whether a column of this name holds days.
func IsDay(name string) bool {
	for i, c := range columns {
		if name == c.nl || name == c.en {
			return i == cConcluded || i == cSince || i >= cArrears
		}
	}
	return false
}

// A sheet reads agreements from text with semicolons or commas.
type sheet struct {
	csv     *csv.Reader
	into    []int // of each column of the file its place, -1 for none
	ignored []string
	day     calendar.Date
	cells   [columnCount]string
	line    int
	wrong   []BadCell
	rows    int
	bsn     int // references that look like a citizen service number
}

// open reads the names of a file. The fault names every column that cannot be.
func open(r io.Reader, day calendar.Date) (*sheet, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if b, _ := in.Peek(3); string(b) == "\ufeff" {
		_, _ = in.Discard(3)
	}
	head, _ := in.Peek(1 << 12)
	first, _, _ := strings.Cut(string(head), "\n")
	s := &sheet{csv: csv.NewReader(in), day: day}
	s.csv.ReuseRecord, s.csv.FieldsPerRecord, s.csv.Comma = true, -1, ';'
	if strings.Count(first, ",") > strings.Count(first, ";") {
		s.csv.Comma = ','
	}
	names, err := s.csv.Read()
	var syntax *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return nil, badFile("empty", "Zet op de eerste regel de namen van de kolommen: dit bestand is leeg.")
	case errors.As(err, &syntax):
		return nil, badFile("quotes", "Sluit de aanhalingstekens op de eerste regel.")
	case err != nil:
		return nil, fmt.Errorf("read the agreements: %w", err)
	}
	return s, s.names(names)
}

func badFile(code, text string) error {
	return fault.All(BadFile, []fault.Detail{{Line: 1, Reason: code, Text: text}})
}

const withoutBSN = "Haal de burgerservicenummers uit het bestand: dit programma mag ze niet bewaren. Gebruik uw eigen kenmerk van de overeenkomst."

func (s *sheet) names(names []string) error {
	var wrong []fault.Detail
	fail := func(code, text string) { wrong = append(wrong, fault.Detail{Line: 1, Reason: code, Text: text}) }
	var taken [columnCount]bool
	for _, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		at := -1
		for i, c := range columns {
			if name == c.nl || name == c.en {
				at = i
			}
		}
		switch {
		case name == "bsn" || name == "burgerservicenummer" || name == "sofinummer":
			fail("bsn", withoutBSN)
		case at < 0:
			s.ignored = append(s.ignored, strings.Clone(name))
		case taken[at]:
			fail("double", "De kolom “"+columns[at].nl+"” staat er twee keer. Haal er één weg.")
		default:
			taken[at] = true
		}
		s.into = append(s.into, at)
	}
	for i, c := range columns {
		if c.must && !taken[i] {
			fail("missing-column", "De kolom “"+c.nl+"” ontbreekt: "+c.about+".")
		}
	}
	return fault.All(BadFile, wrong)
}

// next reads the next agreement; the faults of its row, if any, are in wrong. The error
// is io.EOF at the end.
func (s *sheet) next() (l Loan, wrong []BadCell, err error) {
	record, err := s.csv.Read()
	var syntax *csv.ParseError
	switch {
	case errors.As(err, &syntax):
		s.line = syntax.StartLine
		return l, []BadCell{{s.line, "", "quotes", "Sluit de aanhalingstekens op deze regel."}}, nil
	case errors.Is(err, io.EOF) && s.bsn >= leastBSN && s.bsn*2 > s.rows:
		return l, nil, badFile("bsn", withoutBSN)
	case errors.Is(err, io.EOF) && s.line == 0:
		return l, nil, badFile("empty", "Zet er ten minste één overeenkomst in: dit bestand heeft alleen namen van kolommen.")
	case err != nil:
		return l, nil, err
	}
	s.line, _ = s.csv.FieldPos(0)
	s.wrong = nil
	if len(record) != len(s.into) {
		s.fail(-1, "ragged", "Geef deze regel evenveel kolommen als de eerste.")
		return l, s.wrong, nil
	}
	clear(s.cells[:])
	for i, at := range s.into {
		if at >= 0 {
			s.cells[at] = strings.TrimSpace(record[i])
		}
	}
	l = s.loan()
	if s.rows++; len(l.Reference) == 9 && text.HoldsBSN(l.Reference) {
		s.bsn++
	}
	return l, s.wrong, nil
}

// leastBSN is how many references must look like a citizen service number, and be most
// of all, before they are taken for such: one number in eleven does by chance.
const leastBSN = 3

func (s *sheet) fail(at int, code, text string) {
	b := BadCell{Line: s.line, Code: code, Text: text}
	if at >= 0 {
		b.Column = columns[at].nl
	}
	s.wrong = append(s.wrong, b)
}

// loan reads the cells; what is wrong is noted all at once.
func (s *sheet) loan() (l Loan) {
	l.Reference = s.text(cReference, 60)
	if l.Reference == "" {
		s.fail(cReference, "missing", "Geef elke overeenkomst een kenmerk.")
	}
	l.Product, l.Intermediary = s.text(cProduct, 80), s.text(cIntermediary, 60)
	l.Kind = s.word(cKind, map[string]string{Revolving: Revolving, "revolving": Revolving, Other: Other, "other": Other}, "Schrijf doorlopend of anders.")
	l.Charge = s.word(cCharge, map[string]string{credit.Fixed: credit.Fixed, "fixed": credit.Fixed, credit.Variable: credit.Variable, "variable": credit.Variable}, "Schrijf vast of variabel.")
	l.Concluded = s.date(cConcluded)
	l.Arrears, l.Demanded, l.Settled = s.date(cArrears), s.date(cDemanded), s.date(cSettled)
	l.Dissolved, l.Undone, l.Transferred = s.date(cDissolved), s.date(cUndone), s.date(cTransferred)
	l.Sum = s.cents(cSum)
	l.Balance = s.cents(cBalance)
	if s.cells[cPayment] != "" {
		l.Payment = s.cents(cPayment)
	}
	l.Rates = s.rates(l.Concluded)
	s.agree(l)
	return l
}

func (s *sheet) text(at, most int) string {
	v := s.cells[at]
	switch {
	case !utf8.ValidString(v):
		s.fail(at, "encoding", "Bewaar het bestand als UTF-8.")
		return ""
	case utf8.RuneCountInString(v) > most:
		s.fail(at, "too-long", "Gebruik ten hoogste "+strconv.Itoa(most)+" tekens.")
	case at != cReference && text.HoldsBSN(v):
		s.fail(at, "bsn", "Haal het burgerservicenummer weg. Dat mag hier niet worden vastgelegd.")
	}
	return strings.Clone(v)
}

func (s *sheet) word(at int, words map[string]string, what string) string {
	w, found := words[strings.ToLower(s.cells[at])]
	if !found {
		s.fail(at, "value", what)
	}
	return w
}

func (s *sheet) date(at int) calendar.Date {
	v := s.cells[at]
	if v == "" {
		if columns[at].must {
			s.fail(at, "missing", "Geef een dag als 2026-11-22.")
		}
		return calendar.Date{}
	}
	d, err := calendar.Parse(v)
	switch {
	case err != nil:
		s.fail(at, "value", "Geef een dag als 2026-11-22.")
	case d.After(s.day):
		s.fail(at, "future", "Geef een dag die niet na de dag van het bestand ligt.")
	}
	return d
}

func (s *sheet) cents(at int) money.Cents {
	v, err := ParseAmount(s.cells[at])
	if err != nil {
		s.fail(at, "value", "Geef euro's, zoals 1250,00. Een punt voor duizendtallen alleen als er ook een komma staat.")
	}
	return v
}

func (s *sheet) rate(at int) Rate {
	r, err := ParseRate(s.cells[at])
	if err != nil {
		s.fail(at, "value", "Geef een percentage van 0 tot en met 100 met ten hoogste vier decimalen, zoals 8,4.")
	}
	return r
}

// rates reads the course of the rate, or the rate and the day of its last change.
func (s *sheet) rates(concluded calendar.Date) []RateFrom {
	now := RateFrom{From: concluded, Nominal: s.rate(cRate)}
	if s.cells[cEffective] != "" {
		if now.Effective = s.rate(cEffective); now.Effective < now.Nominal {
			s.fail(cEffective, "value", "De effectieve rente is niet lager dan de rente.")
		}
	}
	if since := s.date(cSince); !since.IsZero() {
		now.From = since
		if since.Before(concluded) {
			s.fail(cSince, "value", "Geef een dag vanaf de dag van de overeenkomst.")
		}
	}
	if s.cells[cCourse] == "" {
		return []RateFrom{now}
	}
	all, err := parseCourse(s.cells[cCourse])
	if err != nil || len(all) == 0 {
		s.fail(cCourse, "value", "Schrijf elke rente met haar dag, oudste eerst: 2010-01-01 8,9 | 2015-07-01 7,2.")
		return []RateFrom{now}
	}
	last := all[len(all)-1]
	if all[0].From != concluded {
		s.fail(cCourse, "value", "Begin het verloop op de dag van de overeenkomst.")
	}
	if last.Nominal != now.Nominal || s.cells[cEffective] != "" && last.Effective != now.Effective || last.From.After(s.day) {
		s.fail(cCourse, "value", "Laat het verloop eindigen met de rente van nu.")
	}
	return all
}

// agree checks cells against each other.
func (s *sheet) agree(l Loan) {
	if len(s.wrong) > 0 {
		return // what cannot be read is told first
	}
	if first := ceilings().from[0]; days(l.Concluded) < first {
		s.fail(cConcluded, "value", "Geef een dag vanaf "+epoch.AddDays(int(first)).String()+".")
	}
	for i, d := range []calendar.Date{l.Arrears, l.Demanded, l.Settled, l.Dissolved, l.Undone, l.Transferred} {
		if !d.IsZero() && d.Before(l.Concluded) {
			s.fail(cArrears+i, "value", "Geef een dag vanaf de dag van de overeenkomst.")
		}
	}
	if !l.Settled.IsZero() && l.Balance > 0 {
		s.fail(cBalance, "value", "Een afgelost krediet heeft saldo 0.")
	}
	if !l.Undone.IsZero() && (l.Dissolved.IsZero() || l.Undone.Before(l.Dissolved)) {
		s.fail(cUndone, "value", "Ongedaan maken kan alleen na een ontbinding.")
	}
	if l.Charge == credit.Fixed && len(l.Rates) > 1 {
		s.fail(cCourse, "value", "Een vaste kredietvergoeding wijzigt niet tijdens de looptijd.")
	}
}
