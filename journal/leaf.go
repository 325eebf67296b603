package journal

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
)

// LeafEncoding names the encoding that Leaf writes. It is frozen: a new need is
// a new name.
const LeafEncoding = "zorgplicht/leaf/1"

// ErasedKind is the kind of the fact that tells of an erased payload.
const ErasedKind = "journal.erased/1"

// A Header is all of a fact that its leaf commits to: everything but salt and
// payload, of which it holds the digest.
type Header struct {
	ID       string
	Firm     ident.Firm
	Kind     string
	Subject  string
	Valid    time.Time
	Recorded time.Time
	Seal     ident.Hash // zero for what is not sealed
	Erases   string     // empty for all but ErasedKind
	Digest   ident.Hash
}

// Check tells what is wrong with the header's form. Two different headers that
// pass have different leaves.
func (h Header) Check() error {
	switch {
	case !isID(h.ID):
		return errors.New("the id is no UUIDv7 in lower case")
	case !isID(string(h.Firm)):
		return errors.New("the firm is no UUIDv7 in lower case")
	case !isKind(h.Kind):
		return errors.New("the kind is not of the form room.happened/1")
	case !isSubject(h.Subject):
		return errors.New("the subject is not 1 to 200 visible ASCII characters")
	case h.Valid.IsZero() || h.Recorded.IsZero():
		return errors.New("one of the two clocks is not set")
	case h.Erases != "" && !isID(h.Erases):
		return errors.New("the erased fact's id is no UUIDv7 in lower case")
	case (h.Erases != "") != (h.Kind == ErasedKind):
		return errors.New("a fact names what it erases if and only if its kind is " + ErasedKind)
	case h.Erases != "" && !h.Seal.IsZero():
		return errors.New("a fact that erases is not sealed")
	}
	return nil
}

// Leaf returns the canonical bytes that enter the tree: one labelled line for
// each field, in a fixed order, times in milliseconds since 1970, hashes in
// hexadecimal. The lines for seal and erases are absent where these are empty.
func Leaf(h Header) []byte { return AppendLeaf(make([]byte, 0, 384), h) }

// AppendLeaf appends what Leaf returns to b.
func AppendLeaf(b []byte, h Header) []byte {
	b = append(b, LeafEncoding+"\nid "...)
	b = append(b, h.ID...)
	b = append(b, "\nfirm "...)
	b = append(b, h.Firm...)
	b = append(b, "\nkind "...)
	b = append(b, h.Kind...)
	b = append(b, "\nsubject "...)
	b = append(b, h.Subject...)
	b = append(b, "\nvalid "...)
	b = strconv.AppendInt(b, h.Valid.UnixMilli(), 10)
	b = append(b, "\nrecorded "...)
	b = strconv.AppendInt(b, h.Recorded.UnixMilli(), 10)
	if !h.Seal.IsZero() {
		b = append(b, "\nseal "...)
		b = appendHex(b, h.Seal)
	}
	if h.Erases != "" {
		b = append(b, "\nerases "...)
		b = append(b, h.Erases...)
	}
	b = append(b, "\ndigest "...)
	b = appendHex(b, h.Digest)
	return append(b, '\n')
}

// LeafHash is the header's hash in the tree (RFC 6962, section 2.1).
func LeafHash(h Header) tlog.Hash { return tlog.RecordHash(Leaf(h)) }

// ParseLeaf reads what Leaf writes, and nothing else: what it accepts, Leaf
// writes back byte for byte.
func ParseLeaf(b []byte) (Header, error) {
	var h Header
	p := leafReader{rest: string(b)}
	if p.line("") != LeafEncoding {
		return h, fmt.Errorf("leaf: not in the encoding %s", LeafEncoding)
	}
	h.ID = p.line("id ")
	h.Firm = ident.Firm(p.line("firm "))
	h.Kind = p.line("kind ")
	h.Subject = p.line("subject ")
	h.Valid = p.instant("valid ")
	h.Recorded = p.instant("recorded ")
	if strings.HasPrefix(p.rest, "seal ") {
		h.Seal = p.hash("seal ")
	}
	if strings.HasPrefix(p.rest, "erases ") {
		h.Erases = p.line("erases ")
	}
	h.Digest = p.hash("digest ")
	if p.err != nil {
		return h, fmt.Errorf("leaf: %w", p.err)
	}
	if err := h.Check(); err != nil {
		return h, fmt.Errorf("leaf: %w", err)
	}
	// Numbers and hashes can be written in more than one way; only ours stands.
	if !bytes.Equal(Leaf(h), b) {
		return h, errors.New("leaf: not in canonical form")
	}
	return h, nil
}

// leafReader takes labelled lines from the front and keeps the first error.
type leafReader struct {
	rest string
	err  error
}

func (p *leafReader) line(label string) string {
	line, rest, found := strings.Cut(p.rest, "\n")
	value, labelled := strings.CutPrefix(line, label)
	if !found || !labelled {
		p.fail("line %q is missing", strings.TrimSpace(label))
		return ""
	}
	p.rest = rest
	return value
}

func (p *leafReader) instant(label string) time.Time {
	ms, err := strconv.ParseInt(p.line(label), 10, 64)
	if err != nil {
		p.fail("line %q holds no milliseconds", strings.TrimSpace(label))
	}
	return time.UnixMilli(ms).UTC()
}

func (p *leafReader) hash(label string) ident.Hash {
	h, err := ident.ParseHash(p.line(label))
	if err != nil {
		p.fail("line %q holds no hash", strings.TrimSpace(label))
	}
	return h
}

func (p *leafReader) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

func appendHex(b []byte, h ident.Hash) []byte {
	const digits = "0123456789abcdef"
	for _, c := range h {
		b = append(b, digits[c>>4], digits[c&15])
	}
	return b
}

// isID is ident.Valid without a regular expression: verification asks it for
// every fact.
func isID(s string) bool {
	if len(s) != 36 || s[14] != '7' || !strings.ContainsRune("89ab", rune(s[19])) {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return false
			}
		} else if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// isKind accepts room.happened/1: lower case, digits and underscores.
func isKind(s string) bool {
	name, version, found := strings.Cut(s, "/")
	if !found || len(s) > 100 || version == "" || version[0] == '0' || !all(version, isDigit) {
		return false
	}
	room, happened, found := strings.Cut(name, ".")
	return found && isWord(room) && isWord(happened)
}

func isWord(s string) bool {
	return s != "" && isLower(s[0]) && all(s, func(c byte) bool { return isLower(c) || isDigit(c) || c == '_' })
}

func isSubject(s string) bool {
	return s != "" && len(s) <= 200 && all(s, func(c byte) bool { return c > ' ' && c < 0x7f })
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isLower(c byte) bool { return c >= 'a' && c <= 'z' }

func all(s string, holds func(byte) bool) bool {
	for i := range len(s) {
		if !holds(s[i]) {
			return false
		}
	}
	return true
}
