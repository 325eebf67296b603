package web

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/inspection"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/internal/text"
	"zorgplicht/staff"
)

// atOnce is how many files a page shows.
const atOnce = 50

// newestFirst asks the other order than that of the supervisor's period.
const newestFirst = "nieuwste"

func asks(r *http.Request) inspection.Look {
	q := r.URL.Query()
	return inspection.Look{
		Kind: inspection.Kind(r.PathValue("soort")), Sought: strings.TrimSpace(q.Get("zoek")), Lacks: q.Get("ontbreekt") != "", Newest: q.Get("volgorde") == newestFirst, After: q.Get("na"), Most: atOnce,
	}
}

// query is what narrows the list, without its place.
func query(l inspection.Look) url.Values {
	q := url.Values{}
	if l.Sought != "" {
		q.Set("zoek", l.Sought)
	}
	if l.Lacks {
		q.Set("ontbreekt", "ja")
	}
	if l.Newest {
		q.Set("volgorde", newestFirst)
	}
	return q
}

func with(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (p pages) files(r *http.Request, who staff.Session) (site.Reply, error) {
	id, look := r.PathValue("id"), asks(r)
	i, _, err := p.desk.Inspection(r.Context(), reader(who), id)
	if err != nil {
		return nil, err
	}
	leaf, err := p.desk.Files(r.Context(), reader(who), id, look)
	if err != nil {
		return nil, err
	}
	lacks, path := "", filesPath(id, look.Kind)
	if look.Lacks {
		lacks = "ja"
	}
	l := site.Listing{
		Frame: p.guard.Frame(r, who, text.Capital(leaf.About.Plural)+" in "+i.Number), Path: path, Search: text.Capital(leaf.About.Plural) + " zoeken", Table: rows(id, leaf),
		Filter: []any{
			site.Field{Name: "zoek", Label: "Woorden of nummer", Type: "search", Value: look.Sought, Optional: true},
			site.Select{Name: "ontbreekt", Label: "Volledigheid", Chosen: lacks, Choices: []site.Choice{{Text: "Alle"}, {Value: "ja", Text: "Waarin iets ontbreekt"}}},
			site.Select{Name: "volgorde", Label: "Volgorde", Chosen: r.URL.Query().Get("volgorde"), Choices: []site.Choice{{Text: "Oudste eerst"}, {Value: newestFirst, Text: "Nieuwste eerst"}}},
		},
		Files: site.Files{CSV: with(path+"/lijst.csv", query(look)), XLSX: with(path+"/lijst.xlsx", query(look)), PDF: with(path+"/lijst.pdf", query(look))},
	}
	l.Frame.Trail, l.Frame.Wide = []site.Link{{Text: "Inzage", Href: listPath}, {Text: i.Number, Href: onePath(id)}}, true
	l.Frame.Lead = "Een lijst noemt geen namen. Wat u opent of als bestand meeneemt, wordt vastgelegd."
	l.Turn = turn(path, look, leaf, r.URL.Query().Get("rij"))
	return site.Page(http.StatusOK, site.ShowListing(l)), nil
}

// turn leads to the other pages; skipped is how many rows came before this one.
func turn(path string, look inspection.Look, leaf inspection.Leaf, skipped string) site.Pages {
	before, err := strconv.Atoi(skipped)
	if err != nil || before < 0 || look.After == "" {
		before = 0
	}
	n, q := len(leaf.Files), query(look)
	t := site.Pages{About: leaf.About.Plural, Shown: strconv.Itoa(before+1) + " tot en met " + strconv.Itoa(before+n)}
	if n == 0 {
		t.Shown = "Geen " + leaf.About.Plural + " op deze bladzijde"
	}
	if look.After != "" {
		t.First = with(path, q)
	}
	if leaf.Next != "" {
		q.Set("na", leaf.Next)
		q.Set("rij", strconv.Itoa(before+n))
		t.Next = with(path, q)
	}
	return t
}

func rows(id string, leaf inspection.Leaf) site.Table {
	t := site.Table{
		Caption: text.Capital(leaf.About.Plural), Hidden: true, Empty: "Geen " + leaf.About.Plural + " die hieraan voldoen.",
		Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Waarover"}, {Name: text.Capital(leaf.About.Day), Kind: "date"}, {Name: "Stand"}, {Name: "Volledig"}},
	}
	for _, f := range leaf.Files {
		tag := site.Tag{Tone: site.Good, Text: "ja"}
		if n := len(f.Lacks()); n > 0 {
			tag = site.Tag{Tone: site.Bad, Text: lacking(n)}
		} else if f.Gone {
			tag = site.Tag{Tone: site.Neutral, Text: "vernietigd"}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: f.Number, Href: filePath(id, f.Ref)}, {Text: f.Title}, {Text: f.Began.Dutch()}, {Text: f.State}, {Tag: &tag}})
	}
	return t
}

func lacking(n int) string {
	if n == 1 {
		return "1 gegeven ontbreekt"
	}
	return strconv.Itoa(n) + " gegevens ontbreken"
}

// says are the missing fields of a file, in one text.
func says(f inspection.File) string {
	var all []string
	for _, x := range f.Lacks() {
		all = append(all, x.Says())
	}
	return strings.Join(all, "; ")
}

// Columns are those of a list that is taken along, here and in a dossier.
var Columns = []table.Column{
	{Name: "Nummer", Width: 16}, {Name: "Kenmerk", Width: 38}, {Name: "Waarover", Width: 40}, {Name: "Dag", Width: 12}, {Name: "Stand", Width: 18}, {Name: "Ontbreekt", Width: 60},
}

// Cells are the row of a file under Columns.
func Cells(f inspection.File) []any {
	return []any{f.Number, f.ID, f.Title, f.Began.String(), f.State, says(f)}
}

// export gives the list as a file: what the filters let through, up to
// inspection.MostListed. That it was taken is recorded, with its hash, before it goes.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		id, look := r.PathValue("id"), asks(r)
		look.After, look.Most = "", 500
		var b bytes.Buffer
		out, err := table.New(format, &b, table.Sheet{Name: "Stukken", Columns: Columns, Made: p.desk.Today(), About: [][2]string{
			{"Onderneming", who.FirmName}, {"Soort", string(look.Kind)}, {"Zoekwoord", look.Sought}, {"Dag", p.desk.Today().Dutch()},
		}})
		if err != nil {
			return nil, err
		}
		n := 0
		for more := true; more && n < inspection.MostListed; more = look.After != "" {
			leaf, err := p.desk.Files(r.Context(), reader(who), id, look)
			if err != nil {
				return nil, err
			}
			for _, f := range leaf.Files[:min(len(leaf.Files), inspection.MostListed-n)] {
				if err := out.Row(Cells(f)...); err != nil {
					return nil, err
				}
				n++
			}
			look.After = leaf.Next
		}
		if err := out.Close(); err != nil {
			return nil, err
		}
		if err := p.desk.Take(r.Context(), reader(who), id, look.Kind, string(format), int64(n), ident.HashOf(b.Bytes())); err != nil {
			return nil, err
		}
		return site.Download(string(look.Kind)+"-"+p.desk.Today().String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			_, err := w.Write(b.Bytes())
			return err
		}), nil
	}
}

// file shows one file whole.
func (p pages) file(r *http.Request, who staff.Session) (site.Reply, error) {
	ref := inspection.Ref{Kind: inspection.Kind(r.PathValue("soort")), ID: r.PathValue("stuk")}
	f, err := p.desk.Read(r.Context(), reader(who), r.PathValue("id"), ref)
	if err != nil {
		return nil, err
	}
	name, err := p.Names(r.Context(), who.Account.Firm)
	if err != nil {
		return nil, err
	}
	v := site.Record{Frame: p.guard.Frame(r, who, text.Capital(f.About.Dutch)+" "+f.File.Number)}
	i := f.Inspection
	v.Frame.Trail = []site.Link{{Text: "Inzage", Href: listPath}, {Text: i.Number, Href: onePath(i.ID)}, {Text: text.Capital(f.About.Plural), Href: filesPath(i.ID, ref.Kind)}}
	v.Frame.Wide = true
	v.Notes = notes(f)
	v.Terms = []site.Term{{Name: "Waarover", Text: f.File.Title}, {Name: text.Capital(f.About.Day), Text: f.File.Began.DutchDay()}, {Name: "Stand", Text: f.File.State}, {Name: "Kenmerk", Body: site.Code(f.File.ID)}}
	v.Tables = []site.Table{fields(f.File), facts(f.Evidence, name), decisions(f.Evidence)}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

func notes(f inspection.Reading) (all []site.Note) {
	if lacks := f.File.Lacks(); len(lacks) > 0 {
		n := site.Note{Tone: site.Bad, Heading: "Dit dossier is niet volledig"}
		for _, x := range lacks {
			n.Lines = append(n.Lines, x.Says())
		}
		all = append(all, n)
	}
	return append(all, proofs(f.Evidence))
}

// proofs says what was found of the facts of a file and of the decisions in them.
func proofs(e inspection.Evidence) site.Note {
	n, proven := site.Note{Tone: site.Good, Heading: "Alle bewijzen kloppen"}, 0
	for _, f := range e.Facts {
		if f.Proven {
			proven++
		}
	}
	if !e.Green() {
		n.Tone, n.Heading = site.Bad, "Niet alle bewijzen kloppen"
	}
	kept := strconv.Itoa(proven) + " feiten staan onveranderd"
	if proven == 1 {
		kept = "1 feit staat onveranderd"
	}
	if proven < len(e.Facts) {
		kept = "Van de " + strconv.Itoa(len(e.Facts)) + " feiten klopt bij " + strconv.Itoa(len(e.Facts)-proven) + " het bewijs niet. " + kept
	}
	n.Lines = []string{kept + " in het journaal, dat is ondertekend op " + calendar.DutchTime(e.Checkpoint.At) + "."}
	if !e.Signed {
		n.Lines = append(n.Lines, "Het controlepunt is niet met de sleutel van deze installatie ondertekend.")
	}
	if asked, same := e.Decisions(); asked > 0 {
		n.Lines = append(n.Lines, strconv.Itoa(same)+" van de "+strconv.Itoa(asked)+" besluiten: opnieuw gevraagd, en gelijk.")
	}
	return n
}

func fields(f inspection.File) site.Table {
	t := site.Table{Caption: "Wat er is vastgelegd", Empty: "Van dit dossier zijn geen gegevens vastgelegd.", Columns: []site.Column{{Name: "Gegeven"}, {Name: "Vastgelegd"}, {Name: "Norm"}}}
	for _, x := range f.Fields {
		norm := "geen"
		if x.Norm != "" {
			norm = x.Norm.Dutch()
		}
		said := site.Cell{Text: x.Says()}
		if x.Missing {
			said = site.Cell{Tag: &site.Tag{Tone: site.Bad, Text: x.Says()}}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: x.Name}, said, {Text: norm}})
	}
	return t
}

func facts(e inspection.Evidence, name func(string) string) site.Table {
	t := site.Table{Caption: "Feiten", Empty: "Het journaal heeft geen feiten over dit dossier.", Columns: []site.Column{{Name: "Gebeurd", Kind: "date"}, {Name: "Wat"}, {Name: "Door"}, {Name: "Vastgelegd", Kind: "date"}, {Name: "Plaats", Kind: "number"}, {Name: "Bewijs"}}}
	for _, f := range e.Facts {
		tag := site.Tag{Tone: site.Good, Text: "klopt"}
		if !f.Proven {
			tag = site.Tag{Tone: site.Bad, Text: "klopt niet"}
		}
		what := f.Title
		if f.Erased {
			what += " (inhoud gewist)"
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: calendar.DutchTime(f.Valid)}, {Text: what}, {Text: actor(f, name)}, {Text: calendar.DutchTime(f.Recorded.Recorded)}, {Text: count(f.Position)}, {Tag: &tag}})
	}
	return t
}

func decisions(e inspection.Evidence) site.Table {
	t := site.Table{Caption: "Besluiten", Empty: "Bij dit dossier hoort geen besluit van een regel.", Columns: []site.Column{{Name: "Regel"}, {Name: "Normen"}, {Name: "Redenen"}, {Name: "Opnieuw gevraagd"}}}
	for _, f := range e.Facts {
		for _, d := range f.Decisions {
			var norms []string
			for _, n := range d.Norms {
				norms = append(norms, n.Dutch())
			}
			tag := site.Tag{Tone: site.Good, Text: "gelijk"}
			if !d.Same {
				tag = site.Tag{Tone: site.Bad, Text: "niet gelijk"}
			}
			t.Rows = append(t.Rows, []site.Cell{{Text: d.Rule + ", versie " + strconv.Itoa(d.Version)}, {Text: strings.Join(norms, "; ")}, {Text: strings.Join(d.Reasons, " ")}, {Tag: &tag}})
		}
	}
	return t
}

func actor(f inspection.Witnessed, name func(string) string) string {
	kind, _, _ := strings.Cut(f.By, ":")
	switch ident.Kind(kind) {
	case ident.Client:
		return "de cliënt"
	case ident.Program:
		return "een programma"
	case ident.Staff:
		return name(f.By)
	}
	return "het systeem"
}
