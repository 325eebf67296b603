// Package api has what the APIs of all rooms with cases share: how a program turns the
// pages of a list, and how it gives a day.
package api

import (
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/rest"
)

// Filter is the page of a list that is asked for, and how long it is.
func Filter(in rest.Paging) (f casework.Filter, err error) {
	f.Limit = in.Limit
	place, err := in.From()
	if err == nil && place != nil {
		f.Cursor = casework.Cursor{Received: calendar.Of(place.At), ID: casework.ID(place.ID)}
	}
	return f, err
}

// Cursor is what a program hands back for the next page, "" after the last.
func Cursor(next *casework.Cursor) string {
	if next == nil {
		return ""
	}
	return rest.Place{At: next.Received.Start(), ID: string(next.ID)}.Cursor()
}

// Day reads a day of a body: no day where none was given, and casework.NoDay for what
// nobody can read.
func Day(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil && s != "" {
		return casework.NoDay
	}
	return d
}
