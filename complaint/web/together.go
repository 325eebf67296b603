package web

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A togetherPage changes several complaints at once: what is chosen, what it would do,
// and what it did.
type togetherPage struct {
	frame    site.Work
	chosen   []string // id and revision, as the list sent them
	count    int
	results  []complaint.JointResult
	tried    bool
	names    map[string]string
	others   []site.Choice
	value    func(string) string
	problems []site.Problem
}

func (v togetherPage) problem(field string) string { return problem(v.problems, field) }

// chosenOf reads what the list sent: "id.revision" of each. What we did not write is
// left out.
func chosenOf(sent []string) (chosen []complaint.Chosen, words []string) {
	for _, s := range sent {
		id, rev, _ := strings.Cut(s, ".")
		saw, err := strconv.ParseInt(rev, 10, 64)
		if err != nil || saw < 0 || !ident.Valid(id) {
			continue
		}
		chosen, words = append(chosen, complaint.Chosen{ID: casework.ID(id), Saw: saw}), append(words, s)
	}
	return chosen, words
}

func (p pages) togetherPage(r *http.Request, who staff.Session) (v togetherPage, chosen []complaint.Chosen, err error) {
	if err := r.ParseForm(); err != nil {
		return v, nil, err
	}
	chosen, v.chosen = chosenOf(r.Form["k"])
	v.count, v.value = len(chosen), r.PostFormValue
	v.frame = p.guard.Frame(r, who, "Klachten samen wijzigen")
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Klachten", Href: listPath}}, true
	v.names, v.others, err = p.names(r, who.Account.Firm)
	return v, chosen, err
}

func (p pages) showTogether(r *http.Request, who staff.Session) (site.Reply, error) {
	v, _, err := p.togetherPage(r, who)
	if err != nil {
		return nil, err
	}
	if v.count == 0 {
		v.problems = []site.Problem{{Text: "Kies een of meer klachten uit de lijst."}}
	}
	return site.Page(http.StatusOK, showTogether(v)), nil
}

func (p pages) together(r *http.Request, who staff.Session) (site.Reply, error) {
	v, chosen, err := p.togetherPage(r, who)
	if err != nil {
		return nil, err
	}
	v.tried = r.PostFormValue("stap") != "doen"
	field := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	v.results, err = p.desk.Together(r.Context(), who.Actor(), chosen, complaint.Joint{
		Handler: field("behandelaar"), Team: field("team"), Product: field("product"), Service: field("dienst"), Cause: complaint.Cause(field("oorzaak")), Group: field("groep"),
	}, v.tried)
	if problems, ok := refused(err, jointPointers); ok {
		v.problems, v.frame.Failed, v.results = problems, true, nil
		return site.Page(http.StatusBadRequest, showTogether(v)), nil
	}
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showTogether(v)), nil
}

var jointPointers = map[string]string{"/what": "behandelaar", "/handler": "behandelaar", "/team": "team", "/product": "product", "/service": "dienst", "/cause": "oorzaak", "/group": "groep"}

// does counts those that are not refused.
func (v togetherPage) does() (n int) {
	for _, r := range v.results {
		if len(r.Refused) == 0 {
			n++
		}
	}
	return n
}

func (v togetherPage) heading() string {
	n, of := v.does(), len(v.results)
	switch {
	case v.tried && of == 1:
		return map[int]string{0: "Voorbeeld: deze klacht blijft zoals zij is", 1: "Voorbeeld: deze klacht wijzigt"}[n]
	case v.tried && n == 1:
		return fmt.Sprintf("Voorbeeld: 1 van de %d klachten wijzigt", of)
	case v.tried:
		return fmt.Sprintf("Voorbeeld: %d van de %d klachten wijzigen", n, of)
	case of == 1:
		return map[int]string{0: "De klacht is niet gewijzigd", 1: "Gedaan: de klacht is gewijzigd"}[n]
	case n == of:
		return fmt.Sprintf("Gedaan: %d klachten zijn gewijzigd", n)
	case n == 1:
		return fmt.Sprintf("1 van de %d klachten is gewijzigd", of)
	}
	return fmt.Sprintf("%d van de %d klachten zijn gewijzigd", n, of)
}

// button says what pressing it does.
func (v togetherPage) button() string {
	if n := v.does(); n > 1 {
		return fmt.Sprintf("Deze %d klachten wijzigen", n)
	}
	return "Deze klacht wijzigen"
}

// picked says how many were chosen.
func (v togetherPage) picked() string {
	if v.count == 1 {
		return "1 klacht gekozen."
	}
	return fmt.Sprintf("%d klachten gekozen.", v.count)
}

func (v togetherPage) table() site.Table {
	t := site.Table{Caption: "Per klacht", Hidden: true, Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Waarover"}, {Name: "Wordt"}}}
	if !v.tried {
		t.Columns[2].Name = "Is nu"
	}
	for _, r := range v.results {
		says := strings.Join(r.Differs(func(id string) string { return v.names[id] }, causeText), ", ")
		cell := site.Cell{Text: cmp.Or(says, "blijft zoals het is")}
		if len(r.Refused) > 0 {
			cell = site.Cell{Tag: &site.Tag{Tone: site.Bad, Text: "niet: " + r.Refused[0].Text}}
		}
		number := site.Cell{Text: "onbekend"}
		if r.Number != "" {
			number = site.Cell{Text: r.Number, Href: onePath(r.ID)}
		}
		t.Rows = append(t.Rows, []site.Cell{number, {Text: cmp.Or(r.Title, "–")}, cell})
	}
	return t
}
