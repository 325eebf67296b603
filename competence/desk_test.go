package competence_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/canon"
	"zorgplicht/competence"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

func desk(t testing.TB) *rule.Registry {
	t.Helper()
	r, err := rule.NewRegistry(competence.CompetencePerson, competence.CompetenceFirm, competence.ExamInstitute, competence.MinisterRule)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// worked is a worked example: the answer holds at least these fields, and none
// of the absent ones.
type worked struct {
	ID     string               `json:"id"`
	Rule   string               `json:"rule"`
	Given  canon.Raw            `json:"given"`
	Answer map[string]canon.Raw `json:"answer"`
	Source []string             `json:"source"`
	Says   string               `json:"says"`
	Absent []string             `json:"absent,omitempty"`
}

// TestTheDeskAnswersTheWorkedExamples holds the rules against examples made from
// the decree; source names the provisions.
func TestTheDeskAnswersTheWorkedExamples(t *testing.T) {
	f, err := os.Open("testdata/desk.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, asked := desk(t), map[string]int{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var w worked
		if err := canon.Decode(lines.Bytes(), &w); err != nil {
			t.Fatalf("%s: %v", lines.Bytes(), err)
		}
		asked[w.Rule]++
		t.Run(w.ID+" "+w.Says, func(t *testing.T) {
			reply, err := r.Ask(w.Rule, 0, w.Given, nil)
			if err != nil {
				t.Fatal(err)
			}
			w.compare(t, reply)
			explained(t, reply.Reasons)
		})
	}
	for _, a := range r.Rules() {
		if asked[a.Name()] < 5 {
			t.Errorf("%s has %d examples", a.Name(), asked[a.Name()])
		}
	}
}

func (w worked) compare(t *testing.T, reply rule.Reply) {
	t.Helper()
	n, err := canon.Parse(reply.Answer)
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range w.Answer {
		if got := n.Get(field).Append(nil); string(got) != string(want) {
			t.Errorf("%s is %s, want %s", field, got, want)
		}
	}
	for _, field := range w.Absent {
		if n.Get(field).Valid() {
			t.Errorf("%s is answered: %s", field, reply.Answer)
		}
	}
	for _, source := range w.Source {
		if _, err := ident.ParseNorm(source); err != nil && !strings.HasPrefix(source, "memo:") {
			t.Error(err)
		}
	}
}

// explained asks that there are reasons, each with a norm that exists and a
// Dutch sentence without holes.
func explained(t rapid.TB, reasons []rule.Reason) {
	t.Helper()
	if len(reasons) == 0 {
		t.Errorf("no reasons")
	}
	for _, why := range reasons {
		if _, err := ident.ParseNorm(string(why.Norm)); err != nil {
			t.Errorf("%s: %v", why.Code, err)
		}
		if why.Text == why.Code || !strings.HasSuffix(why.Text, ".") || strings.ContainsAny(why.Text, "{}") || strings.Contains(why.Text, "  ") {
			t.Errorf("%s reads %q", why.Code, why.Text)
		}
	}
}

func TestWhatARuleMustChooseByIsAsked(t *testing.T) {
	r := desk(t)
	for _, c := range []struct{ name, rule, given, want string }{
		{"a product that is known", "competence_person", `{"activities":[{"product":"boat"},{"product":"life","linked_to":"sea"}]}`, "/activities/0 unknown-value /activities/1 unknown-value"},
		{"an activity in its form", "competence_person", `{"activities":[7]}`, "/activities/0 wrong-type"},
		{"a diploma with a day", "competence_person", `{"diplomas":[{"diploma":"x","date":"1999"}]}`, "/diplomas/0 wrong-type"},
		{"terms with a day of publication", "competence_person", `{"pe":[{"met":"2007-01-01"}]}`, "/pe/0 wrong-type"},
		{"a period with a beginning", "competence_person", `{"experience_periods":[{"to":"2007-01-01"}]}`, "/experience_periods/0 wrong-type"},
		{"a group that is known", "competence_firm", `{"group":"clients"}`, "/group unknown-value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := r.Ask(c.rule, 0, []byte(c.given), nil)
			f := fault.As(err)
			if f == nil {
				t.Fatalf("got %v", err)
			}
			var got []string
			for _, d := range f.Details {
				got = append(got, d.Pointer+" "+d.Reason)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q", strings.Join(got, " "))
			}
		})
	}
}
