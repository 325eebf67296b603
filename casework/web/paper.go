package web

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/pdf"
)

// A part is a paragraph of a letter, or a list.
type part struct {
	text  string
	items []string
}

// partsOf reads the text of a letter: paragraphs with an empty line between them;
// lines that begin with a dash are a list.
func partsOf(text string) (parts []part) {
	for _, block := range strings.Split(text, "\n\n") {
		if block = strings.TrimSpace(block); block == "" {
			continue
		}
		lines := strings.Split(block, "\n")
		p := part{text: block}
		for _, l := range lines {
			if item, ok := strings.CutPrefix(strings.TrimSpace(l), "- "); ok {
				p.items = append(p.items, item)
			}
		}
		if len(p.items) == len(lines) {
			p.text = ""
		} else {
			p.items = nil
		}
		parts = append(parts, p)
	}
	return parts
}

// Paper makes the documents of a letter: a PDF and a page, the same bytes each time.
// A character that cannot be shown is Invalid "invalid-letter".
func Paper(l casework.Missive) (file, page []byte, err error) {
	if lost := pdf.Missing(l.From + l.To + l.Subject + l.Text); len(lost) > 0 {
		return nil, nil, fault.All("invalid-letter", []fault.Detail{{Pointer: "/text", Reason: "no-glyph", Text: fmt.Sprintf("In de brief staat een teken dat niet kan worden afgedrukt: %q. Haal het weg of schrijf het anders.", lost[0])}})
	}
	d := pdf.Document{Title: l.Subject, Author: l.From, Footer: l.From + ", " + l.Number, Made: l.Made.Truncate(time.Second)}
	d.Blocks = append(d.Blocks, pdf.Paragraph{Text: pdf.Plain(l.To)}, pdf.Terms{
		{Name: "Datum", Text: pdf.Plain(calendar.Of(l.Made).Dutch())}, {Name: "Ons kenmerk", Text: pdf.Plain(l.Number)},
	})
	for _, p := range partsOf(l.Text) {
		if p.items == nil {
			d.Blocks = append(d.Blocks, pdf.Paragraph{Text: pdf.Plain(p.text)})
			continue
		}
		var list pdf.List
		for _, i := range p.items {
			list.Items = append(list.Items, pdf.Plain(i))
		}
		d.Blocks = append(d.Blocks, list)
	}
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		return nil, nil, err
	}
	return b.Bytes(), letterHTML(l), nil
}

// letterHTML is the letter as a page of its own, without anything from elsewhere.
func letterHTML(l casework.Missive) []byte {
	lines := func(s string) string { return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>\n") }
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n", html.EscapeString(l.Subject))
	b.WriteString("<style>body{font:1rem/1.5 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}dt{font-weight:bold}</style>\n</head>\n<body>\n")
	fmt.Fprintf(&b, "<p>%s</p>\n<h1>%s</h1>\n<p>%s</p>\n<dl>\n<dt>Datum</dt><dd>%s</dd>\n<dt>Ons kenmerk</dt><dd>%s</dd>\n</dl>\n",
		html.EscapeString(l.From), html.EscapeString(l.Subject), lines(l.To), calendar.Of(l.Made).Dutch(), html.EscapeString(l.Number))
	for _, p := range partsOf(l.Text) {
		if p.items == nil {
			fmt.Fprintf(&b, "<p>%s</p>\n", lines(p.text))
			continue
		}
		b.WriteString("<ul>\n")
		for _, i := range p.items {
			fmt.Fprintf(&b, "<li>%s</li>\n", html.EscapeString(i))
		}
		b.WriteString("</ul>\n")
	}
	b.WriteString("</body>\n</html>\n")
	return b.Bytes()
}
