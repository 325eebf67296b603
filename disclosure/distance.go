package disclosure

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// distanceLetters are the items of article 41(1).
const distanceLetters = "abcdefghijklmnopqrs"

// DistanceIn asks whether a consumer got the information for a distance contract.
type DistanceIn struct {
	Product       *string   `json:"product"`
	Delivered     *[]string `json:"delivered_items"` // letters of 41(1)
	NotApplicable *[]string `json:"not_applicable"`  // letters that do not apply; o always does
	MinimumTerm   *bool     `json:"minimum_term_stated"`
	Renewal       *bool     `json:"tacit_renewal"`
	RenewalStated *bool     `json:"renewal_stated"`
}

// DistanceOut is the answer of DistanceInformation.
type DistanceOut struct {
	law.Finding
	Missing []string `json:"missing,omitempty"`
}

// DistanceInformation decides whether the information of article 41(1) is whole:
// item o also where there is no right to rescind, item m with the tacit renewal.
// Norm bfd:41:1.
var DistanceInformation = rule.New("distance_information", 1, []ident.Norm{distance, "bfd:41:1:m", "bfd:41:1:o"}, distanceInformation,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"missing":       "Dit onderdeel van artikel 41, eerste lid, ontbreekt: {letter}.",
		"also_without":  "Ook dat er geen ontbindingsrecht is, moet de consument weten.",
		"no_term":       "De minimale looptijd is niet genoemd.",
		"no_renewal":    "De overeenkomst wordt stilzwijgend verlengd en dat is niet genoemd. De consument krijgt zo een verkeerd beeld van de duur.",
		"distance_full": "De informatie voor een overeenkomst op afstand is gegeven, voor zover hier opgegeven.",
	}))

func distanceInformation(in DistanceIn) DistanceOut {
	var out DistanceOut
	skip := []string{}
	if in.NotApplicable != nil {
		skip = slices.DeleteFunc(slices.Clone(*in.NotApplicable), func(l string) bool { return l == "o" })
	}
	out.Missing = lacking(distanceLetters, in.Delivered, &skip)
	for _, letter := range out.Missing {
		out.Hold(distance+":"+ident.Norm(letter), "missing", "letter", letter)
	}
	if slices.Contains(out.Missing, "o") {
		out.Say("also_without", "bfd:41:1:o")
	}
	if rule.Fails(in.MinimumTerm) {
		out.Hold("bfd:41:1:m", "no_term")
	}
	if rule.Holds(in.Renewal) && rule.Fails(in.RenewalStated) {
		out.Hold("bfd:41:1:m", "no_renewal")
	}
	out.Close("distance_full", distance)
	return out
}

// EquivalenceIn asks which items of article 41 the insurer gave already.
type EquivalenceIn struct {
	Product *string   `json:"product"`
	Of32    *[]string `json:"delivered_32"` // letters of 32(1)
	Of34    *[]string `json:"delivered_34"` // letters of 34(1)
}

// Check asks for an insurance that article 41(2) or (3) names.
func (in EquivalenceIn) Check() []fault.Detail {
	return wantKind(in.Product, "Kies life, unit_linked_life, funeral_in_kind of een ander product.")
}

// EquivalenceOut is the answer of DistanceEquivalence.
type EquivalenceOut struct {
	rule.Why
	Covers []string `json:"covers"` // letters of 41(1)
}

// DistanceEquivalence decides which items of article 41(1) are met by what
// article 32 or 34 asks: all of them by the whole set, none by a part of it.
// Norms bfd:41:2 and 41:3.
var DistanceEquivalence = rule.New("distance_equivalence", 1, []ident.Norm{"bfd:41:2", "bfd:41:3"}, equivalence, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"whole":   "Met deze informatie van {article} is ook aan deze onderdelen van artikel 41 voldaan: {covers}.",
	"part":    "Van {article} ontbreekt nog: {missing}. Alleen het geheel telt als informatie van artikel 41.",
	"no_such": "Voor dit product stelt artikel 41 geen andere informatie gelijk.",
}))

func equivalence(in EquivalenceIn) EquivalenceOut {
	out := EquivalenceOut{Covers: []string{}}
	norm, article, asked, given, covers := ident.Norm("bfd:41:2"), "artikel 32", "hilmnorst", in.Of32, "fghmns"
	switch kindOf(in.Product) {
	case life, unitLinked:
	case funeral:
		norm, article, asked, given, covers = "bfd:41:3", "artikel 34", "hij", in.Of34, "n"
	default:
		out.Say("no_such", norm)
		return out
	}
	if given == nil {
		given = &[]string{}
	}
	if missing := lacking(asked, given, nil); missing != nil {
		out.Say("part", norm, "article", article, "missing", strings.Join(missing, ", "))
		return out
	}
	out.Covers = strings.Split(covers, "")
	out.Say("whole", norm, "article", article, "covers", strings.Join(out.Covers, ", "))
	return out
}

// TimingIn asks whether the information for a distance contract came in time.
type TimingIn struct {
	Product    *string           `json:"product"`
	Technique  *string           `json:"technique"`
	ChosenBy   *string           `json:"technique_chosen_by"`
	Possible   *bool             `json:"durable_possible"` // to give it in writing or on a durable medium before
	Delivered  *string           `json:"delivered"`
	Received   *calendar.Date    `json:"information_received"`
	Instructed *bool             `json:"instruction_given"`
	Right      *bool             `json:"rescission_right"`
	Clause     canon.Opt[string] `json:"clause"` // on gains and losses; null: none
}

var (
	timely   = []string{"before", "before contract", "before the contract"}
	lateWay  = []string{"after", "later"}
	byPolicy = []string{"with policy", "with the policy", "before policy"}
	overdue  = []string{"after policy", "after the policy"}
	voices   = []string{"phone", "voice", "telephone"}
	owners   = []string{"consumer", "provider"}
)

// Check asks for a product, and for words by which the time can be judged.
func (in TimingIn) Check() []fault.Detail {
	wrong := wantKind(in.Product, chooseProduct)
	wrong = append(wrong, wantWord("/technique_chosen_by", in.ChosenBy, "Kies consumer of provider.", owners...)...)
	wrong = append(wrong, wantWord("/delivered", in.Delivered, "Kies before, immediately after, after, with policy of after policy.", slices.Concat(timely, lateWay, byPolicy, overdue, promptly)...)...)
	if in.Clause.Given && !in.Clause.Null {
		wrong = append(wrong, wantWord("/clause", &in.Clause.V, "Kies gains_and_losses, losses_only, gains_only of none, of geef null.", "gains_and_losses", "losses_only", "gains_only", "none")...)
	}
	return wrong
}

// TimingOut is the answer of DistanceTiming.
type TimingOut struct {
	law.Finding
	Last        *calendar.Date `json:"last_rescission_day"`
	Retroactive *bool          `json:"retroactive"`
}

// DistanceTiming decides whether the information came in time: before the
// contract; at once after it where the consumer chose a technique that allows no
// durable medium; of insurance at the latest with the policy. Norms bfd:42:1,
// 42:2 and 42:4.
var DistanceTiming = rule.New("distance_timing", 1, []ident.Norm{distance, "bfd:42:1", "bfd:42:2", "bfd:42:2:a", "bfd:42:2:b", "bfd:42:3", "bfd:42:4", "bfd:43:2"},
	distanceTiming, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"own_choice":     "Niet de consument maar de dienstverlener koos deze techniek. De informatie moest voor de overeenkomst komen.",
		"was_possible":   "De informatie kon vooraf schriftelijk of op een duurzame drager. Dan moest dat ook.",
		"not_at_once":    "De informatie kwam niet voor de overeenkomst en ook niet onmiddellijk erna.",
		"after_policy":   "De informatie kwam na de polis.",
		"no_right":       "De waarde van dit product hangt af van markten. De consument moet dan dertig kalenderdagen kunnen ontbinden, en dat recht ontbreekt.",
		"not_instructed": "De consument is niet verteld hoe hij kan ontbinden.",
		"no_clause":      "Bij fondsvorming moet de overeenkomst winst en verlies voor rekening van de consument laten.",
		"losses_only":    "Het beding laat alleen waardedaling voor rekening van de consument. Dat kan niet.",
		"voice":          "Bij spraaktelefonie mag de informatie altijd onmiddellijk na de overeenkomst (artikel 43, tweede lid).",
		"until":          "Ontbinden kan tot en met {last}, met terugwerkende kracht.",
		"in_time":        "De informatie kwam op tijd, voor zover hier opgegeven.",
	}))

func distanceTiming(in TimingIn) TimingOut {
	var out TimingOut
	k := kindOf(in.Product)
	switch {
	case slices.Contains(timely, rule.Word(in.Delivered)):
		out.Close("in_time", distance)
	case k.insurance() || k == funeralFund:
		out.insured(in, k)
	default:
		out.usual(in)
	}
	return out
}

// usual answers article 42(1), for what is no insurance.
func (out *TimingOut) usual(in TimingIn) {
	voice := slices.Contains(voices, rule.Word(in.Technique))
	switch {
	case voice:
		out.Say("voice", "bfd:43:2")
	case rule.Word(in.ChosenBy) == "provider" && in.Delivered != nil:
		out.Hold(distance, "own_choice")
	}
	if !voice && rule.Holds(in.Possible) && in.Delivered != nil {
		out.Hold(distance, "was_possible")
	}
	if in.Delivered != nil && !slices.Contains(promptly, *in.Delivered) {
		out.Hold(distance, "not_at_once")
	}
	out.Close("in_time", "bfd:42:1")
}

// insured answers article 42(2) to (4).
func (out *TimingOut) insured(in TimingIn, k kind) {
	lid := ident.Norm("bfd:42:2:b")
	if k == nonLife {
		lid = "bfd:42:2:a"
	}
	if slices.Contains(overdue, rule.Word(in.Delivered)) {
		out.Hold("bfd:42:2", "after_policy")
	}
	if k == unitLinked || k == funeralFund {
		out.invested(in, k)
	}
	out.Close("in_time", lid)
}

func (out *TimingOut) invested(in TimingIn, k kind) {
	if rule.Fails(in.Right) {
		out.Hold("bfd:42:2", "no_right")
	}
	if rule.Fails(in.Instructed) {
		out.Hold("bfd:42:2", "not_instructed")
	}
	clause := in.Clause.V
	if in.Clause.Null {
		clause = "none"
	}
	switch {
	case k == funeralFund && (clause == "none" || clause == "gains_only"):
		out.Hold("bfd:42:4", "no_clause")
	case k == funeralFund && clause == "losses_only":
		out.Hold("bfd:42:4", "losses_only")
	case clause == "losses_only":
		out.Hold("bfd:42:3", "losses_only")
	}
	if in.Received != nil && !rule.Fails(in.Right) {
		out.Last, out.Retroactive = new(in.Received.AddDays(withdrawals[k].days)), new(true)
		out.Say("until", "bfd:42:2:b", "last", out.Last.String())
	}
}

// DuringIn asks whether a wish of the consumer during a distance contract was met.
type DuringIn struct {
	Product          *string `json:"product"` // any
	Requested        *string `json:"requested"`
	Given            *bool   `json:"given"`
	Incompatible     *bool   `json:"incompatible"`     // with the contract
	Disproportionate *bool   `json:"disproportionate"` // needlessly costly or laborious
}

// Check asks for a wish that article 47 knows.
func (in DuringIn) Check() []fault.Detail {
	return wantWord("/requested", in.Requested, "Kies conditions of other_channel.", "conditions", "other_channel")
}

// DuringOut is the answer of DuringDistanceContract.
type DuringOut struct{ law.Finding }

// DuringDistanceContract decides whether the conditions were given, or another
// means of communication used, when the consumer asked. Norm bfd:47.
var DuringDistanceContract = rule.New("during_distance_contract", 1, []ident.Norm{"bfd:47"}, duringContract, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"no_conditions": "De consument vroeg om de voorwaarden en kreeg ze niet. Daarop bestaat geen uitzondering.",
	"no_channel":    "De consument verlangde een ander communicatiemiddel en kreeg dat niet.",
	"not_fitting":   "Het andere middel is niet met de overeenkomst te verenigen. Onnodig duur of bewerkelijk telt ook zo, volgens de toelichting.",
	"wish_met":      "Aan de wens van de consument is voldaan, voor zover hier opgegeven.",
}))

func duringContract(in DuringIn) DuringOut {
	var out DuringOut
	switch {
	case !rule.Fails(in.Given) || in.Requested == nil:
	case *in.Requested == "conditions":
		out.Hold("bfd:47", "no_conditions")
	case rule.Holds(in.Incompatible) || rule.Holds(in.Disproportionate):
		out.Close("not_fitting", "bfd:47")
		return out
	default:
		out.Hold("bfd:47", "no_channel")
	}
	out.Close("wish_met", "bfd:47")
	return out
}
