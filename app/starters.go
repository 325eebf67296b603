package app

import (
	"regexp"

	"zorgplicht/criteria"
	"zorgplicht/law"
	"zorgplicht/lending"
)

var (
	nameLine = regexp.MustCompile(`(?m)^name: .*$`)
	fromLine = regexp.MustCompile(`(?m)^from: .*$`)
)

// Starter is the text that a new rule set begins with: for each purpose one that
// works, over the fields of the room that asks it.
func (a setBooks) Starter(purpose criteria.Purpose, name, from string) string {
	text := criteria.NewText(name, from)
	switch purpose {
	case criteria.Acceptance:
		text = lending.Starter
	case criteria.Applicability:
		text = law.AsRules(law.Norms())
	case criteria.Segmentation:
		if b, err := demoSetFiles.ReadFile("demosets/" + demoSegments + ".yaml"); err == nil {
			text = string(b)
		}
	}
	text = nameLine.ReplaceAllLiteralString(text, "name: "+name)
	return fromLine.ReplaceAllLiteralString(text, "from: "+from)
}
