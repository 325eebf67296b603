package site

import (
	"log/slog"
	"net/http"
	"time"
)

// Server returns a server for this address with every time limit set: a slow
// reader or writer holds no connection for ever. A dossier gets a minute to
// leave.
func (s *Site) Server(address string) *http.Server {
	return &http.Server{
		Addr:              address,
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.options.Log.Handler(), slog.LevelWarn),
	}
}
