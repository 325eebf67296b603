package staff

import (
	"fmt"
	"slices"
)

// A Role is what somebody is in the firm.
type Role string

// The roles.
const (
	Handler    Role = "handler"    // behandelaar: helps clients
	Compliance Role = "compliance" // compliance officer: must be able to show it all
	Operator   Role = "operator"   // beheerder: keeps the installation, sees no clients
	Supervisor Role = "supervisor" // toezichthouder: a guest who reads, with an end date
	Author     Role = "author"     // auteur: writes questions
	Reviewer   Role = "reviewer"   // beoordelaar: approves what another wrote
	Publisher  Role = "publisher"  // publiceerder: puts tests to use
	Inspector  Role = "inspector"  // inspecteur: a supervisor's guest, who sees what an inspection opens and nothing else, with an end date
)

// Roles are all roles, in the order in which they are listed.
var Roles = []Role{Handler, Compliance, Operator, Supervisor, Author, Reviewer, Publisher, Inspector}

// Dutch is how a page names the role.
func (r Role) Dutch() string {
	switch r {
	case Handler:
		return "behandelaar"
	case Compliance:
		return "compliance"
	case Operator:
		return "beheerder"
	case Supervisor:
		return "toezichthouder"
	case Author:
		return "auteur"
	case Reviewer:
		return "beoordelaar"
	case Publisher:
		return "publiceerder"
	case Inspector:
		return "inspecteur"
	}
	return string(r)
}

func (r Role) known() bool { return slices.Contains(Roles, r) }

// ParseRole returns the role of this name.
func ParseRole(s string) (Role, error) {
	if r := Role(s); r.known() {
		return r, nil
	}
	return "", fmt.Errorf("no role %q: choose from handler, compliance, operator, supervisor, author, reviewer, publisher and inspector", s)
}

// An Action is something that not everybody may do.
type Action string

// The actions.
const (
	SignIn      Action = "sign-in"
	Work        Action = "work"              // take part in the daily work: what is due, the cases that somebody may see
	SeeAttempts Action = "see-attempts"      // the list, with its search
	SeeAttempt  Action = "see-attempt"       // one attempt with answers and verdict
	SeeProofs   Action = "see-proofs"        // facts of the journal with their proofs
	Download    Action = "download-dossier"  // take evidence out of the house
	MakeLink    Action = "make-attempt-link" // invite a client to a test

	SeeQuestions    Action = "see-questions"    // the bank of questions, with what is right
	WriteQuestions  Action = "write-questions"  // write, offer for review, retire, import
	ReviewQuestions Action = "review-questions" // approve what another wrote, or give it back
	SeeTests        Action = "see-tests"        // tests and their versions
	WriteTests      Action = "write-tests"      // design a test, and ask that it be put to use
	PublishTests    Action = "publish-tests"    // put a test to use
	TellSequels     Action = "tell-sequels"     // say what became of a client after the test
	EvaluateTests   Action = "evaluate-tests"   // write, confirm and plan the evaluation of a test

	SeeDistribution Action = "see-distribution" // agreements with providers and intermediaries
	MakeAgreement   Action = "make-agreement"   // offer, accept or end one; say how clients are known

	SeeSets     Action = "see-sets"        // the firm's own rule sets, with what they decided
	WriteSets   Action = "write-sets"      // write one, try it, offer it for review
	ReviewSets  Action = "review-sets"     // approve what another wrote, or give it back
	PublishSets Action = "publish-sets"    // put a set to use, or withdraw it
	SeeRuns     Action = "see-screenings"  // portfolios, what rules said of each contract, and its proof
	MakeRuns    Action = "make-screenings" // load a portfolio and hold it against the rules

	SeeComplaints    Action = "see-complaints"    // the register of complaints, with who complained
	HandleComplaints Action = "handle-complaints" // write down, answer, end

	SetComplaintProcedure Action = "set-complaint-procedure" // how the firm handles complaints, and in how many days

	SeePost        Action = "see-post"            // what comes in and goes out by e-mail
	HandlePost     Action = "handle-post"         // file it, and send letters by e-mail
	SeeDisputes    Action = "see-disputes"        // dispute bodies, and the disputes there
	HandleDisputes Action = "handle-disputes"     // write a dispute down, answer, end
	KeepBodies     Action = "keep-dispute-bodies" // register a body, with what was found of it

	SeeCauses    Action = "see-causes"    // root causes, with what is done about them
	HandleCauses Action = "handle-causes" // name one, decide on a measure, look whether it works

	SetLetters        Action = "set-letters"         // the words with which letters about cases begin
	SeeIncidents      Action = "see-incidents"       // all incidents of the firm; who is named in one sees that one
	HandleIncidents   Action = "handle-incidents"    // describe, judge, tell, end
	ReportIncidents   Action = "report-incidents"    // write one down
	SetIncidentPolicy Action = "set-incident-policy" // how the firm deals with them, written by one and published by another

	SeeAdvice          Action = "see-advice"           // advice files, as they are and as they were
	RecordAdvice       Action = "record-advice"        // write advice down, and what came of it
	SetAdviceProcedure Action = "set-advice-procedure" // which rule set is the firm's standardised procedure

	SeeReliability  Action = "see-reliability"  // of whom it was looked at, with what was seen
	KeepReliability Action = "keep-reliability" // register people, record what was seen, let a function start

	AskRules Action = "ask-rules" // look up rules and norms, and try them
	SetLook  Action = "set-look"  // how clients see the firm, and on which sites its tests stand

	SeeWebhooks  Action = "see-webhooks"  // which systems are told what, and whether it arrived
	KeepWebhooks Action = "keep-webhooks" // add and change them, make secrets, send again

	SeeCredit   Action = "see-credit"   // credit products with their figures, documents, the ceiling
	WriteCredit Action = "write-credit" // keep credit products and their terms
	IssueCredit Action = "issue-credit" // issue documents with figures

	SeeApplications    Action = "see-applications"    // applications for credit, with who applied and what they told
	HandleApplications Action = "handle-applications" // write down, judge, decide, conclude
	SetNormAmounts     Action = "set-norm-amounts"    // the amounts by which applications are judged, with their source
	SeeCommission      Action = "see-commission"      // agreements with intermediaries, months, statements
	AgreeCommission    Action = "agree-commission"    // write agreements, say which account pays
	RunCommission      Action = "run-commission"      // have a month computed, correct what a month gave
	ApproveCommission  Action = "approve-commission"  // settle a month that another had computed, and let it be paid
	SeeRetention       Action = "see-retention"       // what is kept until when, holds, lists of destruction
	HoldRecords        Action = "hold-records"        // place a hold, say what belongs together
	DestroyRecords     Action = "destroy-records"     // set terms, lift holds, draw up, review and execute lists

	SeeStaff    Action = "see-staff"    // who has an account, with which roles
	ManageStaff Action = "manage-staff" // let in, give roles, block, end, reset

	ReadInspections Action = "read-inspections" // what an inspection opens: a guest what was opened for them
	OpenInspections Action = "open-inspections" // open and end one, and see what the guest looked at

	SeeTasks   Action = "see-tasks"   // the work that the house does by itself, and what failed
	RetryTasks Action = "retry-tasks" // let failed work be tried anew
)

// Actions are all actions.
var Actions = []Action{
	SignIn, SeeAttempts, SeeAttempt, SeeProofs, Download, MakeLink,
	SeeQuestions, WriteQuestions, ReviewQuestions, SeeTests, WriteTests, PublishTests, TellSequels, EvaluateTests, SeeDistribution, MakeAgreement, SeeSets, WriteSets, ReviewSets, PublishSets, SeeRuns, MakeRuns, AskRules, SetLook, SeeWebhooks, KeepWebhooks,
	SeeCredit, WriteCredit, IssueCredit, SeeStaff, ManageStaff, SeeTasks, RetryTasks,
	SeeComplaints, HandleComplaints, SetComplaintProcedure, SetLetters,
	SeeApplications, HandleApplications, SetNormAmounts,
	SeeCommission, AgreeCommission, RunCommission, ApproveCommission,
	SeeAdvice, RecordAdvice, SetAdviceProcedure,
	SeeRetention, HoldRecords, DestroyRecords,
	SeeIncidents, HandleIncidents, ReportIncidents, SetIncidentPolicy, SeeReliability, KeepReliability,
	SeePost, HandlePost,
	SeeDisputes, HandleDisputes, KeepBodies, SeeCauses, HandleCauses,
	Work, ReadInspections, OpenInspections,
}

// rights is who may do what: the only place that says so. Whoever keeps the
// machine has no business with clients, whoever watches invites nobody, and
// evidence leaves the house by the hand of compliance or supervisor. Whoever helps
// clients does not see which answers are right; whoever writes questions does not
// see clients.
var rights = map[Action][]Role{
	SignIn:      {Handler, Compliance, Operator, Supervisor, Author, Reviewer, Publisher, Inspector},
	Work:        {Handler, Compliance, Operator, Supervisor, Author, Reviewer, Publisher},
	SeeAttempts: {Handler, Compliance, Supervisor},
	SeeAttempt:  {Handler, Compliance, Supervisor},
	SeeProofs:   {Handler, Compliance, Supervisor},
	Download:    {Compliance, Supervisor},
	MakeLink:    {Handler},

	SeeQuestions:    {Compliance, Supervisor, Author, Reviewer, Publisher},
	WriteQuestions:  {Author},
	ReviewQuestions: {Reviewer},
	SeeTests:        {Handler, Compliance, Supervisor, Author, Reviewer, Publisher},
	WriteTests:      {Author},
	PublishTests:    {Publisher},
	TellSequels:     {Handler, Compliance},
	EvaluateTests:   {Compliance, Publisher},

	SeeComplaints:    {Handler, Compliance, Supervisor},
	HandleComplaints: {Handler, Compliance},

	SetComplaintProcedure: {Compliance},
	SeeDisputes:           {Handler, Compliance, Supervisor},
	HandleDisputes:        {Handler, Compliance},
	KeepBodies:            {Compliance},
	SeeCauses:             {Handler, Compliance, Supervisor},
	HandleCauses:          {Handler, Compliance},
	SetLetters:            {Compliance},
	SeePost:               {Handler, Compliance, Supervisor},
	HandlePost:            {Handler, Compliance},

	SeeAdvice:          {Handler, Compliance, Supervisor},
	RecordAdvice:       {Handler, Compliance},
	SetAdviceProcedure: {Compliance},
	SeeRetention:       {Handler, Compliance, Supervisor},
	HoldRecords:        {Handler, Compliance},
	DestroyRecords:     {Compliance},
	SeeIncidents:       {Compliance, Supervisor},
	HandleIncidents:    {Compliance},
	ReportIncidents:    {Handler, Compliance, Operator, Author, Reviewer, Publisher},
	SetIncidentPolicy:  {Compliance, Reviewer, Publisher},
	SeeReliability:     {Compliance, Supervisor},
	KeepReliability:    {Compliance},

	SeeDistribution: {Handler, Compliance, Supervisor},
	MakeAgreement:   {Compliance},
	SeeWebhooks:     {Compliance, Operator, Supervisor},
	KeepWebhooks:    {Operator},

	SeeSets:     {Handler, Compliance, Supervisor, Author, Reviewer, Publisher},
	WriteSets:   {Compliance, Author},
	ReviewSets:  {Compliance, Reviewer},
	PublishSets: {Compliance, Publisher},
	SeeRuns:     {Handler, Compliance, Supervisor},
	MakeRuns:    {Compliance},

	AskRules: {Handler, Compliance, Operator, Supervisor, Author, Reviewer, Publisher},
	SetLook:  {Compliance, Operator},

	SeeCredit:   {Handler, Compliance, Supervisor},
	WriteCredit: {Compliance},
	IssueCredit: {Handler, Compliance},

	SeeApplications:    {Handler, Compliance, Supervisor},
	HandleApplications: {Handler, Compliance},
	SetNormAmounts:     {Compliance},
	SeeCommission:      {Handler, Compliance, Supervisor},
	AgreeCommission:    {Compliance},
	RunCommission:      {Handler, Compliance},
	ApproveCommission:  {Compliance},

	// Who lets others in sees no clients and holds none of the rights that they hand
	// out; compliance and supervisor see who has them, and hand out none.
	SeeStaff:    {Compliance, Operator, Supervisor},
	ManageStaff: {Operator},

	// A guest from outside has this right and no other: what they see is what
	// compliance opened for them.
	ReadInspections: {Compliance, Inspector},
	OpenInspections: {Compliance},

	SeeTasks:   {Compliance, Operator, Supervisor},
	RetryTasks: {Operator},
}

// Right reports whether the role has the right to do this.
func Right(r Role, do Action) bool { return slices.Contains(rights[do], r) }
