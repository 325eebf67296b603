package complaint

import (
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
