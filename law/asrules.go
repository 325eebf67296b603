package law

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/ident"
)

// The fields of a rule set on applicability: how a Firm describes itself.
const (
	FieldRoles    = "rollen"             // words of FirmRoles
	FieldProducts = "producten"          // words of FirmProducts
	FieldDistance = "op_afstand"         // Firm.Distance
	FieldCalls    = "ongevraagd_contact" // Firm.Calls
	FieldAdverts  = "reclame"            // Firm.Adverts
)

// Values are what the fields of a rule set on applicability hold for this firm, as
// room criteria reads them.
func (f Firm) Values() map[string]string {
	words := func(list []string) string {
		if len(list) == 0 {
			return "-"
		}
		return strings.Join(list, "|")
	}
	yes := func(b bool) string {
		if b {
			return "ja"
		}
		return "nee"
	}
	return map[string]string{
		FieldRoles: words(f.Roles), FieldProducts: words(f.Products),
		FieldDistance: yes(f.Distance), FieldCalls: yes(f.Calls), FieldAdverts: yes(f.Adverts),
	}
}

const rulesHead = `# Welke normen zich tot de onderneming richten, zoals de catalogus het zegt. Een regel geldt
# voor zijn norm en alles daarbinnen, tenzij een onderdeel een eigen regel heeft. Over normen
# zonder regel beslist de catalogus zelf. Pas aan wat u anders leest, en schrijf op waarom.
language: 1
name: toepasselijkheid
title: Welke normen voor ons gelden
version: 1
from: 2006-01-01
categories: [geldt_niet, geldt]
fields:
`

// AsRules writes which of the norms are addressed to a firm as the text of a rule
// set: a rule a norm, over the fields of Firm.Values. Where a unit and all within it
// are addressed to the same firms one rule speaks for them; a norm that no firm can
// be bound by has none. Decided by that set, a firm is told what Firm.Apply tells.
func AsRules(norms []Norm) string {
	var b strings.Builder
	b.WriteString(rulesHead)
	fmt.Fprintf(&b, "  - {name: %s, english: roles, type: choices, source: het profiel van de onderneming, question: \"Wat is uw onderneming?\", values: [%s]}\n", FieldRoles, strings.Join(FirmRoles, ", "))
	fmt.Fprintf(&b, "  - {name: %s, english: products, type: choices, source: het profiel van de onderneming, question: \"Met welke producten werkt zij?\", values: [%s]}\n", FieldProducts, strings.Join(FirmProducts, ", "))
	for _, f := range []struct{ name, english, question string }{
		{FieldDistance, "distance", "Sluit zij overeenkomsten op afstand?"},
		{FieldCalls, "unasked_contact", "Belt of mailt zij consumenten ongevraagd?"},
		{FieldAdverts, "adverts", "Maakt zij reclame?"},
	} {
		fmt.Fprintf(&b, "  - {name: %s, english: %s, type: yesno, source: het profiel van de onderneming, question: %q}\n", f.name, f.english, f.question)
	}
	b.WriteString("criteria:\n")
	for _, c := range sharedConditions {
		fmt.Fprintf(&b, "  - {name: %s, when: '%s', title: %s}\n", c.name, c.when, c.title)
	}
	b.WriteString("rules:\n")
	for _, r := range ruled(norms) {
		fmt.Fprintf(&b, "  - id: %s\n    category: geldt\n    when: '%s'\n    reason: %q\n    norm: \"%s\"\n", strings.ReplaceAll(string(r.id), ":", "."), r.when, r.reason, r.id)
	}
	return b.String()
}

// sharedConditions are what more rules speak of: who gives services, and roles that
// follow from others.
var sharedConditions = []struct{ name, when, title string }{
	{"dienstverlener", oneOf(FieldRoles, serves), "financiële dienstverlener"},
	{"aanbieder", oneOf(FieldRoles, []string{"provider", "bank", "insurer"}), "aanbieder"},
	{"bemiddelaar", oneOf(FieldRoles, []string{"intermediary", "tied"}), "bemiddelaar"},
	{"krediet", trade("credit"), "voert krediet"},
	{"consumptief_krediet", trade("consumer_credit"), "voert consumptief krediet"},
	{"complex", trade("complex"), "voert complexe producten"},
	{"beleggingen", trade("investing"), "voert beleggingsproducten"},
	{"verzekeringen", trade("insurance"), "voert verzekeringen"},
	{"schadeverzekeringen", trade("non_life"), "voert schadeverzekeringen"},
}

var (
	roleConditions = map[string]string{
		"firm": "dienstverlener", "employee": "dienstverlener", "provider": "aanbieder", "intermediary": "bemiddelaar",
		"credit_provider": "aanbieder && krediet", "object_provider": `aanbieder && "investment_object" in producten`, "insurance_intermediary": "bemiddelaar && verzekeringen",
	}
	tradeConditions = map[string]string{
		"credit": "krediet", "consumer_credit": "consumptief_krediet", "complex": "complex", "investing": "beleggingen", "insurance": "verzekeringen", "non_life": "schadeverzekeringen",
	}
)

func oneOf(field string, words []string) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = strconv.Quote(w) + " in " + field
	}
	return strings.Join(list, " || ")
}

// trade is true of a firm that works in the product, or in one that belongs to it;
// "" where no firm can say so.
func trade(product string) string {
	var in []string
	for _, p := range FirmProducts {
		if p == product || slices.Contains(widerProducts[p], product) {
			in = append(in, p)
		}
	}
	return oneOf(FieldProducts, in)
}

// condition is when the norm is addressed to a firm; "" where it never is, or binds
// nobody by itself.
func (n Norm) condition() string {
	all := []string{either(n.Bearers, FieldRoles, FirmRoles, roleConditions)}
	if len(n.Products) > 0 && !slices.Contains(n.Products, "any") {
		all = append(all, either(n.Products, FieldProducts, FirmProducts, tradeConditions))
	}
	if slices.Contains(all, "") {
		return ""
	}
	if isWithin(n, atDistance) {
		all = append(all, FieldDistance)
	}
	if isWithin(n, unasked) {
		all = append(all, FieldCalls)
	}
	if n.Moment == "advertising" {
		all = append(all, FieldAdverts)
	}
	return strings.Join(all, " && ")
}

// either is that one of these codes holds: a condition with a name, or a word of the
// field.
func either(codes []string, field string, words []string, named map[string]string) string {
	var any []string
	for _, c := range codes {
		when, ok := named[c]
		if !ok && slices.Contains(words, c) {
			when, ok = strconv.Quote(c)+" in "+field, true
		}
		if ok && !slices.Contains(any, when) {
			any = append(any, when)
		}
	}
	if len(any) < 2 {
		return strings.Join(any, "")
	}
	return "(" + strings.Join(any, " || ") + ")"
}

// A normRule is a rule that speaks for a unit and all within it.
type normRule struct {
	id           ident.Norm
	when, reason string
}

// ruled are the rules for these norms, in their order: one for the longest beginning
// of an id that all norms below it share a condition of.
func ruled(norms []Norm) (list []normRule) {
	same := map[ident.Norm]string{} // of each beginning the condition of all below it; "" where they differ
	seen := map[ident.Norm]bool{}
	for _, n := range norms {
		if len(n.Bearers) == 0 {
			continue
		}
		when := n.condition()
		for _, at := range beginnings(n.ID) {
			if seen[at] && same[at] != when {
				same[at] = ""
				continue
			}
			if !seen[at] {
				seen[at], same[at] = true, when
			}
		}
	}
	done := map[ident.Norm]bool{}
	for _, n := range norms {
		when := n.condition()
		if len(n.Bearers) == 0 || when == "" {
			continue
		}
		at := n.ID
		for _, b := range beginnings(n.ID) {
			if same[b] == when {
				at = b
				break
			}
		}
		if done[at] {
			continue
		}
		done[at] = true
		list = append(list, normRule{at, when, n.addressees()})
	}
	return list
}

// beginnings are the units that a norm stands in, from the widest, and itself.
func beginnings(id ident.Norm) (list []ident.Norm) {
	for i, c := range string(id) {
		if at := id[:i]; c == ':' && i > 0 {
			if _, err := ident.ParseNorm(string(at)); err == nil {
				list = append(list, at)
			}
		}
	}
	return append(list, id)
}

// addressees says in Dutch to whom the norm is addressed.
func (n Norm) addressees() string {
	s := "Richt zich tot: " + inDutch(Bearers, n.Bearers)
	if len(n.Products) > 0 && !slices.Contains(n.Products, "any") {
		s += ". Gaat over: " + inDutch(Products, n.Products)
	}
	return s + "."
}
