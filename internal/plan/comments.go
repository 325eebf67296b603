package plan

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strings"
)

// Comments returns every exported name of the tree without a comment, and every
// package that does not say what it is for. Test files, generated files and
// commands are passed over, and so are methods that a standard interface names.
func Comments(tree fs.FS) ([]Breach, error) {
	var found []Breach
	told := map[string]bool{}
	var folders []string
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return skip(tree, name)
		case !strings.HasSuffix(name, ".go"), strings.HasSuffix(name, "_test.go"), strings.HasSuffix(name, "_templ.go"):
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder := path.Dir(name)
		if _, known := told[folder]; !known {
			folders = append(folders, folder)
		}
		told[folder] = told[folder] || file.Doc != nil
		if file.Name.Name == "main" {
			return nil
		}
		for _, decl := range file.Decls {
			for _, silent := range silentNames(decl) {
				found = append(found, Breach{files.Position(silent.Pos()).String(), silent.Name + " has no comment"})
			}
		}
		return nil
	})
	for _, folder := range folders {
		if !told[folder] {
			found = append(found, Breach{folder, "no file says what the package is for"})
		}
	}
	return found, err
}

// silentNames returns the exported names of a declaration that nothing explains.
// In a group a comment above the group or behind the name will do.
func silentNames(decl ast.Decl) []*ast.Ident {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && reachable(d) && !standard[d.Name.Name] {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		var silent []*ast.Ident
		for _, spec := range d.Specs {
			silent = append(silent, silentSpec(d, spec)...)
		}
		return silent
	}
	return nil
}

func silentSpec(d *ast.GenDecl, spec ast.Spec) []*ast.Ident {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && s.Doc == nil && d.Doc == nil && s.Comment == nil {
			return []*ast.Ident{s.Name}
		}
	case *ast.ValueSpec:
		if s.Doc != nil || s.Comment != nil || d.Doc != nil {
			return nil
		}
		var silent []*ast.Ident
		for _, name := range s.Names {
			if name.IsExported() {
				silent = append(silent, name)
			}
		}
		return silent
	}
	return nil
}

// reachable tells whether a reader outside the package can name the function: it
// has no receiver, or one of an exported type.
func reachable(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	of := d.Recv.List[0].Type
	for {
		switch t := of.(type) {
		case *ast.StarExpr:
			of = t.X
		case *ast.IndexExpr:
			of = t.X
		case *ast.IndexListExpr:
			of = t.X
		case *ast.Ident:
			return t.IsExported()
		default:
			return false
		}
	}
}

// standard are methods whose meaning the standard library gives.
var standard = map[string]bool{
	"String": true, "Error": true, "Unwrap": true, "Is": true, "As": true, "Close": true,
	"MarshalText": true, "UnmarshalText": true, "MarshalJSON": true, "UnmarshalJSON": true,
	"Value": true, "Scan": true, "ServeHTTP": true, "Read": true, "Write": true, "Len": true, "Less": true, "Swap": true,
}
