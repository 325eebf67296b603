package web_test

import (
	"net/http"
	"testing"

	"zorgplicht/internal/site/sitetest"
)

// BenchmarkList is what one look at the list of norms costs, without network and
// sign-in.
func BenchmarkList(b *testing.B) {
	r := open(b)
	for name, path := range map[string]string{"all": "/werk/normen", "words": "/werk/normen?zoek=advies", "tariff": "/werk/normen?tarief=2"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if w := sitetest.Get(r.Site, path); w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
