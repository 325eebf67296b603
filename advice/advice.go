// Package advice is the room of the advice file (adviesdossier): what was learned
// of the client, what was recommended, what came of it, and the client's own choice
// against it, kept so that the advice can be reconstructed as it was on any day.
//
// Norm: article 14 of the decree (Besluit financiële dienstverlening, 2005) with
// its note. For advisers and compliance officers. A file is a case (package
// casework) with the versions of its content: each is kept as a row and named in
// the journal by its hash, so that it can be destroyed and never be changed.
package advice
