package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/staff"
)

// The fields of the form on fines.
const (
	fieldNorms   = "normen"
	fieldType    = "soort"
	fieldAlso    = "ook"
	fieldFirst   = "voorrang"
	fieldBalance = "balans"
	fieldStaff   = "fte"
	fieldData    = "gegevens"
)

// offenderTypes are the types of article 2 of Bijlage 10, as people know them. The
// articles that it names are not in the source, so what they stand for is what the
// criteria of article 3 and the note show.
var offenderTypes = []site.Choice{
	{Value: "", Text: "Nog niet bekend"},
	{Value: "a", Text: "a: onder meer banken (artikel 13, eerste lid, onder c, en artikel 14, eerste lid, onder a, b en c, Wfd)"},
	{Value: "b", Text: "b: schadeverzekeraar"},
	{Value: "c", Text: "c: levensverzekeraar"},
	{Value: "d", Text: "d: artikel 14, eerste lid, onder e, Wfd"},
	{Value: "e", Text: "e: ieder ander, zoals bemiddelaar of adviseur"},
}

var dataChoices = []site.Choice{
	{Value: "", Text: "Staan hierboven, of zijn niet bekend"},
	{Value: "niet", Text: "Zijn er niet; de toezichthouder heeft ze niet opgevraagd"},
	{Value: "gevraagd", Text: "Zijn opgevraagd; de termijn loopt nog"},
	{Value: "uitgebleven", Text: "Zijn opgevraagd en niet op tijd gegeven"},
}

// A finesView is what chosen breaches could cost a firm that describes itself. All
// of it lies in the address, so that it can be sent on; nothing is kept.
type finesView struct {
	frame    site.Work
	asked    url.Values
	norms    []ident.Norm
	offender law.Offender
	problems map[string]string
	cost     law.ExposureOut
	lines    []fineLine
	hits     []law.Norm // what was sought, to add
}

// A fineLine is the fine for one breach under one reading of the table.
type fineLine struct {
	norm            ident.Norm
	tariff, reading string
	fine            law.FineOut // at least
	most            int64
}

func (p pages) fines(r *http.Request, who staff.Session) (site.Reply, error) {
	v := p.readFines(r, who)
	status := http.StatusOK
	if len(v.problems) > 0 {
		status = http.StatusBadRequest
	}
	return site.Page(status, finesPage(v)), nil
}

// readFines reads the breaches and the firm, and asks the rules.
func (p pages) readFines(r *http.Request, who staff.Session) finesView {
	v := finesView{frame: p.guard.Frame(r, who, "Wat kunnen overtredingen kosten?"), asked: r.URL.Query(), problems: map[string]string{}}
	v.frame.Wide = true
	v.frame.Trail = []site.Link{{Text: "Normen", Href: listPath}}
	v.frame.Lead = "Volgens bijlage 10 van het besluit van 2005. Het is een bandbreedte met aannames, geen voorspelling: de toezichthouder mag een boete opleggen, maar hoeft dat niet."
	v.readNorms()
	v.readFirm()
	for _, d := range (law.ExposureIn{Offender: v.offender}).Check() {
		v.blame(d)
	}
	if v.frame.Failed = len(v.problems) > 0; !v.frame.Failed && len(v.norms) > 0 {
		v.reckon()
	}
	if sought := v.value("zoek"); sought != "" {
		v.hits = slices.DeleteFunc(law.Search(sought), func(n law.Norm) bool {
			return n.Profile != "bfd-2005" || len(n.Tariffs()) == 0 || slices.Contains(v.norms, n.ID)
		})
		v.hits = v.hits[:min(10, len(v.hits))]
	}
	return v
}

func (v finesView) value(name string) string { return strings.TrimSpace(v.asked.Get(name)) }

// readNorms reads a norm from each line: an id, or the citation as we write it.
func (v *finesView) readNorms() {
	var unknown []string
	number := 0
	for line := range strings.Lines(v.asked.Get(fieldNorms)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if id, ok := breached(line); ok {
			v.norms = append(v.norms, id)
		} else {
			unknown = append(unknown, strconv.Itoa(number))
		}
	}
	if len(unknown) > 0 {
		v.problems[fieldNorms] = "Regel " + strings.Join(unknown, " en ") + " is geen norm van het besluit. Schrijf een kenmerk zoals bfd:12:1, of zoek de norm hieronder."
	}
}

// breached returns the norm of the decree that a line names.
func breached(line string) (ident.Norm, bool) {
	if n, ok := law.Find(ident.Norm(strings.ToLower(line))); ok {
		return n.ID, n.Profile == "bfd-2005"
	}
	plain := func(s string) string { return strings.ReplaceAll(s, ",", "") }
	for _, n := range law.Norms() {
		if n.Profile == "bfd-2005" && strings.EqualFold(plain(n.ID.Dutch()), plain(line)) {
			return n.ID, true
		}
	}
	return "", false
}

func (v *finesView) readFirm() {
	text := func(name string) *string {
		if s := v.value(name); s != "" {
			return &s
		}
		return nil
	}
	v.offender = law.Offender{
		Type: text(fieldType), AlsoType: text(fieldAlso), Precedence: text(fieldFirst), Balance: v.amount(fieldBalance), Staff: v.amount(fieldStaff),
	}
	yes, no, none := true, false, "not supplied"
	switch v.value(fieldData) {
	case "niet":
		v.offender.SizeData = &none
	case "gevraagd":
		v.offender.SizeData, v.offender.Requested = &none, &yes
	case "uitgebleven":
		v.offender.SizeData, v.offender.Requested, v.offender.Answered = &none, &yes, &no
	}
}

var grouped = regexp.MustCompile(`^\d{1,3}(\.\d{3})+(,\d+)?$`)

// amount reads a number as the Dutch write it: 1.250.000 or 4,5.
func (v *finesView) amount(name string) *money.Decimal {
	s := strings.NewReplacer(" ", "", "\u00a0", "", "€", "").Replace(v.value(name))
	if s == "" {
		return nil
	}
	if grouped.MatchString(s) {
		s = strings.ReplaceAll(s, ".", "")
	}
	d, err := money.Parse(strings.Replace(s, ",", ".", 1))
	if err != nil {
		v.problems[name] = "Vul een getal in, zoals 1.250.000 of 4,5."
		return nil
	}
	return &d
}

// fieldOf says in which field of the form a fact of the rule is given.
var fieldOf = map[string]string{
	"/provider_type": fieldType, "/also_provider_type": fieldAlso, "/precedence": fieldFirst, "/balance_sheet_total_eur": fieldBalance,
	"/fte_directly_engaged_in_financial_services": fieldStaff,
}

func (v *finesView) blame(d fault.Detail) { v.problems[fieldOf[d.Pointer]] = d.Text }

// reckon asks the rules exposure and fine.
func (v *finesView) reckon() {
	violated := make([]string, len(v.norms))
	for i, n := range v.norms {
		violated[i] = string(n)
	}
	v.cost = law.Exposure.Ask(law.ExposureIn{Violated: violated, Offender: v.offender})
	for _, n := range v.norms {
		provision := string(n)
		main := law.Fine.Ask(law.FineIn{Provision: &provision, Offender: v.offender})
		if main.Base == nil {
			v.lines = append(v.lines, fineLine{norm: n, fine: main})
			continue
		}
		tariffs := law.TariffLookup.Ask(law.LookupIn{Provision: provision}).Tariffs
		if len(main.Other) == 0 {
			tariffs = tariffs[:1]
		}
		for i, t := range tariffs {
			l := fineLine{norm: n, tariff: t}
			if len(tariffs) > 1 {
				l.reading = "lezing " + strconv.Itoa(i+1) + " van " + strconv.Itoa(len(tariffs))
			}
			l.fine, l.most = between(provision, t, v.offender)
			v.lines = append(v.lines, l)
		}
	}
}

// between asks for the lowest fine, and the highest that the same facts allow.
func between(provision, tariff string, o law.Offender) (least law.FineOut, most int64) {
	least = law.Fine.Ask(law.FineIn{Provision: &provision, Tariff: &tariff, Offender: o})
	yes, no, higher := true, false, "higher"
	switch {
	case least.Fine.V == 0: // of any size: as if no answer came
		o.Requested, o.Answered = &yes, &no
	case o.Precedence == nil:
		o.Precedence = &higher
	}
	return least, law.Fine.Ask(law.FineIn{Provision: &provision, Tariff: &tariff, Offender: o}).Fine.V
}

var firstChoices = []site.Choice{{Value: "", Text: "Niet gekozen"}, {Value: "lower", Text: "De soort met de laagste categorie"}, {Value: "higher", Text: "De soort met de hoogste categorie"}}

func alsoTypes() []site.Choice {
	all := slices.Clone(offenderTypes)
	all[0].Text = "Nee"
	return all
}

// summary names what is wrong, in the order of the form.
func (v finesView) summary() (all []site.Problem) {
	for _, name := range []string{fieldNorms, fieldType, fieldStaff, fieldBalance, fieldAlso, fieldFirst} {
		if text := v.problems[name]; text != "" {
			all = append(all, site.Problem{Field: name, Text: text})
		}
	}
	return all
}
