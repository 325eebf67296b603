// Package mail writes, sends, fetches and reads e-mail. It decides nothing: what is
// sent to whom, and what becomes of what came in, is for the rooms.
//
// Messages are written by us, and the same message is the same bytes each time, so
// that its hash can be recorded before it goes. Sending goes by SMTP, with a moment
// just before the server becomes responsible at which the caller writes down that it
// is about to be. Fetching goes by IMAP and changes nothing in the mailbox. Reading
// takes whatever strangers send: it ends in plain text, files and a named state, and
// never in a page of theirs.
package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"
)

// An Address is somebody's address with how they are called.
type Address struct{ Name, Email string }

// A Message is what we send: text, with files.
type Message struct {
	ID      string // without angle brackets: "0192…@voorbeeld.nl"
	From    Address
	To      Address
	Subject string
	Date    time.Time
	Auto    bool // nobody wrote it: no machine answers it
	Text    string
	Files   []Attachment
}

// An Attachment is a file that goes with a message.
type Attachment struct {
	Name    string
	Media   string
	Content []byte
}

// Usable reports whether an address can be written to: local part and domain in plain
// ASCII, no name, no comment.
func Usable(address string) bool {
	a, err := mail.ParseAddress(address)
	if err != nil || a.Address != address || a.Name != "" || len(address) > 254 {
		return false
	}
	_, domain, _ := strings.Cut(address, "@")
	return strings.Contains(domain, ".") && strings.IndexFunc(address, func(r rune) bool { return r <= ' ' || r >= 0x7f }) < 0
}

// Bytes writes the message, the same each time.
func (m Message) Bytes() []byte {
	var b bytes.Buffer
	head := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	head("Date", m.Date.Format(time.RFC1123Z))
	head("From", m.From.header())
	head("To", m.To.header())
	head("Message-ID", "<"+line(m.ID)+">")
	head("Subject", words(m.Subject))
	head("MIME-Version", "1.0")
	if m.Auto {
		head("Auto-Submitted", "auto-generated")
	}
	if len(m.Files) == 0 {
		m.text(&b)
		return b.Bytes()
	}
	sum := sha256.Sum256([]byte(m.ID))
	border := "zorgplicht-" + hex.EncodeToString(sum[:12])
	fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=%q\r\n\r\n--%s\r\n", border, border)
	m.text(&b)
	for _, f := range m.Files {
		fmt.Fprintf(&b, "\r\n--%s\r\n", border)
		f.write(&b)
	}
	fmt.Fprintf(&b, "\r\n--%s--\r\n", border)
	return b.Bytes()
}

func (m Message) text(b *bytes.Buffer) {
	b.WriteString("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
	w := quotedprintable.NewWriter(b)
	w.Write([]byte(strings.ReplaceAll(strings.ReplaceAll(m.Text, "\r\n", "\n"), "\n", "\r\n"))) // into memory
	w.Close()
	b.WriteString("\r\n")
}

func (a Attachment) write(b *bytes.Buffer) {
	fmt.Fprintf(b, "Content-Type: %s\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: %s\r\n\r\n",
		line(a.Media), mime.FormatMediaType("attachment", map[string]string{"filename": line(a.Name)}))
	text := base64.StdEncoding.EncodeToString(a.Content)
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	b.WriteString(text + "\r\n")
}

// header is the address as a header holds it; the name is folded like other words.
func (a Address) header() string {
	if a.Name == "" {
		return "<" + line(a.Email) + ">"
	}
	return fold((&mail.Address{Name: line(a.Name), Address: line(a.Email)}).String())
}

func words(s string) string { return fold(mime.QEncoding.Encode("utf-8", line(s))) }

// fold puts encoded words on lines of their own: a line has at most 998 characters.
func fold(s string) string { return strings.ReplaceAll(s, "?= =?", "?=\r\n =?") }

// line is s without what would begin another header.
func line(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}
