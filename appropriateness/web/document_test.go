package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/site/sitetest"
)

func TestTheResultAsADocument(t *testing.T) {
	for _, o := range []appropriateness.Outcome{appropriateness.Appropriate, appropriateness.NotAppropriate, appropriateness.CannotBeJudged} {
		t.Run(string(o), func(t *testing.T) {
			d := newDesk().judged(o)
			one, two := sitetest.Get(d.site(), "/t/abc/uitslag.pdf"), sitetest.Get(d.site(), "/t/abc/uitslag.pdf")
			if one.Code != 200 || one.Header().Get("Content-Type") != "application/pdf" || !bytes.HasPrefix(one.Body.Bytes(), []byte("%PDF-")) {
				t.Fatalf("answer %d %v", one.Code, one.Header())
			}
			if !bytes.Equal(one.Body.Bytes(), two.Body.Bytes()) {
				t.Error("the same result gave two different files")
			}
			if d.shown != 2 {
				t.Errorf("shown %d times, want 2: who downloads the result has been shown it", d.shown)
			}
		})
	}
}

func TestTheDocumentHoldsEveryWordOfTheNotice(t *testing.T) {
	d := newDesk().judged(appropriateness.NotAppropriate)
	v, err := d.Visit(t.Context(), "abc")
	if err != nil {
		t.Fatal(err)
	}
	set := fmt.Sprint(resultDocument(v))
	n := v.Notice
	for _, words := range append(append([]string{n.Title, n.Warning, n.NextTitle, v.Firm, v.Title, string(v.Attempt), v.Test.String()}, n.Paragraphs...), n.Next...) {
		if !strings.Contains(set, words) {
			t.Errorf("the document lacks %q", words)
		}
	}
}

func TestADocumentForAFirmWithAnyName(t *testing.T) {
	d := newDesk().judged(appropriateness.Appropriate)
	d.visit.Firm = "鳥 & ✓ Hypotheken"
	if w := sitetest.Get(d.site(), "/t/abc/uitslag.pdf"); w.Code != 200 {
		t.Errorf("answer %d, want a document with question marks", w.Code)
	}
}

func TestNoDocumentBeforeTheVerdict(t *testing.T) {
	w := sitetest.Get(newDesk().choose(0).site(), "/t/abc/uitslag.pdf")
	if w.Code != http.StatusSeeOther {
		t.Errorf("answer %d, want a redirect to where the client was", w.Code)
	}
}

// TestBothDocumentsSayTheSame holds PDF and page against the notice, with who gives
// the test and whose questions they are, and with what the client chose.
func TestBothDocumentsSayTheSame(t *testing.T) {
	d := newDesk().judged(appropriateness.NotAppropriate)
	v, err := d.Visit(t.Context(), "abc")
	if err != nil {
		t.Fatal(err)
	}
	v.Choice, v.Notice.Whose = appropriateness.ChoseGoOn, "Noord nam deze toets bij u af. De vragen zijn van Het Anker."
	one, err := Documents(v, "uitslag")
	if err != nil {
		t.Fatal(err)
	}
	two, err := Documents(v, "uitslag")
	if err != nil || one[0].Hash != two[0].Hash || one[1].Hash != two[1].Hash {
		t.Errorf("the same result gave other bytes (%v)", err)
	}
	if one[0].Name != "uitslag.pdf" || one[1].Name != "uitslag.html" || one[1].Size != len(one[1].Body) {
		t.Errorf("the documents are called %s and %s", one[0].Name, one[1].Name)
	}
	set, page := fmt.Sprint(resultDocument(v)), string(one[1].Body)
	for _, words := range append([]string{v.Notice.Title, v.Notice.Warning, v.Notice.Whose, courseText(v.Choice), v.Firm, v.Test.String(), string(v.Attempt)}, v.Notice.Paragraphs...) {
		if !strings.Contains(set, words) || !strings.Contains(page, words) {
			t.Errorf("a document lacks %q", words)
		}
	}
	if strings.Contains(page, "<script") || strings.Contains(page, "http") {
		t.Error("the page needs something that is not in it")
	}
}
