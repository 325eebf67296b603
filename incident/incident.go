// Package incident is the room of integrity incidents (integriteitsincidenten):
// which conduct is one, what is recorded of it, when the supervisor is told, and
// how long the record is kept.
//
// Norms: articles 10-12 of the decree (Besluit financiële dienstverlening, 2005)
// with their notes. For compliance officers. Here stand the rules; it keeps
// nothing yet.
package incident
