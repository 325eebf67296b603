package outbound

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

var here = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

func TestWhatAnAddressLooksLike(t *testing.T) {
	open, closed := New(Options{Networks: here}), New(Options{})
	for _, c := range []struct {
		address      string
		open, closed string // what is wrong, with and without an allowed network
	}{
		{"https://systeem.example.nl/berichten", "", ""},
		{"https://systeem.example.nl:8443/a?b=c", "", ""},
		{"http://systeem.example.nl/", "", "https-only"},
		{"ftp://systeem.example.nl/", "https-only", "https-only"},
		{"systeem.example.nl", "invalid-url", "invalid-url"},
		{"https://", "invalid-url", "invalid-url"},
		{"https:///pad", "invalid-url", "invalid-url"},
		{"https://a b/", "invalid-url", "invalid-url"},
		{"https://u:p@systeem.example.nl/", "url-with-password", "url-with-password"},
		{"https://systeem.example.nl/#x", "url-with-fragment", "url-with-fragment"},
		{"https://127.0.0.1/", "", NotAllowed},
		{"http://127.0.0.1:8080/", "", "https-only"},
		{"https://[::1]/", NotAllowed, NotAllowed},
		{"https://[::ffff:127.0.0.1]/", "", NotAllowed},
		{"https://[::ffff:10.0.0.1]/", NotAllowed, NotAllowed},
		{"https://10.1.2.3/", NotAllowed, NotAllowed},
		{"http://8.8.8.8/", NotAllowed, "https-only"},
		{"https://8.8.8.8/", "", ""},
	} {
		if got := open.Check(c.address); got != c.open {
			t.Errorf("%s with an allowed network: %q, want %q", c.address, got, c.open)
		}
		if got := closed.Check(c.address); got != c.closed {
			t.Errorf("%s: %q, want %q", c.address, got, c.closed)
		}
	}
}

// TestNoWayLeadsIntoAClosedNetwork tries every disguise of an address, as a literal
// and as what a name leads to. Nothing may be dialled.
func TestNoWayLeadsIntoAClosedNetwork(t *testing.T) {
	disguises := []string{
		"127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.5", "172.16.9.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
		"192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
		"::1", "::", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1",
		"64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
	}
	for _, text := range disguises {
		ip := netip.MustParseAddr(text)
		c := New(Options{Limit: time.Second, Lookup: func(context.Context, string) ([]netip.Addr, error) { return []netip.Addr{ip}, nil }})
		literal := (&url.URL{Scheme: "https", Host: net.JoinHostPort(text, "443"), Path: "/"}).String()
		if got := c.Check(literal); got != NotAllowed {
			t.Errorf("%s by its looks: %q", literal, got)
		}
		for _, address := range []string{literal, "https://onschuldig.example.nl/"} {
			if got := c.Post(t.Context(), address, nil, nil); got.Result != NotAllowed {
				t.Errorf("%s leading to %s: %+v", address, text, got)
			}
		}
	}
	for _, public := range []string{"8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2a02:2770::1", "::ffff:8.8.8.8"} {
		if c := New(Options{}); !c.allowed(netip.MustParseAddr(public), true) {
			t.Errorf("%s is public and was refused", public)
		}
	}
}

// TestOddSpellingsOfThisMachine writes 127.0.0.1 in other ways. Whatever the
// resolver makes of them, the server next door hears nothing.
func TestOddSpellingsOfThisMachine(t *testing.T) {
	var heard atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard.Add(1) }))
	defer server.Close()
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(server.URL, "http://"))
	c := New(Options{Limit: time.Second})
	for _, host := range []string{"2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "localhost", "LOCALHOST.", "127.0.0.1."} {
		for _, scheme := range []string{"http", "https"} {
			got := c.Post(t.Context(), scheme+"://"+host+":"+port+"/", nil, []byte("x"))
			if got.Result == OK || heard.Load() > 0 {
				t.Errorf("%s://%s: %+v, %d heard", scheme, host, got, heard.Load())
			}
		}
	}
}

// TestANameThatChangesItsMindIsDialledWhereItWasLookedAt has a name that leads to
// an allowed address at first and into a closed network ever after.
func TestANameThatChangesItsMindIsDialledWhereItWasLookedAt(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(server.URL, "http://"))
	c := New(Options{Limit: time.Second, Networks: here, Keep: 10, Lookup: func(context.Context, string) ([]netip.Addr, error) {
		if asked.Add(1) == 1 {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		}
		return []netip.Addr{netip.MustParseAddr("10.0.0.1")}, nil
	}})
	address := "http://wispelturig.example.nl:" + port + "/"
	if got := c.Post(t.Context(), address, nil, nil); got.Result != OK || asked.Load() != 1 {
		t.Fatalf("first: %+v, asked %d times", got, asked.Load())
	}
	c.plain.CloseIdleConnections()
	if got := c.Post(t.Context(), address, nil, nil); got.Result != NotAllowed {
		t.Errorf("then: %+v", got)
	}
}

func TestWhatIsHeard(t *testing.T) {
	var followed atomic.Int64
	trap := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed.Add(1) }))
	defer trap.Close()
	mux := http.NewServeMux()
	mux.HandleFunc("/goed", func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %s", r.Method, r.Header.Get("Een"), b)
	})
	mux.HandleFunc("/verder", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, trap.URL, http.StatusTemporaryRedirect)
	})
	mux.HandleFunc("/veel", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat("x", 2<<20)) })
	mux.HandleFunc("/traag", func(_ http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body); <-r.Context().Done() })
	mux.HandleFunc("/druppel", func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		for r.Context().Err() == nil {
			io.WriteString(w, "x")
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	})
	mux.HandleFunc("/weg", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	server := httptest.NewServer(mux)
	defer server.Close()
	secure := httptest.NewTLSServer(mux) // of an authority that nobody knows
	defer secure.Close()
	c := New(Options{Networks: here, Keep: 100, Limit: 500 * time.Millisecond, Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}})
	for _, k := range []struct {
		name, address string
		want          Answer
	}{
		{"an answer", server.URL + "/goed", Answer{OK, 200, []byte("POST twee bericht")}},
		{"a redirect is an answer, and is not followed", server.URL + "/verder", Answer{Result: OK, Status: 307}},
		{"of a large answer the beginning", server.URL + "/veel", Answer{OK, 200, []byte(strings.Repeat("x", 100))}},
		{"a slow one is not waited for", server.URL + "/traag", Answer{Result: TooSlow}},
		{"one that drips ends too", server.URL + "/druppel", Answer{Result: OK, Status: 200}},
		{"a line that breaks", server.URL + "/weg", Answer{Result: NoLine}},
		{"nobody there", "http://127.0.0.1:1/", Answer{Result: NoLine}},
		{"a certificate of nobody", secure.URL + "/goed", Answer{Result: BadTLS}},
		{"a name that is not there", "http://nergens.example.nl/", Answer{Result: NoName}},
	} {
		t.Run(k.name, func(t *testing.T) {
			began := time.Now()
			got := c.Post(t.Context(), k.address, map[string]string{"Een": "twee"}, []byte("bericht"))
			if got.Result != k.want.Result || got.Status != k.want.Status || k.want.Body != nil && string(got.Body) != string(k.want.Body) || len(got.Body) > 100 {
				t.Errorf("heard %s %d %.200s", got.Result, got.Status, got.Body)
			}
			if d := time.Since(began); d > 3*time.Second {
				t.Errorf("it took %s", d)
			}
		})
	}
	if followed.Load() > 0 {
		t.Error("a redirect was followed")
	}
}

// TestTheEnvironmentsProxyIsNotUsed: a proxy would dial for us, unseen.
func TestTheEnvironmentsProxyIsNotUsed(t *testing.T) {
	var heard atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard.Add(1) }))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("HTTPS_PROXY", proxy.URL)
	c := New(Options{Limit: time.Second, Lookup: func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("10.0.0.1")}, nil
	}})
	if got := c.Post(t.Context(), "https://intern.example.nl/", nil, nil); got.Result != NotAllowed || heard.Load() > 0 {
		t.Errorf("%+v, the proxy heard %d", got, heard.Load())
	}
}
