package appropriateness

import "math"

// LeastForShares is how many attempts figures need before they are told as shares:
// of fewer, one client more or less turns the picture.
const LeastForShares = 5

// A Share is a part of a whole, such as the attempts that ended well.
type Share struct{ N, Of int }

// Told reports whether there are enough attempts for a percentage.
func (s Share) Told() bool { return s.Of >= LeastForShares }

// Percent is the share in whole percents, halves up.
func (s Share) Percent() int { return int(math.Floor(s.part()*100 + 0.5)) }

func (s Share) part() float64 {
	if s.Of <= 0 {
		return 0
	}
	return float64(s.N) / float64(s.Of)
}

// Interval returns, in whole percents, the 95% interval of Wilson's score: what
// the share may be among all such clients, where these are some of them.
//
// E. B. Wilson, Probable Inference, the Law of Succession, and Statistical
// Inference, Journal of the American Statistical Association 22 (1927), 209-212.
func (s Share) Interval() (low, high int) {
	if s.Of <= 0 {
		return 0, 100
	}
	const z = 1.959963984540054 // of the normal distribution, two-sided 95%
	p, n := s.part(), float64(s.Of)
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return percentOf(middle - half), percentOf(middle + half)
}

// percentOf rounds to whole percents; what is less than a millionth off a half is
// one, so that machines that add otherwise agree.
func percentOf(part float64) int {
	return int(math.Floor(min(max(part, 0), 1)*100 + 0.5 + 1e-6))
}
