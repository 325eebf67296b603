package advice

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// The longest texts, in characters, and the largest amount in cents.
const (
	longestLine  = 120
	longestWords = 8_000
	mostCents    = 1_000_000_000_000
)

// faults gathers what is wrong with what somebody filled in.
type faults []fault.Detail

func (f *faults) add(at, code, says string) {
	*f = append(*f, fault.Detail{Pointer: at, Reason: code, Text: says})
}

// line looks at a text; missing says what to do when it is empty, "" when it may be.
func (f *faults) line(at string, s *string, most int, missing string) {
	*s = strings.TrimSpace(*s)
	switch n := utf8.RuneCountInString(*s); {
	case n == 0 && missing != "":
		f.add(at, "missing", missing)
	case n > most || !utf8.ValidString(*s):
		f.add(at, "too-long", text.TooLong(most))
	case text.HoldsBSN(*s):
		f.add(at, "bsn", "Hierin lijkt een burgerservicenummer te staan. Dat mogen wij niet vastleggen; haal het weg.")
	}
}

func (f *faults) amount(at string, cents *int64) {
	if cents != nil && (*cents < -mostCents || *cents > mostCents) {
		f.add(at, "amount", "Dit bedrag is te groot. Geef het in euro’s.")
	}
}

func (f *faults) graded(at string, g *Graded) {
	f.line(at+"/words", &g.Words, longestWords, "")
	if g.Level != "" && !slices.Contains(Levels, g.Level) {
		f.add(at+"/level", "invalid-value", "Kies geen, weinig, voldoende of ruim.")
	}
}

func (f *faults) day(at string, d, from, through calendar.Date, missing, outside string) {
	switch {
	case d.IsZero():
		f.add(at, "missing", missing)
	case d.Before(from) || d.After(through):
		f.add(at, "day", outside)
	}
}

// firstDay is the earliest day of an advice: before it there was no duty to keep it.
var firstDay = calendar.MustParse("2006-01-01")

// check returns what is wrong with a content, and tidies its texts.
func (c *Content) check(today calendar.Date) (f faults) {
	if c.Outcome.Result == "" {
		c.Outcome.Result = Open
	}
	if !slices.Contains(Roles, c.Role) {
		f.add("/role", "invalid-value", "Kies wat uw onderneming bij dit advies was.")
	}
	p := &c.Profile
	f.amount("/profile/position/income", p.Position.Income)
	f.amount("/profile/position/wealth", p.Position.Wealth)
	f.amount("/profile/position/debt", p.Position.Debt)
	if d := p.Position.Debt; d != nil && *d < 0 {
		f.add("/profile/position/debt", "negative", "Geef de schuld als een bedrag boven nul, of 0 als er geen is.")
	}
	f.line("/profile/position/words", &p.Position.Words, longestWords, "")
	f.graded("/profile/knowledge", &p.Knowledge)
	f.graded("/profile/experience", &p.Experience)
	f.line("/profile/objectives", &p.Objectives, longestWords, "")
	f.graded("/profile/risk", &p.Risk)
	a := &c.Advice
	f.day("/advice/day", a.Day, firstDay, today, "Geef de dag van het advies.", "Geef een dag vanaf 1 januari 2006 en niet in de toekomst.")
	if !slices.Contains(ProductKinds, a.Kind) {
		f.add("/advice/kind", "invalid-value", "Kies het soort product.")
	}
	f.line("/advice/product", &a.Product, longestLine, "Noem het geadviseerde product.")
	f.line("/advice/provider", &a.Provider, longestLine, "")
	f.line("/advice/terms", &a.Terms, longestWords, "")
	missing := ""
	if c.Course != nil && c.Course.Deviates {
		missing = "Het advies wijkt af van de procedure. Schrijf op waarom dit product past."
	}
	f.line("/advice/why", &a.Why, longestWords, missing)
	f.outcome(c, today)
	return f
}

func (f *faults) outcome(c *Content, today calendar.Date) {
	o := &c.Outcome
	if !slices.Contains(Results, o.Result) {
		f.add("/outcome/result", "invalid-value", "Kies wat er van het advies kwam.")
	}
	if o.Result != Followed && o.Result != Other {
		o.Day = calendar.Date{}
	} else {
		f.day("/outcome/day", o.Day, c.Advice.Day, today, "Geef de dag van de overeenkomst.", "De overeenkomst komt niet voor het advies, en niet in de toekomst.")
	}
	missing := ""
	if o.Result == Other {
		missing = "Noem het product dat de klant koos."
	}
	f.line("/outcome/product", &o.Product, longestLine, missing)
	f.line("/outcome/provider", &o.Provider, longestLine, "")
	if w := c.Choice; w != nil {
		f.line("/choice/words", &w.Words, longestWords, "")
	}
	if o.Result != Other {
		o.Product, o.Provider, o.Elsewhere, c.Choice = "", "", false, nil
		return
	}
	if o.Product != "" && strings.EqualFold(o.Product, c.Advice.Product) && strings.EqualFold(o.Provider, c.Advice.Provider) {
		f.add("/outcome/product", "same-product", "Dit is het geadviseerde product. Kies dan dat de klant het advies volgde.")
	}
	if w := c.Choice; w != nil {
		if !w.Warned.IsZero() {
			f.day("/choice/warned", w.Warned, firstDay, today, "", "Geef een dag vanaf 1 januari 2006 en niet in de toekomst.")
		}
		if (w.Words != "" || w.Way != "") && !slices.Contains(casework.Ways, w.Way) {
			f.add("/choice/way", "invalid-value", "Kies hoe de klant de keuze maakte.")
		}
		if *w == (OwnChoice{}) {
			c.Choice = nil
		}
	}
}
