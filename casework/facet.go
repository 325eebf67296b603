package casework

import (
	"zorgplicht/internal/fault"
)

// Facets are what lists of cases can be narrowed by, beside what all cases share: one
// value for each name. The room of a case says which, and puts them in whole.
type Facets map[string]string

// Against is the facet that names the account of whoever a case is about: they never
// have it in hand.
const Against = "over"

// None asks for cases without a value of a facet, and as a handler for cases that
// nobody has.
const None = "-"

// Mark makes these the facets of a case, in the room's transaction. Empty values are
// left out.
func (s *Service) Mark(tx Tx, id ID, f Facets) error { return tx.SaveFacets(id, f) }

// fit returns what keeps an account from handling a case.
func (s *Service) fit(tx Tx, id ID, handler string) ([]fault.Detail, error) {
	f, err := tx.Facets(id)
	if err != nil || handler == "" || f[Against] != handler {
		return nil, err
	}
	return []fault.Detail{{Pointer: "/handler", Reason: "own-case", Text: "Deze zaak gaat over deze medewerker. Geef haar aan een collega: niemand oordeelt over zichzelf."}}, nil
}
