package casework

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A Sight is what somebody may see: the kinds whose cases are kept from them are
// hidden in every list and search, but for the cases in which they are named; and of
// what they may see, the cases that they are barred from.
type Sight struct {
	Account string
	Team    string
	Hidden  []Kind
	Named   []ID
	Barred  []ID
}

// Whose chooses among the lines of the list.
type Whose string

// The choices.
const (
	Mine  Whose = "mij"
	Teams Whose = "team"
	Firms Whose = "alle"
)

// An ItemFilter chooses dues.
type ItemFilter struct {
	Sight
	Whose Whose
	Band  Band // "" for all up to a month ahead
	Kind  Kind // "" for all
	Today calendar.Date
	Limit int // 0 for all
}

// Items returns what must be done, in the order of the list, and how much there is
// in each band. A due whose reminder was put off comes back on its day, and at once
// when it is overdue.
func (s *Service) Items(ctx context.Context, firm ident.Firm, f ItemFilter) (items []Item, counts map[Band]int, err error) {
	f.Today = s.Today()
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if counts, err = tx.CountItems(f); err != nil {
			return err
		}
		items, err = tx.Items(f)
		return err
	})
	Sort(items, f.Today)
	return items, counts, err
}

// A Filter chooses cases. Empty fields do not narrow.
type Filter struct {
	Sight
	Kind    Kind
	Number  string // exactly this one
	State   State
	Handler string // None for cases that nobody has
	Product string
	Facets  Facets   // each must be so; None for a name that has no value
	Words   []string // stems; a case must be found by each
	Vain    bool     // words were sought by which no case is found: none is
	From    calendar.Date
	Through calendar.Date // of receipt
	Order   Order
	Cursor  Cursor
	Limit   int
}

// A State narrows a list to open or closed cases.
type State string

// The states.
const (
	AnyState State = ""
	IsOpen   State = "open"
	IsClosed State = "gesloten"
)

// An Order is how a list is sorted.
type Order string

// The orders: by day of receipt, or by when they were closed, the last first.
const (
	Newest Order = ""
	Oldest Order = "oudste"
	Ended  Order = "gesloten" // those that are closed only
)

// A Cursor says where a page of a list begins: after this case.
type Cursor struct {
	Received calendar.Date
	Closed   time.Time // in order Ended
	ID       ID
}

// A Page is a part of a list.
type Page struct {
	Rows []Case
	Next *Cursor
}

// numberLike is the number of a case as people type it: "K-2026-0001", "k20260001".
var numberLike = regexp.MustCompile(`^\s*([A-Za-z]{1,3})-?(20\d\d)-?(\d{1,6})\s*$`)

// NumberOf is the number of a case as it is kept, from how somebody typed it: with or
// without dashes, in small letters or capitals; "" where it is none.
func NumberOf(typed string) string {
	m := numberLike.FindStringSubmatch(typed)
	if m == nil {
		return ""
	}
	year, _ := strconv.Atoi(m[2]) // digits, as numberLike says
	n, _ := strconv.Atoi(m[3])
	return number(strings.ToUpper(m[1]), year, n)
}

// Indexed reports whether cases are found by this stem: a word of some length that says
// something.
func Indexed(stem string) bool {
	return len(stem) >= 2 && len(stem) <= 60 && !slices.Contains(text.Hollow, stem)
}

// Search fills in the words of a filter from what somebody typed. Words by which no
// case is found, such as the letter of a number, narrow nothing beside others; alone
// they were sought in vain.
func (f Filter) Search(sought string) Filter {
	sought = cmp.Or(NumberOf(sought), sought)
	f.Words = text.Stems(sought)
	f.Words = slices.DeleteFunc(f.Words, func(w string) bool { return !Indexed(w) })
	f.Vain = len(f.Words) == 0 && strings.TrimSpace(sought) != ""
	return f
}

// Cases returns a page of cases, in the order of the filter.
func (s *Service) Cases(ctx context.Context, firm ident.Firm, f Filter) (p Page, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		p, err = tx.Cases(f)
		return err
	})
	return p, err
}

// Case returns what is shared of a case; fault.NotFound "unknown-case".
func (s *Service) Case(ctx context.Context, firm ident.Firm, id ID) (c Case, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		c, err = tx.Case(id)
		return err
	})
	return c, err
}

// A File is a case with all that lies under it.
type File struct {
	Case
	Dues      []Due
	Notes     []Note
	Documents []Document
	Letters   []Missive
	Writes    []LetterKind // that can be written about it
	Seen      time.Time
}

// File returns a case with what lies under it; fault.NotFound "unknown-case".
func (s *Service) File(ctx context.Context, firm ident.Firm, id ID) (f File, err error) {
	f.Seen = s.Now()
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if f.Case, err = tx.Case(id); err != nil {
			return err
		}
		a, _ := s.About(f.Kind)
		f.Writes = a.Letters
		if f.Dues, err = tx.Dues(id); err != nil {
			return err
		}
		if f.Notes, err = tx.Notes(id); err != nil {
			return err
		}
		if f.Letters, err = tx.Letters(id); err != nil {
			return err
		}
		f.Documents, err = tx.Documents(id)
		return err
	})
	return f, err
}

// Document returns a document with its bytes; fault.NotFound "unknown-document".
func (s *Service) Document(ctx context.Context, firm ident.Firm, id ID, document string) (d Document, content []byte, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		d, content, err = tx.Document(id, document)
		return err
	})
	return d, content, err
}

// Team returns the team of an account, "" for none, and all teams of the firm.
func (s *Service) Team(ctx context.Context, firm ident.Firm, account string) (team string, all []string, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if team, err = tx.TeamOf(account); err != nil {
			return err
		}
		all, err = tx.Teams()
		return err
	})
	return team, all, err
}

// JoinTeam puts the account that asks in a team, or with "" in none.
func (s *Service) JoinTeam(ctx context.Context, by ident.Actor, team string) error {
	team = strings.TrimSpace(team)
	if err := fault.All("invalid-team", check("/team", team, LongestTeam, "")); err != nil {
		return err
	}
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error { return tx.SaveTeam(by.ID, team) })
}
