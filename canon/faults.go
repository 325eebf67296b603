package canon

import (
	"fmt"
	"strings"

	"zorgplicht/internal/fault"
)

// The codes of the faults that Parse and Decode find.
const (
	CodeSyntax        = "syntax"           // no JSON
	CodeNotUTF8       = "not-utf8"         // bytes that are no text
	CodeTooLong       = "too-long"         // more than 1 GiB
	CodeTooDeep       = "too-deep"         // nested more than MaxDepth
	CodeNumberTooLong = "number-too-long"  // more than 1000 characters when written out
	CodeDuplicate     = "duplicate-key"    // a key that the object already has
	CodeUnknownField  = "unknown-field"    // a field that is not known there
	CodeMissing       = "missing"          // a field that must be there
	CodeType          = "wrong-type"       // a value of another type
	CodeForm          = "wrong-form"       // a text that is not in the form asked
	CodeValue         = "unknown-value"    // a word outside the list
	CodeRange         = "out-of-range"     // a number too large or too small for the field
	CodeNull          = "null-not-allowed" // null where a value must be
	CodeMore          = "more-faults"      // more faults than are named
)

const (
	textNotUTF8       = "Stuur de tekst als UTF-8: er staan bytes in die geen teken zijn."
	textTooLong       = "Maak dit korter: het is te lang om te lezen."
	textTooDeep       = "Gebruik minder niveaus: lijsten en objecten zitten te diep in elkaar."
	textNumberTooLong = "Geef een korter getal op: uitgeschreven mag het hoogstens 1000 tekens hebben."
	textDuplicate     = "Geef dit veld één keer op."
	textUnknownField  = "Verbeter de naam van dit veld of haal het weg: hier is het niet bekend."
	textMissing       = "Vul dit veld in: het is verplicht."
	textRange         = "Geef een getal op dat binnen het bereik van dit veld valt."
	textNull          = "Geef een waarde op of laat het veld weg: null mag hier niet."
	textMore          = "Verbeter eerst de fouten hiervoor: er zijn er te veel om allemaal te noemen."
)

func textSyntax(at int) string {
	return fmt.Sprintf("Maak er geldige JSON van: bij byte %d klopt de vorm niet.", at)
}

func textWant(what string) string { return "Geef hier " + what + " op." }

func textChoose(words []string) string {
	return "Kies een van deze waarden: " + strings.Join(words, ", ") + "."
}

// maxFaults is how many faults of one value are named. Nobody mends a thousand
// by hand, and without a bound a hostile document would buy a huge answer.
const maxFaults = 1000

// note adds a fault; past the bound it is dropped and capped says so.
func note(faults []fault.Detail, at string, path []step, code, text string) []fault.Detail {
	if len(faults) > maxFaults {
		return faults
	}
	return append(faults, fault.Detail{Pointer: pointer(at, path), Reason: code, Text: text})
}

// capped ends a list that went past the bound with a fault that says so.
func capped(faults []fault.Detail) []fault.Detail {
	if len(faults) <= maxFaults {
		return faults
	}
	return append(faults[:maxFaults:maxFaults], fault.Detail{Reason: CodeMore, Text: textMore})
}
