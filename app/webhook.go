package app

import (
	"context"
	"encoding/json"
	mathrand "math/rand/v2"
	"net/http"
	"strings"
	"time"

	"zorgplicht"
	"zorgplicht/advice"
	"zorgplicht/appropriateness"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/dispute"
	"zorgplicht/incident"
	"zorgplicht/integrity"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/internal/outbound"
	"zorgplicht/internal/site"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/post"
	"zorgplicht/webhook"
	webhookstore "zorgplicht/webhook/store"
	webhookweb "zorgplicht/webhook/web"
)

// told says which facts are told to the firm's own systems, whatever the version of
// their encoding.
var told = map[string]webhook.Type{
	unversioned(appropriateness.KindStarted):   webhook.Started,
	unversioned(appropriateness.KindJudged):    webhook.Judged,
	unversioned(appropriateness.KindChosen):    webhook.Chosen,
	unversioned(appropriateness.KindTicket):    webhook.Ticket,
	unversioned(appropriateness.KindPublished): webhook.Published,
	unversioned(complaint.KindReceived):        webhook.ComplaintReceived,
	unversioned(complaint.KindClassified):      webhook.ComplaintClassified,
	unversioned(complaint.KindReplied):         webhook.ComplaintReplied,
	unversioned(complaint.KindConcluded):       webhook.ComplaintConcluded,
	unversioned(complaint.KindReopened):        webhook.ComplaintReopened,
	unversioned(complaint.KindForwarded):       webhook.ComplaintForwarded,

	unversioned(post.KindAccepted): webhook.LetterSent,
	unversioned(post.KindRefused):  webhook.LetterFailed,
	unversioned(post.KindUnsure):   webhook.LetterDoubted,
	unversioned(post.KindSettled):  webhook.LetterSettled,
	unversioned(post.KindReceived): webhook.MessageReceived,
	unversioned(post.KindFiled):    webhook.MessageFiled,
	unversioned(post.KindAside):    webhook.MessageAside,

	unversioned(casework.KindAssigned):  webhook.CaseAssigned,
	unversioned(casework.KindNoted):     webhook.CaseNoted,
	unversioned(casework.KindFiled):     webhook.CaseFiled,
	unversioned(casework.KindTask):      webhook.CaseTaskSet,
	unversioned(casework.KindTaskEnded): webhook.CaseTaskEnded,
	unversioned(casework.KindHanded):    webhook.CaseHandedOver,

	unversioned(advice.KindRecorded):  webhook.AdviceRecorded,
	unversioned(advice.KindCorrected): webhook.AdviceCorrected,
	unversioned(advice.KindFollowed):  webhook.AdviceFollowed,

	unversioned(dispute.KindFiled):     webhook.DisputeFiled,
	unversioned(dispute.KindAnswered):  webhook.DisputeAnswered,
	unversioned(dispute.KindEnded):     webhook.DisputeEnded,
	unversioned(dispute.KindPerformed): webhook.DisputePerformed,

	unversioned(integrity.KindRegistered): webhook.PersonRegistered,
	unversioned(integrity.KindAppointed):  webhook.PersonAppointed,
	unversioned(integrity.KindNoticed):    webhook.ChangeNoticed,
	unversioned(integrity.KindReported):   webhook.ChangeReported,
	unversioned(integrity.KindLeft):       webhook.PersonLeft,
	unversioned(integrity.KindStayed):     webhook.PersonStayed,

	unversioned(integrity.KindAppointmentCorrected): webhook.PersonCorrected,
	unversioned(integrity.KindChangeCorrected):      webhook.PersonCorrected,

	unversioned(incident.KindReported):  webhook.IncidentReported,
	unversioned(incident.KindJudged):    webhook.IncidentJudged,
	unversioned(incident.KindTold):      webhook.IncidentTold,
	unversioned(incident.KindConcluded): webhook.IncidentConcluded,
	unversioned(incident.KindReopened):  webhook.IncidentReopened,
}

// toldByKind says the same of facts about a case of any kind, by that kind.
var toldByKind = map[string]map[casework.Kind]webhook.Type{
	unversioned(casework.KindReceiptCorrected): {complaint.Kind: webhook.ComplaintDayCorrected, incident.Kind: webhook.IncidentDayCorrected, dispute.Kind: webhook.DisputeDayCorrected},
}

// eventOf is what a fact is told as, if it is told.
func (a *App) eventOf(t *sqldb.Tx, f journal.Fact) (webhook.Type, bool, error) {
	name := unversioned(f.Kind)
	kinds, byKind := toldByKind[name]
	if !byKind {
		kind, ok := told[name]
		return kind, ok, nil
	}
	of, err := a.desk.casework.In(t, true).Case(casework.ID(f.Subject))
	kind, ok := kinds[of.Kind]
	return kind, ok, err
}

// subjectOf is what an event is about: of a fact about a case that tells of mail, the
// mail.
func subjectOf(f journal.Fact) string {
	if !strings.HasPrefix(f.Kind, "post.") {
		return f.Subject
	}
	var about struct{ Mail string }
	if err := json.Unmarshal(f.Payload, &about); err != nil || about.Mail == "" {
		return f.Subject
	}
	return about.Mail
}

func unversioned(kind string) string {
	name, _, _ := strings.Cut(kind, "/")
	return name
}

// furnishWebhook puts the room behind the pen: who records a fact tells of it in
// the same transaction, and the rooms above know nothing of it.
func (a *App) furnishWebhook() {
	pen := a.desk.pen
	s := &webhookstore.Store{DB: a.db, Now: a.Now, Pen: pen}
	a.Webhook = &webhook.Service{
		Store: s, Secret: a.Keys.WebhookSecret, House: webhook.House{Name: a.Name, BaseURL: a.BaseURL},
		Now: a.Now, NewID: newID, Dice: mathrand.New(source{}),
		Sender: sender{outbound.New(outbound.Options{
			Networks: a.Networks, Keep: webhook.KeptResponse, Agent: "zorgplicht/" + zorgplicht.Version,
		})},
	}
	a.desk.pen = func(t *sqldb.Tx, f journal.Fact) error {
		if err := pen(t, f); err != nil {
			return err
		}
		kind, ok, err := a.eventOf(t, f)
		if err != nil || !ok {
			return err
		}
		return a.Webhook.Note(s.In(t), webhook.Event{ID: f.ID, Firm: f.Firm, Type: kind, Subject: subjectOf(f), At: f.Valid})
	}
	a.sweeps = append(a.sweeps, a.Webhook.Sweep)
	a.works = append(a.works, job.Work{Kind: webhookstore.Deliver, Workers: 8, Limit: 2 * time.Minute, Do: a.deliver})
}

// deliver sends a subscription what is due to it.
func (a *App) deliver(ctx context.Context, r *job.Run) error {
	next, err := a.Webhook.Deliver(ctx, r.Firm, webhook.ID(r.About), r.Stopping)
	if err == nil && !next.IsZero() {
		return job.Later{At: next}
	}
	return err
}

// sender is the room's way out.
type sender struct{ *outbound.Client }

// Send sends one message and measures how long it took.
func (s sender) Send(ctx context.Context, url string, header map[string]string, body []byte) webhook.Answer {
	began := time.Now()
	got := s.Post(ctx, url, header, body)
	return webhook.Answer{Status: got.Status, Result: webhook.Result(got.Result), Body: got.Body, Took: time.Since(began)}
}

// mountWebhook mounts the pages of staff, and the schemas of the events.
func (a *App) mountWebhook() {
	webhookweb.Mount(a.site, a.Webhook, a.guard)
	a.site.Handle("GET "+webhook.SchemasPath+"{name}", func(r *http.Request) (site.Reply, error) {
		b := webhook.Schema(r.PathValue("name"))
		if b == nil {
			return nil, fault.New(fault.NotFound, "no-such-page", "")
		}
		return schema(b), nil
	})
}

type schema []byte

// Write lets any page and program read the schema: it is public.
func (s schema) Write(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/schema+json")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	_, err := w.Write(s)
	return err
}
