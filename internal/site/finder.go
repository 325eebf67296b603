package site

import (
	"net/http"
	"net/url"
)

// finderScript opens the search window by a key.
var finderScript = keepScript("finder")

// FinderKey is the key.
const FinderKey = "/"

// FinderID is the id of the search window on the page of searches, from which the
// script takes it.
const FinderID = "zoekvenster"

// SearchPath is where staff search everything; searches are kept below it.
const SearchPath = "/werk/zoek"

// KeepSearch is where somebody keeps a list with its choices, by the address of it.
func KeepSearch(href string) string {
	return SearchPath + "/bewaren?" + url.Values{"lijst": {href}}.Encode()
}

// A Finder says whether a page of staff leads to where they search everything, and
// whether a key does too.
type Finder struct{ Shown, Key bool }

const finderCookie = "zoektoets"

// FinderFor is the way to searching of a page in this browser.
func FinderFor(r *http.Request) Finder {
	c, err := r.Cookie(finderCookie)
	return Finder{Shown: true, Key: err != nil || c.Value != "uit"}
}

// TurnFinder turns the key on or off in this browser.
func TurnFinder(reply Reply, on bool) Reply {
	value := "uit"
	if on {
		value = "aan"
	}
	return WithHeader(reply, "Set-Cookie", finderCookie+"="+value+"; Path=/werk; Max-Age=31536000; SameSite=Lax; HttpOnly")
}
