package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// A Flaw is what is wrong with a message that came in, by name. What could be read of
// it is there all the same.
type Flaw string

// The flaws.
const (
	Unreadable Flaw = "onleesbaar"    // no message at all
	Broken     Flaw = "beschadigd"    // a part ends too early, or is not encoded as it says
	TooDeep    Flaw = "te-diep"       // parts within parts within parts
	TooMany    Flaw = "te-veel-delen" // more parts than anybody sends
	TooLong    Flaw = "te-lang"       // more text than a page shows; the rest is in the original
	Charset    Flaw = "tekenset"      // characters that are not what they say, shown as �
	OnlyHTML   Flaw = "alleen-html"   // no plain text: the words of the page, without its look
	NoText     Flaw = "geen-tekst"
)

// The most that is read of one message.
const (
	mostParts = 100
	mostDepth = 8
	mostText  = 100_000 // bytes of text that is shown
	mostFiles = 25
	mostPart  = 20 << 20 // bytes of one part
)

// An Incoming is a message as strangers sent it, made plain. Text and names are valid
// UTF-8 without control characters; no page of theirs is in it.
type Incoming struct {
	ID      string   // of the message, "" where it bears none
	Answers []string // ids of the messages that it answers or reports on
	From    Address
	Subject string
	Text    string
	Words   string // all text of all parts, also what is not shown
	Files   []Attachment
	Auto    bool // a machine wrote it
	Bounced bool // it reports that a message of ours was not delivered, for good
	Flaws   []Flaw
}

// Read reads a message. It never fails: what is wrong is among the flaws.
func Read(raw []byte) (in Incoming) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		in.flaw(Unreadable)
		return in
	}
	r := reader{in: &in}
	in.ID = ids(m.Header.Get("Message-Id"), 1)[0]
	in.Answers = named(ids(m.Header.Get("In-Reply-To")+" "+m.Header.Get("References"), 50))
	in.Subject = first(tidy(r.decoded(m.Header.Get("Subject"))))
	in.From = r.sender(m.Header.Get("From"))
	auto := m.Header.Get("Auto-Submitted")
	in.Auto = auto != "" && !strings.EqualFold(auto, "no")
	r.part(textproto.MIMEHeader(m.Header), m.Body, 0)
	in.Text = r.plain.String()
	if strings.TrimSpace(in.Text) == "" {
		if in.Text = r.html.String(); strings.TrimSpace(in.Text) != "" {
			in.flaw(OnlyHTML)
		} else {
			in.flaw(NoText)
		}
	}
	in.Text = strings.TrimSpace(tidy(in.Text))
	if len(in.Text) > mostText {
		in.Text = strings.ToValidUTF8(in.Text[:mostText], "")
		in.flaw(TooLong)
	}
	in.Words = r.plain.String() + "\n" + r.html.String()
	return in
}

func (in *Incoming) flaw(f Flaw) {
	for _, has := range in.Flaws {
		if has == f {
			return
		}
	}
	in.Flaws = append(in.Flaws, f)
}

var idIn = regexp.MustCompile(`<([!-;=?-~]{1,250})>`)

// ids are the ids of messages in a header: at most n, at least one, that may be "".
func ids(s string, n int) (all []string) {
	for _, m := range idIn.FindAllStringSubmatch(s, n) {
		all = append(all, m[1])
	}
	if len(all) == 0 {
		return []string{""}
	}
	return all
}

func named(all []string) (some []string) {
	for _, s := range all {
		if s != "" {
			some = append(some, s)
		}
	}
	return some
}

type reader struct {
	in          *Incoming
	plain, html strings.Builder
	parts       int
	report      bool
}

// decoded reads encoded words; what cannot be read stays as it is.
func (r *reader) decoded(s string) string {
	d := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if out, err := d.DecodeHeader(s); err == nil {
		s = out
	}
	return r.valid(s)
}

func (r *reader) valid(s string) string {
	if !utf8.ValidString(s) {
		r.in.flaw(Charset)
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	return s
}

func (r *reader) sender(s string) Address {
	p := mail.AddressParser{WordDecoder: &mime.WordDecoder{CharsetReader: charset.NewReaderLabel}}
	if a, err := p.Parse(s); err == nil {
		return Address{first(tidy(r.valid(a.Name))), first(tidy(r.valid(a.Address)))}
	}
	return Address{Name: first(tidy(r.decoded(s)))}
}

// part reads one part of a message, or the whole.
func (r *reader) part(h textproto.MIMEHeader, body io.Reader, depth int) {
	if r.parts++; r.parts > mostParts {
		r.in.flaw(TooMany)
		return
	}
	media, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || !strings.Contains(media, "/") {
		media, params = "text/plain", nil
	}
	if strings.HasPrefix(media, "multipart/") && params["boundary"] != "" {
		r.many(media, params, body, depth)
		return
	}
	content := r.content(h.Get("Content-Transfer-Encoding"), body)
	place, with, err := mime.ParseMediaType(h.Get("Content-Disposition"))
	name := with["filename"]
	if err != nil || name == "" {
		name = params["name"]
	}
	if name = fileName(r.decoded(name)); r.about(media, content) {
		return
	}
	if name == "" && place != "attachment" && (media == "text/plain" || media == "text/html") {
		r.words(media, params["charset"], content)
		return
	}
	r.file(name, media, content)
}

func (r *reader) many(media string, params map[string]string, body io.Reader, depth int) {
	if depth >= mostDepth {
		r.in.flaw(TooDeep)
		return
	}
	r.report = r.report || media == "multipart/report" && params["report-type"] == "delivery-status"
	parts := multipart.NewReader(body, params["boundary"])
	for r.parts <= mostParts {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			r.in.flaw(Broken)
			return
		}
		r.part(p.Header, p, depth+1)
	}
}

// content undoes how a part was packed.
func (r *reader) content(packed string, body io.Reader) []byte {
	switch strings.ToLower(strings.TrimSpace(packed)) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	b, err := io.ReadAll(io.LimitReader(body, mostPart))
	if err != nil {
		r.in.flaw(Broken)
	}
	return b
}

var failed = regexp.MustCompile(`(?im)^Action:\s*failed`)

// about reads what a report of a mail server says, and of which message; it reports
// whether the part is that.
func (r *reader) about(media string, content []byte) bool {
	if !r.report {
		return false
	}
	switch media {
	case "message/delivery-status":
		r.in.Bounced = r.in.Bounced || failed.Match(content)
		return true
	case "message/rfc822", "text/rfc822-headers", "message/rfc822-headers":
		head, _, _ := bytes.Cut(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
		if m, err := mail.ReadMessage(bytes.NewReader(append(head, "\n\n"...))); err == nil {
			r.in.Answers = append(named(ids(m.Header.Get("Message-Id"), 1)), r.in.Answers...)
		}
		return true
	}
	return false
}

// words adds text that is shown.
func (r *reader) words(media, label string, content []byte) {
	s := string(content)
	if label = strings.ToLower(label); label != "" && label != "utf-8" && label != "us-ascii" {
		in, err := charset.NewReaderLabel(label, bytes.NewReader(content))
		if err == nil {
			var b []byte
			if b, err = io.ReadAll(in); err == nil {
				s = string(b)
			}
		}
		if err != nil {
			r.in.flaw(Charset)
		}
	}
	s = r.valid(s)
	if media == "text/html" {
		r.html.WriteString(wordsOf(s) + "\n")
		return
	}
	r.plain.WriteString(s + "\n")
}

func (r *reader) file(name, media string, content []byte) {
	if len(r.in.Files) >= mostFiles {
		r.in.flaw(TooMany)
		return
	}
	if name == "" {
		name = "bijlage" + map[string]string{"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "message/rfc822": ".eml", "text/plain": ".txt"}[media]
	}
	r.in.Files = append(r.in.Files, Attachment{Name: name, Media: media, Content: content})
}

// fileName is the last part of a name, without what no name holds.
func fileName(s string) string {
	if i := strings.LastIndexAny(s, `/\`); i >= 0 {
		s = s[i+1:]
	}
	s = strings.TrimSpace(tidy(s))
	if s = strings.ReplaceAll(s, "\n", " "); s == "." || s == ".." {
		return ""
	}
	return s
}

// tidy is text with the ends of lines as we have them, without other control
// characters and without what turns the direction of writing.
func tidy(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return c
		case c < ' ' || c >= 0x7f && c < 0xa0 || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0xfeff:
			return -1
		}
		return c
	}, s)
}
