package main

import (
	"bufio"
	"bytes"
	"context"
	databasesql "database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"zorgplicht/app"
	"zorgplicht/appropriateness"
	"zorgplicht/ident"
)

// code runs the program and wants this exit code:
//
//	code 3 verify --data data
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command…")
	}
	err := ts.Exec("zorgplicht", args[1:]...)
	got := 0
	var e *exec.ExitError
	if errors.As(err, &e) {
		got = e.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// lines wants this many lines in a file, or in stdout.
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines N file")
	}
	if n := strings.Count(ts.ReadFile(args[1]), "\n"); fmt.Sprint(n) != args[0] {
		ts.Fatalf("%d lines, want %s", n, args[0])
	}
}

// until runs a command again and again until its output has each of the patterns, and
// fails when that takes half a minute:
//
//	until 'opruimen +done' 'tellen +done' -- zorgplicht jobs list
func until(ts *testscript.TestScript, neg bool, args []string) {
	at := slices.Index(args, "--")
	if neg || at < 1 || at == len(args)-1 {
		ts.Fatalf("usage: until pattern... -- command...")
	}
	var wanted []*regexp.Regexp
	for _, p := range args[:at] {
		wanted = append(wanted, regexp.MustCompile(p))
	}
	var said string
	for range 100 {
		ts.Check(ts.Exec(args[at+1], args[at+2:]...))
		said = ts.ReadFile("stdout")
		if !slices.ContainsFunc(wanted, func(p *regexp.Regexp) bool { return !p.MatchString(said) }) {
			return
		}
		time.Sleep(300 * time.Millisecond)
	}
	ts.Fatalf("not all of %v in\n%s", wanted, said)
}

// flip changes one bit of a file, this share of the way through it:
//
//	flip dossier.zip 50%
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: flip file N%%")
	}
	percent, err := strconv.Atoi(strings.TrimSuffix(args[1], "%"))
	ts.Check(err)
	b := []byte(ts.ReadFile(args[0]))
	b[len(b)*percent/100] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o600))
}

// sql runs statements on a SQLite file, as whoever has the file can.
func sql(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: sql file statement…")
	}
	db, err := databasesql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	for _, text := range args[1:] {
		res, err := db.Exec(text)
		ts.Check(err)
		if n, err := res.RowsAffected(); err == nil && strings.HasPrefix(text, "update") && n != 1 {
			ts.Fatalf("%s: %d rows", text, n)
		}
	}
}

// rows wants one number from one statement:
//
//	rows data/zorgplicht.db 'select count(*) from journal_fact' 7
func rows(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: rows file query number")
	}
	db, err := databasesql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	var n int
	ts.Check(db.QueryRow(args[1]).Scan(&n))
	if fmt.Sprint(n) != args[2] {
		ts.Fatalf("%d, want %s", n, args[2])
	}
}

// same compares two words.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || (args[0] == args[1]) == neg {
		ts.Fatalf("%q", args)
	}
}

// setid puts the id on stdout in a variable: that of the first JSON object, or the
// line itself of a command that prints nothing else.
func setid(ts *testscript.TestScript, neg bool, args []string) {
	if line := strings.TrimSpace(ts.ReadFile("stdout")); !strings.HasPrefix(line, "{") {
		ts.Setenv(args[0], line)
		return
	}
	var object struct{ ID string }
	ts.Check(json.NewDecoder(strings.NewReader(ts.ReadFile("stdout"))).Decode(&object))
	ts.Setenv(args[0], object.ID)
}

// host puts the host and port of an address in HOST.
func host(ts *testscript.TestScript, neg bool, args []string) {
	u, err := url.Parse(args[0])
	ts.Check(err)
	ts.Setenv("HOST", u.Host)
}

// long writes a question of this many bytes, and a short one after it.
func long(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	b := fmt.Sprintf(`{"id":"lang","rule":"after_test","given":{"result":"%s"}}`, strings.Repeat("x", n))
	b += "\n" + `{"id":"na","rule":"after_test","given":{}}` + "\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b), 0o600))
}

// take lets a client take the test of the firm, every answer the first option,
// and puts the id of the attempt in ATTEMPT:
//
//	take data K-1
func take(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: take data reference")
	}
	ctx := context.Background()
	a, err := app.Open(ctx, app.Config{Data: ts.MkAbs(args[0])})
	ts.Check(err)
	defer a.Close()
	firms, err := a.Party.Firms(ctx)
	ts.Check(err)
	by, s := ident.Actor{Firm: firms[0].ID, Kind: ident.House, ID: "zorgplicht"}, a.Appropriateness
	started, err := s.Start(ctx, by, appropriateness.Start{Test: "hypotheek-zonder-advies", Reference: args[1], Channel: "website"})
	ts.Check(err)
	ts.Check(s.Begin(ctx, started.Token))
	for place, q := range started.Attempt.Form {
		ts.Check(s.Answer(ctx, started.Token, place, q.Options[0]))
	}
	_, err = s.Send(ctx, started.Token)
	ts.Check(err)
	_, err = s.Result(ctx, started.Token)
	ts.Check(err)
	ts.Check(a.Settle(ctx))
	ts.Setenv("ATTEMPT", string(started.Attempt.ID))
}

// get asks for an address and wants this status:
//
//	get 200 $DEMO_TESTLINK
func get(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: get status address")
	}
	reply, err := (&http.Client{Timeout: 10 * time.Second}).Get(args[1])
	ts.Check(err)
	defer reply.Body.Close()
	if _, err := io.Copy(io.Discard, reply.Body); err != nil {
		ts.Fatalf("%v", err)
	}
	if fmt.Sprint(reply.StatusCode) != args[0] {
		ts.Fatalf("%s answers %s", args[1], reply.Status)
	}
}

// programs are those that a script left running, by the name it gave them.
type programs map[string]*exec.Cmd

const running = "programs" // where a script keeps its own

// up starts the program in the background and waits for its first line. Of a
// JSON object each text becomes a variable, of another line its last word does:
//
//	up DEMO demo --json --listen 127.0.0.1:0
func up(ts *testscript.TestScript, neg bool, args []string) {
	p := ts.Value(running).(programs)
	if neg || len(args) < 2 {
		ts.Fatalf("usage: up NAME command…")
	}
	cmd := exec.Command(found(ts, "zorgplicht"), args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"HOME", "PATH", "TMPDIR"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	p[args[0]] = cmd
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		cmd.Wait() //nolint:errcheck // what went wrong stands on stderr
		ts.Fatalf("%s ended: %s", args[1], &said)
	}
	var fields map[string]any
	if json.Unmarshal([]byte(line), &fields) != nil {
		fields = map[string]any{"url": line[strings.LastIndex(line, " ")+1 : len(line)-1]}
	}
	for name, value := range fields {
		if text, ok := value.(string); ok {
			ts.Setenv(args[0]+"_"+strings.ToUpper(name), text)
		}
	}
	if accounts, err := json.Marshal(fields["accounts"]); err == nil {
		ts.Setenv(args[0]+"_ACCOUNTS", string(accounts))
	}
}

// down interrupts a program, which must end cleanly and soon:
//
//	down DEMO
func down(ts *testscript.TestScript, neg bool, args []string) {
	p := ts.Value(running).(programs)
	if neg || len(args) != 1 || p[args[0]] == nil {
		ts.Fatalf("usage: down NAME")
	}
	cmd := p[args[0]]
	delete(p, args[0])
	ts.Check(cmd.Process.Signal(os.Interrupt))
	if err := cmd.Wait(); err != nil {
		ts.Fatalf("%s did not end cleanly: %v\n%s", args[0], err, cmd.Stderr)
	}
}

func (p programs) kill() {
	for _, cmd := range p {
		cmd.Process.Kill() //nolint:errcheck // it may have ended
		cmd.Wait()         //nolint:errcheck // it was killed
	}
}

// found looks a program up on the script's own path.
func found(ts *testscript.TestScript, name string) string {
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if file := filepath.Join(dir, name); isFile(file) {
			return file
		}
	}
	ts.Fatalf("%s is not on the path", name)
	return ""
}

func isFile(path string) bool { info, err := os.Stat(path); return err == nil && !info.IsDir() }
