package appropriateness

import (
	"strconv"
	"time"

	"zorgplicht/ident"
	"zorgplicht/rule"
)

// AllowedIn is what rule test_attempt_allowed is given: the policy of the test in
// use, the attempts of this client for this product that count, oldest first, and
// the moment.
type AllowedIn struct {
	Retake  Retake    `json:"retake"`
	Earlier []Earlier `json:"earlier"`
	Now     time.Time `json:"now"`
}

// Earlier is an attempt that counts: question 1 was shown.
type Earlier struct {
	Attempt   AttemptID `json:"attempt"`
	Ended     time.Time `json:"ended"`             // judged, or closed by time
	Outcome   Outcome   `json:"outcome,omitempty"` // "" when it was never sent
	ValidDays int       `json:"valid_days"`        // how long a pass holds by the test it was taken on
}

// AllowedOut says whether the client may take the test now, and as what.
type AllowedOut struct {
	rule.Why
	Allowed bool       `json:"allowed"`
	As      string     `json:"as,omitempty"`   // "first", "retake" or "renewal"
	From    *time.Time `json:"from,omitempty"` // when it will be allowed, where time alone decides
}

// AttemptAllowed1 is the rule as it was while a firm saw its own attempts alone.
// What it decided is replayed with it; AttemptAllowed decides now.
var AttemptAllowed1 = rule.New("test_attempt_allowed", 1, []ident.Norm{"afm:ket:retake", "wft:4:24:1"}, attemptAllowed,
	rule.Texts(map[string]string{
		"first_attempt":    "De klant maakte deze toets nog niet.",
		"still_valid":      "De klant heeft de toets gehaald. Dat geldt tot {until}.",
		"no_longer_valid":  "De uitslag van eerder geldt niet meer sinds {until}. De klant maakt de toets opnieuw.",
		"never":            "De klant maakte de toets al. De onderneming biedt geen herkansing aan.",
		"cooling_off":      "Een herkansing kan pas na een afkoelingsperiode van {hours} uur: vanaf {from}.",
		"at_most":          "De klant deed in {days} dagen al {taken} herkansingen; meer dan {most} zijn niet toegestaan.",
		"retake_different": "De klant krijgt een herkansing met andere vragen, na een afkoelingsperiode van {hours} uur.",
	}))

// attemptAllowed decides by the policy. A pass holds for its days, those of the
// test it was taken on, as at the gate: under the days of a newer version a client
// could stand before a shut gate and not be let in to the test either. After that
// the test is taken anew, and no retakes are counted against the client. Without a
// pass it is a retake: never, or after a cooling-off and at most so often.
func attemptAllowed(in AllowedIn) AllowedOut {
	if len(in.Earlier) == 0 {
		return allowedAs("first", "first_attempt", nil)
	}
	last := in.Earlier[len(in.Earlier)-1]
	if last.Outcome == Appropriate {
		until := last.Ended.AddDate(0, 0, last.ValidDays)
		values := map[string]string{"until": stamp(until)}
		if in.Now.Before(until) {
			return refused("still_valid", "wft:4:24:1", &until, values)
		}
		return allowedAs("renewal", "no_longer_valid", values)
	}
	if in.Retake.Allow != CoolingOff {
		return refused("never", "afm:ket:retake", nil, nil)
	}
	return retakeAllowed(in, last)
}

func retakeAllowed(in AllowedIn, last Earlier) AllowedOut {
	since, taken := in.Now.AddDate(0, 0, -in.Retake.WithinDays), 0
	for i, e := range in.Earlier {
		if i > 0 && in.Earlier[i-1].Outcome != Appropriate && !e.Ended.Before(since) {
			taken++ // an attempt after one that was no pass was a retake
		}
	}
	if taken >= in.Retake.AtMost {
		return refused("at_most", "afm:ket:retake", nil, map[string]string{
			"taken": strconv.Itoa(taken), "most": strconv.Itoa(in.Retake.AtMost), "days": strconv.Itoa(in.Retake.WithinDays),
		})
	}
	from := last.Ended.Add(time.Duration(in.Retake.CoolingHours) * time.Hour)
	values := map[string]string{"hours": strconv.Itoa(in.Retake.CoolingHours), "from": stamp(from)}
	if in.Now.Before(from) {
		return refused("cooling_off", "afm:ket:retake", &from, values)
	}
	return allowedAs("retake", "retake_different", values)
}

func allowedAs(as, code string, values map[string]string) AllowedOut {
	return AllowedOut{Allowed: true, As: as, Why: rule.Why{Because: []rule.Reason{{Code: code, Norm: "afm:ket:retake", Values: values}}}}
}

func refused(code string, norm ident.Norm, from *time.Time, values map[string]string) AllowedOut {
	return AllowedOut{From: from, Why: rule.Why{Because: []rule.Reason{{Code: code, Norm: norm, Values: values}}}}
}
