package app

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"

	"zorgplicht/internal/mail"
)

// MailConfig says where mail goes out and comes in. Without Send nothing is sent,
// without Fetch nothing fetched.
type MailConfig struct {
	Send         string // host:port of the server that takes mail (SMTP)
	SendSecurity string // starttls, tls, or none on this machine: starttls
	From         string // address from which mail goes; needed with Send
	User         string // account there; empty does not sign in
	PasswordFile string // file whose first line is its password

	Fetch             string // host:port of the server with the mailbox (IMAP)
	FetchSecurity     string // tls, or none on this machine: tls
	FetchUser         string // account of the mailbox
	FetchPasswordFile string // file whose first line is its password
	Folder            string // INBOX
	Firm              string // id of the firm whose mailbox it is; empty: the only one

	Roots string // file of certificates (PEM) that sign those of the servers; empty: those of the machine
}

// Servers reads what the config names. All that is wrong is said at once.
func (c MailConfig) servers(baseURL string) (send, fetch *mail.Server, err error) {
	var errs []error
	var roots *x509.CertPool
	if c.Roots != "" {
		pem, err := os.ReadFile(c.Roots)
		roots = x509.NewCertPool()
		if err != nil || !roots.AppendCertsFromPEM(pem) {
			errs = append(errs, fmt.Errorf("mail roots: %s holds no certificate that can be read", c.Roots))
		}
	}
	name := "localhost"
	if u, err := url.Parse(baseURL); err == nil && u.Hostname() != "" {
		name = u.Hostname()
	}
	if c.Send != "" {
		s := mail.Server{Address: c.Send, Security: mail.Security(c.SendSecurity), User: c.User, Roots: roots, Name: name}
		errs = append(errs, complete("mail", &s, mail.StartTLS, c.PasswordFile)...)
		if !mail.Usable(c.From) {
			errs = append(errs, errors.New("mail from: give the address from which mail goes, such as post@example.nl"))
		}
		send = &s
	} else if c.From != "" || c.User != "" {
		errs = append(errs, errors.New("mail: name the server that takes mail too, as host:port"))
	}
	if c.Fetch != "" {
		s := mail.Server{Address: c.Fetch, Security: mail.Security(c.FetchSecurity), User: c.FetchUser, Roots: roots, Name: name}
		errs = append(errs, complete("mail imap", &s, mail.TLS, c.FetchPasswordFile)...)
		if s.Security == mail.StartTLS {
			errs = append(errs, errors.New("mail imap: a mailbox is reached with tls"))
		}
		fetch = &s
	}
	return send, fetch, errors.Join(errs...)
}

// complete fills in how a server is reached, and returns what is wrong with it.
func complete(flag string, s *mail.Server, usual mail.Security, passwordFile string) (errs []error) {
	host, _, err := net.SplitHostPort(s.Address)
	if err != nil {
		errs = append(errs, fmt.Errorf("%s: %q is not host:port", flag, s.Address))
	}
	switch s.Security {
	case "":
		s.Security = usual
	case mail.StartTLS, mail.TLS:
	case mail.Plain:
		if !loopback(host) {
			errs = append(errs, fmt.Errorf("%s: a server on another machine is reached with tls or starttls", flag))
		}
	default:
		errs = append(errs, fmt.Errorf("%s: security is starttls, tls or none", flag))
	}
	if (s.User == "") != (passwordFile == "") {
		errs = append(errs, fmt.Errorf("%s: give both the user and the file with the password, or neither", flag))
	}
	if passwordFile != "" {
		b, err := os.ReadFile(passwordFile)
		first, _, _ := strings.Cut(string(b), "\n")
		if s.Password = strings.TrimRight(first, "\r"); err != nil || s.Password == "" {
			errs = append(errs, fmt.Errorf("%s: the first line of %s is no password", flag, passwordFile))
		}
	}
	return errs
}
