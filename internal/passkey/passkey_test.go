package passkey_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"zorgplicht/internal/passkey"
	"zorgplicht/internal/passkey/passkeytest"
)

const origin = "https://zorgplicht.example.nl"

var jo = passkey.Holder{ID: []byte("019354c8-9c00-7000-8000-000000000001"), Name: "jo@delinde.example", Full: "Jo de Wit"}

func TestPlace(t *testing.T) {
	for base, want := range map[string][2]string{
		"https://zorgplicht.example.nl":      {"zorgplicht.example.nl", "https://zorgplicht.example.nl"},
		"https://zorgplicht.example.nl:8443": {"zorgplicht.example.nl", "https://zorgplicht.example.nl:8443"},
		"http://localhost:8080":              {"localhost", "http://localhost:8080"},
		"http://127.0.0.1:8080":              {"localhost", "http://localhost:8080"},
		"http://[::1]:8080":                  {"localhost", "http://localhost:8080"},
		"https://192.0.2.7":                  {},
		"https://127.0.0.1":                  {},
		"http://zorgplicht.example.nl":       {},
		"":                                   {},
	} {
		name, place := passkey.Place(base)
		if name != want[0] || place != want[1] {
			t.Errorf("%q: got %q at %q", base, name, place)
		}
		if d := passkey.New(base); (d == nil) != (name == "") || d != nil && d.Origin() != place {
			t.Errorf("%q: got desk %v", base, d)
		}
	}
}

// made is a desk and a device that holds a key of it.
func made(t *testing.T) (*passkey.Desk, *passkeytest.Device, passkey.Key) {
	t.Helper()
	desk, d := passkey.New(origin), passkeytest.New(t, "zorgplicht.example.nl", origin)
	options, asked, err := desk.Create(jo, nil)
	if err != nil {
		t.Fatal(err)
	}
	key, err := desk.Created(jo, asked, d.Create(options))
	if err != nil {
		t.Fatal(err)
	}
	return desk, d, key
}

func TestAKeyIsMadeAndUsed(t *testing.T) {
	desk, d, key := made(t)
	if len(key.Transports) != 1 || key.Transports[0] != "internal" {
		t.Errorf("transports %v", key.Transports)
	}
	options, asked, err := desk.Get()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(options, []byte("allowCredentials")) {
		t.Errorf("the question names keys: %s", options)
	}
	used, err := desk.Got(asked, d.Get(options), func(id, holder []byte) (passkey.Key, error) {
		if !bytes.Equal(id, key.ID) || !bytes.Equal(holder, jo.ID) {
			t.Errorf("asked for %x of %s", id, holder)
		}
		return key, nil
	})
	if err != nil || used.Counter != 1 {
		t.Fatalf("got %+v, %v", used, err)
	}
}

func TestWhatABrowserIsAsked(t *testing.T) {
	desk, _, key := made(t)
	options, _, err := desk.Create(jo, []passkey.Key{key})
	if err != nil {
		t.Fatal(err)
	}
	var o struct {
		RP                     struct{ ID string }
		AuthenticatorSelection struct{ ResidentKey, UserVerification string }
		Attestation            string
		ExcludeCredentials     []struct{ ID string }
		Challenge              string
	}
	if err := json.Unmarshal(options, &o); err != nil {
		t.Fatal(err)
	}
	if o.RP.ID != "zorgplicht.example.nl" || o.AuthenticatorSelection.ResidentKey != "required" || o.AuthenticatorSelection.UserVerification != "required" ||
		len(o.ExcludeCredentials) != 1 || len(o.Challenge) < 43 || o.Attestation != "none" {
		t.Errorf("got %s", options)
	}
}

// bends are the ways in which an answer may be wrong.
var bends = map[string]func(*passkeytest.Device){
	"another challenge": func(d *passkeytest.Device) {
		d.Bend = func(c map[string]any) { c["challenge"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }
	},
	"a page of another origin": func(d *passkeytest.Device) { d.Origin = "https://zorgplicht.example.evil" },
	"a page in plain http":     func(d *passkeytest.Device) { d.Origin = "http://zorgplicht.example.nl" },
	"a page on another port":   func(d *passkeytest.Device) { d.Origin += ":8443" },
	"a page in a foreign frame": func(d *passkeytest.Device) {
		d.Bend = func(c map[string]any) { c["crossOrigin"] = true; c["topOrigin"] = "https://evil.example" }
	},
	"a key for another name":                      func(d *passkeytest.Device) { d.Name = "ander.example.nl" },
	"a holder whom nobody recognised":             func(d *passkeytest.Device) { d.Flags = passkeytest.Present },
	"a holder who was not there":                  func(d *passkeytest.Device) { d.Flags = passkeytest.Verified },
	"an answer to another question":               func(d *passkeytest.Device) { d.Bend = func(c map[string]any) { c["type"] = "webauthn.anders" } },
	"a key that is backed up though it cannot be": func(d *passkeytest.Device) { d.Flags |= 0x10 },
}

func TestWrongAnswersMakeNoKey(t *testing.T) {
	for name, bend := range bends {
		t.Run(name, func(t *testing.T) {
			desk, d := passkey.New(origin), passkeytest.New(t, "zorgplicht.example.nl", origin)
			options, asked, err := desk.Create(jo, nil)
			if err != nil {
				t.Fatal(err)
			}
			bend(d)
			if key, err := desk.Created(jo, asked, d.Create(options)); !errors.Is(err, passkey.ErrRefused) {
				t.Errorf("got %+v, %v", key, err)
			}
		})
	}
	t.Run("an answer that was asked of somebody else", func(t *testing.T) {
		desk, d := passkey.New(origin), passkeytest.New(t, "zorgplicht.example.nl", origin)
		options, asked, err := desk.Create(jo, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Created(passkey.Holder{ID: []byte("an"), Name: "an", Full: "An"}, asked, d.Create(options)); !errors.Is(err, passkey.ErrRefused) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("no answer at all", func(t *testing.T) {
		desk := passkey.New(origin)
		_, asked, err := desk.Create(jo, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, answer := range []string{"", "{}", "[]", `{"id":"x"}`, "niets"} {
			if _, err := desk.Created(jo, asked, []byte(answer)); !errors.Is(err, passkey.ErrRefused) {
				t.Errorf("%q: %v", answer, err)
			}
		}
	})
}

func TestWrongAnswersOpenNothing(t *testing.T) {
	got := func(t *testing.T, desk *passkey.Desk, d *passkeytest.Device, key passkey.Key) {
		t.Helper()
		options, asked, err := desk.Get()
		if err != nil {
			t.Fatal(err)
		}
		if key, err := desk.Got(asked, d.Get(options), func(_, _ []byte) (passkey.Key, error) { return key, nil }); !errors.Is(err, passkey.ErrRefused) {
			t.Errorf("got %+v, %v", key, err)
		}
	}
	for name, bend := range bends {
		t.Run(name, func(t *testing.T) {
			desk, d, key := made(t)
			bend(d)
			got(t, desk, d, key)
		})
	}
	t.Run("the signature of another key", func(t *testing.T) {
		desk, d, _ := made(t)
		_, _, other := made(t)
		got(t, desk, d, other)
	})
	t.Run("a device that names nobody", func(t *testing.T) {
		desk, d, key := made(t)
		d.Holder = nil
		got(t, desk, d, key)
	})
	t.Run("a key that nobody keeps", func(t *testing.T) {
		desk, d, _ := made(t)
		options, asked, err := desk.Get()
		if err != nil {
			t.Fatal(err)
		}
		unknown := errors.New("nobody keeps it")
		if _, err := desk.Got(asked, d.Get(options), func(_, _ []byte) (passkey.Key, error) { return passkey.Key{}, unknown }); !errors.Is(err, unknown) {
			t.Errorf("got %v", err)
		}
	})
}
