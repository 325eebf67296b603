package web

import (
	"strconv"

	"zorgplicht/internal/site"
	"zorgplicht/retention"
)

// stateTags name the states, each with its sign.
var stateTags = map[retention.State]site.Tag{
	retention.MustGo: {Tone: site.Bad, Text: "moet weg"}, retention.MayGo: {Tone: site.Info, Text: "mag weg"}, retention.Kept: {Tone: site.Good, Text: "moet blijven"},
	retention.Held: {Tone: site.Warn, Text: "vastgehouden"}, retention.Running: {Tone: site.Neutral, Text: "loopt nog"},
	retention.Waiting: {Tone: site.Neutral, Text: "wacht op wat erbij hoort"}, retention.Unknown: {Tone: site.Warn, Text: "einde onbekend"},
	retention.Vanished: {Tone: site.Neutral, Text: "vernietigd"},
}

var stageTags = map[retention.Stage]site.Tag{
	retention.Drawn: {Tone: site.Info, Text: "opgesteld"}, retention.Reviewed: {Tone: site.Warn, Text: "beoordeeld"},
	retention.Done: {Tone: site.Good, Text: "uitgevoerd"}, retention.Dropped: {Tone: site.Neutral, Text: "ingetrokken"},
}

// keptBy says why an entry of a list stayed, by the state it was in.
var keptBy = map[string]string{
	string(retention.Held): "er geldt een bewaarplicht", string(retention.Running): "weer opgepakt: de termijn loopt nog", string(retention.Kept): "de termijn is nog niet voorbij",
	string(retention.Waiting): "iets dat erbij hoort moet blijven", string(retention.Vanished): "al eerder vernietigd", string(retention.Unknown): "het einde is niet bekend", "unknown": "het dossier is er niet meer",
}

func stateChoices() []site.Choice {
	choices := []site.Choice{{Text: "Alle standen"}}
	for _, s := range retention.States {
		choices = append(choices, site.Choice{Value: string(s), Text: stateTags[s].Text})
	}
	return choices
}

var sortChoices = []site.Choice{
	{Value: string(retention.ByEarliest), Text: "Wanneer het weg mag"}, {Value: string(retention.ByLatest), Text: "Wanneer het weg moet"},
}

func number(n int) string { return strconv.Itoa(n) }

func months(n int64) string {
	switch {
	case n == 1:
		return "1 maand"
	case n > 0 && n%12 == 0:
		return strconv.FormatInt(n/12, 10) + " jaar"
	}
	return strconv.FormatInt(n, 10) + " maanden"
}
