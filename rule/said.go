package rule

import "zorgplicht/canon"

// A Said is a fact that is given as true or false, or, in its place, by a word
// that says how or when it holds.
type Said struct {
	Is   bool   // as given; false where a word is given
	Word string // "" where true or false is given
}

// ReadCanon reads true, false or a word.
func (s *Said) ReadCanon(n canon.Node) string {
	switch n.Kind() {
	case canon.True, canon.False:
		*s = Said{Is: n.Kind() == canon.True}
		return ""
	case canon.Str:
		if n.Text() != "" {
			*s = Said{Word: n.Text()}
			return ""
		}
	}
	return "true, false of een woord"
}

// Canon writes what was read.
func (s Said) Canon() any {
	if s.Word != "" {
		return s.Word
	}
	return s.Is
}

// Shape says in a schema what is read and written.
func (Said) Shape() canon.Shape { return canon.Shape{Types: []string{"boolean", "string"}} }
