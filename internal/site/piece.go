package site

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"zorgplicht/internal/lang"
)

// Client is the frame of a page for a client.
type Client struct {
	Title  string // what the page is about; the browser shows it, the page has its own h1
	Firm   string // name of the firm, in the header; empty where it is not known
	About  string // what is going on, under the firm's name: "Kennis- en ervaringstoets hypotheek"
	Step   int    // question n …
	Steps  int    // … of m; 0 shows no progress
	Stage  string // how far the test is, for a page that shows this one in a frame: "ready", "begun", "finished"
	Failed bool   // the form came back with problems: the title begins with "Fout:"
}

// Work is the frame of a page for staff. The frame prints the h1.
type Work struct {
	Title   string // h1 and title of the browser
	Lead    string // a sentence or two under the h1; may be empty
	Firm    string
	Actor   string // name of who is signed in; empty shows no menu and no way to sign out
	Account string // path of the page about their own account; empty makes the name no link
	Nav     []Link // the parts of the menu
	Within  []Link // the pages of the part we are in
	Trail   []Link // where this page lies, the way up
	Preview Look   // what bears the classes "client worn" on this page shows this look
	Wide    bool   // lists: use the whole width
	Script  Script // that enhances a form; the page does all without it
	Finder  Finder // the way to searching, at the end of the page
	Before  *Sent  // this form was sent before; nil where it was not

	Failed bool
}

// A Link leads to a path of ours.
type Link struct {
	Text string
	Href string
	Here bool // this is the page we are on, or its part of the house
}

// A Problem is one fault of what was filled in, with the id of its field.
type Problem struct {
	Field string
	Text  string
}

// A Choice is one radio button, check box or line of a list.
type Choice struct {
	Value string
	Text  string
	Hint  string
}

// Radios is one question with a few answers, each a row to tap.
type Radios struct {
	Name     string // of the field; each radio gets the id name-value, the first one name
	Legend   string
	Heading  bool // the legend is the h1 of the page
	Hint     string
	Choices  []Choice
	Chosen   string
	Problem  string
	Optional bool
	Lang     lang.Lang // of legend and choices; "" is that of the page
}

// Field is one line to fill in.
type Field struct {
	Name     string // of the field, and its id
	Label    string
	Hint     string
	Type     string // of the input: text, password, search, email, date; empty is text
	Value    string
	Problem  string
	Complete string // autocomplete: "username", "current-password", …
	Optional bool
	Short    bool // for a code or a number
}

// Area is a field of several lines.
type Area struct {
	Name     string // of the field, and its id
	Label    string
	Hint     string
	Value    string
	Problem  string
	Optional bool
	Rows     int // lines that show at once; as many as Value has, 3 to 12, when 0
}

func (a Area) rows() string {
	if a.Rows > 0 {
		return strconv.Itoa(a.Rows)
	}
	return strconv.Itoa(min(max(3, strings.Count(a.Value, "\n")+2), 12))
}

// Select is a list to choose from.
type Select struct {
	Name    string
	Label   string
	Hint    string
	Choices []Choice
	Chosen  string
	Problem string
}

// Tone says how a thing is meant; each has its own sign next to its colour.
type Tone string

// The tones.
const (
	Neutral Tone = "neutral"
	Info    Tone = "info"
	Good    Tone = "good"
	Warn    Tone = "warn"
	Bad     Tone = "bad"
)

// Button is a button of a form, or with Href a link that looks like one.
type Button struct {
	Text  string
	Look  string // "" is the main one, "second" beside it, "quiet" for what is seldom done
	Name  string
	Value string
	Href  string
	Loose bool // may be pressed with the form unfinished
}

// A Term is one line of a list of definitions. Body goes before Text.
type Term struct {
	Name string
	Text string
	Body templ.Component
}

// A Line is one line of a summary, with what can be changed.
type Line struct {
	Name   string
	Text   string
	Tag    Tag
	Action string // "Wijzigen"
	Object string // for those who hear the link only: "vraag 3"
	Href   string
	Lang   lang.Lang // of name and text; "" is that of the page
}

// A Tag is a state in a word or two.
type Tag struct {
	Tone Tone
	Text string
}

// A Column of a table.
type Column struct {
	Name string
	Kind string // "" text, "number", "date" or "code"
}

// A Cell of a table. Body goes before Text, Text becomes a link with Href.
type Cell struct {
	Text string
	Href string
	Tag  *Tag
	Body templ.Component
}

// Table is a list with a caption. The first column names the row. On a narrow
// screen every row becomes a card of its own.
type Table struct {
	Caption string
	Hidden  bool // the caption is only for those who hear it
	Columns []Column
	Rows    [][]Cell
	Empty   string // what to say when there are no rows

	Together Together // what can be done with chosen rows at once
}

// Together is where rows that somebody chose in a list are sent; the zero one nowhere.
type Together struct{ Action, Button string }

// Choose lets somebody choose the last row of the table, where rows can be chosen: name
// says which row it is to those who hear it.
func (t *Table) Choose(key, name string) {
	if t.Together.Action == "" || len(t.Rows) == 0 {
		return
	}
	last := len(t.Rows) - 1
	if len(t.Columns) == len(t.Rows[last]) {
		t.Columns = append(t.Columns, Column{Name: "Kies"})
	}
	t.Rows[last] = append(t.Rows[last], Cell{Body: tick(key, name)})
}

// Pages leads through a long list. Empty links are not shown.
type Pages struct {
	About    string // what the list holds: "toetspogingen"
	Shown    string // "1 tot en met 50 van 213"
	First    string
	Previous string
	Next     string
}

// An Event is one entry of a timeline.
type Event struct {
	Title string
	At    string // as people read it: "3 maart 2026, 14.05 uur"
	ISO   string // RFC 3339
	By    string
	Text  string
	Tone  Tone
	Body  templ.Component
}

// idOf is the id of one choice of a question; an id holds no white space, a
// value may.
func idOf(name, value string) string {
	return name + "-" + strings.Join(strings.Fields(value), "-")
}

func describedBy(name, hint, problem string) string {
	switch {
	case hint != "" && problem != "":
		return name + "-hint " + name + "-problem"
	case hint != "":
		return name + "-hint"
	case problem != "":
		return name + "-problem"
	}
	return ""
}

func windowTitle(l lang.Lang, failed bool, parts ...string) string {
	title := ""
	for _, p := range parts {
		switch {
		case p == "":
		case title == "":
			title = p
		default:
			title += " – " + p
		}
	}
	if failed {
		return l.Say(wrongly) + " " + title
	}
	return title
}
