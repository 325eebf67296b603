// Package advice is the room of the advice file: what was learned of the client,
// what was recommended, and the client's own choice against it, kept so that the
// advice can be reconstructed.
//
// Norm: article 14 of the decree (Besluit financiële dienstverlening, 2005) with
// its note. For advisers and compliance officers. Here stand the rules; it keeps
// nothing yet.
package advice
