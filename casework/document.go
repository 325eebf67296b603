package casework

import (
	"bytes"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/pdftext"
	"zorgplicht/internal/text"
)

// A Document is a file under a case. It is never changed.
type Document struct {
	ID    string
	Case  ID
	Name  string // as the sender called it
	Media string // found in the bytes, never believed: "application/pdf"
	Size  int64
	Hash  ident.Hash // of the bytes
	At    time.Time
	By    string // actor
	Way   Way
	What  string // in a few words; may be empty
}

// A Format is a kind of file that is taken in: what its first bytes are, and how its
// name ends.
type Format struct {
	Media string
	Begin []byte
	Ends  []string
}

// Formats are the kinds of file that are taken in. What can hold a program, such as
// a page of the web, is not among them.
var Formats = []Format{
	{"application/pdf", []byte("%PDF-"), []string{".pdf"}},
	{"image/png", []byte("\x89PNG\r\n\x1a\n"), []string{".png"}},
	{"image/jpeg", []byte("\xff\xd8\xff"), []string{".jpg", ".jpeg"}},
	{"application/vnd.openxmlformats-officedocument", []byte("PK\x03\x04"), []string{".docx", ".xlsx"}},
	{"message/rfc822", nil, []string{".eml"}},
	{"text/plain", nil, []string{".txt"}},
}

// FormatOf returns the kind of a file by name and first bytes, false for one that is
// not taken in or whose name says something else than its bytes.
func FormatOf(name string, content []byte) (media string, ok bool) {
	low := strings.ToLower(name)
	for _, f := range Formats {
		for _, end := range f.Ends {
			if !strings.HasSuffix(low, end) || !bytes.HasPrefix(content, f.Begin) {
				continue
			}
			if f.Begin == nil && (!utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0) {
				continue
			}
			return f.Media, true
		}
	}
	return "", false
}

// CheckDocument returns what is wrong with a file under this field: its kind, its
// size, or a citizen service number in its name or in its words, as far as it is text or
// a PDF that can be read.
func CheckDocument(at, name string, content []byte) []fault.Detail {
	say := func(code, says string) []fault.Detail {
		return []fault.Detail{{Pointer: at, Reason: code, Text: says}}
	}
	media, ok := FormatOf(name, content)
	switch {
	case len(content) == 0:
		return say("empty", "Dit bestand is leeg.")
	case len(content) > LargestDocument:
		return say("too-large", "Dit bestand is groter dan 10 MB. Maak het kleiner of splits het.")
	case utf8.RuneCountInString(name) > LongestName:
		return say("too-long", "De naam van dit bestand is te lang.")
	case !ok:
		return say("format", "Dit soort bestand nemen wij niet aan. Stuur een PDF, een foto (JPG of PNG), een Word- of Excelbestand, een e-mail (EML) of platte tekst.")
	case text.HoldsBSN(name):
		return say("bsn", "In de naam van dit bestand lijkt een burgerservicenummer te staan. Geef het een andere naam.")
	case (media == "text/plain" || media == "message/rfc822") && text.HoldsBSN(string(content)):
		return say("bsn", "In dit bestand lijkt een burgerservicenummer te staan. Maak het onleesbaar en stuur het bestand opnieuw.")
	}
	if media == "application/pdf" {
		if words, _ := pdftext.Read(content); text.HoldsBSN(words) {
			return say("bsn", "In de tekst van deze PDF lijkt een burgerservicenummer te staan. Maak het onleesbaar en stuur het bestand opnieuw.")
		}
	}
	return nil
}

// Unread says in Dutch why the words of a document were not all looked at for a citizen
// service number; "" where they were.
func Unread(media string, content []byte) string {
	why := ""
	switch {
	case media == "application/pdf":
		_, err := pdftext.Read(content)
		switch {
		case err == nil:
			return ""
		case errors.Is(err, pdftext.ErrEncrypted):
			why = "het is beveiligd met een wachtwoord"
		case errors.Is(err, pdftext.ErrNoText):
			why = "er staan beelden in zonder tekst, zoals een scan"
		case errors.Is(err, pdftext.ErrTooLarge):
			why = "er staat meer in dan wordt gelezen"
		default:
			why = "de opbouw is niet te lezen"
		}
	case media == "application/vnd.openxmlformats-officedocument":
		why = "van Word en Excel wordt de tekst niet gelezen"
	default:
		return ""
	}
	return "De tekst van dit bestand kon niet geheel worden nagekeken op een burgerservicenummer: " + why + ". Kijk het zelf na."
}
