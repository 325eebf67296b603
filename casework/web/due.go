package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// bandMore says what else a band holds.
func bandMore(b casework.Band) string {
	if b == casework.Overdue {
		return "die te laat zijn"
	}
	return strings.ToLower(b.Dutch()[:1]) + b.Dutch()[1:]
}

func teamHint(teams []string) string {
	if len(teams) == 0 {
		return "De lijst toont dan ook wat uw team in handen heeft."
	}
	return "De lijst toont dan ook wat uw team in handen heeft. Er zijn: " + strings.Join(teams, ", ") + "."
}

type duePage struct {
	frame    site.Work
	file     casework.File // of a line that belongs to no case: what it is about
	href     string        // of the case, or where the work is done
	due      casework.Due
	today    calendar.Date
	reasons  []rule.Reason
	names    map[string]string
	others   []Colleague
	works    bool
	problems []site.Problem
	until    string
	why      string
}

// dueOf finds the due that a request names, and of what.
func (p pages) dueOf(r *http.Request, who staff.Session, works bool) (v duePage, err error) {
	id, code := casework.ID(r.PathValue("zaak")), r.PathValue("code")
	if id == LooseCase && p.Loose != nil {
		i, err := p.Loose.Line(r.Context(), who, code)
		a, _ := p.desk.About(i.Of.Kind)
		switch v.works = who.May(a.Do); {
		case err != nil:
			return v, err
		case works && !v.works:
			return v, fault.New(fault.Denied, "not-allowed", string(a.Do))
		}
		v.due, v.file.Case, v.href = i.Due, i.Of, i.Href
		v.file.ID = LooseCase
		return v, nil
	}
	var a casework.About
	if v.file, a, v.works, err = p.file(r, who, id, works); err != nil {
		return v, err
	}
	v.href = a.Href(v.file.ID)
	for _, d := range v.file.Dues {
		if d.Code == code {
			v.due = d
			return v, nil
		}
	}
	return v, fault.New(fault.NotFound, "unknown-due", "")
}

func (p pages) duePage(r *http.Request, who staff.Session, works bool) (v duePage, err error) {
	if v, err = p.dueOf(r, who, works); err != nil {
		return v, err
	}
	v.frame = p.guard.Frame(r, who, v.due.Title)
	v.frame.Trail = []site.Link{{Text: "Vandaag", Href: todayPath}, {Text: cmp.Or(v.file.Number, v.file.Title), Href: v.href}}
	v.today = p.desk.Today()
	if v.due.Asked.Rule != "" {
		if v.reasons, err = p.Explain(v.due.Asked); err != nil {
			return v, err
		}
	}
	if v.names, v.others, err = p.names(r, who.Account.Firm); err != nil {
		return v, err
	}
	v.others, err = p.hands(r, who, v.file.Case, v.others)
	return v, err
}

// loose reports whether the due belongs to no case.
func (v duePage) loose() bool { return v.file.ID == LooseCase }

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.duePage(r, who, false)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showDue(v)), nil
}

func (v duePage) terms() []site.Term {
	terms := []site.Term{{Name: "Zaak", Text: strings.TrimSpace(v.file.Number + " " + v.file.Title)}, {Name: "Uiterlijk", Text: v.due.Day.DutchDay() + left(v.today.DaysUntil(v.due.Day))}}
	if v.due.Norm != "" {
		terms = append(terms, site.Term{Name: "Norm", Body: normLink(v.due.Norm)})
	}
	i := casework.Item{Due: v.due, Of: v.file.Case}
	hand := v.names[i.Hand()]
	if hand == "" {
		hand = "nog niemand"
	}
	terms = append(terms, site.Term{Name: "Door", Text: hand})
	if v.loose() {
		terms[0].Name = "Waarover"
	} else {
		terms = append(terms, site.Term{Name: "Schade voor de klant", Text: v.file.Harm.Dutch()})
	}
	if !v.due.Until.IsZero() {
		terms = append(terms, site.Term{Name: "Herinnering uitgesteld tot", Text: v.due.Until.Dutch()})
	}
	return terms
}

func left(n int) string {
	switch {
	case n < -1:
		return ", " + number(-n) + " dagen te laat"
	case n == -1:
		return ", één dag te laat"
	case n == 0:
		return ", vandaag"
	case n == 1:
		return ", morgen"
	}
	return ", over " + number(n) + " dagen"
}

// failed reports whether one of these fields came back with what was wrong.
func (v duePage) failed(fields ...string) bool {
	return slices.ContainsFunc(v.problems, func(p site.Problem) bool { return slices.Contains(fields, p.Field) })
}

var dueFields = map[string]string{"/until": "tot", "/why": "reden", "/for": "aan"}

func (p pages) act(r *http.Request, who staff.Session, do func(duePage) error) (site.Reply, error) {
	v, err := p.duePage(r, who, true)
	if err != nil {
		return nil, err
	}
	err = do(v)
	if problems, ok := refused(err, dueFields); ok {
		v.problems, v.frame.Failed = problems, true
		v.until, v.why = r.PostFormValue("tot"), r.PostFormValue("reden")
		return site.Page(http.StatusBadRequest, showDue(v)), nil
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(todayPath), nil
}

func (p pages) snooze(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(v duePage) error {
		until, _ := calendar.Parse(r.PostFormValue("tot")) // no day is refused as a day that is past
		if v.loose() {
			return p.Loose.Snooze(r.Context(), who.Actor(), v.due.Code, until, r.PostFormValue("reden"))
		}
		return p.desk.Snooze(r.Context(), who.Actor(), v.file.ID, v.due.Code, until, r.PostFormValue("reden"))
	})
}

func (p pages) handOver(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(v duePage) error {
		if v.loose() {
			return p.Loose.HandOver(r.Context(), who.Actor(), v.due.Code, r.PostFormValue("aan"))
		}
		return p.desk.HandOver(r.Context(), who.Actor(), v.file.ID, v.due.Code, r.PostFormValue("aan"))
	})
}

func (p pages) end(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(v duePage) error {
		return p.desk.EndTask(r.Context(), who.Actor(), v.file.ID, v.due.Code)
	})
}

func choicesOf(all []Colleague, none string) []site.Choice {
	choices := []site.Choice{{Text: none}}
	for _, c := range all {
		choices = append(choices, site.Choice{Value: c.ID, Text: c.Name})
	}
	return choices
}

func number(n int) string { return strconv.Itoa(n) }
