package app

import (
	"context"
	"net/http"
	"sync"
	"time"

	"zorgplicht/internal/site"
)

// A health remembers for a moment how the store is, so that whoever asks all day
// long does not keep it busy: to ask is to write.
type health struct {
	ping  func(context.Context) error
	now   func() time.Time
	mu    sync.Mutex
	at    time.Time // zero before the first look
	found error
}

// The patience of a look at the store, and how long its outcome is news.
const (
	pingTime = 5 * time.Second
	pingNews = time.Second
)

func (h *health) look(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	if age := now.Sub(h.at); age >= 0 && age < pingNews {
		return h.found
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), pingTime)
	defer cancel()
	h.at, h.found = now, h.ping(ctx)
	return h.found
}

// furnishHealth mounts what an operator's watch asks: the store answers, and has
// room.
func (a *App) furnishHealth() {
	h := &health{ping: a.db.Ping, now: a.Now}
	a.site.Handle("GET /healthz", func(r *http.Request) (site.Reply, error) {
		if err := h.look(r.Context()); err != nil {
			return nil, err
		}
		return healthy{}, nil
	})
	a.site.Handle("GET /{$}", func(*http.Request) (site.Reply, error) { return site.SeeOther("/werk"), nil })
}

type healthy struct{}

// Write writes one word for a program.
func (healthy) Write(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte("ok\n"))
	return err
}
