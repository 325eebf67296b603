package store

import (
	"context"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
)

// Words that many cases have are packed: cases lie in stretches, in the order of their
// ids, and a word has one bit for each case of a stretch. Two words of a hundred thousand
// cases each are so laid on one another without looking at these cases. Bits may say
// that a case has a word that it lost; they never miss one that it has, but for cases in
// casework_unpacked. So they decide where is looked, and never what is found.
//
// How many cases a stretch gets, how many it holds at most, and how many of these have a
// word that is packed in it. Of a word that fewer have the cases are looked up.
var (
	stretchOf      = 4096
	longestStretch = 6144
	packedFrom     = 16
)

// mostUnpacked is how many cases that were not packed a search looks at one by one.
const mostUnpacked = 2_000

var (
	unpack = sqldb.Tenant(`insert into casework_unpacked (firm, case_id, n) values (:firm, ?, 1)
		on conflict (firm, case_id) do update set n = casework_unpacked.n + 1`)
	unpackAgain    = sqldb.Tenant(`insert into casework_unpacked (firm, case_id, n) values (:firm, ?, 1) on conflict (firm, case_id) do nothing`)
	manyUnpacked   = sqldb.Tenant(`select count(*) from (select 1 from casework_unpacked where firm = :firm limit ?) c`)
	nextUnpacked   = sqldb.Tenant(`select case_id from casework_unpacked where firm = :firm and case_id >= ? order by case_id limit 1`)
	unpackedFrom   = sqldb.Tenant(`select case_id, n from casework_unpacked where firm = :firm and case_id >= ?`)
	unpackedBefore = sqldb.Part(`and case_id < ?`, unpackedFrom)
	packed         = sqldb.Tenant(`delete from casework_unpacked where firm = :firm and case_id = ? and n = ?`)
	dropUnpacked   = sqldb.Tenant(`delete from casework_unpacked where firm = :firm and case_id = ?`)

	stretches     = sqldb.Tenant(`select first, version from casework_stretch where firm = :firm order by first`)
	anyStretch    = sqldb.Tenant(`select count(*) from (select 1 from casework_stretch where firm = :firm limit 1) c`)
	stretchAround = sqldb.Tenant(`select first, version, members from casework_stretch where firm = :firm and first <= ? order by first desc limit 1`)
	stretchAfter  = sqldb.Tenant(`select first from casework_stretch where firm = :firm and first > ? order by first limit 1`)
	membersOf     = sqldb.Tenant(`select members from casework_stretch where firm = :firm and first = ?`)
	newStretch    = sqldb.Tenant(`insert into casework_stretch (firm, first, version, members) values (:firm, ?, 1, ?) on conflict (firm, first) do nothing`)
	saveStretch   = sqldb.Tenant(`update casework_stretch set version = version + 1, members = ? where firm = :firm and first = ? and version = ?`)
	touchStretch  = sqldb.Tenant(`update casework_stretch set version = version + 1 where firm = :firm and first = ?`)

	wordsFrom = sqldb.Tenant(`select case_id, string_agg(word, ' ') from casework_word where firm = :firm and case_id >= ?
		group by case_id order by case_id limit ?`)
	wordsWithin = sqldb.Tenant(`select case_id, string_agg(word, ' ') from casework_word where firm = :firm and case_id >= ? and case_id < ?
		group by case_id order by case_id limit ?`)
	wordsOf = sqldb.Tenant(`select word from casework_word where firm = :firm and case_id = ? order by word`)

	bitsOf     = sqldb.Tenant(`select first, bits from casework_bits where firm = :firm and word = ?`)
	bitsAt     = sqldb.Tenant(`select bits from casework_bits where firm = :firm and word = ? and first = ?`)
	saveBits   = sqldb.Tenant(`insert into casework_bits (firm, word, first, bits) values (:firm, ?, ?, ?)`)
	changeBits = sqldb.Tenant(`update casework_bits set bits = ? where firm = :firm and word = ? and first = ?`)
	dropBits   = sqldb.Tenant(`delete from casework_bits where firm = :firm and first = ?`)
	dropBitsOf = sqldb.Tenant(`delete from casework_bits where firm = :firm and word = ? and first = ?`)

	wordFrom     = sqldb.Tenant(`select case_id from casework_word c where c.firm = :firm and c.word = ? and c.case_id >= ?`)
	wordBefore   = sqldb.Part(`and c.case_id < ?`, wordFrom)
	theUnpacked  = sqldb.Tenant(`select case_id from casework_unpacked c where c.firm = :firm`)
	withThatWord = sqldb.Part(`and exists (select 1 from casework_word o where o.firm = :firm and o.word = ? and o.case_id = c.case_id)`, wordFrom, theUnpacked)
)

func text(into func(...any) error) (s string, err error) { return s, into(&s) }

// A stretch is some cases in the order of their ids, as they are packed.
type stretch struct {
	first   string // it holds ids from here
	next    string // to here; "" to the end
	version int64  // 0 for one that is new
	old     []string
	members []string
	seen    map[string]int64  // cases that are packed with it, as they were marked
	days    []byte            // of receipt of each member; nil where one cannot be written so
	bits    map[string][]byte // by word
	split   string            // where another begins, as it grew too long
}

// Pack packs the cases whose words changed, a stretch at a time, and returns how many
// stretches it wrote. A firm with so few cases that no word is common needs none.
func (s *Store) Pack(ctx context.Context, firm ident.Firm) (int, error) {
	return s.pack(ctx, firm, false)
}

// Repack packs all cases of a firm that has stretches anew.
func (s *Store) Repack(ctx context.Context, firm ident.Firm) (int, error) {
	return s.pack(ctx, firm, true)
}

func (s *Store) pack(ctx context.Context, firm ident.Firm, every bool) (n int, err error) {
	for from := ""; ; {
		var next stretch
		more := false
		err := s.DB.Read(ctx, firm, func(t *sqldb.Tx) (err error) {
			next, more, err = gather(t, from, every)
			return err
		})
		if err != nil || !more {
			return n, err
		}
		wrote := false
		err = s.DB.Write(ctx, firm, func(t *sqldb.Tx) (err error) {
			wrote, err = next.save(t)
			return err
		})
		switch {
		case err != nil:
			return n, err
		case !wrote && every:
			continue
		case !wrote: // somebody else packs, or destroys: the next time again
			return n, nil
		}
		n++
		if from = next.end(); from == "" {
			return n, nil
		}
	}
}

// gather reads the stretch of the first case from an id on that is to be packed, or the
// one that holds that id where every stretch is.
func gather(t *sqldb.Tx, from string, every bool) (s stretch, more bool, err error) {
	var begun, waiting int
	if err := t.Row(anyStretch).Scan(&begun); err != nil {
		return s, false, err
	}
	if err := t.Row(manyUnpacked, many).Scan(&waiting); err != nil || begun == 0 && waiting < many {
		return s, false, err
	}
	var members string
	id := from
	if !every {
		if more, err := sqldb.There(t.Row(nextUnpacked, from).Scan(&id)); !more {
			return s, false, err
		}
	}
	if _, err := sqldb.There(t.Row(stretchAround, id).Scan(&s.first, &s.version, &members)); err != nil {
		return s, false, err
	}
	s.old = strings.Fields(members)
	if _, err := sqldb.There(t.Row(stretchAfter, s.first).Scan(&s.next)); err != nil {
		return s, false, err
	}
	if err := s.read(t); err != nil {
		return s, false, err
	}
	q, args := unpackedFrom, []any{s.first}
	if end := s.end(); end != "" {
		q, args = q.With(unpackedBefore), append(args, end)
	}
	s.seen = map[string]int64{}
	return s, true, t.Each(q, args, func(columns func(...any) error) error {
		var n int64
		err := columns(&id, &n)
		s.seen[id] = n
		return err
	})
}

// end is where the stretch ends when it is written.
func (s *stretch) end() string {
	if s.split != "" {
		return s.split
	}
	return s.next
}

// read reads the words of its cases, and packs them. Of too many the first make the
// stretch.
func (s *stretch) read(t *sqldb.Tx) error {
	q, args := wordsFrom, []any{s.first}
	if s.next != "" {
		q, args = wordsWithin, append(args, s.next)
	}
	rows, err := t.Rows(q, append(args, longestStretch+1)...)
	each, err := sqldb.All(rows, err, func(into func(...any) error) (p [2]string, err error) { return p, into(&p[0], &p[1]) })
	if err != nil {
		return err
	}
	if len(each) > longestStretch {
		s.split = each[stretchOf][0]
		each = each[:stretchOf]
	}
	s.bits = map[string][]byte{}
	for n, c := range each {
		s.members = append(s.members, c[0])
		for w := range strings.FieldsSeq(c[1]) {
			if s.bits[w] == nil {
				s.bits[w] = make([]byte, (len(each)+7)/8)
			}
			s.bits[w][n/8] |= 1 << (n % 8)
		}
	}
	maps.DeleteFunc(s.bits, func(_ string, b []byte) bool { return ones(b) < packedFrom })
	return s.readDays(t)
}

// save writes the stretch, unless somebody changed it since it was read.
func (s *stretch) save(t *sqldb.Tx) (bool, error) {
	members := strings.Join(s.members, " ")
	q, args := saveStretch, []any{members, s.first, s.version}
	if s.version == 0 {
		q, args = newStretch, []any{s.first, members}
	}
	if n, err := t.Exec(q, args...); err != nil || n == 0 {
		return false, err
	}
	if _, err := t.Exec(dropBits, s.first); err != nil {
		return false, err
	}
	if err := s.saveDays(t); err != nil {
		return false, err
	}
	for _, w := range slices.Sorted(maps.Keys(s.bits)) {
		if _, err := t.Exec(saveBits, w, s.first, s.bits[w]); err != nil {
			return false, err
		}
	}
	if s.split != "" {
		if _, err := t.Exec(newStretch, s.split, ""); err != nil {
			return false, err
		}
		kept := map[string]bool{}
		for _, id := range s.members {
			kept[id] = true
		}
		for _, id := range s.old {
			if kept[id] {
				continue
			}
			if _, err := t.Exec(unpackAgain, id); err != nil {
				return false, err
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.seen)) {
		if _, err := t.Exec(packed, id, s.seen[id]); err != nil {
			return false, err
		}
	}
	return true, nil
}

// unpackCase takes the bits of a case out, before its words go.
func unpackCase(t *sqldb.Tx, id casework.ID) error {
	first, members, err := touch(t, id)
	if err != nil {
		return err
	}
	if first == nil { // whoever makes the first stretch now looks at this case again
		_, err := t.Exec(unpack, id)
		return err
	}
	if _, err := t.Exec(dropUnpacked, id); err != nil {
		return err
	}
	place := slices.Index(strings.Fields(members), string(id))
	if place < 0 {
		return nil
	}
	rows, err := t.Rows(wordsOf, id)
	words, err := sqldb.All(rows, err, text)
	if err != nil {
		return err
	}
	for _, w := range words {
		var b []byte
		there, err := sqldb.There(t.Row(bitsAt, w, *first).Scan(&b))
		if err != nil {
			return err
		}
		if !there {
			continue
		}
		if b[place/8] &^= 1 << (place % 8); ones(b) == 0 {
			_, err = t.Exec(dropBitsOf, w, *first)
		} else {
			_, err = t.Exec(changeBits, b, w, *first)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// touch finds the stretch of a case, nil where there is none, and makes who packs it now
// begin anew.
func touch(t *sqldb.Tx, id casework.ID) (first *string, members string, err error) {
	for {
		var now string
		var version int64
		begun, err := sqldb.There(t.Row(stretchAround, id).Scan(&now, &version, &members))
		if err != nil || !begun || first != nil && *first == now {
			return first, members, err
		}
		if _, err := t.Exec(touchStretch, now); err != nil {
			return nil, "", err
		}
		first = &now // looked for again: it may have been split meanwhile
	}
}

func ones(b []byte) (n int) {
	for _, x := range b {
		n += bits.OnesCount8(x)
	}
	return n
}

// A meeting is what packed words say of the cases that have them all.
type meeting struct {
	known    bool
	often    bool              // so many that they are not looked up all
	ids      []string          // else: all, perhaps with some that lost a word
	firsts   []string          // of all stretches
	versions map[string]int64  // by stretch
	met      map[string][]byte // bits of the cases that have them all, by stretch
	ranges   []lookup          // where they are to be looked up
}

// meet looks which cases have all of these words. It is known only of words that are
// packed in most stretches.
func (t tx) meet(words []string) (m meeting, err error) {
	firsts, versions, err := t.stretches()
	if err != nil || len(firsts) == 0 {
		return m, err
	}
	var waiting int
	if err := t.Row(manyUnpacked, mostUnpacked+1).Scan(&waiting); err != nil || waiting > mostUnpacked {
		return m, err
	}
	packs := make([]map[string][]byte, len(words))
	for i, w := range words {
		n := 0
		if packs[i], n, err = t.bitsOf(w); err != nil {
			return m, err
		}
		if least := min(many, 4*packedFrom*len(firsts)); n < least {
			if err := t.Row(manyOfWord, w, least).Scan(&n); err != nil || n < least {
				return m, err
			}
		}
	}
	m.met, m.firsts, m.versions = map[string][]byte{}, firsts, versions
	found := 0
	for i, first := range firsts {
		both, seldom := []byte(nil), -1
		for n := range words {
			switch b := packs[n][first]; {
			case b == nil:
				seldom = n
			case both == nil:
				both = slices.Clone(b)
			default:
				for k := range min(len(b), len(both)) {
					both[k] &= b[k]
				}
			}
		}
		next := ""
		if i+1 < len(firsts) {
			next = firsts[i+1]
		}
		if last := len(m.ranges) - 1; seldom >= 0 {
			if last >= 0 && m.ranges[last].next == first && m.ranges[last].word == seldom {
				m.ranges[last].next = next
			} else {
				m.ranges = append(m.ranges, lookup{first, next, seldom})
			}
			continue
		}
		if n := ones(both); n > 0 {
			m.met[first], found = both, found+n
		}
	}
	m.known, m.often = true, found >= many
	if m.often {
		return m, nil
	}
	named, err := t.lookUp(words, m.ranges)
	if err != nil {
		return m, err
	}
	for first, both := range m.met {
		r, err := t.roll(first, versions[first])
		if err != nil {
			return m, err
		}
		for n := range 8 * len(both) {
			if both[n/8]&(1<<(n%8)) != 0 && r.at(n) != "" {
				named[r.at(n)] = true
			}
		}
	}
	m.ids = slices.Sorted(maps.Keys(named))
	return m, nil
}

// stretches are all, in order, and the version of each.
func (t tx) stretches() (firsts []string, versions map[string]int64, err error) {
	versions = map[string]int64{}
	err = t.Each(stretches, nil, func(columns func(...any) error) error {
		var first string
		var version int64
		err := columns(&first, &version)
		firsts, versions[first] = append(firsts, first), version
		return err
	})
	return firsts, versions, err
}

// A lookup is a stretch in which one of the words stands so seldom that it is not packed.
type lookup struct {
	first, next string
	word        int
}

// bitsOf gives the bits of a word by stretch, and how many cases they name.
func (t tx) bitsOf(word string) (by map[string][]byte, n int, err error) {
	by = map[string][]byte{}
	err = t.Each(bitsOf, []any{word}, func(columns func(...any) error) error {
		var first string
		var b []byte
		err := columns(&first, &b)
		by[first] = b
		n += ones(b)
		return err
	})
	return by, n, err
}

// lookUp finds the cases that are not found by bits: of words that stand seldom in a
// stretch, and those that are to be packed.
func (t tx) lookUp(words []string, ranges []lookup) (named map[string]bool, err error) {
	named = map[string]bool{}
	find := func(q *sqldb.Query, args ...any) error {
		rows, err := t.Rows(q, args...)
		ids, err := sqldb.All(rows, err, text)
		for _, id := range ids {
			named[id] = true
		}
		return err
	}
	for _, r := range ranges {
		var parts []*sqldb.Fragment
		args := []any{words[r.word], r.first}
		if r.next != "" {
			parts, args = append(parts, wordBefore), append(args, r.next)
		}
		for n, w := range words {
			if n != r.word {
				parts, args = append(parts, withThatWord), append(args, w)
			}
		}
		if err := find(wordFrom.With(parts...), args...); err != nil {
			return nil, err
		}
	}
	var parts []*sqldb.Fragment
	var args []any
	for _, w := range words {
		parts, args = append(parts, withThatWord), append(args, w)
	}
	return named, find(theUnpacked.With(parts...), args...)
}
