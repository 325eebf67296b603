package site

import "net/url"

// Finder opens the window with the id zoekvenster by a key, and narrows the links in
// it while somebody types.
var Finder = keepScript("finder")

// FinderKey is the key.
const FinderKey = "/"

// SearchPath is where staff search everything; searches are kept below it.
const SearchPath = "/werk/zoek"

// KeepSearch is where somebody keeps a list with its choices, by the address of it.
func KeepSearch(href string) string {
	return SearchPath + "/bewaren?" + url.Values{"lijst": {href}}.Encode()
}
