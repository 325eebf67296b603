package law

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"zorgplicht/ident"
)

// A page is one file of the catalogue: what its norms share, then the norms.
type page struct {
	Of      string   `yaml:"of"` // the id that all ids of the file begin with
	Title   string   `yaml:"title"`
	Profile string   `yaml:"profile"`
	Force   string   `yaml:"force"`
	From    string   `yaml:"from"`
	Read    string   `yaml:"read"`
	Basis   []string `yaml:"basis"`
	shared  `yaml:",inline"`
	Norms   []yaml.Node `yaml:"norms"`
}

// shared is what a unit may leave out, for the unit it stands in or the file.
type shared struct {
	Kind     string   `yaml:"kind"`
	Bearer   []string `yaml:"bearer"`
	Product  []string `yaml:"product"`
	Moment   string   `yaml:"moment"`
	Evidence string   `yaml:"evidence"`
	Machine  string   `yaml:"machine"`
}

// A unit is one norm as it is written.
type unit struct {
	ID      string `yaml:"id"`
	shared  `yaml:",inline"`
	Term    string   `yaml:"term"`
	Numbers []number `yaml:"numbers"`
	Excepts []string `yaml:"excepts"`
	See     []string `yaml:"see"`
	Basis   []string `yaml:"basis"`
	Force   string   `yaml:"force"`
	From    string   `yaml:"from"`
	To      string   `yaml:"to"`
	NL      string   `yaml:"nl"`
	EN      string   `yaml:"en"`
	Note    string   `yaml:"note"`
	Issue   string   `yaml:"issue"`
	Defects []string `yaml:"defects"`
}

type number struct {
	Value string `yaml:"value"`
	Unit  string `yaml:"unit"`
	Bound string `yaml:"bound"`
	What  string `yaml:"what"`
}

// A reader collects the norms of all files and every fault in them.
type reader struct {
	norms  []Norm
	faults []error
}

func (r *reader) fault(file string, line int, format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf("%s:%d: %s", file, line, fmt.Sprintf(format, args...)))
}

// Read reads and checks a catalogue, in the form that README.md beside the files
// describes: the folders bfd, bijlage and afm, each in the order of its file
// names. The error names every fault of every file, each on its own line with
// file and line.
func Read(files fs.FS) (*Catalogue, error) {
	r := &reader{}
	for _, folder := range []string{"bfd", "bijlage", "afm"} {
		names, err := fs.Glob(files, folder+"/*.yaml")
		if err != nil {
			return nil, fmt.Errorf("read catalogue: %w", err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(files, name)
			if err != nil {
				return nil, fmt.Errorf("read catalogue: %w", err)
			}
			r.page(name, text)
		}
	}
	c := r.tie()
	if len(r.faults) > 0 {
		return nil, errors.Join(r.faults...)
	}
	return c, nil
}

func (r *reader) page(file string, text []byte) {
	var p page
	if err := yaml.Load(text, &p, yaml.WithKnownFields()); err != nil {
		r.fault(file, 1, "%v", err)
		return
	}
	if p.Of == "" || p.Title == "" || len(p.Norms) == 0 {
		r.fault(file, 1, "a file needs of, title and norms")
	}
	above := map[ident.Norm]Norm{}
	for _, node := range p.Norms {
		var u unit
		if err := node.Load(&u, yaml.WithKnownFields()); err != nil {
			r.fault(file, node.Line, "%v", err)
			continue
		}
		n := u.norm(p)
		n.File, n.Line = file, node.Line
		if n.Parent = parent(n.ID, above); n.Parent != "" {
			inherit(&n, above[n.Parent])
		}
		n.From = or(n.From, Day(p.From))
		inherit(&n, unit{shared: p.shared}.norm(page{}))
		above[n.ID] = n
		for _, f := range faults(n, p) {
			r.fault(file, node.Line, "%s: %s", u.ID, f)
		}
		r.norms = append(r.norms, n)
	}
}

// norm returns the unit with what all norms of its page share.
func (u unit) norm(p page) Norm {
	n := Norm{
		ID: ident.Norm(u.ID), Title: p.Title, Kind: u.Kind, Bearers: u.Bearer, Products: u.Product, Moment: u.Moment,
		Evidence: line(u.Evidence), Machine: u.Machine, Term: u.Term, Excepts: norms(u.Excepts), See: norms(u.See),
		Basis: slices.Concat(p.Basis, u.Basis), Force: or(u.Force, p.Force), Profile: p.Profile, From: Day(u.From), To: Day(u.To), Read: Day(p.Read),
		Dutch: line(u.NL), English: line(u.EN), Note: line(u.Note), Issue: line(u.Issue), Defects: u.Defects,
	}
	for _, x := range u.Numbers {
		n.Numbers = append(n.Numbers, Number(x))
	}
	return n
}

// parent returns the unit of the file that this one stands in: its id is the
// longest that this id begins with.
func parent(id ident.Norm, above map[ident.Norm]Norm) ident.Norm {
	s := string(id)
	for {
		i := strings.LastIndexByte(s, ':')
		if i < 0 {
			return ""
		}
		s = s[:i]
		if _, ok := above[ident.Norm(s)]; ok {
			return ident.Norm(s)
		}
	}
}

// inherit fills what the norm leaves out from the unit it stands in.
func inherit(n *Norm, p Norm) {
	n.Kind, n.Moment, n.Machine = or(n.Kind, p.Kind), or(n.Moment, p.Moment), or(n.Machine, p.Machine)
	n.Evidence, n.Term, n.From, n.To = or(n.Evidence, p.Evidence), or(n.Term, p.Term), or(n.From, p.From), or(n.To, p.To)
	if n.Bearers == nil {
		n.Bearers = p.Bearers
	}
	if n.Products == nil {
		n.Products = p.Products
	}
}

// tie gives each norm its parts and the norms that except it.
func (r *reader) tie() *Catalogue {
	c := &Catalogue{norms: r.norms, byID: map[ident.Norm]int{}}
	for i, n := range c.norms {
		if j, ok := c.byID[n.ID]; ok && !after(c.norms[j], n) {
			r.fault(n.File, n.Line, "%s: stands twice; a later wording begins after the last day of the one before", n.ID)
		}
		c.byID[n.ID] = i
	}
	for _, n := range c.norms {
		if i, ok := c.byID[n.Parent]; ok {
			c.norms[i].Parts = add(c.norms[i].Parts, n.ID)
		}
		for _, id := range n.Excepts {
			if i, ok := c.byID[id]; ok {
				c.norms[i].ExceptedBy = add(c.norms[i].ExceptedBy, n.ID)
			}
		}
	}
	return c
}

// after reports whether the second wording of a norm begins after the first ended.
func after(first, second Norm) bool {
	return isDate(first.To) && isDate(second.From) && first.To < second.From
}

func add(ids []ident.Norm, id ident.Norm) []ident.Norm {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

func or[T ~string](s, fallback T) T {
	if s != "" {
		return s
	}
	return fallback
}

// line returns the text on one line, however the file broke it.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

func norms(ids []string) []ident.Norm {
	var list []ident.Norm
	for _, id := range ids {
		list = append(list, ident.Norm(id))
	}
	return list
}
