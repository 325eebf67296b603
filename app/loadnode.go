package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A loadNode is one process that serves, at an address that stays the same.
type loadNode struct {
	url  string
	args []string
	file string // of the program
	log  string
	cmd  *exec.Cmd
}

// newNode starts a node on a free port. It believes who is on this machine about the
// address that a person comes from, as it does a balancer.
func (h *loadHouse) newNode(n int) (*loadNode, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	at := ln.Addr().String()
	if err := ln.Close(); err != nil {
		return nil, err
	}
	node := &loadNode{url: "http://" + at, file: h.Program, log: h.logOf(n)}
	node.args = []string{
		"serve", "--data", h.config.Data, "--listen", at, "--proxy", "127.0.0.0/8", "--base-url", "http://" + at,
		"--mail-smtp", h.post.address(), "--mail-smtp-security", "none", "--mail-from", "post@delinde.example",
	}
	if h.config.Database != "" {
		node.args = append(node.args, "--database", h.config.Database)
	}
	return node, node.start()
}

// start starts the process and waits until it answers.
func (n *loadNode) start() error {
	log, err := os.OpenFile(n.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	n.cmd = exec.Command(n.file, n.args...) //nolint:gosec // the program that the operator named
	n.cmd.Stderr = log
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := n.cmd.Start(); err != nil {
		return err
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	if !strings.HasPrefix(line, "zorgplicht serves ") {
		n.kill()
		return fmt.Errorf("a node does not start; its log is %s", n.log)
	}
	return nil
}

// kill ends the process as a power cut would.
func (n *loadNode) kill() {
	_ = n.cmd.Process.Kill() // an error says that it ended already
	_ = n.cmd.Wait()
}

// stop ends it as an operator would; one that ended before is left alone.
func (n *loadNode) stop() error {
	if n.cmd == nil || n.cmd.ProcessState != nil {
		return nil
	}
	if err := n.cmd.Process.Signal(os.Interrupt); err != nil {
		n.kill()
		return nil //nolint:nilerr // where there is no such signal it is killed
	}
	if err := n.cmd.Wait(); err != nil {
		return fmt.Errorf("a node ended with %w; its log is %s", err, n.log)
	}
	return nil
}

// wrongs are the lines of its log that tell of an error, the first of each.
func (n *loadNode) wrongs() (panics, errors []string, err error) {
	b, err := os.ReadFile(n.log)
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	for line := range bytes.Lines(b) {
		var e struct{ Level, Msg, Error, Panic string }
		if json.Unmarshal(line, &e) != nil {
			panics = append(panics, strings.TrimSpace(string(line)))
			continue
		}
		switch says := strings.TrimSpace(e.Msg + ": " + e.Error); {
		case e.Panic != "":
			panics = append(panics, says+e.Panic)
		case e.Level == "ERROR" && !seen[says]:
			seen[says] = true
			errors = append(errors, says)
		}
	}
	return panics, errors, nil
}

// ready waits until every node answers.
func (h *loadHouse) ready(ctx context.Context) error {
	for _, n := range h.nodes {
		for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, n.url+"/healthz", nil)
			if err != nil {
				return err
			}
			reply, err := http.DefaultClient.Do(r)
			if err == nil {
				_ = reply.Body.Close()
				if reply.StatusCode == http.StatusOK {
					break
				}
			}
			if time.Now().After(end) {
				return fmt.Errorf("a node does not answer; its log is %s", n.log)
			}
		}
	}
	return nil
}
