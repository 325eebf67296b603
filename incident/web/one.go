package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/incident"
	"zorgplicht/internal/site"
	"zorgplicht/journal"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A view is the page of one incident.
type view struct {
	incident.File
	names  map[string]string
	others []site.Choice
	facts  []journal.Recorded
	works  bool
	all    bool
	root   *caseworkweb.Root
}

// open opens an incident for a page; what says which, "" where it was read before.
func (p pages) open(r *http.Request, who staff.Session, what string) (v view, err error) {
	if v.File, err = p.desk.Open(r.Context(), hand(who), casework.ID(r.PathValue("id")), what); err != nil {
		return v, err
	}
	v.works, v.all = works(who), hand(who).All
	if v.names, v.others, err = p.names(r, who.Account.Firm); err != nil {
		return v, err
	}
	if p.Root != nil {
		if v.root, err = p.Root(r.Context(), who, v.ID()); err != nil {
			return v, err
		}
	}
	v.facts, err = p.Facts(r.Context(), who.Account.Firm, string(v.ID()))
	return v, err
}

func (p pages) record(r *http.Request, who staff.Session, v view) site.Record {
	out := site.Record{Frame: p.guard.Frame(r, who, v.Case.Number+" "+v.Case.Title), Notes: v.notes(), Terms: v.terms(), Passages: v.passages(), Tables: v.tables()}
	out.Frame.Trail, out.Frame.Wide = []site.Link{{Text: "Incidenten", Href: listPath}}, true
	if v.works {
		out.Steps = v.steps()
	}
	out.Buttons = []site.Button{{Text: "Melding als PDF", Look: "second", Href: onePath(v.ID()) + "/melding.pdf"}}
	caseworkweb.Under{File: v.Under, Works: v.works, Names: v.names, Today: p.Casework.Today(), More: v.events(), Root: v.root}.Onto(&out)
	return out
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.open(r, who, "page")
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(p.record(r, who, v))), nil
}

func (v view) notes() (notes []site.Note) {
	if lacks := v.Lacks(); len(lacks) > 0 && v.Case.Open() {
		notes = append(notes, site.Note{Tone: site.Warn, Heading: "Voor het afronden ontbreekt nog", Lines: rule.Cited(lacks)})
	}
	if j := v.Judged; j != nil {
		n := site.Note{Tone: site.Neutral, Heading: "Dit incident hoeft niet te worden gemeld", Lines: rule.Cited(v.Reasons())}
		switch {
		case v.Told != nil:
			n.Tone, n.Heading = site.Good, "Gemeld aan de toezichthouder op "+v.Told.Day.Dutch()
		case j.Notify:
			n.Tone, n.Heading = site.Bad, "Dit incident moet worden gemeld aan de toezichthouder"
		case !j.InScope:
			n.Heading = "Dit incident valt niet onder artikel 10"
		}
		notes = append(notes, n)
	}
	if v.Perpetrator == incident.PolicyMaker {
		notes = append(notes, site.Note{
			Tone: site.Info, Heading: "Gaat het over een beleidsbepaler?",
			Lines: []string{"Dan kan dit ook een wijziging zijn in de gegevens over zijn betrouwbaarheid. Die meldt u onverwijld en schriftelijk (artikel 9)."},
			Way:   site.Link{Text: "Naar betrouwbaarheid", Href: "/werk/betrouwbaarheid?incident=" + v.Case.Number},
		})
	}
	return notes
}

func (v view) terms() []site.Term {
	circle := []string{}
	for _, a := range v.Circle {
		circle = append(circle, cmp.Or(v.names[a], "een oud-medewerker"))
	}
	policy := "er was nog geen beleid"
	if v.Policy > 0 {
		policy = fmt.Sprintf("versie %d", v.Policy)
	}
	kept := v.Kept()
	terms := []site.Term{
		{Name: "Opgemerkt", Text: v.Case.Received.DutchDay()},
		{Name: "Gebeurd", Text: cmp.Or(v.Happened.Dutch(), "niet bekend")},
		{Name: "Functie", Text: cmp.Or(v.Function, "nog niet bekend")},
		{Name: "Wie het deed", Text: wordOf(whoChoices, string(v.Perpetrator))},
		{Name: "Schade voor klanten", Text: v.Case.Harm.Dutch()},
		{Name: "Behandelaar", Text: cmp.Or(v.names[v.Case.Handler], "nog niemand")},
		{Name: "Wie dit ziet", Text: strings.Join(append([]string{"compliance"}, circle...), ", ")},
		{Name: "Beleid van toen", Text: policy},
	}
	if v.Concerns != "" {
		terms = append(terms, site.Term{Name: "Betreft", Text: cmp.Or(v.names[v.Concerns], "een oud-medewerker") + ", die dit niet kan zien"})
	}
	if !kept.Last().IsZero() {
		terms = append(terms, site.Term{Name: "Bewaren tot en met", Text: kept.Last().Dutch() + ", vijf jaar na de laatste aanvulling (artikel 11)"})
	}
	if d := v.Told; d != nil {
		terms = append(terms, site.Term{Name: "Bewijs van verzending", Text: "SHA-256 " + d.Hash.String()})
	}
	return terms
}

func (v view) passages() []site.Passage {
	all := []site.Passage{{Heading: "Wat is er gebeurd?", Text: v.Facts}}
	if v.Judged != nil {
		all = append(all, site.Passage{Heading: "Waarom zo beoordeeld?", Text: v.Judged.Why})
	}
	if v.Told != nil {
		all = append(all, site.Passage{Heading: "De melding", Text: v.Told.Text()})
	}
	return all
}

func (v view) tables() []site.Table {
	t := site.Table{
		Caption: "Maatregelen", Empty: "Er zijn nog geen maatregelen vastgelegd.",
		Columns: []site.Column{{Name: "Maatregel"}, {Name: "Gaat over"}, {Name: "Uiterlijk", Kind: "date"}, {Name: "Uitgevoerd", Kind: "date"}, {Name: "Werkt het?"}, {Name: "Waaruit blijkt dat?"}},
	}
	for _, m := range v.Measures {
		effect := site.Cell{Text: "nog niet bekeken"}
		if m.Effect != "" {
			tone := map[incident.Effect]site.Tone{incident.Works: site.Good, incident.WorksPart: site.Warn, incident.WorksNever: site.Bad}[m.Effect]
			effect = site.Cell{Tag: &site.Tag{Tone: tone, Text: c(wordOf(effectChoices, string(m.Effect)))}}
		}
		if m.Kind == incident.NoMeasure {
			effect = site.Cell{Text: "–"}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: m.What}, {Text: wordOf(kindChoices, string(m.Kind))}, {Text: cmp.Or(m.Due.Dutch(), "–")}, {Text: cmp.Or(m.Done.Dutch(), "–")}, effect, {Text: cmp.Or(m.Found, "–")}})
	}
	if !v.all {
		return []site.Table{t}
	}
	return []site.Table{t, v.readers()}
}

// mostReaders is how many openings the page shows.
const mostReaders = 30

// readers are who opened the incident, the last first.
func (v view) readers() site.Table {
	t := site.Table{
		Caption: "Wie heeft dit geopend?", Empty: "Nog niemand.",
		Columns: []site.Column{{Name: "Wie"}, {Name: "Wanneer", Kind: "date"}, {Name: "Wat"}},
	}
	what := map[string]string{"page": "het incident", "document": "een document", "work": "een taak of formulier", "print": "een afdruk", "notice": "de melding", "api": "via een programma"}
	for _, f := range slices.Backward(v.facts) {
		if f.Kind == incident.KindOpened && len(t.Rows) < mostReaders {
			var payload struct{ By, What string }
			if json.Unmarshal(f.Payload, &payload) != nil {
				continue // erased
			}
			t.Rows = append(t.Rows, []site.Cell{{Text: name(v.names, payload.By)}, {Text: calendar.DutchTime(f.Valid)}, {Text: what[payload.What]}})
		}
	}
	return t
}

// eventNames are the steps that the timeline shows.
var eventNames = map[string]string{
	incident.KindReported: "Opgeschreven", incident.KindDescribed: "Beschrijving gewijzigd", incident.KindCircled: "Inzage gewijzigd",
	incident.KindJudged: "Beoordeeld", incident.KindTold: "Gemeld aan de toezichthouder", incident.KindMeasureSet: "Maatregel vastgelegd",
	incident.KindMeasureDone: "Maatregel uitgevoerd", incident.KindMeasureChecked: "Werking van maatregel beoordeeld", incident.KindConcluded: "Afgerond", incident.KindReopened: "Heropend",
	casework.KindAssigned: "Toegewezen", casework.KindFiled: "Document toegevoegd", casework.KindTask: "Taak gezet", casework.KindTaskEnded: "Taak klaar",
	casework.KindSnoozed: "Herinnering uitgesteld", casework.KindHanded: "Taak overgedragen", casework.KindRooted: "Grondoorzaak vastgelegd of gewijzigd",
	casework.KindLetter: "Brief gemaakt", casework.KindLetterSent: "Brief verstuurd",
	casework.KindReceiptCorrected: "Dag van opmerken verbeterd",
}

func (v view) events() (events []site.Event) {
	for _, f := range v.facts {
		title := eventNames[f.Kind]
		if title == "" {
			continue
		}
		var payload struct {
			By     string
			Notify *bool
		}
		e := site.Event{Title: title, At: calendar.DutchTime(f.Valid), ISO: f.Valid.UTC().Format(time.RFC3339Nano), Tone: site.Neutral}
		if json.Unmarshal(f.Payload, &payload) == nil {
			e.By = name(v.names, payload.By)
			if payload.Notify != nil {
				e.Text = map[bool]string{true: "Uitkomst: melden.", false: "Uitkomst: niet melden."}[*payload.Notify]
			}
		}
		events = append(events, e)
	}
	return events
}
