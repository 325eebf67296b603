package web

import (
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/site"
)

// An Under is what lies under a case, as the page of its room shows it.
type Under struct {
	File  casework.File
	Works bool              // whoever looks may work on it
	Names map[string]string // of colleagues, by account
	Today calendar.Date
	More  []site.Event // what else happened, from the facts of the room
	Mails Mails        // what went out by e-mail, and what came in
	Root  *Root        // what lies behind it; nil where nobody may see or say that
}

// Onto puts what must be done, and what lies under the case, on the page of a record.
func (u Under) Onto(r *site.Record) { r.ToDo, r.Under = ShowToDo(u), ShowUnder(u) }

// A Root is the root cause of a case, as pages show it, and the ones to choose from.
type Root struct {
	Now     *site.Link // nil while none was named
	Name    bool       // whoever looks may name it
	Action  string     // where that is sent
	Choices []site.Choice
	Chosen  string
	New     string // where one is written down
}

// Mails are what the mail room knows of a case: what became of each letter that was
// mailed, where a letter is mailed, and the messages that seem to belong to the case.
type Mails struct {
	Of      map[string]site.Cell
	Send    string // a letter is sent by mail at this path and its id; "" where none is
	Waiting []site.Link
}

func (u Under) dues() site.Table {
	t := site.Table{
		Caption: "Wat moet er gebeuren?", Empty: "Er hoeft op dit moment niets te gebeuren.",
		Columns: []site.Column{{Name: "Wat"}, {Name: "Uiterlijk", Kind: "date"}, {Name: "Norm", Kind: "code"}, {Name: "Door"}},
	}
	for _, d := range u.File.Dues {
		i := casework.Item{Due: d, Of: u.File.Case}
		hand := u.Names[i.Hand()]
		if hand == "" {
			hand = "nog niemand"
		}
		day := site.Cell{Text: d.Day.Dutch()}
		if casework.BandOf(d.Day, u.Today) == casework.Overdue {
			day = site.Cell{Tag: &site.Tag{Tone: site.Bad, Text: d.Day.Dutch() + ", te laat"}}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: d.Title, Href: duePath(d.Case, d.Code)}, day, normCell(i), {Text: hand}})
	}
	return t
}

func (u Under) documents() site.Table {
	t := site.Table{
		Caption: "Documenten", Empty: "Er zijn geen documenten.",
		Columns: []site.Column{{Name: "Naam"}, {Name: "Wat"}, {Name: "Toegevoegd", Kind: "date"}, {Name: "Grootte", Kind: "number"}, {Name: "SHA-256", Kind: "code"}},
	}
	for _, d := range u.File.Documents {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: d.Name, Href: casesPath + "/" + string(d.Case) + "/documenten/" + d.ID},
			{Text: d.What},
			{Text: calendar.Of(d.At).Dutch()},
			{Text: size(d.Size)},
			{Text: d.Hash.String()[:12]},
		})
	}
	return t
}

func size(n int64) string {
	if n < 1<<20 {
		return number(int((n+1023)/1024)) + " kB"
	}
	return number(int((n+1<<19)>>20)) + " MB"
}

// events are the notes and what else happened, the last first.
func (u Under) events() []site.Event {
	type placed struct {
		at time.Time
		e  site.Event
	}
	var all []placed
	for _, e := range u.More {
		at, _ := time.Parse(time.RFC3339Nano, e.ISO) // a moment we wrote ourselves
		all = append(all, placed{at, e})
	}
	for _, n := range u.File.Notes {
		all = append(all, placed{n.At, site.Event{
			Title: "Notitie: " + strings.ToLower(wayText(n.Way)), At: calendar.DutchTime(n.At), ISO: n.At.Format(time.RFC3339Nano),
			By: u.by(n.By), Body: noteText(n.Text), Tone: site.Neutral,
		}})
	}
	slices.SortStableFunc(all, func(a, b placed) int { return b.at.Compare(a.at) })
	events := make([]site.Event, len(all))
	for i, p := range all {
		events[i] = p.e
	}
	return events
}

// by is the name of an actor.
func (u Under) by(actor string) string {
	kind, id, _ := strings.Cut(actor, ":")
	switch kind {
	case "client":
		return "de klant"
	case "program":
		return "een systeem van uw onderneming"
	case "staff":
		if n := u.Names[id]; n != "" {
			return n
		}
		return "een oud-medewerker"
	}
	return "Zorgplicht"
}

func (u Under) href(path string) string { return path + "?zaak=" + string(u.File.ID) }
