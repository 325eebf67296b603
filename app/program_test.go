package app

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"zorgplicht/appropriateness/starter"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/staff"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if built != "" {
		os.RemoveAll(filepath.Dir(built))
	}
	os.Exit(code)
}

var built string // the program, once a test asked for it

// program builds the program that people install, once.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "zorgplicht-program-")
	if err != nil {
		return "", err
	}
	built = filepath.Join(dir, "zorgplicht")
	out, err := exec.Command("go", "build", "-o", built, "zorgplicht/cmd/zorgplicht").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return built, nil
})

// An installation is a data folder and a store on which programs serve, with a
// firm, a test in use and a token.
type installation struct {
	data     string
	database string // address of PostgreSQL, "" for SQLite
	alone    func() // returns once nobody is connected to the store
	firm     ident.Firm
	secret   string
}

func install(t *testing.T, e sqldb.Engine) *installation {
	t.Helper()
	in := &installation{data: t.TempDir(), alone: func() {}}
	if e == sqldb.Postgres {
		cluster := sqldbtest.Postgres(t)
		d := cluster.Migrated(t, Schemas())
		in.database = d.Login
		in.alone = func() { t.Helper(); cluster.Exec(t, d, untilAlone) }
	}
	a := in.open(t, nil)
	defer a.Close()
	f, err := a.Party.AddFirm(t.Context(), "Hypotheekhuis De Linde", false)
	if err != nil {
		t.Fatal(err)
	}
	in.firm = f.ID
	if _, err := a.Appropriateness.Publish(t.Context(), operator(f.ID), starter.Hypotheek); err != nil {
		t.Fatal(err)
	}
	if _, in.secret, err = a.Staff.AddToken(t.Context(), staff.Token{Firm: f.ID, Name: "Website", Scopes: staff.Scopes}); err != nil {
		t.Fatal(err)
	}
	return in
}

// untilAlone waits for the sessions of a program that was killed: its last commit
// may still be under way.
const untilAlone = `do $$ begin
	while exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend') loop
		perform pg_sleep(0.01);
		perform pg_stat_clear_snapshot();
	end loop;
end $$`

// open opens the installation in this program; the caller closes it.
func (in *installation) open(t testing.TB, now func() time.Time) *App {
	t.Helper()
	a, err := Open(t.Context(), Config{Data: in.data, Database: in.database, Rate: -1, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A node is one program that serves.
type node struct {
	url string
	cmd *exec.Cmd
	log *bytes.Buffer // read after it ended
}

// serve starts a program on a data folder, with more flags, and waits until it says
// where it serves.
func (in *installation) serve(t testing.TB, data string, more ...string) *node {
	t.Helper()
	file, err := program()
	if err != nil {
		t.Fatal(err)
	}
	n := &node{cmd: exec.Command(file, "serve", "--data", data, "--listen", "127.0.0.1:0", "--rate=-1"), log: &bytes.Buffer{}}
	n.cmd.Args = append(n.cmd.Args, more...)
	if in.database != "" {
		n.cmd.Args = append(n.cmd.Args, "--database", in.database)
	}
	n.cmd.Stderr = n.log
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := n.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.kill)
	line, _ := bufio.NewReader(out).ReadString('\n')
	at, ok := strings.CutPrefix(strings.TrimSpace(line), "zorgplicht serves ")
	if !ok {
		n.kill()
		t.Fatalf("the program does not serve: %q\n%s", line, n.log)
	}
	n.url = at
	return n
}

// kill ends the program as a power cut would.
func (n *node) kill() {
	if n.cmd.ProcessState == nil {
		n.cmd.Process.Kill()
		n.cmd.Wait()
	}
}

// stop ends the program as an operator would.
func (n *node) stop(t testing.TB) {
	t.Helper()
	if err := n.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := n.cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v\n%s", err, n.log)
	}
}
