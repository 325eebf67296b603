package web

import (
	"bytes"
	"context"
	_ "embed"
	"io"
	"net/http"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/pdf"
	"zorgplicht/internal/site"
)

// document gives the result as a file that the client can keep: the words of the
// notice, dated and with what they rest on. The same bytes come back each time.
func (c client) document(mediaType, name string) site.Handler {
	return func(r *http.Request) (site.Reply, error) {
		var d appropriateness.Document
		var err error
		if r.Method == http.MethodHead { // shows nothing to anyone, see result
			var v appropriateness.Visit
			if v, err = c.Visit(r.Context(), r.PathValue("token")); err == nil && v.Notice == nil {
				return site.SeeOther(seat(r).to("uitslag")), nil
			}
		} else {
			d, err = c.ResultDocument(r.Context(), r.PathValue("token"), mediaType)
		}
		if fault.Has(err, "attempt-not-judged") {
			return site.SeeOther(seat(r).to("uitslag")), nil
		}
		if err != nil {
			return nil, err
		}
		return keptFile(name, mediaType, d), nil
	}
}

func keptFile(name, mediaType string, d appropriateness.Document) site.Reply {
	return site.Download(name, mediaType, func(w io.Writer) error {
		_, err := w.Write(d.Body)
		return err
	})
}

// Documents makes the documents of a judged visit, in this order PDF and HTML. The
// same visit gives the same bytes.
func Documents(v appropriateness.Visit, name string) ([]appropriateness.Document, error) {
	var file, page bytes.Buffer
	if err := resultDocument(v).Write(&file); err != nil {
		return nil, err
	}
	if err := keptPage(v).Render(context.Background(), &page); err != nil {
		return nil, err
	}
	return []appropriateness.Document{
		appropriateness.NewDocument(name+".pdf", appropriateness.PDF, file.Bytes()),
		appropriateness.NewDocument(name+".html", appropriateness.HTML, page.Bytes()),
	}, nil
}

// resultDocument sets the notice of a judged visit.
func resultDocument(v appropriateness.Visit) pdf.Document {
	n := v.Notice
	body := make([]pdf.Block, 0, len(n.Paragraphs))
	for _, p := range n.Paragraphs {
		body = append(body, pdf.Paragraph{Text: plain(p)})
	}
	panel := pdf.Panel{Tone: pdf.Good, Blocks: body}
	if n.Warning != "" {
		panel.Tone, panel.Title = pdf.Warn, printable(n.Warning)
	}
	steps := make([]pdf.Text, 0, len(n.Next))
	for _, s := range n.Next {
		steps = append(steps, plain(s))
	}
	blocks := []pdf.Block{panel}
	if text := courseText(v.Choice); text != "" {
		blocks = append(blocks, pdf.Paragraph{Text: pdf.Bold(text)})
	}
	blocks = append(blocks,
		pdf.Heading{Level: 2, Text: n.NextTitle}, pdf.List{Items: steps},
		pdf.Heading{Level: 2, Text: aboutResult},
	)
	if n.Whose != "" {
		blocks = append(blocks, pdf.Paragraph{Text: plain(n.Whose)})
	}
	var terms pdf.Terms
	for _, t := range restsOn(v) {
		terms = append(terms, pdf.Term{Name: t.Name, Text: plain(t.Text)})
	}
	blocks = append(blocks, terms)
	return pdf.Document{
		Title: printable(n.Title), Subject: printable(v.Title), Author: printable(v.Firm), Made: v.Judged, Blocks: blocks,
		Footer: "Uitslag van " + calendar.Of(v.Judged).Dutch(),
	}
}

//go:embed kept.css
var keptStyle string

const aboutResult = "Over deze uitslag"

// restsOn says what the result rests on.
func restsOn(v appropriateness.Visit) []site.Term {
	return []site.Term{
		{Name: "Toets", Text: v.Title},
		{Name: "Verstuurd en beoordeeld", Text: calendar.DutchTime(v.Judged)},
		{Name: "Kenmerk", Text: string(v.Attempt)},
		{Name: "Versie (SHA-256)", Text: v.Test.String()},
	}
}

// courseText says what the client chose after the warning.
func courseText(c appropriateness.Course) string {
	switch c {
	case appropriateness.ChoseStop:
		return "U hebt gekozen om te stoppen."
	case appropriateness.ChoseGoOn:
		return "U hebt bevestigd dat u de waarschuwing las, en gekozen om verder te gaan zonder advies."
	}
	return ""
}

func plain(s string) pdf.Text { return pdf.Plain(printable(s)) }

// printable puts a question mark where the fonts of a document have no character:
// the name of a firm may hold any, and a client must get the document all the same.
func printable(s string) string {
	for _, r := range pdf.Missing(s) {
		s = strings.ReplaceAll(s, string(r), "?")
	}
	return s
}
