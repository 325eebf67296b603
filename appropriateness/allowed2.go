package appropriateness

import (
	"strconv"
	"time"

	"zorgplicht/ident"
	"zorgplicht/rule"
)

// MayStartIn is what version 2 of rule test_attempt_allowed is given: the policy of
// the test in use, every attempt of this client for this product that counts, here
// and at other firms under the same owner of the test, oldest first, and the moment.
type MayStartIn struct {
	Retake  Retake    `json:"retake"`
	Earlier []Sitter  `json:"earlier"`
	Known   Known     `json:"known_by"`
	Now     time.Time `json:"now"`
}

// A Sitter is an attempt that counts, as the rule sees it.
type Sitter struct {
	Attempt   AttemptID `json:"attempt"`
	Ended     time.Time `json:"ended"`               // judged, or closed by time; the end to come while it is open
	Open      bool      `json:"open,omitempty"`      // the client is still answering
	Passed    bool      `json:"passed,omitempty"`    // judged appropriate
	ValidDays int       `json:"valid_days"`          // how long a pass holds by the test it was taken on
	Elsewhere bool      `json:"elsewhere,omitempty"` // at another firm, with a test of the same owner
}

// Known is by what a client was recognised.
type Known string

// By what a client is known.
const (
	ByKey       Known = "match_key" // at every channel and firm
	ByReference Known = "reference" // the firm's own, so at this firm alone
)

// AttemptAllowed is the rule that says whether a client may take the test (again).
var AttemptAllowed = rule.New("test_attempt_allowed", 2, []ident.Norm{"afm:ket:retake", "wft:4:24:1", "afm:ket:module"}, mayStart,
	rule.Texts(map[string]string{
		"first_attempt":    "De klant maakte deze toets nog niet.",
		"still_valid":      "De klant heeft de toets gehaald. Dat geldt tot {until}.",
		"no_longer_valid":  "De uitslag van eerder geldt niet meer sinds {until}. De klant maakt de toets opnieuw.",
		"passed_elsewhere": "De klant haalde deze toets bij een andere onderneming. Wie zonder advies bemiddelt of aanbiedt, neemt de toets zelf af: deze telt als eigen toets.",
		"open_elsewhere":   "De klant is bij een andere onderneming met deze toets bezig, tot uiterlijk {until}.",
		"never":            "De klant maakte de toets al. De onderneming biedt geen herkansing aan.",
		"cooling_off":      "Een herkansing kan pas na een afkoelingsperiode van {hours} uur: vanaf {from}.",
		"at_most":          "De klant deed in {days} dagen al {taken} herkansingen; meer dan {most} zijn niet toegestaan.",
		"retake_different": "De klant krijgt een herkansing met andere vragen, na een afkoelingsperiode van {hours} uur.",
	}))

// mayStart decides by the policy. An attempt that is open at another firm comes
// first to its end. A pass holds for its days at the firm that took the test; at
// another firm it lifts no duty (afm:ket:module), and asks no retake either. A test
// that was not passed counts wherever it was taken: leaving one firm for the next is
// no new first attempt (afm:ket:retake).
func mayStart(in MayStartIn) AllowedOut {
	if len(in.Earlier) == 0 {
		return allowedAs("first", "first_attempt", nil)
	}
	for _, e := range in.Earlier {
		if e.Open && e.Elsewhere {
			return refused("open_elsewhere", "afm:ket:retake", &e.Ended, map[string]string{"until": stamp(e.Ended)})
		}
	}
	last := len(in.Earlier) - 1
	if in.Earlier[last].Passed {
		return afterPass(in, last)
	}
	if in.Retake.Allow != CoolingOff {
		return refused("never", "afm:ket:retake", nil, nil)
	}
	return mayRetake(in)
}

// afterPass decides where the last attempt was a pass: by the newest pass of this
// firm itself since the last attempt that was none.
func afterPass(in MayStartIn, last int) AllowedOut {
	for i := last; i >= 0 && in.Earlier[i].Passed; i-- {
		e := in.Earlier[i]
		if e.Elsewhere {
			continue
		}
		until := e.Ended.AddDate(0, 0, e.ValidDays)
		values := map[string]string{"until": stamp(until)}
		if in.Now.Before(until) {
			return refused("still_valid", "wft:4:24:1", &until, values)
		}
		return allowedAs("renewal", "no_longer_valid", values)
	}
	out := allowedAs("own", "passed_elsewhere", nil)
	out.Because[0].Norm = "afm:ket:module"
	return out
}

func mayRetake(in MayStartIn) AllowedOut {
	since, taken := in.Now.AddDate(0, 0, -in.Retake.WithinDays), 0
	for i, e := range in.Earlier {
		if i > 0 && !in.Earlier[i-1].Passed && !e.Ended.Before(since) {
			taken++ // an attempt after one that was no pass was a retake
		}
	}
	if taken >= in.Retake.AtMost {
		return refused("at_most", "afm:ket:retake", nil, map[string]string{
			"taken": strconv.Itoa(taken), "most": strconv.Itoa(in.Retake.AtMost), "days": strconv.Itoa(in.Retake.WithinDays),
		})
	}
	from := in.Earlier[len(in.Earlier)-1].Ended.Add(time.Duration(in.Retake.CoolingHours) * time.Hour)
	values := map[string]string{"hours": strconv.Itoa(in.Retake.CoolingHours), "from": stamp(from)}
	if in.Now.Before(from) {
		return refused("cooling_off", "afm:ket:retake", &from, values)
	}
	return allowedAs("retake", "retake_different", values)
}
