package app

import (
	"fmt"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/sqldb"
)

// TestTwoNodesServeOneClientInTurn lets a client meet another node at every step
// while others keep both busy, and then kills one of the two. Both move facts
// into the tree all the while.
func TestTwoNodesServeOneClientInTurn(t *testing.T) {
	in := install(t, sqldb.Postgres)
	other := t.TempDir()
	if err := os.CopyFS(Config{Data: other}.KeysDir(), os.DirFS(Config{Data: in.data}.KeysDir())); err != nil {
		t.Fatal(err)
	}
	one, two := in.serve(t, in.data), in.serve(t, other)
	nodes := []*visitor{newVisitor(one.url).as(in.secret), newVisitor(two.url).as(in.secret)}
	turns := 0
	turn := func() *visitor { turns++; return nodes[turns%len(nodes)] }

	busy := make(chan struct{})
	var wg sync.WaitGroup
	for i, v := range nodes {
		wg.Go(func() { keepBusy(t, v, i, busy) })
	}
	id, token, err := sure(t)(turn().start("K-1", "sleutel-K-1")).mustBe(t, http.StatusCreated).started()
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := sure(t)(turn().start("K-1", "sleutel-K-1")).mustBe(t, http.StatusCreated).started()
	if err != nil || again != id {
		t.Errorf("the same request at the other node gave attempt %s (%v), want %s", again, err, id)
	}
	page := func(n int) string { return fmt.Sprintf("/t/%s/vraag/%d", token, n) }
	sure(t)(turn().post("/t/"+token+"/begin")).mustBe(t, http.StatusSeeOther)
	questions := 1
	for n := 1; n <= questions; n++ {
		if n == 6 { // one node goes, in the middle of the test
			close(busy)
			wg.Wait()
			two.kill()
			nodes = nodes[:1]
		}
		h := sure(t)(turn().get(page(n))).mustBe(t, http.StatusOK)
		if _, err := fmt.Sscan(progress.FindStringSubmatch(h.body)[1], &questions); err != nil {
			t.Fatal(err)
		}
		sure(t)(turn().post(page(n), "antwoord", "2", "actie", "verder")).mustBe(t, http.StatusSeeOther)
		if _, chosen := sure(t)(turn().get(page(n))).choices(); chosen != "2" {
			t.Errorf("the next node shows %q at question %d, want 2", chosen, n)
		}
	}
	sure(t)(turn().post("/t/"+token+"/versturen")).mustBe(t, http.StatusSeeOther)
	sure(t)(turn().get("/t/"+token+"/uitslag")).mustBe(t, http.StatusOK)
	if questions < 12 {
		t.Errorf("a form of %d questions", questions)
	}
	in.allInTree(t)
	one.stop(t)
	in.alone()

	a := in.open(t, nil)
	defer a.Close()
	r, err := a.Verify(t.Context(), nil, nil, nil)
	if err != nil || !r.Green() || r.Signer != "checked" || r.Waiting != 0 {
		t.Errorf("verify: %+v (%v)", r, err)
	}
	f, err := a.Appropriateness.File(t.Context(), operator(in.firm), appropriateness.AttemptID(id))
	if err != nil || f.Verdict == nil || len(f.Given) != questions {
		t.Fatalf("the attempt holds %d answers of %d and verdict %v (%v)", len(f.Given), questions, f.Verdict, err)
	}
	wholeFacts(t, a, f)
}

// keepBusy starts attempts at a node until done, for others than our client and
// some of them for the same client as the other node.
func keepBusy(t *testing.T, v *visitor, node int, done <-chan struct{}) {
	for n := 0; ; n++ {
		select {
		case <-done:
			return
		case <-time.After(5 * time.Millisecond):
		}
		for _, reference := range []string{fmt.Sprintf("N-%d-%d", node, n), fmt.Sprintf("N-%d", n)} {
			h, err := v.start(reference, fmt.Sprintf("sleutel-%d-%s", node, reference))
			if err != nil || h.status != http.StatusCreated {
				t.Errorf("start of %s at node %d: %v %v", reference, node, h, err)
				return
			}
		}
	}
}

// allInTree waits until the nodes moved every fact into the tree.
func (in *installation) allInTree(t *testing.T) {
	t.Helper()
	a := in.open(t, nil)
	defer a.Close()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		r, err := a.Verify(t.Context(), nil, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.Waiting == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d facts still wait", r.Waiting)
		}
	}
}
