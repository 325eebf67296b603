package casework

import (
	"context"
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/journal"
)

// A Store keeps cases. What fn did to the Tx is kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store. The room of
// a case works in the same one.
type Tx interface {
	Case(ID) (Case, error) // locked till the end of an Update; fault.NotFound "unknown-case"
	SaveCase(Case) error   // new or changed
	NextNumber(Kind, int) (int, error)
	Cases(Filter) (Page, error)
	Facets(ID) (Facets, error)
	SaveFacets(ID, Facets) error                 // in the place of those that were
	Tallies(name, value string) ([]Tally, error) // cases with this facet, by day and kind

	Dues(ID) ([]Due, error) // by day
	SaveDue(Due, Case) error
	RemoveDue(ID, string) error
	Remove(ID) error                               // a case with all under it; its number stays used
	Items(ItemFilter) ([]Item, error)              // by day, then weight
	CountItems(ItemFilter) (map[Band]int, error)   //
	KeepNote(Note) error                           //
	Notes(ID) ([]Note, error)                      // oldest first
	KeepDocument(Document, []byte) error           //
	Documents(ID) ([]Document, error)              // oldest first
	Document(ID, string) (Document, []byte, error) // fault.NotFound "unknown-document"
	Templates(Kind, string) ([]Template, error)    // all versions, newest first
	SaveTemplate(Template) error                   //
	Letters(ID) ([]Missive, error)                 // oldest first; PDF and HTML with id, name and hash
	SaveLetter(Missive) error                      // new or sent; its words are in the index
	Unfound(most int) ([]ID, error)                // cases with letters whose words are not, by id
	Found(ID) error                                // the words of its letters are
	TeamOf(account string) (string, error)         // "" none
	SaveTeam(account, team string) error           //
	Teams() ([]string, error)                      // by name
	Index(Case, []string) error                    // adds words by which the case is found
	Append(journal.Fact) error
	Keyed
	Shelf
}

// Service is what rooms and pages may ask of this one.
type Service struct {
	Store Store
	Kinds []About
	Now   func() time.Time
	NewID func() string // UUIDv7
	// Account says whether somebody of the firm has this account, and may be handed
	// cases.
	Account func(context.Context, ident.Firm, string) (bool, error)
	// Paper makes the documents of a letter, PDF and HTML: the same bytes each time.
	Paper func(Missive) (file, page []byte, err error)

	request Request // see Under
}

// Under is the service for one request under an idempotency key, with all that is asked:
// asked again, what it does to one case is done once. Without a key each time is a new one.
func (s *Service) Under(key string, body any) *Service {
	one := *s
	one.request = Request{Key: key, Body: body}
	return &one
}

// About returns what is known of a kind.
func (s *Service) About(k Kind) (About, bool) {
	i := slices.IndexFunc(s.Kinds, func(a About) bool { return a.Kind == k })
	if i < 0 {
		return About{}, false
	}
	return s.Kinds[i], true
}

// NewForm names a form that is about to be filled in.
func (s *Service) NewForm() string { return s.NewID() }

// Today is the legal day of now.
func (s *Service) Today() calendar.Date { return calendar.Of(s.Now()) }

// Open writes down a new case in the room's transaction: it gets id and number. The
// words of title and words find it.
func (s *Service) Open(tx Tx, c Case, words ...string) (Case, error) {
	a, ok := s.About(c.Kind)
	if !ok {
		return c, fault.New(fault.Invalid, "unknown-kind", string(c.Kind))
	}
	if err := fault.All("invalid-case", slices.Concat(
		check("/title", c.Title, LongestTitle, "Geef in een paar woorden waar het over gaat."),
		check("/team", c.Team, LongestTeam, ""),
	)); err != nil {
		return c, err
	}
	n, err := tx.NextNumber(c.Kind, c.Received.Year())
	if err != nil {
		return c, err
	}
	if c.ID == "" {
		c.ID = ID(s.NewID())
	}
	c.Number, c.Made, c.Revision = number(a.Prefix, c.Received.Year(), n), s.Now(), 1
	if err := tx.SaveCase(c); err != nil {
		return c, err
	}
	return c, tx.Index(c, text.Stems(append(words, c.Number, c.Title, c.Product)...))
}

// Put makes these the dues that follow from the facts of a case, in the room's
// transaction. Tasks of people stay; what somebody put off or handed over stays so
// where the day is still the same.
func (s *Service) Put(tx Tx, c Case, dues []Due) error {
	there, err := tx.Dues(c.ID)
	if err != nil {
		return err
	}
	for _, old := range there {
		i := slices.IndexFunc(dues, func(d Due) bool { return d.Code == old.Code })
		switch {
		case old.Task():
		case i < 0:
			if err := tx.RemoveDue(c.ID, old.Code); err != nil {
				return err
			}
		case dues[i].Day == old.Day:
			dues[i].For, dues[i].Until = old.For, old.Until
		}
	}
	for _, d := range dues {
		d.Case = c.ID
		if err := tx.SaveDue(d, c); err != nil {
			return err
		}
	}
	return nil
}

func destroyed(id ID) error { return fault.New(fault.Conflict, "case-destroyed", string(id)) }

// Save keeps what a room changed of the shared part of a case, in its transaction.
// Who saw an older revision is told so: fault.Conflict "case-changed"; a case that was
// destroyed is fault.Conflict "case-destroyed".
func (s *Service) Save(tx Tx, c Case) (Case, error) {
	now, err := tx.Case(c.ID)
	if err != nil {
		return c, err
	}
	if now.Destroyed() {
		return c, destroyed(c.ID)
	}
	if now.Revision != c.Revision {
		return c, fault.New(fault.Conflict, "case-changed", string(c.ID))
	}
	c.Kind, c.Number, c.Received, c.Made = now.Kind, now.Number, now.Received, now.Made
	c.Revision++
	return c, tx.SaveCase(c)
}

// Known returns what is wrong with an account that somebody names in a field: that the
// firm has none of this id. Who stood there before may have left.
func (s *Service) Known(ctx context.Context, firm ident.Firm, at, was, account string) ([]fault.Detail, error) {
	if account == "" || account == was {
		return nil, nil
	}
	ok, err := s.Account(ctx, firm, account)
	if err != nil || ok {
		return nil, err
	}
	return []fault.Detail{{Pointer: at, Reason: "unknown-account", Text: "Deze medewerker is er niet. Kies iemand uit de lijst."}}, nil
}
