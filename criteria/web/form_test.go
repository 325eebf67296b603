package web_test

import (
	"html"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/internal/site/sitetest"
	"zorgplicht/staff"
)

const nested = `# bovenaan
language: 1
name: beheer
title: Beheer
version: 1
from: 2027-01-01
categories: [groen, geel, rood]
fields:
  - {name: achterstand, type: months, from: 0, through: 120}
  - {name: product, type: choice, values: [hypotheek, leven]}
  - {name: regeling, type: yesno}
thresholds:
  - {name: grens, value: months(3), title: Wat te lang is}
  - {name: ruim, value: months(9)}
criteria:
  - {name: lening, when: 'product == "hypotheek"', title: Een lening}
rules:
  - id: R1
    category: rood
    when: lening && achterstand >= grens # waarom
    reason: De achterstand is {achterstand}.
    norm: afm:pri:1
    through: 2027-12-31
    except:
      - id: R1a
        when: regeling
        reason: Er loopt een regeling.
        except:
          - {id: R1b, when: achterstand > ruim, reason: De regeling helpt niet.}
  - {id: R2, category: geel, when: achterstand > months(0) || regeling, reason: Let op., norm: "afm:pri:1"}
`

var (
	inputs  = regexp.MustCompile(`<input\s[^>]*?name="([^"]+)"[^>]*>`)
	areas   = regexp.MustCompile(`(?s)<textarea\s[^>]*?name="([^"]+)"[^>]*>(.*?)</textarea>`)
	selects = regexp.MustCompile(`(?s)<select\s[^>]*?name="([^"]+)"[^>]*>(.*?)</select>`)
	chosen  = regexp.MustCompile(`<option value="([^"]*)" selected`)
	first   = regexp.MustCompile(`<option value="([^"]*)"`)
	valued  = regexp.MustCompile(`\svalue="([^"]*)"`)
)

// shown is what the form would send as it stands.
func (r *room) shown() map[string]string {
	r.T.Helper()
	w := sitetest.Get(r.Site, path+"/formulier")
	if w.Code != http.StatusOK {
		r.T.Fatalf("status %d", w.Code)
	}
	page := w.Body.String()
	out := map[string]string{}
	for _, m := range inputs.FindAllStringSubmatch(page, -1) {
		if v := valued.FindStringSubmatch(m[0]); !strings.Contains(m[0], "checkbox") && v != nil {
			out[m[1]] = html.UnescapeString(v[1])
		}
	}
	for _, m := range areas.FindAllStringSubmatch(page, -1) {
		out[m[1]] = strings.ReplaceAll(html.UnescapeString(m[2]), "\n", "\r\n")
	}
	for _, m := range selects.FindAllStringSubmatch(page, -1) {
		v := chosen.FindStringSubmatch(m[2])
		if v == nil {
			v = first.FindStringSubmatch(m[2])
		}
		out[m[1]] = html.UnescapeString(v[1])
	}
	return out
}

// send fills the form in as it stands, but for these.
func (r *room) send(other map[string]string) (int, string) {
	r.T.Helper()
	fields := r.shown()
	maps.Copy(fields, other)
	var list []string
	for k, v := range fields {
		list = append(list, k, v)
	}
	return r.post(path+"/formulier", list...)
}

func (r *room) text() string {
	r.T.Helper()
	f, err := r.File(r.T.Context(), (staff.Session{Account: r.Who}).Actor(), "beheer")
	if err != nil {
		r.T.Fatal(err)
	}
	return f.Draft.Text
}

func (r *room) nested() {
	r.T.Helper()
	r.must(r.post("/werk/regelsets/nieuw", "name", "beheer", "purpose", "attention"))(http.StatusSeeOther)
	r.must(r.post(path+"/tekst", "gezien", "1", "tekst", nested, "doe", "bewaren"))(http.StatusSeeOther)
}

func TestAFormSentAsItStandsChangesNothing(t *testing.T) {
	r := open(t)
	r.nested()
	r.must(r.send(nil))(http.StatusSeeOther)
	if got := r.text(); got != nested {
		t.Errorf("it became\n%s", got)
	}
}

func TestWhatTheFormWritesIsReadBackTheSame(t *testing.T) {
	r := open(t)
	r.nested()
	change := map[string]string{
		"rules-0-except-0-reason": "Er loopt een regeling: # wacht.", "rules-0-except-0-norm": "bfd:61:1",
		"rules-0-except-0-except-0-right-0": "6", "rules-0-through": "", "rules-0-from": "2027-02-01",
		"criteria-0-title": "Lening", "criteria-0-left-1": "regeling", "criteria-0-op-1": "nee",
		"thresholds-0-title": "", "thresholds-1-value": "months(12)", "rules-1-when": "achterstand > months(1) || regeling",
	}
	r.must(r.send(change))(http.StatusSeeOther)
	want := maps.Clone(change)
	want["rules-0-except-0-except-0-right-0"] = "6"
	now := r.shown()
	for k, v := range want {
		if now[k] != v {
			t.Errorf("%s is %q, want %q", k, now[k], v)
		}
	}
	for _, part := range []string{"# bovenaan", "# waarom", "achterstand > months(6)", `product == "hypotheek" && !regeling`} {
		if !strings.Contains(r.text(), part) {
			t.Errorf("the text lacks %s:\n%s", part, r.text())
		}
	}
	before := r.text()
	r.must(r.send(nil))(http.StatusSeeOther)
	if r.text() != before {
		t.Errorf("sent again it became\n%s", r.text())
	}
}

func TestTheFormAddsAndTakesOut(t *testing.T) {
	r := open(t)
	r.nested()
	r.must(r.send(map[string]string{
		"new-except-of": "rules-0-except-0-except-0", "new-except-id": "R1c", "new-except-left-0": "product", "new-except-op-0": "==", "new-except-right-0": "leven",
		"new-except-reason": "Het is een polis.", "new-criterion-name": "lang", "new-criterion-left-0": "achterstand", "new-criterion-op-0": ">", "new-criterion-right-0": "24",
		"new-threshold-name": "kort", "new-threshold-value": "months(1)", "new-threshold-title": "Kort", "rules-1-weg": "ja", "rules-1-when": "",
	}))(http.StatusSeeOther)
	now := r.shown()
	for k, v := range map[string]string{
		"rules-0-except-0-except-0-except-0-reason": "Het is een polis.", "rules-0-except-0-except-0-except-0-right-0": "leven",
		"criteria-1-left-0": "achterstand", "criteria-1-right-0": "24", "thresholds-2-title": "Kort",
	} {
		if now[k] != v {
			t.Errorf("%s is %q, want %q", k, now[k], v)
		}
	}
	if strings.Contains(r.text(), "R2") {
		t.Error("the rule is still there")
	}
	r.must(r.send(map[string]string{"rules-0-except-0-weg": "ja"}))(http.StatusSeeOther)
	if text := r.text(); strings.Contains(text, "except") || !strings.Contains(text, "R1") {
		t.Errorf("the exceptions are still there:\n%s", text)
	}
}

func TestAFaultInAnExceptionLeadsToItsField(t *testing.T) {
	r := open(t)
	r.nested()
	r.must(r.send(map[string]string{"rules-0-except-0-except-0-left-0": "achterstnd"}))(http.StatusUnprocessableEntity, `href="#rules-0-except-0-except-0-left-0"`)
	r.must(r.send(map[string]string{"new-except-of": "rules-0-except-0", "new-except-id": "R1d", "new-except-left-0": "nergens"}))(http.StatusUnprocessableEntity, `href="#new-except-left-0"`)
	r.must(r.send(map[string]string{"criteria-0-weg": "ja"}))(http.StatusUnprocessableEntity, `href="#rules-0-left-0"`)
	r.must(r.send(map[string]string{"thresholds-0-weg": "ja", "thresholds-1-value": "12 maanden"}))(http.StatusUnprocessableEntity, `href="#thresholds-1-value"`, `name="thresholds-0-weg" id="thresholds-0-weg" value="ja" checked`)
	if r.text() != nested {
		t.Error("a refused form was kept")
	}
}
