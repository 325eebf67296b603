package store

// Common sets from how many cases on a word or a value is common, until the function
// that it returns is called.
func Common(from int) (restore func()) {
	before := many
	many = from
	return func() { many = before }
}
