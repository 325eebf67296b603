package journal

import (
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// A Signer status says what is known of who signed.
type Signer string

// The states of the signer.
const (
	SignerChecked    Signer = "checked"     // every checkpoint bears the given key's signature
	SignerNotChecked Signer = "not-checked" // no key was given, or nothing is signed yet
	SignerWrong      Signer = "wrong"       // a checkpoint was signed by another key, or altered
)

// A Finding is one thing that is not as it should be.
type Finding struct {
	Table string `json:"table"` // table of the store, or file of the dossier
	ID    string `json:"id"`    // fact, position, index or number of the row
	Code  string `json:"code"`  // stable kebab-case code
	Text  string `json:"text"`  // what is wrong, in English, without any content
}

// String puts the finding on one line.
func (f Finding) String() string {
	return fmt.Sprintf("%s %s: %s (%s)", f.Table, f.ID, f.Text, f.Code)
}

// A Report is the outcome of a verification.
type Report struct {
	Origin      string      `json:"origin"`      // of the checkpoints, empty when there are none
	Size        int64       `json:"size"`        // leaves in the tree
	Facts       int64       `json:"facts"`       // in the tree and waiting
	Payloads    int64       `json:"payloads"`    // that are kept and match
	Erased      int64       `json:"erased"`      // payloads that are erased, each by a fact that says so
	Waiting     int64       `json:"waiting"`     // facts not yet in the tree
	Checkpoints int64       `json:"checkpoints"` // whose root and form are right
	Earlier     int         `json:"earlier"`     // given earlier checkpoints that the tree still holds
	Signer      Signer      `json:"signer"`
	Latest      *Checkpoint `json:"latest,omitempty"` // the last checkpoint, when there is one
	Found       int64       `json:"found"`            // how many findings there are
	Findings    []Finding   `json:"findings"`         // the first MaxFindings of them
}

// MaxFindings is how many findings a report lists; it counts all.
const MaxFindings = 1000

// Green reports whether nothing was found. It says nothing of the signer: see
// Signer.
func (r *Report) Green() bool { return r.Found == 0 }

func (r *Report) find(table, id, code, text string) {
	r.add([]Finding{{table, id, code, text}})
}

func (r *Report) add(fs []Finding) {
	r.Found += int64(len(fs))
	if room := MaxFindings - len(r.Findings); len(fs) > room {
		fs = fs[:room]
	}
	r.Findings = append(r.Findings, fs...)
}

// VerifyOptions say what to verify against.
type VerifyOptions struct {
	Verifier note.Verifier // the installation's public key; nil leaves the signer unchecked
	Earlier  [][]byte      // signed checkpoints that were handed out before
	Now      time.Time     // to tell how long facts wait; zero: not looked at
	Patience time.Duration // how long a fact may wait; zero: ten seconds
	Workers  int           // readers at once; zero: one for each processor
	Progress func(done, total int64)
}

const patience = 10 * time.Second
