package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

const togetherPath = casesPath + "/samen"

// Together lets whoever works on them choose cases in a list, to give them to somebody,
// or set a task or write a note under each, at once: Choose of the table names each.
var Together = site.Together{Action: togetherPath, Button: "Gekozen zaken samen bijwerken"}

// A gate is what somebody may do with cases, as a page asks it.
type gate struct {
	pages
	r      *http.Request
	who    staff.Session
	others []Colleague
}

// Works opens a case to work on it. The page shows of it what a list shows, so that it
// was opened is not recorded.
func (g gate) Works(_ context.Context, id casework.ID) (casework.Case, error) {
	f, _, _, err := g.part(g.r, g.who, id, true, "")
	return f.Case, err
}

// Fits reports whether somebody can be given a case: one that is for few by those only.
func (g gate) Fits(_ context.Context, c casework.Case, account string) (bool, error) {
	some, err := g.hands(g.r, g.who, c, g.others)
	return among(some, account), err
}

// Close ends a case as its room does.
func (g gate) Close(ctx context.Context, c casework.Chosen, k casework.Kind, try bool) error {
	return g.Options.Close(ctx, g.who, c, k, try)
}

func among(all []Colleague, id string) bool {
	return slices.ContainsFunc(all, func(c Colleague) bool { return c.ID == id })
}

type togetherPage struct {
	frame    site.Work
	all      []casework.Jointed
	about    func(casework.Kind) (casework.About, bool)
	tried    bool // shown as it would be
	done     bool
	joint    casework.Joint
	value    func(string) string // what was typed in a field
	names    map[string]string
	others   []Colleague
	problems []site.Problem
}

// jointFields are the fields of the form.
var jointFields = []string{"behandelaar", "team", "taak", "taakdag", "notitie", "sluiten"}

var jointPointers = map[string]string{"/handler": "behandelaar", "/team": "team", "/title": "taak", "/day": "taakdag", "/text": "notitie", "/close": "sluiten"}

// jointOf reads what is to be done to the cases.
func jointOf(r *http.Request) casework.Joint {
	typed := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	return casework.Joint{
		Handler: typed("behandelaar"), Team: typed("team"), Note: typed("notitie"), Close: typed("sluiten") != "",
		Task: casework.Task{Title: typed("taak"), Day: DayOf(r, "taakdag")},
	}
}

// chosen reads which cases are meant: "id", or with the revision that was shown
// "id.revision". What we did not write is left out.
func chosen(sent []string) (all []casework.Chosen) {
	for _, s := range sent {
		id, rev, seen := strings.Cut(s, ".")
		c := casework.Chosen{ID: casework.ID(id), Saw: -1}
		if seen {
			c.Saw, _ = strconv.ParseInt(rev, 10, 64) // none is told that the case changed
		}
		if ident.Valid(id) && !slices.ContainsFunc(all, func(o casework.Chosen) bool { return o.ID == c.ID }) {
			all = append(all, c)
		}
	}
	return all
}

func (p pages) togetherPage(r *http.Request, who staff.Session) (v togetherPage, err error) {
	if err := r.ParseForm(); err != nil {
		return v, fault.Because(fault.Invalid, "unreadable-form", err)
	}
	v.frame = p.guard.Frame(r, who, "Zaken samen bijwerken")
	v.value, v.about = r.PostFormValue, p.desk.About
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Zaken", Href: casesPath}}, true
	if v.names, v.others, err = p.names(r, who.Account.Firm); err != nil {
		return v, err
	}
	all := chosen(r.Form["k"])
	switch {
	case len(all) == 0:
		v.problems = []site.Problem{{Text: "Kies een of meer zaken uit de lijst."}}
	case len(all) > casework.MostTogether:
		v.problems = []site.Problem{{Text: fmt.Sprintf("Kies hoogstens %d zaken tegelijk.", casework.MostTogether)}}
		return v, nil
	}
	v.all, err = p.desk.Gather(r.Context(), gate{p, r, who, v.others}, all)
	return v, err
}

func (p pages) showTogether(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.togetherPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showTogether(v)), nil
}

// together shows what would become of the chosen cases, or does it.
func (p pages) together(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.togetherPage(r, who)
	if err != nil {
		return nil, err
	}
	v.joint = jointOf(r)
	step := r.PostFormValue("stap")
	if step == "aanpassen" && len(v.problems) == 0 {
		return site.Page(http.StatusOK, showTogether(v)), nil
	}
	if len(v.problems) == 0 {
		done, err := p.desk.Together(r.Context(), who.Actor(), gate{p, r, who, v.others}, v.all, v.joint, step != "doen", casework.Request{})
		problems, ok := refused(err, jointPointers)
		if err != nil && !ok {
			return nil, err
		}
		v.problems = problems
		if !ok {
			v.all = done
		}
	} else {
		wrong, err := p.desk.JointWrong(r.Context(), who.Account.Firm, v.joint)
		if err != nil {
			return nil, err
		}
		for _, d := range wrong {
			v.problems = append(v.problems, site.Problem{Field: jointPointers[d.Pointer], Text: d.Text})
		}
	}
	if len(v.problems) > 0 {
		v.frame.Failed = true
		return site.Page(http.StatusBadRequest, showTogether(v)), nil
	}
	v.done = step == "doen"
	v.tried = !v.done
	return site.Page(http.StatusOK, showTogether(v)), nil
}

func (v togetherPage) problem(field string) string { return problem(v.problems, field) }

// can counts those that are not refused.
func (v togetherPage) can() (n int) {
	for _, g := range v.all {
		if g.Refused == nil {
			n++
		}
	}
	return n
}

func (v togetherPage) heading() string {
	switch n := v.can(); {
	case v.tried:
		return fmt.Sprintf("Voorbeeld: %d van de %d zaken", n, len(v.all))
	case v.done && n == 1 && len(v.all) == 1:
		return "Gedaan: de zaak is bijgewerkt"
	case v.done && n == len(v.all):
		return fmt.Sprintf("Gedaan: %d zaken zijn bijgewerkt", n)
	case v.done && n == 1:
		return fmt.Sprintf("1 van de %d zaken is bijgewerkt", len(v.all))
	case v.done:
		return fmt.Sprintf("%d van de %d zaken zijn bijgewerkt", n, len(v.all))
	}
	return fmt.Sprintf("Gekozen: %d", len(v.all))
}

// button says what pressing it does.
func (v togetherPage) button() string {
	if n := v.can(); n > 1 {
		return fmt.Sprintf("Deze %d zaken bijwerken", n)
	}
	return "Deze zaak bijwerken"
}

var closeChoices = []site.Choice{{Text: "Nee"}, {Value: "ja", Text: "Ja, wat daar klaar voor is"}}

// hand says who has a case.
func (v togetherPage) hand(c casework.Case) string {
	who := "nog niemand"
	if c.Handler != "" {
		who = cmp.Or(v.names[c.Handler], "een oud-medewerker")
	}
	if c.Team != "" {
		who += ", team " + c.Team
	}
	return who
}

// adds says what is set or written under each case.
func (v togetherPage) adds() (all []site.Term) {
	if t := v.joint.Task; t != (casework.Task{}) {
		all = append(all, site.Term{Name: "Taak bij elke zaak", Text: t.Title + ", uiterlijk " + t.Day.DutchDay()})
	}
	if v.joint.Note != "" {
		all = append(all, site.Term{Name: "Notitie bij elke zaak", Body: noteText(v.joint.Note)})
	}
	return all
}

// added names that in the line of a case.
func (v togetherPage) added() string {
	var all []string
	if v.joint.Task != (casework.Task{}) {
		all = append(all, "taak")
	}
	if v.joint.Note != "" {
		all = append(all, "notitie")
	}
	return strings.Join(all, " en ")
}

func (v togetherPage) table() site.Table {
	t := site.Table{Caption: "Per zaak", Hidden: true, Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Waarover"}, {Name: "Was van"}, {Name: "Wordt van"}}}
	if v.done {
		t.Columns[3].Name = "Is nu van"
	}
	if v.joint.Close {
		t.Columns[3].Name = "Stand"
	}
	for _, g := range v.all {
		to := site.Cell{Text: "–"}
		switch {
		case g.Refused != nil:
			to = site.Cell{Tag: &site.Tag{Tone: site.Bad, Text: "niet: " + g.Refused.Text}}
		case v.tried || v.done:
			to.Text = v.hand(g.Is)
			if v.joint.Close {
				to.Text = map[bool]string{true: "gesloten", false: "wordt gesloten"}[v.done]
			}
			if also := v.added(); also != "" {
				to.Text += "; komt erbij: " + also
			}
		}
		if g.Was.ID == "" {
			t.Rows = append(t.Rows, []site.Cell{{Text: "onbekend"}, {Text: "–"}, {Text: "–"}, to})
			continue
		}
		a, _ := v.about(g.Was.Kind)
		t.Rows = append(t.Rows, []site.Cell{{Text: g.Was.Number, Href: a.Href(g.ID)}, {Text: g.Was.Title}, {Text: v.hand(g.Was)}, to})
	}
	return t
}

func (v togetherPage) hands() []site.Choice {
	return slices.Insert(choicesOf(v.others, "Laat zoals het is"), 1, site.Choice{Value: casework.None, Text: "Niemand"})
}

// key is how a form names a case with the revision that it shows.
func key(g casework.Jointed) string { return string(g.ID) + "." + strconv.FormatInt(g.Saw, 10) }
