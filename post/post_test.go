package post_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/post"
)

func TestTheMailOfTheDayComesOnWorkingDaysInOfficeHours(t *testing.T) {
	for name, c := range map[string]struct {
		at   string
		open bool
		day  string
	}{
		"just before eight in Amsterdam":       {"2026-03-02T06:59:59Z", false, "2026-03-02"},
		"at eight":                             {"2026-03-02T07:00:00Z", true, "2026-03-02"},
		"in summer eight comes an hour sooner": {"2026-07-01T06:00:00Z", true, "2026-07-01"},
		"just before five":                     {"2026-03-02T15:59:59Z", true, "2026-03-02"},
		"at five":                              {"2026-03-02T16:00:00Z", false, "2026-03-02"},
		"on Saturday":                          {"2026-03-07T10:00:00Z", false, "2026-03-07"},
		"on King's Day":                        {"2026-04-27T10:00:00Z", false, "2026-04-27"},
		"late at night it is the next day already": {"2026-03-02T23:30:00Z", false, "2026-03-03"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if day, open := post.DigestDay(at); open != c.open || day.String() != c.day {
			t.Errorf("%s: %s %v, want %s %v", name, day, open, c.day, c.open)
		}
	}
}

func TestTheMailOfTheDayHoldsNumbersAndNoWordsOfPeople(t *testing.T) {
	today := calendar.MustParse("2026-03-02")
	var items []casework.Item
	for n := range 60 {
		day := today.AddDays(-1)
		if n%2 == 1 {
			day = today.AddDays(3)
		}
		due := casework.Due{Title: "Bel Jansen", Day: day} // a person wrote it
		if n >= 2 {
			due.Title, due.Norm = "Antwoord de klant", "bfd:51"
		}
		if n == 2 {
			due.Title = "Voer uit: Bel Jansen"
		}
		items = append(items, casework.Item{Due: due, Of: casework.Case{Number: fmt.Sprintf("K-2026-%04d", n), Title: "Klacht van Jansen"}})
	}
	subject, text := post.DigestText("Bea", items, map[casework.Band]int{casework.Overdue: 30, casework.Week: 30}, today, "https://zorgplicht.example/werk/vandaag")
	if subject != "Vandaag te doen: 30 te laat, 30 binnen 7 dagen" || strings.Contains(text, "Jansen") {
		t.Errorf("%s\n%s", subject, text)
	}
	if n := strings.Count(text, "\n- "); n != 40 || !strings.Contains(text, "En nog 20.") {
		t.Errorf("%d lines:\n%s", n, text)
	}
	for _, want := range []string{"Beste Bea,", "2 maart 2026", "- K-2026-0000, uiterlijk 1 maart 2026: een taak", "Antwoord de klant", "Voer uit\n", "https://zorgplicht.example/werk/vandaag", "weer uitzetten"} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q:\n%s", want, text)
		}
	}
}

func TestWhichFirmAMessageAnswers(t *testing.T) {
	const firm = "0192a000-0000-7000-8000-00000000000b"
	for name, c := range map[string]struct {
		answers []string
		want    ident.Firm
	}{
		"a letter of ours":                    {[]string{"0192." + firm + "@voorbeeld.nl"}, firm},
		"after one of another":                {[]string{"x@elders.nl", "0192." + firm + "@voorbeeld.nl"}, firm},
		"an id of ours at another domain":     {[]string{"0192." + firm + "@voorbeeld.nl.elders.nl"}, ""},
		"an id without a firm":                {[]string{"0192@voorbeeld.nl"}, ""},
		"nothing at all":                      {nil, ""},
		"an id that is no more than a domain": {[]string{"@voorbeeld.nl"}, ""},
	} {
		if got := post.FirmOf(post.Parsed{Answers: c.answers}, "voorbeeld.nl"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestALetterGoesAnewOnlyWhereItDidNotArrive(t *testing.T) {
	anew := map[post.State]bool{post.Refused: true, post.Failed: true, post.Withdrawn: true, post.Returned: true}
	person := map[post.State]bool{post.Refused: true, post.Failed: true, post.Unsure: true, post.Returned: true}
	words := map[string]post.State{}
	for _, s := range post.States {
		if s.Ends() != anew[s] || s.Troubled() != person[s] {
			t.Errorf("%s: may go anew %v, asks a person %v", s, s.Ends(), s.Troubled())
		}
		if other, twice := words[s.Dutch()]; s.Dutch() == "" || twice && (s != post.Sent || other != post.Accepted) {
			t.Errorf("%s is called %q, as %s", s, s.Dutch(), other)
		}
		words[s.Dutch()] = s
	}
	for _, s := range post.InStates {
		if s.Dutch() == "" {
			t.Errorf("%s has no name", s)
		}
	}
}
