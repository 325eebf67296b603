package plan

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A Kind is what a floor of the house holds.
type Kind int

// The kinds of floor, from low to high.
const (
	Under     Kind = iota // faults and texts: any folder may use them
	Ground                // words without norms
	Room                  // a root, and perhaps store and doors
	Hall                  // the only place that knows all rooms
	FrontDoor             // the commands
)

// A Floor is one line of the table: rooms that lie beside each other.
type Floor struct {
	Kind  Kind
	Rooms []string
}

// A Part is a store or a door of a room.
type Part struct {
	Pipes   []string // folders under internal/ it may use
	Outside []string // outside modules it may use
	Never   []string // packages of the standard library it may not use
}

// A Breach is one place where the code leaves the plan.
type Breach struct {
	Where string // file or folder, seen from the top of the tree
	Why   string // one sentence without a full stop
}

// String returns place and reason on one line.
func (b Breach) String() string { return b.Where + ": " + b.Why }

// A place is what the tables say of one folder.
type place struct {
	folder string
	room   string // the room it belongs to: itself for a root
	part   string // store, web, api; "" for a root or an annex
	kind   Kind
	floor  int // of its room; pipes have their own count
	pipe   bool
	annex  bool
	test   bool // helps tests only
}

// Check reads every Go file of the tree and returns all breaches, in order of
// the tree. The module's own packages start with module and a slash. It errs
// only where a file cannot be read or parsed.
func Check(tree fs.FS, module string) ([]Breach, error) {
	var found []Breach
	strange := map[string]bool{}
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skip(tree, name)
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		here, known := find(path.Dir(name))
		if !known {
			if folder := path.Dir(name); !strange[folder] {
				strange[folder] = true
				found = append(found, Breach{folder, "stands in no table of internal/plan: give it its floor there"})
			}
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		breaches, err := checkFile(here, name, text, module)
		found = append(found, breaches...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("check the plan: %w", err)
	}
	return found, nil
}

// skip passes over what is no part of this module: hidden folders, test data,
// and folders with a go.mod or a package.json of their own.
func skip(tree fs.FS, folder string) error {
	if folder == "." {
		return nil
	}
	base := path.Base(folder)
	if base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
		return fs.SkipDir
	}
	for _, other := range []string{"go.mod", "package.json"} {
		if _, err := fs.Stat(tree, path.Join(folder, other)); err == nil {
			return fs.SkipDir
		}
	}
	return nil
}

// find looks a folder up in the tables.
func find(folder string) (place, bool) {
	if above, base := path.Split(folder); strings.HasSuffix(base, "test") && above != "" {
		owner, known := find(path.Clean(above))
		owner.folder, owner.test = folder, true
		return owner, known
	}
	for level, rooms := range Pipes {
		if slices.Contains(rooms, folder) {
			return place{folder: folder, room: folder, floor: level, pipe: true}, true
		}
	}
	room, part := folder, ""
	if owner, ok := Annexes[folder]; ok {
		room = owner
	} else if above, base := path.Split(folder); Parts[base].Pipes != nil {
		room, part = path.Clean(above), base
	}
	for level, f := range Floors {
		if slices.Contains(f.Rooms, room) && (part == "" || f.Kind == Room) {
			return place{folder: folder, room: room, part: part, kind: f.Kind, floor: level, annex: room != folder && part == ""}, true
		}
	}
	return place{}, false
}

// checkFile holds one file against the plan.
func checkFile(here place, name string, text []byte, module string) ([]Breach, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	inTest := strings.HasSuffix(name, "_test.go") || here.test
	var found []Breach
	for _, spec := range file.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		why := ""
		if inside, ours := strings.CutPrefix(target, module+"/"); ours {
			why = inner(here, inside, inTest)
		} else if !inTest {
			why = outer(here, target)
		}
		if why != "" {
			found = append(found, Breach{name, "imports " + target + ": " + why})
		}
	}
	if !inTest && (here.pipe || here.kind < Hall) {
		found = append(found, asksClock(file, name)...)
	}
	return found, nil
}

// asksClock finds calls of the clock and of makers of ids.
func asksClock(file *ast.File, name string) []Breach {
	names := map[string]string{}
	for _, spec := range file.Imports {
		target, _ := strconv.Unquote(spec.Path.Value)
		local := path.Base(target)
		if spec.Name != nil {
			local = spec.Name.Name
		}
		names[local] = target
	}
	var found []Breach
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if from, ok := sel.X.(*ast.Ident); ok && slices.Contains(clock[names[from.Name]], sel.Sel.Name) {
			found = append(found, Breach{name, fmt.Sprintf("asks %s.%s: only app asks the clock and throws dice", from.Name, sel.Sel.Name)})
		}
		return true
	})
	return found
}
