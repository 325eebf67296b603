package app

import (
	"context"
	"fmt"
	"os"

	advicestore "zorgplicht/advice/store"
	"zorgplicht/appropriateness/store"
	caseworkstore "zorgplicht/casework/store"
	causestore "zorgplicht/cause/store"
	commissionstore "zorgplicht/commission/store"
	complaintstore "zorgplicht/complaint/store"
	creditstore "zorgplicht/credit/store"
	criteriastore "zorgplicht/criteria/store"
	disputestore "zorgplicht/dispute/store"
	incidentstore "zorgplicht/incident/store"
	inspectionstore "zorgplicht/inspection/store"
	integritystore "zorgplicht/integrity/store"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	journalstore "zorgplicht/journal/store"
	lendingstore "zorgplicht/lending/store"
	loanbookstore "zorgplicht/loanbook/store"
	partystore "zorgplicht/party/store"
	poststore "zorgplicht/post/store"
	retentionstore "zorgplicht/retention/store"
	staffstore "zorgplicht/staff/store"
	webhookstore "zorgplicht/webhook/store"
)

// Schemas lists what the rooms keep, in the order of the floors.
func Schemas() []sqldb.Schema {
	return []sqldb.Schema{
		journalstore.Schema,
		once.Schema,
		job.Schema,
		partystore.Schema,
		staffstore.Schema,
		criteriastore.Schema,
		caseworkstore.Schema,
		complaintstore.Schema,
		poststore.Schema,
		advicestore.Schema,
		incidentstore.Schema,
		integritystore.Schema,
		store.Schema,
		webhookstore.Schema,
		creditstore.Schema,
		lendingstore.Schema,
		disputestore.Schema,
		causestore.Schema,
		loanbookstore.Schema,
		commissionstore.Schema,
		retentionstore.Schema,
		inspectionstore.Schema,
	}
}

// Migrate brings the store to the tables of this version; on PostgreSQL c names
// the owner's address.
func Migrate(ctx context.Context, c Config) error {
	c, err := c.complete()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	return sqldb.Migrate(ctx, c.Address(), Schemas())
}
