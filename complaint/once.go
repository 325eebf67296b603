package complaint

import (
	"context"
	"fmt"

	"zorgplicht/casework"
	"zorgplicht/ident"
)

// once does the work of a request under a key one time. Asked again it says about
// which complaint that was; another request under the same key is a conflict.
func (s *Service) once(tx Tx, key, what string, request any, work func() (casework.ID, error)) (casework.ID, error) {
	if key == "" {
		return work()
	}
	hash := ident.HashOf(fmt.Appendf(nil, "complaint %s %+v", what, request))
	prior, err := tx.Once(key, hash, s.Now())
	if err != nil || prior != nil {
		return casework.ID(prior), err
	}
	id, err := work()
	if err != nil {
		return id, err
	}
	return id, tx.Keep(key, hash, []byte(id))
}

// Note keeps a note of a complaint; fault.NotFound "unknown-case" for a case of another
// kind.
func (s *Service) Note(ctx context.Context, by ident.Actor, id casework.ID, n casework.Note) error {
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		c, err := tx.Complaint(id)
		if err != nil {
			return err
		}
		_, err = s.once(tx, s.key, "note "+string(id), s.request, func() (casework.ID, error) {
			_, err := s.Casework.AddNote(tx, by, c.Case, n)
			return id, err
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("note of complaint %s: %w", id, err)
	}
	return nil
}
