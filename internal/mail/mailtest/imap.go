package mailtest

import (
	"bytes"
	"crypto/tls"
	"io"
	"log"
	"net"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"zorgplicht/internal/mail"
)

// An IMAP is a server with one mailbox.
type IMAP struct {
	Server mail.Server
	PEM    []byte // its certificate
	user   *imapmemserver.User
}

// NewIMAP starts a server that is reached with TLS.
func NewIMAP(t testing.TB) *IMAP {
	t.Helper()
	cert, roots := certificate(t)
	memory, user := imapmemserver.New(), imapmemserver.NewUser(User, Password)
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	memory.AddUser(user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		Logger: log.New(io.Discard, "", 0),
	})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(tls.NewListener(ln, &tls.Config{Certificates: []tls.Certificate{cert}}))
	t.Cleanup(func() { server.Close() })
	return &IMAP{mail.Server{Address: ln.Addr().String(), Security: mail.TLS, User: User, Password: Password, Roots: roots}, encoded(cert), user}
}

// Put lays a message in the mailbox, as received at a moment.
func (s *IMAP) Put(t testing.TB, message []byte, at time.Time) {
	t.Helper()
	if _, err := s.user.Append("INBOX", literal{bytes.NewReader(message)}, &imap.AppendOptions{Time: at}); err != nil {
		t.Fatal(err)
	}
}

// Renew makes the mailbox anew: its messages are counted anew too.
func (s *IMAP) Renew(t testing.TB) {
	t.Helper()
	if err := s.user.Delete("INBOX"); err != nil {
		t.Fatal(err)
	}
	if err := s.user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
}

type literal struct{ *bytes.Reader }
