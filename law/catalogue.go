package law

import (
	"embed"
	"io/fs"
	"slices"
	"sync"

	"zorgplicht/ident"
)

//go:embed catalogue
var files embed.FS

// Files returns the catalogue as it is written, for those who show or count it.
func Files() fs.FS {
	sub, err := fs.Sub(files, "catalogue")
	if err != nil {
		panic(err) // cannot be: the folder is embedded above
	}
	return sub
}

// house is the catalogue of this program.
var house = sync.OnceValue(func() *Catalogue {
	c, err := Read(Files())
	if err != nil {
		panic(err) // the files are part of the program, and a test reads them
	}
	return c
})

// Norms returns every norm of the catalogue: the decree by article, its annexes,
// the AFM's documents, each in the order of its text. The caller may reorder the
// list, and leaves what the norms hold as it is.
func Norms() []Norm { return house().Norms() }

// Find returns the norm with this id; false when the catalogue has none. Where a
// norm was changed it is the newest.
func Find(id ident.Norm) (Norm, bool) { return house().Find(id) }

// A Catalogue is a set of norms that has been read and checked.
type Catalogue struct {
	norms []Norm
	byID  map[ident.Norm]int // the newest of each id
}

// Norms returns the norms in the order of the texts.
func (c *Catalogue) Norms() []Norm { return slices.Clone(c.norms) }

// Find returns the newest norm with this id; false when there is none.
func (c *Catalogue) Find(id ident.Norm) (Norm, bool) {
	i, ok := c.byID[id]
	if !ok {
		return Norm{}, false
	}
	return c.norms[i], true
}
