// Package law is the room of the norms: what the decree (Besluit financiële
// dienstverlening, 2005) sets at stake, whom it reaches and on which days.
//
// It holds the fines of Bijlage 10 and who pays which, which of the decree's
// information sets and product kinds apply, which provisions are in force on a
// day, and what the decree leaves to a ministerial rule. It keeps nothing: what
// is asked here is decided from the question alone.
//
// The norms themselves are data, in catalogue/: one file for each article, annex
// or document of the AFM, to be read and reviewed by a lawyer. The paraphrases
// are ours; the text is the law's. The catalogue explains and finds, and decides
// nothing: a rule holds its norm in its own code, under its own version, so that
// a better paraphrase never changes an answer.
package law
