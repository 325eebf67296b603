// Package competence is the room of what people of a firm must know and can show
// (deskundigheid, vakbekwaamheid): which final terms their work asks, which
// diplomas count for them on which day, how a firm can comply without, and what
// minister and examination institutes owe.
//
// Norms: articles 16 to 22 and 72 of the decree with annexes 1 to 8 and 11. The
// diploma rows of annex 11 lie in annex11.csv. The room keeps nothing: what is
// asked is decided from the question alone.
package competence
