package competence

import (
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/rule"
)

// A Diploma is what somebody holds. One of annex 11 is known by its name and
// institution; one of a recognised institute, or designated by the minister,
// names the annexes it was given for.
type Diploma struct {
	Name        string
	Institution string
	Date        *calendar.Date // absent: when it was obtained is not at issue
	Parts       []string       // of a set: those that were obtained; all of the name when absent
	Annexes     []int
	Recognised  *bool // was the institution recognised when it gave the diploma
	Designated  bool  // by the minister (article 72(3))
}

// written is how a diploma stands in a question.
type written struct {
	Name        string         `json:"diploma,omitempty"`
	Institution string         `json:"institution,omitempty"`
	Date        *calendar.Date `json:"date"`
	Parts       []string       `json:"parts,omitempty"`
	Annexes     []int          `json:"annexes,omitempty"`
	Recognised  *bool          `json:"recognised"`
	Designated  bool           `json:"designated,omitempty"`
}

// Canon writes the diploma.
func (d Diploma) Canon() any { return written(d) }

// Shape says what the JSON of a diploma looks like.
func (d Diploma) Shape() canon.Shape {
	return objectShape("een diploma: diploma, institution, date, …")
}

const diplomaForm = "een diploma met diploma, institution en date, en als dat nodig is parts, annexes, recognised of designated"

// ReadCanon reads a name, or an object. The desk's contract names diploma,
// institution and date; other members are read by what they say.
func (d *Diploma) ReadCanon(n canon.Node) string {
	switch n.Kind() {
	case canon.Str:
		d.Name = n.Text()
		return ""
	case canon.Obj:
	default:
		return diplomaForm
	}
	complete, partial := true, false
	for key, v := range n.Members() {
		switch {
		case says(key, "row", "section") || v.Kind() == canon.Nil:
		case key == "diploma" || key == "name":
			d.Name = v.Text()
		case key == "institution" || key == "institute" || key == "issuer":
			d.Institution = v.Text()
		case says(key, "recogni") && isBool(v):
			d.Recognised = new(v.Kind() == canon.True)
		case says(key, "designated") && isBool(v):
			d.Designated = v.Kind() == canon.True
		case says(key, "complete", "uninterrupted", "pe") && isBool(v):
			complete, partial = complete && v.Kind() == canon.True, true
		case says(key, "annex", "module", "part", "component"):
			if !d.readList(v) {
				return diplomaForm
			}
		case says(key, "date", "obtained", "issued", "passed"):
			on, err := calendar.Parse(v.Text())
			if err != nil {
				return diplomaForm
			}
			d.Date = &on
		case v.Kind() == canon.Arr || v.Kind() == canon.Obj:
			return diplomaForm
		}
	}
	if partial {
		d.finish(complete)
	}
	return ""
}

// finish takes the word of somebody who says whether a set is complete, or the
// education behind an FFP diploma uninterrupted.
func (d *Diploma) finish(complete bool) {
	parts := d.parts()
	switch {
	case !complete:
		parts = slices.DeleteFunc(parts, func(p string) bool { return p == "ffp pe" })
		if !slices.Contains(parts, "ffp diploma") {
			parts = []string{"onvolledig"}
		}
	case slices.Contains(parts, "ffp diploma") && !slices.Contains(parts, "ffp pe"):
		parts = append(parts, "ffp pe")
	}
	d.Parts = parts
}

// readList reads numbers of annexes or names of parts.
func (d *Diploma) readList(v canon.Node) bool {
	items := []canon.Node{v}
	if v.Kind() == canon.Arr {
		items = slices.Collect(v.Items())
	}
	for _, item := range items {
		text := item.Text()
		if item.Kind() == canon.Num {
			text = string(item.Number())
		}
		if n, err := strconv.Atoi(text); err == nil {
			d.Annexes = append(d.Annexes, n)
		} else if item.Kind() == canon.Str {
			d.Parts = append(d.Parts, text)
		} else {
			return false
		}
	}
	return true
}

// parts returns what was obtained, as normal names. A part that is named without
// its family, such as Brand, is taken to be of the family of the diploma.
func (d Diploma) parts() (parts []string) {
	whole := partsOf(d.Name)
	if d.Parts == nil {
		return whole
	}
	for _, p := range d.Parts {
		own := partsOf(p)
		for _, f := range families {
			name := normal.Replace(strings.ToLower(d.Name))
			if strings.HasPrefix(name, f.name) && len(own) == 1 && (name == f.name || slices.Contains(whole, f.prefix+own[0])) {
				own[0] = f.prefix + own[0]
				break
			}
		}
		parts = append(parts, own...)
	}
	return parts
}

// label is how people are told which diploma is meant.
func (d Diploma) label() string {
	if d.Name == "" {
		return "Het diploma voor bijlage " + numbers(d.Annexes)
	}
	return d.Name
}

// from reports whether the diploma comes from one of these institutions; one that
// names none does.
func (d Diploma) from(institutes []string) bool {
	return d.Institution == "" || slices.ContainsFunc(institutesOf(d.Institution), func(i string) bool { return slices.Contains(institutes, i) })
}

// obtained reports whether the diploma was there on the day.
func (d Diploma) obtained(on calendar.Date) bool { return d.Date == nil || !d.Date.After(on) }

// day returns when the diploma was obtained. Where that is not at issue it is a
// day on which article 72(1) asks nothing more.
func (d Diploma) day() calendar.Date {
	if d.Date == nil {
		return windowFrom
	}
	return *d.Date
}

// valid reports whether its institution could give it: after commencement only
// while it was recognised, which those of annex 11 are by law (article 72(4)).
func (d Diploma) valid(commencement calendar.Date) bool {
	return !rule.Fails(d.Recognised) || (d.day().Before(commencement) && len(d.Annexes) == 0)
}

func says(key string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return key == w || len(w) > 2 && strings.Contains(key, w) || strings.HasSuffix(key, "_"+w)
	})
}

func isBool(n canon.Node) bool { return n.Kind() == canon.True || n.Kind() == canon.False }

func objectShape(about string) canon.Shape {
	return canon.Shape{Types: []string{"object", "string"}, About: about}
}
