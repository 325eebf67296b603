package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zorgplicht/internal/mail"
)

func TestWhereMailGoesOutAndComesIn(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(dir, "geheim")
	if err := os.WriteFile(secret, []byte("wachtwoord \r\nregel twee\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := MailConfig{Send: "smtp.example.nl:587", From: "post@example.nl", User: "u", PasswordFile: secret, Fetch: "imap.example.nl:993", FetchUser: "u", FetchPasswordFile: secret}
	send, fetch, err := good.servers("https://zorg.example.nl")
	if err != nil || send.Security != mail.StartTLS || send.Password != "wachtwoord " || send.Name != "zorg.example.nl" || fetch.Security != mail.TLS || fetch.Password != "wachtwoord " {
		t.Fatalf("%+v, %+v (%v)", send, fetch, err)
	}
	if send, fetch, err := (MailConfig{}).servers("http://127.0.0.1:8080"); send != nil || fetch != nil || err != nil {
		t.Errorf("nothing said: %v, %v (%v)", send, fetch, err)
	}
	for name, c := range map[string]struct {
		change func(*MailConfig)
		says   []string
	}{
		"no port":                        {func(c *MailConfig) { c.Send = "smtp.example.nl" }, []string{"host:port"}},
		"no address to send from":        {func(c *MailConfig) { c.From = "" }, []string{"mail from"}},
		"a user without a password":      {func(c *MailConfig) { c.PasswordFile = "" }, []string{"both the user and the file"}},
		"a file that is not there":       {func(c *MailConfig) { c.FetchPasswordFile = filepath.Join(dir, "niets") }, []string{"no password"}},
		"no security to another machine": {func(c *MailConfig) { c.SendSecurity = "none" }, []string{"tls or starttls"}},
		"a security that there is not":   {func(c *MailConfig) { c.FetchSecurity = "ssl" }, []string{"starttls, tls or none"}},
		"a mailbox by starttls":          {func(c *MailConfig) { c.FetchSecurity = "starttls" }, []string{"reached with tls"}},
		"certificates that are none":     {func(c *MailConfig) { c.Roots = secret }, []string{"no certificate"}},
		"an address without a server":    {func(c *MailConfig) { c.Send = "" }, []string{"name the server"}},
		"all that is wrong, at once":     {func(c *MailConfig) { c.From, c.Fetch = "x", "y" }, []string{"mail from", "host:port"}},
	} {
		t.Run(name, func(t *testing.T) {
			wrong := good
			c.change(&wrong)
			_, _, err := wrong.servers("https://zorg.example.nl")
			for _, says := range c.says {
				if err == nil || !strings.Contains(err.Error(), says) {
					t.Errorf("got %v, want %q", err, says)
				}
			}
		})
	}
	local := MailConfig{Send: "127.0.0.1:25", SendSecurity: "none", From: "post@example.nl"}
	if _, _, err := local.servers(""); err != nil {
		t.Errorf("a server on this machine: %v", err)
	}
}
