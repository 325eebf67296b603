package web

import (
	"net/url"
	"strings"
	"testing"
)

// Whatever a link to our door says, signing in leads to a page of the workspace
// on this very host.
func FuzzLocalPath(f *testing.F) {
	for _, s := range []string{
		"/werk/toetspogingen?zoek=D-1", "/werk", "//evil.example/werk/", "/werk/../t/x", "/werk/%2e%2e/x", "/werk/x#y",
		"https://evil.example/werk/x", "/\\evil.example/werk/", "/werk/;x", "/werk/\t//evil.example", "",
	} {
		f.Add(s)
	}
	here := &url.URL{Scheme: "https", Host: "zorgplicht.example", Path: "/werk/aanmelden"}
	f.Fuzz(func(t *testing.T, s string) {
		there, err := here.Parse(localPath(s))
		if err != nil {
			t.Fatalf("%q leads to %q: %v", s, localPath(s), err)
		}
		if there.Host != here.Host || there.Scheme != here.Scheme || there.Path != home && !strings.HasPrefix(there.Path, home+"/") {
			t.Errorf("%q leads to %s", s, there)
		}
		if strings.ContainsAny(localPath(s), "\r\n\\ ") {
			t.Errorf("%q becomes %q in a header", s, localPath(s))
		}
	})
}
