package dossier

import (
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// A Named is a document that a fact names, with the hash of its bytes. A fact does so
// in a list "documents" whose members have a name and a sha256.
type Named struct {
	Name string
	Hash ident.Hash
}

// NamedIn lists the documents that the payload of a fact names; none where it was
// erased.
func NamedIn(f journal.Recorded) (list []Named) {
	if f.Erased {
		return nil
	}
	n, err := canon.Parse(f.Payload)
	if err != nil || n.Kind() != canon.Obj || n.Get("documents").Kind() != canon.Arr {
		return nil
	}
	for d := range n.Get("documents").Items() {
		if d.Kind() != canon.Obj || d.Get("name").Kind() != canon.Str || d.Get("sha256").Kind() != canon.Str {
			continue
		}
		if hash, err := ident.ParseHash(d.Get("sha256").Text()); err == nil {
			list = append(list, Named{d.Get("name").Text(), hash})
		}
	}
	return list
}

// stored is what a document in the zip is.
type stored struct {
	hash ident.Hash
	size int64
}

// named holds every document against the facts that name it. The manifest says that
// it is the file of the dossier; the fact says that it is the file of that day.
func (d *reading) named() {
	counted := map[string]bool{}
	for _, f := range d.facts {
		for _, n := range NamedIn(f) {
			file, ok := d.documents[n.Name]
			switch {
			case !ok:
				d.find("documents/"+n.Name, f.ID, "document-missing", "the fact names it and it is not there")
			case file.hash != n.Hash:
				d.find("documents/"+n.Name, f.ID, "document-differs", "its bytes are not those that the fact names")
			case !counted[n.Name]:
				counted[n.Name] = true
				d.r.Documents++
			}
		}
	}
}
