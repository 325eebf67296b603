package lending_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/lending"
	"zorgplicht/money"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

var today = calendar.MustParse("2026-06-01")

func published(t ruletest.T, text string) criteria.Published {
	t.Helper()
	p, err := criteria.Read([]byte(text))
	if err != nil {
		t.Fatalf("%v: %+v", err, fault.As(err).Details)
	}
	s := p.Set()
	return criteria.Published{Program: p, Release: criteria.Release{Name: s.Name, Title: s.Title, Version: s.Version, Hash: s.Hash(), From: s.From, Purpose: criteria.Acceptance}}
}

func codes(list []rule.Reason) string {
	var all []string
	for _, r := range list {
		all = append(all, r.Code)
	}
	return strings.Join(all, " ")
}

func norm(nr int64, household, value, from string) lending.NormAmount {
	return lending.NormAmount{Name: "leefnorm", Household: household, Value: money.MustParse(value), From: calendar.MustParse(from), Source: "tabel", Nr: nr}
}

func TestTheValuesOfADay(t *testing.T) {
	for _, c := range []struct {
		says      string
		household string
		norms     []lending.NormAmount
		leefnorm  string
		codes     string
	}{
		{"the newest that has begun counts", "", []lending.NormAmount{norm(1, "", "1000", "2025-01-01"), norm(2, "", "1100", "2026-01-01"), norm(3, "", "1200", "2026-07-01")}, "1100", "told norm"},
		{"that of the own household goes before that of all", "gezin", []lending.NormAmount{norm(1, "gezin", "1900", "2025-01-01"), norm(2, "", "1100", "2026-01-01")}, "1900", "told norm"},
		{"that of another household is none", "alleenstaand", []lending.NormAmount{norm(1, "gezin", "1900", "2025-01-01")}, "", "told no_norm"},
		{"of one day the one entered last counts", "", []lending.NormAmount{norm(2, "", "1150", "2026-01-01"), norm(1, "", "1100", "2026-01-01")}, "1150", "told norm"},
		{"it counts from its first day", "", []lending.NormAmount{norm(1, "", "1100", "2026-06-01")}, "1100", "told norm"},
		{"without an amount nothing is filled in", "", nil, "", "told"},
	} {
		t.Run(c.says, func(t *testing.T) {
			in := lending.ValuesIn{Day: &today, Fields: []string{"leefnorm", "inkomen"}, Told: map[string]string{"inkomen": "2500"}, Norms: c.norms}
			if c.household != "" {
				in.Household = &c.household
			}
			out := lending.ApplicationValues.Ask(in)
			if out.Values["leefnorm"] != c.leefnorm || codes(out.Because) != c.codes || out.Values["inkomen"] != "2500" {
				t.Errorf("%v, %s", out.Values, codes(out.Because))
			}
			ruletest.Explained(t, out.Because)
		})
	}
}

func TestTheRequestFillsInWhatTheCriteriaAsk(t *testing.T) {
	in := lending.ValuesIn{
		Day: &today, Fields: []string{"gevraagd", "term", "kinderen", "huishouden"}, Amount: new(money.MustParse("7500.5")), Months: new(int64(48)), Children: new(int64(2)),
		Household: new("gezin"), Purpose: new("vervoer"), Told: map[string]string{"gevraagd": "1", "hobby": "veel", "term": ""}, Norms: []lending.NormAmount{},
	}
	out := lending.ApplicationValues.Ask(in)
	want := map[string]string{"gevraagd": "7500.5", "term": "48", "kinderen": "2", "huishouden": "gezin"}
	if !maps.Equal(out.Values, want) || codes(out.Because) != "told not_wanted" {
		t.Errorf("%v, %s", out.Values, codes(out.Because))
	}
}

// fitting are values with which the starter accepts.
func fitting() map[string]string {
	return map[string]string{
		"gevraagd": "10000", "inkomen": "2800", "woonlasten": "900", "bestaande_kredieten": "0", "termijn": "210", "registratie": "schoon", "leefnorm": "1100",
	}
}

func TestTheVerdictOfTheFirmsOwnCriteria(t *testing.T) {
	set := published(t, lending.Starter)
	for _, c := range []struct {
		says    string
		change  map[string]string
		verdict lending.Verdict
		changes string
		missing string
	}{
		{"what fits is accepted", nil, lending.Fits, "", ""},
		{"too little is left: the changes say how much it takes", map[string]string{"inkomen": "2000"}, lending.Refuse, "inkomen 2000.00>2210.00", ""},
		{"what lies in between is for a person", map[string]string{"gevraagd": "40000"}, lending.Discuss, "gevraagd 40000.00>33600.00", ""},
		{"two rules ask two changes", map[string]string{"registratie": "achterstand", "inkomen": "2000"}, lending.Refuse, "inkomen 2000.00>2210.00, registratie achterstand>schoon", ""},
		{"an unknown income could still refuse", map[string]string{"inkomen": ""}, lending.Incomplete, "", "inkomen"},
		{"what is heavy already needs no more to be known", map[string]string{"inkomen": "", "registratie": "achterstand"}, lending.Refuse, "?", ""},
		{"all that is open is named", map[string]string{"inkomen": "", "woonlasten": ""}, lending.Incomplete, "", "inkomen woonlasten"},
	} {
		t.Run(c.says, func(t *testing.T) {
			values := fitting()
			maps.Copy(values, c.change)
			m, err := set.Matter(today, values)
			if err != nil {
				t.Fatal(err)
			}
			out := lending.ApplicationVerdict.Ask(lending.VerdictIn{Matter: m})
			var changes []string
			for _, x := range out.Changes {
				changes = append(changes, fmt.Sprintf("%s %s>%s", x.Field, plain(x.From), plain(x.To)))
			}
			if got := strings.Join(changes, ", "); out.Verdict != c.verdict || c.changes != "?" && got != c.changes || strings.Join(out.Missing, " ") != c.missing {
				t.Errorf("%s, %q, missing %v", out.Verdict, got, out.Missing)
			}
			ruletest.Explained(t, out.Because)
		})
	}
}

// plain writes amounts with two decimals, whatever they came with.
func plain(s string) string {
	if d, err := money.Parse(s); err == nil && !strings.Contains(d.String(), ".") {
		return d.String() + ".00"
	}
	return s
}

func TestTheChangesAlwaysFitAndNoneIsSpare(t *testing.T) {
	set := published(t, lending.Starter)
	rapid.Check(t, func(t *rapid.T) {
		values := map[string]string{}
		for _, name := range []string{"gevraagd", "inkomen", "woonlasten", "bestaande_kredieten", "termijn", "leefnorm"} {
			values[name] = fmt.Sprint(rapid.IntRange(0, 20000).Draw(t, name))
		}
		values["registratie"] = rapid.SampledFrom([]string{"schoon", "hersteld", "achterstand"}).Draw(t, "registratie")
		ask := func(values map[string]string) lending.VerdictOut {
			m, err := set.Matter(today, values)
			if err != nil {
				t.Fatal(err)
			}
			return lending.ApplicationVerdict.Ask(lending.VerdictIn{Matter: m})
		}
		out := ask(values)
		if out.Verdict == lending.Incomplete || out.Verdict == lending.Fits != (len(out.Changes) == 0) && !strings.Contains(codes(out.Because), "no_way") {
			t.Fatalf("%s with %d changes", out.Verdict, len(out.Changes))
		}
		for _, spared := range append([]string{""}, fields(out.Changes)...) {
			with := maps.Clone(values)
			for _, c := range out.Changes {
				if c.Field != spared {
					with[c.Field] = c.To
				}
			}
			if again := ask(with); len(out.Changes) > 0 && (again.Verdict == lending.Fits) != (spared == "") {
				t.Fatalf("without the change of %q it is %s", spared, again.Verdict)
			}
		}
	})
}

func fields(list []criteria.Changed) (names []string) {
	for _, c := range list {
		names = append(names, c.Field)
	}
	return names
}

func TestWhatTheFirmMayDecide(t *testing.T) {
	for _, c := range []struct {
		says              string
		decision, verdict string
		exempt, reason    bool
		allowed           bool
		code              string
	}{
		{"what fits is accepted", "accept", "accept", false, false, true, "follows"},
		{"what the criteria refuse is not accepted by hand, whatever the reason", "accept", "refuse", false, true, false, "refused"},
		{"what they leave to a person asks a reason", "accept", "refer", false, false, false, "no_reason"},
		{"and is accepted with one", "accept", "refer", false, true, true, "reasoned"},
		{"nothing is accepted unjudged", "accept", "", false, true, false, "not_judged"},
		{"nor when something is missing", "accept", "incomplete", false, true, false, "not_judged"},
		{"where the criteria do not hold they are not asked", "accept", "", true, false, true, "exempt"},
		{"a refusal follows the criteria", "decline", "refuse", false, false, true, "follows"},
		{"a refusal of what fits asks a reason", "decline", "accept", false, false, false, "no_reason"},
		{"and stands with one", "decline", "accept", false, true, true, "reasoned"},
		{"a refusal needs no judgement, but a reason", "decline", "", false, true, true, "reasoned"},
		{"also where the criteria do not hold", "decline", "", true, false, false, "no_reason"},
	} {
		t.Run(c.says, func(t *testing.T) {
			in := lending.ChoiceIn{Decision: &c.decision, Exempt: &c.exempt, Reason: &c.reason}
			if c.verdict != "" {
				in.Verdict = &c.verdict
			}
			if out := lending.ApplicationDecision.Ask(in); out.Allowed != c.allowed || codes(out.Because) != c.code {
				t.Errorf("%t, %s", out.Allowed, codes(out.Because))
			}
		})
	}
}

func TestTheMarginOfSecurities(t *testing.T) {
	value := func(on, v string) lending.ValueOn {
		return lending.ValueOn{On: new(calendar.MustParse(on)), Value: new(money.MustParse(v))}
	}
	for _, c := range []struct {
		says   string
		values []lending.ValueOn
		part   string
		since  string
		next   string
		codes  string
	}{
		{"exactly 70% is within", []lending.ValueOn{value("2026-01-01", "100000")}, "70", "", "2026-01-31", "within interval_taken"},
		{"a cent less is over, and never reads as 70%", []lending.ValueOn{value("2026-01-01", "99999.99")}, "70.01", "2026-01-01", "2026-01-31", "over interval_taken"},
		{"over since the first of the last run", []lending.ValueOn{value("2026-03-01", "80000"), value("2026-01-01", "90000"), value("2026-02-01", "110000"), value("2026-04-01", "70000")}, "100", "2026-03-01", "2026-05-01", "over interval_taken"},
		{"what is worth nothing has no part", []lending.ValueOn{value("2026-01-01", "0")}, "", "2026-01-01", "2026-01-31", "worthless interval_taken"},
	} {
		t.Run(c.says, func(t *testing.T) {
			out := lending.SecuritiesMargin.Ask(lending.MarginIn{Amount: new(money.Whole(70000)), Values: c.values})
			part, since := rule.Word(out.Part), ""
			if out.Since != nil {
				since = out.Since.String()
			}
			if part != c.part || since != c.since || out.Within != (c.since == "") || out.Next.String() != c.next || codes(out.Because) != c.codes {
				t.Errorf("%+v", out)
			}
			ruletest.Explained(t, out.Because)
		})
	}
	if out := lending.SecuritiesMargin.Ask(lending.MarginIn{Amount: new(money.Whole(1)), Values: []lending.ValueOn{value("2026-01-01", "10")}, Every: new(int64(7))}); out.Next.String() != "2026-01-08" {
		t.Errorf("a firm's own interval ends on %s", out.Next)
	}
}

func TestTheRulesRefuseWhatTheyCannotChooseBy(t *testing.T) {
	desk := ruletest.Desk(t, lending.ApplicationValues, lending.ApplicationVerdict, lending.ApplicationDecision, lending.SecuritiesMargin)
	for name, given := range map[string]string{
		"application_values":   `{"fields":[],"told":{},"norms":[]}`,
		"application_verdict":  `{"day":"2026-06-01","values":{}}`,
		"application_decision": `{"decision":"misschien"}`,
		"securities_margin":    `{"amount":0,"values":[]}`,
	} {
		if _, err := desk.Ask(name, 0, []byte(given), nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s took %s: %v", name, given, err)
		}
	}
}

func TestTheStarterAsksOnlyForFieldsOfTheCatalogue(t *testing.T) {
	set := published(t, lending.Starter).Program.Set()
	for _, f := range set.Fields {
		if !slices.ContainsFunc(lending.Catalogue, func(c criteria.FieldText) bool { return c.Name == f.Name && c.Type == f.Type && c.English == f.English }) {
			t.Errorf("field %s is not that of the catalogue", f.Name)
		}
	}
	for _, f := range published(t, lending.Starter).Program.Analyse(criteria.Analysis{}) {
		if f.Grade == criteria.Wrong {
			t.Errorf("the starter has a fault: %s", f.ID())
		}
	}
	if _, err := criteria.Compile(criteria.Set{Language: 1, Name: "alle", Title: "Alle", Version: 1, From: today, Categories: []string{"ja", "nee"}, Fields: lending.Catalogue, Rules: []criteria.Rule{
		{ID: "R", Category: "nee", When: "inkomen < euro(1)", Reason: "Geen inkomen.", Norm: ident.Norm("bfd:61:1")},
	}}); err != nil {
		t.Errorf("the catalogue: %v, %+v", err, fault.As(err).Details)
	}
}
