// Package complaint is the room of complaints: how a provider handles and records
// them, how long the record is kept, and the dispute bodies behind it.
//
// Norms: articles 50-58 of the decree (Besluit financiële dienstverlening, 2005)
// with their notes. For handlers and compliance officers. Here stand the rules; it
// keeps nothing yet.
package complaint
