package law

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"zorgplicht/ident"
	"zorgplicht/internal/text"
)

// An Index finds norms by their words, in any inflection: "bewaren" finds
// "bewaart", "adviseur" finds "adviseurs". It may be used by many at once.
type Index struct {
	norms []Norm
	at    map[string]map[int]int // stem -> norm -> weight
	stems []string               // sorted, for words that are not finished
}

// Where a word stands decides how much it weighs.
const (
	inID    = 50
	inTitle = 8
	inText  = 5
	inRest  = 1
)

// NewIndex returns the index of these norms.
func NewIndex(norms []Norm) *Index {
	x := &Index{norms: norms, at: map[string]map[int]int{}}
	stems := map[string]string{} // most words come often
	for i, n := range norms {
		for _, part := range []struct {
			text   string
			weight int
		}{
			{string(n.ID) + " " + strings.ReplaceAll(string(n.ID), ":", " ") + " " + n.ID.Dutch(), inID},
			{n.Title + " " + n.Term, inTitle},
			{n.Dutch, inText},
			{n.English, inText},
			{n.Note + " " + n.Issue + " " + n.Evidence, inRest},
		} {
			x.add(i, part.text, part.weight, stems)
		}
	}
	for s := range x.at {
		x.stems = append(x.stems, s)
	}
	slices.Sort(x.stems)
	return x
}

func (x *Index) add(i int, body string, weight int, stems map[string]string) {
	for _, w := range text.Words(body) {
		s, ok := stems[w]
		if !ok {
			s = text.Stem(w)
			stems[w] = s
		}
		if x.at[s] == nil {
			x.at[s] = map[int]int{}
		}
		x.at[s][i] = max(x.at[s][i], weight)
	}
}

// Find returns the norms in which every word sought stands, the best first and
// equals in the order of the texts. A word of three letters or more also finds the
// words that begin with it. A whole id comes before everything. Without words all
// norms come, in their order.
func (x *Index) Find(sought string) []Norm {
	asked := text.Words(sought)
	if len(asked) == 0 {
		return slices.Clone(x.norms)
	}
	scores := map[int]int{}
	for i, w := range asked {
		found := x.word(w)
		if i == 0 {
			scores = found
			continue
		}
		for n, score := range scores {
			if found[n] == 0 {
				delete(scores, n)
			} else {
				scores[n] = score + found[n]
			}
		}
	}
	whole := strings.ToLower(strings.TrimSpace(sought))
	var hits []int
	for n := range scores {
		if string(x.norms[n].ID) == whole {
			scores[n] += 1000
		}
		hits = append(hits, n)
	}
	slices.SortFunc(hits, func(a, b int) int { return cmp.Or(scores[b]-scores[a], a-b) })
	list := make([]Norm, len(hits))
	for i, n := range hits {
		list[i] = x.norms[n]
	}
	return list
}

// word returns the norms in which this word stands, twice as heavy where it stands
// whole.
func (x *Index) word(w string) map[int]int {
	found := map[int]int{}
	s := text.Stem(w)
	for n, weight := range x.at[s] {
		found[n] = 2 * weight
	}
	if len(w) < 3 {
		return found
	}
	from, _ := slices.BinarySearch(x.stems, w)
	for _, longer := range x.stems[from:] {
		if !strings.HasPrefix(longer, w) {
			break
		}
		for n, weight := range x.at[longer] {
			found[n] = max(found[n], weight)
		}
	}
	return found
}

// index is that of the catalogue of this program.
var index = sync.OnceValue(func() *Index { return NewIndex(Norms()) })

// Search finds norms of the catalogue by their words, as Index.Find does.
func Search(sought string) []Norm { return index().Find(sought) }

// A Filter narrows a list of norms. Empty fields do not narrow.
type Filter struct {
	Kind, Bearer, Product, Moment, Machine, Force, Profile string
	Tariff                                                 string // "2", "2a", "3" of Bijlage 10
	Issue                                                  bool   // only where the source contradicts itself or is silent
	Within                                                 ident.Norm
}

// Keeps reports whether the norm passes.
func (f Filter) Keeps(n Norm) bool {
	has := func(asked, held string) bool { return asked == "" || asked == held }
	in := func(asked string, held []string) bool { return asked == "" || slices.Contains(held, asked) }
	return has(f.Kind, n.Kind) && in(f.Bearer, n.Bearers) && in(f.Product, n.Products) && has(f.Moment, n.Moment) &&
		has(f.Machine, n.Machine) && has(f.Force, n.Force) && has(f.Profile, n.Profile) && (f.Tariff == "" || slices.Contains(n.Tariffs(), f.Tariff)) &&
		(!f.Issue || n.Issue != "") && (f.Within == "" || n.ID == f.Within || strings.HasPrefix(string(n.ID), string(f.Within)+":"))
}

// tariffLists are the tariffs of norms that were asked for, by id: a list of norms
// asks for those of each, and the table is long.
var tariffLists sync.Map

// Tariffs returns the tariffs of Bijlage 10 under which a breach of the norm falls,
// each once: none, one, or two where the table contradicts itself. The caller leaves
// the list as it is.
func (n Norm) Tariffs() []string {
	if n.Profile != "bfd-2005" {
		return []string{}
	}
	if list, ok := tariffLists.Load(n.ID); ok {
		return list.([]string)
	}
	list := []string{}
	for _, r := range TariffRows(n.ID) {
		if !slices.Contains(list, r.Tariff) {
			list = append(list, r.Tariff)
		}
	}
	tariffLists.Store(n.ID, list)
	return list
}
