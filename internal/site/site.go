// Package site is the door for people: pages rendered here, with one look, one
// way to say that something went wrong, and one guard at the gate.
//
// A room mounts its pages with Handle. A handler reads the request, asks its
// service and returns a Reply or an error; a fault.Fault becomes a Dutch page
// with the right status, any other error a page with a number to quote. All
// pages work without script, and the content policy allows none.
//
// The layouts ClientPage and WorkPage and the components beside them follow the
// guidelines of NL Design System and WCAG 2.2 AA.
package site

import (
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// A Handler answers one request with a reply, or with the error that kept it
// from doing so.
type Handler func(*http.Request) (Reply, error)

// Options are what the hall gives a Site. Now, NewID and Log are required.
type Options struct {
	Now   func() time.Time
	NewID func() string // UUIDv7; its last 12 digits are the number a user quotes
	Log   *slog.Logger

	MaxBytes int64          // largest request body; 0 is 1 MiB
	Rate     float64        // requests a second from one address, lasting; 0 is no limit
	Burst    int            // requests at once from one address; 0 is ten seconds' worth
	Proxies  []netip.Prefix // proxies whose X-Forwarded-For is believed
	TLS      bool           // reached over https, by our own files or a proxy
}

// A Site answers all requests of one installation.
type Site struct {
	options   Options
	mux       *http.ServeMux
	patterns  []string
	messages  map[string]Message
	tellings  map[string]Telling
	within    []layer
	dressings []dressing
	mounted   []mount
	crowd     *crowd
	room      map[string]int64 // largest body, by path, where it is more than for others
	handler   http.Handler
}

type layer struct {
	prefix string
	wrap   func(http.Handler) http.Handler
}

// New returns a site with its styles and font mounted, and no pages yet.
func New(o Options) *Site {
	if o.MaxBytes == 0 {
		o.MaxBytes = 1 << 20
	}
	s := &Site{options: o, mux: http.NewServeMux(), messages: map[string]Message{}, tellings: map[string]Telling{}, room: map[string]int64{}}
	if o.Rate > 0 {
		s.crowd = newCrowd(o.Rate, o.Burst)
	}
	s.patterns = append(s.patterns, "GET "+assetPath, "GET "+embedPath)
	s.mux.HandleFunc("GET "+assetPath, s.serveAsset)
	s.mux.HandleFunc("GET "+embedPath, serveEmbed)
	s.handler = s.guard(http.HandlerFunc(s.route))
	return s
}

// Handle mounts a page under a pattern of http.ServeMux, such as
// "GET /t/{token}". All patterns are mounted before the first request.
func (s *Site) Handle(pattern string, h Handler) {
	s.patterns = append(s.patterns, pattern)
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		var reply Reply
		err := legible(r)
		if err == nil {
			reply, err = h(r)
		}
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		s.send(w, r, reply)
	})
}

// Mount hands all paths below prefix, such as "/v1/", to a handler that speaks
// for itself. The guard stays in front of it, and what the guard refuses or
// catches is written by refuse, which gets a fault or an internal error; nil
// writes a line of plain text.
func (s *Site) Mount(prefix string, h http.Handler, refuse func(http.ResponseWriter, *http.Request, error)) {
	if refuse == nil {
		refuse = plain
	}
	s.patterns = append(s.patterns, prefix)
	s.mounted = append(s.mounted, mount{prefix, refuse})
	s.mux.Handle(prefix, h)
}

type mount struct {
	prefix string
	refuse func(http.ResponseWriter, *http.Request, error)
}

// Receive lets requests for this very path have so large a body: a page that takes
// a file. What is larger is refused while it is read.
func (s *Site) Receive(path string, most int64) { s.room[path] = most }

// Patterns lists everything that is mounted, in that order: a test that must try
// every route cannot know of a new one otherwise.
func (s *Site) Patterns() []string { return slices.Clone(s.patterns) }

// Within wraps all pages below a prefix, such as "/werk/", in a middleware that
// sees a request before its page does: sessions, for one.
func (s *Site) Within(prefix string, wrap func(http.Handler) http.Handler) {
	s.within = append(s.within, layer{prefix, wrap})
}

// ServeHTTP answers one request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// route finds the page, or says in Dutch that there is none.
func (s *Site) route(w http.ResponseWriter, r *http.Request) {
	var h http.Handler = http.HandlerFunc(s.find)
	for _, l := range s.within {
		if strings.HasPrefix(r.URL.Path, l.prefix) {
			h = l.wrap(h)
		}
	}
	h.ServeHTTP(w, r)
}

func (s *Site) find(w http.ResponseWriter, r *http.Request) {
	h, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		note(r, pattern)
		return
	}
	// The mux has its own words for what it does not know, in English and
	// without a page; only its status and its Allow header are kept.
	probe := &probe{header: http.Header{}, status: http.StatusOK}
	h.ServeHTTP(probe, r)
	switch probe.status {
	case http.StatusNotFound:
		s.refuse(w, r, errNoPage)
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", probe.header.Get("Allow"))
		s.refuse(w, r, errNoMethod)
	default:
		h.ServeHTTP(w, r)
	}
}

// A probe hears what a handler would say.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) WriteHeader(status int)      { p.status = status }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
