package inspection

import (
	"encoding/json"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// The kinds of fact this room writes; the subject of each is the inspection. Of the
// words that people type, a fact holds the hash.
const (
	KindOpened       = "inspection.opened/1"
	KindEnded        = "inspection.ended/1"
	KindSeen         = "inspection.seen/1"       // a file was opened
	KindListTaken    = "inspection.list_taken/1" // a list was taken along
	KindDossierAsked = "inspection.dossier_asked/1"
	KindDossierMade  = "inspection.dossier_made/1"
	KindDossierTaken = "inspection.dossier_taken/1"
)

// The encodings, one struct each. They are released and never change.

type opened1 struct {
	By      string     `json:"by"`
	Number  string     `json:"number"`
	Guest   string     `json:"guest"`
	Kinds   []string   `json:"kinds"`
	Apart   []string   `json:"compartments"`
	From    string     `json:"from,omitempty"`
	Through string     `json:"through,omitempty"`
	Files   []Ref      `json:"files"`
	Until   string     `json:"until"`
	Words   ident.Hash `json:"words_sha256"` // of authority, reference and purpose
}

type ended1 struct {
	By  string     `json:"by"`
	Why ident.Hash `json:"why_sha256"`
}

type seen1 struct {
	By     string `json:"by"`
	Kind   string `json:"kind"`
	File   string `json:"file"`
	Number string `json:"number"`
}

type listTaken1 struct {
	By     string     `json:"by"`
	Kind   string     `json:"kind"`
	Format string     `json:"format"`
	Rows   int64      `json:"rows"`
	Hash   ident.Hash `json:"sha256"`
}

type dossierAsked1 struct {
	By      string `json:"by"`
	Dossier string `json:"dossier"`
}

type dossierMade1 struct {
	By      string     `json:"by"`
	Dossier string     `json:"dossier"`
	Files   int64      `json:"files"`
	Facts   int64      `json:"facts"`
	Lacking int64      `json:"lacking"` // files with something missing
	Unequal int64      `json:"unequal"` // decisions that came out otherwise
	Size    int64      `json:"size"`
	Hash    ident.Hash `json:"sha256"`
}

type dossierTaken1 struct {
	By      string     `json:"by"`
	Dossier string     `json:"dossier"`
	Hash    ident.Hash `json:"sha256"`
}

func (s *Service) fact(kind string, by ident.Actor, inspection string, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: by.Firm, Kind: kind, Subject: inspection, Valid: at, Recorded: at, Payload: canon.Must(payload)}
}

func digest(parts ...string) ident.Hash {
	var b []byte
	for _, p := range parts {
		b = append(append(b, p...), '\n')
	}
	return ident.HashOf(b)
}

// A Deed is something that was done with an inspection, read back from its fact.
type Deed struct {
	At     time.Time
	By     string // actor
	Kind   string // of the fact
	About  Ref    // the file, where it is about one
	Format string
	Rows   int64
}

// DeedOf reads a fact of this room; false where its payload is gone or it is of
// another room.
func DeedOf(f journal.Recorded) (d Deed, ok bool) {
	var p struct {
		By, Kind, File, Number, Format string
		Rows                           int64
	}
	if f.Erased || json.Unmarshal(f.Payload, &p) != nil {
		return d, false
	}
	d = Deed{At: f.Recorded, By: p.By, Kind: f.Kind, Format: p.Format, Rows: p.Rows}
	if f.Kind == KindSeen || f.Kind == KindListTaken {
		d.About = Ref{Kind(p.Kind), p.File, p.Number}
	}
	return d, true
}
