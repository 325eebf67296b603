// Package passkeytest is a device that holds one passkey, for tests: it answers what a
// browser would be asked, and can be told to answer wrongly.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
)

// The flags of an answer that tests change.
const (
	Present  = 0x01
	Verified = 0x04 // the device recognised its holder
)

// A Device makes one key and signs with it.
type Device struct {
	Name    string // under which keys are made: that of the installation
	Origin  string // of the page that the browser shows
	Counts  bool   // the key counts how often it signed
	Counter uint32
	Flags   byte
	Holder  []byte // as it was told when the key was made

	// Bend changes what the browser says it was asked, before it is signed.
	Bend func(client map[string]any)

	t   testing.TB
	id  []byte
	key *ecdsa.PrivateKey
}

// New returns a device without a key, in a browser that shows a page of this origin.
func New(t testing.TB, name, origin string) *Device {
	t.Helper()
	return &Device{Name: name, Origin: origin, Flags: Present | Verified, Counts: true, t: t}
}

// Copy is another device with the same key, as if somebody had taken it.
func (d *Device) Copy() *Device {
	c := *d
	return &c
}

// Create makes the key that the options ask for.
func (d *Device) Create(options []byte) (answer []byte) {
	d.t.Helper()
	var o struct {
		Challenge string
		User      struct{ ID string }
	}
	d.read(options, &o)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		d.t.Fatal(err)
	}
	d.key, d.id, d.Holder = key, random(d.t), unb64(d.t, o.User.ID)
	data := append(d.data(0x40), make([]byte, 16)...)
	data = binary.BigEndian.AppendUint16(data, uint16(len(d.id)))
	data = append(append(data, d.id...), d.cose()...)
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59"), byte(len(data)>>8), byte(len(data)))
	object = append(object, data...)
	return d.answer(map[string]any{"clientDataJSON": b64(d.client("webauthn.create", o.Challenge)), "attestationObject": b64(object), "transports": []string{"internal", "onbekend"}})
}

// Get signs what the options ask for.
func (d *Device) Get(options []byte) (answer []byte) {
	d.t.Helper()
	var o struct{ Challenge string }
	d.read(options, &o)
	client := d.client("webauthn.get", o.Challenge)
	if d.Counts {
		d.Counter++
	}
	data := d.data(0)
	hash := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, digest[:])
	if err != nil {
		d.t.Fatal(err)
	}
	return d.answer(map[string]any{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": b64(d.Holder)})
}

func (d *Device) answer(response map[string]any) []byte {
	b, err := json.Marshal(map[string]any{
		"id": b64(d.id), "rawId": b64(d.id), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response,
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return b
}

func (d *Device) client(kind, challenge string) []byte {
	said := map[string]any{"type": kind, "challenge": challenge, "origin": d.Origin, "crossOrigin": false}
	if d.Bend != nil {
		d.Bend(said)
	}
	b, err := json.Marshal(said)
	if err != nil {
		d.t.Fatal(err)
	}
	return b
}

// data is the authenticator data: whose name, how it was used, how often.
func (d *Device) data(more byte) []byte {
	name := sha256.Sum256([]byte(d.Name))
	return binary.BigEndian.AppendUint32(append(name[:], d.Flags|more), d.Counter)
}

// cose is the public key as COSE writes an ES256 one.
func (d *Device) cose() []byte {
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		d.t.Fatal(err)
	}
	out := append([]byte{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20}, point[1:33]...)
	return append(append(out, 0x22, 0x58, 0x20), point[33:]...)
}

func (d *Device) read(b []byte, into any) {
	d.t.Helper()
	if err := json.Unmarshal(b, into); err != nil {
		d.t.Fatalf("%v in %s", err, b)
	}
}

func random(t testing.TB) []byte {
	b := make([]byte, 16)
	if _, err := rand.Read(b); err != nil {
		t.Fatal(err)
	}
	return b
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func unb64(t testing.TB, s string) []byte {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
