package appropriateness

import "time"

// Durations (doorlooptijden) are how long clients took from question 1 to sending,
// in whole minutes that went by, the shortest first.
type Durations []Took

// Took says of how many attempts it was this long.
type Took struct {
	Minutes int
	N       int
}

// N is how many attempts these are.
func (d Durations) N() (n int) {
	for _, t := range d {
		n += t.N
	}
	return n
}

// Quantile returns the whole minutes within which so many of every hundred attempts
// were sent (nearest rank); 0 where there are none.
func (d Durations) Quantile(percent int) time.Duration {
	rank, seen := (d.N()*percent+99)/100, 0
	for _, t := range d {
		if seen += t.N; seen >= rank {
			return time.Duration(t.Minutes+1) * time.Minute
		}
	}
	return 0
}

// A Bin is a stretch of durations with the number of attempts in it.
type Bin struct {
	From, Before time.Duration // Before is 0 in the last bin where that has no end
	N            int
}

// binWidths are the widths of a histogram, in minutes.
var binWidths = []int{1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880, 10080}

// Bins divides the durations in at most twelve stretches of one round width; the
// longest tenth may share the last, so that one who slept on it does not press all
// others together.
func (d Durations) Bins() []Bin {
	if len(d) == 0 {
		return nil
	}
	const most = 11
	longest, usual := time.Duration(d[len(d)-1].Minutes)*time.Minute, d.Quantile(90)
	var width time.Duration
	for _, minutes := range binWidths {
		if width = time.Duration(minutes) * time.Minute; usual <= most*width {
			break
		}
	}
	n := min(int(longest/width)+1, most)
	bins := make([]Bin, n, n+1)
	for i := range bins {
		bins[i].From, bins[i].Before = time.Duration(i)*width, time.Duration(i+1)*width
	}
	if longest >= most*width {
		bins = append(bins, Bin{From: most * width})
	}
	for _, t := range d {
		i := min(int(time.Duration(t.Minutes)*time.Minute/width), len(bins)-1)
		bins[i].N += t.N
	}
	return bins
}
