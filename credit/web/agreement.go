package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/credit"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/money"
	"zorgplicht/staff"
)

// An agreementForm asks what a document on one agreement needs.
type agreementForm struct {
	frame    site.Work
	kind     credit.PaperKind
	in       map[string]string
	problems []site.Problem
}

var agreementFields = []string{"kenmerk", "kosten", "boekingen", "rentes", "tot", "telling", "dag", "oud", "nieuw", "saldo", "maandbedrag"}

// agreementField leads what the room refused to the field of the page.
func agreementField(at string) string {
	switch {
	case strings.HasPrefix(at, "/entries"):
		return "boekingen"
	case strings.HasPrefix(at, "/rates"):
		return "rentes"
	}
	return map[string]string{
		"/reference": "kenmerk", "/cost": "kosten", "/until": "tot", "/counting": "telling", "/on": "dag",
		"/old_percent": "oud", "/new_percent": "nieuw", "/balance": "saldo", "/payment": "maandbedrag",
	}[at]
}

func (p pages) agreementForm(r *http.Request, who staff.Session) (f agreementForm, err error) {
	f.kind = kindOf(r.PathValue("soort"))
	if !slices.Contains([]credit.PaperKind{credit.Statement, credit.FinalBill, credit.Notice}, f.kind) {
		return f, fault.New(fault.NotFound, "no-such-page", "")
	}
	f.frame = p.guard.Frame(r, who, credit.PaperText(f.kind)+" maken")
	f.frame.Trail = []site.Link{{Text: "Kredietstukken", Href: papersPath}}
	return f, nil
}

func (p pages) showAgreement(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.agreementForm(r, who)
	if err != nil {
		return nil, err
	}
	today := p.house.Today().String()
	f.in = map[string]string{"tot": today, "dag": today, "telling": credit.MonthDays, "kenmerk": r.URL.Query().Get("kenmerk")}
	return site.Page(http.StatusOK, agreementPage(f)), nil
}

func (p pages) issueAgreement(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.agreementForm(r, who)
	if err != nil {
		return nil, err
	}
	f.in = map[string]string{}
	for _, name := range agreementFields {
		f.in[name] = strings.TrimSpace(r.PostFormValue(name))
	}
	a := f.agreement()
	issue := p.desk.IssueAccount
	if f.kind == credit.Notice {
		issue = p.desk.IssueNotice
	}
	if len(f.problems) == 0 {
		var paper credit.Paper
		if paper, err = issue(r.Context(), who.Actor(), a); err == nil {
			return site.SeeOther(paperPath(paper.ID)), nil
		}
	} else {
		err = a.Check()
	}
	more, ok := refused(err, "invalid-credit-paper", agreementField)
	if err != nil && !ok {
		return nil, err
	}
	for _, m := range more {
		if problemOf(f.problems, m.Field) == "" {
			f.problems = append(f.problems, m)
		}
	}
	f.frame.Failed = true
	return site.Page(http.StatusBadRequest, agreementPage(f)), nil
}

func (f *agreementForm) wrong(field, text string) {
	f.problems = append(f.problems, site.Problem{Field: field, Text: text})
}

// agreement reads the fields; what cannot be read is noted.
func (f *agreementForm) agreement() credit.Agreement {
	a := credit.Agreement{Reference: f.in["kenmerk"]}
	if f.kind == credit.Notice {
		c := &credit.ChangeIn{Old: f.number("oud"), New: f.number("nieuw"), Balance: f.number("saldo"), Payment: f.number("maandbedrag")}
		if d, ok := day(f.in["dag"]); ok {
			c.On = &d
		}
		a.Change = c
		return a
	}
	if d := f.number("kosten"); d != nil {
		a.Cost = d.String()
	}
	in := &credit.AccountIn{}
	if d, ok := day(f.in["tot"]); ok {
		in.Until = &d
	}
	if f.in["telling"] != "" {
		in.Count = new(f.in["telling"])
	}
	if f.kind == credit.FinalBill {
		in.Settled = new(true)
	}
	f.lines("boekingen", 3, "dag, soort en bedrag, zoals: 2026-01-05 opname 1000,00", func(part []string) bool {
		d, ok := day(part[0])
		kind := entryWords[strings.ToLower(part[1])]
		sum, err := parse(part[2])
		in.Entries = append(in.Entries, credit.Entry{On: &d, Kind: kind, Amount: &sum})
		return ok && kind != "" && err == nil
	})
	f.lines("rentes", 2, "dag en rente per jaar, zoals: 2026-01-01 9,8", func(part []string) bool {
		d, ok := day(part[0])
		rate, err := parse(part[1])
		in.Rates = append(in.Rates, credit.RateFrom{From: &d, Rate: &rate})
		return ok && err == nil
	})
	a.Account = in
	return a
}

var entryWords = map[string]string{"opname": "draw", "kosten": "charge", "betaling": "pay"}

// lines reads a field of a line each.
func (f *agreementForm) lines(field string, parts int, form string, read func([]string) bool) {
	nr := 0
	for line := range strings.Lines(f.in[field]) {
		nr++
		part := strings.Fields(strings.ReplaceAll(line, ";", " "))
		if len(part) == 0 {
			continue
		}
		if len(part) != parts || !read(part) {
			f.wrong(field, "Schrijf op regel "+strconv.Itoa(nr)+" "+form+".")
			return
		}
	}
}

func (f *agreementForm) number(field string) *money.Decimal {
	if f.in[field] == "" {
		return nil
	}
	d, err := parse(f.in[field])
	if err != nil {
		f.wrong(field, "Geef een getal, zoals 7,5.")
		return nil
	}
	return &d
}

func (f agreementForm) problem(field string) string { return problemOf(f.problems, field) }
