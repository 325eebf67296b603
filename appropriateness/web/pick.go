package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A pickPage is the list on which an author ticks the questions of a design. One
// form filters by GET and keeps by POST, so that no tick is lost on the way: what
// the filter hides goes along unseen.
type pickPage struct {
	asking
	frame  site.Work
	draft  appropriateness.Draft
	active []appropriateness.BankQuestion
	ticked map[appropriateness.QuestionID]bool
}

// The ways to choose: all that is active, now and later, or what is ticked.
const (
	pickAll  = "alle"
	pickSome = "kies"
)

var pickElements = choicesOf("Alle onderdelen", appropriateness.BankElements, bankElementText)

func pickPath(id string) string { return testPath(id) + "/vragen" }

func (p testPages) showPick(r *http.Request, who staff.Session) (site.Reply, error) {
	k, err := p.picking(r, who, r.URL.Query())
	if err != nil {
		return nil, err
	}
	if len(k.problems) > 0 {
		k.frame.Failed = true
		return site.Page(http.StatusBadRequest, pickQuestions(k)), nil
	}
	return site.Page(http.StatusOK, pickQuestions(k)), nil
}

// picking reads the page as it was asked: with the ticks of the form, or at first
// with those of the design.
func (p testPages) picking(r *http.Request, who staff.Session, form url.Values) (k pickPage, err error) {
	f, err := p.desk.TestFile(r.Context(), who.Actor(), r.PathValue("id"))
	if err != nil {
		return k, err
	}
	if f.Draft == nil {
		return k, fault.New(fault.NotFound, "unknown-design", f.ID)
	}
	k = pickPage{asking: asking{asked: form}, frame: p.below(r, who, "Vragen kiezen"), draft: *f.Draft, ticked: map[appropriateness.QuestionID]bool{}}
	d := f.Draft.Design
	if k.active, err = p.desk.ActiveQuestions(r.Context(), who.Actor(), d.Product, d.Language); err != nil {
		return k, err
	}
	k.active = slices.DeleteFunc(k.active, func(q appropriateness.BankQuestion) bool {
		return !slices.Contains(appropriateness.Elements, q.Element) && (q.Element != appropriateness.TargetGroup || d.Policy.Outside == "")
	})
	if !form.Has("keuze") {
		k.begin()
		return k, nil
	}
	for _, id := range form["vraag"] {
		k.ticked[appropriateness.QuestionID(id)] = true
	}
	k.oneOf("keuze", pickChoices)
	k.oneOf("onderdeel", pickElements)
	return k, nil
}

// begin ticks what the design holds: where it chose nothing, all.
func (k *pickPage) begin() {
	chosen := k.draft.Design.Questions
	k.asked = url.Values{"keuze": {pickSome}, "gezien": {strconv.Itoa(k.draft.Revision)}}
	for _, id := range chosen {
		k.ticked[id] = true
	}
	if len(chosen) > 0 {
		return
	}
	k.asked.Set("keuze", pickAll)
	for _, q := range k.active {
		k.ticked[q.ID] = true
	}
}

// pick keeps the choice in the design and leads to its test.
func (p testPages) pick(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, fault.Because(fault.Invalid, "bad-form", err)
	}
	k, err := p.picking(r, who, r.PostForm)
	if err != nil {
		return nil, err
	}
	design := k.draft.Design
	design.Questions = k.choice()
	if k.value("keuze") == pickSome && len(design.Questions) == 0 {
		k.wrong("keuze", "Kruis ten minste één vraag aan, of kies voor alle actieve vragen.")
	}
	status := http.StatusBadRequest
	if len(k.problems) == 0 {
		saw, _ := strconv.Atoi(k.value("gezien"))
		_, err := p.desk.WriteDesign(r.Context(), who.Actor(), appropriateness.DesignWriting{Design: design, Saw: max(saw, 1)})
		if err == nil {
			return site.SeeOther(testPath(design.ID)), nil
		}
		if k.problems, err = refused(err); err != nil {
			return nil, err
		}
		status = http.StatusConflict
	}
	k.frame.Failed = true
	return site.Page(status, pickQuestions(k)), nil
}

var pickChoices = []site.Choice{
	{Value: pickAll, Text: "Alle actieve vragen over dit product", Hint: "Ook vragen die later actief worden, komen in een volgende versie."},
	{Value: pickSome, Text: "Alleen de vragen die ik aankruis"},
}

// choice is what is kept: nothing where all that is active belongs to the test. The
// fixed questions always do, and need no tick.
func (k pickPage) choice() []appropriateness.QuestionID {
	ids := []appropriateness.QuestionID{}
	if k.value("keuze") == pickAll {
		return ids
	}
	for id := range k.ticked {
		if !slices.ContainsFunc(k.active, func(q appropriateness.BankQuestion) bool { return q.ID == id && q.Fixed != appropriateness.NotFixed }) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// holds reports whether the test would hold this question.
func (k pickPage) holds(q appropriateness.BankQuestion) bool {
	return k.value("keuze") == pickAll || q.Fixed != appropriateness.NotFixed || k.ticked[q.ID]
}

// shows reports whether the filter lets this question through.
func (k pickPage) shows(q appropriateness.BankQuestion) bool {
	sought := strings.ToLower(k.value("zoek"))
	words := strings.ToLower(strings.Join([]string{string(q.ID), q.Family, q.Scenario, q.Text}, " "))
	element := k.value("onderdeel")
	return strings.Contains(words, sought) && (element == "" || element == string(q.Element))
}

// hidden are the ticks that the filter does not show.
func (k pickPage) hidden() (ids []string) {
	for _, q := range k.active {
		if k.ticked[q.ID] && q.Fixed == appropriateness.NotFixed && !k.shows(q) {
			ids = append(ids, string(q.ID))
		}
	}
	return ids
}

// gone are the ticks on what is not active.
func (k pickPage) gone() (ids []string) {
	for id := range k.ticked {
		if !slices.ContainsFunc(k.active, func(q appropriateness.BankQuestion) bool { return q.ID == id }) {
			ids = append(ids, string(id))
		}
	}
	slices.Sort(ids)
	return ids
}

// A pickGroup is one element with the families that are shown.
type pickGroup struct {
	element  appropriateness.Element
	families []pickFamily
}

// A pickFamily holds the questions that ask the same in other words.
type pickFamily struct {
	name      string
	questions []appropriateness.BankQuestion
	held      int
}

func (f pickFamily) legend() string {
	return f.name + ": " + strconv.Itoa(f.held) + " van " + count(len(f.questions), "vraag", "vragen") + " in de toets"
}

func (k pickPage) groups() (groups []pickGroup) {
	for _, e := range appropriateness.BankElements {
		byName := map[string]int{}
		g := pickGroup{element: e}
		for _, q := range k.active {
			if q.Element != e || !k.shows(q) {
				continue
			}
			i, ok := byName[q.Family]
			if !ok {
				i = len(g.families)
				byName[q.Family] = i
				g.families = append(g.families, pickFamily{name: q.Family})
			}
			g.families[i].questions = append(g.families[i].questions, q)
			if k.holds(q) {
				g.families[i].held++
			}
		}
		slices.SortFunc(g.families, func(a, b pickFamily) int { return strings.Compare(a.name, b.name) })
		if len(g.families) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// supply holds what is ticked against the blueprint, element by element. A form
// takes one question of a family, so it is families that count.
func (k pickPage) supply() site.Table {
	t := site.Table{Caption: "Gekozen, naast de opbouw van de vragenlijst", Columns: []site.Column{
		{Name: "Onderdeel"}, {Name: "Nodig", Kind: "number"}, {Name: "Families", Kind: "number"}, {Name: "Vragen", Kind: "number"}, {Name: "Stand"},
	}}
	for _, e := range appropriateness.Elements {
		families, questions := map[string]bool{}, 0
		for _, q := range k.active {
			if q.Element == e && k.holds(q) {
				families[q.Family] = true
				questions++
			}
		}
		need := k.draft.Design.Blueprint.Elements[e]
		tag := supplyTag(max(need, 1), len(families))
		t.Rows = append(t.Rows, []site.Cell{{Text: bankElementText(e)}, {Text: strconv.Itoa(need)}, {Text: strconv.Itoa(len(families))}, {Text: strconv.Itoa(questions)}, {Tag: &tag}})
	}
	if k.draft.Design.Policy.Outside != "" {
		t.Rows = append(t.Rows, k.targets())
	}
	return t
}

// targets is the row of the target group: all that is chosen stands in each form.
func (k pickPage) targets() []site.Cell {
	n := 0
	for _, q := range k.active {
		if q.Element == appropriateness.TargetGroup && k.holds(q) {
			n++
		}
	}
	tag := site.Tag{Tone: site.Good, Text: "Alle in elke vragenlijst"}
	if n == 0 {
		tag = site.Tag{Tone: site.Bad, Text: "Nog 1 vraag nodig"}
	}
	return []site.Cell{{Text: bankElementText(appropriateness.TargetGroup)}, {Text: "1"}, {Text: "–"}, {Text: strconv.Itoa(n)}, {Tag: &tag}}
}

func supplyTag(need, have int) site.Tag {
	switch {
	case have < need:
		return site.Tag{Tone: site.Bad, Text: "Nog " + count(need-have, "familie", "families") + " nodig"}
	case have == need:
		return site.Tag{Tone: site.Warn, Text: "Precies genoeg"}
	}
	return site.Tag{Tone: site.Good, Text: "Genoeg"}
}
