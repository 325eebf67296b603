package dossier

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

//go:embed style.css
var style string

// page is what index.html shows.
type page struct {
	Title, Owner, Subject string
	Made                  string
	Origin, KeyID         string
	Size, At              string
	Root                  string
	Facts, Sealed         []shown
	Documents             []string
}

// shown is one fact on the page.
type shown struct {
	ID, Position          string
	Title, Kind           string
	Valid, Recorded, By   string
	Erased, Late          bool
	Hash, Raw, File, Note string
	Decisions             []decided
}

type decided struct {
	Rule    string
	Norms   []string
	Reasons []reason
	Raw     string
}

type reason struct{ Text, Norm string }

// render makes index.html.
func render(x journal.Extract, o Options) ([]byte, error) {
	c, _, err := journal.OpenCheckpoint(x.Checkpoint, nil)
	if err != nil {
		return nil, err
	}
	p := page{
		Title: o.Title, Owner: o.Owner, Subject: x.Subject, Made: calendar.DutchTime(o.Made),
		Origin: c.Origin, KeyID: signerID(o.Signer),
		Size: fmt.Sprint(c.Size), At: calendar.DutchTime(c.At), Root: c.Root.String(),
	}
	if p.Title == "" {
		p.Title = "Dossier " + x.Subject
	}
	for _, d := range o.Documents {
		p.Documents = append(p.Documents, d.Name)
	}
	gone := erasures(x.Facts)
	for _, f := range x.Facts {
		s, err := show(f, o)
		if err != nil {
			return nil, fmt.Errorf("fact %s: %w", f.ID, err)
		}
		s.Note = gone[f.ID]
		if f.Sealed {
			p.Sealed = append(p.Sealed, s)
		} else {
			p.Facts = append(p.Facts, s)
		}
	}
	var b bytes.Buffer
	err = index(p).Render(context.Background(), &b)
	return b.Bytes(), err
}

func signerID(s note.Signer) string { return fmt.Sprintf("%s+%08x", s.Name(), s.KeyHash()) }

// erasures says of each erased fact when it was erased and why.
func erasures(fs []journal.Recorded) map[string]string {
	gone := map[string]string{}
	for _, f := range fs {
		if f.Erases == "" || f.Erased {
			continue
		}
		if n, err := canon.Parse(f.Payload); err == nil {
			gone[f.Erases] = fmt.Sprintf("Gewist op %s (reden: %s).", calendar.DutchTime(f.Recorded), n.Get("reason").Text())
		}
	}
	return gone
}

func show(f journal.Recorded, o Options) (shown, error) {
	s := shown{
		ID: f.ID, Position: fmt.Sprint(f.Position), Title: f.Kind, Kind: f.Kind,
		Valid: calendar.DutchTime(f.Valid), Recorded: calendar.DutchTime(f.Recorded), Late: !f.Valid.Equal(f.Recorded),
		Erased: f.Erased, File: fmt.Sprintf("facts/%012d", f.Position),
	}
	if o.Happened != nil {
		if t := o.Happened(f.Kind); t != "" {
			s.Title = t
		}
	}
	if f.Kind == journal.ErasedKind && s.Title == f.Kind {
		s.Title = "Inhoud van een feit gewist"
	}
	if f.Sealed {
		s.Hash = f.Named.String()
	}
	if f.Erased {
		return s, nil
	}
	n, err := canon.Parse(f.Payload)
	if err != nil {
		return s, err
	}
	s.By, s.Raw = actor(n.Get("by").Text()), indented(f.Payload)
	ds, err := journal.Decisions(f.Payload)
	if err != nil {
		return s, err
	}
	for _, d := range ds {
		s.Decisions = append(s.Decisions, decision(d, o))
	}
	return s, nil
}

func decision(d rule.Decision, o Options) decided {
	out := decided{Rule: fmt.Sprintf("%s, versie %d", d.Rule, d.Version), Raw: indented(d.Answer)}
	for _, n := range d.Norms {
		out.Norms = append(out.Norms, n.Dutch())
	}
	for _, r := range d.Reasons {
		text := r.Code
		if o.Sentence != nil {
			if t := o.Sentence(d, r); t != "" {
				text = t
			}
		}
		out.Reasons = append(out.Reasons, reason{text, r.Norm.Dutch()})
	}
	return out
}

// actor says in Dutch who did it, by what the journal keeps: "staff:0193…".
func actor(by string) string {
	kind, id, _ := strings.Cut(by, ":")
	switch ident.Kind(kind) {
	case ident.Client:
		return "de cliënt (" + id + ")"
	case ident.Staff:
		return "medewerker " + id
	case ident.Program:
		return "programma " + id
	case ident.House:
		return "Zorgplicht zelf"
	}
	return by
}

func indented(b []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, b, "", "  ") != nil {
		return string(b)
	}
	return out.String()
}
