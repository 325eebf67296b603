package app

import (
	"context"
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestAKilledRunLeavesNothingAndIsDoneAnew kills the program again and again while
// it screens a portfolio. What was cut off has left no fact and no file with a name;
// an hour later it is done, with the root and the outcome of a run that nobody cut off.
func TestAKilledRunLeavesNothingAndIsDoneAnew(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			in, dice := install(t, e), mathrand.New(mathrand.NewPCG(seed(t), 0))
			book, whole := in.book(t, 250_000)
			var cut []string
			for _, after := range []time.Duration{0, time.Duration(dice.IntN(300)) * time.Millisecond} {
				if id := in.cut(t, book, whole, after); id != "" {
					cut = append(cut, id)
				}
			}
			if len(cut) == 0 {
				t.Error("no kill came in the midst of a run")
			}
			a := in.open(t, func() time.Time { return time.Now().Add(time.Hour) })
			defer a.Close()
			for _, id := range cut {
				in.anew(t, a, id, whole)
			}
			if out, err := a.Replay(t.Context(), nil); err != nil || !out.Green() {
				t.Errorf("replay %+v, %v", out, err)
			}
		})
	}
}

// book loads a portfolio and does a run over it that nobody cuts off.
func (in *installation) book(t *testing.T, contracts int) (id string, whole criteria.Run) {
	t.Helper()
	a := in.open(t, nil)
	defer a.Close()
	if err := a.publishSet(t.Context(), in.firm, "aandacht", attention(1, 3), "id;achterstand\nC1;4\n"); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("id;achterstand\n")
	for i := range contracts {
		fmt.Fprintf(&b, "C-%d;%d\n", i, i*i%121)
	}
	p, err := a.Screener.Load(t.Context(), operator(in.firm), criteria.LoadOrder{Name: "Hypotheken", Set: "aandacht"}, strings.NewReader(b.String()))
	if err == nil {
		whole, err = a.Screener.Start(t.Context(), operator(in.firm), criteria.RunOrder{Portfolio: p.ID, Set: "aandacht"})
	}
	if err == nil {
		err = a.Screener.Work(t.Context(), in.firm, whole.ID, func() bool { return false })
	}
	if err == nil {
		whole, err = a.Screener.Run(t.Context(), operator(in.firm), whole.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p.ID, whole
}

// cut lets a program begin a run and kills it so long after. It returns the run
// where it was not done yet.
func (in *installation) cut(t *testing.T, book string, whole criteria.Run, after time.Duration) string {
	t.Helper()
	a := in.open(t, nil)
	r, err := a.Screener.Start(t.Context(), operator(in.firm), criteria.RunOrder{Portfolio: book, Set: "aandacht"})
	a.Close()
	if err != nil {
		t.Fatal(err)
	}
	n := in.serve(t, in.data)
	in.until(t, n, r.ID, criteria.RunBusy)
	time.Sleep(after)
	n.kill()
	in.alone()
	a = in.open(t, nil)
	defer a.Close()
	if r, err = a.Screener.Run(t.Context(), operator(in.firm), r.ID); err != nil {
		t.Fatal(err)
	}
	facts, err := a.reader().Subject(t.Context(), in.firm, r.ID)
	if err != nil || len(facts) > 0 != (r.State == criteria.RunDone) {
		t.Errorf("the run is %s with %d facts, %v", r.State, len(facts), err)
	}
	if r.State == criteria.RunDone {
		return ""
	}
	for _, f := range in.named(t) {
		if f != whole.File.String() && f != whole.Outcome.String() && f != emptyFile {
			t.Errorf("a file was left: %s", f)
		}
	}
	return r.ID
}

// emptyFile is the name of the file of what moved, where nothing did.
var emptyFile = ident.HashOf(nil).String()

// named are the files of the firm that have their name.
func (in *installation) named(t *testing.T) (list []string) {
	t.Helper()
	dir, err := os.ReadDir(filepath.Join(in.data, "portfolios", string(in.firm)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range dir {
		if !strings.HasPrefix(f.Name(), ".new-") {
			list = append(list, f.Name())
		}
	}
	return list
}

// until waits till the program says that a run is so far, or done.
func (in *installation) until(t *testing.T, n *node, run string, want criteria.RunState) {
	t.Helper()
	v := newVisitor(n.url).as(in.secret)
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		h, err := v.get("/v1/doorlichtingen/" + run)
		if err != nil || h.status != 200 {
			t.Fatalf("the run: %v, %v", h, err)
		}
		var said struct {
			State criteria.RunState `json:"state"`
		}
		if err := json.Unmarshal([]byte(h.body), &said); err != nil {
			t.Fatal(err)
		}
		if said.State == want || said.State == criteria.RunDone {
			return
		}
	}
	t.Fatal("the run does not begin")
}

// anew waits till the jobs of this program have done a run that was cut off.
func (in *installation) anew(t *testing.T, a *App, id string, whole criteria.Run) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); a.work(ctx) }()
	defer func() { stop(); <-done }()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		r, err := a.Screener.Run(t.Context(), operator(in.firm), id)
		if err != nil {
			t.Fatal(err)
		}
		if r.State != criteria.RunDone {
			continue
		}
		facts, err := a.reader().Subject(t.Context(), in.firm, id)
		if err != nil || len(facts) != 1 || r.Sum.Root != whole.Sum.Root || r.Outcome != whole.Outcome {
			t.Errorf("done anew with root %s, outcome %s and %d facts, %v", r.Sum.Root, r.Outcome, len(facts), err)
		}
		return
	}
	t.Errorf("run %s was not done anew", id)
}
