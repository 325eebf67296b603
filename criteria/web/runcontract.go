package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// contractPage is what a run said of one contract, as a person reads it.
type contractPage struct {
	frame site.Work
	criteria.Contract
}

func (p runPages) one(r *http.Request, who staff.Session) (criteria.Contract, error) {
	return p.desk.Contract(r.Context(), who.Actor(), r.PathValue("id"), r.URL.Query().Get("kenmerk"))
}

func (p runPages) contract(r *http.Request, who staff.Session) (site.Reply, error) {
	c, err := p.one(r, who)
	if err != nil {
		return nil, err
	}
	v := contractPage{Contract: c}
	v.frame = p.frame(r, who, "Contract "+c.ID, toRuns, site.Link{Text: c.Run.Name + " naast " + c.Run.SetName, Href: runPath(c.Run.ID, "", nil)}, site.Link{Text: "Contracten", Href: runPath(c.Run.ID, "/contracten", nil)})
	v.frame.Wide = true
	return site.Page(http.StatusOK, contractView(v)), nil
}

// proof gives the proof of one contract as a file.
func (p runPages) proof(r *http.Request, who staff.Session) (site.Reply, error) {
	c, err := p.one(r, who)
	if err != nil {
		return nil, err
	}
	return site.Download("bewijs-"+c.Run.Day.String()+".txt", "text/plain; charset=utf-8", func(w io.Writer) error {
		_, err := w.Write(c.Proof.Text())
		return err
	}), nil
}

func (v contractPage) category(i int) string { return v.Run.Sum.Categories[i].Name }

// verdict says in a sentence what the category is and how sure that is.
func (v contractPage) verdict() (site.Tone, string) {
	d := v.Decision
	if d.Category == d.Highest {
		return site.Info, "Categorie " + v.category(d.Category)
	}
	return site.Warn, "Ten minste " + v.category(d.Category) + ", mogelijk " + v.category(d.Highest)
}

// open says what would decide, where the category is not certain.
func (v contractPage) open() string {
	d := v.Decision
	switch {
	case d.Category == d.Highest:
		return ""
	case d.Question < 0:
		return "Er is meer dan één ding onbekend; geen ervan beslist alleen."
	}
	f := v.Program.Fields()[d.Question]
	if f.Question != "" {
		return "Dit beslist: " + f.Question
	}
	return "Dit beslist: het veld " + f.Name + "."
}

func (v contractPage) values() []site.Term {
	var list []site.Term
	for i, f := range v.Program.Fields() {
		list = append(list, site.Term{Name: f.Name, Text: f.Type.Dutch(v.Row[i])})
	}
	return list
}

// ruleID is the name of a rule of the set.
func (v contractPage) ruleID(o criteria.Outcome) string { return v.Run.Sum.Rules[o.Rule].Name }

// heading names a rule, and why it holds where it does.
func (v contractPage) heading(o criteria.Outcome) string {
	if o.Truth == criteria.Yes {
		return v.ruleID(o) + ": " + v.Program.Reason(o.Rule, v.Row)
	}
	return v.ruleID(o) + ", voor categorie " + v.Program.Set().Rules[o.Rule].Category
}

// with are the rules with this outcome.
func (v contractPage) with(t criteria.Truth) (list []criteria.Outcome) {
	for _, o := range v.Decision.Rules {
		if o.Truth == t && o.Applies {
			list = append(list, o)
		}
	}
	return list
}

func (v contractPage) steps(o criteria.Outcome) site.Table {
	t := site.Table{
		Caption: "Vergelijkingen van regel " + v.ruleID(o), Hidden: true, Empty: "Deze regel vergelijkt niets.",
		Columns: []site.Column{{Name: "Vergelijking", Kind: "code"}, {Name: "Waarde"}, {Name: "Grens"}, {Name: "Uitkomst"}, {Name: "Norm"}},
	}
	for _, s := range o.Steps {
		limit := "–"
		if s.Threshold.Known {
			limit = s.Type.Dutch(s.Threshold)
		}
		says := s.Truth.Dutch()
		if s.Decides {
			says += ", dit geeft de doorslag"
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: s.Text}, {Text: s.Type.Dutch(s.Value)}, {Text: limit}, {Text: says}, {Text: s.Norm.Dutch(), Href: "/werk/normen/" + string(s.Norm)}})
	}
	return t
}

// change says what would turn the outcome of a rule round.
func (v contractPage) change(o criteria.Outcome) string {
	if len(o.Changes) == 0 {
		return ""
	}
	var parts []string
	for _, c := range o.Changes {
		f := v.Program.Fields()[c.Field]
		parts = append(parts, f.Name+" "+f.Type.Dutch(c.To)+" in plaats van "+f.Type.Dutch(c.From))
	}
	then := "Dan gold de regel niet: "
	if o.Truth == criteria.No {
		then = "Dan gold de regel wel: "
	}
	return then + strings.Join(parts, ", en ") + "."
}

// movedPage is the list of contracts that moved.
type movedPage struct {
	frame    site.Work
	run      criteria.Run
	move     criteria.RunMove
	list     []criteria.Moved
	at, next int
}

// askedMove reads which moves are asked for: all, where it names none that the run
// has.
func askedMove(r *http.Request, run criteria.Run) criteria.RunMove {
	for _, m := range run.Moves {
		if q := moveQuery(m); q.Get("van") == r.URL.Query().Get("van") && q.Get("naar") == r.URL.Query().Get("naar") {
			return m
		}
	}
	return criteria.RunMove{From: criteria.AnyCategory, To: criteria.AnyCategory}
}

func (p runPages) moved(r *http.Request, who staff.Session) (site.Reply, error) {
	run, err := p.desk.Run(r.Context(), who.Actor(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	v := movedPage{run: run, move: askedMove(r, run)}
	if n, err := strconv.Atoi(r.URL.Query().Get("vanaf")); err == nil && n > 0 {
		v.at = n
	}
	if v.list, v.next, err = p.desk.Moved(r.Context(), who.Actor(), run.ID, v.move, v.at, runPageSize); err != nil {
		return nil, err
	}
	v.frame = p.frame(r, who, "Verschoven contracten", toRuns, site.Link{Text: run.Name + " naast " + run.SetName, Href: runPath(run.ID, "", nil)})
	v.frame.Wide = true
	v.frame.Lead = "Contracten die van categorie wisselden sinds de vorige doorlichting van deze portefeuille met deze regelset."
	return site.Page(http.StatusOK, movedView(v)), nil
}

func (v movedPage) every() bool { return v.move.From == criteria.AnyCategory }

func (v movedPage) href(more string, at int) string {
	q := map[string][]string{}
	if !v.every() {
		q = moveQuery(v.move)
	}
	if at > 0 {
		q["vanaf"] = []string{strconv.Itoa(at)}
	}
	return runPath(v.run.ID, more, q)
}

func (v movedPage) turn() site.Pages {
	p := site.Pages{About: "contracten", Shown: contracts(len(v.list)) + " op deze bladzijde"}
	if v.at > 0 {
		p.First = v.href("/verschuivingen", 0)
	}
	if v.next >= 0 {
		p.Next = v.href("/verschuivingen", v.next)
	}
	return p
}

// kinds are the moves to choose from.
func (v movedPage) kinds() (list []site.Link) {
	for _, m := range v.run.Moves {
		list = append(list, site.Link{Text: moveName(m) + " (" + amount(m.Count) + ")", Href: runPath(v.run.ID, "/verschuivingen", moveQuery(m)), Here: m == v.move})
	}
	return list
}

func movedWords(m criteria.Moved) (from, to string) {
	if from = m.From; from == "" {
		from = "nieuw"
	}
	if to = m.To; to == "" {
		to = "weg"
	}
	return from, to
}

func (v movedPage) table() site.Table {
	t := site.Table{Caption: "Verschoven contracten", Hidden: true, Empty: "Er is geen contract verschoven.", Columns: []site.Column{{Name: "Contract", Kind: "code"}, {Name: "Was"}, {Name: "Is nu"}}}
	for _, m := range v.list {
		from, to := movedWords(m)
		cell := site.Cell{Text: m.ID}
		if run := v.run.ID; m.To != "" {
			cell.Href = contractPath(run, m.ID)
		}
		t.Rows = append(t.Rows, []site.Cell{cell, {Text: from}, {Text: to}})
	}
	return t
}

// exportMoved gives every contract that moved as the page shows them.
func (p runPages) exportMoved(r *http.Request, who staff.Session) (site.Reply, error) {
	run, err := p.desk.Run(r.Context(), who.Actor(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	move := askedMove(r, run)
	const portion = 10_000
	list, next, err := p.desk.Moved(r.Context(), who.Actor(), run.ID, move, 0, portion)
	if err != nil {
		return nil, err
	}
	return site.Download("verschuivingen-"+run.Day.String()+".csv", table.CSV.MediaType(), func(w io.Writer) error {
		out, err := table.New(table.CSV, w, table.Sheet{Columns: []table.Column{{Name: "kenmerk"}, {Name: "was"}, {Name: "is nu"}}})
		for err == nil {
			for _, m := range list {
				from, to := movedWords(m)
				if err := out.Row(m.ID, from, to); err != nil {
					return err
				}
			}
			if next < 0 {
				return out.Close()
			}
			list, next, err = p.desk.Moved(r.Context(), who.Actor(), run.ID, move, next, portion)
		}
		return err
	}), nil
}
