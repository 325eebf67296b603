package criteria

import (
	"strconv"

	"zorgplicht/ident"
	"zorgplicht/internal/solve"
)

// implications reports of each rule the others, no heavier, that hold wherever it
// does: then it adds nothing to the category.
func (a *analyst) implications() {
	for i := range a.rules {
		if !a.fires[i] {
			continue
		}
		about := []int{i}
		same := true
		for j := range a.rules {
			if j == i || !a.fires[j] || a.p.rules[j].category > a.p.rules[i].category || !a.always[i].has(j) {
				continue
			}
			switch a.implies(i, j) {
			case proved:
				about = append(about, j)
				same = same && a.always[j].has(i) && a.implies(j, i) == proved
			case unsure:
				a.open(at(i), []int{i, j}, "of "+a.p.rules[j].rule.ID+" altijd geldt als "+a.p.rules[i].rule.ID+" geldt")
			}
		}
		if len(about) > 1 {
			a.implied(i, about, same)
		}
	}
}

// oneNorm reports whether two of these rules rest on one norm.
func (a *analyst) oneNorm(about []int) bool {
	seen := map[ident.Norm]bool{}
	for _, i := range about {
		n := a.p.rules[i].rule.Norm
		if seen[n] {
			return true
		}
		seen[n] = true
	}
	return false
}

func (a *analyst) implied(i int, about []int, same bool) {
	id := a.p.rules[i].rule.ID
	if same && a.p.rules[about[1]].category == a.p.rules[i].category {
		if !a.oneNorm(about) { // each has its own ground, as where norms are addressed to the same firms
			a.add(Implies, Note, at(i), about, id+" en "+a.ids(about[1:])+" gelden voor dezelfde contracten, elk om een andere norm.", "", &a.shown[i])
			return
		}
		a.add(Implies, Doubtful, at(i), about, id+" en "+a.ids(about[1:])+" betekenen hetzelfde: ze gelden voor dezelfde contracten.", "Haal een van de regels weg, of verander de grens die anders bedoeld was.", &a.shown[i])
		return
	}
	a.add(Implies, Note, at(i), about, "Waar "+id+" geldt, gelden ook "+a.ids(about[1:])+". Het contract krijgt dan alle redenen.", "", &a.shown[i])
}

// overlaps reports of each rule the heavier ones that can hold at the same time.
func (a *analyst) overlaps() {
	for i := range a.rules {
		if !a.fires[i] {
			continue
		}
		about := append(a.heavier[:0], i)
		var shown solve.Answer
		for j := range a.rules {
			if a.p.rules[j].category <= a.p.rules[i].category || !a.fires[j] {
				continue
			}
			meets, sure := a.meets[i].has(j), true
			if !meets {
				meets, sure = a.s.Meet(a.rules[i], a.rules[j])
			}
			if !sure || meets && !shown.Found {
				got := a.s.Seek(goal(a.rules[i], solve.IsYes), goal(a.rules[j], solve.IsYes))
				if got.Open {
					a.open(at(i), []int{i, j}, "of "+a.p.rules[i].rule.ID+" en "+a.p.rules[j].rule.ID+" tegelijk kunnen gelden")
					continue
				}
				meets = got.Found
				if !shown.Found {
					shown = got
				}
			}
			if meets {
				about = append(about, j)
			}
		}
		a.heavier = about // its room serves the next
		if len(about) > 1 {
			a.add(Overlap, Note, at(i), about, a.p.rules[i].rule.ID+" ("+a.category(i)+") kan tegelijk gelden met "+a.ids(about[1:])+". De zwaarste categorie wint; de redenen staan er alle bij.", "", &shown)
		}
	}
}

// categories reports those that no contract ever gets.
func (a *analyst) categories() {
	for c, name := range a.p.set.Categories[1:] {
		used, reached := false, false
		for i := range a.rules {
			if a.p.rules[i].category == c+1 {
				used = true
				reached = reached || !a.idle[i]
			}
		}
		switch pointer := "/categories/" + strconv.Itoa(c+1); {
		case !used:
			a.named(NoContract, Doubtful, pointer, name, "Geen regel leidt tot de categorie "+name+".", "Schrijf een regel met deze categorie, of haal haar weg.")
		case !reached:
			a.named(NoContract, Wrong, pointer, name, "Geen contract krijgt ooit de categorie "+name+": haar regels gelden nooit, of er geldt altijd een zwaardere.", "Herstel de regels van deze categorie.")
		}
	}
	goals := []solve.Goal{goal(a.s.Constant(solve.Yes), solve.IsYes)}
	for _, r := range a.rules {
		goals = append(goals, goal(r, solve.NotYes))
	}
	first := a.p.set.Categories[0]
	switch got := a.s.Seek(goals...); {
	case got.Open:
		a.open("/categories/0", nil, "of een contract ooit "+first+" wordt")
	case !got.Found:
		a.named(NoContract, Doubtful, "/categories/0", first, "Geen contract krijgt ooit de categorie "+first+": voor elk contract geldt een regel.", "Kijk of een regel te veel omvat.")
	}
}

func (a *analyst) named(code string, g Grade, pointer, name, text, mend string) {
	a.list = append(a.list, Finding{Code: code, Grade: g, Pointer: pointer, About: []string{name}, Text: text, Mend: mend})
}

// gap looks for a contract of which no rule speaks, or could speak.
func (a *analyst) gap() {
	goals := []solve.Goal{goal(a.s.Constant(solve.Yes), solve.IsYes)}
	var all []int
	for i, r := range a.rules {
		goals = append(goals, goal(r, solve.IsNo))
		all = append(all, i)
	}
	got := a.s.Seek(goals...)
	if got.Open {
		a.open("/rules", nil, "of er een contract is waarover geen regel spreekt")
	}
	if got.Found {
		a.list = append(a.list, Finding{
			Code: Gap, Grade: Wrong, Pointer: "/rules", About: []string{a.p.set.Categories[0]}, Case: a.show(got, all),
			Text: "Er zijn contracten waarover geen regel spreekt; die worden stilzwijgend " + a.p.set.Categories[0] + ".", Mend: "Schrijf een regel die deze contracten noemt.",
		})
	}
}
