package api_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"zorgplicht/ident"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/rest/resttest"
	"zorgplicht/law"
	"zorgplicht/law/api"
)

func open(t *testing.T) *resttest.Line {
	t.Helper()
	return resttest.Open(t, []string{api.ReadNorms}, func(a *rest.API) {
		api.Mount(a, func(n ident.Norm) law.Carried {
			if n == "bfd:14:2" {
				return law.Carried{Rules: []string{"advice_retention"}}
			}
			return law.Carried{}
		})
	})
}

type page struct {
	Items []struct {
		ID      string
		Tariffs []string
		Rules   []string
	}
	NextCursor string
	Total      int
}

func get(t *testing.T, path string, v any) (int, string) {
	t.Helper()
	status, said := open(t).Say(http.MethodGet, path, "")
	if err := json.Unmarshal([]byte(said), v); err != nil {
		t.Fatalf("%s answers %q", path, said)
	}
	return status, said
}

func TestThePagesTogetherHoldEveryNormOnce(t *testing.T) {
	var all []string
	path := "/normen?limit=200"
	for path != "" {
		var p page
		if status, body := get(t, path, &p); status != http.StatusOK || p.Total != len(law.Norms()) {
			t.Fatalf("%s: %d %.200s", path, status, body)
		}
		for _, n := range p.Items {
			all = append(all, n.ID)
		}
		if path = ""; p.NextCursor != "" {
			path = "/normen?limit=200&cursor=" + url.QueryEscape(p.NextCursor)
		}
	}
	for i, n := range law.Norms() {
		if all[i] != string(n.ID) {
			t.Fatalf("place %d holds %s, not %s", i, all[i], n.ID)
		}
	}
}

func TestFiltersAndDaysNarrow(t *testing.T) {
	var p page
	get(t, "/normen?search=bewaren&bearer=adviser&kind=duty", &p)
	if p.Total == 0 || p.Items[0].ID != "bfd:14:2" || p.Items[0].Rules[0] != "advice_retention" || p.Items[0].Tariffs[0] != "2a" {
		t.Errorf("got %+v", p)
	}
	p = page{}
	if get(t, "/normen?profile=bfd-2005&on=2005-12-31", &p); p.Total != 0 {
		t.Errorf("%d norms held before the decree", p.Total)
	}
	p = page{}
	if get(t, "/normen?profile=bfd-2005&on=2005-12-31&commencement=2005-12-31", &p); p.Total == 0 {
		t.Error("an earlier commencement changes nothing")
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	for _, tt := range []struct {
		path, want string
		status     int
	}{
		{"/normen?on=31-12-2005", "/on", 400},
		{"/normen?kind=plicht", "/kind", 400},
		{"/normen?bearer=wie", "/bearer", 400},
		{"/normen?cursor=xx", "cursor-invalid", 400},
		{"/normen?force=wet", "force", 400},
		{"/normen?limit=900", "limit", 400},
		{"/normen/bfd:999", "unknown-norm", 404},
	} {
		var p map[string]any
		if status, body := get(t, tt.path, &p); status != tt.status || !strings.Contains(body, tt.want) {
			t.Errorf("%s: %d %s", tt.path, status, body)
		}
	}
}

func TestOneNormTellsWhatItIsBasedOn(t *testing.T) {
	var v map[string]any
	_, body := get(t, "/normen/bfd:12:1", &v)
	for _, want := range []string{`"tariffs":["2","2a"]`, `"issue":"`, `"juriconnect":"jci1.3:c:BWBR0019283`, `"validFrom":"commencement"`} {
		if !strings.Contains(body, want) {
			t.Errorf("lacks %s: %s", want, body)
		}
	}
}
