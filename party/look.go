package party

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A Look (huisstijl) is how the clients of a firm see it, and on which sites they
// may: the zero Look is the firm's own name in the colours of the house, in no frame.
type Look struct {
	Name    string   // as clients know it (handelsnaam); "" is the firm's name
	Accent  string   // colour of links and buttons, "#14506e"; "" is that of the house
	Band    string   // colour of the band on top of a page; "" is that of the accent
	Origins []string // sites that may show the test in a frame, "https://www.example.nl", in order
}

// MaxOrigins is on how many sites a firm may show its test.
const MaxOrigins = 20

// A Nearer returns the colour itself where pages can use it as accent, else the
// nearest that they can, and the least contrast that the colour has; "" for what is
// no colour.
type Nearer func(colour string) (nearest string, contrast float64)

// tidy writes a look as it is kept.
func (l Look) tidy() Look {
	l.Name = strings.TrimSpace(l.Name)
	l.Accent, l.Band = tidyColour(l.Accent), tidyColour(l.Band)
	var origins []string
	for _, o := range l.Origins {
		if o = tidyOrigin(o); o != "" {
			origins = append(origins, o)
		}
	}
	slices.Sort(origins)
	l.Origins = slices.Compact(origins)
	return l
}

func tidyColour(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if s != "" && !strings.HasPrefix(s, "#") {
		s = "#" + s
	}
	return s
}

func tidyOrigin(s string) string {
	s = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(s)), "/")
	if rest, ok := strings.CutSuffix(s, ":443"); ok && strings.HasPrefix(s, "https://") {
		return rest
	}
	if rest, ok := strings.CutSuffix(s, ":80"); ok && strings.HasPrefix(s, "http://") {
		return rest
	}
	return s
}

func (l Look) equal(m Look) bool {
	return l.Name == m.Name && l.Accent == m.Accent && l.Band == m.Band && slices.Equal(l.Origins, m.Origins)
}

var colourForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// CheckLook returns all that is wrong with a look as one fault.Invalid, or nil. An
// accent needs the contrast that WCAG 2.2 asks of text at level AA; near says which
// colour would do.
func CheckLook(l Look, near Nearer) error {
	var bad []fault.Detail
	wrong := func(pointer, reason, text string) {
		bad = append(bad, fault.Detail{Pointer: pointer, Reason: reason, Text: text})
	}
	switch {
	case utf8.RuneCountInString(l.Name) > MaxName || !utf8.ValidString(l.Name) || strings.ContainsFunc(l.Name, unprintable):
		wrong("/name", "name-length", "Geef een naam van hoogstens 120 tekens, op één regel.")
	case text.HoldsBSN(l.Name):
		wrong("/name", "holds-bsn", "In de naam lijkt een burgerservicenummer te staan. Haal het weg.")
	}
	if l.Accent != "" {
		checkAccent(l.Accent, near, wrong)
	}
	if l.Band != "" && !colourForm.MatchString(l.Band) {
		wrong("/band", "not-a-colour", notAColour)
	}
	if len(l.Origins) > MaxOrigins {
		wrong("/frameOrigins", "too-many", "Geef hoogstens "+strconv.Itoa(MaxOrigins)+" websites.")
	}
	for i, o := range l.Origins {
		if reason := originFault(o); reason != "" {
			wrong("/frameOrigins/"+strconv.Itoa(i), "not-an-origin", "Website "+strconv.Itoa(i+1)+" in de lijst: "+reason)
		}
	}
	return fault.All("look-invalid", bad)
}

const notAColour = "Geef een kleur als # met zes cijfers of letters a tot en met f, zoals #14506e."

func checkAccent(accent string, near Nearer, wrong func(pointer, reason, text string)) {
	if !colourForm.MatchString(accent) {
		wrong("/accent", "not-a-colour", notAColour)
		return
	}
	if nearest, ratio := near(accent); nearest != accent {
		wrong("/accent", "contrast-too-low", "Deze kleur is op onze lichte vlakken te licht om te lezen: het contrast is "+decimal(ratio)+
			" op 1, en 4,5 op 1 is nodig. De dichtstbijzijnde kleur die wel kan is "+nearest+". De kleur zelf kunt u wel voor de band bovenaan gebruiken.")
	}
}

// decimal writes a ratio with one digit, cut off: 4,49 is not 4,5.
func decimal(ratio float64) string {
	tenths := int(ratio * 10)
	return strconv.Itoa(tenths/10) + "," + strconv.Itoa(tenths%10)
}

var (
	secureOrigin = regexp.MustCompile(`^https://[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+(:[0-9]{1,5})?$`)
	localOrigin  = regexp.MustCompile(`^https?://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?$`)
)

// originFault says what is wrong with the address of a site, "" when nothing is. It
// is written into a header, so nothing but an origin may pass.
func originFault(o string) string {
	switch {
	case len(o) <= 255 && (secureOrigin.MatchString(o) || localOrigin.MatchString(o)):
		return ""
	case strings.Contains(o, "*"):
		return "een sterretje kan niet. Noem elke website zelf."
	case strings.HasPrefix(o, "http://"):
		return "alleen https kan, behalve voor localhost."
	}
	return "geef alleen https:// met de naam, zonder pad erachter, zoals https://www.voorbeeld.nl."
}
