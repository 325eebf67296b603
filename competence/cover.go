package competence

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// A cover is which annexes the valid diplomas count for.
type cover struct {
	annexes  map[int]bool
	sections map[string]bool // sections of annex 11 whose work annex 6 is covered for
}

// by reports whether the cover holds this annex for this need. Annex 6 of
// mortgage credit and life insurance may be met beside a diploma.
func (c cover) by(annex int, n need) bool {
	return c.annexes[annex] || annex == 6 && n.section != "" && c.sections[n.section]
}

// covered looks at every diploma, first at what asks nothing of annex 6.
func (h *holder) covered() cover {
	c := cover{map[int]bool{}, map[string]bool{}}
	h.designated(c)
	for _, r := range rows {
		if !r.withAnnex6 {
			h.count(r, c)
		}
	}
	h.sayAnnex6()
	met := by(h.Annex6, h.on) || c.annexes[6] && !rule.Holds(h.MinisterOnly)
	if by(h.Annex6, h.on) {
		c.sections["mortgage_credit"], c.sections["life"] = true, true
	}
	for _, r := range rows {
		if r.withAnnex6 {
			h.countWithAnnex6(r, c, met)
		}
	}
	h.sayUnknown()
	return c
}

// designated counts diplomas that name their annexes: of a recognised institute,
// or designated by the minister.
func (h *holder) designated(c cover) {
	for _, d := range h.Diplomas {
		switch {
		case len(d.Annexes) == 0 || !d.obtained(h.on):
		case !d.valid(h.commencement):
			h.why.Say("not_recognised", "bfd:17:1:a", "diploma", d.label())
		case d.Designated && d.day().Before(windowFrom) && !experienced(h.Years, h.Periods, h.commencement):
			h.why.Say("experience_short", "bfd:72:3", "diploma", d.label(), "until", h.commencement.String())
		case h.educated(d.Annexes, d.day(), d.label()):
			norm := ident.Norm("bfd:21:1")
			if d.Designated {
				norm = "bfd:72:3"
			}
			h.why.Say("annexes_named", norm, "annexes", numbers(d.Annexes))
			for _, a := range d.Annexes {
				c.annexes[a] = true
			}
		}
	}
}

// count adds what a row covers.
func (h *holder) count(r Row, c cover) {
	for _, on := range h.days(r) {
		if _, ok := h.holds(r, on); ok {
			for _, a := range r.Annexes {
				c.annexes[a] = true
			}
			return
		}
	}
}

// countWithAnnex6 adds what a row for mortgage credit or life insurance covers.
// From 1 October 2007 it covers nothing unless annex 6 is met; before that day it
// bridges annex 6 for its own work. A diploma of that day or later is one of a
// recognised institute, for the annexes of its row.
func (h *holder) countWithAnnex6(r Row, c cover, met bool) {
	for _, on := range h.days(r) {
		norm, ok := h.holds(r, on)
		if !ok {
			continue
		}
		old := on.Before(annex6From)
		if old && !h.on.Before(annex6From) && !met {
			h.why.Say("annex6_not_met", norm, "diploma", r.description)
			continue
		}
		for _, a := range r.Annexes {
			if a != r.Condition || h.conditionMet(r, on) {
				c.annexes[a] = true
			}
		}
		if old && h.on.Before(annex6From) {
			c.sections[r.Section] = true
			h.why.Say("annex6_bridged", norm, "diploma", r.description)
		}
	}
}

// conditionMet decides on the annex that counts "insofar as" it is met too from 1
// October 2007. Before that day the text asks nothing yet.
func (h *holder) conditionMet(r Row, on calendar.Date) bool {
	if by(h.Annex3, h.on) {
		return true
	}
	if h.on.Before(annex6From) && on.Before(annex6From) && !rule.Holds(h.SEHStrict) {
		h.why.Say("seh_before", "bijlage11", "diploma", r.description)
		return true
	}
	h.why.Say("condition_not_met", "bijlage11", "diploma", r.description)
	return false
}

// days returns the days, newest first, on which a set of this row was complete:
// each part obtained on that day or before, one on the day itself.
func (h *holder) days(r Row) (days []calendar.Date) {
	first := map[string]calendar.Date{}
	for _, d := range h.Diplomas {
		if !d.obtained(h.on) || !d.from(r.institutes) || !h.given(d) {
			continue
		}
		for _, p := range d.parts() {
			if !slices.Contains(r.parts, p) {
				continue
			}
			if at, ok := first[p]; !ok || d.day().Before(at) {
				first[p] = d.day()
			}
			if !slices.Contains(days, d.day()) {
				days = append(days, d.day())
			}
		}
	}
	days = slices.DeleteFunc(days, func(on calendar.Date) bool {
		return slices.ContainsFunc(r.parts, func(p string) bool {
			at, ok := first[p]
			return !ok || at.After(on)
		})
	})
	slices.SortFunc(days, func(a, b calendar.Date) int { return b.Compare(a) })
	return days
}

// given reports whether the diploma's institution could give it.
func (h *holder) given(d Diploma) bool { return len(d.Annexes) == 0 && d.valid(h.commencement) }

// holds decides whether a row obtained on a day is a valid diploma, apart from
// what it asks of annex 6.
func (h *holder) holds(r Row, on calendar.Date) (norm ident.Norm, ok bool) {
	norm = "bfd:72:1"
	switch {
	case on.Before(windowFrom):
		norm = "bfd:72:2"
		if !experienced(h.Years, h.Periods, h.commencement) {
			h.why.Say("experience_short", norm, "diploma", r.description, "until", h.commencement.String())
			return norm, false
		}
		h.why.Say("old_diploma", norm, "diploma", r.description)
	case !on.Before(annex6From):
		norm = "bfd:72:4"
		h.why.Say("late_diploma", norm, "diploma", r.description)
	default:
		h.why.Say("row_counts", norm, "diploma", r.description)
	}
	return norm, h.educated(r.Annexes, on, r.description)
}

// educated decides whether permanent education leaves the diploma valid.
func (h *holder) educated(annexes []int, obtained calendar.Date, name string) bool {
	valid := true
	for _, e := range h.Education {
		values := []string{"diploma", name, "deadline", e.Deadline().String()}
		switch e.stands(annexes, obtained, h.on, rule.Holds(h.LateExam)) {
		case running:
			h.why.Say("pe_running", "bfd:18:1:a", values...)
		case inTime:
			h.why.Say("pe_in_time", "bfd:18:1", values...)
		case caughtUp:
			h.why.Say("pe_caught_up", "bfd:18:2", values...)
		case late:
			valid = false
			h.why.Say("pe_late", "bfd:18:2", values...)
			if e.Exam != nil {
				h.why.Say("pe_late_exam", "bfd:18:2")
			}
		}
	}
	return valid
}

func (h *holder) sayAnnex6() {
	if h.on.Before(annex6From) {
		return
	}
	for _, d := range h.Diplomas {
		if len(d.Annexes) == 0 && d.obtained(h.on) && d.day().Before(annex6From) {
			h.why.Say("from_2007", "bfd:72:1")
			return
		}
	}
}

// sayUnknown names diplomas that count for nothing.
func (h *holder) sayUnknown() {
	for _, d := range h.Diplomas {
		if len(d.Annexes) > 0 {
			continue
		}
		switch {
		case !d.obtained(h.on):
			h.why.Say("not_yet_obtained", "bfd:17:1:a", "diploma", d.label())
		case !d.valid(h.commencement):
			h.why.Say("not_recognised", "bfd:72:4", "diploma", d.label())
		case !slices.ContainsFunc(rows, func(r Row) bool { return h.completes(d, r) }):
			h.why.Say("no_row", "bijlage11", "diploma", d.label())
		}
	}
}

// completes reports whether the diploma is part of a set of the row that is whole.
func (h *holder) completes(d Diploma, r Row) bool {
	return d.from(r.institutes) && slices.ContainsFunc(d.parts(), func(p string) bool { return slices.Contains(r.parts, p) }) && len(h.days(r)) > 0
}
