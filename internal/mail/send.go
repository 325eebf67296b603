package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"
)

// A Security says how a connection to a mail server is kept from others.
type Security string

// The ways. Plain is for a server on this machine.
const (
	StartTLS Security = "starttls" // the connection is made safe before anything is said
	TLS      Security = "tls"      // from the first byte
	Plain    Security = "none"
)

// A Server is a mail server, and how we sign in there.
type Server struct {
	Address  string // host:port
	Security Security
	User     string // "" does not sign in
	Password string
	Roots    *x509.CertPool // nil: those of this machine
	Name     string         // ours, when it asks
}

// An Outcome is what became of a message that was offered to a server.
type Outcome string

// The outcomes.
const (
	Accepted Outcome = "accepted" // the server is responsible now
	Refused  Outcome = "refused"  // it will never take this message
	NotNow   Outcome = "not-now"  // it has not got it; offer it again later
	Unsure   Outcome = "unsure"   // it got all of it, and did not say whether it took it
	Stopped  Outcome = "stopped"  // the caller held it back
)

// An Answer is an outcome, with what the server said.
type Answer struct {
	Outcome Outcome
	Code    int // of SMTP, 0 where none was given
	Text    string
}

// longest is how much of what a server says is kept.
const longest = 300

// Send offers a message to the server. Just before the server could take it, release
// is called: when that fails nothing was taken, and the outcome is Stopped with its
// error. Everything the server sees before leads to no delivery, so a message that was
// never released can be offered again without harm.
func (s Server) Send(ctx context.Context, from, to string, message []byte, release func() error) (Answer, error) {
	c, conn, err := s.connect(ctx)
	if err != nil {
		return Answer{Outcome: NotNow, Text: says(err)}, nil
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	if err := s.greet(c); err != nil {
		return Answer{Outcome: NotNow, Code: code(err), Text: says(err)}, nil // ours to mend: no fault of the message
	}
	if err := c.Mail(from); err != nil {
		return refused(err), nil
	}
	if err := c.Rcpt(to); err != nil {
		return refused(err), nil
	}
	if err := ask(c.Text, 354, "DATA"); err != nil {
		return refused(err), nil
	}
	w := c.Text.DotWriter()
	if _, err := w.Write(message); err != nil {
		return Answer{Outcome: NotNow, Text: says(err)}, nil
	}
	if err := release(); err != nil {
		return Answer{Outcome: Stopped}, err // closing the connection without the last line leaves nothing there
	}
	if err := w.Close(); err != nil {
		return Answer{Outcome: Unsure, Text: says(err)}, nil
	}
	n, text, err := c.Text.ReadResponse(250)
	var said *textproto.Error
	switch {
	case err == nil:
		c.Quit() // it has taken the message, whatever it says now
		return Answer{Outcome: Accepted, Code: n, Text: first(text)}, nil
	case errors.As(err, &said):
		return refused(err), nil
	}
	return Answer{Outcome: Unsure, Text: says(err)}, nil
}

// connect makes the connection, all of which ends with ctx.
func (s Server) connect(ctx context.Context) (*smtp.Client, net.Conn, error) {
	conn, host, err := s.dial(ctx)
	if err != nil {
		return nil, nil, err
	}
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		conn.Close()
		return nil, nil, err
	}
	return c, conn, nil
}

func (s Server) dial(ctx context.Context) (net.Conn, string, error) {
	host, _, err := net.SplitHostPort(s.Address)
	if err != nil {
		return nil, "", err
	}
	d := net.Dialer{Timeout: 20 * time.Second}
	conn, err := d.DialContext(ctx, "tcp", s.Address)
	if err != nil {
		return nil, "", err
	}
	if end, ok := ctx.Deadline(); ok {
		conn.SetDeadline(end)
	}
	if s.Security != TLS {
		return conn, host, nil
	}
	safe := tls.Client(conn, s.tls(host))
	if err := safe.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, "", err
	}
	return safe, host, nil
}

func (s Server) tls(host string) *tls.Config {
	return &tls.Config{ServerName: host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
}

// greet makes the connection safe and signs in.
func (s Server) greet(c *smtp.Client) error {
	if err := c.Hello(s.Name); err != nil {
		return err
	}
	if s.Security == StartTLS {
		if ok, _ := c.Extension("STARTTLS"); !ok {
			return errors.New("the server has no STARTTLS")
		}
		host, _, _ := net.SplitHostPort(s.Address) // dialled, so it is one
		if err := c.StartTLS(s.tls(host)); err != nil {
			return err
		}
	}
	if s.User == "" {
		return nil
	}
	_, ways := c.Extension("AUTH")
	if strings.Contains(ways, "PLAIN") {
		return c.Auth(plain{s.User, s.Password})
	}
	return c.Auth(&login{user: s.User, password: s.Password})
}

// plain and login are the two ways to sign in that servers have. The connection was
// made safe before, or goes to this machine: Config sees to that.
type plain struct{ user, password string }

func (a plain) Start(*smtp.ServerInfo) (string, []byte, error) {
	return "PLAIN", []byte("\x00" + a.user + "\x00" + a.password), nil
}

func (plain) Next(_ []byte, more bool) ([]byte, error) {
	if more {
		return nil, errors.New("the server asks more than name and password")
	}
	return nil, nil
}

type login struct {
	user, password string
	step           int
}

func (a *login) Start(*smtp.ServerInfo) (string, []byte, error) { return "LOGIN", nil, nil }

func (a *login) Next(_ []byte, more bool) ([]byte, error) {
	if !more {
		return nil, nil
	}
	a.step++
	switch a.step {
	case 1:
		return []byte(a.user), nil
	case 2:
		return []byte(a.password), nil
	}
	return nil, errors.New("the server asks more than name and password")
}

func ask(c *textproto.Conn, want int, format string, args ...any) error {
	id, err := c.Cmd(format, args...)
	if err != nil {
		return err
	}
	c.StartResponse(id)
	defer c.EndResponse(id)
	_, _, err = c.ReadResponse(want)
	return err
}

// refused is the answer of a server that did not take the message: for good where its
// code says so.
func refused(err error) Answer {
	a := Answer{Outcome: NotNow, Code: code(err), Text: says(err)}
	if a.Code >= 500 {
		a.Outcome = Refused
	}
	return a
}

func code(err error) int {
	var said *textproto.Error
	if errors.As(err, &said) {
		return said.Code
	}
	return 0
}

func says(err error) string {
	var said *textproto.Error
	if errors.As(err, &said) {
		return first(said.Msg)
	}
	return first(fmt.Sprint(err))
}

func first(s string) string {
	s = strings.ToValidUTF8(line(s), "?")
	if r := []rune(s); len(r) > longest {
		return string(r[:longest])
	}
	return s
}
