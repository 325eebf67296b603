package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/rogpeppe/go-internal/testscript"

	"zorgplicht/appropriateness/starter"
	"zorgplicht/staff"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"zorgplicht": main})
}

// TestDialogues runs the program as somebody at a terminal would. Each script
// begins in an empty folder with the starter test and a file of ten faults.
func TestDialogues(t *testing.T) {
	faulty, err := os.ReadFile("../../appropriateness/testdata/ten-faults.yaml")
	if err != nil {
		t.Fatal(err)
	}
	openapi, err := filepath.Abs("../../openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("OPENAPI", openapi)
			left := programs{}
			env.Values[running] = left
			env.Defer(left.kill)
			if err := os.WriteFile(filepath.Join(env.WorkDir, "hypotheek.yaml"), starter.Hypotheek, 0o600); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(env.WorkDir, "tien-fouten.yaml"), faulty, 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "flip": flip, "sql": sql, "take": take, "get": get, "up": up, "down": down, "lines": lines, "until": until,
			"rows": rows, "same": same, "setid": setid, "host": host, "long": long, "contracts": contracts, "many": many,
		},
	})
}

func TestEveryCommandSaysWhatItDoesAndDoesNot(t *testing.T) {
	var cli commands
	parser, err := kong.New(&cli, kong.Name("zorgplicht"))
	if err != nil {
		t.Fatal(err)
	}
	leaves := parser.Model.Leaves(true)
	if len(leaves) < 20 {
		t.Fatalf("only %d commands", len(leaves))
	}
	for _, c := range leaves {
		if c.Help == "" || !strings.HasSuffix(c.Help, ".") {
			t.Errorf("%s: its help %q is no sentence", c.Path(), c.Help)
		}
		if !strings.Contains(c.Detail, " not ") {
			t.Errorf("%s does not say what it does not do", c.Path())
		}
		if !strings.Contains(c.Detail, "Exit codes: 0 ") || !strings.Contains(c.Detail, "2 the command line is wrong") {
			t.Errorf("%s does not tell its exit codes", c.Path())
		}
		for _, f := range c.Flags {
			if f.Name != "help" && (f.Help == "" || !strings.Contains(f.Help, ".")) {
				t.Errorf("%s: the help %q of --%s is no sentence", c.Path(), f.Help, f.Name)
			}
		}
	}
}

func TestThePurposeOfEachCommandStandsInTheList(t *testing.T) {
	var out bytes.Buffer
	if code := run(t.Context(), nil, streams{strings.NewReader(""), &out, &out}); code != exitOK {
		t.Fatalf("code %d", code)
	}
	for _, name := range []string{"demo", "serve", "bench", "keys restore", "test check"} {
		if !strings.Contains(out.String(), "\n  "+name+" ") {
			t.Errorf("%s does not stand in the list:\n%s", name, &out)
		}
	}
}

func TestATokenCanBeGivenEveryScope(t *testing.T) {
	field, ok := reflect.TypeFor[tokenAddCmd]().FieldByName("Scope")
	if !ok {
		t.Fatal("token add has no --scope")
	}
	want := make([]string, len(staff.Scopes))
	for i, s := range staff.Scopes {
		want[i] = string(s)
		if !strings.Contains(field.Tag.Get("help"), string(s)) {
			t.Errorf("the help of --scope lacks %s", s)
		}
	}
	got := strings.Split(field.Tag.Get("enum"), ",")
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("--scope takes %v, the table of scopes is %v", got, want)
	}
}
