package app

import (
	"bytes"
	"html"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

// aBSN passes the eleven test and belongs to nobody.
const aBSN = "111222333"

// otherwise are fields that refuse a BSN with other words, since nothing like it fits
// there: a number, a code in a form of its own, an address without a path. By the
// action of their form, * for an id, and their name.
var otherwise = regexp.MustCompile(`^/werk/(distributie bemiddelaar|huisstijl (accent|band|websites)|vragen/(nieuw|\*/bewerken) (kenmerk|gewicht)|` +
	`toetsen/(nieuw|[a-z-]+/ontwerp) (id|minutes|form-.*|scoring-(cut_|knowledge_|experience_|elements-).*|policy-(retake-(cooling_hours|at_most|within_days|new_families_percent)|(open_hours|link_days|valid_days)))|` +
	`post/in/\*/(zaak nummer|klacht postcode)|klachten/(nieuw postcode|procedure (bevestiging|antwoord|uitstel))|` +
	`adviezen/(nieuw|\*/verbetering) (inkomen|vermogen|schuld)|bewaren/beleid (onder|boven)grens-.*|kredietaanvragen/normbedragen (veld|bedrag)|` +
	`provisie/(berekenen maand|rekening iban|afspraken/\*/inzage onderneming|afspraken/(nieuw|\*/wijzigen) (code|iban|percentage-\d+))|` +
	`krediet/portefeuille/overeenkomst/[^/]+/vastleggen (rente|effectief|saldo)|` +
	`krediet/(nieuw|\*/wijzigen) (bedragen|rente|maanden|deel|actierente|actiemaanden|kosten|maandkosten|vervroegd))$`)

// A field is one field of a form, with what the page puts in it.
type field struct {
	name, kind, value string
	free              bool
}

// A filled is a form of a page that posts.
type filled struct {
	action string
	fields []field
}

var (
	formIn    = regexp.MustCompile(`(?s)<form([^>]*)>(.*?)</form>`)
	fieldIn   = regexp.MustCompile(`(?s)<input([^>]*)>|<textarea([^>]*)>(.*?)</textarea>|<select([^>]*)>(.*?)</select>`)
	optionIn  = regexp.MustCompile(`<option([^>]*)>`)
	linkIn    = regexp.MustCompile(`<a[^>]* href="(/werk[^"#]*)"`)
	partOf    = regexp.MustCompile(`([a-z-]+)(?:="([^"]*)")?`)
	varied    = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|=[^&]*|vraag/[^/?]+|normen/[a-z0-9]+:[^/?]+|regels/[^/?]+`)
	takesAway = regexp.MustCompile(`\.(csv|xlsx|json|pdf|html|zip)(\?|$)|/afmelden|/dossier`)
	freeKinds = []string{"", "text", "search", "email", "url", "textarea"}
)

func attributes(tag string) map[string]string {
	m := map[string]string{}
	for _, a := range partOf.FindAllStringSubmatch(tag, -1) {
		m[a[1]] = html.UnescapeString(a[2])
	}
	return m
}

// formsOf are the forms of a page that post to the workspace.
func formsOf(page, path string) (all []filled) {
	for _, m := range formIn.FindAllStringSubmatch(page, -1) {
		a := attributes(m[1])
		if a["method"] != "post" {
			continue
		}
		f := filled{action: a["action"]}
		if f.action == "" {
			f.action = path
		}
		for _, in := range fieldIn.FindAllStringSubmatch(m[2], -1) {
			if one, ok := fieldOf(in); ok {
				f.fields = append(f.fields, one)
			}
		}
		all = append(all, f)
	}
	return all
}

func fieldOf(in []string) (field, bool) {
	switch {
	case in[2] != "":
		return field{attributes(in[2])["name"], "textarea", html.UnescapeString(in[3]), true}, true
	case in[4] != "":
		f := field{attributes(in[4])["name"], "select", "", false}
		for i, o := range optionIn.FindAllStringSubmatch(in[5], -1) {
			if a := attributes(o[1]); i == 0 || strings.Contains(o[1], " selected") {
				f.value = a["value"]
			}
		}
		return f, true
	}
	a := attributes(in[1])
	_, checked := a["checked"]
	if kind := a["type"]; (kind == "checkbox" || kind == "radio") && !checked || kind == "file" || a["name"] == "" {
		return field{}, false
	}
	return field{a["name"], a["type"], a["value"], slices.Contains(freeKinds, a["type"])}, true
}

// withBSN is what the form sends when somebody types a BSN in field i.
func (f filled) withBSN(i int) (pairs []string) {
	for j, one := range f.fields {
		value := one.value
		if i == j {
			switch one.kind {
			case "email":
				value = "klant-" + aBSN + "@voorbeeld.nl"
			case "url":
				value = "https://voorbeeld.nl/" + aBSN
			default:
				value = "klant " + aBSN
			}
		}
		pairs = append(pairs, one.name, value)
	}
	return pairs
}

// walk reads every page that can be reached from the first one, one of each shape,
// and returns the forms.
func walk(t *testing.T, v *visitor, first ...string) (forms []filled, pages int) {
	t.Helper()
	seen, known := map[string]bool{}, map[string]bool{}
	for queue := first; len(queue) > 0; queue = queue[1:] {
		path := html.UnescapeString(queue[0])
		if shape := varied.ReplaceAllString(path, "*"); seen[shape] || takesAway.MatchString(path) {
			continue
		} else {
			seen[shape] = true
		}
		h := sure(t)(v.get(path))
		if h.status != http.StatusOK {
			continue
		}
		pages++
		for _, m := range linkIn.FindAllStringSubmatch(h.body, -1) {
			queue = append(queue, m[1])
		}
		for _, f := range formsOf(h.body, path) {
			if shape := varied.ReplaceAllString(f.action, "*"); !known[shape] {
				known[shape] = true
				forms = append(forms, f)
			}
		}
	}
	return forms, pages
}

// TestNoFieldOfAPageTakesABSN walks through the workspace as somebody who may do
// everything, and types a BSN in each free field of each form it meets. A field that
// is new is met by itself.
func TestNoFieldOfAPageTakesABSN(t *testing.T) {
	o := serveHouse(t, newHouse(t, sqldb.SQLite))
	n := o.tenants("vrij")[0]
	var roles []staff.Role
	for _, r := range staff.Roles {
		if r != staff.Supervisor && r != staff.Inspector {
			roles = append(roles, r)
		}
	}
	account, password, err := o.Staff.AddAccount(t.Context(), staff.Account{Firm: n.firm, Name: "Kan alles", Email: "alles@kantoor.example", Roles: roles}, "")
	if err != nil {
		t.Fatal(err)
	}
	v := newVisitor(o.base)
	v.cookie = o.signIn(account.Email, password)
	first := []string{"/werk/account"}
	for _, e := range staffMenu {
		first = append(first, e.Href)
	}
	forms, pages := walk(t, v, first...)
	tried := 0
	for _, f := range forms {
		for i, one := range f.fields {
			if !one.free {
				continue
			}
			tried++
			name := varied.ReplaceAllString(f.action, "*") + " " + one.name
			h := sure(t)(v.post(f.action, f.withBSN(i)...))
			word := strings.Contains(h.body, "burgerservicenummer")
			if strings.HasPrefix(f.action, "/werk/regelsets/") {
				continue // a set of rules is refused whole; that it says so of a BSN is tried in room criteria
			}
			if refused := h.status == http.StatusBadRequest || h.status == http.StatusConflict || h.status == http.StatusUnprocessableEntity; word && !refused || !word && !otherwise.MatchString(name) {
				t.Errorf("%q: a BSN is answered %d, with a word on it: %t", name, h.status, word)
			}
		}
	}
	t.Logf("%d pages, %d forms, %d fields", pages, len(forms), tried)
	if pages < 30 || tried < 30 {
		t.Errorf("only %d pages and %d fields were met", pages, tried)
	}
	mustHoldNoBSN(t, o.house)
}

// mustHoldNoBSN looks through the bytes of the store.
func mustHoldNoBSN(t *testing.T, h *house) {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(h.storeFile() + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if at := bytes.Index(b, []byte(aBSN)); at >= 0 {
			t.Errorf("the store%s holds the BSN: %q", suffix, b[max(0, at-80):at+20])
		}
	}
}
