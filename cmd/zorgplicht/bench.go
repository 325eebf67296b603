package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"zorgplicht/app"
)

type benchCmd struct {
	Dir        string `default:"." help:"Folder on the disk to measure; all that is written there is removed again." type:"existingdir"`
	Database   string `help:"Address of a migrated, empty PostgreSQL to measure in place of SQLite. It stays full of made-up clients." placeholder:"ADDRESS"`
	Attempts   int    `default:"5000" help:"Attempts in the store while pages are measured."`
	Recorded   int    `default:"20000" help:"Most attempts that also have their answers and facts."`
	Rounds     int    `default:"5" help:"Rounds of each measurement; the median counts."`
	Writers    int    `default:"32" help:"Clients who write at once."`
	Contracts  int    `help:"Measure only how fast a rule set decides this many contracts, beside the same rules written by hand, and what their evidence takes. The budget speaks of ten million, which take 1 GB of memory and half of that on the disk." placeholder:"N"`
	Agreements int    `help:"Measure only the credit portfolio with this many agreements of twenty years. The budget speaks of a million, which take minutes and 1 GB on the disk." placeholder:"N"`
	Complaints int    `help:"Measure only lists, pages and exports of this many complaints. The budget speaks of a million, which take minutes and some GB on the disk." placeholder:"N"`
	Store      string `help:"With --complaints: an empty folder that keeps the store, or one that an earlier run kept, which is measured again without being filled. With --database it keeps the keys that belong to it." placeholder:"FOLDER"`
	Commission int    `help:"Measure only how long the commission of a month takes over this many agreements. The budget speaks of a million." placeholder:"N"`
	Small      bool   `help:"Do a tenth of everything, to see that it works; the figures are worth nothing."`
	JSON       bool   `help:"Print one JSON object a line."`
}

func (c *benchCmd) Help() string {
	return `Measures speed, memory and size in one run and holds the ratios against the project's budgets. The load is made in the same process, on the same cores. It takes minutes, and is only worth something on a machine that does nothing else.

It does not touch an installation: the store is made for it and removed unless it is kept with --store, and a database that holds a firm is refused, unless --store has its keys. It is no test: a budget that is missed is said, and the exit code stays 0.

Exit codes: 0 it was measured; 1 it could not be; 2 the command line is wrong.`
}

func (c *benchCmd) Run(ctx context.Context, io streams) error {
	if c.Attempts < 100 || c.Rounds < 1 || c.Writers < 1 || c.Contracts < 0 || c.Agreements < 0 || c.Commission < 0 || c.Complaints < 0 || c.Complaints > 0 && c.Complaints < 100 {
		return usage("give at least 100 attempts, 1 round and 1 writer")
	}
	if c.Store != "" && c.Complaints == 0 {
		return usage("--store goes with --complaints")
	}
	dir, err := os.MkdirTemp(c.Dir, "zorgplicht-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := benching{c, io, dir}
	if err := b.head(); err != nil {
		return err
	}
	if c.Contracts > 0 {
		return app.BenchCriteria(ctx, dir, c.Contracts, c.Rounds, b.tell, b.progress)
	}
	if c.Agreements > 0 {
		return app.BenchLoans(ctx, filepath.Join(dir, "loans"), c.Agreements, c.Rounds, b.tell, b.progress)
	}
	if c.Commission > 0 {
		return app.BenchCommission(ctx, dir, c.Commission, c.Rounds, b.tell, b.progress)
	}
	if c.Complaints > 0 {
		return b.house(ctx)
	}
	if err := b.program(ctx); err != nil {
		return err
	}
	return b.house(ctx)
}

// benching is one run of the command.
type benching struct {
	*benchCmd
	io  streams
	dir string
}

func (b benching) head() error {
	if b.JSON {
		return nil
	}
	store := "SQLite"
	if b.Database != "" {
		store = "PostgreSQL"
	}
	_, err := fmt.Fprintf(b.io.out, "%s, %s/%s, %d cores, %s, %s\n\n%-40s %12s  %-22s %-5s  %s\n",
		time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), runtime.Version(), store,
		"WHAT", "MEDIAN", "LEAST TO MOST", "TIMES", "BUDGET")
	return err
}

// tell prints one figure.
func (b benching) tell(f app.Figure) {
	if b.JSON {
		json.NewEncoder(b.io.out).Encode(f) //nolint:errcheck,errchkjson // a figure always encodes
		return
	}
	fmt.Fprintf(b.io.out, "%-40s %12s  %-22s %-5d  %s\n%42s%s\n", f.Name, number(f.Median)+" "+f.Unit,
		number(f.Least)+" to "+number(f.Most), f.Times, budget(f), "", f.How)
}

func budget(f app.Figure) string {
	reached, ok := f.Reached()
	says := map[bool]string{true: "reached", false: "MISSED"}[reached]
	switch {
	case !ok:
		return ""
	case f.Floor > 0:
		return fmt.Sprintf("at least %g: %s", f.Floor, says)
	}
	return fmt.Sprintf("under %g: %s", f.Ceil, says)
}

func number(f float64) string {
	if f >= 100 {
		return strconv.FormatFloat(f, 'f', 0, 64)
	}
	return strconv.FormatFloat(f, 'f', 2, 64)
}

func (b benching) progress(what string) {
	if !b.JSON && terminal(b.io.err) {
		fmt.Fprintf(b.io.err, "\r\x1b[K%s …\r", what)
	}
}

// house measures what lies behind the door.
func (b benching) house(ctx context.Context) error {
	log := slog.New(slog.NewJSONHandler(io.Discard, nil)) // written as when serving, and thrown away
	data := b.Store
	if data == "" {
		data = filepath.Join(b.dir, "house")
	}
	a, err := app.Open(ctx, app.Config{Data: data, Database: b.Database, Rate: -1, Log: log})
	if err != nil {
		return err
	}
	defer a.Close()
	o := app.BenchOptions{
		Attempts: b.Attempts, Recorded: b.Recorded, Rounds: b.Rounds, Writers: b.Writers, Small: b.Small, Tell: b.tell, Progress: b.progress,
	}
	if b.Complaints > 0 {
		return a.BenchComplaints(ctx, b.Complaints, o)
	}
	return a.Bench(ctx, o)
}

// The budgets of the program itself.
const (
	mostProgram = 60  // MB
	mostMemory  = 150 // MB
	mostStart   = 10  // seconds
)

// program measures this program as an operator starts it.
func (b benching) program(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	info, err := os.Stat(self)
	if err != nil {
		return err
	}
	size := app.NewFigure("size of the program", "MB", "the file that runs now", []float64{float64(info.Size()) / 1e6})
	size.Ceil = mostProgram
	b.tell(size)

	var memory, start []float64
	for round := range b.Rounds {
		b.progress(fmt.Sprintf("starting, round %d of %d", round+1, b.Rounds))
		data := filepath.Join(b.dir, fmt.Sprintf("start-%d", round))
		took, err := b.start(ctx, self, "demo", data, nil)
		if err != nil {
			return err
		}
		start = append(start, took.Seconds())
		if _, err := b.start(ctx, self, "serve", data, func(pid int) {
			time.Sleep(2 * time.Second)
			if mb, ok := resident(pid); ok {
				memory = append(memory, mb)
			}
		}); err != nil {
			return err
		}
	}
	first := app.NewFigure("first start of the demo", "s", "from an empty folder until the link to a test answers", start)
	first.Ceil = mostStart
	b.tell(first)
	if len(memory) > 0 {
		rest := app.NewFigure("memory at rest", "MB", "resident size of serve on the demo's folder, 2 s after it answers", memory)
		rest.Ceil = mostMemory
		b.tell(rest)
	}
	return nil
}

// start runs demo or serve until it answers, calls up, and stops it.
func (b benching) start(ctx context.Context, self, command, data string, up func(pid int)) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	at := time.Now()
	args := []string{command, "--data", data, "--listen", "127.0.0.1:0"}
	if command == "demo" {
		args = append(args, "--json")
	}
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 30 * time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	defer func() { cancel(); cmd.Wait() }() //nolint:errcheck // it was told to stop
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return 0, fmt.Errorf("%s says nothing: %w", command, err)
	}
	link := line[strings.LastIndex(line, " ")+1:] // of serve: its address
	var d app.Demo
	if json.Unmarshal([]byte(line), &d) == nil {
		link = d.TestLink
	}
	if err := answers(ctx, strings.TrimSpace(link)); err != nil {
		return 0, err
	}
	took := time.Since(at)
	if up != nil {
		up(cmd.Process.Pid)
	}
	return took, nil
}

func answers(ctx context.Context, link string) error {
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
		if err != nil {
			return err
		}
		reply, err := http.DefaultClient.Do(r)
		if err == nil {
			reply.Body.Close()
			if reply.StatusCode == http.StatusOK {
				return nil
			}
			err = fmt.Errorf("%s answers %s", r.URL.Host, reply.Status)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// resident is how much memory a process has now, in MB, where the system tells.
func resident(pid int) (mb float64, ok bool) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(b)) {
		if rest, found := strings.CutPrefix(line, "VmRSS:"); found {
			kb, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kb / 1000, err == nil
		}
	}
	return 0, false
}
