package pdftext

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// made is a small file of these objects, without a table, as after a careless repair.
func made(trailer string, objects ...string) []byte {
	var b strings.Builder
	b.WriteString("%PDF-1.4\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	return []byte(b.String() + "trailer\n<< " + trailer + " >>\n%%EOF\n")
}

func body(head, content string) string {
	return "<< " + head + " >>\nstream\n" + content + "\nendstream"
}

func packed(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

const (
	aPage = "<< /Type /Page /Contents 2 0 R /Resources << /Font << /F 3 0 R >> /XObject << /X 4 0 R >> >> >>"
	aFont = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
)

func TestWhatAPageShows(t *testing.T) {
	cmap := body("", "1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0010> <0019> <0030> endbfrange 1 beginbfchar <0005> <0042> endbfchar")
	form := body("/Type /XObject /Subtype /Form", "BT /F 10 Tf (in een formulier) Tj ET")
	image := body("/Subtype /Image /Filter /DCTDecode", "beeld")
	for _, c := range []struct {
		name    string
		content string
		font    string
		more    string
		want    string // in what was read
		err     error
	}{
		{"letters one after the other", "BT /F 10 Tf (Hal) Tj (lo) Tj ET", aFont, form, "Hallo", nil},
		{"letters each in their place are one word", "BT /F 10 Tf (1) Tj 5.5 0 Td (2) Tj 5.5 0 Td (3) Tj ET", aFont, form, "123", nil},
		{"cells of a table are not", "BT /F 10 Tf (1500) Tj 80 0 Td (2500) Tj ET", aFont, form, "1500\t2500", nil},
		{"nor are two lines", "BT /F 10 Tf 12 TL (1500) Tj T* (2500) Tj ET", aFont, form, "1500\n2500", nil},
		{"kerning is no space, a gap is", "BT /F 10 Tf [(12) 40 (34) -400 (56)] TJ ET", aFont, form, "1234 56", nil},
		{"a quote begins a line", "BT /F 10 Tf 12 TL (a) Tj (b) ' 1 2 (c) \" ET", aFont, form, "a\nb\nc", nil},
		{"escapes and codes in octal", `BT /F 10 Tf (\(1\062\)\063\
4) Tj ET`, aFont, form, "(12)34", nil},
		{"a table from codes to letters", "BT /F 10 Tf <001100120005> Tj ET", "<< /Subtype /Type0 /ToUnicode 5 0 R >>", form, "12B", nil},
		{"codes without such a table", "BT /F 10 Tf <00110012> Tj ET", "<< /Subtype /Type0 >>", form, "", ErrUnknown},
		{"names of letters", "BT /F 10 Tf (ABC) Tj ET", "<< /Subtype /Type1 /Encoding << /Differences [65 /one /two 67 /uni0033] >> >>", form, "123", nil},
		{"a piece of content with a name", "q 1 0 0 1 9 9 cm /X Do Q", aFont, form, "in een formulier", nil},
		{"a page that is a picture", "q /X Do Q", aFont, image, "", ErrNoText},
		{"a picture within the content", "BI /W 1 ID (( EI BT /F 10 Tf (na) Tj ET", aFont, form, "na", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, content := range []string{body("", c.content), body("/Filter /FlateDecode", packed(c.content))} {
				got, err := Read(made("/Root 9 0 R", aPage, content, c.font, c.more, cmap))
				if !strings.Contains(got, c.want) || !errors.Is(err, c.err) {
					t.Errorf("%q, %v", got, err)
				}
			}
		})
	}
}

func TestDigitsInBoxesAreOneNumberAndCellsAreNot(t *testing.T) {
	for _, c := range []struct{ shown, want string }{
		{"1 2 3 4 5 6 7 8 2", "123456782"},
		{"1 2 3 4 5 6 7 8", "12345678"},
		{"1 2 3 4 5 6 7", "1\t2\t3\t4\t5\t6\t7"},
		{"1 2 3 4 5 6 7 8 9 0", "1\t2\t3\t4\t5\t6\t7\t8\t9\t0"},
		{"BSN 1 2 3 4 5 6 7 8 2", "BSN\t123456782"},
		{"12 3 4 5 6 7 8 9 1", "12\t3\t4"},
	} {
		var b strings.Builder
		for i, s := range strings.Fields(c.shown) {
			fmt.Fprintf(&b, "BT /F 10 Tf %d 700 Td (%s) Tj ET ", 60+i*30, s)
		}
		got, err := Read(made("", aPage, body("", b.String()), aFont))
		if err != nil || strings.TrimSpace(got) != c.want && !strings.HasPrefix(strings.TrimSpace(got), c.want) {
			t.Errorf("%s: %q, %v", c.shown, got, err)
		}
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		name string
		file []byte
		want error
	}{
		{"a file with a key", made("/Encrypt 4 0 R", aPage, body("", "BT ET"), aFont), ErrEncrypted},
		{"a filter that is not known", made("", aPage, body("/Filter /Geheim", "x"), aFont), ErrUnknown},
		{"no page at all", []byte("%PDF-1.7\n"), ErrUnknown},
		{"a page that holds itself", made("", aPage, body("", "/X Do"), aFont, body("/Subtype /Form /Resources << /XObject << /X 4 0 R >> >>", "/X Do")), nil},
		{"more than is read", made("", aPage, body("/Filter /FlateDecode", packed(strings.Repeat(" ", 65<<20))), aFont), ErrTooLarge},
	} {
		if _, err := Read(c.file); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestObjectsThatLieTogetherAreFound(t *testing.T) {
	objects := "7 0 " + aFont
	file := made("", strings.Replace(aPage, "3 0 R", "7 0 R", 1), body("", "BT /F 9 Tf (samen) Tj ET"), body("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed(objects)))
	if got, err := Read(file); !strings.Contains(got, "samen") || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAFormThatWasFilledInIsRead(t *testing.T) {
	file := made("", aPage, body("", "BT ET"), aFont, "<< /FT /Tx /V (\xfe\xff\x001\x002\x003) >>", "<< /V (123456782) >>")
	got, err := Read(file)
	if !strings.Contains(got, "123") || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestPagesThatOthersMade(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want []string
	}{
		{"chromium", nil, []string{"Brief aan de klant", "1234.56.782", "financiële diensten €"}},
		{"qpdf", nil, []string{"Brief aan de klant", "1234.56.782", "financiële diensten €"}}, // objects packed together
		{"cairo", nil, []string{"Brief: nummer 1234.56.782"}},
		{"latex", nil, []string{"Brief: nummer 1234.56.782", "1500\t2500"}}, // objects packed together, fonts in part
		{"latexold", nil, []string{"nummer 1234.56.782"}},                   // fonts by names of letters alone
		{"boxes", nil, []string{"123456782"}},                               // a digit in each box of a form
		{"outlines", ErrNoText, nil},                                        // letters that were drawn
		{"encrypted", ErrEncrypted, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, err := os.ReadFile("testdata/" + c.name + ".pdf")
			if err != nil {
				t.Fatal(err)
			}
			got, err := Read(file)
			if !errors.Is(err, c.err) {
				t.Errorf("%v", err)
			}
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not in %q", want, got)
				}
			}
		})
	}
}

// FuzzRead holds that no file ends the reader, and that it says no more than its bound.
func FuzzRead(f *testing.F) {
	f.Add(made("", aPage, body("", "BT /F 9 Tf [(a) 2 <62>] TJ ET"), aFont, body("/Subtype /Form", "BT (x) Tj ET")))
	f.Add(made("", body("/Type /ObjStm /N 9 /First 4", "7 0 << /A [1 2 R (>>)] >>"), "[[[["))
	f.Add([]byte("1 0 obj << /ToUnicode 1 0 R /Type /Page /Contents [1 0 R] >> stream\n1 beginbfrange <00> <ffffffff> <0041> endbfrange"))
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := Read(file)
		if len(got) > 5<<20 {
			t.Fatalf("%d bytes of %d, %v", len(got), len(file), err)
		}
	})
}
