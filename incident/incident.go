// Package incident is the room of integrity incidents (integriteitsincidenten): the
// policy that is fixed beforehand, which conduct is one, what is recorded of it, who
// may read that, when the supervisor is told, and whether what was done about it works.
//
// Norms: articles 10-12 of the decree (Besluit financiële dienstverlening, 2005)
// with their notes. For compliance officers, and for everybody who notices something.
//
// An incident is a case in a compartment: who may not see it finds none, and each
// opening is a fact. Words lie in rows that retention can destroy; facts name persons
// by nothing and texts by their hash.
package incident
