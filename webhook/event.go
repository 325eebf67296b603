package webhook

import (
	"embed"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"zorgplicht/ident"
)

// A Type is a type of event, as CloudEvents names it.
type Type string

// The types that can be subscribed to.
const (
	Started   Type = "nl.zorgplicht.toetspoging.gestart"
	Judged    Type = "nl.zorgplicht.toetspoging.beoordeeld"
	Chosen    Type = "nl.zorgplicht.toetspoging.keuze-gemaakt"
	Ticket    Type = "nl.zorgplicht.poortbewijs.afgegeven"
	Published Type = "nl.zorgplicht.toets.gepubliceerd"

	ComplaintReceived   Type = "nl.zorgplicht.klacht.ontvangen"
	ComplaintClassified Type = "nl.zorgplicht.klacht.ingedeeld"
	ComplaintReplied    Type = "nl.zorgplicht.klacht.beantwoord"
	ComplaintConcluded  Type = "nl.zorgplicht.klacht.afgehandeld"
	ComplaintReopened   Type = "nl.zorgplicht.klacht.heropend"
	ComplaintForwarded  Type = "nl.zorgplicht.klacht.bij-geschilleninstantie"
)

// complaintTypes are the types about complaints.
var complaintTypes = []Type{ComplaintReceived, ComplaintClassified, ComplaintReplied, ComplaintConcluded, ComplaintReopened, ComplaintForwarded}

// Trial is the type of a test message. Nobody subscribes to it: it goes to the one
// subscription for which it is asked.
const Trial Type = "nl.zorgplicht.webhook.proef"

// Types are all types that can be subscribed to.
var Types = slices.Concat([]Type{Started, Judged, Chosen, Ticket, Published}, complaintTypes, topicTypes())

// name is the type without its domain and with dashes, as its schema is called.
func (t Type) name() string {
	const domain = len("nl.zorgplicht.")
	b := []byte(t[domain:])
	for i, c := range b {
		if c == '.' {
			b[i] = '-'
		}
	}
	return string(b)
}

// SchemaPath is where the schema of the data of this type is served.
func (t Type) SchemaPath() string { return SchemasPath + t.name() + "-1.json" }

// SchemasPath is the folder of the schemas.
const SchemasPath = "/v1/schemas/"

//go:embed schemas/*.json
var schemas embed.FS

// Schema returns a JSON schema by its file name, nil when there is none.
func Schema(name string) []byte {
	b, err := schemas.ReadFile("schemas/" + name)
	if err != nil {
		return topicSchema(name)
	}
	return b
}

// path is where the API tells more of what an event is about.
func (t Type) path(subject string) string {
	o, about := t.topic()
	switch {
	case about:
		return "/v1/" + o.path + "/" + subject
	case slices.Contains(complaintTypes, t):
		return "/v1/klachten/" + subject
	case t == Published:
		return "/v1/toetsen"
	case t == Trial:
		return "/v1/webhooks/" + subject
	}
	return "/v1/toetspogingen/" + subject
}

// An Event (gebeurtenis) is something that happened, as it is told to others. Its
// id is that of the fact it follows, however often it is sent.
type Event struct {
	ID       string
	Firm     ident.Firm
	Type     Type
	Subject  string // id of what it is about: an attempt, a test
	At       time.Time
	Sequence int // of the events about this subject, from 1 without gaps
}

// cloudEvent is an event on the wire: the attributes of CloudEvents 1.0 that the
// NL GOV profile asks, and its extension that tells the order.
type cloudEvent struct {
	SpecVersion     string `json:"specversion"`
	ID              string `json:"id"`
	Source          string `json:"source"`
	Type            Type   `json:"type"`
	Subject         string `json:"subject"`
	Time            string `json:"time"`
	DataContentType string `json:"datacontenttype"`
	DataSchema      string `json:"dataschema"`
	Sequence        string `json:"sequence"`
	SequenceType    string `json:"sequencetype"`
	Data            struct {
		ID   string `json:"id"`
		Link string `json:"link"`
	} `json:"data"`
}

// A House is what events say of the installation they come from.
type House struct {
	Name    string // as its checkpoints name it
	BaseURL string
}

// source names installation and firm as a URN in the name space of the Netherlands,
// as the profile has it.
func (h House) source(firm ident.Firm) string {
	return "urn:nld:zorgplicht:systeem:" + h.Name + ":onderneming:" + string(firm)
}

// body writes the event as it is sent, the same bytes each time.
func (e Event) body(h House) []byte {
	c := cloudEvent{
		SpecVersion: "1.0", ID: e.ID, Source: h.source(e.Firm), Type: e.Type, Subject: e.Subject,
		Time: e.At.UTC().Format("2006-01-02T15:04:05.000Z"), DataContentType: "application/json",
		DataSchema: h.BaseURL + e.Type.SchemaPath(), Sequence: strconv.Itoa(e.Sequence), SequenceType: "Integer",
	}
	c.Data.ID, c.Data.Link = e.Subject, h.BaseURL+e.Type.path(e.Subject)
	b, err := json.Marshal(c)
	if err != nil {
		panic("an event of texts always encodes: " + err.Error())
	}
	return b
}
