package app

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

func TestHowAnInstallationMayBeReached(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct {
		name   string
		config Config
		wrong  []string // what the error says; none: it may be so
	}{
		{"nothing said is this machine alone", Config{}, nil},
		{"plain http on the loopback", Config{Listen: "127.0.0.1:80"}, nil},
		{"plain http on the loopback of IPv6", Config{Listen: "[::1]:80"}, nil},
		{"plain http by the name of this machine", Config{Listen: "localhost:80"}, nil},
		{"plain http on all addresses", Config{Listen: "0.0.0.0:80"}, []string{"plain http"}},
		{"plain http on all addresses, by leaving the host out", Config{Listen: ":80"}, []string{"plain http"}},
		{"plain http on an address of the network", Config{Listen: "192.168.1.2:80"}, []string{"plain http"}},
		{"plain http under a public name, though it listens here", Config{Listen: "127.0.0.1:80", BaseURL: "http://toets.example.nl"}, []string{"plain http"}},
		{"a name that only begins as this machine's", Config{Listen: "127.0.0.1:80", BaseURL: "http://localhost.example.nl"}, []string{"plain http"}},
		{"a local name on a listener for all", Config{Listen: "0.0.0.0:80", BaseURL: "http://localhost"}, []string{"plain http"}},
		{"https by our own files", Config{Listen: "0.0.0.0:443", TLSCert: "cert", TLSKey: "key"}, nil},
		{"https by a proxy that is named", Config{Listen: "0.0.0.0:80", BaseURL: "https://toets.example.nl", Proxies: proxies}, nil},
		{"https that nobody does", Config{Listen: "127.0.0.1:80", BaseURL: "https://toets.example.nl"}, []string{"https"}},
		{"a certificate without its key", Config{TLSCert: "cert"}, []string{"both the certificate and its key"}},
		{"a key without its certificate", Config{TLSKey: "key"}, []string{"both the certificate and its key"}},
		{"an address without a port", Config{Listen: "127.0.0.1"}, []string{"not host:port"}},
		{"a base url with a path", Config{BaseURL: "https://example.nl/toets", Proxies: proxies}, []string{"not of the form"}},
		{"a base url with a query", Config{BaseURL: "https://example.nl?x", Proxies: proxies}, []string{"not of the form"}},
		{"a base url of another kind", Config{BaseURL: "ftp://example.nl"}, []string{"not of the form"}},
		{"a base url without a host", Config{BaseURL: "https://"}, []string{"not of the form"}},
		{"all that is wrong, at once", Config{Listen: "0.0.0.0:80", TLSCert: "cert", BaseURL: "http://example.nl"}, []string{"both the certificate", "plain http"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			full, err := c.config.complete()
			if len(c.wrong) == 0 {
				if err != nil || full.BaseURL == "" || strings.HasSuffix(full.BaseURL, "/") {
					t.Errorf("base url %q, %v", full.BaseURL, err)
				}
				return
			}
			for _, says := range c.wrong {
				if err == nil || !strings.Contains(err.Error(), says) {
					t.Errorf("error %v, want one that says %q", err, says)
				}
			}
		})
	}
}

// TestAWrongConfigTouchesNothing: it is refused before a folder or key is made.
func TestAWrongConfigTouchesNothing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	if _, err := Open(t.Context(), Config{Data: data, Listen: "0.0.0.0:80"}); err == nil {
		t.Fatal("plain http was opened to the network")
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("the data folder was made")
	}
}

func TestServeRefusesWhatNothingBinds(t *testing.T) {
	cluster := sqldbtest.Postgres(t)
	d := cluster.Migrated(t, Schemas())
	for who, c := range map[string]struct{ address, says string }{
		"the administrator":                {cluster.As(d, "postgres"), "SUPERUSER"},
		"an address that cannot be read":   {"postgres://%zz", "cannot be read"},
		"a database that was not migrated": {cluster.Database(t).Login, "migrate"},
	} {
		t.Run(who, func(t *testing.T) {
			a, err := Open(t.Context(), Config{Data: t.TempDir(), Database: c.address})
			if err == nil {
				a.Close()
			}
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one that says %q", err, c.says)
			}
			if who == "the administrator" && !fault.Has(err, "role-not-bound") {
				t.Errorf("error %v, want role-not-bound", err)
			}
		})
	}
}

// TestEveryStatementAndTableOfTheHouse holds all rooms together against both
// engines: each statement can be prepared, each table belongs to a room and each
// table with a firm is bound to it.
func TestEveryStatementAndTableOfTheHouse(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			h := newHouse(t, e)
			if err := sqldb.CheckStatements(t.Context(), h.db); err != nil {
				t.Error(err)
			}
			if err := sqldb.CheckProtection(t.Context(), h.db); err != nil {
				t.Error(err)
			}
		})
	}
}
