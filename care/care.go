// Package care is the room of care during the term of a product (beheerfase):
// the ambition of the firm, what clients may expect, signals, and whether it
// helped.
//
// Norms: the three principles of the AFM for the ongoing support of clients
// (Principes voor de doorlopende ondersteuning van klanten) and the good practices
// beside them. They are no law and cannot be enforced; legal duties of care stay
// beside them. For product managers and advisers. Here stands the rule; it keeps
// nothing yet.
package care
