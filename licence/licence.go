// Package licence is the room of what a financial service provider needs to be
// allowed to act, and of those it acts with: its entry in the register of the
// supervisor, its structure of control, the liability cover of an insurance
// intermediary, and the mandates and registrations along the chain.
//
// Norms: articles 5, 13, 23-25, 68 and 69 of the decree (Besluit financiële
// dienstverlening, 2005) with their notes. For compliance officers and whoever
// takes in a partner. Here stand the rules; it keeps nothing yet.
package licence

import "zorgplicht/ident"

// The provisions that the rules of this room cite most.
const (
	registerChange ident.Norm = "bfd:5:3"
	opaque         ident.Norm = "bfd:13::a"
	thirdCountry   ident.Norm = "bfd:13::b"
)
