// Package mailtest holds real mail servers for tests: they listen on this machine,
// speak TLS under a certificate of their own, and misbehave on demand.
package mailtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"zorgplicht/internal/mail"
)

// The account that servers know.
const (
	User     = "zorgplicht"
	Password = "geheim, met een spatie"
)

// A Delivery is a message that the server took.
type Delivery struct {
	From, To string
	Message  []byte
}

// An SMTP is a server that takes mail.
type SMTP struct {
	Server mail.Server // how it is reached
	PEM    []byte      // its certificate

	mu    sync.Mutex
	took  []Delivery
	at    func(stage, to string) error
	conns int
}

// ErrDrop asks the server, at a stage, to break the connection.
var ErrDrop = errors.New("drop")

// The stages at which a server can be made to refuse or drop: who sends, to whom, the
// message is in but not taken, and it is taken but not answered.
const (
	AtFrom, AtTo, AtData, AfterData = "from", "to", "data", "after"
)

// NewSMTP starts a server that asks for a password over STARTTLS.
func NewSMTP(t testing.TB) *SMTP {
	t.Helper()
	cert, roots := certificate(t)
	s := &SMTP{PEM: encoded(cert)}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.conns++
		return &session{server: s, conn: c}, nil
	}))
	server.TLSConfig, server.Domain, server.ErrorLog = &tls.Config{Certificates: []tls.Certificate{cert}}, "localhost", log.New(io.Discard, "", 0)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(ln)
	t.Cleanup(func() { server.Close() })
	s.Server = mail.Server{Address: ln.Addr().String(), Security: mail.StartTLS, User: User, Password: Password, Roots: roots, Name: "zorgplicht.test"}
	return s
}

// Misbehave lets fn say what goes wrong at a stage of a message to somebody; nil for
// nothing.
func (s *SMTP) Misbehave(fn func(stage, to string) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = fn
}

// Took returns what the server took, oldest first.
func (s *SMTP) Took() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Delivery(nil), s.took...)
}

// Refuse is an answer with this code.
func Refuse(code int, says string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: says}
}

type session struct {
	server   *SMTP
	conn     *smtp.Conn
	from, to string
	in       bool
}

func (*session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != User || password != Password {
			return smtp.ErrAuthFailed
		}
		s.in = true
		return nil
	}), nil
}

func (s *session) stage(name string) error {
	s.server.mu.Lock()
	at := s.server.at
	s.server.mu.Unlock()
	if at == nil {
		return nil
	}
	err := at(name, s.to)
	if errors.Is(err, ErrDrop) {
		s.conn.Conn().Close()
	}
	return err
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if !s.in {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return s.stage(AtFrom)
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return s.stage(AtTo)
}

func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.stage(AtData); err != nil {
		return err
	}
	s.server.mu.Lock()
	s.server.took = append(s.server.took, Delivery{s.from, s.to, b})
	s.server.mu.Unlock()
	return s.stage(AfterData)
}

func (*session) Reset()        {}
func (*session) Logout() error { return nil }

func encoded(cert tls.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Certificate[0]})
}

// certificate makes one for this machine, and the roots that know it.
func certificate(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, roots
}
