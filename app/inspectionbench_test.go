package app

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

var benchComplaints = flag.Int("complaints", 500, "how many complaints a dossier holds in BenchmarkDossierOfComplaints")

// BenchmarkDossierOfComplaints makes the dossier of an inspection of complaints, with
// every decision asked again, and verifies it as an outsider does:
//
//	go test ./app -run - -bench DossierOfComplaints -benchtime 1x -args -complaints 100000
func BenchmarkDossierOfComplaints(b *testing.B) {
	h := newHouse(b, sqldb.SQLite)
	by, handler := h.person(staff.Compliance, "Toon"), h.person(staff.Handler, "Bea")
	if err := together(b.Context(), *benchComplaints, 32, func(n int) error { // who write at once share commits
		c := h.complaints(handler, 1)[0]
		if n%2 == 0 {
			h.handled(handler, c)
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	i, guest := h.inspects(by, nil)
	if err := h.Settle(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	var made, verified time.Duration
	for range b.N {
		d, err := h.Inspection.Ask(b.Context(), guest, i.ID)
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		if err := h.Inspection.Work(b.Context(), by.Firm, d.ID, func() bool { return false }); err != nil {
			b.Fatal(err)
		}
		made += time.Since(start)
		if d, _, err = h.Inspection.Fetch(b.Context(), guest, i.ID, d.ID); err != nil || d.Files != int64(*benchComplaints) {
			b.Fatalf("%d files, %v", d.Files, err)
		}
		start = time.Now()
		file := filepath.Join(h.Data, "inzage", string(by.Firm), d.Hash.String())
		if info, err := os.Stat(file); err == nil {
			b.ReportMetric(float64(info.Size())/float64(d.Files), "bytes/file")
		}
		r, err := VerifyDossier(b.Context(), file, h.Keys.Verifier())
		if err != nil || !r.Green() {
			b.Fatalf("verification: %+v, %v", r, err)
		}
		verified += time.Since(start)
	}
	files := float64(b.N * *benchComplaints)
	b.ReportMetric(files/made.Seconds(), "made/s")
	b.ReportMetric(files/verified.Seconds(), "verified/s")
}
