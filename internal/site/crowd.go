package site

import (
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// crowdSize is how many addresses are remembered; past it, those that have
// their whole burst back are forgotten, and if none has, all are.
const crowdSize = 50_000

// A crowd counts requests per remote address, in memory and per node. It keeps
// out floods; limits on signing in lie in the database.
type crowd struct {
	rate  rate.Limit
	burst int
	mu    sync.Mutex
	seen  map[netip.Addr]*rate.Limiter
}

func newCrowd(perSecond float64, burst int) *crowd {
	if burst == 0 {
		burst = max(1, int(10*perSecond))
	}
	return &crowd{rate: rate.Limit(perSecond), burst: burst, seen: map[netip.Addr]*rate.Limiter{}}
}

// admit counts one request and reports whether it is within the limit. This
// machine itself has none: whoever is on it needs no flood to do harm, and a firm's
// own systems beside the program start tests as fast as they have clients.
func (c *crowd) admit(a netip.Addr, now time.Time) bool {
	if a.IsLoopback() {
		return true
	}
	c.mu.Lock()
	l, ok := c.seen[a]
	if !ok {
		c.forget(now)
		l = rate.NewLimiter(c.rate, c.burst)
		c.seen[a] = l
	}
	c.mu.Unlock()
	return l.AllowN(now, 1)
}

func (c *crowd) forget(now time.Time) {
	if len(c.seen) < crowdSize {
		return
	}
	for a, l := range c.seen {
		if l.TokensAt(now) >= float64(c.burst) {
			delete(c.seen, a)
		}
	}
	if len(c.seen) >= crowdSize {
		clear(c.seen)
	}
}

// address returns who sent the request: the connection's other end or, behind a
// proxy of ours, the last address in X-Forwarded-For that is no proxy of ours.
// An IPv6 address stands for its /64, which one household has to itself.
func (s *Site) address(r *http.Request) netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	a := ap.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.ourProxy(a); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		a = hop.Unmap()
	}
	if a.Is6() {
		p, _ := a.WithZone("").Prefix(64)
		a = p.Addr()
	}
	return a
}

// Address is who sent the request, as text; empty where it is not known.
func (s *Site) Address(r *http.Request) string {
	if a := s.address(r); a.IsValid() {
		return a.String()
	}
	return ""
}

func (s *Site) ourProxy(a netip.Addr) bool {
	for _, p := range s.options.Proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
