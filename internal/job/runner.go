package job

import (
	"context"
	"fmt"
	"sync"
	"time"

	"zorgplicht/internal/sqldb"
)

// A Runner does the work of one node. Fields above the line are given before Run.
type Runner struct {
	DB    *sqldb.DB
	Works []Work
	Node  string // differs per node and start
	Now   func() time.Time
	Dice  Dice
	Poll  time.Duration                 // how often it looks; 0 is a quarter of a second
	Told  func(msg string, args ...any) // of failures; slog's Error fits

	slots map[string]string // the last period of each periodic work that is in the table
	busy  map[string]int    // under way, by kind
	mu    sync.Mutex
	wg    sync.WaitGroup
}

// Grace is how long work that is under way may go on when the runner stops; then
// its context ends, and the task waits for the next start.
const Grace = 10 * time.Second

// slack is what may come on top, before another node takes over.
const slack = 15 * time.Second

// lease is how long work that takes longer than this is this node's without a sign
// of life: a node gives one in each third of it, so that the work of one that was
// killed soon goes to another, however long it may take.
const lease = 45 * time.Second

// Run does work until ctx ends. What is under way then gets Grace.
func (r *Runner) Run(ctx context.Context) {
	r.slots, r.busy = map[string]string{}, map[string]int{}
	poll := r.Poll
	if poll == 0 {
		poll = 250 * time.Millisecond
	}
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for ctx.Err() == nil {
		if err := r.step(ctx, work); err != nil && ctx.Err() == nil {
			r.Told("jobs", "error", err.Error())
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	late := time.AfterFunc(Grace, stop)
	defer late.Stop()
	r.wg.Wait()
}

// step puts in what is periodic and begins what is due.
func (r *Runner) step(ctx, work context.Context) error {
	if err := r.plan(ctx); err != nil {
		return fmt.Errorf("plan: %w", err)
	}
	for _, w := range r.Works {
		free := w.workers() - r.running(w.Kind)
		if free <= 0 {
			continue
		}
		tasks, err := r.take(ctx, w, free)
		if err != nil {
			return fmt.Errorf("take %s: %w", w.Kind, err)
		}
		for _, k := range tasks {
			r.begin(ctx, work, w, k)
		}
	}
	return nil
}

// plan keeps the task of this period of each periodic work, once.
func (r *Runner) plan(ctx context.Context) error {
	now := r.Now()
	for _, w := range r.Works {
		if w.Every == 0 || r.slots[w.Kind] == w.slot(now) {
			continue
		}
		err := r.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
			return Enqueue(t, Task{ID: w.slot(now), Kind: w.Kind, Due: now.Truncate(w.Every)}, now)
		})
		if err != nil {
			return err
		}
		r.slots[w.Kind] = w.slot(now)
	}
	return nil
}

func (r *Runner) running(kind string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.busy[kind]
}

func (r *Runner) count(kind string, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.busy[kind] += n
}

// begin does a task beside the others and writes down how it ended.
func (r *Runner) begin(stopping, work context.Context, w Work, k Kept) {
	r.count(w.Kind, 1)
	r.wg.Go(func() {
		defer r.count(w.Kind, -1)
		ctx, cancel := context.WithTimeout(work, w.limit())
		defer cancel()
		alive := r.hold(ctx, w, k)
		err := w.do(ctx, &Run{Kept: k, runner: r, stopping: stopping})
		cancel()
		alive()
		if err != nil && work.Err() != nil { // we stopped it: it goes on at the next start
			err = Later{r.Now()}
		}
		rest, cancel := context.WithTimeout(context.WithoutCancel(work), Grace)
		defer cancel()
		if err := r.end(rest, w, k, err); err != nil {
			r.Told("job not closed", "kind", k.Kind, "task", k.ID, "error", err.Error())
		}
	})
}

// hold gives signs of life for long work until ctx ends; the function it returns
// waits for the last one.
func (r *Runner) hold(ctx context.Context, w Work, k Kept) (wait func()) {
	if w.limit() <= lease {
		return func() {}
	}
	var g sync.WaitGroup
	g.Go(func() {
		beat := time.NewTicker(lease / 3)
		defer beat.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-beat.C:
			}
			if err := r.lives(ctx, w, k); err != nil && ctx.Err() == nil {
				r.Told("no sign of life", "kind", k.Kind, "task", k.ID, "error", err.Error())
			}
		}
	})
	return g.Wait
}

// lives says that this node still does the task.
func (r *Runner) lives(ctx context.Context, w Work, k Kept) error {
	return r.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		_, err := t.Exec(lives, r.Now().Add(w.lease()).UnixMilli(), k.Firm, k.ID, r.Node)
		return err
	})
}

// A Run is a task under way.
type Run struct {
	Kept
	runner   *Runner
	stopping context.Context
}

// Stopping reports whether the node wants to stop: work of many parts returns
// Later before its next part.
func (r *Run) Stopping() bool { return r.stopping.Err() != nil }

// Tell shows how far the work is, to whoever looks.
func (r *Run) Tell(ctx context.Context, progress, total int64) error {
	return r.runner.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		_, err := t.Exec(tell, progress, total, r.Firm, r.ID, r.runner.Node)
		return err
	})
}
