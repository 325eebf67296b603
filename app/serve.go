package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// The patience of the server: whoever sends or reads more slowly is let go.
const (
	headerTime = 5 * time.Second
	readTime   = 30 * time.Second
	writeTime  = 2 * time.Minute // a dossier over a slow line
	idleTime   = 2 * time.Minute
	leaveTime  = 20 * time.Second // for what is under way when the house closes
)

// door returns what is wrong with the way the installation is reached.
func (c *Config) door() (errs []error) {
	if (c.TLSCert == "") != (c.TLSKey == "") {
		errs = append(errs, errors.New("tls: give both the certificate and its key"))
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return append(errs, fmt.Errorf("listen: %q is not host:port", c.Listen))
	}
	if c.BaseURL == "" {
		c.BaseURL = "http://" + c.Listen
		if c.TLSCert != "" {
			c.BaseURL = "https://" + c.Listen
		}
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" || u.RawQuery != "" {
		return append(errs, fmt.Errorf("base url: %q is not of the form https://host", c.BaseURL))
	}
	switch {
	case u.Scheme == "http" && !(loopback(host) && loopback(u.Hostname())):
		errs = append(errs, errors.New("plain http works on this machine only (127.0.0.1, ::1, localhost); give tls files, or a proxy that does TLS with its base url"))
	case u.Scheme == "https" && c.TLSCert == "" && len(c.Proxies) == 0:
		errs = append(errs, errors.New("the base url is https: give tls files, or name the proxy that does TLS"))
	}
	return errs
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// secure reports whether the installation is reached over https.
func (a *App) secure() bool { return strings.HasPrefix(a.BaseURL, "https://") }

// Link is the address at which a client opens the attempt with this secret.
func (a *App) Link(token string) string { return a.BaseURL + "/t/" + token }

// Handler answers all requests.
func (a *App) Handler() http.Handler { return a.site }

// Serve answers requests on ln, does the jobs and moves facts into the tree until ctx ends; then
// it finishes what is under way and returns nil.
func (a *App) Serve(ctx context.Context, ln net.Listener) error {
	server := &http.Server{
		Handler: a.Handler(), ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
		IdleTimeout: idleTime, MaxHeaderBytes: 32 << 10,
	}
	if err := a.ownJournal(ctx); err != nil {
		return err
	}
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	sequenced := make(chan struct{})
	go func() { defer close(sequenced); a.sequence(work) }()
	jobs, halt := context.WithCancel(work)
	defer halt()
	worked := make(chan struct{})
	go func() { defer close(worked); a.work(jobs) }()

	ended := make(chan error, 1)
	go func() {
		if a.TLSCert != "" {
			ended <- server.ServeTLS(ln, a.TLSCert, a.TLSKey)
			return
		}
		ended <- server.Serve(ln)
	}()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	leave, cancel := context.WithTimeout(work, leaveTime)
	defer cancel()
	halt()
	err := server.Shutdown(leave)
	<-worked // work under way may record facts
	stop()
	<-sequenced
	// What the last requests recorded gets its place too, so that a journal at
	// rest has nothing waiting.
	rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveTime)
	defer cancel()
	return errors.Join(err, a.Settle(rest))
}
