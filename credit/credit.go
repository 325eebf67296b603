// Package credit is the room of credit to consumers: its price, its file and its
// statements.
//
// Norms: articles 1, 15, 28, 36, 37, 49, 59-61 and 77 of the decree (Besluit
// financiële dienstverlening, 2005) and Bijlage 9. For those who offer credit.
// Here stand the rules; it keeps nothing yet.
//
// Money and rates are exact decimals, times exact fractions. A figure that is
// printed rounded is decided by exact or sufficiently wide arithmetic: floats only
// say where to look.
package credit
