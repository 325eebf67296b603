package competence

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
)

// Education is one publication of terms for permanent education (permanente
// educatie) and how the holder met them.
type Education struct {
	Published calendar.Date
	Met       *calendar.Date // when the holder met the terms
	MetAtAll  bool           // met, the day not being at issue
	Exam      *calendar.Date // when the holder passed an exam on the new terms instead
	Annexes   []int          // whose diplomas they are for; all when absent
}

type writtenEducation struct {
	Published calendar.Date  `json:"published,omitzero"`
	Met       *calendar.Date `json:"met"`
	MetAtAll  bool           `json:"met_in_time,omitempty"`
	Exam      *calendar.Date `json:"exam_passed"`
	Annexes   []int          `json:"annexes,omitempty"`
}

// Canon writes the publication.
func (e Education) Canon() any { return writtenEducation(e) }

// Shape says what the JSON looks like.
func (e Education) Shape() canon.Shape {
	return canon.Shape{Types: []string{"object"}, About: "openbaar gemaakte toetstermen: published, met, exam_passed, annexes"}
}

const educationForm = "toetstermen met published, en als dat nodig is met, exam_passed of annexes"

// ReadCanon reads an object. Members are read by what they say: one that speaks
// of publication, one of an exam, annexes, and one that says when it was met.
func (e *Education) ReadCanon(n canon.Node) string {
	if n.Kind() != canon.Obj {
		return educationForm
	}
	byExam := false
	for key, v := range n.Members() {
		on, err := calendar.Parse(v.Text())
		switch {
		case v.Kind() == canon.Nil || says(key, "deadline", "due"):
		case says(key, "annex", "module"):
			var d Diploma
			if !d.readList(v) || len(d.Parts) > 0 {
				return educationForm
			}
			e.Annexes = d.Annexes
		case isBool(v):
			e.MetAtAll = v.Kind() == canon.True
		case v.Kind() != canon.Str:
			return educationForm
		case err != nil && (says(key, "publi") || slices.Contains([]string{"met", "met_on", "exam", "exam_passed"}, key)):
			return educationForm
		case err != nil:
			byExam = byExam || strings.Contains(v.Text(), "exam") // how it was met, in a word
		case says(key, "publi"):
			e.Published = on
		case says(key, "exam"):
			e.Exam = &on
		default:
			e.Met = &on
		}
	}
	if byExam && e.Exam == nil {
		e.Exam, e.Met = e.Met, nil
	}
	if e.Published.IsZero() {
		return educationForm
	}
	return ""
}

// Months after publication: within which the terms must be met, and by which
// exams are on the new terms (articles 18(1) and 21(4)).
const (
	educationMonths = 18
	examMonths      = 6
)

// Deadline returns the last day on which the terms can be met in time.
func (e Education) Deadline() calendar.Date { return e.Published.AddMonths(educationMonths) }

// How a diploma stands to one publication of terms on a day.
type standing int

const (
	notAsked standing = iota // not published yet, of other annexes, or the exam was on the new terms
	running                  // the term is not over
	inTime
	caughtUp // met too late: valid again from that day
	late
)

// stands judges one publication for a diploma of these annexes that was obtained
// on a day. An exam that comes too late does not mend it by the words of article
// 18(2), unless that reading is chosen.
func (e Education) stands(annexes []int, obtained, on calendar.Date, lateExam bool) standing {
	about := len(e.Annexes) == 0 || slices.ContainsFunc(e.Annexes, func(a int) bool { return slices.Contains(annexes, a) })
	exempt := !obtained.Before(e.Published.AddMonths(examMonths))
	switch {
	case !about || exempt || on.Before(e.Published):
		return notAsked
	case e.MetAtAll || by(e.Met, e.Deadline()) && by(e.Met, on), by(e.Exam, e.Deadline()) && by(e.Exam, on):
		return inTime
	case !on.After(e.Deadline()):
		return running
	case by(e.Met, on), lateExam && by(e.Exam, on):
		return caughtUp
	}
	return late
}

// by reports whether a day is given and not after the other.
func by(day *calendar.Date, last calendar.Date) bool { return day != nil && !day.After(last) }
