package appropriateness

import (
	"context"
	"fmt"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
)

// A Document (duurzame gegevensdrager) is the result as a file that the client can
// keep. It is kept byte for byte, and the fact that names it holds its hash.
type Document struct {
	Name string // within the attempt: "uitslag.pdf"
	Type string // media type
	Hash ident.Hash
	Size int
	Body []byte // nil where only is told that it is there
}

// The media types in which a result is kept.
const (
	PDF  = "application/pdf"
	HTML = "text/html; charset=utf-8"
)

// The names of the documents, before their extension.
const (
	resultDocument = "uitslag"           // as the client first read it
	choiceDocument = "uitslag-met-keuze" // the same with what they chose after the warning
)

// NewDocument makes a document of its bytes.
func NewDocument(name, mediaType string, body []byte) Document {
	return Document{Name: name, Type: mediaType, Hash: ident.HashOf(body), Size: len(body), Body: body}
}

// document1 names a document in a fact. A dossier holds the file of that name, and
// who verifies it compares.
type document1 struct {
	Name string     `json:"name"`
	Type string     `json:"type"`
	Size int        `json:"size"`
	Hash ident.Hash `json:"sha256"`
}

func documents1(docs []Document) []document1 {
	named := make([]document1, len(docs))
	for i, d := range docs {
		named[i] = document1{d.Name, d.Type, d.Size, d.Hash}
	}
	return named
}

// render makes the documents of what this visit reads, in Dutch whatever the page
// speaks: it is what lasts. It takes long, so no transaction is open meanwhile.
func (s *Service) render(ctx context.Context, token, name string, choice Course) ([]Document, error) {
	if s.Documents == nil {
		return nil, nil
	}
	v, err := s.Visit(lang.With(ctx, lang.Dutch), token)
	if err != nil {
		return nil, err
	}
	if choice != "" {
		v.Choice = choice
	}
	docs, err := s.Documents(v, name)
	if err != nil {
		return nil, fmt.Errorf("documents of attempt %s: %w", v.Attempt, err)
	}
	return docs, nil
}

// keepDocuments keeps what was made, unless documents of these names are kept
// already: the first ones stand. It returns those that are kept.
func keepDocuments(tx Tx, id AttemptID, made []Document) ([]Document, error) {
	kept, err := tx.Documents(id)
	if err != nil {
		return nil, err
	}
	out := make([]Document, len(made))
	for i, d := range made {
		if there, ok := keptAs(kept, d.Name); ok {
			out[i] = there
			continue
		}
		if err := tx.KeepDocument(id, d); err != nil {
			return nil, err
		}
		out[i] = d
	}
	return out, nil
}

func keptAs(docs []Document, name string) (Document, bool) {
	for _, d := range docs {
		if d.Name == name {
			return d, true
		}
	}
	return Document{}, false
}

// ResultDocument returns the result of this link as it is kept in this media type,
// the newest one, and records that it was shown as Result does. Of a result that was
// first read before documents were kept, it is made now.
func (s *Service) ResultDocument(ctx context.Context, token, mediaType string) (Document, error) {
	v, err := s.Result(lang.With(ctx, lang.Dutch), token)
	if err != nil {
		return Document{}, err
	}
	name := ""
	for _, d := range v.Documents {
		if d.Type == mediaType {
			name = d.Name
		}
	}
	if name == "" {
		return s.madeNow(ctx, token, mediaType)
	}
	firm, id, err := s.Store.ByLink(ctx, ident.HashOf([]byte(token)))
	if err != nil {
		return Document{}, err
	}
	return s.document(ctx, firm, id, name)
}

func (s *Service) madeNow(ctx context.Context, token, mediaType string) (Document, error) {
	docs, err := s.render(ctx, token, resultDocument, "")
	if err != nil {
		return Document{}, err
	}
	for _, d := range docs {
		if d.Type == mediaType {
			return d, nil
		}
	}
	return Document{}, fault.New(fault.NotFound, "unknown-document", mediaType)
}

// AttemptDocument returns a document that is kept with an attempt of the firm;
// fault.NotFound "unknown-attempt" or "unknown-document".
func (s *Service) AttemptDocument(ctx context.Context, by ident.Actor, id AttemptID, name string) (Document, error) {
	return s.document(ctx, by.Firm, id, name)
}

func (s *Service) document(ctx context.Context, firm ident.Firm, id AttemptID, name string) (d Document, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		if _, err := tx.Attempt(id); err != nil {
			return err
		}
		d, err = tx.Document(id, name)
		return err
	})
	return d, err
}

// AttemptDocuments returns all documents that are kept with an attempt, with their
// bytes, oldest first.
func (s *Service) AttemptDocuments(ctx context.Context, by ident.Actor, id AttemptID) (docs []Document, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		kept, err := tx.Documents(id)
		for _, k := range kept {
			d, err := tx.Document(id, k.Name)
			if err != nil {
				return err
			}
			docs = append(docs, d)
		}
		return err
	})
	return docs, err
}
