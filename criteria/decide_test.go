package criteria_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/criteria"
)

// row makes a row from texts, as a file would hold them.
func row(t rapid.TB, p *criteria.Program, values map[string]string) criteria.Row {
	t.Helper()
	r := p.Row(someDay)
	for name, v := range values {
		i := slices.IndexFunc(p.Fields(), func(f criteria.Field) bool { return f.Name == name })
		if i < 0 {
			t.Fatalf("no field %s", name)
		}
		c, wrong := p.Fields()[i].Read(v)
		if wrong != "" {
			t.Fatalf("%s: %s", name, wrong)
		}
		r[i] = c
	}
	return r
}

func TestConditionsMeanWhatTheySay(t *testing.T) {
	all := map[string]string{
		"aantal": "7", "bedrag": "950,50", "deel": "12.5", "duur": "24", "start": "2024-01-31", "kleur": "wit", "kenmerken": "jong|ver", "akkoord": "ja", "groot": "3",
	}
	cases := []struct {
		when    string
		without string // field that is not known
		want    criteria.Truth
	}{
		{"bedrag > euro(950)", "", criteria.Yes},
		{"bedrag >= euro(950.50)", "", criteria.Yes},
		{"bedrag > euro(950.505)", "", criteria.No},
		{"euro(950) < amount", "", criteria.Yes},
		{"deel * bedrag == euro(118.8125)", "", criteria.Yes},
		{"percent(12.5) == deel", "", criteria.Yes},
		{"aantal / 2 == 3 && aantal % 2 == 1 && -aantal / 2 == -3 && -aantal % 2 == -1", "", criteria.Yes},
		{"bedrag / euro(100) == 9", "", criteria.Yes},
		{"bedrag / 2 == euro(475.25)", "", criteria.Yes},
		{"start + months(1) == date('2024-02-29')", "", criteria.Yes},
		{"start - months(11) == date('2023-02-28')", "", criteria.Yes},
		{"start + days(30) == date('2024-03-01')", "", criteria.Yes},
		{"vandaag - start == days(701)", "", criteria.Yes},
		{"months_between(start, vandaag) == months(23)", "", criteria.Yes},
		{"months_between(vandaag, start) == months(-23)", "", criteria.Yes},
		{"min(aantal, 3, 5) == 3 && max(aantal, 3) == 7", "", criteria.Yes},
		{"kleur in ['rood', 'wit'] && kleur != 'blauw'", "", criteria.Yes},
		{"'ver' in kenmerken && !('oud' in kenmerken)", "", criteria.Yes},
		{"akkoord == true && !(agreed == false)", "", criteria.Yes},
		{"aantal in [1, 7]", "", criteria.Yes},
		{"aantal > 3", "aantal", criteria.Unknown},
		{"!(aantal > 3)", "aantal", criteria.Unknown},
		{"aantal > 3 && !akkoord", "aantal", criteria.No},
		{"aantal > 3 || akkoord", "aantal", criteria.Yes},
		{"aantal > 3 && akkoord", "aantal", criteria.Unknown},
		{"aantal * 0 == 0", "aantal", criteria.Unknown},
		{"known(aantal)", "aantal", criteria.No},
		{"!known(aantal) && known(bedrag)", "aantal", criteria.Yes},
		{"akkoord", "akkoord", criteria.Unknown},
		{"'jong' in kenmerken", "kenmerken", criteria.Unknown},
	}
	for _, c := range cases {
		t.Run(c.when+" without "+c.without, func(t *testing.T) {
			p, err := criteria.Read([]byte(small("", c.when)))
			if err != nil {
				t.Fatal(err)
			}
			values := map[string]string{}
			for k, v := range all {
				if k != c.without {
					values[k] = v
				}
			}
			if got := p.Truths(someDay, row(t, p, values))[0]; got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestADecisionSaysWhy(t *testing.T) {
	p := read(t, "testdata/beheer.yaml")
	r := row(t, p, map[string]string{
		"product": "doorlopend", "achterstand": "2", "stornos_kwartaal": "0", "stornos_jaar": "0", "inkomen_verschil": "0", "saldo": "940", "limiet": "1000",
		"resterend": "100", "leeftijd": "40", "zonder_advies": "nee", "laatste_contact": "2025-06-01",
	})
	d := p.Decide(someDay, r)
	if d.Category != 3 || d.Highest != 3 || d.Question != -1 {
		t.Fatalf("got category %d to %d, question %d", d.Category, d.Highest, d.Question)
	}
	if got, want := p.Reason(1, r), "De achterstand is 2 maanden."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	first := d.Rules[0]
	step := first.Steps[1]
	if step.Part != "" || step.Text != "achterstand >= grens_achterstand" || !step.Decides || step.Truth != criteria.No || step.Type.Dutch(step.Value) != "2 maanden" || step.Type.Dutch(step.Threshold) != "3 maanden" || step.Norm != "afm:pri:1" {
		t.Errorf("got %+v", step)
	}
	if first.Steps[0].Part != "is_krediet" || first.Steps[0].Decides {
		t.Errorf("got %+v", first.Steps[0])
	}
	if len(first.Changes) != 1 || first.Changes[0].Field != 2 || first.Changes[0].To.V != 3 {
		t.Errorf("got %+v", first.Changes)
	}
	limit := d.Rules[5].Changes // 940 of 1000: the limit at 989,47 or less, or the balance at 950 or more
	if f := p.Fields()[limit[0].Field].Name; len(limit) != 1 || f != "saldo" || limit[0].To.V != 95000 {
		t.Errorf("got %+v of %s", limit, f)
	}
}

func TestTheQuestionThatDecides(t *testing.T) {
	p := read(t, "testdata/beheer.yaml")
	known := map[string]string{
		"product": "doorlopend", "stornos_kwartaal": "0", "stornos_jaar": "0", "inkomen_verschil": "0", "saldo": "940", "limiet": "1000",
		"resterend": "100", "leeftijd": "40", "zonder_advies": "nee", "laatste_contact": "2025-06-01",
	}
	d := p.Decide(someDay, row(t, p, known))
	if d.Category != 0 || d.Highest != 4 || d.Question < 0 || p.Fields()[d.Question].Name != "achterstand" {
		t.Errorf("got %d to %d, question %d", d.Category, d.Highest, d.Question)
	}
	delete(known, "product")
	delete(known, "resterend")
	if d := p.Decide(someDay, row(t, p, known)); p.Fields()[d.Question].Name != "product" {
		t.Errorf("got %s", p.Fields()[d.Question].Name)
	}
}

func TestExceptionsToExceptions(t *testing.T) {
	const rules = `    except:
      - id: X1
        when: akkoord
        reason: Afgesproken.
        except:
          - {id: X2, when: aantal > 10, reason: Te veel., norm: "bfd:61:1"}
`
	if _, err := criteria.Read([]byte(small("", "bedrag > euro(1)") + rules)); err == nil {
		t.Fatal("a flow mapping takes no block below it")
	}
	text := small("", "bedrag > euro(1)")
	text = text[:len(text)-len("  - {id: R1, category: rood, norm: 'bfd:61:1', reason: 'Omdat het zo is.', when: \"bedrag > euro(1)\"}\n")]
	p, err := criteria.Read([]byte(text + "  - id: R1\n    category: rood\n    norm: bfd:61:1\n    reason: Omdat het zo is.\n    when: bedrag > euro(1)\n" + rules))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		agreed, count string
		want          criteria.Truth
	}{{"nee", "", criteria.Yes}, {"ja", "5", criteria.No}, {"ja", "50", criteria.Yes}, {"ja", "", criteria.Unknown}, {"", "5", criteria.Unknown}, {"", "50", criteria.Yes}} {
		d := p.Decide(someDay, row(t, p, map[string]string{"bedrag": "2", "akkoord": c.agreed, "aantal": c.count}))
		if o := d.Rules[0]; o.Truth != c.want || o.Steps[2].Part != "X2" || o.Steps[1].Part != "X1" {
			t.Errorf("%+v: got %+v", c, o)
		}
	}
}

func TestARuleAppliesOnItsDays(t *testing.T) {
	text := small("", "akkoord")
	text = text[:len(text)-2] + ", from: 2026-01-02, through: 2026-01-03}\n"
	p, err := criteria.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[int]criteria.Truth{0: criteria.No, 1: criteria.Yes, 2: criteria.Yes, 3: criteria.No} {
		on := someDay.AddDays(day)
		if got := p.Decide(on, row(t, p, map[string]string{"akkoord": "ja"})).Rules[0]; got.Truth != want || got.Applies != (want == criteria.Yes) {
			t.Errorf("%s: got %v", on, got)
		}
	}
}

func BenchmarkDecide(b *testing.B) {
	p := read(b, "testdata/beheer.yaml")
	var r criteria.Row
	for i := range p.Fields() {
		r = append(r, criteria.Cell{V: p.Fields()[i].From, Known: true})
	}
	r[0] = p.Row(someDay)[0]
	for b.Loop() {
		p.Decide(someDay, r)
	}
}

func BenchmarkCompile(b *testing.B) {
	s := read(b, "testdata/beheer.yaml").Set()
	for b.Loop() {
		if _, err := criteria.Compile(s); err != nil {
			b.Fatal(err)
		}
	}
}
