package plan

import "strings"

// inner says why a folder may not import another folder of the project, or "".
func inner(from place, target string, inTest bool) string {
	to, known := find(target)
	switch {
	case !known:
		return "stands in no table of internal/plan"
	case to.test && !inTest:
		return "it helps tests only"
	case to.folder == "internal/plan" || to.kind == FrontDoor:
		return "nobody imports it"
	case to.kind == Under && !to.pipe:
		return belowUnder(from)
	case inTest:
		return innerOfTest(from, to)
	case from.pipe:
		return innerOfPipe(from, to)
	case to.pipe:
		return pipe(from, to)
	case from.kind == Hall:
		return ""
	case from.part == to.part && Shared[target] && to.floor < from.floor:
		return ""
	case to.part != "":
		return "stores and doors are for their own room and app"
	case to.room == from.room:
		return ownRoom(from, to)
	case to.floor >= from.floor:
		return "it does not lie below " + from.room
	}
	return ""
}

// belowUnder keeps fault and text from importing each other.
func belowUnder(from place) string {
	if from.kind == Under && !from.pipe && !from.test {
		return "fault and text lie beside each other"
	}
	return ""
}

// innerOfTest lets a test use every part of its own room and of lower rooms,
// and all pipes: it builds the real thing.
func innerOfTest(from, to place) string {
	switch {
	case to.pipe, to.room == from.room, from.kind >= Hall && !from.pipe:
		return ""
	case from.pipe && to.kind > Ground:
		return "pipes know no rooms, nor do their tests"
	case !from.pipe && to.floor >= from.floor:
		return "it does not lie below " + from.room
	}
	return ""
}

// innerOfPipe lets pipes stand on the ground and on lower pipes.
func innerOfPipe(from, to place) string {
	switch {
	case to.pipe && to.floor >= from.floor:
		return "it does not lie below " + from.room
	case !to.pipe && to.kind > Ground:
		return "pipes know no rooms"
	}
	return ""
}

// pipe says who may use a pipe: app, and the parts that the table names.
func pipe(from, to place) string {
	if from.kind == Hall {
		return ""
	}
	for _, allowed := range Parts[from.part].Pipes {
		if allowed == to.room {
			return ""
		}
	}
	if from.part == "" {
		return "pipes are for stores, doors and app"
	}
	return "this pipe is not for " + from.part
}

// ownRoom keeps a root free of its annexes, and annexes of each other.
func ownRoom(from, to place) string {
	switch {
	case from.part != "":
		return ""
	case from.annex && !to.annex:
		return ""
	}
	return "a root does not import its own annexes, nor they each other"
}

// outer says why a folder may not import a package from outside, or "".
func outer(from place, target string) string {
	outside := strings.Contains(strings.Split(target, "/")[0], ".")
	below := from.pipe || from.kind < Hall
	switch {
	case target == "C":
		return "no cgo of any kind"
	case below && within(target, dice):
		return "nothing below app throws dice"
	case from.pipe || from.kind >= Hall:
		return ""
	case from.part == "" && within(target, world) && !within(target, typesOnly):
		return "the root of a room does no input or output"
	case from.part == "" && outside && !within(target, forRoots):
		return "this outside module is not for the root of a room"
	case from.part == "":
		return ""
	case within(target, Parts[from.part].Never):
		return "this is not for " + from.part
	case outside && !within(target, Parts[from.part].Outside):
		return "this outside module is not for " + from.part
	}
	return ""
}

// within tells whether a package is one of these or lies below one of them.
func within(target string, list []string) bool {
	for _, item := range list {
		if target == item || strings.HasPrefix(target, item+"/") {
			return true
		}
	}
	return false
}
