package rest

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// Paging is embedded by the input of every list.
type Paging struct {
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"Hoeveel regels per bladzijde."`
	Cursor string `query:"cursor" maxLength:"200" doc:"Waar de bladzijde begint: nextCursor van de vorige. Laat weg voor de eerste."`
}

// Place is a place in a list that is sorted by an instant and then by id.
type Place struct {
	At time.Time
	ID string
}

type placeJSON struct {
	At int64  `json:"t"`
	ID string `json:"i"`
}

// Cursor writes a place as what a program hands back, unread, for the next page.
func (p Place) Cursor() string {
	b, _ := json.Marshal(placeJSON{p.At.UnixMilli(), p.ID}) // a number and a text always encode
	return base64.RawURLEncoding.EncodeToString(b)
}

// From returns the place after which the page begins, nil for the first page. A
// cursor that we did not write is a fault of the request.
func (p Paging) From() (*Place, error) {
	if p.Cursor == "" {
		return nil, nil
	}
	var c placeJSON
	b, err := base64.RawURLEncoding.Strict().DecodeString(p.Cursor)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	place := Place{time.UnixMilli(c.At).UTC(), c.ID}
	if err != nil || !ident.Valid(c.ID) || place.Cursor() != p.Cursor {
		return nil, Wrong("query", "/cursor", "cursor-invalid", "Geef nextCursor van de vorige bladzijde, onveranderd.")
	}
	return &place, nil
}

// WordCursor is the cursor of a list that is sorted by ids that people chose, such as
// words.
func WordCursor(id string) string { return base64.RawURLEncoding.EncodeToString([]byte("w" + id)) }

// FromWord returns the id after which the page of such a list begins, "" for the first
// page. A cursor that we did not write is a fault of the request.
func (p Paging) FromWord() (string, error) {
	if p.Cursor == "" {
		return "", nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(p.Cursor)
	if err != nil || len(b) < 2 || b[0] != 'w' {
		return "", Wrong("query", "/cursor", "cursor-invalid", "Geef nextCursor van de vorige bladzijde, onveranderd.")
	}
	return string(b[1:]), nil
}

// A Page is one page of a list.
type Page[T any] struct {
	Items      []T    `json:"items" doc:"De regels van deze bladzijde."`
	NextCursor string `json:"nextCursor,omitempty" doc:"Cursor van de volgende bladzijde; ontbreekt op de laatste."`
}

// Wrong is a fault of one parameter: in is query, path or header.
func Wrong(in, pointer, code, text string) error {
	return &fault.Fault{
		Kind: fault.Invalid, Reason: "bad-input", Cause: &found{Code: code, In: in, Pointer: pointer, Detail: text},
	}
}
