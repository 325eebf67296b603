package web

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/inspection"
	"zorgplicht/internal/pdf"
	"zorgplicht/internal/text"
	"zorgplicht/journal"
)

// A Book is a dossier as people read it: volumes with a chapter for each file, and an
// index that leads through them.
type Book struct {
	Of         inspection.Inspection
	Firm       string
	Made       time.Time
	Checkpoint journal.Checkpoint
	Happened   func(kind string) string // in Dutch

	volumes []volume
}

// volume is what the index tells of one.
type volume struct {
	name          string
	about         inspection.About
	files, facts  int
	lacking       []inspection.File
	asked, same   int64
	first, latest string // numbers
}

// clean replaces characters that no font of ours has.
func clean(s string) string {
	missing := pdf.Missing(s)
	if len(missing) == 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(string(missing), r) {
			return '?'
		}
		return r
	}, s)
}

func (b *Book) document(title, subject string, blocks []pdf.Block) pdf.Document {
	return pdf.Document{Title: clean(title), Subject: clean(subject), Author: clean(b.Firm), Made: b.Made, Footer: clean("Inzage " + b.Of.Number + " – vertrouwelijk"), Blocks: blocks}
}

// Volume makes one volume: a chapter for each of these files. It may be called while
// others are made.
func (b *Book) Volume(about inspection.About, files []inspection.File, facts []journal.Recorded, replay *journal.Replayed) ([]byte, error) {
	of := map[string][]journal.Recorded{}
	for _, f := range facts {
		of[f.Subject] = append(of[f.Subject], f)
	}
	unequal := map[string]string{} // by fact
	for _, u := range replay.Unequal {
		unequal[u.Fact] += "; " + u.Rule
	}
	var blocks []pdf.Block
	for _, f := range files {
		blocks = append(blocks, b.chapter(f, of[f.ID], unequal)...)
	}
	first, last := files[0].Number, files[len(files)-1].Number
	var out bytes.Buffer
	err := b.document(text.Capital(about.Plural)+" "+first+" tot en met "+last, "Dossier bij inzage "+b.Of.Number+" van "+b.Of.Authority+".", blocks).Write(&out)
	return out.Bytes(), err
}

func (b *Book) chapter(f inspection.File, facts []journal.Recorded, unequal map[string]string) []pdf.Block {
	blocks := []pdf.Block{
		pdf.Heading{Level: 2, Text: clean(f.Number)},
		pdf.Paragraph{Text: pdf.Plain(clean(f.Title + ". " + f.Began.Dutch() + ", " + f.State + "."))},
	}
	var held, happened []pdf.Text
	for _, x := range f.Fields {
		if x.Missing {
			held = append(held, pdf.Bold(clean(x.Says())))
			continue
		}
		norm := ""
		if x.Norm != "" {
			norm = " (" + x.Norm.Dutch() + ")"
		}
		held = append(held, pdf.Plain(clean(x.Name+": "+x.Says()+norm)))
	}
	for _, x := range facts {
		said := calendar.DutchTime(x.Valid) + ": " + b.Happened(x.Kind) + " (plaats " + strconv.FormatInt(x.Position, 10) + ")"
		if x.Erased {
			said += ", inhoud gewist"
		}
		if wrong := unequal[x.ID]; wrong != "" {
			happened = append(happened, pdf.Bold(clean(said+"; komt opnieuw anders uit: "+wrong[2:])))
			continue
		}
		happened = append(happened, pdf.Plain(clean(said)))
	}
	if len(held) > 0 {
		blocks = append(blocks, pdf.List{Items: held})
	}
	if len(happened) == 0 {
		return append(blocks, pdf.Small{Text: pdf.Plain("Het journaal heeft geen feiten over dit dossier.")})
	}
	return append(blocks, pdf.Small{Text: pdf.Plain("Feiten in het journaal:")}, pdf.List{Items: happened})
}

// mostNamedLacking is how many incomplete files of a volume the index names; the lists
// hold all.
const mostNamedLacking = 25

// Take notes a volume for the index and returns the name of its file.
func (b *Book) Take(about inspection.About, files []inspection.File, facts []journal.Recorded, replay *journal.Replayed) string {
	n := 1
	for _, v := range b.volumes {
		if v.about.Kind == about.Kind {
			n++
		}
	}
	v := volume{
		name: fmt.Sprintf("%s-deel-%04d.pdf", about.Kind, n), about: about, files: len(files), facts: len(facts), asked: replay.Decisions, same: replay.Same,
		first: files[0].Number, latest: files[len(files)-1].Number,
	}
	for _, f := range files {
		if len(f.Lacks()) > 0 && len(v.lacking) < mostNamedLacking {
			v.lacking = append(v.lacking, f)
		}
	}
	b.volumes = append(b.volumes, v)
	return v.name
}

// Index writes the first document of the dossier: what it holds, what is missing, and
// how it is verified.
func (b *Book) Index(w io.Writer, t inspection.Tally) error {
	i := b.Of
	period := "alleen bij naam genoemde dossiers"
	if !i.From.IsZero() {
		period = i.From.Dutch() + " tot en met " + i.Through.Dutch()
	}
	var asked, same int64
	contents := pdf.Table{RowHead: true, Columns: []pdf.Column{{Head: "Deel", Parts: 4}, {Head: "Van", Parts: 3}, {Head: "Tot en met", Parts: 3}, {Head: "Dossiers", Parts: 2, Right: true}, {Head: "Feiten", Parts: 2, Right: true}, {Head: "Besluiten gelijk", Parts: 3, Right: true}}}
	var lacking []pdf.Block
	for _, v := range b.volumes {
		asked, same = asked+v.asked, same+v.same
		contents.Rows = append(contents.Rows, []pdf.Text{
			pdf.Plain(v.name), pdf.Plain(clean(v.first)), pdf.Plain(clean(v.latest)), pdf.Plain(strconv.Itoa(v.files)), pdf.Plain(strconv.Itoa(v.facts)), pdf.Plain(count(v.same) + " van " + count(v.asked)),
		})
		for _, f := range v.lacking {
			lacking = append(lacking, pdf.Paragraph{Text: pdf.Join(pdf.Bold(clean(f.Number+" ")), pdf.Plain(clean(says(f))))})
		}
	}
	blocks := []pdf.Block{
		pdf.Terms{
			{Name: "Toezichthouder", Text: pdf.Plain(clean(strings.TrimSuffix(i.Authority+", "+i.Reference, ", ")))},
			{Name: "Waarvoor", Text: pdf.Plain(clean(i.Purpose))},
			{Name: "Periode", Text: pdf.Plain(period)},
			{Name: "Dossiers", Text: pdf.Plain(count(t.Files) + ", met " + count(t.Facts) + " feiten")},
			{Name: "Onvolledig", Text: pdf.Plain(count(t.Lacking) + " dossiers missen iets dat een norm vraagt")},
			{Name: "Besluiten", Text: pdf.Plain(count(same) + " van " + count(asked) + " kwamen opnieuw gelijk uit")},
			{Name: "Controlepunt", Text: pdf.Plain("nummer " + count(b.Checkpoint.Number) + " van " + calendar.DutchTime(b.Checkpoint.At) + ", " + count(b.Checkpoint.Size) + " feiten, " + b.Checkpoint.Root.String())},
		},
		pdf.Heading{Level: 2, Text: "Inhoud"},
		contents,
		pdf.Heading{Level: 2, Text: "Wat ontbreekt"},
	}
	if len(lacking) == 0 {
		lacking = []pdf.Block{pdf.Paragraph{Text: pdf.Plain("In geen van de dossiers ontbreekt iets dat een norm vraagt.")}}
	} else if int64(len(lacking)) < t.Lacking {
		lacking = append(lacking, pdf.Small{Text: pdf.Plain("Hier staan de eerste " + strconv.Itoa(len(lacking)) + " van " + count(t.Lacking) + ". De lijsten (CSV) noemen ze alle.")})
	}
	blocks = append(blocks, lacking...)
	blocks = append(blocks,
		pdf.Heading{Level: 2, Text: "Zo controleert u dit dossier"},
		pdf.List{Numbered: true, Items: []pdf.Text{
			pdf.Plain("Haal het programma zorgplicht en de publieke sleutel van deze onderneming, en krijg die sleutel langs een andere weg dan dit bestand."),
			pdf.Plain("Voer uit: zorgplicht verify BESTAND.zip --key SLEUTEL. Er is geen netwerk of databank voor nodig."),
			pdf.Plain("Het programma rekent elk bewijs na, vraagt elk besluit opnieuw, en noemt elke byte die is veranderd."),
		}},
		pdf.Paragraph{Text: pdf.Plain("De lijsten (CSV) en gegevens per dossier (JSONL) staan in de map documents; de feiten met hun bewijzen in de map facts. Het manifest noemt de SHA-256 van elk bestand en is ondertekend.")},
	)
	return b.document("Dossier bij inzage "+i.Number, "Wat "+b.Firm+" voor "+i.Authority+" opende.", blocks).Write(w)
}
