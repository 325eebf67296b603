// Package loanbook is the room of the credit portfolio (kredietportefeuille): every
// running agreement with its balance on a day, what happened to it since, the notices
// that a changed charge asks for, and the watch over the highest charge.
//
// Norms: articles 49, 64-65 and 77 of the decree (Besluit financiële dienstverlening,
// 2005). For those who provide credit. A stand of the book is read from a file, whole
// or not at all; what is told of one agreement since lies over it. It keeps no names:
// an agreement bears the reference that the firm gave it.
package loanbook
