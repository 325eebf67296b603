package ident

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// A Norm is the id of a provision or of a norm in a document of the AFM:
// bfd:28:10:a (article, lid, onderdeel), bfd:13::a (an article without leden),
// bfd:1::c:1 (sub), wft:4:24:3 (article 4:24), bgfo:80e:1, wck:33:b:1,
// avg:5:1:e, bijlage2:3:f (an annex of the decree), afm:ket:retake, afm:pri:1.
type Norm string

// A law is where provisions stand.
type law struct {
	short string
	bwb   string // id in the Basiswettenbestand; "" of a regulation of the Union
	parts int    // how many parts its article numbers have: 2 for 4:24
}

// The decree is the Besluit financiële dienstverlening of 2005.
var decree = law{"Bfd", "BWBR0019283", 1}

var laws = map[string]law{
	"bfd":  decree,
	"wft":  {"Wft", "BWBR0020368", 2},
	"bgfo": {"BGfo", "BWBR0020421", 1},
	"wck":  {"Wck", "BWBR0004815", 1},
	"avg":  {"AVG", "", 1},
}

// A provision is a norm id taken apart.
type provision struct {
	law
	annex   string // "2" of bijlage2
	article string
	lid     string
	letter  string
	sub     string
	levels  []string // of an annex, from the outside in
}

var (
	articlePart = regexp.MustCompile(`^[0-9]+[a-z]{0,2}$`)
	lidPart     = regexp.MustCompile(`^[0-9]+[a-z]?$`)
	letterPart  = regexp.MustCompile(`^([a-z]{1,2}|[A-Z])$`)
	subPart     = regexp.MustCompile(`^[0-9]+$`)
	annexPart   = regexp.MustCompile(`^bijlage([0-9]+)$`)
	levelPart   = regexp.MustCompile(`^([0-9]+|[a-z]{1,2}|tabel[0-9]+)$`)
)

// ParseNorm returns s as a norm. It fails when s is in none of the forms, or
// names an AFM norm that is not in the list.
func ParseNorm(s string) (Norm, error) {
	if _, ok := afm[s]; ok {
		return Norm(s), nil
	}
	if _, ok := take(s); !ok {
		return "", fmt.Errorf("norm %q is no provision, annex or AFM norm that we know", s)
	}
	return Norm(s), nil
}

// take takes the id of a provision apart.
func take(s string) (provision, bool) {
	parts := strings.Split(s, ":")
	if m := annexPart.FindStringSubmatch(parts[0]); m != nil {
		for _, l := range parts[1:] {
			if !levelPart.MatchString(l) {
				return provision{}, false
			}
		}
		return provision{law: decree, annex: m[1], levels: parts[1:]}, true
	}
	l, ok := laws[parts[0]]
	if !ok || len(parts) < 1+l.parts {
		return provision{}, false
	}
	p := provision{law: l, article: strings.Join(parts[1:1+l.parts], ":")}
	for _, a := range parts[1 : 1+l.parts] {
		if !articlePart.MatchString(a) {
			return provision{}, false
		}
	}
	return p, p.below(parts[1+l.parts:])
}

// below reads what follows the article: a lid, which is empty or left out in an
// article without leden, an onderdeel and a sub.
func (p *provision) below(rest []string) bool {
	switch {
	case len(rest) == 0:
		return true
	case lidPart.MatchString(rest[0]):
		p.lid, rest = rest[0], rest[1:]
	case rest[0] == "" && len(rest) > 1:
		rest = rest[1:]
	}
	if len(rest) > 0 {
		if !letterPart.MatchString(rest[0]) {
			return false
		}
		p.letter, rest = rest[0], rest[1:]
	}
	if len(rest) > 0 {
		if !subPart.MatchString(rest[0]) {
			return false
		}
		p.sub, rest = rest[0], rest[1:]
	}
	return len(rest) == 0
}

// Dutch returns the norm as a Dutch reader cites it, such as "artikel 4:24, derde
// lid, Wft" or "AFM, Kennis- en ervaringstoets: herkansing"; the id itself when
// it is no norm.
func (n Norm) Dutch() string {
	if title, ok := afm[string(n)]; ok {
		return title
	}
	p, ok := take(string(n))
	if !ok {
		return string(n)
	}
	var parts []string
	if p.annex != "" {
		parts = append(parts, "bijlage "+p.annex)
		above := ""
		for _, l := range p.levels {
			parts = append(parts, annexLevel(l, above))
			above = l
		}
		return strings.Join(append(parts, p.short), ", ")
	}
	parts = append(parts, "artikel "+p.article)
	if p.lid != "" {
		parts = append(parts, lidOf(p.lid))
	}
	if p.letter != "" {
		parts = append(parts, "onderdeel "+p.letter)
	}
	if p.sub != "" {
		parts = append(parts, "onder "+p.sub+"°")
	}
	return strings.Join(append(parts, p.short), ", ")
}

// annexLevel cites one level of an annex below the one above it: an article of
// the annex, its lid or letter, a number under that letter, a table and its row.
func annexLevel(l, above string) string {
	switch {
	case strings.HasPrefix(l, "tabel"):
		return "tabel " + strings.TrimPrefix(l, "tabel")
	case letterPart.MatchString(l):
		return "onderdeel " + l
	case above == "":
		return "artikel " + l
	case letterPart.MatchString(above):
		return "onder " + l + "°"
	case strings.HasPrefix(above, "tabel"):
		return "rij " + l
	}
	return lidOf(l)
}

// Juriconnect returns the norm as a Juriconnect 1.3 reference without dates,
// such as jci1.3:c:BWBR0020368&artikel=4:24&lid=3; "" for a page of the AFM,
// which is no legislation, and for a regulation of the Union.
func (n Norm) Juriconnect() string {
	p, ok := take(string(n))
	if !ok || p.bwb == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString("jci1.3:c:" + p.bwb)
	add := func(key, value string) {
		if value != "" {
			b.WriteString("&" + key + "=" + value)
		}
	}
	add("bijlage", p.annex)
	above := ""
	for _, l := range p.levels {
		key, value := annexKey(l, above)
		add(key, value)
		above = l
	}
	add("artikel", p.article)
	add("lid", p.lid)
	add("o", p.letter)
	if p.sub != "" {
		add("o", p.sub+"°")
	}
	return b.String()
}

// annexKey returns key and value of one level of an annex in a Juriconnect reference.
func annexKey(l, above string) (key, value string) {
	switch {
	case letterPart.MatchString(above):
		return "o", l + "°"
	case !articlePart.MatchString(l) || strings.HasPrefix(above, "tabel"):
		return "o", l
	case above == "":
		return "artikel", l
	}
	return "lid", l
}

var ordinals = [...]string{
	"", "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende",
	"elfde", "twaalfde", "dertiende", "veertiende", "vijftiende", "zestiende", "zeventiende", "achttiende", "negentiende",
}

// lidOf cites a lid: "derde lid", "20e lid", and "lid 2a" where there is no word for it.
func lidOf(lid string) string {
	n, err := strconv.Atoi(lid)
	switch {
	case err != nil:
		return "lid " + lid
	case n > 0 && n < len(ordinals):
		return ordinals[n] + " lid"
	}
	return lid + "e lid"
}
