package cause

import "zorgplicht/calendar"

// EndedOn is the day from which terms of retention count: that on which the root cause
// was concluded; zero while it is open.
func (c Cause) EndedOn() calendar.Date {
	if c.Case.Open() {
		return calendar.Date{}
	}
	return calendar.Of(c.Case.Closed)
}

// Emptied is what is left of a root cause once its content was destroyed: its sort, and
// of each measure kind, days, effect and what was counted.
func (c Cause) Emptied() Cause {
	measures := c.Measures
	c.What, c.Service, c.Measures = "", "", nil
	for _, m := range measures {
		m.What, m.Found, m.By, m.Owner = "", "", "", ""
		c.Measures = append(c.Measures, m)
	}
	return c
}
