package web

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/pdf"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A sheet is a case on paper while it is written: what it says is hashed as it is put
// down.
type sheet struct {
	says   bytes.Buffer
	blocks []pdf.Block
}

// text is what stands on paper: without what a document cannot show, and hashed.
func (s *sheet) text(t string) pdf.Text {
	for _, c := range pdf.Missing(t) {
		t = strings.ReplaceAll(t, string(c), "?")
	}
	fmt.Fprintf(&s.says, "%q\n", t)
	return pdf.Plain(t)
}

func (s *sheet) terms(pairs ...string) {
	var all pdf.Terms
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			all = append(all, pdf.Term{Name: pairs[i], Text: s.text(pairs[i+1])})
		}
	}
	if len(all) > 0 {
		s.blocks = append(s.blocks, all)
	}
}

// leaf puts down what a room says of the case.
func (s *sheet) leaf(l Leaf) {
	if l.Heading != "" {
		s.head(l.Heading)
	}
	var pairs []string
	for _, t := range l.Terms {
		pairs = append(pairs, t.Name, t.Text)
	}
	s.terms(pairs...)
	for _, block := range strings.Split(l.Text, "\n\n") {
		if block = strings.TrimSpace(block); block != "" {
			s.blocks = append(s.blocks, pdf.Paragraph{Text: s.text(block)})
		}
	}
}

// A Leaf is a part of a case on paper that its own room says: what it is and how it was
// handled.
type Leaf struct {
	Heading string
	Terms   []site.Term
	Text    string
}

// Told is what the page of a case says, as leaves: its terms under a heading, the words
// that people typed, what rules say of it, and each row of its tables.
func Told(heading string, v site.Record) []Leaf {
	leaves := []Leaf{{Heading: heading, Terms: v.Terms}}
	for _, p := range v.Passages {
		if p.Text != "" {
			leaves = append(leaves, Leaf{Heading: p.Heading, Text: p.Text})
		}
	}
	for _, n := range v.Notes {
		leaves = append(leaves, Leaf{Heading: n.Heading, Text: strings.Join(n.Lines, "\n\n")})
	}
	for _, t := range v.Tables {
		leaves = append(leaves, rows(t)...)
	}
	return leaves
}

// rows are a table on paper: each row by itself, under the names of the columns.
func rows(t site.Table) []Leaf {
	if len(t.Rows) == 0 {
		return []Leaf{{Heading: t.Caption, Text: t.Empty}}
	}
	leaves := []Leaf{{Heading: t.Caption}}
	for _, row := range t.Rows {
		var l Leaf
		for n, cell := range row {
			said := cell.Text
			if cell.Tag != nil {
				said = strings.TrimSpace(cell.Tag.Text + " " + said)
			}
			if said != "–" {
				l.Terms = append(l.Terms, site.Term{Name: t.Columns[n].Name, Text: said})
			}
		}
		leaves = append(leaves, l)
	}
	return leaves
}

// A Saying tells what a room says of a case on paper to who may open it. names are
// those of colleagues, by account.
type Saying func(r *http.Request, who staff.Session, id casework.ID, names map[string]string) ([]Leaf, error)

func (s *sheet) head(title string) {
	s.blocks = append(s.blocks, pdf.Heading{Level: 2, Text: title})
}

// printCase gives what lies under a case as a document: pages with their number of how
// many, and the hash of what stands on them.
func (p pages) printCase(r *http.Request, who staff.Session) (site.Reply, error) {
	f, a, _, err := p.part(r, who, casework.ID(r.PathValue("zaak")), false, "print")
	if err != nil {
		return nil, err
	}
	names, err := p.Names(r.Context(), who.Account.Firm)
	if err != nil {
		return nil, err
	}
	s, u := &sheet{}, Under{File: f, Names: names, Today: p.desk.Today()}
	s.terms("Nummer", f.Number, "Soort", a.Dutch, "Waarover", f.Title, "Ontvangen", f.Received.Dutch(), "Stand", stateOf(f.Case), "Behandelaar", names[f.Handler], "Team", f.Team, "Product", f.Product, "Schade", f.Harm.Dutch())
	if say := p.Leaves[f.Kind]; say != nil {
		leaves, err := say(r, who, f.ID, names)
		if err != nil {
			return nil, err
		}
		for _, l := range leaves {
			s.leaf(l)
		}
	}
	if len(f.Dues) > 0 {
		s.head("Wat moet er gebeuren?")
	}
	for _, d := range f.Dues {
		norm := ""
		if d.Norm != "" {
			norm = d.Norm.Dutch()
		}
		s.terms("Wat", d.Title, "Uiterlijk", d.Day.Dutch(), "Norm", norm)
	}
	if len(f.Letters) > 0 {
		s.head("Brieven")
	}
	for _, l := range f.Letters {
		s.terms("Onderwerp", l.Subject, "Gemaakt", calendar.DutchTime(l.Made), "Door", u.by(l.By))
	}
	if len(f.Documents) > 0 {
		s.head("Documenten")
	}
	for _, d := range f.Documents {
		s.terms("Naam", d.Name, "Wat", d.What, "Toegevoegd", calendar.DutchTime(d.At), "Door", u.by(d.By), "SHA-256", d.Hash.String())
	}
	if len(f.Notes) > 0 {
		s.head("Notities")
	}
	for _, n := range f.Notes {
		s.terms("Op", calendar.DutchTime(n.At), "Door", u.by(n.By), "Hoe", strings.ToLower(wayText(n.Way)))
		s.blocks = append(s.blocks, pdf.Paragraph{Text: s.text(n.Text)})
	}
	sum := fmt.Sprintf("%x", sha256.Sum256(s.says.Bytes()))
	d := pdf.Document{
		Title: "Zaak " + f.Number, Subject: "Afgedrukt op " + calendar.DutchTime(f.Seen), Author: "Zorgplicht", Footer: f.Number + ", SHA-256 " + sum[:16], Made: f.Seen.Truncate(time.Second),
		Blocks: append(s.blocks, pdf.Small{Text: pdf.Plain("SHA-256 van wat hier staat: " + sum)}),
	}
	return site.Download(f.Number+".pdf", "application/pdf", func(w io.Writer) error { return d.Write(w) }), nil
}
