package job_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"zorgplicht/internal/job"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestMain lets this program be its own victim: with an address in the environment
// it puts in work and does it until it is killed, and prints what was acknowledged.
func TestMain(m *testing.M) {
	if address := os.Getenv("JOB_TEST_VICTIM"); address != "" {
		victim(address)
	}
	os.Exit(m.Run())
}

func victim(address string) {
	ctx := context.Background()
	db, err := sqldb.Open(ctx, address, sqldb.Options{})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	now := newClock().now
	r := &job.Runner{
		DB: db, Node: "victim", Now: now, Dice: rand.New(rand.NewPCG(1, 2)), Poll: time.Millisecond, Told: func(string, ...any) {},
		Works: []job.Work{{Kind: "dies", Workers: 3, Do: func(context.Context, *job.Run) error {
			fmt.Println("busy")
			time.Sleep(40 * time.Millisecond)
			return nil
		}}},
	}
	go r.Run(ctx)
	for i := range 150 { // more than it does before it dies
		id := fmt.Sprintf("%d-%d", os.Getpid(), i)
		err := db.Write(ctx, north, func(tx *sqldb.Tx) error {
			return job.Enqueue(tx, job.Task{ID: id, Kind: "dies", About: id, Due: now()}, now())
		})
		if err != nil {
			fmt.Println("error", err)
		}
		fmt.Println("kept", id)
	}
	select {}
}

// TestAKillLosesNoWork kills a node at odd moments. What it had been told was kept
// is done afterwards, also what it was doing when it died.
func TestAKillLosesNoWork(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			address := sqldbtest.Address(t, e, schemas)
			kept := 0
			for round := range 4 {
				kept += killed(t, address, time.Duration(30+round*23)*time.Millisecond)
			}
			db := sqldbtest.Open(t, address, sqldb.Options{})
			before := counted(t, db)
			if before[job.Running] == 0 {
				t.Errorf("no kill came in the middle of work: %v", before)
			}
			c := newClock()
			c.forward(10 * time.Minute) // what was under way is given up on
			var mu sync.Mutex
			ran := map[string]bool{}
			node(t, db, "heir", c, job.Work{Kind: "dies", Workers: 8, Do: func(_ context.Context, r *job.Run) error {
				mu.Lock()
				defer mu.Unlock()
				if ran[r.ID] {
					t.Errorf("%s ran twice at the heir", r.ID)
				}
				ran[r.ID] = true
				return nil
			}})
			until(t, "the heir is done", func() bool { n := counted(t, db); return n[job.Waiting]+n[job.Running] == 0 })
			if n := counted(t, db); n[job.Done] < kept || n[job.Failed] > 0 {
				t.Errorf("%d acknowledged, then %v", kept, n)
			}
		})
	}
}

// killed runs a victim for a while after it kept its first task and began work, and
// returns how many it was told were kept.
func killed(t *testing.T, address string, after time.Duration) (kept int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "JOB_TEST_VICTIM="+address)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(pipe)
	busy, armed := false, false
	for lines.Scan() {
		switch line := lines.Text(); {
		case line == "busy":
			busy = true
		case strings.HasPrefix(line, "kept "):
			kept++
		default:
			t.Errorf("victim: %s", line)
		}
		if busy && kept > 0 && !armed {
			armed = true
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
	return kept
}
