// Package starter holds tests that a firm can start from. They are Dutch only,
// and no model set: the AFM gives none (afm:ket:no-model), so a firm that uses
// one makes it its own.
package starter

import _ "embed"

// A Bank is the file of one test, as appropriateness.ReadBank reads it.
type Bank struct {
	Name string // as the file is called, without .yaml
	File []byte
}

// All holds the starter tests, one for each kind of product that the AFM page
// names first (afm:ket:products), and a unit-linked insurance as the complex one.
var All = []Bank{
	{"hypotheek", Hypotheek},
	{"arbeidsongeschiktheid", Arbeidsongeschiktheid},
	{"betalingsbeschermer", Betalingsbeschermer},
	{"beleggingsverzekering", Beleggingsverzekering},
}

// Hypotheek is a test for a mortgage without advice.
//
//go:embed hypotheek.yaml
var Hypotheek []byte

// Arbeidsongeschiktheid is a test for an individual disability insurance (AOV)
// of a self-employed person, without advice.
//
//go:embed arbeidsongeschiktheid.yaml
var Arbeidsongeschiktheid []byte

// Betalingsbeschermer is a test for a payment protection without advice: cover
// for the payments of a mortgage or loan on death, disability or unemployment,
// the term life insurance that serves a mortgage included.
//
//go:embed betalingsbeschermer.yaml
var Betalingsbeschermer []byte

// Beleggingsverzekering is a test for a unit-linked insurance without advice.
//
//go:embed beleggingsverzekering.yaml
var Beleggingsverzekering []byte
