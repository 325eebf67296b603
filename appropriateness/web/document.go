package web

import (
	"net/http"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
	"zorgplicht/internal/pdf"
	"zorgplicht/internal/site"
)

// document gives the result as a file that the client can keep: the words of the
// notice, dated and with what they rest on. The same result gives the same file.
func (c client) document(r *http.Request) (site.Reply, error) {
	look := c.Result
	if r.Method == http.MethodHead { // shows nothing to anyone, see result
		look = c.Visit
	}
	// The document is in Dutch whatever the page speaks: it is what lasts.
	v, err := look(lang.With(r.Context(), lang.Dutch), r.PathValue("token"))
	if fault.Has(err, "attempt-not-judged") || err == nil && v.Notice == nil {
		return site.SeeOther(seat(r).to("uitslag")), nil
	}
	if err != nil {
		return nil, err
	}
	return site.Download("uitslag-"+string(v.Attempt)+".pdf", "application/pdf", resultDocument(v).Write), nil
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
		pdf.Heading{Level: 2, Text: "Over deze uitslag"},
		pdf.Terms{
			{Name: "Toets", Text: plain(v.Title)},
			{Name: "Verstuurd en beoordeeld", Text: plain(calendar.DutchTime(v.Judged))},
			{Name: "Kenmerk", Text: plain(string(v.Attempt))},
			{Name: "Versie (SHA-256)", Text: plain(v.Test.String())},
		},
	)
	return pdf.Document{
		Title: printable(n.Title), Subject: printable(v.Title), Author: printable(v.Firm), Made: v.Judged, Blocks: blocks,
		Footer: "Uitslag van " + calendar.Of(v.Judged).Dutch(),
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
