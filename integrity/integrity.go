// Package integrity is the room of the reliability (betrouwbaarheid) of people:
// those who deal with clients and those who make policy.
//
// Norms: articles 6-9 and 81 of the decree (Besluit financiële dienstverlening,
// 2005) with their notes. For compliance officers and personnel departments.
//
// A person is a case in a compartment: each opening is a fact, and nobody reads their
// own. Of a certificate of conduct the room keeps reference and dates, never the
// paper. Names lie in rows that retention can destroy; facts name nobody.
package integrity

import "zorgplicht/calendar"

// assumedCommencement is taken where the day on which the Act entered into force
// is not given: it is not in the source.
var assumedCommencement = calendar.MustParse("2006-01-01")
