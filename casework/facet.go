package casework

import (
	"maps"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// Facets are what lists of cases can be narrowed by, beside what all cases share: one
// value for each name. The room of a case says which, and puts them in whole.
type Facets map[string]string

// Against is the facet that names the account of whoever a case is about: they never
// have it in hand.
const Against = "over"

// Root is the facet that names the root cause of what a case tells: a case of its own.
// Only SetRoot changes it.
const Root = "grondoorzaak"

// By these facets a case is found that came by a file: which file, and what it is called
// where it comes from. Only Brand changes them.
const (
	Imported = "invoer"
	Foreign  = "kenmerk"
)

// Crossed are the facets by which lists are narrowed most, several at once: of few
// values each. The store keeps the cases of each mix of them together.
var Crossed = [...]string{"soort", "oorzaak", "dienst", "uitkomst"}

// A Tally is how many cases of a kind were received on a day.
type Tally struct {
	Kind  Kind
	Day   calendar.Date
	Count int
}

// None asks for cases without a value of a facet, and as a handler for cases that
// nobody has.
const None = "-"

// Mark makes these the facets of a case, in the room's transaction. Empty values are
// left out.
func (s *Service) Mark(tx Tx, id ID, f Facets) error {
	now, err := tx.Facets(id)
	if err != nil {
		return err
	}
	f = maps.Clone(f)
	for _, name := range []string{Root, Imported, Foreign} {
		if now[name] != "" {
			f[name] = now[name]
		}
	}
	return tx.SaveFacets(id, f)
}

// Brand adds by which file a case came, in a transaction of its room.
func (s *Service) Brand(tx Tx, id ID, more Facets) error {
	f, err := tx.Facets(id)
	if err != nil {
		return err
	}
	maps.Copy(f, more)
	return tx.SaveFacets(id, f)
}

// SetRoot names the root cause of a case in a transaction of its room, "" for none, and
// records it. What is so already is not recorded twice.
func (s *Service) SetRoot(tx Tx, by ident.Actor, c Case, root ID) error {
	if c.Destroyed() {
		return destroyed(c.ID)
	}
	f, err := tx.Facets(c.ID)
	was := f[Root]
	if err != nil || was == string(root) {
		return err
	}
	f[Root] = string(root)
	if err := tx.SaveFacets(c.ID, f); err != nil {
		return err
	}
	return tx.Append(s.fact(KindRooted, by, c.ID, rooted1{by.String(), string(root), was}))
}

// fit returns what keeps an account from handling a case.
func (s *Service) fit(tx Tx, id ID, handler string) ([]fault.Detail, error) {
	f, err := tx.Facets(id)
	if err != nil || handler == "" || f[Against] != handler {
		return nil, err
	}
	return []fault.Detail{{Pointer: "/handler", Reason: "own-case", Text: "Deze zaak gaat over deze medewerker. Geef haar aan een collega: niemand oordeelt over zichzelf."}}, nil
}
