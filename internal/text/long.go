package text

import "strconv"

// TooLong tells whoever typed a text that it may hold no more than most characters.
func TooLong(most int) string {
	n := strconv.Itoa(most)
	if len(n) > 4 {
		n = n[:len(n)-3] + "." + n[len(n)-3:]
	}
	return "Deze tekst is te lang. Gebruik hooguit " + n + " tekens."
}
