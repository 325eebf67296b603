package app

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// A LoadReport is what Load found. It is good when there is no fault.
type LoadReport struct {
	Seconds  float64   `json:"seconds"`
	Requests int       `json:"requests"` // answered
	Kills    int       `json:"kills"`
	Back     LoadAct   `json:"back"`      // from a kill until that node answers again
	Broken   int       `json:"broken"`    // requests that lost their answer by a kill, and were looked after
	Overtook int       `json:"conflicts"` // forms filled in anew because another was ahead
	Acts     []LoadAct `json:"acts"`
	Kept     struct {  // read back at the end; nothing that was acknowledged lacks
		Complaints int `json:"complaints"`
		Notes      int `json:"notes"` // and messages of clients
		Files      int `json:"files"`
		Ended      int `json:"ended"`
		Tests      int `json:"tests"`
		Answers    int `json:"answers"`
	} `json:"kept"`
	Letters struct {
		Promised int `json:"promised"` // put in the outbox, and acknowledged
		Arrived  int `json:"arrived"`  // at the mail server
		Unsure   int `json:"unsure"`   // cut off while they were handed over, and settled by asking the mail server
		Double   int `json:"double"`
		Missing  int `json:"missing"`
	} `json:"letters"`
	Journal struct {
		Facts    int64 `json:"facts"`
		Replayed int64 `json:"replayed"` // decisions asked again
	} `json:"journal"`
	Errors []string `json:"errors"` // that the nodes wrote in their logs, one of each
	Faults []string `json:"faults"`
}

// A LoadAct is how long one kind of request took, in milliseconds.
type LoadAct struct {
	Name string  `json:"name"`
	N    int     `json:"n"`
	P50  float64 `json:"p50"`
	P95  float64 `json:"p95"`
	P99  float64 `json:"p99"`
	Most float64 `json:"most"`
}

func actOf(name string, took []time.Duration) LoadAct {
	s := slices.Sorted(slices.Values(took))
	a := LoadAct{Name: name, N: len(s)}
	if len(s) == 0 {
		return a
	}
	at := func(percent int) float64 {
		return float64(s[min(len(s)-1, len(s)*percent/100)].Microseconds()) / 1000
	}
	a.P50, a.P95, a.P99, a.Most = at(50), at(95), at(99), at(100)
	return a
}

// report is what the line remembers so far, with one act for all requests together.
func (l *loadLine) report() (r LoadReport) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all, back []time.Duration
	for _, name := range slices.Sorted(maps.Keys(l.took)) {
		r.Acts = append(r.Acts, actOf(name, l.took[name]))
		all = append(all, l.took[name]...)
	}
	for _, o := range l.outages {
		back = append(back, o.until.Sub(o.from))
	}
	r.Acts = append(r.Acts, actOf("all together", all))
	r.Requests, r.Kills, r.Back, r.Broken, r.Overtook = len(all), len(l.outages), actOf("back after a kill", back), l.broken, l.conflicts
	return r
}

// Good reports that nothing acknowledged was lost, nothing came double, and nothing
// went wrong without a kill near it.
func (r LoadReport) Good() bool { return len(r.Faults) == 0 }

// Write writes the report for a reader.
func (r LoadReport) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d requests in %.0f s (%.0f a second), %d kills, back after %.1f s (at most %.1f); %d requests broken by kills and looked after, %d forms filled in anew\n\n",
		r.Requests, r.Seconds, float64(r.Requests)/r.Seconds, r.Kills, r.Back.P50/1000, r.Back.Most/1000, r.Broken, r.Overtook)
	fmt.Fprintf(&b, "%-44s %8s %8s %8s %8s %8s\n", "MILLISECONDS", "TIMES", "P50", "P95", "P99", "MOST")
	for _, a := range r.Acts {
		fmt.Fprintf(&b, "%-44s %8d %8.0f %8.0f %8.0f %8.0f\n", a.Name, a.N, a.P50, a.P95, a.P99, a.Most)
	}
	fmt.Fprintf(&b, "\nread back: %d complaints, %d notes and messages, %d files, %d complaints ended, %d tests judged, %d answers\n",
		r.Kept.Complaints, r.Kept.Notes, r.Kept.Files, r.Kept.Ended, r.Kept.Tests, r.Kept.Answers)
	fmt.Fprintf(&b, "letters: %d promised, %d arrived, %d double, %d missing; %d were cut off by a kill and settled by asking the mail server\n",
		r.Letters.Promised, r.Letters.Arrived, r.Letters.Double, r.Letters.Missing, r.Letters.Unsure)
	fmt.Fprintf(&b, "journal: %d facts verified, %d decisions asked again\n", r.Journal.Facts, r.Journal.Replayed)
	for _, e := range r.Errors {
		fmt.Fprintf(&b, "log: %.200s\n", e)
	}
	for _, f := range r.Faults {
		fmt.Fprintf(&b, "FAULT: %s\n", f)
	}
	if r.Good() {
		b.WriteString("nothing acknowledged was lost, nothing came double\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
