// Package credit is the room of credit to consumers: its price, its file and its
// statements.
//
// Norms: articles 1, 15, 28, 36, 37, 49, 59-61 and 77 of the decree (Besluit
// financiële dienstverlening, 2005) and Bijlage 9. For those who offer credit. So
// far it holds the rules on how long the credit file is kept (article 15).
package credit
