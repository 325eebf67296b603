// Package web has the pages on which staff sign in and out, and the guard that
// other rooms put before theirs.
package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// Options are what the hall gives a Guard.
type Options struct {
	Service  *staff.Service
	Sessions scs.CtxStore               // where sessions lie; it decides when one is over
	Secure   bool                       // reached over https; false only on plain http of the loopback
	Address  func(*http.Request) string // who sent a request, for the limits on signing in
	Nav      []Entry                    // the menu, in order, the lines of a part together
}

// An Entry is one line of the menu, for those who may go there.
type Entry struct {
	Part string // of the menu it stands in
	Text string
	Href string
	Do   staff.Action
}

// A Guard stands before the pages of staff: it knows who is signed in and what
// they may do.
type Guard struct {
	service  *staff.Service
	sessions *scs.SessionManager
	address  func(*http.Request) string
	nav      []Entry
}

// Lifetimes that scs writes down. The store decides by our own clock; scs needs
// an idle time to tell the store of each request.
const (
	idle     = 30 * time.Minute
	absolute = 8 * time.Hour
)

// NewGuard returns a guard that keeps sessions in the store of o.
func NewGuard(o Options) *Guard {
	m := scs.New()
	m.Store, m.Codec = o.Sessions, codec{}
	m.HashTokenInStore = true
	m.IdleTimeout, m.Lifetime = idle, absolute
	m.Cookie = scs.SessionCookie{Name: "zorgplicht", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if o.Secure {
		// The prefix makes a browser refuse the cookie from anywhere but this very
		// host over https.
		m.Cookie.Name, m.Cookie.Secure = "__Host-zorgplicht", true
	}
	return &Guard{service: o.Service, sessions: m, address: o.Address, nav: o.Nav}
}

// Staff lets through who is signed in and has the right to do this. Who is not
// signed in is sent to the door and comes back afterwards; who lacks the right is
// refused with reason not-allowed.
func (g *Guard) Staff(do staff.Action, page func(*http.Request, staff.Session) (site.Reply, error)) site.Handler {
	return g.signedIn(func(r *http.Request, who staff.Session) (site.Reply, error) {
		if !who.May(do) {
			return nil, fault.New(fault.Denied, "not-allowed", string(do))
		}
		return page(r, who)
	})
}

// signedIn lets through who is signed in. Who has a password that somebody else set
// gets no further than the page on which to choose one.
func (g *Guard) signedIn(page func(*http.Request, staff.Session) (site.Reply, error)) site.Handler {
	return func(r *http.Request) (site.Reply, error) {
		ctx, who, err := g.who(r)
		if fault.Has(err, staff.SignedOff) {
			return lapsed(r), nil
		}
		if err != nil {
			return nil, err
		}
		if who.Account.MustChange && who.Means == staff.ByPassword && r.URL.Path != passwordPath {
			return site.SeeOther(passwordPath), nil
		}
		token, err := g.prolong(ctx, who)
		if err != nil {
			return nil, err
		}
		reply, err := page(r, who)
		if err == nil && token != "" {
			reply = g.cookie(reply, token)
		}
		return reply, err
	}
}

// prolong keeps a session for another while. One whose account has other roles than
// it began with gets a new token, which is returned: what was learnt of the old one
// is worth nothing under the new rights.
func (g *Guard) prolong(ctx context.Context, who staff.Session) (token string, err error) {
	roles := rolesOf(who.Account)
	renew := g.sessions.GetString(ctx, "roles") != roles
	if renew {
		if err := g.sessions.RenewToken(ctx); err != nil {
			return "", fmt.Errorf("renew session: %w", err)
		}
		g.sessions.Put(ctx, "roles", roles)
	}
	if token, _, err = g.sessions.Commit(ctx); err != nil {
		return "", fmt.Errorf("prolong session: %w", err)
	}
	if !renew {
		token = ""
	}
	return token, nil
}

func rolesOf(a staff.Account) string {
	names := make([]string, len(a.Roles))
	for i, r := range a.Roles {
		names[i] = string(r)
	}
	return strings.Join(names, " ")
}

// who returns the session of a request, and the context in which scs holds it.
func (g *Guard) who(r *http.Request) (context.Context, staff.Session, error) {
	ctx, err := g.load(r)
	if err != nil {
		return nil, staff.Session{}, err
	}
	at := staff.SeatOf(func(name string) string { return g.sessions.GetString(ctx, name) })
	if at.Account == "" {
		return ctx, staff.Session{}, fault.New(fault.Denied, staff.SignedOff, "")
	}
	who, err := g.service.Session(ctx, at)
	return ctx, who, err
}

func (g *Guard) load(r *http.Request) (context.Context, error) {
	token := ""
	if c, err := r.Cookie(g.sessions.Cookie.Name); err == nil {
		token = c.Value
	}
	ctx, err := g.sessions.Load(r.Context(), token)
	if err != nil {
		return nil, fmt.Errorf("load session: %w", err)
	}
	return ctx, nil
}

// Frame is the frame of a page with this title, its menu as far as who is signed
// in may go, and the way to searching for who takes part in the daily work.
func (g *Guard) Frame(r *http.Request, who staff.Session, title string) site.Work {
	w := site.Work{Title: title, Firm: who.FirmName, Actor: who.Account.Name, Account: accountPath}
	w.Nav, w.Within = menu(g.nav, r.URL.Path, who.May)
	if who.May(staff.Work) {
		w.Finder = site.FinderFor(r)
	}
	return w
}

// menu is the menu of somebody at a path: the parts of it where they may go
// anywhere, each leading to its first page, and the pages of the part they are in.
func menu(all []Entry, path string, may func(staff.Action) bool) (parts, within []site.Link) {
	here := ""
	for _, e := range all {
		if path == e.Href || strings.HasPrefix(path, e.Href+"/") {
			here = e.Href
		}
	}
	pages := map[string][]site.Link{}
	for _, e := range all {
		if !may(e.Do) {
			continue
		}
		if pages[e.Part] == nil {
			parts = append(parts, site.Link{Text: e.Part, Href: e.Href})
		}
		pages[e.Part] = append(pages[e.Part], site.Link{Text: e.Text, Href: e.Href, Here: e.Href == here})
	}
	for i := range parts {
		p := &parts[i]
		if p.Here = slices.ContainsFunc(pages[p.Text], func(l site.Link) bool { return l.Here }); p.Here {
			within = pages[p.Text]
		}
	}
	return parts, within
}

// cookie writes the session's cookie; an empty token takes it away.
func (g *Guard) cookie(reply site.Reply, token string) site.Reply {
	return g.bake(reply, "", token, 0)
}

// remember writes the cookie by which this browser is known when it signs in again.
func (g *Guard) remember(reply site.Reply, secret string) site.Reply {
	return g.bake(reply, deviceCookie, secret, staff.DeviceFor)
}

// deviceCookie is what the name of the cookie of a browser ends in.
const deviceCookie = "-browser"

// bake writes a cookie beside that of the session, as well guarded; an empty value
// takes it away, and one without a life ends with the browser.
func (g *Guard) bake(reply site.Reply, suffix, value string, life time.Duration) site.Reply {
	k := g.sessions.Cookie
	c := http.Cookie{
		Name: k.Name + suffix, Value: value, Path: k.Path, MaxAge: int(life / time.Second),
		Secure: k.Secure, HttpOnly: k.HttpOnly, SameSite: k.SameSite,
	}
	if value == "" {
		c.MaxAge = -1
	}
	return site.WithHeader(reply, "Set-Cookie", c.String())
}

// cookieOf is the value of a cookie that bake wrote, empty where there is none.
func (g *Guard) cookieOf(r *http.Request, suffix string) string {
	c, err := r.Cookie(g.sessions.Cookie.Name + suffix)
	if err != nil {
		return ""
	}
	return c.Value
}

func (g *Guard) knock(r *http.Request) staff.Knock {
	return staff.Knock{Address: g.address(r), Device: g.cookieOf(r, deviceCookie)}
}

const (
	home         = "/werk"
	door         = "/werk/aanmelden"
	accountPath  = "/werk/account"
	passwordPath = accountPath + "/wachtwoord"
	peoplePath   = "/werk/medewerkers"
)

// doorFor is the address of the door that leads back to the page asked for; a post
// leads back to the page from which it was sent.
func doorFor(r *http.Request) string {
	back := r.URL.RequestURI()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		back = site.Whence(r)
	}
	if localPath(back) != home {
		return door + "?naar=" + url.QueryEscape(back)
	}
	return door
}

// lapsed is the reply to who is not signed in, or no longer. A form with text that
// somebody wrote is handed back to be sent again: who is signed in by then, in another
// tab, loses nothing. All else leads to the door.
func lapsed(r *http.Request) site.Reply {
	if r.Method == http.MethodPost && strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") && !strings.HasPrefix(r.URL.Path, accountPath) && r.ParseForm() == nil && len(site.Typed(r)) > 0 {
		return site.Page(http.StatusForbidden, showLapsed(r.URL.RequestURI(), r.PostForm))
	}
	return site.SeeOther(doorFor(r))
}

// localPath returns the path if it is one of a page for staff, else home: nobody
// can make a link to our door that leads elsewhere.
func localPath(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" ||
		strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f }) ||
		!strings.HasPrefix(u.Path, home+"/") || u.Path == home+"/" || strings.Contains(u.Path, "..") || strings.Contains(u.Path, "//") ||
		strings.HasPrefix(u.Path, door) {
		return home
	}
	return u.RequestURI()
}

// codec writes a session as JSON: scs's own form changes with the program.
type codec struct{}

// Encode writes the values of a session, all of which are texts.
func (codec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	k := staff.Kept{Deadline: deadline, Values: map[string]string{}}
	for name, v := range values {
		text, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("session value %s is a %T, not a text", name, v)
		}
		k.Values[name] = text
	}
	return json.Marshal(k)
}

// Decode reads what Encode writes.
func (codec) Decode(b []byte) (time.Time, map[string]any, error) {
	k, err := staff.ReadKept(b)
	if err != nil {
		return time.Time{}, nil, fmt.Errorf("read session: %w", err)
	}
	values := map[string]any{}
	for name, v := range k.Values {
		values[name] = v
	}
	return k.Deadline, values, nil
}
