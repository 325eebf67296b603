package rule

import "zorgplicht/canon"

// A Chance is a fact that holds, that does not hold, or that may come to hold.
type Chance string

// The chances.
const (
	Never    Chance = "no"
	Possible Chance = "possible"
	Certain  Chance = "yes"
)

var chances = map[string]Chance{
	"no": Never, "none": Never, "impossible": Never,
	"possible": Possible, "possibly": Possible, "may": Possible, "could": Possible,
	"yes": Certain, "certain": Certain, "certainly": Certain,
}

// ReadCanon reads true, false, or a word for what may come to hold.
func (c *Chance) ReadCanon(n canon.Node) string {
	switch n.Kind() {
	case canon.True:
		*c = Certain
		return ""
	case canon.False:
		*c = Never
		return ""
	}
	known, ok := chances[n.Text()]
	if !ok {
		return "true, false of “possible”"
	}
	*c = known
	return ""
}

// Canon writes true, false, or that it may.
func (c Chance) Canon() any {
	switch c {
	case Certain:
		return true
	case Never:
		return false
	}
	return string(c)
}

// May reports whether a fact is given and holds or may come to hold.
func May(c *Chance) bool { return c != nil && *c != Never }

// Shape says in a schema what is read and written.
func (Chance) Shape() canon.Shape { return canon.Shape{Types: []string{"boolean", "string"}} }
