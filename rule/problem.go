package rule

import "zorgplicht/internal/fault"

// A Problem is an error in the form of RFC 9457 (problem details), with every
// fault of the question.
type Problem struct {
	Type   string  `json:"type,omitempty"`
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Detail string  `json:"detail"`
	Errors []Wrong `json:"errors,omitempty"`
}

// A Wrong is one fault of a question.
type Wrong struct {
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
	Detail  string `json:"detail"`
}

// ProblemOf returns the error as a problem in Dutch. Of an error that is no
// fault of the question it tells nothing but that.
func ProblemOf(err error) Problem {
	f := fault.As(err)
	switch {
	case f != nil && f.Reason == UnknownRule:
		return problem([]fault.Detail{{Pointer: "/rule", Reason: UnknownRule, Text: textUnknownRule}})
	case f != nil && f.Kind == fault.Invalid && len(f.Details) > 0:
		return problem(f.Details)
	}
	return Problem{
		Title: "Deze vraag kon niet worden beantwoord", Status: 500,
		Detail: "Er ging iets mis in het programma. Meld dit aan de beheerder.",
	}
}

const (
	textUnknownRule = "Kies een regel die bestaat: deze naam is niet bekend."
	textSealed      = "Stel deze vraag waar het vastgelegde stuk bij de hand is: hier is het niet te openen."
	textLongLine    = "Maak deze regel korter: hij mag hoogstens 1 MiB lang zijn."
	textID          = "een tekst of een getal"
)

func problem(details []fault.Detail) Problem {
	p := Problem{
		Title: "De vraag klopt niet", Status: 400,
		Detail: "Verbeter wat hieronder staat en stel de vraag opnieuw.",
		Errors: make([]Wrong, len(details)),
	}
	for i, d := range details {
		p.Errors[i] = Wrong{d.Pointer, d.Reason, d.Text}
	}
	return p
}
