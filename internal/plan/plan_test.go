package plan

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheHouseFollowsItsPlan(t *testing.T) {
	t.Parallel()
	found, err := Check(os.DirFS("../.."), "zorgplicht")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range found {
		t.Error(b)
	}
}

func TestBreaches(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		file string
		text string
		want string // part of the one breach; empty: none
	}{
		{"a room uses a lower root", "credit/credit.go", `import _ "zorgplicht/party"`, ""},
		{"a room uses the ground", "credit/credit.go", `import _ "zorgplicht/rule"`, ""},
		{"a room uses fault", "credit/credit.go", `import _ "zorgplicht/internal/fault"`, ""},
		{"a room does not use a room beside it", "credit/credit.go", `import _ "zorgplicht/advice"`, "does not lie below credit"},
		{"a room does not use a room above it", "party/party.go", `import _ "zorgplicht/credit"`, "does not lie below party"},
		{"the ground does not use the journal", "rule/rule.go", `import _ "zorgplicht/journal"`, "does not lie below rule"},
		{"fault imports nothing of ours", "internal/fault/fault.go", `import _ "zorgplicht/internal/text"`, "beside each other"},
		{"a root does no SQL", "credit/credit.go", `import _ "database/sql"`, "no input or output"},
		{"a root tells the driver what its types are", "ident/ident.go", `import _ "database/sql/driver"`, ""},
		{"a pipe uses the files of others", "internal/site/assets.go", `import _ "zorgplicht/third_party"`, ""},
		{"a page does not use the files of others", "credit/web/web.go", `import _ "zorgplicht/third_party"`, "not for web"},
		{"a root does no HTTP", "credit/credit.go", `import _ "net/http"`, "no input or output"},
		{"a root does not open files", "credit/credit.go", `import _ "os"`, "no input or output"},
		{"a root does not look for commands", "credit/credit.go", `import _ "os/exec"`, "no input or output"},
		{"a root may embed its files", "law/law.go", `import _ "embed"`, ""},
		{"a root throws no dice", "credit/credit.go", `import _ "math/rand/v2"`, "throws dice"},
		{"a root uses no pipe", "credit/credit.go", `import _ "zorgplicht/internal/sqldb"`, "pipes are for stores, doors and app"},
		{"a root knows no outside module", "credit/credit.go", `import _ "github.com/jackc/pgx/v5"`, "not for the root"},
		{"a root may read YAML", "credit/bank.go", `import _ "go.yaml.in/yaml/v4"`, ""},
		{"a root does not use its store", "credit/credit.go", `import _ "zorgplicht/credit/store"`, "for their own room and app"},
		{"a root does not use its annex", "journal/journal.go", `import _ "zorgplicht/journal/dossier"`, "its own annexes"},
		{"an annex uses its root", "journal/dossier/zip.go", `import _ "zorgplicht/journal"`, ""},
		{"an annex does no input or output", "journal/dossier/zip.go", `import _ "os"`, "no input or output"},
		{"a store uses its root", "credit/store/store.go", `import _ "zorgplicht/credit"`, ""},
		{"a store uses an annex of its room", "journal/store/store.go", `import _ "zorgplicht/journal/dossier"`, ""},
		{"a store uses a lower root", "credit/store/store.go", `import _ "zorgplicht/journal"`, ""},
		{"a store uses sqldb", "credit/store/store.go", `import _ "zorgplicht/internal/sqldb"`, ""},
		{"a store makes no pages", "credit/store/store.go", `import _ "zorgplicht/internal/site"`, "not for store"},
		{"a store does no HTTP", "credit/store/store.go", `import _ "net/http"`, "not for store"},
		{"a store does not open another store", "credit/store/store.go", `import _ "zorgplicht/journal/store"`, "for their own room and app"},
		{"a store throws no dice", "journal/store/pen.go", `import _ "crypto/rand"`, "throws dice"},
		{"a page does not use its store", "credit/web/web.go", `import _ "zorgplicht/credit/store"`, "for their own room and app"},
		{"a page does no SQL", "credit/web/web.go", `import _ "zorgplicht/internal/sqldb"`, "not for web"},
		{"a page uses site and templ", "credit/web/web.go", `import (_ "zorgplicht/internal/site"; _ "github.com/a-h/templ"; _ "net/http")`, ""},
		{"an API uses rest and huma", "credit/api/api.go", `import (_ "zorgplicht/internal/rest"; _ "github.com/danielgtaylor/huma/v2")`, ""},
		{"an API of an upper room uses what all cases share", "complaint/api/api.go", `import _ "zorgplicht/casework/api"`, ""},
		{"a page does not use the API of all cases", "complaint/web/web.go", `import _ "zorgplicht/casework/api"`, "for their own room and app"},
		{"an API makes no pages", "credit/api/api.go", `import _ "github.com/a-h/templ"`, "outside module is not for api"},
		{"the ground has no store", "money/store/store.go", ``, "no table"},
		{"a pipe uses the ground", "internal/sqldb/db.go", `import _ "zorgplicht/ident"`, ""},
		{"a pipe knows no room", "internal/sqldb/db.go", `import _ "zorgplicht/party"`, "pipes know no rooms"},
		{"a pipe does not know the journal", "internal/rest/rest.go", `import _ "zorgplicht/journal"`, "pipes know no rooms"},
		{"a pipe stands on a lower pipe", "internal/once/once.go", `import _ "zorgplicht/internal/sqldb"`, ""},
		{"a pipe does not use one beside it", "internal/site/site.go", `import _ "zorgplicht/internal/sqldb"`, "does not lie below"},
		{"app knows all", "app/credit.go", `import (_ "zorgplicht/credit"; _ "zorgplicht/credit/store"; _ "zorgplicht/credit/web"; _ "zorgplicht/internal/site"; _ "crypto/rand")`, ""},
		{"app does not use the front door", "app/app.go", `import _ "zorgplicht/cmd/zorgplicht"`, "nobody imports it"},
		{"the front door uses app", "cmd/zorgplicht/main.go", `import (_ "zorgplicht/app"; _ "os"; _ "github.com/alecthomas/kong")`, ""},
		{"the front door opens no store", "cmd/zorgplicht/main.go", `import _ "zorgplicht/credit/store"`, "for their own room and app"},
		{"the front door uses no pipe", "cmd/zorgplicht/main.go", `import _ "zorgplicht/internal/sqldb"`, "pipes are for stores, doors and app"},
		{"a room does not use app", "credit/web/web.go", `import _ "zorgplicht/app"`, "does not lie below"},
		{"a folder of no table", "helpers/helpers.go", ``, "no table"},
		{"a part of no table", "credit/util/util.go", ``, "no table"},
		{"an import of no table", "credit/credit.go", `import _ "zorgplicht/helpers"`, "no table"},
		{"cgo anywhere", "app/app.go", `import _ "C"`, "no cgo"},
		{"a root asks no clock", "credit/credit.go", "import \"time\"\nvar now = time.Now", "asks time.Now"},
		{"a store under another name asks no clock", "credit/store/store.go", "import clock \"time\"\nfunc f() { clock.Since(clock.Time{}) }", "asks clock.Since"},
		{"a pipe asks no clock", "internal/site/log.go", "import \"time\"\nvar now = time.Now", "asks time.Now"},
		{"a pipe makes no ids", "internal/site/log.go", "import \"github.com/google/uuid\"\nvar id = uuid.NewString", "asks uuid.NewString"},
		{"app asks the clock", "app/app.go", "import \"time\"\nvar now = time.Now", ""},
		{"a test asks the clock", "credit/credit_test.go", "import \"time\"\nvar now = time.Now", ""},
		{"a test uses the store of its room", "credit/service_test.go", `import (_ "zorgplicht/credit/store"; _ "zorgplicht/internal/sqldb/sqldbtest"; _ "os")`, ""},
		{"a test of a page uses lower stores", "credit/web/web_test.go", `import (_ "zorgplicht/credit/store"; _ "zorgplicht/journal/store"; _ "zorgplicht/internal/site")`, ""},
		{"a test does not use a room beside it", "credit/credit_test.go", `import _ "zorgplicht/advice"`, "does not lie below"},
		{"a test of a pipe knows no room", "internal/sqldb/db_test.go", `import _ "zorgplicht/party"`, "pipes know no rooms"},
		{"code does not use what helps tests", "credit/store/store.go", `import _ "zorgplicht/internal/sqldb/sqldbtest"`, "helps tests only"},
		{"what helps tests may use its pipe", "internal/sqldb/sqldbtest/each.go", `import (_ "zorgplicht/internal/sqldb"; _ "testing"; _ "os"; _ "time")`, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found, err := Check(fstest.MapFS{c.file: {Data: []byte("package x\n" + c.text)}}, "zorgplicht")
			switch {
			case err != nil:
				t.Fatal(err)
			case c.want == "" && len(found) > 0:
				t.Errorf("got %v, want no breach", found)
			case c.want != "" && len(found) != 1:
				t.Errorf("got %v, want one breach", found)
			case c.want != "" && !strings.Contains(found[0].String(), c.want):
				t.Errorf("got %q, want it to say %q", found[0], c.want)
			}
		})
	}
}

func TestEveryBreachIsTold(t *testing.T) {
	t.Parallel()
	tree := fstest.MapFS{
		"a/one.go":         {Data: []byte("package a")},
		"a/two.go":         {Data: []byte("package a")},
		"credit/credit.go": {Data: []byte("package credit\nimport (_ \"os\"; _ \"net/http\"; _ \"zorgplicht/care\")")},
	}
	found, err := Check(tree, "zorgplicht")
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 4 {
		t.Errorf("got %d breaches, want 4: one folder and three imports: %v", len(found), found)
	}
}

func TestOtherModulesAndTestDataArePassedOver(t *testing.T) {
	t.Parallel()
	tree := fstest.MapFS{
		"tools/go.mod":              {Data: []byte("module other")},
		"tools/tool.go":             {Data: []byte("package tool")},
		"browser/package.json":      {Data: []byte("{}")},
		"browser/node_modules/x.go": {Data: []byte("package x")},
		"credit/testdata/x/x.go":    {Data: []byte("package x")},
		".cache/x.go":               {Data: []byte("package x")},
	}
	if found, err := Check(tree, "zorgplicht"); err != nil || len(found) > 0 {
		t.Errorf("got %v, %v, want nothing", found, err)
	}
}

func TestBrokenCodeIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := Check(fstest.MapFS{"money/money.go": {Data: []byte("no Go")}}, "zorgplicht"); err == nil {
		t.Error("got no error for a file that does not parse")
	}
}

func TestNoFolderStandsInTwoPlaces(t *testing.T) {
	t.Parallel()
	var all []string
	for _, f := range Floors {
		all = append(all, f.Rooms...)
	}
	for _, p := range Pipes {
		all = append(all, p...)
	}
	for annex := range Annexes {
		all = append(all, annex)
	}
	slices.Sort(all)
	if once := slices.Compact(slices.Clone(all)); len(once) != len(all) {
		t.Errorf("a folder stands in two places: %v", all)
	}
}
