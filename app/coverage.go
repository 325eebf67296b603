package app

import (
	_ "embed"
	"reflect"
	"slices"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// coverageTable says which tests cite which norm and which screens a room has. It
// is made from the code by the test of this file.
//
//go:embed coverage.csv
var coverageTable string

// Carry returns what tells where the house carries a norm: the rules that rest on
// it by their own declaration, the tests that cite it, and the screens of the rooms
// in which those rules lie.
func Carry(rules *rule.Registry) law.Carry {
	carried := map[ident.Norm]law.Carried{}
	screens := map[string][]string{}
	for line := range strings.Lines(coverageTable) {
		cell := strings.Split(strings.TrimSpace(line), ";")
		switch cell[0] {
		case "test":
			c := carried[ident.Norm(cell[1])]
			c.Tests = append(c.Tests, cell[2])
			carried[ident.Norm(cell[1])] = c
		case "screen":
			screens[cell[1]] = append(screens[cell[1]], cell[2])
		}
	}
	for _, r := range rules.Rules() {
		for _, n := range r.Norms() {
			c := carried[n]
			c.Rules = with(c.Rules, r.Name())
			c.Screens = with(c.Screens, append([]string{"/werk/regels/" + r.Name()}, screens[roomOf(r.In())]...)...)
			carried[n] = c
		}
	}
	return func(n ident.Norm) law.Carried { return carried[n] }
}

// roomOf is the room in which a rule's question is declared.
func roomOf(question reflect.Type) string {
	path := strings.TrimPrefix(question.PkgPath(), "zorgplicht/")
	room, _, _ := strings.Cut(path, "/")
	return room
}

// with adds what a list does not hold yet.
func with(list []string, more ...string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
