package site_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/internal/site"
	"zorgplicht/internal/site/sitetest"
)

func TestSpecimens(t *testing.T) {
	s := sitetest.New()
	sitetest.Mount(s)
	inline := regexp.MustCompile(`<script|<style| style=| on[a-z]+=`)
	for path := range sitetest.Specimens {
		t.Run(path, func(t *testing.T) {
			w := sitetest.Get(s, path)
			html := w.Body.String()
			if w.Code != http.StatusOK {
				t.Fatalf("%d", w.Code)
			}
			if found := inline.FindString(html); found != "" {
				t.Errorf("the policy forbids %q", found)
			}
			if strings.Count(html, "<h1>") != 1 {
				t.Errorf("%d h1 in one page", strings.Count(html, "<h1>"))
			}
			ids := map[string]bool{}
			for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(html, -1) {
				if ids[m[1]] {
					t.Errorf("id %s stands there twice", m[1])
				}
				ids[m[1]] = true
			}
			for _, m := range regexp.MustCompile(` (?:for|aria-describedby|aria-labelledby|href)="#?([^"/]*)"`).FindAllStringSubmatch(html, -1) {
				for id := range strings.FieldsSeq(m[1]) {
					if !ids[id] {
						t.Errorf("no id %s, though the page points at it", id)
					}
				}
			}
			sitetest.Golden(t, "specimen-"+strings.TrimPrefix(path, "/"), w.Body.Bytes())
		})
	}
}

func TestAssetsKeepForEver(t *testing.T) {
	s := sitetest.New()
	sitetest.Mount(s)
	page := sitetest.Get(s, "/tekst").Body.String()
	kinds := map[string]string{"css": "text/css; charset=utf-8", "woff2": "font/woff2", "svg": "image/svg+xml"}
	found := regexp.MustCompile(`/assets/[a-z-]+-[0-9a-f]{12}\.([a-z0-9]+)`).FindAllStringSubmatch(page, -1)
	if len(found) != 3 {
		t.Fatalf("the page names %d assets", len(found))
	}
	for _, m := range found {
		w := sitetest.Get(s, m[0])
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != kinds[m[1]] || w.Body.Len() == 0 {
			t.Errorf("%s: %d %s, %d bytes", m[0], w.Code, w.Header().Get("Content-Type"), w.Body.Len())
		}
		if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: Cache-Control %q", m[0], got)
		}
	}
	if css := sitetest.Get(s, found[1][0]).Body.String(); !strings.Contains(css, found[0][0]) {
		t.Error("the stylesheet does not name the font as the page does")
	}
}

func TestNoFloodOfAssetsIsCounted(t *testing.T) {
	o := sitetest.Options(io.Discard)
	o.Rate, o.Burst = 0.001, 1
	s := site.New(o)
	for range 3 {
		if code := sitetest.Get(s, "/assets/none").Code; code != http.StatusNotFound {
			t.Errorf("%d", code)
		}
	}
}

func TestServerHasEveryLimit(t *testing.T) {
	s := sitetest.New().Server("127.0.0.1:0")
	if s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
		t.Errorf("a limit is missing: %+v", s)
	}
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("%d", w.Code)
	}
}

func TestHalfAFileIsCut(t *testing.T) {
	s := sitetest.New()
	s.Handle("GET /half", func(*http.Request) (site.Reply, error) {
		return site.Download("half.zip", "application/zip", func(w io.Writer) error {
			if _, err := io.WriteString(w, strings.Repeat("x", 1<<16)); err != nil {
				return err
			}
			return errors.New("the store went away")
		}), nil
	})
	server := httptest.NewServer(s)
	defer server.Close()
	reply, err := server.Client().Get(server.URL + "/half")
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	if _, err := io.ReadAll(reply.Body); err == nil {
		t.Error("half a file was taken for a whole one")
	}
}

func TestAPageThatBreaksHalfWayIsLogged(t *testing.T) {
	var log bytes.Buffer
	s := site.New(sitetest.Options(&log))
	s.Handle("GET /paniek", func(*http.Request) (site.Reply, error) {
		return site.Download("half.zip", "application/zip", func(w io.Writer) error {
			_, _ = io.WriteString(w, "half")
			panic("in the middle")
		}), nil
	})
	defer func() {
		if p := recover(); p != http.ErrAbortHandler { //nolint:errorlint // the server compares it so
			t.Errorf("the connection is not cut but %v", p)
		}
		if !strings.Contains(log.String(), "in the middle") {
			t.Errorf("the log does not tell: %s", &log)
		}
	}()
	sitetest.Get(s, "/paniek")
}
