package app

import (
	"context"
	"errors"
	mathrand "math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/job"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
	staffweb "zorgplicht/staff/web"
)

// failTask leaves a failed task behind, of a firm or of the house, that tells of its
// failure in these words.
func (h *house) failTask(firm ident.Firm, says string) (id string) {
	h.t.Helper()
	const kind = "huis.opruimen"
	id = newID()
	enqueue := func(t *sqldb.Tx) error {
		return job.Enqueue(t, job.Task{ID: id, Kind: kind, About: "iets", Due: h.Now()}, h.Now())
	}
	var err error
	if firm == "" {
		err = h.db.HouseWrite(h.t.Context(), enqueue)
	} else {
		err = h.db.Write(h.t.Context(), firm, enqueue)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(h.t.Context(), 20*time.Second)
	defer cancel()
	r := job.Runner{
		DB: h.db, Node: newID(), Now: h.Now, Dice: mathrand.New(mathrand.NewPCG(1, 2)), Told: func(string, ...any) {},
		Works: []job.Work{{Kind: kind, Most: 1, Do: func(context.Context, *job.Run) error { return errors.New(says) }}},
	}
	done := make(chan struct{})
	go func() { defer close(done); r.Run(ctx) }()
	defer func() { cancel(); <-done }()
	for h.state(id) != job.Failed {
		if ctx.Err() != nil {
			h.t.Fatalf("the task is %s", h.state(id))
		}
		time.Sleep(10 * time.Millisecond)
	}
	return id
}

// state is how far a task is.
func (h *house) state(id string) (s job.State) {
	h.t.Helper()
	err := h.db.HouseRead(h.t.Context(), func(t *sqldb.Tx) error {
		return t.Row(taskState, id).Scan(&s)
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

var taskState = sqldb.House(`select state from job_task where id = ?`)

func TestFailedWorkIsSeenAndTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		o := serveHouse(t, h)
		n, other := o.tenants("ons")[0], o.firm
		mine, house, theirs := o.failTask(n.firm, "eigen fout"), o.failTask("", "fout van het huis"), o.failTask(other, "fout van een ander")
		v := o.session(n)
		page := string(sure(t)(v.get("/werk/taken?stand=failed")).mustBe(t, http.StatusOK).body)
		for what, want := range map[string]bool{mine: true, "eigen fout": true, house: true, "fout van het huis": false, "zorgplicht jobs list": true, theirs: false, "fout van een ander": false} {
			if strings.Contains(page, what) != want {
				t.Errorf("the page shows %q: want %t", what, want)
			}
		}
		if csv := string(sure(t)(v.get("/werk/taken/lijst.csv?stand=failed")).mustBe(t, http.StatusOK).body); strings.Count(csv, "\n") != 3 || !strings.Contains(csv, "eigen fout") {
			t.Errorf("the file holds %q", csv)
		}
		sure(t)(v.post("/werk/taken/opnieuw", "taak", theirs)).mustBe(t, http.StatusNotFound)
		for _, id := range []string{mine, house} {
			sure(t)(v.post("/werk/taken/opnieuw", "taak", id)).mustBe(t, http.StatusSeeOther)
			facts, err := o.reader().Subject(t.Context(), n.firm, id)
			if err != nil || len(facts) != 1 || facts[0].Kind != staff.TaskRetried {
				t.Fatalf("recorded: %v, %v", facts, err)
			}
		}
		stop := works(t, o.App)
		for _, id := range []string{mine, house} {
			for tries := 0; o.state(id) != job.Done && tries < 2000; tries++ {
				time.Sleep(10 * time.Millisecond)
			}
			if s := o.state(id); s != job.Done {
				t.Errorf("task %s, tried again, is %s", id, s)
			}
		}
		stop()
		if s := o.state(theirs); s != job.Failed {
			t.Errorf("the task of another firm is %s", s)
		}
		sure(t)(v.post("/werk/taken/opnieuw", "taak", mine)).mustBe(t, http.StatusNotFound)
	})
}

// Work that can be chosen on the page has its words there.
func TestEveryKindOfWorkHasItsWords(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	for _, w := range h.works {
		if staffweb.KindText(w.Kind) == w.Kind {
			t.Errorf("staff/web has no words for work of kind %q", w.Kind)
		}
	}
}
