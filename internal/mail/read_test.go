package mail_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"zorgplicht/internal/mail"
	"zorgplicht/internal/mail/mailtest"
)

func crlf(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", "\r\n")) }

// many wraps a message in parts within parts.
func many(depth int) string {
	if depth == 0 {
		return "Content-Type: text/plain\n\nDiep."
	}
	b := fmt.Sprintf("d%d", depth)
	return fmt.Sprintf("Content-Type: multipart/mixed; boundary=%s\n\n--%s\n%s\n--%s--\n", b, b, many(depth-1), b)
}

func TestReadingWhatStrangersSend(t *testing.T) {
	for _, c := range []struct {
		name, raw           string
		from, subject, text string
		flaws               []mail.Flaw
		files               []string
		bounced             bool
		answers             []string
	}{
		{name: "plain words", raw: "From: Jan Jansen <jan@example.nl>\nSubject: Klacht\nMessage-ID: <a@b>\nIn-Reply-To: <l.f@voorbeeld.nl>\n\nDe rente klopt niet.\n", from: "Jan Jansen", subject: "Klacht", text: "De rente klopt niet.", answers: []string{"l.f@voorbeeld.nl"}},
		{name: "words in another character set", raw: "From: =?iso-8859-1?Q?Ren=E9e?= <r@example.nl>\nSubject: =?windows-1252?B?" + base64.StdEncoding.EncodeToString([]byte("\x80 1.000")) + "?=\nContent-Type: text/plain; charset=iso-8859-15\nContent-Transfer-Encoding: quoted-printable\n\nIk betaalde =A4 1.000 te v=\neel.\n", from: "Renée", subject: "€ 1.000", text: "Ik betaalde € 1.000 te veel."},
		{name: "a character set that is not what it says", raw: "Subject: x\nContent-Type: text/plain; charset=utf-8\n\n\xe9\xe9n", subject: "x", text: "\ufffdn", flaws: []mail.Flaw{mail.Charset}},
		{name: "one that nobody knows", raw: "Subject: x\nContent-Type: text/plain; charset=klingon\n\nhallo", subject: "x", text: "hallo", flaws: []mail.Flaw{mail.Charset}},
		{name: "a page and nothing else", raw: "Subject: x\nContent-Type: text/html\n\n<html><head><title>T</title><style>p{}</style></head><body><p>Goedendag,</p><script>alert(1)</script><p>de <b>rente</b> &eacute;n &lt;dit&gt;</p></body></html>", subject: "x", text: "Goedendag,\n\nde rente én <dit>", flaws: []mail.Flaw{mail.OnlyHTML}},
		{name: "the plain words before the page", raw: "Subject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nGewoon.\n--b\nContent-Type: text/html\n\n<p>Mooi.</p>\n--b--\n", subject: "x", text: "Gewoon."},
		{name: "files, with names that would lead elsewhere", raw: "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nZie bijlage.\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"../../etc/brief.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjc=\n--b\nContent-Type: image/png\nContent-Disposition: inline\n\nx\n--b--\n", subject: "x", text: "Zie bijlage.", files: []string{"brief.pdf", "bijlage.png"}},
		{name: "a part that ends too early", raw: "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHalf", subject: "x", text: "Half", flaws: []mail.Flaw{mail.Broken}},
		{name: "a file that is not packed as it says", raw: "Subject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!", subject: "x", flaws: []mail.Flaw{mail.Broken, mail.NoText}},
		{name: "parts within parts without end", raw: many(60), flaws: []mail.Flaw{mail.TooDeep, mail.NoText}},
		{name: "a thousand parts", raw: "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: text/plain\n\nx\n", 1000) + "--b--\n", text: strings.TrimSpace(strings.Repeat("x\n", 99)), flaws: []mail.Flaw{mail.TooMany}},
		{name: "no message at all", raw: "dit is geen bericht", flaws: []mail.Flaw{mail.Unreadable}},
		{name: "no text", raw: "Subject: leeg\n\n", subject: "leeg", flaws: []mail.Flaw{mail.NoText}},
		{name: "characters that turn the writing round", raw: "Subject: x\u202egpj.exe\n\na\x00b\u202ec", subject: "xgpj.exe", text: "abc"},
		{
			name: "a report that it did not arrive",
			raw: "From: MAILER-DAEMON@example.nl\nSubject: Undelivered\nAuto-Submitted: auto-replied\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n" +
				"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; jansen@example.nl\nAction: failed\nStatus: 5.1.1\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <l.f@voorbeeld.nl>\nSubject: Brief\n\nx\n--b--\n",
			subject: "Undelivered", text: "Sorry.", bounced: true, answers: []string{"l.f@voorbeeld.nl"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := mail.Read(crlf(c.raw))
			var names []string
			for _, f := range in.Files {
				names = append(names, f.Name)
			}
			if c.from != "" && in.From.Name != c.from || in.Subject != c.subject || in.Text != c.text || !slices.Equal(in.Flaws, c.flaws) || !slices.Equal(names, c.files) || in.Bounced != c.bounced || !slices.Equal(in.Answers, c.answers) {
				t.Errorf("%+v", in)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx"))
	f.Add(crlf(many(5)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		in := mail.Read(raw)
		for _, s := range []string{in.ID, in.From.Name, in.From.Email, in.Subject, in.Text} {
			if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
				t.Fatalf("%q", s)
			}
		}
	})
}

// fetched is what a look in the mailbox gave.
func fetched(t *testing.T, s mail.Server, validity, last uint32) (all []mail.Fetched, count uint32) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := s.Fetch(ctx, "INBOX", validity, last, func(v uint32, m mail.Fetched) error {
		all, count = append(all, m), v
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all, count
}

func TestFetching(t *testing.T) {
	s := mailtest.NewIMAP(t)
	at := time.Date(2026, 3, 2, 23, 30, 0, 0, time.FixedZone("", 3600))
	if all, _ := fetched(t, s.Server, 0, 0); len(all) != 0 {
		t.Fatalf("an empty mailbox holds %d", len(all))
	}
	one := crlf("Subject: een {12}\n\nHet \"eerste\".\n")
	s.Put(t, one, at)
	s.Put(t, crlf("Subject: twee\n\nx\n"), at.Add(time.Hour))
	all, count := fetched(t, s.Server, 0, 0)
	if len(all) != 2 || !bytes.Equal(all[0].Raw, one) || !all[0].Received.Equal(at) || !all[0].Whole || all[0].Size != int64(len(one)) {
		t.Fatalf("%d: %+v", len(all), all)
	}
	t.Run("what was seen is not fetched again, and what is new is", func(t *testing.T) {
		last := all[1].UID
		if again, _ := fetched(t, s.Server, count, last); len(again) != 0 {
			t.Errorf("fetched again: %+v", again)
		}
		s.Put(t, crlf("Subject: drie\n\nx\n"), at)
		if next, _ := fetched(t, s.Server, count, last); len(next) != 1 || next[0].UID <= last {
			t.Errorf("%+v", next)
		}
	})
	t.Run("of a message that is too large the header is fetched", func(t *testing.T) {
		s.Put(t, append(crlf("Subject: groot\n\n"), bytes.Repeat([]byte("x"), mail.LargestFetch)...), at)
		all, _ := fetched(t, s.Server, 0, 0)
		if m := all[len(all)-1]; m.Whole || !bytes.HasPrefix(m.Raw, []byte("Subject: groot")) || len(m.Raw) > 100 {
			t.Errorf("%v, %d bytes", m.Whole, len(m.Raw))
		}
	})
	t.Run("a mailbox that counts anew is read anew", func(t *testing.T) {
		s.Renew(t)
		s.Put(t, one, at)
		if all, again := fetched(t, s.Server, count, 1000); len(all) != 1 || again == count {
			t.Errorf("%d, count %d then %d", len(all), count, again)
		}
	})
	t.Run("the first message that cannot be kept ends it", func(t *testing.T) {
		no := errors.New("no")
		if err := s.Server.Fetch(t.Context(), "INBOX", 0, 0, func(uint32, mail.Fetched) error { return no }); !errors.Is(err, no) {
			t.Errorf("got %v", err)
		}
	})
	for name, change := range map[string]func(*mail.Server){
		"a wrong password": func(s *mail.Server) { s.Password = "anders" }, "a server that nobody knows": func(s *mail.Server) { s.Roots = nil },
		"no server": func(s *mail.Server) { s.Address = "127.0.0.1:1" },
	} {
		t.Run(name+" is an error", func(t *testing.T) {
			other := s.Server
			change(&other)
			if err := other.Fetch(t.Context(), "INBOX", 0, 0, func(uint32, mail.Fetched) error { return nil }); err == nil || strings.Contains(err.Error(), mailtest.Password) {
				t.Errorf("got %v", err)
			}
		})
	}
}
