package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const sentenceNL = "Wie niet weet wat er kan gebeuren, loopt het risico dat de maandlast later te hoog wordt. "

// only is the specimen with other blocks.
func only(bs ...Block) Document {
	d := specimen()
	d.Blocks = bs
	return d
}

func TestStructureOfTheSpecimen(t *testing.T) {
	t.Parallel()
	r, tree := inspect(t, specimen())
	if got := tree.outline(); !slices.Equal(got, []string{
		"P", "H1", "P", "P", "Note(P P)", "Table(TR(TH TD) TR(TH TD) TR(TH TD) TR(TH TD))",
		"H2", "P", "H2", "L(LI(Lbl LBody) LI(Lbl LBody) LI(Lbl LBody(Link)))", "H2", "P", "H3", "L(LI(Lbl LBody) LI(Lbl LBody))", "H3",
		"Table(TR(TH TH TH TH) TR(TH TD TD TD) TR(TH TD TD TD) TR(TH TD TD TD) TR(TH TD TD TD))",
		"H2", "P(Link)", "Note(P L(LI(Lbl LBody) LI(Lbl LBody)))", "Note(P P)", "P",
	}) {
		t.Errorf("structure: %q", got)
	}
	scopes := ""
	for _, th := range tree.find("TH") {
		scopes += string(r.get(th.dict, "A", "Scope").(name)) + " "
	}
	if want := strings.Repeat("Row ", 4) + strings.Repeat("Column ", 4) + strings.Repeat("Row ", 4); scopes != want {
		t.Errorf("heads say what they are of: %s", scopes)
	}
	lists := tree.find("L")
	if r.get(lists[0].dict, "A", "ListNumbering") != name("Disc") || r.get(lists[1].dict, "A", "ListNumbering") != name("Decimal") {
		t.Error("lists do not say how they are numbered")
	}
	ids := r.get(r.catalog(), "StructTreeRoot", "IDTree", "Names").([]any)
	for i, note := range tree.find("Note") {
		id := string(note.dict["ID"].([]byte))
		if id != string(ids[2*i].([]byte)) || id != fmt.Sprintf("panel-%d", i+1) {
			t.Errorf("note %d has id %s", i, id)
		}
	}
}

// outline returns the tags below a node.
func (n *node) outline() []string {
	var out []string
	for _, k := range n.kids {
		s := string(k.tag)
		if in := k.outline(); len(in) > 0 {
			s += "(" + strings.Join(in, " ") + ")"
		}
		out = append(out, s)
	}
	return out
}

func TestLinksLeadWhereTheySay(t *testing.T) {
	t.Parallel()
	r, tree := inspect(t, only(Paragraph{Join(
		Plain("Lees "), Link("een lange tekst die niet op een regel past en dus over twee regels loopt, met daarachter nog iets", "https://a.example/(x)?y=%C3%A9"), Plain(" of "), Link("bel", "tel:+31201234567"))}))
	annots := r.get(r.pages()[0], "Annots").([]any)
	if len(annots) != 3 {
		t.Fatalf("%d places lead somewhere, want 3", len(annots))
	}
	said := ""
	for i, want := range []string{"https://a.example/(x)?y=%C3%A9", "https://a.example/(x)?y=%C3%A9", "tel:+31201234567"} {
		a := r.get(annots[i]).(dict)
		if got := string(r.get(a, "A", "URI").([]byte)); got != want {
			t.Errorf("leads to %s, not %s", got, want)
		}
		box := a["Rect"].([]any)
		if float(box[0]) >= float(box[2]) || float(box[1]) >= float(box[3]) {
			t.Errorf("a place without room: %v", box)
		}
		said += strings.TrimPrefix(utf16Text(a["Contents"].([]byte)), "\ufeff")
	}
	links := tree.find("Link")
	if len(links) != 2 || links[0].text+links[1].text != said {
		t.Errorf("%d links with %q", len(links), said)
	}
	if ps := tree.find("P"); !strings.HasPrefix(ps[2].text, "Lees ") || len(ps[2].dict["K"].([]any)) != 4 {
		t.Errorf("the paragraph has %v", ps[2].dict["K"])
	}
}

func TestEveryPageSaysWhichItIs(t *testing.T) {
	t.Parallel()
	d := long(60)
	d.Footer = strings.Repeat("Een voet die te lang is ", 9)
	for lang, want := range map[string]string{"nl": "pagina %d van %d", "en": "page %d of %d"} {
		d.Lang = lang
		r := readFile(t, write(t, d))
		pages := r.pages()
		for i, p := range pages {
			aside := r.paint(p).artifacts
			if !slices.Contains(aside, fmt.Sprintf(want, i+1, len(pages))) {
				t.Errorf("page %d says %q", i+1, aside)
			}
			if slices.Contains(aside, d.Title) != (i > 0) {
				t.Errorf("the head of page %d is %q", i+1, aside)
			}
			if !slices.ContainsFunc(aside, func(s string) bool { return strings.HasPrefix(s, "Een voet") && strings.HasSuffix(s, "…") }) {
				t.Errorf("the foot of page %d is %q", i+1, aside)
			}
		}
	}
}

func TestNothingLeavesItsPlace(t *testing.T) {
	t.Parallel()
	d := long(100)
	d.Footer = strings.Repeat("Een voet die te lang is ", 9)
	d.Title = strings.Repeat("Een titel die te lang is ", 9)
	r := readFile(t, write(t, d))
	left, right := float64(page.left)/1000, float64(page.left+page.width)/1000
	for i, p := range r.pages() {
		for _, l := range r.paint(p).lines {
			space := 0.0
			if strings.HasSuffix(l.text, " ") {
				space = 8
			}
			if l.left < left || l.right > right+space+0.01 {
				t.Errorf("page %d: %q goes from %.2f to %.2f", i+1, l.text, l.left, l.right)
			}
			if down := float64(sheetHeight)/1000 - l.base; !l.artifact && (down < float64(top)/1000 || down > float64(bottom)/1000) {
				t.Errorf("page %d: %q stands %.2f from the top", i+1, l.text, down)
			}
		}
	}
}

func TestTheHeadOfATableComesBack(t *testing.T) {
	t.Parallel()
	rows := make([][]Text, 90)
	for i := range rows {
		rows[i] = []Text{Plain(fmt.Sprintf("rij %d", i)), Plain(sentenceNL)}
	}
	r, tree := inspect(t, only(Table{Columns: []Column{{"Nummer", 1, true}, {"Uitleg", 3, false}}, Rows: rows}))
	for i, p := range r.pages() {
		aside := r.paint(p).artifacts
		if back := slices.Contains(aside, "Nummer") && slices.Contains(aside, "Uitleg"); back != (i > 0) {
			t.Errorf("page %d has beside the structure %q", i+1, aside)
		}
	}
	if n := len(tree.find("TH")); n != 2 {
		t.Errorf("%d heads in the structure", n)
	}
	if n := len(tree.find("TR")); n != 91 {
		t.Errorf("%d rows", n)
	}
}

func TestALongRowGoesOn(t *testing.T) {
	t.Parallel()
	text := strings.TrimSpace(strings.Repeat(sentenceNL, 80))
	r, tree := inspect(t, only(Table{Columns: []Column{{"A", 1, false}, {"B", 1, false}}, Rows: [][]Text{{Plain("kort"), Plain(text)}}}))
	if n := len(r.pages()); n < 3 {
		t.Errorf("%d pages", n)
	}
	if got := tree.find("TD")[1].text; got != text {
		t.Errorf("the cell holds %d of %d characters", len(got), len(text))
	}
}

func TestAPanelIsOneOverTwoPages(t *testing.T) {
	t.Parallel()
	items := make([]Text, 45)
	for i := range items {
		items[i] = Plain(sentenceNL)
	}
	r, tree := inspect(t, only(Paragraph{Plain("Voor")}, Panel{Tone: Warn, Title: "Let op", Blocks: []Block{List{Items: items}}}, Paragraph{Plain("Na")}))
	if len(r.pages()) != 3 || len(tree.find("Note")) != 1 || len(tree.find("LI")) != 45 {
		t.Fatalf("%d pages, %d notes, %d items", len(r.pages()), len(tree.find("Note")), len(tree.find("LI")))
	}
	for i, p := range r.pages() {
		ground := string(r.streams[r.get(p).(dict)["Contents"].(ref)])
		if n := strings.Count(ground, string(sand)+" rg"); n != 1 {
			t.Errorf("page %d has %d grounds of a panel", i+1, n)
		}
	}
}

func TestEmptyBlocksLeaveNothing(t *testing.T) {
	t.Parallel()
	d := only(Paragraph{}, Small{Plain(" ")}, List{Items: []Text{nil, Plain("\n")}}, Terms{}, Panel{Tone: Warn}, Panel{Blocks: []Block{Paragraph{}}})
	d.Subject = ""
	_, tree := inspect(t, d)
	if got := tree.outline(); !slices.Equal(got, []string{"P", "H1"}) {
		t.Errorf("there is %q", got)
	}
}

// No line of a paragraph stands alone on a page, and no heading above nothing.
func TestNoLineStandsAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		d := only()
		for range rapid.IntRange(20, 40).Draw(rt, "blocks") {
			n := rapid.IntRange(1, 9).Draw(rt, "sentences")
			if n == 1 {
				d.Blocks = append(d.Blocks, Heading{2, "Een kop"})
			}
			d.Blocks = append(d.Blocks, Paragraph{Plain(strings.Repeat(sentenceNL, n))})
		}
		p, err := d.print()
		if err != nil {
			rt.Fatal(err)
		}
		lines := map[*elem]map[int]int{}
		for i, s := range p.sheets {
			content := strings.Split(s.over.String(), "MCID ")[1:]
			for id, e := range s.owners {
				if lines[e] == nil {
					lines[e] = map[int]int{}
				}
				lines[e][i] += strings.Count(strings.SplitN(content[id], "EMC", 2)[0], " Tj")
			}
			if last := s.owners[len(s.owners)-1]; last.tag == "H2" {
				rt.Errorf("page %d ends with a heading", i+1)
			}
		}
		for e, on := range lines {
			for i, n := range on {
				if len(on) > 1 && n == 1 {
					rt.Errorf("a %s has one line on page %d", e.tag, i+1)
				}
			}
		}
	})
}

func TestOutlineNamesTheHeadings(t *testing.T) {
	t.Parallel()
	r, _ := inspect(t, specimen())
	root := r.catalog()["Outlines"]
	var read func(at any) []string
	read = func(at any) []string {
		var out []string
		for at != nil {
			d := r.get(at).(dict)
			s := strings.TrimPrefix(utf16Text(d["Title"].([]byte)), "\ufeff")
			if d["First"] != nil {
				s += fmt.Sprintf("%q", read(d["First"]))
			}
			if !slices.Contains(r.pages(), d["Dest"].([]any)[0]) {
				t.Errorf("%s leads to no page", s)
			}
			out = append(out, s)
			at = d["Next"]
		}
		return out
	}
	want := []string{
		"Waarom u deze uitslag krijgt", "Wat u nu kunt doen",
		`Wat er met uw antwoorden gebeurt["Wie uw antwoorden ziet" "Wat in de toets aan bod kwam"]`, "Niet eens met deze uitslag?",
	}
	if got := read(r.get(root).(dict)["First"]); !slices.Equal(got, want) {
		t.Errorf("the outline is %q", got)
	}
	if r.get(root, "Count") != 4 {
		t.Errorf("it counts %v", r.get(root, "Count"))
	}
}
