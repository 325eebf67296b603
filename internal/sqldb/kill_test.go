package sqldb_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestMain lets this program be its own victim: with an address in the
// environment it writes until it is killed, and prints what was acknowledged.
func TestMain(m *testing.M) {
	if address := os.Getenv("SQLDB_TEST_VICTIM"); address != "" {
		victim(address)
	}
	os.Exit(m.Run())
}

func victim(address string) {
	db, err := sqldb.Open(context.Background(), address, sqldb.Options{})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	var out sync.Mutex
	for w := range 8 {
		go func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%d-%d-%d", os.Getpid(), w, i)
				err := db.Write(context.Background(), north, func(tx *sqldb.Tx) error {
					if _, err := tx.Exec(addNote, id, id, nil, nil, 0); err != nil {
						return err
					}
					_, err := tx.Exec(addFact, id, []byte(id))
					return err
				})
				out.Lock()
				if err != nil {
					fmt.Println("error", err)
				} else {
					fmt.Println("kept", id)
				}
				out.Unlock()
			}
		}()
	}
	select {}
}

// TestAKillLosesNothingAcknowledged kills a writing program at odd moments. What
// it had been told was kept is there, whole; what is there is never half.
func TestAKillLosesNothingAcknowledged(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			address := sqldbtest.Address(t, e, schemas)
			kept := 0
			for round := range 6 {
				kept += killed(t, address, time.Duration(20+round*17)*time.Millisecond)
			}
			db := sqldbtest.Open(t, address, sqldb.Options{})
			var notes, both int
			if err := db.HouseRead(t.Context(), func(tx *sqldb.Tx) error { return tx.Row(pairs).Scan(&notes, &both) }); err != nil {
				t.Fatal(err)
			}
			if kept == 0 || notes < kept || both != notes {
				t.Errorf("%d acknowledged, %d notes, %d of them whole", kept, notes, both)
			}
		})
	}
}

var pairs = sqldb.House(`select count(*), count(f.id) from sample_note n left join sample_fact f on f.id = n.id`)

// killed runs a victim for a while after its first write and returns how many it
// was told were kept. Each of them is looked up at once.
func killed(t *testing.T, address string, after time.Duration) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "SQLDB_TEST_VICTIM="+address)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var ids []string
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		id, ok := strings.CutPrefix(lines.Text(), "kept ")
		if !ok {
			t.Errorf("victim: %s", lines.Text())
			break
		}
		if ids = append(ids, id); len(ids) == 1 {
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
	db := sqldbtest.Open(t, address, sqldb.Options{PoolSize: 1})
	err = db.Read(t.Context(), north, func(tx *sqldb.Tx) error {
		for _, id := range ids {
			if err := tx.Row(getTitle, id).Scan(new(string)); err != nil {
				return fmt.Errorf("%s was acknowledged: %w", id, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return len(ids)
}

var getTitle = sqldb.Tenant(`select title from sample_note where firm = :firm and id = ?`)
