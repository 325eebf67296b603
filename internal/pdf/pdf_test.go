package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// golden is the digest of the specimen with its streams unpacked, so that another
// release of Go may pack them otherwise. It changes when the specimen changes or
// the setting does: look at the pages then.
const golden = "63cf51b5aee1aef69e9c1156e60d4d06d2f623f742a361e05ce42f1f358a5194"

func TestSpecimenIsAsItWas(t *testing.T) {
	t.Parallel()
	r := readFile(t, write(t, specimen()))
	h := sha256.New()
	for n := ref(1); int(n) <= len(r.objects); n++ {
		if b, ok := r.streams[n]; ok {
			h.Write(b)
			continue
		}
		// Names in the objects are in our order; printing maps sorts them.
		io.WriteString(h, show(r.objects[n]))
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != golden {
		t.Errorf("the specimen has digest %s, it was %s", got, golden)
	}
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	want := write(t, specimen())
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if got := write(t, specimen()); !bytes.Equal(got, want) {
				t.Error("two files of one document differ")
			}
		})
	}
	wait.Wait()
}

func TestAnyChangeGivesAnotherID(t *testing.T) {
	t.Parallel()
	d := specimen()
	before := readFile(t, write(t, d)).trailer["ID"].([]any)
	d.Subject += "!"
	after := readFile(t, write(t, d)).trailer["ID"].([]any)
	if bytes.Equal(before[0].([]byte), after[0].([]byte)) || !bytes.Equal(after[0].([]byte), after[1].([]byte)) {
		t.Errorf("ids %x and %x", before, after)
	}
}

func TestTheZoneOfTheClockDoesNotShow(t *testing.T) {
	t.Parallel()
	d := specimen()
	want := write(t, d)
	d.Made = d.Made.UTC().Add(3 * time.Millisecond)
	if !bytes.Equal(write(t, d), want) {
		t.Error("the same second in another zone gives another file")
	}
}

func TestMetadataSaysTheSameTwice(t *testing.T) {
	t.Parallel()
	d := Document{Title: "Één < twee & \"drie\"", Subject: "Over (haakjes)", Author: "Ĳssel & Zn.", Made: time.Date(2026, 3, 1, 8, 5, 9, 0, time.UTC)}
	r, _ := inspect(t, d)
	info := r.get(r.trailer, "Info").(dict)
	for k, want := range map[name]string{"Title": d.Title, "Author": d.Author, "Subject": d.Subject} {
		if got := utf16Text(info[k].([]byte)); got != "\ufeff"+want {
			t.Errorf("%s is %q, not %q", k, got, want)
		}
	}
	if got := string(info["CreationDate"].([]byte)); got != "D:20260301080509Z00'00'" {
		t.Errorf("made at %s", got)
	}
	packet := r.streams[r.catalog()["Metadata"].(ref)]
	text := xmlText(t, packet)
	for _, want := range []string{d.Title, d.Author, d.Subject, "2026-03-01T08:05:09Z", "nl", producer} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("the metadata lacks %q:\n%s", want, text)
		}
	}
	if bytes.Contains(packet, []byte("pdfaid")) || bytes.Contains(packet, []byte("pdfuaid")) {
		t.Error("the metadata claims a conformance that nobody has validated")
	}
}

// xmlText returns each text of a packet on a line of its own.
func xmlText(t *testing.T, packet []byte) string {
	t.Helper()
	in := xml.NewDecoder(bytes.NewReader(packet))
	var b strings.Builder
	for {
		tok, err := in.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := tok.(xml.CharData); ok {
			b.WriteString(string(c) + "\n")
		}
	}
}

func TestCatalogTellsViewersWhatTheyNeed(t *testing.T) {
	t.Parallel()
	r, _ := inspect(t, specimen())
	c := r.catalog()
	if got := string(c["Lang"].([]byte)); got != "nl" {
		t.Errorf("language %q", got)
	}
	if r.get(c, "MarkInfo", "Marked") != operator("true") || r.get(c, "ViewerPreferences", "DisplayDocTitle") != operator("true") {
		t.Error("not marked, or the title is not shown")
	}
	intent := r.get(c, "OutputIntents").([]any)[0]
	if n := r.get(intent, "DestOutputProfile", "N"); n != 3 {
		t.Errorf("a profile of %v colours", n)
	}
	for _, p := range r.pages() {
		if r.get(p, "Tabs") != name("S") {
			t.Error("a page whose links are not in the order of the structure")
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	with := func(bs ...Block) Document {
		d := specimen()
		d.Blocks = bs
		return d
	}
	but := func(change func(*Document)) Document {
		d := specimen()
		change(&d)
		return d
	}
	wide := strings.Repeat("breed ", 400)
	cases := []struct {
		name string
		d    Document
		says string
	}{
		{"no title", but(func(d *Document) { d.Title = " " }), "title"},
		{"no author", but(func(d *Document) { d.Author = "" }), "author"},
		{"no time", but(func(d *Document) { d.Made = time.Time{} }), "time"},
		{"a language without words", but(func(d *Document) { d.Lang = "fr" }), `"fr"`},
		{"a title that no font holds", but(func(d *Document) { d.Title = "漢" }), "漢 (U+6F22)"},
		{"a character that no font holds", with(Rule{}, Paragraph{Plain("klaar ✓")}), "block 2, pdf.Paragraph: no font here has the character ✓ (U+2713)"},
		{"a control character", with(Paragraph{Plain("a\x07b")}), "U+0007"},
		{"text that is no UTF-8", with(Paragraph{Plain("a\xffb")}), "U+FFFD"},
		{"a character for private use", with(Paragraph{Plain("\uf8ff")}), "U+F8FF"},
		{"nothing for a block", with(nil), "block 1 is nil"},
		{"a second title", with(Heading{1, "Weer"}), "level 1"},
		{"a level left out", with(Heading{3, "Diep"}), "level 3 stands under level 1"},
		{"a heading without text", with(Heading{2, " "}), "without text"},
		{"a heading in a panel", with(Panel{Blocks: []Block{Heading{2, "Nee"}}}), "cannot hold a pdf.Heading"},
		{"a panel in a panel", with(Panel{Blocks: []Block{Panel{}}}), "cannot hold a pdf.Panel"},
		{"a tone that there is not", with(Panel{Tone: 9, Title: "Let op"}), "tone 9"},
		{"a table without columns", with(Table{}), "without columns"},
		{"a row that is short", with(Table{Columns: make([]Column, 2), Rows: [][]Text{{nil}}}), "row 1: 1 cells for 2 columns"},
		{"more columns than a page is wide", with(Table{Columns: make([]Column, 30)}), "too narrow"},
		{"a share below nothing", with(Table{Columns: []Column{{Parts: -1}}}), "-1 parts"},
		{"a head as high as a page", with(Table{Columns: []Column{{Head: wide}}}), "too high"},
		{"a cell that no font holds", with(Table{Columns: make([]Column, 1), Rows: [][]Text{{Plain("☃")}}}), "row 1: cell 1: no font here has the character ☃"},
		{"an item that no font holds", with(List{Items: []Text{Plain("ja"), Plain("☃")}}), "item 2: "},
		{"a link to a script", with(Paragraph{Link("x", "javascript:alert(1)")}), "does not begin with https"},
		{"a link without a scheme", with(Paragraph{Link("x", "www.afm.nl")}), "does not begin with https"},
		{"a link that is none", with(Paragraph{Link("x", "https://[")}), "link: "},
		{"a link with more than ASCII", with(Paragraph{Link("x", "mailto:é@b.example")}), "more than ASCII"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			err := c.d.Write(&b)
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "pdf: ") {
				t.Errorf("got %v, want %q in it", err, c.says)
			}
			if b.Len() > 0 {
				t.Error("bytes were written all the same")
			}
		})
	}
}

func TestWhatCannotBeWrittenIsTold(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	r.CloseWithError(io.ErrShortWrite)
	if err := specimen().Write(w); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("got %v", err)
	}
}

// Twice the paragraphs must not cost more than twice the work, by the memory that
// is asked for, which no busy machine disturbs.
func TestWorkGrowsWithTheTextAlone(t *testing.T) {
	cost := func(n int) float64 {
		d := long(n)
		return testing.AllocsPerRun(1, func() {
			if err := d.Write(io.Discard); err != nil {
				t.Fatal(err)
			}
		})
	}
	few, many := cost(500), cost(4000)
	if many > 8.8*few {
		t.Errorf("500 paragraphs ask for memory %.0f times, 4000 for %.0f times", few, many)
	}
}

func TestAnyTextComesBack(t *testing.T) {
	t.Parallel()
	var letters []rune
	for r := range rune(0x10000) {
		if shows(r) && r != '\n' && tidy(string(r)) == string(r) {
			letters = append(letters, r)
		}
	}
	if len(letters) < 600 {
		t.Fatalf("only %d letters", len(letters))
	}
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom(letters), 1, 400, -1)
		plain, strong := text.Draw(rt, "plain"), text.Draw(rt, "bold")
		d := specimen()
		d.Blocks = []Block{Paragraph{Join(Plain("begin: "), Plain(plain), Bold(strong), Plain(".einde"))}}
		_, tree := inspect(t, d)
		ps := tree.find("P")
		want := strings.Join(strings.FieldsFunc("begin: "+tidy(plain)+tidy(strong)+".einde", func(r rune) bool { return r == ' ' }), " ")
		if got := ps[len(ps)-1].text; got != want {
			rt.Errorf("%q came back as %q", want, got)
		}
	})
}

func FuzzBlocks(f *testing.F) {
	f.Add("Titel", "Een tekst met\neen regel", "https://a.example/(x)", 3, uint8(255), int8(1))
	f.Add("☃", "\x00", "", -1, uint8(1), int8(-3))
	f.Fuzz(func(t *testing.T, a, b, link string, n int, pick uint8, small int8) {
		texts := make([]Text, min(max(n, 0), 40))
		for i := range texts {
			texts[i] = Join(Plain(a), Bold(b))
		}
		all := []Block{
			Heading{int(small), a},
			Paragraph{Join(Plain(a), Link(b, link))},
			List{texts, pick&1 > 0},
			Terms{{a, Plain(b)}, {b, Bold(a)}},
			Panel{Tone(small), b, []Block{Paragraph{Plain(a)}, List{texts, true}, Small{Plain(b)}}},
			Table{[]Column{{a, n, true}, {b, int(small), false}}, [][]Text{{Plain(b), Plain(a)}, texts}, pick&2 > 0},
			Rule{},
			Small{Plain(a)},
		}
		d := Document{Title: a, Author: b, Made: time.Unix(int64(n), 0)}
		for i, block := range all {
			if pick&(1<<i) > 0 {
				d.Blocks = append(d.Blocks, block)
			}
		}
		var out bytes.Buffer
		if d.Write(&out) == nil {
			readFile(t, out.Bytes()).structure()
		}
	})
}
