package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/retention"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

type onePage struct {
	frame    site.Work
	file     retention.File
	holds    bool // may place one
	opens    bool // may read the record itself
	lifts    bool
	names    func(string) string
	problems []site.Problem
	sent     func(string) string
}

func (v onePage) problem(field string) string { return problem(v.problems, field) }

func (p pages) onePage(r *http.Request, who staff.Session) (v onePage, err error) {
	if v.file, err = p.desk.File(r.Context(), who.Account.Firm, refOf(r)); err != nil {
		return v, err
	}
	if d := v.file.Decision; d.Rule != "" && p.Explain != nil {
		if v.file.Law, err = p.Explain(d); err != nil {
			return v, err
		}
	}
	v.frame = p.guard.Frame(r, who, "Bewaren van "+v.file.About.Dutch+" "+v.file.Label)
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Bewaren", Href: listPath}}, true
	v.holds, v.lifts = who.May(staff.HoldRecords) && !v.file.Destroyed, who.May(staff.DestroyRecords)
	v.opens = who.May(p.Opens[v.file.Kind])
	v.sent = func(string) string { return "" }
	v.names, err = p.Names(r.Context(), who.Account.Firm)
	return v, err
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.onePage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showOne(v)), nil
}

var oneFields = map[string]string{"/why": "reden", "/lift": "opheffen", "/parent": "dossier"}

// step changes something about a record and shows its page again where it is refused.
func (p pages) step(r *http.Request, who staff.Session, do func() error) (site.Reply, error) {
	err := do()
	if err == nil {
		return site.SeeOther(onePath(refOf(r))), nil
	}
	problems, ok := refused(err, oneFields)
	if !ok {
		return nil, err
	}
	v, err := p.onePage(r, who)
	if err != nil {
		return nil, err
	}
	v.problems, v.frame.Failed, v.sent = problems, true, r.PostFormValue
	return site.Page(http.StatusBadRequest, showOne(v)), nil
}

func (p pages) hold(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, func() error { return p.desk.Hold(r.Context(), who.Actor(), refOf(r), r.PostFormValue("reden")) })
}

func (p pages) lift(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, func() error {
		return p.desk.Lift(r.Context(), who.Actor(), refOf(r), r.PostFormValue("bewaarplicht"), r.PostFormValue("opheffen"))
	})
}

// join finds the other record by the number that people know it by.
func (p pages) join(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, func() error {
		label := strings.TrimSpace(r.PostFormValue("dossier"))
		if label == "" {
			return p.desk.Join(r.Context(), who.Actor(), refOf(r), retention.Ref{})
		}
		found, err := p.desk.Lines(r.Context(), who.Account.Firm, retention.Filter{Sought: label, Sort: retention.ByEarliest, Most: 200})
		if err != nil {
			return err
		}
		for _, l := range found.Rows {
			if strings.EqualFold(l.Label, label) {
				return p.desk.Join(r.Context(), who.Actor(), refOf(r), l.Ref)
			}
		}
		return fault.All("invalid-joining", []fault.Detail{{Pointer: "/parent", Reason: "unknown", Text: "Er is geen dossier met dit nummer. Neem het over van de lijst."}})
	})
}

func (v onePage) tag() site.Tag {
	if v.file.Destroyed {
		return stateTags[retention.Vanished]
	}
	return stateTags[v.file.Answer.State]
}

// headline is the answer in one sentence.
func (v onePage) headline() string {
	a := v.file.Answer
	switch {
	case v.file.Destroyed:
		return "De inhoud van dit dossier is vernietigd. Alleen nummer, dagen en wat overzichten tellen zijn er nog."
	case a.State == retention.MustGo:
		return "Dit moet weg: het mocht er blijven tot en met " + a.Latest.V.Dutch() + "."
	case a.State == retention.MayGo:
		return "Dit mag weg sinds " + a.Earliest.V.Dutch() + ", en moet weg na " + a.Latest.V.Dutch() + "."
	case a.State == retention.Kept:
		return "Dit moet blijven tot en met " + a.Earliest.V.AddDays(-1).Dutch() + ", en moet weg na " + a.Latest.V.Dutch() + "."
	case a.State == retention.Held:
		return "Dit wordt vastgehouden en mag niet weg."
	case a.State == retention.Waiting:
		return "Dit mag niet weg zolang er iets bij hoort dat moet blijven."
	}
	return "Dit moet blijven. Tot wanneer is nog niet bekend, want de termijn is nog niet begonnen."
}

// path is the page of the record itself.
func (v onePage) path() string {
	return cmp.Or(v.file.Page, v.file.About.Path+"/"+v.file.ID)
}

// reasons are those of the room's own rule, where it has one, and ours.
func (v onePage) reasons() []rule.Reason { return slices.Concat(v.file.Law, v.file.Answer.Because) }

// changes says what would make the days another.
func (v onePage) changes() []string {
	f := v.file
	all := []string{"De termijnen beginnen op " + f.Trigger + ".", f.Changes, "Een bewaarplicht houdt dit dossier vast tot iemand haar opheft. Daarna gelden de termijnen weer."}
	if f.LawNorm != "" {
		all = append(all, "Een ander eigen beleid kan de dagen later maken, maar nooit vroeger dan de wet vraagt.")
	} else {
		all = append(all, "Een ander eigen beleid maakt de dagen vroeger of later: het besluit noemt hier geen termijn.")
	}
	if len(f.Children) > 0 {
		all = append(all, "Wordt wat erbij hoort vernietigd of losgemaakt, dan telt dat niet meer mee.")
	}
	return all
}

func (v onePage) terms() []site.Term {
	f := v.file
	t := []site.Term{
		{Name: "Begonnen", Text: f.Began.DutchDay()},
		{Name: "Geëindigd", Text: cmp.Or(f.Ended.Dutch(), "nog niet bekend")},
		{Name: "Mag weg vanaf", Text: cmp.Or(f.Answer.Earliest.V.Dutch(), "nog niet bekend")},
		{Name: "Moet weg na", Text: cmp.Or(f.Answer.Latest.V.Dutch(), "nog niet bekend")},
		{Name: "Eigen beleid", Text: "ten minste " + months(f.Term.AtLeast) + ", ten hoogste " + months(f.Term.AtMost)},
	}
	if !f.Reopened.IsZero() {
		t = append(t, site.Term{Name: "Heropend", Text: f.Reopened.DutchDay()})
	}
	if f.Parent != nil {
		t = append(t, site.Term{Name: "Hoort bij", Body: link(onePath(f.Parent.Ref), f.Parent.Label)})
	}
	return t
}

func (v onePage) holdTable() site.Table {
	t := site.Table{Caption: "Bewaarplichten", Hidden: true, Empty: "Er is geen bewaarplicht.", Columns: []site.Column{{Name: "Sinds", Kind: "date"}, {Name: "Reden"}, {Name: "Door"}, {Name: "Opgeheven"}}}
	for _, h := range v.file.Holds {
		lifted := "nog niet"
		if !h.Lifted.Null {
			lifted = h.Lifted.V.Dutch() + ", " + v.names(h.LiftedBy)
			if h.LiftWhy != "" {
				lifted += ": " + h.LiftWhy
			}
		}
		why := h.Why
		if why == "" {
			why = "met het dossier vernietigd"
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: h.Placed.Dutch()}, {Text: why}, {Text: v.names(h.By)}, {Text: lifted}})
	}
	return t
}

func (v onePage) open() []site.Choice {
	var choices []site.Choice
	for _, h := range v.file.Holds {
		if h.Lifted.Null {
			choices = append(choices, site.Choice{Value: h.ID, Text: "Sinds " + h.Placed.Dutch() + ": " + h.Why})
		}
	}
	return choices
}

func (v onePage) family() site.Table {
	t := site.Table{Caption: "Wat hierbij hoort", Hidden: true, Empty: "Er hoort niets bij dit dossier.", Columns: []site.Column{{Name: "Dossier", Kind: "code"}, {Name: "Mag weg vanaf", Kind: "date"}}}
	for _, c := range v.file.Children {
		t.Rows = append(t.Rows, []site.Cell{{Text: c.Label, Href: onePath(c.Ref)}, {Text: cmp.Or(c.Earliest.Dutch(), "nog niet bekend")}})
	}
	return t
}
