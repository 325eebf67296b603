package web

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A testPage is one test: its design, its versions, and what can be done with them.
type testPage struct {
	appropriateness.TestFile
	frame    site.Work
	who      staff.Session
	names    map[string]string
	asked    asking // what was filled in, when it came back with problems
	problems []site.Problem
}

func (p testPages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	t, err := p.test(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, testOverview(t)), nil
}

func (p testPages) test(r *http.Request, who staff.Session) (testPage, error) {
	f, err := p.desk.TestFile(r.Context(), who.Actor(), r.PathValue("id"))
	if err != nil {
		return testPage{}, err
	}
	t := testPage{TestFile: f, who: who}
	t.frame = p.guard.Frame(r, who, t.title())
	t.frame.Wide = true
	t.frame.Trail = []site.Link{{Text: "Toetsen", Href: testsPath}}
	t.names, err = p.names(r.Context(), who.Account.Firm)
	return t, err
}

func (t testPage) title() string {
	if t.Draft != nil {
		return titled(t.Draft.Design.Title, t.ID)
	}
	return titled(t.Releases[0].Title, t.ID)
}

func (t testPage) name(actor string) string {
	if name := t.names[actor]; name != "" {
		return name
	}
	switch {
	case actor == "":
		return "–"
	case len(actor) > 6 && actor[:6] == "house:":
		return "De beheerder"
	case len(actor) > 8 && actor[:8] == "program:":
		return "Een programma"
	}
	return "Een medewerker"
}

// act does what was asked, and shows the page again with what is wrong.
func (p testPages) act(r *http.Request, who staff.Session, do func(*asking) error) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, fault.Because(fault.Invalid, "bad-form", err)
	}
	a := asking{asked: r.PostForm}
	status := http.StatusBadRequest
	err := do(&a)
	problems := a.problems
	if len(problems) == 0 {
		if err == nil {
			return site.SeeOther(testPath(r.PathValue("id"))), nil
		}
		if problems, err = refused(err); err != nil {
			return nil, err
		}
		if len(problems) == 1 && problems[0].Field == "" {
			status = http.StatusConflict
		}
	}
	t, err := p.test(r, who)
	if err != nil {
		return nil, err
	}
	t.asked, t.problems, t.frame.Failed = a, problems, true
	return site.Page(status, testOverview(t)), nil
}

func (p testPages) ask(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(a *asking) error {
		saw, _ := strconv.Atoi(a.value("gezien"))
		_, err := p.desk.AskPublication(r.Context(), who.Actor(), appropriateness.Offer{ID: r.PathValue("id"), Saw: saw, Note: a.value("note")})
		return err
	})
}

func (p testPages) publish(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(a *asking) error {
		from := a.clockTime("from", "uur")
		hash, err := ident.ParseHash(a.value("versie"))
		if len(a.problems) > 0 || err != nil {
			return fault.New(fault.Conflict, "other-version", "")
		}
		_, err = p.desk.PublishDesign(r.Context(), who.Actor(), appropriateness.Publication{ID: r.PathValue("id"), Test: hash, From: from, Reason: a.value("reason")})
		return err
	})
}

func (p testPages) giveBack(r *http.Request, who staff.Session) (site.Reply, error) {
	if !who.May(staff.WriteTests) && !who.May(staff.PublishTests) {
		return nil, fault.New(fault.Denied, "not-allowed", string(staff.PublishTests))
	}
	return p.act(r, who, func(a *asking) error {
		_, err := p.desk.ReturnDesign(r.Context(), who.Actor(), appropriateness.Return{ID: r.PathValue("id"), Note: a.value("note")})
		return err
	})
}

func (p testPages) withdraw(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(a *asking) error {
		form := a.value("veld")
		a.asked.Set("to", a.value("to-"+form))
		to := a.clockTime("to", "uur")
		for i := range a.problems {
			a.problems[i].Field = "to-" + form
		}
		hash, err := ident.ParseHash(a.value("versie"))
		if len(a.problems) > 0 || err != nil {
			return fault.New(fault.NotFound, "unknown-version", "")
		}
		_, err = p.desk.Withdraw(r.Context(), who.Actor(), appropriateness.Withdrawal{ID: r.PathValue("id"), Test: hash, To: to, Reason: a.value("reason-" + form)})
		return ofForm(err, form)
	})
}

// ofForm is a fault with the fields of one of several forms on a page.
func ofForm(err error, form string) error {
	f := fault.As(err)
	if f == nil || len(f.Details) == 0 {
		return err
	}
	list := slices.Clone(f.Details)
	for i := range list {
		list[i].Pointer += "/" + form
	}
	return fault.All(f.Reason, list)
}

func (t testPage) problem(field string) string {
	for _, p := range t.problems {
		if p.Field == field {
			return p.Text
		}
	}
	return ""
}

func (t testPage) versions() site.Table {
	v := site.Table{
		Caption: "Versies, de nieuwste eerst", Hidden: true, Empty: "Deze toets is nog niet in gebruik geweest.",
		Columns: []site.Column{{Name: "Versie"}, {Name: "Stand"}, {Name: "Vanaf", Kind: "date"}, {Name: "Tot", Kind: "date"}, {Name: "In gebruik genomen"}, {Name: "Verschil"}},
	}
	for i, r := range t.Releases {
		tag := versionTag(t.Standing(r))
		to, compare := "–", site.Cell{Text: "–"}
		if r.To != nil {
			to = calendar.DutchTime(*r.To)
		}
		if i+1 < len(t.Releases) && t.who.May(staff.SeeQuestions) {
			compare = site.Cell{Text: "Met de vorige", Href: testPath(t.ID) + "/verschil?oud=" + t.Releases[i+1].Hash.String() + "&nieuw=" + r.Hash.String()}
		}
		v.Rows = append(v.Rows, []site.Cell{
			{Text: r.Hash.String()[:12], Href: versionPath(t.ID, r.Hash)}, {Tag: &tag}, {Text: calendar.DutchTime(r.From)}, {Text: to}, {Text: t.way(r)}, compare,
		})
	}
	return v
}

// way says in Dutch who put a version to use, and how.
func (t testPage) way(r appropriateness.Release) string {
	by := t.name(r.By)
	switch r.Way {
	case appropriateness.WaySecond:
		return by + ", op verzoek van " + t.name(r.AskedBy)
	case appropriateness.WayReviewer:
		return by + ", als uitgenodigde beoordelaar, op verzoek van " + t.name(r.AskedBy)
	case appropriateness.WayDelay:
		return by + " alleen, na 24 uur. Reden: " + r.Reason
	case appropriateness.WayFile:
		return "De beheerder, uit een bestand, zonder vier ogen"
	}
	return "–"
}

// open returns the versions that can be withdrawn or cancelled.
func (t testPage) open() (list []appropriateness.Release) {
	for _, r := range t.Releases {
		if s := t.Standing(r); s == appropriateness.Current && (r.Withdrawn == nil) || s == appropriateness.Planned {
			list = append(list, r)
		}
	}
	return list
}

// A finding is one line of the list of what keeps a test from being put to use.
type finding struct{ text, norm string }

func findings(reasons []rule.Reason) (list []finding) {
	for _, r := range reasons {
		list = append(list, finding{appropriateness.SayPublication(r), r.Norm.Dutch()})
	}
	return list
}

func knowsText(percent int) string {
	if percent == 0 {
		return "Gokt alles"
	}
	return fmt.Sprintf("Weet %d%%", percent)
}

// passing draws which share of clients passes, by what they know.
func passing(c appropriateness.Classifier) chart.Columns {
	v := chart.Columns{
		Head: chart.Head{
			ID: "kans", Title: "Wie de toets haalt, naar wat de klant weet",
			Told: "Voor elke groep klanten het deel dat de toets haalt, in hele procenten, op de vragenlijst die het makkelijkst te halen is.", Row: "Wat de klant weet",
		},
		Of: "Procent dat slaagt", Axis: "Deel van de inhoud dat de klant weet (de rest gokt de klant)",
	}
	for _, p := range c.Rows {
		v.Rows = append(v.Rows, chart.Column{Label: knowsText(p.Known), Short: strconv.Itoa(p.Known) + "%", Value: int(math.Floor(p.High*100 + 0.5))})
	}
	return v
}

func chances(c appropriateness.Classifier) site.Table {
	t := site.Table{
		Caption: "Kans om de toets te halen", Hidden: true, Empty: "Zonder vragenlijst valt er niets te berekenen.",
		Columns: []site.Column{{Name: "Klant"}, {Name: "Kans in één keer", Kind: "number"}},
	}
	if c.Tries > 1 {
		t.Columns = append(t.Columns, site.Column{Name: "In " + strconv.Itoa(c.Tries) + " pogingen", Kind: "number"})
	}
	for _, p := range c.Rows {
		once := appropriateness.Percent(p.High)
		if low := appropriateness.Percent(p.Low); low != once {
			once = low + " tot " + once
		}
		row := []site.Cell{{Text: knowsText(p.Known)}, {Text: once}}
		if c.Tries > 1 {
			row = append(row, site.Cell{Text: appropriateness.Percent(p.Tries)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
