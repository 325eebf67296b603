package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A bankList is the list of questions as it was asked for.
type bankList struct {
	asking
	frame  site.Work
	page   appropriateness.BankPage
	filter appropriateness.BankFilter
	writes bool
	done   string // what was just done
}

const bankPage = 50

var (
	bankProducts  = choicesOf("Alle producten", appropriateness.BankProducts, productText)
	bankElements  = choicesOf("Alle onderdelen", appropriateness.BankElements, bankElementText)
	bankStates    = choicesOf("Alle standen", appropriateness.QuestionStates, func(s appropriateness.QuestionState) string { return bankStateTag(s).Text })
	bankLanguages = choicesOf("Alle talen", appropriateness.BankLanguages, languageText)
	bankWeighs    = []site.Choice{{Text: "Alle vragen"}, {Value: "points", Text: "Levert punten op"}, {Value: "knockout", Text: "Knock-out"}, {Value: "fixed", Text: "Vaste vraag"}}
	bankSorts     = []site.Choice{{Text: "Kenmerk"}, {Value: "written", Text: "Laatst gewijzigd"}, {Value: "element", Text: "Onderdeel en familie"}}
)

func (p bankPages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	l := bankList{asking: asking{asked: r.URL.Query()}, frame: p.guard.Frame(r, who, "Vragenbank"), writes: who.May(staff.WriteQuestions)}
	l.frame.Wide = true
	l.read()
	if len(l.problems) > 0 {
		l.frame.Failed = true
		return site.Page(http.StatusBadRequest, bankListPage(l)), nil
	}
	var err error
	l.page, err = p.desk.Questions(r.Context(), who.Actor(), l.filter)
	if n, e := strconv.Atoi(l.value("vervallen")); e == nil && n > 0 {
		l.done = count(n, "vraag is vervallen.", "vragen zijn vervallen.")
	}
	return site.Page(http.StatusOK, bankListPage(l)), err
}

// read turns what was asked into a filter, and notes what cannot be read.
func (l *bankList) read() {
	l.filter = appropriateness.BankFilter{
		Text: l.value("zoek"), Product: l.oneOf("product", bankProducts), Element: appropriateness.Element(l.oneOf("onderdeel", bankElements)),
		State: appropriateness.QuestionState(l.oneOf("stand", bankStates)), Language: l.oneOf("taal", bankLanguages), Weighs: l.oneOf("telt", bankWeighs),
		Family: l.value("familie"), Sort: appropriateness.BankSort(l.oneOf("volgorde", bankSorts)), Limit: bankPage,
	}
	if n, err := strconv.Atoi(l.value("vanaf")); err == nil && n > 0 && n < 1<<30 {
		l.filter.Offset = n
	}
}

// kept is what was asked, to be asked again.
func (l *bankList) kept() url.Values {
	q := url.Values{}
	for _, name := range []string{"zoek", "product", "onderdeel", "stand", "taal", "telt", "familie", "volgorde"} {
		if v := l.value(name); v != "" {
			q.Set(name, v)
		}
	}
	return q
}

func (l *bankList) at(offset int) string {
	q := l.kept()
	if offset > 0 {
		q.Set("vanaf", strconv.Itoa(offset))
	}
	return address(bankPath, q)
}

func (l *bankList) export(f table.Format) string { return address(bankExportPath(f), l.kept()) }

func (l *bankList) turn() site.Pages {
	n, from := len(l.page.Rows), l.filter.Offset
	p := site.Pages{About: "vragen", Shown: count(l.page.Total, "vraag", "vragen")}
	switch {
	case n == 0:
		p.Shown = "Geen vragen"
	case from > 0 || n < l.page.Total:
		p.Shown = fmt.Sprintf("%d tot en met %d van %d", from+1, from+n, l.page.Total)
	}
	if from > 0 {
		p.First, p.Previous = l.at(0), l.at(max(0, from-bankPage))
	}
	if from+n < l.page.Total {
		p.Next = l.at(from + n)
	}
	return p
}

// Columns of the list. Whoever writes has a box before each row, to let several
// questions lapse at once.
func (l *bankList) columns() []string {
	return []string{"Kenmerk", "Vraag", "Onderdeel", "Telt", "Stand", "Gewijzigd"}
}

func weighsText(q appropriateness.BankQuestion) string {
	switch {
	case q.Fixed != appropriateness.NotFixed:
		return "Vast"
	case q.Knockout:
		return "Knock-out, " + count(q.Weight, "punt", "punten")
	}
	return count(q.Weight, "punt", "punten")
}

func versionLine(r appropriateness.BankRow) string {
	switch {
	case r.InUse > 0 && r.InUse != r.Version:
		return fmt.Sprintf("versie %d, in gebruik: versie %d", r.Version, r.InUse)
	default:
		return fmt.Sprintf("versie %d", r.Version)
	}
}

func dayText(q appropriateness.BankQuestion) string { return calendar.Of(q.Written.At).Dutch() }
