package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/internal/site"
	"zorgplicht/retention"
	"zorgplicht/staff"
)

type policyPage struct {
	frame    site.Work
	sets     bool
	kinds    []retention.About
	terms    []retention.Term
	problems []site.Problem
	failed   retention.Kind // whose form came back
	sent     func(string) string
}

// field is the id of a field of one kind's form.
func field(k retention.Kind, name string) string { return name + "-" + string(k) }

func (v policyPage) problem(k retention.Kind, name string) string {
	return problem(v.problems, field(k, name))
}

func (v policyPage) value(k retention.Kind, name string, now int64) string {
	if v.failed == k {
		return v.sent(field(k, name))
	}
	return strconv.FormatInt(now, 10)
}

func (p pages) policyPage(r *http.Request, who staff.Session) (v policyPage, err error) {
	v.frame = p.guard.Frame(r, who, "Eigen bewaarbeleid")
	v.frame.Trail = []site.Link{{Text: "Bewaren", Href: listPath}}
	v.frame.Lead = "De wet zegt hoelang iets ten minste blijft. Hoelang het ten hoogste blijft, bepaalt uw onderneming: niet langer dan nodig."
	v.sets, v.kinds = who.May(staff.DestroyRecords), p.desk.Kinds
	v.terms, err = p.desk.Policy(r.Context(), who.Account.Firm)
	return v, err
}

func (p pages) policy(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.policyPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showPolicy(v)), nil
}

func (p pages) setPolicy(r *http.Request, who staff.Session) (site.Reply, error) {
	kind := retention.Kind(r.PostFormValue("soort"))
	number := func(name string) int64 {
		n, err := strconv.ParseInt(strings.TrimSpace(r.PostFormValue(field(kind, name))), 10, 32)
		if err != nil {
			return -1
		}
		return n
	}
	err := p.desk.SetTerm(r.Context(), who.Actor(), retention.Term{Kind: kind, AtLeast: number("ondergrens"), AtMost: number("bovengrens")})
	if err == nil {
		return site.SeeOther(policyPath), nil
	}
	problems, ok := refused(err, map[string]string{"/at_least": field(kind, "ondergrens"), "/at_most": field(kind, "bovengrens")})
	if !ok {
		return nil, err
	}
	v, pageErr := p.policyPage(r, who)
	if pageErr != nil {
		return nil, errors.Join(err, pageErr)
	}
	v.problems, v.failed, v.sent, v.frame.Failed = problems, kind, r.PostFormValue, true
	return site.Page(http.StatusBadRequest, showPolicy(v)), nil
}

func (v policyPage) termOf(k retention.Kind) retention.Term {
	for _, t := range v.terms {
		if t.Kind == k {
			return t
		}
	}
	return retention.Term{Kind: k}
}

// law says what the decree asks of a kind.
func law(a retention.About) string {
	if a.Floor == 0 {
		return "Het besluit noemt hier geen termijn."
	}
	return "De wet vraagt ten minste " + months(a.Floor) + " (" + a.Norm.Dutch() + ")."
}
