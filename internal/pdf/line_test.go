package pdf

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// text returns a line as it was set, without the space at its end.
func (l line) text() string {
	var b strings.Builder
	for _, p := range l.pieces {
		b.WriteString(p.text)
	}
	return strings.TrimSuffix(b.String(), " ")
}

func TestLines(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		text  Text
		width length
		want  []string
	}{
		{"what fits stays on one line", Plain("een twee drie"), pt(200), []string{"een twee drie"}},
		{"a line ends at a space", Plain("een twee drie vier"), pt(60), []string{"een twee", "drie vier"}},
		{"white space counts as one space", Plain("  een \t twee\r\u2028drie  "), pt(200), []string{"een twee drie"}},
		{"a newline begins a line", Plain("Dorpsstraat 1\n1234 AB Ons Dorp\n"), pt(200), []string{"Dorpsstraat 1", "1234 AB Ons Dorp"}},
		{"spaces around a newline go", Plain("een \n twee"), pt(200), []string{"een", "twee"}},
		{"an amount keeps its sign", Plain("kost €\u00a010 nu"), pt(38), []string{"kost", "€\u00a010 nu"}},
		{"a narrow hard space is a hard space", Plain("€\u202f10"), pt(200), []string{"€\u00a010"}},
		{"a hyphen is no place to break", Plain("een kennis-toets nu"), pt(70), []string{"een", "kennis-toets", "nu"}},
		{"a word too wide is cut behind a stroke", Plain("www.example.nl/pagina"), pt(80), []string{"www.example.", "nl/pagina"}},
		{"a word too wide is cut anywhere if need be", Plain("arbeidsongeschiktheid"), pt(60), []string{"arbeidsonge", "schiktheid"}},
		{"a soft hyphen is left out", Plain("hypo\u00adtheek"), pt(200), []string{"hypotheek"}},
		{"a letter and its accent become one", Plain("e\u0301e\u0301n"), pt(200), []string{"één"}},
		{"runs follow without a space", Join(Bold("een"), Plain("voud "), Plain(" groot")), pt(200), []string{"eenvoud groot"}},
		{"nothing gives no lines", Join(Plain(" "), Bold("\n")), pt(200), nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ls, err := c.text.lines(body, c.width)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range ls {
				got = append(got, l.text())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestNoLineIsWiderThanItsColumn(t *testing.T) {
	t.Parallel()
	faces := typefaces()
	rapid.Check(t, func(rt *rapid.T) {
		word := rapid.StringMatching(`[a-zA-Zéïĳ0-9€%W—/.-]{1,60}`)
		text := Join(Plain(strings.Join(rapid.SliceOfN(word, 1, 30).Draw(rt, "plain"), " ")), Bold(strings.Join(rapid.SliceOfN(word, 0, 9).Draw(rt, "bold"), " ")))
		width := length(rapid.IntRange(int(narrowest), int(page.width)).Draw(rt, "width"))
		st := rapid.SampledFrom([]style{body, first, small, cell}).Draw(rt, "style")
		ls, err := text.lines(st, width)
		if err != nil {
			rt.Fatal(err)
		}
		for _, l := range ls {
			wide, units := length(0), 0
			for _, p := range l.pieces {
				wide += p.width
				for _, r := range p.text {
					units += faces[p.span.face].advance(r)
				}
			}
			last := l.pieces[len(l.pieces)-1]
			if strings.HasSuffix(last.text, " ") {
				units -= faces[last.span.face].advance(' ')
			}
			if seen := length(units) * st.size / 1000; seen != l.width || seen > width {
				rt.Errorf("%q is %s wide, said to be %s, in a column of %s", l.text(), seen, l.width, width)
			}
			if wide > l.width || l.width-wide > length(len(l.pieces)) {
				rt.Errorf("the pieces of %q are %s wide, the line %s", l.text(), wide, l.width)
			}
		}
	})
}

func TestHeadingsAreBalanced(t *testing.T) {
	t.Parallel()
	ls, err := Plain("Een hypotheek zonder advies past niet bij u").lines(first, page.width)
	if err != nil {
		t.Fatal(err)
	}
	if len(ls) != 2 || ls[0].width > ls[1].width*3/2 || ls[1].width > ls[0].width*3/2 {
		t.Errorf("%q and %q", ls[0].text(), ls[1].text())
	}
}

func TestLengthsAreWrittenExactly(t *testing.T) {
	t.Parallel()
	for l, want := range map[length]string{0: "0", 1: "0.001", -1: "-0.001", 10500: "10.5", 595276: "595.276", -2000: "-2", 1020: "1.02"} {
		if got := l.String(); got != want {
			t.Errorf("%d is written %s, not %s", int(l), got, want)
		}
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, text, want string
	}{
		{"all of Dutch can be shown", "Één café, geïnd: € 1.234,56 – “ĳs” ƒ\u00a0’s \u2011 \u202f\n\tx", ""},
		{"so can names from all over Europe", "Łukasz Škoda Nagyőr Ştefan Ğül Ångström Ñuñez Øre Þór ß Αθήνα Київ", ""},
		{"a character is named once, in order", "a ✓ 漢 ✓", "✓漢"},
		{"a letter with an accent it never has", "q\u0301", "\u0301"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := string(Missing(c.text)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
