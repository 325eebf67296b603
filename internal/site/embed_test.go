package site_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"zorgplicht/internal/lang"
	"zorgplicht/internal/site"
	"zorgplicht/internal/site/sitetest"
)

// framed is a site of which the pages below /t/ may be framed by one origin.
func framed() *site.Site {
	s := sitetest.New()
	s.Dress("/t/", func(*http.Request) site.Dress {
		return site.Dress{Lang: "nl", Look: func() site.Look { return site.Look{Frames: []string{"https://a.example", "https://b.example"}} }}
	})
	for _, at := range []string{"GET /t/{token}", "GET /werk"} {
		s.Handle(at, func(*http.Request) (site.Reply, error) {
			return site.Page(http.StatusOK, site.ClientPage(site.Client{Title: "Toets", Stage: "begun"})), nil
		})
	}
	s.Handle("GET /t/{token}/mis", func(*http.Request) (site.Reply, error) { panic("in a frame too") })
	return s
}

func TestAPageInAFrame(t *testing.T) {
	for _, c := range []struct {
		name, path, policy string
		script             bool
	}{
		{"a page that may be framed says by whom, and tells them its height", "/t/abc", "script-src 'self'; frame-ancestors https://a.example https://b.example;", true},
		{"so does the page of what went wrong", "/t/abc/mis", "frame-ancestors https://a.example https://b.example;", true},
		{"and of what is not there", "/t/abc/niets", "frame-ancestors https://a.example https://b.example;", true},
		{"another page is for no frame and has no script", "/werk", "frame-ancestors 'none';", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := sitetest.Get(framed(), c.path)
			if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, c.policy) || strings.Contains(csp, "script") != c.script {
				t.Errorf("policy %q", csp)
			}
			if strings.Contains(w.Body.String(), "<script") != c.script {
				t.Errorf("script is there: %t in %s", !c.script, w.Body)
			}
		})
	}
	page := sitetest.Get(framed(), "/t/abc").Body.String()
	if !strings.Contains(page, `data-origins="https://a.example https://b.example" data-state="begun"`) || !strings.Contains(page, `integrity="sha384-`) {
		t.Errorf("the script is not told who may ask: %s", page)
	}
}

func TestTheScriptThatPlacesATest(t *testing.T) {
	w := sitetest.Get(sitetest.New(), "/insluiten/v1.js")
	body := w.Body.String()
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/javascript") || w.Header().Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if len(body) > 3000 {
		t.Errorf("the script has grown to %d bytes", len(body))
	}
	if strings.Contains(body, "'*'") || !strings.Contains(body, "e.origin !== home") || !strings.Contains(body, "e.source !== frame.contentWindow") {
		t.Error("the script speaks to anyone, or listens to anyone")
	}
	for _, word := range []string{"eval", "innerHTML", "document.cookie", "localStorage"} {
		if strings.Contains(body, word) {
			t.Errorf("the script uses %s", word)
		}
	}
}

// TestAFloodAsksNothingOfTheStore: who is refused at the door gets a page in the
// right language, and the look of no firm is read for it.
func TestAFloodAsksNothingOfTheStore(t *testing.T) {
	o := sitetest.Options(io.Discard)
	o.Rate, o.Burst = 0.001, 1
	s, asked := site.New(o), 0
	s.Dress("/t/", func(*http.Request) site.Dress {
		return site.Dress{Lang: lang.English, Look: func() site.Look { asked++; return site.Look{} }}
	})
	sitetest.Get(s, "/t/abc")
	before := asked
	w := sitetest.Get(s, "/t/abc")
	if w.Code != http.StatusTooManyRequests || !strings.Contains(w.Body.String(), "A little slower, please") || asked != before {
		t.Errorf("%d, the look was asked %d times more: %s", w.Code, asked-before, w.Body)
	}
}
