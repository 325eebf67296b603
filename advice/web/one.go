package web

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/journal"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

type onePage struct {
	frame    site.Work
	d        advice.Dossier
	past     *advice.Past // nil: as it is now
	then     []rule.Reason
	works    bool
	under    caseworkweb.Under
	names    map[string]string
	problems []site.Problem
	open     string // the form that came back with problems
	value    func(string) string
}

func (v onePage) problem(field string) string { return problem(v.problems, field) }

func (p pages) page(r *http.Request, who staff.Session) (v onePage, err error) {
	firm := who.Account.Firm
	if v.d, err = p.desk.Advice(r.Context(), firm, casework.ID(r.PathValue("id"))); err != nil {
		return v, err
	}
	v.frame = p.guard.Frame(r, who, v.d.Case.Number+" "+v.d.Advice.Product)
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Adviezen", Href: listPath}}, true
	v.works = who.May(staff.RecordAdvice)
	if v.names, err = p.house.Names(r.Context(), firm); err != nil {
		return v, err
	}
	if v.past, err = p.asked(r, who); err != nil {
		return v, err
	}
	if v.past != nil {
		for _, d := range v.past.Decisions {
			if d.Rule == "criteria_decide" { // what it said stands in the file
				continue
			}
			reasons, err := p.house.Explain(d)
			if err != nil {
				return v, err
			}
			v.then = append(v.then, reasons...)
		}
	}
	facts, err := p.house.Facts(r.Context(), firm, string(v.d.ID()))
	v.under = p.under(v.d, v.names, v.works, v.events(facts))
	now := shownOf(v.d.Content)
	v.value = func(name string) string { return now[name] }
	return v, err
}

// asked is the file as it was on the day, or in the version, that the query names;
// nil where it names none.
func (p pages) asked(r *http.Request, who staff.Session) (*advice.Past, error) {
	q, firm, id := r.URL.Query(), who.Account.Firm, casework.ID(r.PathValue("id"))
	if n, err := strconv.ParseInt(q.Get("versie"), 10, 64); err == nil {
		past, err := p.desk.Nth(r.Context(), firm, id, n)
		if err == nil && past.Held == advice.NotYet {
			err = fault.New(fault.NotFound, "no-such-version", string(id))
		}
		return &past, err
	}
	if day, err := calendar.Parse(q.Get("op")); err == nil {
		if today := p.house.Casework.Today(); day.After(today) { // nobody knows how it will be
			day = today
		}
		past, err := p.desk.AsOf(r.Context(), firm, id, day)
		return &past, err
	}
	return nil, nil
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.page(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showOne(v)), nil
}

var factTitles = map[string]string{
	advice.KindRecorded: "Advies vastgelegd", advice.KindCorrected: "Aangevuld of verbeterd", advice.KindFollowed: "Afloop vastgelegd",
	casework.KindAssigned: "Toegewezen", casework.KindFiled: "Document toegevoegd", casework.KindNoted: "", casework.KindTask: "Taak gezet", casework.KindTaskEnded: "Taak klaar",
	casework.KindSnoozed: "Herinnering uitgesteld", casework.KindHanded: "Taak overgedragen",
}

// events are the steps of the file.
func (v onePage) events(facts []journal.Recorded) (events []site.Event) {
	for _, f := range facts {
		if t := factTitles[f.Kind]; t != "" {
			events = append(events, site.Event{Title: t, At: calendar.DutchTime(f.Recorded), ISO: f.Recorded.UTC().Format(time.RFC3339Nano), Tone: site.Neutral})
		}
	}
	return events
}

func (v onePage) about() []site.Term {
	return []site.Term{
		{Name: "Klant", Text: cmp.Or(v.d.Reference, "vergeten op verzoek of na de termijn")},
		{Name: "Vastgelegd door", Text: recorder(v.names, v.d.Recorder)},
		{Name: "Dossier", Body: site.Status(v.state())},
		{Name: "Bewaren", Text: v.keeping()},
	}
}

func (v onePage) state() site.Tag {
	if v.d.Lacks.Complete {
		return site.Tag{Tone: site.Good, Text: "volledig"}
	}
	return site.Tag{Tone: site.Warn, Text: "mist: " + lackTexts(v.d.Lacks.Missing)}
}

// keeping says in a line until when the file is kept.
func (v onePage) keeping() string { return keptText(v.d.Kept.Out) }

func keptText(out advice.RetentionOut) string {
	last := out.Until()
	switch {
	case !last.IsZero():
		return "ten minste tot en met " + last.Dutch()
	case out.Required:
		return "zolang de einddag niet bekend is"
	}
	return "dit artikel vraagt het niet"
}

// otherwise says what else would change the day.
func (v onePage) otherwise() (lines []string) {
	for _, o := range v.d.Kept.Else {
		when := "Kwam er geen overeenkomst"
		switch o.Result {
		case advice.Followed:
			when = "Sloot de klant vandaag het geadviseerde product"
		case advice.Other:
			when = "Sloot de klant vandaag een ander product bij of via u"
		case advice.Open, advice.Nothing:
		}
		lines = append(lines, when+": "+keptText(o.Out)+".")
	}
	return lines
}

func (v onePage) versions() site.Table {
	t := site.Table{
		Caption: "Versies", Empty: "Er zijn geen versies.",
		Columns: []site.Column{{Name: "Versie", Kind: "number"}, {Name: "Vastgelegd", Kind: "date"}, {Name: "Door"}, {Name: "Waarom"}, {Name: "SHA-256", Kind: "code"}},
	}
	for _, x := range v.d.Versions {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: number(x.Nr), Href: onePath(v.d.ID()) + "?versie=" + number(x.Nr)},
			{Text: calendar.DutchTime(x.Made)},
			{Text: cmp.Or(v.names[x.By], "een oud-medewerker")},
			{Text: cmp.Or(x.Why, "–")},
			{Text: x.Hash.String()[:12]},
		})
	}
	return t
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func (v onePage) revision() string { return number(v.d.Case.Revision) }

// documents are the choices for the proof of the client's own choice.
func (v onePage) documents() []input {
	choices := []site.Choice{{Text: "Geen document"}}
	for _, d := range v.d.Under.Documents {
		choices = append(choices, site.Choice{Value: d.ID, Text: d.Name})
	}
	if len(choices) == 1 {
		return nil
	}
	return []input{{shape: aList, name: "document", label: "Document waarin de klant het zelf schreef", choices: choices}}
}

// asOf says of which day or version a reconstruction is.
func (v onePage) asOf() string {
	if v.past.Held == advice.NotYet {
		return "Op " + v.past.Day.Dutch() + " was er nog geen dossier"
	}
	return "Zo was het dossier op " + v.past.Day.Dutch()
}

func (v onePage) proof() []site.Term {
	return []site.Term{
		{Name: "Versie", Text: fmt.Sprintf("%d, vastgelegd %s", v.past.Version, calendar.DutchTime(v.past.Fact.Recorded))},
		{Name: "Feit in het journaal", Body: site.Code(v.past.Fact.ID)},
		{Name: "Hash in dat feit (SHA-256)", Body: site.Code(v.past.Hash.String())},
	}
}

// query repeats what reconstruction is shown.
func (v onePage) query() string {
	switch {
	case v.past == nil:
		return ""
	case v.past.Version > 0:
		return "?versie=" + number(v.past.Version)
	}
	return "?op=" + v.past.Day.String()
}

// step does one thing to a file and shows it again, with what was wrong.
func (p pages) step(r *http.Request, who staff.Session, form string, do func(v onePage, f *reading, saw int64) error) (site.Reply, error) {
	v, err := p.page(r, who)
	if err != nil {
		return nil, err
	}
	saw, err := strconv.ParseInt(r.PostFormValue("versie"), 10, 64)
	if err != nil {
		saw = -1 // no revision: whoever sends none is told that the file changed
	}
	f := &reading{r: r}
	err = do(v, f, saw)
	problems, ok := refused(f.with(err))
	if !ok {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(onePath(v.d.ID())), nil
	}
	v.problems, v.open, v.value, v.frame.Failed = problems, form, r.PostFormValue, true
	return site.Page(http.StatusBadRequest, showOne(v)), nil
}

func (p pages) follow(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, "afloop", func(v onePage, f *reading, saw int64) (err error) {
		var in advice.Sequel
		in.Outcome, in.Choice = f.outcome()
		if len(f.wrong) > 0 {
			c := v.d.Content
			c.Outcome, c.Choice = in.Outcome, in.Choice
			return c.Faults(p.house.Casework.Today())
		}
		_, err = p.desk.Follow(r.Context(), who.Actor(), v.d.ID(), saw, in)
		return err
	})
}

func (p pages) correct(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, "verbetering", func(v onePage, f *reading, saw int64) (err error) {
		in := advice.Correction{Role: advice.Role(f.text("rol")), Profile: f.profile(), Advice: f.advice(), Why: f.text("reden")}
		if len(f.wrong) > 0 {
			c := v.d.Content
			c.Role, c.Profile, c.Advice = in.Role, in.Profile, in.Advice
			return c.Faults(p.house.Casework.Today())
		}
		_, err = p.desk.Correct(r.Context(), who.Actor(), v.d.ID(), saw, in)
		return err
	})
}

// paper is the file as it is taken out, as it is now or as it was.
func (p pages) paper(r *http.Request, who staff.Session) (x paper, name string, err error) {
	v, err := p.page(r, who)
	if err != nil {
		return x, "", err
	}
	if x.firm, err = p.house.FirmName(r.Context(), who.Account.Firm); err != nil {
		return x, "", err
	}
	content, last := v.d.Content, v.d.Versions[len(v.d.Versions)-1]
	x.title, x.made = "Adviesdossier "+v.d.Case.Number, last.Made
	nr, hash := last.Nr, last.Hash
	if v.past != nil {
		if v.past.Held != advice.Rebuilt {
			return x, "", fault.New(fault.NotFound, "no-such-version", string(v.d.ID()))
		}
		content, x.made, nr, hash = v.past.Content, v.past.Fact.Recorded, v.past.Version, v.past.Hash
	}
	x.subject = fmt.Sprintf("Versie %d, vastgelegd op %s.", nr, strings.ReplaceAll(calendar.DutchTime(x.made), "\u00a0", " "))
	x.pieces = append([]piece{{heading: "Klant", terms: []site.Term{{Name: "Klantnummer", Text: cmp.Or(v.d.Reference, "vergeten")}}}}, pieces(content)...)
	x.pieces = append(x.pieces, piece{
		heading: "Bewijs", terms: []site.Term{{Name: "Kenmerk van het dossier", Text: string(v.d.ID())}, {Name: "Hash van de inhoud (SHA-256)", Text: hash.String()}},
		lines: []string{"De hash staat ook in het journaal van de onderneming, bij het feit dat deze versie vastlegt (artikel 14 Bfd)."},
	})
	return x, v.d.Case.Number + "-" + number(nr), nil
}

func (p pages) pdf(r *http.Request, who staff.Session) (site.Reply, error) {
	x, name, err := p.paper(r, who)
	if err != nil {
		return nil, err
	}
	body, err := x.print()
	if err != nil {
		return nil, err
	}
	return site.Download(name+".pdf", "application/pdf", func(w io.Writer) error { _, err := w.Write(body); return err }), nil
}

func (p pages) html(r *http.Request, who staff.Session) (site.Reply, error) {
	x, name, err := p.paper(r, who)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := showPaper(x).Render(r.Context(), &b); err != nil {
		return nil, err
	}
	return site.Download(name+".html", "text/html; charset=utf-8", func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err }), nil
}
