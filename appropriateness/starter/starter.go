// Package starter holds tests that a firm can start from. They are Dutch only,
// and no model set: the AFM gives none (afm:ket:no-model), so a firm that uses
// one makes it its own.
package starter

import _ "embed"

// Hypotheek is the bank file of a knowledge-and-experience test for a mortgage
// without advice.
//
//go:embed hypotheek.yaml
var Hypotheek []byte
