// Package disclosure is the room of the duty to inform: who gives what to whom,
// when and on which carrier, and how long it stays available.
//
// Norms: articles 26 and 30-49 of the decree (Besluit financiële dienstverlening,
// 2005) with their notes. So far it holds the rule on how long the yearly
// information on an investment object stays on the provider's site (48(2)).
package disclosure
