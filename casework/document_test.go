package casework_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"zorgplicht/casework"
)

func TestAPDFIsLookedThrough(t *testing.T) {
	for _, c := range []struct {
		name   string
		file   string
		faults []string
		unread string
	}{
		{"a citizen service number in a page that a browser printed is refused", "chromium", []string{"bsn"}, ""},
		{"in one whose objects are packed too", "qpdf", []string{"bsn"}, ""},
		{"of a file with a key is said that nobody looked", "encrypted", nil, "wachtwoord"},
	} {
		content, err := os.ReadFile("../internal/pdftext/testdata/" + c.file + ".pdf")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range casework.CheckDocument("/document", "brief.pdf", content) {
			got = append(got, f.Reason)
		}
		says := casework.Unread("application/pdf", content)
		if !slices.Equal(got, c.faults) || !strings.Contains(says, c.unread) || (says == "") != (c.unread == "") {
			t.Errorf("%s: %q, %q", c.name, got, says)
		}
	}
	if casework.Unread("text/plain", []byte("x")) != "" || casework.Unread("application/vnd.openxmlformats-officedocument", []byte("PK")) == "" {
		t.Error("text is looked through, Word is not")
	}
}
