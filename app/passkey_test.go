package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/passkey/passkeytest"
	"zorgplicht/staff"
)

const word = "de kat zit op de mat"

// A desk of somebody with an account and devices, who comes in at the door.
type member struct {
	*house
	staff.Account
	base string
}

func newMember(t *testing.T, h *house, firm ident.Firm, email string, roles ...staff.Role) *member {
	t.Helper()
	a, _, err := h.Staff.AddAccount(t.Context(), staff.Account{Firm: firm, Name: "Jo de Wit", Email: email, Roles: roles}, word)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h.Handler())
	t.Cleanup(server.Close)
	return &member{h, a, server.URL}
}

func (m *member) device() *passkeytest.Device {
	return passkeytest.New(m.t, "localhost", m.Staff.PasskeyOrigin())
}

// in is a browser that signed in with the password.
func (m *member) in(t *testing.T) browser {
	t.Helper()
	b := newBrowser(t, m.base)
	if status, to, _ := b.open("/werk/aanmelden", "email", m.Email, "wachtwoord", word); status != http.StatusSeeOther {
		t.Fatalf("%d to %s", status, to)
	}
	return b
}

// asks posts what the script posts, and returns what to ask the device.
func (b browser) asks(path string, form ...string) (options []byte, problem string) {
	b.t.Helper()
	_, _, text := b.open(path, append(form, "antwoord", "")...)
	var reply struct {
		Options json.RawMessage
		Problem string
	}
	if err := json.Unmarshal([]byte(text), &reply); err != nil {
		b.t.Fatalf("%v in %s", err, text)
	}
	return reply.Options, reply.Problem
}

// adds makes a passkey on the device, under a name.
func (b browser) adds(d *passkeytest.Device, name string) (status int, to, text string) {
	b.t.Helper()
	options, problem := b.asks("/werk/account/passkeys/nieuw/vraag", "naam", name)
	if problem != "" {
		b.t.Fatal(problem)
	}
	return b.open("/werk/account/passkeys/nieuw", "naam", name, "antwoord", string(d.Create(options)))
}

// uses signs in with the device.
func (b browser) uses(d *passkeytest.Device) (status int, to, text string) {
	b.t.Helper()
	options, _ := b.asks("/werk/aanmelden/passkey/vraag")
	return b.open("/werk/aanmelden/passkey", "naar", "/werk/account", "antwoord", string(d.Get(options)))
}

// lastFacts are the kinds of the last facts about the account.
func (m *member) lastFacts(n int) []string {
	m.t.Helper()
	facts, err := m.reader().Subject(m.t.Context(), m.Firm, m.ID)
	if err != nil || len(facts) < n {
		m.t.Fatalf("%d facts, %v", len(facts), err)
	}
	var kinds []string
	for _, f := range facts[len(facts)-n:] {
		kinds = append(kinds, f.Kind)
	}
	return kinds
}

func TestPasskeys(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		m := newMember(t, h, h.firm, "jo@delinde.example", staff.Handler)
		phone, laptop := m.device(), m.device()
		refused := func(t *testing.T, status int, to string) {
			t.Helper()
			if status != http.StatusForbidden || to != "" {
				t.Errorf("got %d to %q", status, to)
			}
		}

		t.Run("several are added by name, and each signs in", func(t *testing.T) {
			b := m.in(t)
			for name, d := range map[string]*passkeytest.Device{"Telefoon": phone, "Laptop kantoor": laptop} {
				if status, to, text := b.adds(d, name); status != http.StatusSeeOther || to != "/werk/account?gedaan=passkey" {
					t.Fatalf("%d to %s: %s", status, to, text)
				}
			}
			for _, d := range []*passkeytest.Device{phone, laptop} {
				b := newBrowser(t, m.base)
				if status, to, text := b.uses(d); status != http.StatusSeeOther || to != "/werk/account" {
					t.Fatalf("%d to %s: %s", status, to, text)
				}
				if _, _, text := b.open("/werk/account"); !strings.Contains(text, "Telefoon") || !strings.Contains(text, "Laptop kantoor") || !strings.Contains(text, "nog niet") && d == phone {
					t.Errorf("the account shows %s", text)
				}
			}
			if got := m.lastFacts(2); !slices.Equal(got, []string{staff.SignedInBy, staff.SignedInBy}) {
				t.Errorf("facts %v", got)
			}
		})
		t.Run("no fact holds a name or key", func(t *testing.T) {
			facts, err := m.reader().Subject(t.Context(), m.Firm, m.ID)
			if err != nil {
				t.Fatal(err)
			}
			seen := 0
			for _, f := range facts {
				if f.Kind == staff.PasskeyAdded {
					seen++
				}
				if strings.Contains(string(f.Payload), "Telefoon") {
					t.Errorf("%s holds %s", f.Kind, f.Payload)
				}
			}
			if seen != 2 {
				t.Errorf("%d passkeys were added", seen)
			}
		})
		t.Run("the question at the door is the same for everybody", func(t *testing.T) {
			options, _ := newBrowser(t, m.base).asks("/werk/aanmelden/passkey/vraag")
			if strings.Contains(string(options), "allowCredentials") || !strings.Contains(string(options), `"userVerification":"required"`) {
				t.Errorf("got %s", options)
			}
		})
		t.Run("an answer opens once, for the browser that was asked, and soon", func(t *testing.T) {
			b := newBrowser(t, m.base)
			options, _ := b.asks("/werk/aanmelden/passkey/vraag")
			answer := string(phone.Get(options))
			if status, _, _ := newBrowser(t, m.base).open("/werk/aanmelden/passkey", "antwoord", answer); status != http.StatusBadRequest {
				t.Errorf("another browser: %d", status)
			}
			u, _ := url.Parse(m.base)
			asked := b.Jar.Cookies(u)
			if status, _, _ := b.open("/werk/aanmelden/passkey", "antwoord", answer); status != http.StatusSeeOther {
				t.Errorf("the browser that was asked: %d", status)
			}
			thief := newBrowser(t, m.base)
			thief.Jar.SetCookies(u, asked)
			if status, _, _ := thief.open("/werk/aanmelden/passkey", "antwoord", answer); status != http.StatusBadRequest {
				t.Errorf("the same answer again: %d", status)
			}
			late := newBrowser(t, m.base)
			options, _ = late.asks("/werk/aanmelden/passkey/vraag")
			answer = string(phone.Get(options))
			h.clock.add(5 * time.Minute)
			if status, _, text := late.open("/werk/aanmelden/passkey", "antwoord", answer); status != http.StatusBadRequest || !strings.Contains(text, "duurde te lang") {
				t.Errorf("too late: %d", status)
			}
		})
		t.Run("of many who bring one answer at once one comes in", func(t *testing.T) {
			b := newBrowser(t, m.base)
			options, _ := b.asks("/werk/aanmelden/passkey/vraag")
			answer := phone.Get(options)
			u, _ := url.Parse(m.base)
			secret := ""
			for _, c := range b.Jar.Cookies(u) {
				if strings.HasSuffix(c.Name, "-passkey") {
					secret = c.Value
				}
			}
			var wg sync.WaitGroup
			errs := make([]error, 8)
			for i := range errs {
				wg.Go(func() {
					_, errs[i] = h.Staff.SignInByPasskey(t.Context(), secret, answer, staff.Knock{Address: "192.0.2.9"})
				})
			}
			wg.Wait()
			opened := 0
			for _, err := range errs {
				if err == nil {
					opened++
				}
			}
			if opened != 1 {
				t.Errorf("%d came in: %v", opened, errs)
			}
		})
		t.Run("a device that does not recognise its holder opens nothing", func(t *testing.T) {
			phone.Flags = passkeytest.Present
			status, to, _ := newBrowser(t, m.base).uses(phone)
			phone.Flags |= passkeytest.Verified
			refused(t, status, to)
		})
		t.Run("the answer to the question of an account makes no passkey for another", func(t *testing.T) {
			an := newMember(t, h, h.firm, "an@delinde.example", staff.Handler)
			b := m.in(t)
			options, _ := b.asks("/werk/account/passkeys/nieuw/vraag", "naam", "Sleutel")
			answer := string(m.device().Create(options))
			theirs := an.in(t)
			u, _ := url.Parse(m.base)
			for _, c := range b.Jar.Cookies(u) {
				if strings.HasSuffix(c.Name, "-passkey") {
					theirs.Jar.SetCookies(u, []*http.Cookie{c})
				}
			}
			if status, _, _ := theirs.open("/werk/account/passkeys/nieuw", "naam", "Sleutel", "antwoord", answer); status != http.StatusBadRequest {
				t.Errorf("got %d", status)
			}
		})
		t.Run("a question at the door cannot be answered as one for a new passkey, nor the reverse", func(t *testing.T) {
			b := m.in(t)
			d := m.device()
			options, _ := b.asks("/werk/account/passkeys/nieuw/vraag", "naam", "Sleutel")
			d.Create(options)
			if status, _, _ := b.open("/werk/aanmelden/passkey", "antwoord", string(d.Get(options))); status != http.StatusBadRequest {
				t.Errorf("got %d", status)
			}
		})
		t.Run("names are checked before the device is asked", func(t *testing.T) {
			b := m.in(t)
			for name, want := range map[string]string{"": "naam van 1 tot 60", strings.Repeat("x", 61): "naam van 1 tot 60", "sleutel 111222333": "burgerservicenummer"} {
				if options, problem := b.asks("/werk/account/passkeys/nieuw/vraag", "naam", name); options != nil || !strings.Contains(problem, want) || name != "" && strings.Contains(problem, name) {
					t.Errorf("%q: %s", name, problem)
				}
			}
			if status, _, text := b.open("/werk/account/passkeys/nieuw", "naam", "", "antwoord", "{}"); status != http.StatusBadRequest || !strings.Contains(text, "naam van 1 tot 60") {
				t.Errorf("%d: %s", status, text)
			}
		})
		t.Run("who signed in ten minutes ago adds none", func(t *testing.T) {
			b := m.in(t)
			h.clock.add(staff.FreshFor)
			if _, problem := b.asks("/werk/account/passkeys/nieuw/vraag", "naam", "Sleutel"); !strings.Contains(problem, "Meld u eerst opnieuw aan") {
				t.Errorf("told %q", problem)
			}
			if status, _, text := b.open("/werk/account/passkeys/nieuw"); status != http.StatusOK || !strings.Contains(text, "binnen tien minuten") || strings.Contains(text, "/assets/passkey-") {
				t.Errorf("%d: %s", status, text)
			}
			status, _, _ := b.open("/werk/account/passkeys/nieuw", "naam", "Sleutel", "antwoord", "{}")
			refused(t, status, "")
		})
		t.Run("more than ten are refused", func(t *testing.T) {
			m := newMember(t, h, h.firm, "veel@delinde.example", staff.Handler)
			b := m.in(t)
			for range staff.MostPasskeys {
				if status, _, text := b.adds(m.device(), "Sleutel"); status != http.StatusSeeOther {
					t.Fatalf("%d: %s", status, text)
				}
			}
			if _, problem := b.asks("/werk/account/passkeys/nieuw/vraag", "naam", "Sleutel"); !strings.Contains(problem, "al tien") {
				t.Errorf("told %q", problem)
			}
		})
		t.Run("a passkey that was removed opens nothing, and only its owner removes it", func(t *testing.T) {
			b := m.in(t)
			list, err := h.Staff.PasskeysOf(t.Context(), m.Account)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(list, func(p staff.Passkey) bool { return p.Name == "Laptop kantoor" })
			remove := "/werk/account/passkeys/" + list[i].ID + "/verwijderen"
			other := newMember(t, h, h.firm, "ander@delinde.example", staff.Operator)
			if status, _, _ := other.in(t).open(remove, "x", ""); status != http.StatusNotFound {
				t.Errorf("a colleague: %d", status)
			}
			if status, to, _ := b.open(remove, "x", ""); status != http.StatusSeeOther || to != "/werk/account?gedaan=passkey-weg" {
				t.Errorf("%d to %s", status, to)
			}
			if got := m.lastFacts(1); got[0] != staff.PasskeyRemoved {
				t.Errorf("facts %v", got)
			}
			status, to, _ := newBrowser(t, m.base).uses(laptop)
			refused(t, status, to)
		})
		t.Run("a copy shows by its counter, and then neither opens anything", func(t *testing.T) {
			m := newMember(t, h, h.firm, "kopie@delinde.example", staff.Handler)
			d := m.device()
			b := m.in(t)
			b.adds(d, "Sleutel")
			stolen := d.Copy()
			for range 2 {
				if status, _, _ := newBrowser(t, m.base).uses(d); status != http.StatusSeeOther {
					t.Fatal(status)
				}
			}
			status, to, _ := newBrowser(t, m.base).uses(stolen)
			refused(t, status, to)
			if got := m.lastFacts(2); !slices.Equal(got, []string{staff.PasskeyDoubted, staff.SignInRefused}) {
				t.Errorf("facts %v", got)
			}
			status, to, _ = newBrowser(t, m.base).uses(d)
			refused(t, status, to)
			if _, _, text := b.open("/werk/account"); !strings.Contains(text, "werkt niet meer") || !strings.Contains(text, "kopie") {
				t.Error("the account does not say so")
			}
		})
		t.Run("a key that never counts is no copy", func(t *testing.T) {
			m := newMember(t, h, h.firm, "telt-niet@delinde.example", staff.Handler)
			d := m.device()
			d.Counts = false
			m.in(t).adds(d, "Sleutel")
			for range 3 {
				if status, _, _ := newBrowser(t, m.base).uses(d); status != http.StatusSeeOther {
					t.Fatal(status)
				}
			}
		})
		t.Run("a blocked account is not opened by its passkey, and a reset takes it away", func(t *testing.T) {
			if err := h.Staff.Block(t.Context(), h.operator(), m.ID); err != nil {
				t.Fatal(err)
			}
			status, to, _ := newBrowser(t, m.base).uses(phone)
			refused(t, status, to)
			if err := h.Staff.Unblock(t.Context(), h.operator(), m.ID); err != nil {
				t.Fatal(err)
			}
			if status, _, _ := newBrowser(t, m.base).uses(phone); status != http.StatusSeeOther {
				t.Error(status)
			}
			if _, err := h.Staff.ResetPassword(t.Context(), h.operator(), m.ID); err != nil {
				t.Fatal(err)
			}
			status, to, _ = newBrowser(t, m.base).uses(phone)
			refused(t, status, to)
			if list, err := h.Staff.PasskeysOf(t.Context(), m.Account); err != nil || len(list) != 0 {
				t.Errorf("%d are left, %v", len(list), err)
			}
		})
		t.Run("an account whose time is over is not opened by its passkey", func(t *testing.T) {
			m := newMember(t, h, h.firm, "kort@delinde.example", staff.Handler)
			d := m.device()
			m.in(t).adds(d, "Sleutel")
			if err := h.Staff.SetRoles(t.Context(), h.operator(), m.ID, []staff.Role{staff.Handler}, h.Now().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			h.clock.add(time.Hour)
			status, to, _ := newBrowser(t, m.base).uses(d)
			refused(t, status, to)
		})
		t.Run("who tries at the door without end waits, as with a password", func(t *testing.T) {
			d := m.device()
			b := newBrowser(t, m.base)
			options, _ := b.asks("/werk/aanmelden/passkey/vraag")
			d.Create(options)
			status := 0
			for range staff.PerAddress.Max + 1 {
				status, _, _ = b.uses(d)
			}
			if status != http.StatusTooManyRequests {
				t.Errorf("got %d", status)
			}
		})
	})
}

// keepPasskeys lets everything happen with a passkey that is recorded of it.
func keepPasskeys(t *testing.T, h *house) {
	t.Helper()
	m := newMember(t, h, h.firm, "passkey@kantoor.example", staff.Author)
	d := m.device()
	b := m.in(t)
	if status, _, text := b.adds(d, "Telefoon"); status != http.StatusSeeOther {
		t.Fatalf("%d: %s", status, text)
	}
	stolen := d.Copy()
	newBrowser(t, m.base).uses(d)
	newBrowser(t, m.base).uses(stolen)
	list, err := h.Staff.PasskeysOf(t.Context(), m.Account)
	if err != nil || len(list) != 1 || list[0].Doubted.IsZero() {
		t.Fatalf("%+v, %v", list, err)
	}
	if status, _, _ := b.open("/werk/account/passkeys/"+list[0].ID+"/verwijderen", "x", ""); status != http.StatusSeeOther {
		t.Fatal(status)
	}
}
