package pdf

import (
	"fmt"
	"math"
	"testing"
)

// WCAG 2.2: 4.5 for text, 3 for the frame of a panel.
func TestColoursHaveContrast(t *testing.T) {
	t.Parallel()
	const white colour = "1 1 1"
	grounds := []colour{white}
	for tone, c := range tones {
		grounds = append(grounds, c.ground)
		if got := contrast(c.border, white); got < 3 {
			t.Errorf("the frame of tone %d has contrast %.1f", tone, got)
		}
	}
	for _, text := range []colour{ink, soft, accent} {
		for _, ground := range grounds {
			if got := contrast(text, ground); got < 4.5 {
				t.Errorf("%s on %s has contrast %.1f", text, ground, got)
			}
		}
	}
}

func contrast(a, b colour) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c colour) float64 {
	var rgb [3]float64
	if _, err := fmt.Sscan(string(c), &rgb[0], &rgb[1], &rgb[2]); err != nil {
		panic(err)
	}
	for i, v := range rgb {
		if rgb[i] = v / 12.92; v > 0.04045 {
			rgb[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2]
}
