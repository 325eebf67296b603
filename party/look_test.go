package party_test

import (
	"slices"
	"strings"
	"testing"

	"zorgplicht/internal/fault"
	"zorgplicht/party"
)

// near takes every colour but yellow.
func near(c string) (string, float64) {
	if c == "#ffcc00" {
		return "#7a6200", 1.49
	}
	return c, 8
}

func TestCheckLook(t *testing.T) {
	for _, c := range []struct {
		name string
		look party.Look
		at   []string // pointers of what is wrong
	}{
		{"nothing set is the look of the house", party.Look{}, nil},
		{"name, colours and sites", party.Look{Name: "De Linde", Accent: "#14506e", Band: "#ffcc00", Origins: []string{"https://www.delinde.example", "https://toets.delinde.example:8443", "http://localhost:3000", "http://127.0.0.1:3000"}}, nil},
		{"a colour that cannot be read", party.Look{Accent: "#ffcc00"}, []string{"/accent"}},
		{"a colour by name", party.Look{Accent: "red"}, []string{"/accent"}},
		{"a rule of a stylesheet as colour", party.Look{Band: "#fff}*{}"}, []string{"/band"}},
		{"a name of two lines", party.Look{Name: "De\nLinde"}, []string{"/name"}},
		{"a name that is too long", party.Look{Name: strings.Repeat("a", 121)}, []string{"/name"}},
		{"a name with a citizen service number", party.Look{Name: "Linde 111222333"}, []string{"/name"}},
		{"plain http", party.Look{Origins: []string{"http://www.delinde.example"}}, []string{"/frameOrigins/0"}},
		{"a path behind the site", party.Look{Origins: []string{"https://www.delinde.example/toets"}}, []string{"/frameOrigins/0"}},
		{"every site", party.Look{Origins: []string{"*", "https://*.delinde.example", "https:"}}, []string{"/frameOrigins/0", "/frameOrigins/1", "/frameOrigins/2"}},
		{"another directive of the policy", party.Look{Origins: []string{"https://a.example; script-src *", "https://a.example 'unsafe-inline'", "https://a.example\r\nX: y"}}, []string{"/frameOrigins/0", "/frameOrigins/1", "/frameOrigins/2"}},
		{"somebody in front of the site", party.Look{Origins: []string{"https://wie@a.example"}}, []string{"/frameOrigins/0"}},
		{"too many sites", party.Look{Origins: slices.Repeat([]string{"https://a.example"}, 21)}, []string{"/frameOrigins"}},
		{"all at once", party.Look{Name: "\x00", Accent: "x", Band: "y", Origins: []string{"z"}}, []string{"/name", "/accent", "/band", "/frameOrigins/0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var at []string
			if f := fault.As(party.CheckLook(c.look, near)); f != nil {
				for _, d := range f.Details {
					at = append(at, d.Pointer)
					for _, o := range c.look.Origins {
						if len(o) > 8 && strings.Contains(d.Text, o) {
							t.Errorf("the fault repeats the value: %s", d.Text)
						}
					}
				}
			}
			if !slices.Equal(at, c.at) {
				t.Errorf("wrong at %v, want %v", at, c.at)
			}
		})
	}
}

func TestARefusedColourIsToldWithTheNearest(t *testing.T) {
	text := fault.As(party.CheckLook(party.Look{Accent: "#ffcc00"}, near)).Details[0].Text
	for _, want := range []string{"1,4 op 1", "4,5 op 1", "#7a6200"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q lacks %q", text, want)
		}
	}
}
