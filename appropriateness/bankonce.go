package appropriateness

import (
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// Under returns a service whose next change of a question is made under this
// idempotency key: the same asked again gives the first answer, something else is a
// Conflict "idempotency-key-reused".
func (s *Service) Under(key string) *Service {
	keyed := *s
	keyed.key = key
	return &keyed
}

// A bankRequest is what is asked of a question, as far as it tells one request from
// another.
type bankRequest struct {
	Does    string       `json:"does"`
	ID      QuestionID   `json:"id"`
	Saw     Edition      `json:"saw"`
	Note    string       `json:"note"`
	Content *BankContent `json:"content,omitempty"`
}

// changed is what is kept under a key.
type changed struct {
	ID       QuestionID    `json:"id"`
	Version  int           `json:"version"`
	Revision int           `json:"revision"`
	State    QuestionState `json:"state"`
}

// onceFor lets do change a question, or gives the answer that was kept under the key
// of the service. What was kept is where the question stood; its words never
// changed since under that version.
func (s *Service) onceFor(tx Tx, r bankRequest, do func() (BankQuestion, error)) (BankQuestion, error) {
	if s.key == "" {
		return do()
	}
	asked := ident.HashOf(canon.Must(r))
	prior, err := tx.Once(s.key, asked, s.Now())
	if err != nil {
		return BankQuestion{}, err
	}
	if prior != nil {
		return stoodAt(tx, prior)
	}
	q, err := do()
	if err != nil {
		return q, err
	}
	return q, tx.Keep(s.key, asked, canon.Must(changed{q.ID, q.Version, q.Revision, q.State}))
}

func stoodAt(tx Tx, prior []byte) (BankQuestion, error) {
	var c changed
	if err := canon.Decode(prior, &c); err != nil {
		return BankQuestion{}, err
	}
	versions, err := tx.VersionsOf(c.ID)
	if err != nil {
		return BankQuestion{}, err
	}
	for _, q := range versions {
		if q.Version == c.Version {
			q.Revision, q.State = c.Revision, c.State
			return q, nil
		}
	}
	return BankQuestion{}, fault.New(fault.NotFound, "unknown-question", string(c.ID))
}
