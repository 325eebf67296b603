package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// A loadLine is the way to the nodes, and remembers how each request went.
type loadLine struct {
	nodes []string
	http  *http.Client

	mu        sync.Mutex
	took      map[string][]time.Duration // by act
	outages   []loadOutage
	broken    int // requests without an answer, or with one of a house in trouble, near a kill
	conflicts int // forms that another was ahead of, and that were filled in again
	faults    []string
	more      int // faults beyond those that are named
}

// A loadOutage is from the kill of a node until it answers again.
type loadOutage struct{ from, until time.Time }

// loadGrace is how long after a kill a request may still suffer from it: a store gives
// up what a killed node held, and a line that hung is let go.
const loadGrace = 5 * time.Second

// mostFaults is how many faults a report names.
const mostFaults = 50

func newLoadLine() *loadLine {
	return &loadLine{
		took: map[string][]time.Duration{},
		http: &http.Client{
			Timeout:       time.Minute,
			Transport:     &http.Transport{MaxIdleConnsPerHost: 1000, IdleConnTimeout: time.Minute},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

func (l *loadLine) close() { l.http.CloseIdleConnections() }

func (l *loadLine) counts() (asked, broken, kills int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, all := range l.took {
		asked += len(all)
	}
	return asked, l.broken, len(l.outages)
}

// fault notes something that must not happen.
func (l *loadLine) fault(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.faults) == mostFaults {
		l.more++
		return
	}
	l.faults = append(l.faults, fmt.Sprintf(format, args...))
}

func (l *loadLine) found() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.more > 0 {
		return append(slices.Clone(l.faults), fmt.Sprintf("and %d more", l.more))
	}
	return l.faults
}

// killed notes that a node goes now; the function says that it is back.
func (l *loadLine) killed() (back func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(l.outages)
	l.outages = append(l.outages, loadOutage{from: time.Now()})
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.outages[n].until = time.Now()
	}
}

// done notes an answer.
func (l *loadLine) done(act string, took time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.took[act] = append(l.took[act], took)
}

// broke notes a request that got no answer, or one of a house in trouble: a fault,
// unless a node was killed meanwhile.
func (l *loadLine) broke(act string, from time.Time, what string) {
	now := time.Now()
	l.mu.Lock()
	near := slices.ContainsFunc(l.outages, func(o loadOutage) bool {
		return !o.from.After(now) && (o.until.IsZero() || from.Before(o.until.Add(loadGrace)))
	})
	if near {
		l.broken++
	}
	l.mu.Unlock()
	if !near {
		l.fault("%s, with no kill near: %s", act, what)
	}
}

func (l *loadLine) conflict() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conflicts++
}

// A loadAsk is one request; again says that asking twice does it once.
type loadAsk struct {
	method, path string
	media        string
	body         []byte
	key          string // of what is asked of the API, once
	again        bool
}

// A loadAnswer is a whole answer.
type loadAnswer struct {
	status int
	header http.Header
	body   string
}

func (a *loadAnswer) String() string {
	return fmt.Sprintf("%d %.200q", a.status, strings.Join(strings.Fields(a.body), " "))
}

// Why a request has no answer: the line broke, and it may have been done.
var errLoadBroken = errors.New("the line broke")

// ask sends a request to the node that a person is at, and goes to the next one where
// that is gone. A request that may have been done, and must not be done twice, is not
// sent again: whoever asked looks what became of it.
func (p *loadPerson) ask(act string, r loadAsk) (*loadAnswer, error) {
	for end := time.Now().Add(2 * time.Minute); ; {
		start := time.Now()
		h, sent, err := p.once(r)
		if err == nil && h.status < 500 && h.status != http.StatusTooManyRequests {
			p.line.done(act, time.Since(start))
			return h, nil
		}
		what := fmt.Sprint(h)
		if err != nil {
			what = err.Error()
		}
		p.line.broke(act, start, what)
		p.at = (p.at + 1) % len(p.line.nodes)
		if sent && !r.again && r.method != http.MethodGet || time.Now().After(end) {
			return nil, errLoadBroken
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// once sends a request one time; sent says whether the node may have got it.
func (p *loadPerson) once(r loadAsk) (_ *loadAnswer, sent bool, err error) {
	q, err := http.NewRequestWithContext(context.Background(), r.method, p.line.nodes[p.at]+r.path, bytes.NewReader(r.body)) // what was begun is finished when the time is over
	if err != nil {
		return nil, false, err
	}
	q.Header.Set("X-Forwarded-For", p.address())
	for name, v := range map[string]string{"Content-Type": r.media, "Idempotency-Key": r.key, "Cookie": p.cookie} {
		if v != "" {
			q.Header.Set(name, v)
		}
	}
	if strings.HasPrefix(r.path, "/v1/") {
		q.Header.Set("Authorization", "Bearer "+p.secret)
	}
	w, err := p.line.http.Do(q)
	if err != nil {
		var op *net.OpError
		return nil, !errors.As(err, &op) || op.Op != "dial", err
	}
	defer w.Body.Close()
	b, err := io.ReadAll(w.Body)
	return &loadAnswer{w.StatusCode, w.Header, string(b)}, true, err
}

// address is that of a person's home, as a balancer tells it.
func (p *loadPerson) address() string { return fmt.Sprintf("10.1.%d.%d", p.number/250, 1+p.number%250) }
