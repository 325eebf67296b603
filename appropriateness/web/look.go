package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/party"
	"zorgplicht/staff"
)

// Looks keeps how clients see a firm; party.Service does, and says what each method
// does.
type Looks interface {
	Look(context.Context, ident.Firm) (party.Look, error)
	CheckLook(party.Look) (party.Look, error)
	SetLook(ctx context.Context, by ident.Actor, l party.Look, key string) (party.Look, error)
}

const lookPath = "/werk/huisstijl"

// MountLook mounts the page on which staff set how clients see the firm, and on
// which sites the test may stand.
func MountLook(s *site.Site, l Looks, g Guard) {
	w := wardrobe{l, g}
	s.Handle("GET "+lookPath, g.Staff(staff.SetLook, w.show))
	s.Handle("POST "+lookPath, g.Staff(staff.SetLook, w.set))
}

type wardrobe struct {
	looks Looks
	guard Guard
}

// A lookPage is the form with what was filled in, and a preview of it.
type lookPage struct {
	frame    site.Work
	firm     string
	look     party.Look
	origins  string // as typed, a line each
	problems []site.Problem
	saved    bool
}

func (w wardrobe) page(r *http.Request, who staff.Session, l party.Look) lookPage {
	p := lookPage{frame: w.guard.Frame(r, who, "Huisstijl en websites"), firm: who.FirmName, look: l, origins: strings.Join(l.Origins, "\n")}
	p.frame.Lead = "Zo zien uw klanten de toets, en op deze websites mag hij staan."
	p.frame.Preview = site.Look{Accent: l.Accent, Band: l.Band}
	return p
}

func (w wardrobe) show(r *http.Request, who staff.Session) (site.Reply, error) {
	l, err := w.looks.Look(r.Context(), who.Actor().Firm)
	if err != nil {
		return nil, err
	}
	p := w.page(r, who, l)
	p.saved = r.FormValue("bewaard") == "ja"
	return site.Page(http.StatusOK, lookForm(p)), nil
}

// set keeps the look, or shows it without keeping it.
func (w wardrobe) set(r *http.Request, who staff.Session) (site.Reply, error) {
	asked, err := w.looks.CheckLook(party.Look{
		Name: r.PostFormValue("naam"), Accent: r.PostFormValue("accent"), Band: r.PostFormValue("band"),
		Origins: strings.FieldsFunc(r.PostFormValue("websites"), func(c rune) bool { return c == '\n' || c == '\r' || c == ' ' || c == ',' }),
	})
	if err == nil && r.PostFormValue("actie") != "voorbeeld" {
		if _, err = w.looks.SetLook(r.Context(), who.Actor(), asked, ""); err == nil {
			return site.SeeOther(lookPath + "?bewaard=ja"), nil
		}
	}
	refusal := fault.As(err)
	if err != nil && (refusal == nil || refusal.Reason != "look-invalid") {
		return nil, err
	}
	p := w.page(r, who, asked)
	if refusal == nil {
		return site.Page(http.StatusOK, lookForm(p)), nil
	}
	for _, d := range refusal.Details {
		p.problems = append(p.problems, site.Problem{Field: lookField(d.Pointer), Text: d.Text})
	}
	p.frame.Failed = true
	return site.Page(http.StatusBadRequest, lookForm(p)), nil
}

// lookField leads a fault of the service to the field of the page.
func lookField(pointer string) string {
	switch {
	case pointer == "/name":
		return "naam"
	case strings.HasPrefix(pointer, "/frameOrigins"):
		return "websites"
	}
	return strings.TrimPrefix(pointer, "/")
}

// problem is all that is wrong with a field, in one line.
func (p lookPage) problem(field string) string {
	var all []string
	for _, x := range p.problems {
		if x.Field == field {
			all = append(all, x.Text)
		}
	}
	return strings.Join(all, " ")
}

// name is that which clients read.
func (p lookPage) name() string {
	if p.look.Name != "" {
		return p.look.Name
	}
	return p.firm
}

// colours tell what the pages make of the accent.
func (p lookPage) colours() []site.Term {
	c, ok := site.ParseColour(p.look.Accent)
	if !ok {
		return nil
	}
	palette, ok := site.PaletteOf(c)
	if !ok {
		return nil
	}
	light, dark := palette.Least()
	return []site.Term{
		{Name: "Op een licht scherm", Text: palette.Light.Plain.String() + ", contrast ten minste " + ratio(light) + " op 1"},
		{Name: "Op een donker scherm", Text: palette.Dark.Plain.String() + ", contrast ten minste " + ratio(dark) + " op 1"},
	}
}

// ratio writes a contrast with one digit, cut off.
func ratio(r float64) string {
	tenths := int(r * 10)
	return strconv.Itoa(tenths/10) + "," + strconv.Itoa(tenths%10)
}

// sampleChoices are the answers of the question in the preview.
var sampleChoices = []site.Choice{{Value: "a", Text: "Dit antwoord is gekozen."}, {Value: "b", Text: "Dit antwoord is niet gekozen."}}
