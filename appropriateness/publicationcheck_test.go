package appropriateness

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// good is a test that may be put to use: that of the other tests, in the second
// format, with questions on both sides.
func good(t testing.TB) Test {
	test := proef(t)
	test.Format = Format2
	test.Blueprint.Substantive, test.Blueprint.Downside, test.Blueprint.Upside = 60, 20, 5
	test.Scoring.Elements = map[Element]int{Product: 30, ProductRisks: 50, ServiceRisks: 50}
	for i := range test.Questions {
		if q := &test.Questions[i]; q.Element == OwnFinances {
			q.Side = "upside"
		}
	}
	return test
}

func checked(test Test) PublicationOut {
	_, hash := test.Seal()
	return PublicationCheck.Ask(PublicationIn{sealedTest(hash, test)})
}

func TestAGoodTestMayBePutToUse(t *testing.T) {
	out := checked(good(t))
	if !out.Publishable || len(out.Refused) > 0 || len(out.Advised) > 0 {
		t.Errorf("refused for %v, advised %v", out.Refused, out.Advised)
	}
	if out.Guesser == 0 || out.Guesser > guessersMost || out.Half < out.Guesser || out.Half > halvesMost {
		t.Errorf("of ten thousand %d guessers pass, and %d who know half", out.Guesser, out.Half)
	}
}

func without(test *Test, drop func(Question) bool) {
	test.Questions = slices.DeleteFunc(slices.Clone(test.Questions), drop)
}

// Whatever of the AFM page is taken out of a good test, it is refused, with a norm.
func TestWhatTheAFMPageAsksCannotBeLeftOut(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Test)
		want   string
	}{
		{"the fixed question on advice", func(t *Test) { without(t, func(q Question) bool { return q.Fixed == NeedAdvice }) }, "fixed_missing"},
		{"the fixed question on the terms", func(t *Test) { without(t, func(q Question) bool { return q.Fixed == UnderstandsTerms }) }, "fixed_missing"},
		{"the questions of substance", func(t *Test) {
			for i := range t.Questions {
				t.Questions[i].Kind = "self_report"
			}
		}, "not_mainly_substantive"},
		{"the smallest share of substance", func(t *Test) { t.Blueprint.Substantive = 50 }, "substantive_floor"},
		{"the smallest share of downsides", func(t *Test) { t.Blueprint.Downside = 0 }, "downside_floor"},
		{"the risks of the service", func(t *Test) {
			for i := range t.Questions {
				if t.Questions[i].Element == ServiceRisks {
					t.Questions[i].Side = "upside"
				}
			}
		}, "risks_unasked"},
		{"the weight of knowledge", func(t *Test) {
			for i := range t.Questions {
				if t.Questions[i].Weight == 1 {
					t.Questions[i].Weight = 2
				}
			}
		}, "weights"},
		{"the reason of the cut", func(t *Test) { t.Scoring.Reason = "Leek ons goed." }, "no_reason_for_cut"},
		{"the cut", func(t *Test) { t.Scoring.Percent = 0 }, "cut_absent"},
		{"the reason to let clients go on", func(t *Test) { t.Policy.AfterFail = GoOn }, "go_on_without_reason"},
		{"questions, so that a form is too short", func(t *Test) { t.Blueprint.Questions = 9 }, "form_size"},
		{"the sum of the elements", func(t *Test) { t.Blueprint.Questions = 15 }, "form_sum"},
		{"upsides that the blueprint asks", func(t *Test) { t.Blueprint.Upside = 60 }, "no_form"},
		{"the questions of a retake", func(t *Test) {
			t.Policy.Retake = Retake{Allow: CoolingOff, CoolingHours: 24, AtMost: 5, WithinDays: 365}
		}, "retake_impossible"},
		{"the title", func(t *Test) { t.Title = " " }, "text_missing"},
		{"the purpose", func(t *Test) { t.Purpose = "" }, "text_missing"},
		{"a wrong option", func(t *Test) { t.Questions[0].Options = t.Questions[0].Options[:2] }, "question_fault"},
		{"how long an attempt stays open", func(t *Test) { t.Policy.OpenHours = 0 }, "field_fault"},
		{"numbers that are none", func(t *Test) { t.Blueprint.Elements[Product] = 1 << 40 }, "element_short"},
	} {
		t.Run(c.name, func(t *testing.T) {
			test := good(t)
			c.change(&test)
			out := checked(test)
			if out.Publishable || !slices.Contains(out.Refused, c.want) {
				t.Errorf("refused for %v, want %s", out.Refused, c.want)
			}
			for _, why := range out.Because {
				if why.Norm == "" || why.Text == why.Code || strings.Contains(SayPublication(why), "{") {
					t.Errorf("%s cites %q and says %q", why.Code, why.Norm, SayPublication(why))
				}
			}
		})
	}
}

func TestNoElementCanBeLeftOut(t *testing.T) {
	for _, e := range Elements {
		t.Run("no question on "+string(e)+" in a form", func(t *testing.T) {
			test := good(t)
			test.Blueprint.Questions -= test.Blueprint.Elements[e]
			test.Blueprint.Elements[e] = 0
			out := checked(test)
			i := slices.Index(out.Refused, "element_missing")
			if out.Publishable || i < 0 || out.Because[i].Values["element"] != string(e) {
				t.Errorf("refused for %v", out.Refused)
			}
		})
		t.Run("no question on "+string(e)+" in the bank", func(t *testing.T) {
			test := good(t)
			without(&test, func(q Question) bool { return q.Element == e })
			out := checked(test)
			if out.Publishable || !slices.Contains(out.Refused, "element_short") || !slices.Contains(out.Refused, "no_form") {
				t.Errorf("refused for %v", out.Refused)
			}
		})
	}
}

func TestAllThatIsWrongIsToldAtOnce(t *testing.T) {
	test := good(t)
	test.Blueprint.Downside, test.Scoring.Reason, test.Title = 0, "", ""
	without(&test, func(q Question) bool { return q.Fixed == NeedAdvice })
	out := checked(test)
	for _, code := range []string{"downside_floor", "no_reason_for_cut", "text_missing", "fixed_missing"} {
		if !slices.Contains(out.Refused, code) {
			t.Errorf("refused for %v, without %s", out.Refused, code)
		}
	}
}

func TestWhatThePageAdvisesIsToldAndDoesNotRefuse(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Test)
		want   string
	}{
		{"no upside asked", func(t *Test) { t.Blueprint.Upside = 0 }, "upside_floor"},
		{"clients who go on", func(t *Test) {
			t.Policy.AfterFail, t.Policy.WhyGoOn = GoOn, "De onderneming wil dat een klant zelf kan kiezen, ook na een waarschuwing."
		}, "go_on_undesirable"},
		{"a retake", func(t *Test) {
			t.Policy.Retake = Retake{Allow: CoolingOff, CoolingHours: 24, AtMost: 1, WithinDays: 365}
		}, "retake_undesirable"},
		{"a cut that guessers reach", func(t *Test) { t.Scoring.Percent, t.Scoring.Elements = 30, nil }, "guesser_passes"},
		{"a cut that half is enough for", func(t *Test) { t.Scoring.Percent = 55 }, "half_passes"},
		{"an element without a cut of its own", func(t *Test) { t.Scoring.Elements[ProductRisks] = 0 }, "element_may_fail"},
		{"a vague word", func(t *Test) { t.Questions[0].Text = "Wat gebeurt er vaak met de rente?" }, "wording"},
		{"a product that need not be tested", func(t *Test) { t.Product = "savings_account" }, "product_without_duty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			test := good(t)
			c.change(&test)
			out := checked(test)
			if !out.Publishable || !slices.Contains(out.Advised, c.want) {
				t.Errorf("refused for %v, advised %v; want advice %s", out.Refused, out.Advised, c.want)
			}
			if len(out.Advice()) != len(out.Advised) || len(out.Refusals()) > 0 {
				t.Errorf("%d reasons for %d pieces of advice", len(out.Advice()), len(out.Advised))
			}
		})
	}
}

func TestTheCheckIsAskedAgainFromWhatWasKept(t *testing.T) {
	test := good(t)
	test.Policy.Retake = Retake{Allow: CoolingOff, CoolingHours: 24, AtMost: 1, WithinDays: 365}
	bytes, hash := test.Seal()
	registry, err := rule.NewRegistry(PublicationCheck)
	if err != nil {
		t.Fatal(err)
	}
	_, d := PublicationCheck.Decide(PublicationIn{sealedTest(hash, test)})
	reply, err := registry.Ask(d.Rule, d.Version, d.Given, func(ident.Hash) ([]byte, error) { return bytes, nil })
	if err != nil || string(reply.Answer) != string(d.Answer) {
		t.Errorf("asked again: %s, %v; kept: %s", reply.Answer, err, d.Answer)
	}
}

func TestPublicationIsNeverByTheLastEditorAtOnce(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	actors := []string{"staff:a", "staff:b", "program:c"}
	rapid.Check(t, func(t *rapid.T) {
		in := WayIn{
			OnePerson: rapid.Bool().Draw(t, "alone"), Person: rapid.Bool().Draw(t, "person"), Now: now,
			LastEditor: rapid.SampledFrom(actors).Draw(t, "editor"), By: rapid.SampledFrom(actors).Draw(t, "by"),
			Reason: rapid.SampledFrom([]string{"", "Te kort.", "Ik werk alleen; een dag later kijk ik nog eens met frisse ogen."}).Draw(t, "reason"),
		}
		if rapid.Bool().Draw(t, "wants a day") {
			in.Wanted = new(now.Add(time.Duration(rapid.IntRange(-10, 100).Draw(t, "hours")) * time.Hour))
		}
		out := PublicationWay.Ask(in)
		if !out.Allowed {
			if out.From != nil || out.Way != "" || !in.OnePerson && in.Person && in.By != in.LastEditor {
				t.Fatalf("%+v gives %+v", in, out)
			}
			return
		}
		own := in.By == in.LastEditor
		if !in.Person && !in.OnePerson {
			t.Fatalf("a program is the second person: %+v gives %+v", in, out)
		}
		if own && (!in.OnePerson || len(in.Reason) < 40 || out.From.Before(now.Add(OnePersonDelay))) {
			t.Fatalf("the last editor publishes: %+v gives %+v", in, out)
		}
		if out.From.Before(now) || in.Wanted != nil && out.From.Before(*in.Wanted) {
			t.Fatalf("in use from %s: %+v", out.From, in)
		}
		if own != (out.Way == WayDelay) && (in.Person || !in.OnePerson) {
			t.Fatalf("%+v goes by %s", in, out.Way)
		}
	})
}

func TestCompose(t *testing.T) {
	bank := good(t).Questions
	d := NewDesign("hypotheek", "mortgage")
	all, gone := d.Compose(bank)
	if len(all.Questions) != len(bank) || len(gone) > 0 || all.Format != Format2 {
		t.Fatalf("%d of %d questions, %v gone", len(all.Questions), len(bank), gone)
	}
	turned := slices.Clone(bank)
	slices.Reverse(turned)
	again, _ := d.Compose(turned)
	if _, a := all.Seal(); true {
		if _, b := again.Seal(); a != b {
			t.Error("the order of the bank changes the seal")
		}
	}
	d.Questions = []QuestionID{"product-1", "weg"}
	some, gone := d.Compose(bank)
	if len(some.Questions) != 3 || len(gone) != 1 || gone[0] != "weg" {
		t.Errorf("%d questions, %v gone; want the chosen one and the two fixed ones", len(some.Questions), gone)
	}
}

func TestADesignIsCheckedWholeBeforeItIsKept(t *testing.T) {
	if err := NewDesign("hypotheek-2", "mortgage").Check(); err != nil {
		t.Fatalf("the design to begin with: %v", err)
	}
	d := NewDesign("Hypotheek!", "")
	d.Title, d.Purpose, d.Minutes = strings.Repeat("a", 201), "BSN 111222333", 0
	d.Blueprint.Elements["geheim"], d.Scoring.Percent, d.Policy.OpenHours = 3, 101, 0
	d.Questions = []QuestionID{"a", "a"}
	err := fault.As(d.Check())
	want := []string{"/id", "/product", "/title", "/purpose", "/minutes", "/form/elements", "/scoring/cut_percent", "/policy/open_hours", "/questions/1"}
	for _, at := range want {
		if err == nil || !slices.ContainsFunc(err.Details, func(d fault.Detail) bool { return d.Pointer == at && !strings.Contains(d.Text, "111222333") }) {
			t.Errorf("nothing is said of %s: %v", at, err)
		}
	}
}

func TestDifferencesAreToldInWords(t *testing.T) {
	old, now := good(t), good(t)
	if d := Differences(old, now); len(d) > 0 {
		t.Fatalf("equal tests differ: %v", d)
	}
	now.Scoring.Percent, now.Policy.AfterFail, now.Blueprint.Downside = 80, GoOn, 0
	now.Questions[1].Text = "Iets anders?"
	now.Questions = slices.Delete(now.Questions, 4, 5)
	got := Differences(old, now)
	for _, want := range []Change{
		{"Grens", "70%", "80%"},
		{"Na een onvoldoende", "De klant kan niet verder zonder advies", "De klant mag na de waarschuwing zelf kiezen"},
		{"Kleinste deel vragen over nadelen", "20%", ""},
		{"Vraag " + string(old.Questions[1].ID) + ", tekst", old.Questions[1].Text, "Iets anders?"},
		{"Vraag " + string(old.Questions[4].ID), old.Questions[4].Text, ""},
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%+v is not told in %+v", want, got)
		}
	}
	if len(got) != 5 {
		t.Errorf("%d differences: %+v", len(got), got)
	}
}
