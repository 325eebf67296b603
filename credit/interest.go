package credit

import (
	_ "embed" // the table is part of the program
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/money"
)

// A LegalInterest is the legal interest (wettelijke rente) from a day on, in
// percent, with where it was read and how far that was checked.
type LegalInterest struct {
	From    calendar.Date
	Percent money.Decimal
	Source  string
	Checked string // "yes", or what is lacking
}

// Verified reports whether more than one source agreed on rate and day.
func (l LegalInterest) Verified() bool { return l.Checked == "yes" }

//go:embed interest.csv
var interestTable string

// interests are the rows of the table in order of day.
var interests = readInterests(interestTable)

func readInterests(table string) (all []LegalInterest) {
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("credit: interest.csv: %v", err)) // cannot be: the file is part of the program
	}
	for _, r := range rows[1:] {
		all = append(all, LegalInterest{calendar.MustParse(r[0]), money.MustParse(r[1]), r[2], r[3]})
	}
	return all
}

// interestOn returns the legal interest of a day, false before the first row.
func interestOn(day calendar.Date) (on LegalInterest, found bool) {
	for _, l := range interests {
		if l.From.After(day) {
			break
		}
		on, found = l, true
	}
	return on, found
}

// A pointsChange is a day from which another number of percentage points is added
// to the legal interest.
type pointsChange struct {
	from   calendar.Date
	points int64
}

// firstPoints is what was added before the first change.
const firstPoints = 17

// pointsChanges are the changes in order of day. The day of the first is that of
// the decree, which the source does not hold: 1 January 2006 is taken.
var pointsChanges = []pointsChange{
	{calendar.MustParse("2006-01-01"), 12},
	{calendar.MustParse("2020-08-10"), 8},
}

// pointsOn returns how many points are added on a day.
func pointsOn(day calendar.Date) int64 {
	points := int64(firstPoints)
	for _, c := range pointsChanges {
		if !c.from.After(day) {
			points = c.points
		}
	}
	return points
}

// around returns the points before and after a change that took effect on this day,
// which is the nearest one that is known.
func around(change calendar.Date) (before, after int64) {
	before, after = firstPoints, pointsChanges[0].points
	if change.Year() >= 2013 {
		before, after = after, pointsChanges[1].points
	}
	return before, after
}

// CeilingDays are the days from which another maximum holds, in order: a change of
// the legal interest or of the points.
func CeilingDays() (days []calendar.Date) {
	for _, l := range interests {
		days = append(days, l.From)
	}
	for _, c := range pointsChanges {
		days = append(days, c.from)
	}
	slices.SortFunc(days, calendar.Date.Compare)
	return slices.Compact(days)
}

// PointsFrom is the first day of the transition rule of article 77.
func PointsFrom() calendar.Date { return pointsChanges[0].from }
