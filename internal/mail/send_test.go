package mail_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"zorgplicht/internal/mail"
	"zorgplicht/internal/mail/mailtest"
)

var letter = mail.Message{
	ID: "1@voorbeeld.nl", From: mail.Address{Name: "Hypotheken «De Linde», Utrecht", Email: "post@voorbeeld.nl"}, To: mail.Address{Email: "jansen@example.nl"},
	Subject: "Ons antwoord op uw klacht over de rente van € 1.234,56 — één brief\r\nBcc: x@example.nl", Date: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
	Text:  "Geachte heer Jansen,\n\n.Een punt vooraan, en een regel die veel langer is dan een regel van een bericht over de post mag zijn, met een é.\n",
	Files: []mail.Attachment{{Name: "brief-antwoord-2026-03-02.pdf", Media: "application/pdf", Content: bytes.Repeat([]byte("%PDF\x00"), 400)}},
}

func send(t *testing.T, s mail.Server, release func() error) (mail.Answer, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if release == nil {
		release = func() error { return nil }
	}
	return s.Send(ctx, "post@voorbeeld.nl", "jansen@example.nl", letter.Bytes(), release)
}

func TestWhatIsSentIsWhatArrives(t *testing.T) {
	s := mailtest.NewSMTP(t)
	if a, err := send(t, s.Server, nil); err != nil || a.Outcome != mail.Accepted || a.Code != 250 || a.Text == "" {
		t.Fatalf("%+v (%v)", a, err)
	}
	took := s.Took()
	if len(took) != 1 || took[0].From != "post@voorbeeld.nl" || took[0].To != "jansen@example.nl" || !bytes.Equal(took[0].Message, letter.Bytes()) {
		t.Fatalf("took %d, %q", len(took), took)
	}
	m, err := netmail.ReadMessage(bytes.NewReader(took[0].Message))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != strings.ReplaceAll(letter.Subject, "\r\n", "  ") || m.Header.Get("Bcc") != "" || m.Header.Get("Message-Id") != "<1@voorbeeld.nl>" {
		t.Errorf("subject %q, header %v (%v)", subject, m.Header, err)
	}
	for name := range m.Header {
		if name == "User-Agent" || name == "X-Mailer" {
			t.Errorf("it says which program sent it: %s", name)
		}
	}
	from, err := m.Header.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Name != letter.From.Name {
		t.Errorf("from %v (%v)", from, err)
	}
	for _, l := range strings.Split(string(took[0].Message), "\r\n") {
		if len(l) > 998 || strings.ContainsAny(l, "\n\r") {
			t.Fatalf("a line of %d bytes", len(l))
		}
	}
	_, p, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(m.Body, p["boundary"])
	text, err := parts.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(text); err != nil || strings.TrimRight(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n") != strings.TrimRight(letter.Text, "\n") {
		t.Errorf("text %q (%v)", b, err)
	}
	file, err := parts.NextPart()
	if err != nil || file.FileName() != letter.Files[0].Name {
		t.Fatalf("%v (%v)", file, err)
	}
}

func TestWhatBecomesOfAMessage(t *testing.T) {
	for _, c := range []struct {
		name  string
		stage string
		with  error
		want  mail.Outcome
		code  int
		took  int
	}{
		{"a sender that is not known is refused", mailtest.AtFrom, mailtest.Refuse(550, "no"), mail.Refused, 550, 0},
		{"a recipient that is not known is refused", mailtest.AtTo, mailtest.Refuse(550, "no such user"), mail.Refused, 550, 0},
		{"a full mailbox is for later", mailtest.AtTo, mailtest.Refuse(452, "full"), mail.NotNow, 452, 0},
		{"a message that is not wanted is refused", mailtest.AtData, mailtest.Refuse(554, "spam"), mail.Refused, 554, 0},
		{"a server that has no room now is for later", mailtest.AtData, mailtest.Refuse(451, "later"), mail.NotNow, 451, 0},
		{"a connection that drops before the message is for later", mailtest.AtTo, mailtest.ErrDrop, mail.NotNow, 0, 0},
		{"one that drops after it, untaken, is unsure", mailtest.AtData, mailtest.ErrDrop, mail.Unsure, 0, 0},
		{"one that drops after it, taken, is unsure", mailtest.AfterData, mailtest.ErrDrop, mail.Unsure, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mailtest.NewSMTP(t)
			s.Misbehave(func(stage, _ string) error {
				if stage == c.stage {
					return c.with
				}
				return nil
			})
			a, err := send(t, s.Server, nil)
			if err != nil || a.Outcome != c.want || a.Code != c.code || len(s.Took()) != c.took {
				t.Errorf("%+v, took %d (%v)", a, len(s.Took()), err)
			}
		})
	}
	t.Run("one that is held back at the last moment is not taken", func(t *testing.T) {
		s, no := mailtest.NewSMTP(t), errors.New("no")
		if a, err := send(t, s.Server, func() error { return no }); !errors.Is(err, no) || a.Outcome != mail.Stopped || len(s.Took()) != 0 {
			t.Errorf("%+v, took %d (%v)", a, len(s.Took()), err)
		}
	})
	for name, change := range map[string]func(*mail.Server){
		"a wrong password sends nothing":               func(s *mail.Server) { s.Password = "anders" },
		"a server that nobody knows gets nothing":      func(s *mail.Server) { s.Roots = nil },
		"a server that is not there is for later":      func(s *mail.Server) { s.Address = "127.0.0.1:1" },
		"a server without TLS from the start: nothing": func(s *mail.Server) { s.Security = mail.TLS },
	} {
		t.Run(name, func(t *testing.T) {
			s := mailtest.NewSMTP(t)
			change(&s.Server)
			if a, err := send(t, s.Server, nil); err != nil || a.Outcome != mail.NotNow || a.Text == "" || len(s.Took()) != 0 {
				t.Errorf("%+v, took %d (%v)", a, len(s.Took()), err)
			}
		})
	}
}

func TestAddressesThatCanBeWrittenTo(t *testing.T) {
	for address, want := range map[string]bool{
		"jansen@example.nl": true, "a.b+c@post.example.nl": true, "Jansen <jansen@example.nl>": false, "jansen": false, "": false, "jansen@local": false,
		"jansen@example.nl\r\nBcc: x@y.nl": false, "jänsen@example.nl": false, "a@b.nl, c@d.nl": false, " a@b.nl": false,
	} {
		if mail.Usable(address) != want {
			t.Errorf("%q: %v", address, !want)
		}
	}
}
