// Package outbound sends requests to addresses that others chose. It looks at the
// address that a name leads to at the moment of dialling, so that no name, however
// it is written or changed meanwhile, leads into a closed network.
//
// It follows no redirects and no proxy of the environment, waits no longer than its
// limit, and reads no more of an answer than asked.
package outbound

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// The results of a request.
const (
	OK         = "ok"
	NotAllowed = "address-not-allowed"
	NoName     = "name-not-found"
	TooSlow    = "timeout"
	BadTLS     = "tls"
	NoLine     = "no-connection"
)

// Options of a Client.
type Options struct {
	Networks []netip.Prefix // closed networks that may be reached, also by plain http
	Limit    time.Duration  // of a whole request; 0 is ten seconds
	Keep     int            // most bytes of an answer that are read
	Agent    string         // the User-Agent
	TLS      *tls.Config    // nil for the roots of the machine

	// Lookup resolves a name; nil asks the resolver of the machine.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
}

// A Client sends requests.
type Client struct {
	options Options
	plain   *http.Client // http, for the allowed networks only
	secure  *http.Client
}

// An Answer is what came of a request.
type Answer struct {
	Result string // OK where there was an answer, whatever its status
	Status int
	Body   []byte // its beginning
}

// New returns a client.
func New(o Options) *Client {
	if o.Limit == 0 {
		o.Limit = 10 * time.Second
	}
	if o.Lookup == nil {
		o.Lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	c := &Client{options: o}
	c.plain, c.secure = c.client(false), c.client(true)
	return c
}

func (c *Client) client(secure bool) *http.Client {
	return &http.Client{
		Timeout:       c.options.Limit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: c.dialer(secure), TLSClientConfig: c.options.TLS.Clone(), TLSHandshakeTimeout: c.options.Limit,
			DisableCompression: true, MaxResponseHeaderBytes: 16 << 10, IdleConnTimeout: 30 * time.Second, MaxIdleConnsPerHost: 1,
		},
	}
}

// Check says what is wrong with an address by its looks: "invalid-url",
// "https-only", "url-with-password", "url-with-fragment" or "address-not-allowed";
// "" when nothing is. What its name leads to is looked at when it is dialled.
func (c *Client) Check(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "" || strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f }):
		return "invalid-url"
	case u.Scheme != "https" && u.Scheme != "http":
		return "https-only"
	case u.Scheme == "http" && len(c.options.Networks) == 0:
		return "https-only"
	case u.User != nil:
		return "url-with-password"
	case u.Fragment != "":
		return "url-with-fragment"
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !c.allowed(ip, u.Scheme == "https") {
		return NotAllowed
	}
	return ""
}

// Post sends body with these headers and says what it heard.
func (c *Client) Post(ctx context.Context, address string, header map[string]string, body []byte) Answer {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(string(body)))
	if err != nil || c.Check(address) != "" {
		return Answer{Result: NotAllowed}
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	r.Header.Set("User-Agent", c.options.Agent)
	client := c.plain
	if r.URL.Scheme == "https" {
		client = c.secure
	}
	resp, err := client.Do(r)
	if err != nil {
		return Answer{Result: resultOf(err)}
	}
	defer resp.Body.Close()
	start, _ := io.ReadAll(io.LimitReader(resp.Body, int64(c.options.Keep))) // the status is what counts
	return Answer{Result: OK, Status: resp.StatusCode, Body: start}
}

// resultOf names what kept a request from its answer.
func resultOf(err error) string {
	var name *net.DNSError
	var slow net.Error
	var record tls.RecordHeaderError
	var cert *tls.CertificateVerificationError
	var alert tls.AlertError
	switch {
	case errors.Is(err, errNotAllowed):
		return NotAllowed
	case errors.As(err, &slow) && slow.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return TooSlow
	case errors.As(err, &name):
		return NoName
	case errors.As(err, &record), errors.As(err, &cert), errors.As(err, &alert):
		return BadTLS
	}
	return NoLine
}

var errNotAllowed = errors.New("the address lies in a closed network")

// dialer connects to the addresses of a name that are allowed, the first that
// answers. What is dialled is the address that was looked at, and the operating
// system's own idea of it is looked at once more.
func (c *Client) dialer(secure bool) func(context.Context, string, string) (net.Conn, error) {
	d := net.Dialer{Timeout: c.options.Limit, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !c.allowed(at.Addr(), secure) {
			return errNotAllowed
		}
		return nil
	}}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		host, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		addresses, err := c.addresses(ctx, host)
		if err != nil {
			return nil, err
		}
		last := errNotAllowed
		for _, ip := range addresses {
			if !c.allowed(ip, secure) {
				continue
			}
			conn, err := d.DialContext(ctx, network, net.JoinHostPort(ip.String(), port))
			if err == nil {
				return conn, nil
			}
			last = err
		}
		return nil, last
	}
}

func (c *Client) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}, nil
	}
	return c.options.Lookup(ctx, host)
}
