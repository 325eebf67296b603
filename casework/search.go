package casework

import (
	"context"
	"strings"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Search is a list with its choices, as somebody keeps it to come back to. It holds
// no words that were sought: those may name a client.
type Search struct {
	ID    string
	Owner string // account
	Name  string
	Path  string // of the list: "/werk/klachten"
	Query string // the choices, encoded; "" all
	Team  string // with whom it is shared; "" nobody
	Made  time.Time
}

// Href is the list as it was kept.
func (s Search) Href() string {
	if s.Query == "" {
		return s.Path
	}
	return s.Path + "?" + s.Query
}

// MostSearches is how many searches one account keeps; longestQuery how long the
// choices of one are.
const (
	MostSearches = 100
	longestQuery = 1000
)

// Shelf is what keeps searches.
type Shelf interface {
	Searches(account, team string) ([]Search, error) // their own and those of the team, by name
	Search(id string) (Search, error)                // fault.NotFound "unknown-search"
	SaveSearch(Search) error
	DropSearch(id string) error
}

// Searches are what an account kept, and what colleagues share with its team.
func (s *Service) Searches(ctx context.Context, firm ident.Firm, account string) (all []Search, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		team, err := tx.TeamOf(account)
		if err != nil {
			return err
		}
		all, err = tx.Searches(account, team)
		return err
	})
	return all, err
}

// KeepSearch keeps a search, new or, with an id, under another name or shared
// otherwise. Nobody changes that of another: fault.NotFound "unknown-search".
func (s *Service) KeepSearch(ctx context.Context, by ident.Actor, in Search, share bool) error {
	in.Name = strings.TrimSpace(in.Name)
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		team, err := tx.TeamOf(by.ID)
		if err != nil {
			return err
		}
		wrong := append(check("/name", in.Name, LongestTeam, "Geef de zoekopdracht een naam, zoals ‘open en te laat’."), check("/query", in.Query, longestQuery, "")...)
		if share && team == "" {
			wrong = append(wrong, fault.Detail{Pointer: "/share", Reason: "no-team", Text: "U zit in geen team. Kies eerst uw team onder Vandaag, of deel niet."})
		}
		own, err := tx.Searches(by.ID, "")
		if err != nil {
			return err
		}
		if in.ID == "" && len(own) >= MostSearches {
			wrong = append(wrong, fault.Detail{Pointer: "/name", Reason: "too-many", Text: "U bewaart al 100 zoekopdrachten. Verwijder er eerst een."})
		}
		for _, o := range own {
			if o.ID != in.ID && strings.EqualFold(o.Name, in.Name) {
				wrong = append(wrong, fault.Detail{Pointer: "/name", Reason: "name-taken", Text: "U hebt al een zoekopdracht met deze naam. Kies een andere."})
			}
		}
		if err := fault.All("invalid-search", wrong); err != nil {
			return err
		}
		if in.ID == "" {
			in.ID, in.Owner, in.Made = s.NewID(), by.ID, s.Now()
		} else {
			old, err := mine(tx, by, in.ID)
			if err != nil {
				return err
			}
			old.Name = in.Name
			in = old
		}
		if in.Team = ""; share {
			in.Team = team
		}
		return tx.SaveSearch(in)
	})
}

// RemoveSearch removes a search of who asks.
func (s *Service) RemoveSearch(ctx context.Context, by ident.Actor, id string) error {
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if _, err := mine(tx, by, id); err != nil {
			return err
		}
		return tx.DropSearch(id)
	})
}

func mine(tx Tx, by ident.Actor, id string) (Search, error) {
	old, err := tx.Search(id)
	if err == nil && old.Owner != by.ID {
		err = fault.New(fault.NotFound, "unknown-search", id)
	}
	return old, err
}
