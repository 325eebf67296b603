package commission

import (
	"strings"
	"unicode/utf8"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// CleanIBAN writes an account number as a bank does: capitals without spaces.
func CleanIBAN(s string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "\u00a0", "", "-", "").Replace(strings.TrimSpace(s)))
}

// ValidIBAN reports whether this is an IBAN (ISO 13616): country, two check digits,
// and letters and digits that leave 1 when divided by 97. A Dutch one has eighteen.
func ValidIBAN(s string) bool {
	if len(s) < 15 || len(s) > 34 || strings.HasPrefix(s, "NL") && len(s) != 18 {
		return false
	}
	rest := 0
	for i, c := range []byte(s[4:] + s[:4]) {
		place := (i + 4) % len(s)
		switch {
		case c >= '0' && c <= '9':
			if place < 2 {
				return false
			}
			rest = (rest*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			if place == 2 || place == 3 {
				return false
			}
			rest = (rest*100 + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}

// SpaceIBAN writes an IBAN in groups of four, as people read it.
func SpaceIBAN(s string) string {
	var b strings.Builder
	for i, c := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// A wrongs gathers what is wrong with what was filled in.
type wrongs []fault.Detail

func (w *wrongs) add(pointer, reason, text string) {
	*w = append(*w, fault.Detail{Pointer: pointer, Reason: reason, Text: text})
}

// words holds a line of text against its length, and against numbers that may not
// be kept. what names it in Dutch.
func (w *wrongs) words(pointer, what, s string, least, most int) {
	n := utf8.RuneCountInString(s)
	switch {
	case n == 0 && least > 0:
		w.add(pointer, "missing", "Vul "+what+" in.")
	case n < least:
		w.add(pointer, "too-short", "Schrijf bij "+what+" iets meer op.")
	case !utf8.ValidString(s) || n > most || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' }):
		w.add(pointer, "too-long", "Maak "+what+" korter, in gewone tekst.")
	case text.HoldsBSN(s):
		w.add(pointer, "bsn", "Haal het burgerservicenummer weg. Dat mag hier niet worden vastgelegd.")
	}
}

// account holds an IBAN.
func (w *wrongs) account(pointer, iban string) {
	switch {
	case iban == "":
		w.add(pointer, "missing", "Vul het rekeningnummer (IBAN) in. Provisie wordt alleen overgeboekt (artikel 67, tweede lid, Bfd).")
	case !ValidIBAN(iban):
		w.add(pointer, "iban", "Dit is geen geldig rekeningnummer (IBAN). Kijk het na: een teken is anders, of er ontbreekt er een.")
	}
}
