package sqldbtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// private is a server of our own, in a folder of its own, reached by a socket
// in that folder. It ends, and takes its folder along, when this program does.
type private struct {
	bin, dir string
	as       *syscall.Credential // nil: the user who tests
	settings []string
	stdin    io.WriteCloser
	cmd      *exec.Cmd
}

// guard keeps the server for as long as our end of its input is open, so that it
// also ends after a kill. The word "stop" spares the folder for a next start.
const guard = `
"$0/postgres" -D "$1/data" -k "$1" -c listen_addresses= "${@:2}" &
server=$!
read -r word
if [ "$word" = stop ]; then kill -INT $server; else kill -QUIT $server; fi
wait $server
[ "$word" = stop ] || rm -rf "$1"
`

// newPrivate makes a cluster and starts it. Durable says whether its commits
// reach the disk; a test that kills only our own programs needs none of that.
func newPrivate(durable bool) (*private, error) {
	bin := binaries()
	if bin == "" {
		return nil, errNoServer
	}
	p := &private{bin: bin, settings: []string{"-c", "max_connections=200"}}
	if !durable {
		p.settings = append(p.settings, "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")
	}
	var err error
	if p.dir, err = os.MkdirTemp("", "zorgplicht-pg-"); err != nil {
		return nil, err
	}
	if err := p.stepDown(); err != nil {
		return nil, err
	}
	init := p.command(filepath.Join(bin, "initdb"), "-D", filepath.Join(p.dir, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	return p, p.start()
}

var errNoServer = errors.New("no PostgreSQL: set ZORGPLICHT_TEST_POSTGRES to an administrator's address, or install the server binaries")

// binaries finds the folder of initdb and postgres: on the path, or where Debian
// keeps them, the newest first. ZORGPLICHT_TEST_POSTGRES=none says to look for
// none, to test as one who has no PostgreSQL.
func binaries() string {
	if os.Getenv("ZORGPLICHT_TEST_POSTGRES") == "none" {
		return ""
	}
	if at, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(at)
	}
	newest, found := 0, ""
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	for _, at := range dirs {
		v, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(at))))
		if v >= newest {
			newest, found = v, filepath.Dir(at)
		}
	}
	return found
}

// stepDown gives the folder to another user when root tests, because the server
// refuses to run as root.
func (p *private) stepDown() error {
	if os.Geteuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		p.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return os.Chown(p.dir, uid, gid)
	}
	return errors.New("root cannot run PostgreSQL, and there is no user postgres or nobody to step down to")
}

func (p *private) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = p.dir
	c.SysProcAttr = &syscall.SysProcAttr{Credential: p.as, Setpgid: true}
	return c
}

func (p *private) start() error {
	log, err := os.OpenFile(filepath.Join(p.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	p.cmd = p.command("bash", append([]string{"-c", guard, p.bin, p.dir}, p.settings...)...)
	p.cmd.Stdout, p.cmd.Stderr = log, log
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return err
	}
	if err := p.cmd.Start(); err != nil {
		return err
	}
	return p.await()
}

// await waits until the server answers.
func (p *private) await() error {
	var err error
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		err = execute(ctx, p.admin(), `select 1`)
		cancel()
		if err == nil {
			return nil
		}
	}
	log, _ := os.ReadFile(filepath.Join(p.dir, "log"))
	return fmt.Errorf("PostgreSQL does not start: %w\n%s", err, bytes.TrimSpace(log))
}

// stop ends the server as an administrator would: sessions are cut off.
func (p *private) stop() error {
	if _, err := io.WriteString(p.stdin, "stop\n"); err != nil {
		return err
	}
	p.stdin.Close()
	return ignoreExit(p.cmd.Wait())
}

// remove ends the server and its folder.
func (p *private) remove() error {
	p.stdin.Close()
	err := ignoreExit(p.cmd.Wait())
	return errors.Join(err, os.RemoveAll(p.dir))
}

func ignoreExit(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil
	}
	return err
}

// admin is the address of the administrator; the socket asks no password.
func (p *private) admin() string {
	u := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/postgres", RawQuery: "host=" + url.QueryEscape(p.dir)}
	return u.String()
}
