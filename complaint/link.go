package complaint

import (
	"context"
	"fmt"

	"zorgplicht/casework"
	"zorgplicht/ident"
)

type linked1 struct {
	By string `json:"by"`
}

// KindLinked is the fact that staff gave a client the link to their complaint.
const KindLinked = "complaint.link_given/1"

// Link returns the secret of the link by which whoever complained follows it, also
// where staff wrote it down. It is the same each time; each time it is handed out is a
// fact.
func (s *Service) Link(ctx context.Context, by ident.Actor, id casework.ID) (token string, err error) {
	token = s.Token(id)
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		c, err := tx.Complaint(id)
		if err != nil {
			return err
		}
		if err := tx.AddLink(Draft{ID: id, Made: s.Now(), Sent: true}, ident.HashOf([]byte(token))); err != nil {
			return err
		}
		return tx.Append(s.fact(KindLinked, by, c, linked1{by.String()}))
	})
	if err != nil {
		return "", fmt.Errorf("link of complaint %s: %w", id, err)
	}
	return token, nil
}

// Secret is the secret of the link of a complaint, for a letter to whoever complained.
// It opens nothing before Link or the client made it.
func (s *Service) Secret(id casework.ID) string { return s.Token(id) }
