package ident_test

import (
	"strings"
	"testing"

	"zorgplicht/ident"
)

func TestANormCitesItself(t *testing.T) {
	for _, c := range []struct{ id, dutch, jci string }{
		{"wft:4:24:3", "artikel 4:24, derde lid, Wft", "jci1.3:c:BWBR0020368&artikel=4:24&lid=3"},
		{"wft:4:24", "artikel 4:24, Wft", "jci1.3:c:BWBR0020368&artikel=4:24"},
		{"wft:4:25a:1:b", "artikel 4:25a, eerste lid, onderdeel b, Wft", "jci1.3:c:BWBR0020368&artikel=4:25a&lid=1&o=b"},
		{"bgfo:80e:1", "artikel 80e, eerste lid, BGfo", "jci1.3:c:BWBR0020421&artikel=80e&lid=1"},
		{"bgfo:80e:2:d", "artikel 80e, tweede lid, onderdeel d, BGfo", "jci1.3:c:BWBR0020421&artikel=80e&lid=2&o=d"},
		{"bfd:2", "artikel 2, Bfd", "jci1.3:c:BWBR0019283&artikel=2"},
		{"bfd:28:10:a", "artikel 28, tiende lid, onderdeel a, Bfd", "jci1.3:c:BWBR0019283&artikel=28&lid=10&o=a"},
		{"bfd:13::a", "artikel 13, onderdeel a, Bfd", "jci1.3:c:BWBR0019283&artikel=13&o=a"},
		{"bfd:1::c:1", "artikel 1, onderdeel c, onder 1°, Bfd", "jci1.3:c:BWBR0019283&artikel=1&o=c&o=1°"},
		{"bfd:1::aa", "artikel 1, onderdeel aa, Bfd", "jci1.3:c:BWBR0019283&artikel=1&o=aa"},
		{"bfd:7:21", "artikel 7, 21e lid, Bfd", "jci1.3:c:BWBR0019283&artikel=7&lid=21"},
		{"bfd:7:2a", "artikel 7, lid 2a, Bfd", "jci1.3:c:BWBR0019283&artikel=7&lid=2a"},
		{"wck:33:b:1", "artikel 33, onderdeel b, onder 1°, Wck", "jci1.3:c:BWBR0004815&artikel=33&o=b&o=1°"},
		{"avg:5:1:e", "artikel 5, eerste lid, onderdeel e, AVG", ""},
		{"bijlage2:3:f", "bijlage 2, artikel 3, onderdeel f, Bfd", "jci1.3:c:BWBR0019283&bijlage=2&artikel=3&o=f"},
		{"bijlage1:3:b:2", "bijlage 1, artikel 3, onderdeel b, onder 2°, Bfd", "jci1.3:c:BWBR0019283&bijlage=1&artikel=3&o=b&o=2°"},
		{"bijlage9:1:2", "bijlage 9, artikel 1, tweede lid, Bfd", "jci1.3:c:BWBR0019283&bijlage=9&artikel=1&lid=2"},
		{"bijlage10:tabel1", "bijlage 10, tabel 1, Bfd", "jci1.3:c:BWBR0019283&bijlage=10&o=tabel1"},
		{"bijlage11:tabel1:7", "bijlage 11, tabel 1, rij 7, Bfd", "jci1.3:c:BWBR0019283&bijlage=11&o=tabel1&o=7"},
		{"bijlage10", "bijlage 10, Bfd", "jci1.3:c:BWBR0019283&bijlage=10"},
		{"afm:ket:retake", "AFM, Kennis- en ervaringstoets: herkansing", ""},
		{"afm:pri:1", "AFM, Principes voor de doorlopende ondersteuning van klanten: principe 1", ""},
	} {
		t.Run(c.id, func(t *testing.T) {
			n, err := ident.ParseNorm(c.id)
			if err != nil {
				t.Fatal(err)
			}
			if n.Dutch() != c.dutch || n.Juriconnect() != c.jci {
				t.Errorf("got %q, %q", n.Dutch(), n.Juriconnect())
			}
		})
	}
}

func TestWhatIsNoNormIsRefused(t *testing.T) {
	for _, id := range []string{
		"", "bfd", "bfd:", "bfd:x", "bfd:13:", "bfd:13::", "bfd:1:2:3", "bfd:1:2:a:b", "bfd:1:2:a:1:x", "wft:4", "wft:4:24:3:a:1:1", "wft::24",
		"bw:6:162", "afm:ket:none", "afm:ket", "bijlage", "bijlagex:1", "bijlage2:", "bijlage2:A b", "BFD:1", "bfd:1:1 ",
	} {
		if n, err := ident.ParseNorm(id); err == nil {
			t.Errorf("%q was read as %s", id, n.Dutch())
		}
		if n := ident.Norm(id); n.Juriconnect() != "" || n.Dutch() != id {
			t.Errorf("%q is cited as %q", id, n.Dutch())
		}
	}
}

func FuzzParseNorm(f *testing.F) {
	for _, s := range []string{"bfd:28:10:a", "wft:4:24:3", "bijlage2:3:f", "afm:ket:retake", "bfd:13::a", "avg:5:1:e", "::::"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ident.ParseNorm(s)
		if err != nil {
			return
		}
		if n.Dutch() == "" || n.Dutch() == s || (n.Juriconnect() == "") != (strings.HasPrefix(s, "afm:") || strings.HasPrefix(s, "avg:")) {
			t.Fatalf("%q is cited as %q, %q", s, n.Dutch(), n.Juriconnect())
		}
	})
}
