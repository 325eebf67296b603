// Package plan holds the plan of the house: which folder lies on which floor,
// and what each may import. Its test reads every import of the project.
//
// Imports go down only: cmd, app, doors and stores of rooms, roots of rooms,
// journal, ground. A new room is one word in Floors; a folder that is in no
// table here is a breach, so that nothing grows beside the plan. The reasons
// stand in docs/architecture.md.
package plan

// Floors lists every room from the lowest floor to the highest. A folder
// imports from lower floors only, so rooms on one floor do not know each other.
// Rooms that are not built yet have their place all the same.
var Floors = []Floor{
	{Under, []string{".", "internal/fault", "internal/lang", "internal/pdftext", "internal/solve", "internal/text"}}, // the project itself holds its version
	{Ground, []string{"ident"}},
	{Ground, []string{"canon"}},
	{Ground, []string{"calendar", "money"}},
	{Ground, []string{"rule"}},
	{Room, []string{"journal"}},
	{Room, []string{"party", "staff"}},
	{Room, []string{"law", "criteria", "product"}},
	{Room, []string{"casework"}},
	{Room, []string{
		"desk", "appropriateness", "advice", "credit", "commission", "complaint", "incident",
		"integrity", "competence", "licence", "contact", "webhook", "post",
	}},
	{Room, []string{"lending", "dispute", "cause"}},               // ask credit what an agreement needs; complaint what a body must be; both and incident what lies behind
	{Room, []string{"loanbook"}},                                  // reads the book of what credit sells
	{Room, []string{"care", "disclosure", "advert", "retention"}}, // retention asks the rooms whose records it keeps
	{Room, []string{"inspection"}},
	{Hall, []string{"app"}},
	{FrontDoor, []string{"cmd/zorgplicht"}},
}

// Pipes lists the folders that do input and output, by floor among themselves.
// They may import the ground; stores, doors and app use them. Under them lie
// the unchanged files of others, for the pipes alone.
var Pipes = [][]string{
	{"third_party"},
	{"internal/pdf"}, // tables go to paper
	{"internal/sqldb", "internal/site", "internal/rest", "internal/plan", "internal/table", "internal/chart", "internal/mail", "internal/signon", "internal/passkey"},
	{"internal/once", "internal/job", "internal/outbound"},
}

// Parts says what a room may hold beside its root, and which pipes and outside
// modules each part may use.
var Parts = map[string]Part{
	"store": {Pipes: []string{"internal/sqldb", "internal/once", "internal/job", "internal/outbound"}, Outside: forRoots, Never: []string{"net", "os", "log"}},
	"web":   {Pipes: []string{"internal/site", "internal/table", "internal/chart", "internal/pdf"}, Outside: []string{"github.com/a-h/templ", "github.com/alexedwards/scs/v2", "golang.org/x/text"}, Never: []string{"database/sql", "os"}},
	"api":   {Pipes: []string{"internal/rest", "internal/table"}, Outside: []string{"github.com/danielgtaylor/huma/v2"}, Never: []string{"database/sql", "os"}},
}

// Shared names the doors whose pieces the doors of upper rooms of the same sort use:
// what every case has looks and asks the same everywhere.
var Shared = map[string]bool{"casework/web": true, "casework/api": true}

// Annexes are folders of a room that obey the rules of its root: no input, no
// output, lower roots only. They may import their own root; store and doors of
// the room may import them.
var Annexes = map[string]string{
	"journal/dossier":         "journal",
	"appropriateness/starter": "appropriateness",
	"criteria/yardstick":      "criteria",
}

// forRoots are the outside modules that compute only, without input or output:
// templ too, which writes what a dossier holds into the writer it is given.
var forRoots = []string{
	"github.com/a-h/templ", "go.yaml.in/yaml/v4", "golang.org/x/crypto/argon2", "golang.org/x/mod/sumdb", "github.com/blevesearch/snowballstem", "golang.org/x/text", "gonum.org/v1/gonum",
}

// world is what the root of a room stays away from: everything that reads or
// writes outside its arguments. A name bars the packages below it too.
var world = []string{
	"C", "crypto/rand", "database", "io/ioutil", "log", "math/rand", "net", "os", "path/filepath", "plugin", "syscall", "testing", "unsafe",
}

// typesOnly are packages below the world that hold interfaces and no way out.
var typesOnly = []string{"database/sql/driver"}

// dice is what nothing below app imports: who throws them is given them.
var dice = []string{"C", "crypto/rand", "math/rand"}

// clock is what nothing below app calls, by package and name.
var clock = map[string][]string{
	"time":                   {"Now", "Since", "Until"},
	"github.com/google/uuid": {"New", "NewString", "NewV6", "NewV7", "NewRandom", "NewUUID", "Must"},
}
