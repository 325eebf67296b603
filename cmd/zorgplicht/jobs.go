package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"zorgplicht/app"
	"zorgplicht/calendar"
)

type jobsCmd struct {
	List    jobsListCmd    `cmd:"" help:"Show how much work there is, and what failed."`
	Retry   jobsRetryCmd   `cmd:"" help:"Let a failed task be tried anew."`
	Recount jobsRecountCmd `cmd:"" help:"Make the daily figures of the tests anew from the attempts."`
	Repack  jobsRepackCmd  `cmd:"" help:"Pack the words of all cases anew, for searches of several words."`
}

type jobsListCmd struct {
	place
	Troubled bool `help:"Only the tasks that failed or are to be tried again."`
	Limit    int  `default:"50" help:"Most troubled tasks to show."`
	JSON     bool `help:"One JSON object a line."`
}

func (c *jobsListCmd) Help() string {
	return `First how many tasks of each kind wait, run, are done or failed; then those that failed or are to be tried again, with the last error. Tasks that are done are forgotten after a week, failed ones after 90 days.

It does not do any work: whoever serves does.` + usual
}

func (c *jobsListCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		counts, troubled, err := a.Jobs(ctx, c.Limit)
		if err != nil {
			return err
		}
		if !c.Troubled {
			t := newTable(io.out, c.JSON, "KIND", "STATE", "TASKS", "OLDEST")
			for _, n := range counts {
				t.row(n.Kind, string(n.State), strconv.Itoa(n.Tasks), n.Oldest.Format(time.RFC3339))
			}
			if err := t.end(nil); err != nil || len(troubled) == 0 {
				return err
			}
		}
		t := newTable(io.out, c.JSON, "ID", "KIND", "FIRM", "ABOUT", "STATE", "TRIES", "NEXT", "PROGRESS", "ERROR")
		for _, k := range troubled {
			next := k.Due.Format(time.RFC3339)
			if !k.Ended.IsZero() {
				next = "-"
			}
			t.row(k.ID, k.Kind, string(k.Firm), k.About, string(k.State), strconv.Itoa(k.Tries), next, fmt.Sprintf("%d/%d", k.Progress, k.Total), k.Error)
		}
		return t.end(nil)
	})
}

type jobsRetryCmd struct {
	place
	ID string `arg:"" help:"Id of the task, as jobs list shows it."`
}

func (c *jobsRetryCmd) Help() string {
	return `The task waits for the next moment at which somebody serves.

It does not touch tasks that wait, run or are done.` + usual
}

func (c *jobsRetryCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		err := a.RetryJob(ctx, c.ID)
		if err == nil {
			fmt.Fprintln(io.out, "it will be tried again")
		}
		return err
	})
}

type jobsRecountCmd struct {
	place
	JSON bool `help:"One JSON object a line."`
}

func (c *jobsRecountCmd) Help() string {
	return `The page of results reads what was counted for each day, and counts what came since. This counts every day anew, a day at a time; others may go on working, and each moment shows whole figures.

It changes no attempt and no fact. It is not needed in the course of things: whoever serves keeps the figures up to date.` + usual
}

func (c *jobsRecountCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		t := newTable(io.out, c.JSON, "FIRM", "DAYS", "ATTEMPTS")
		type counted struct{ days, attempts int }
		var firms []string
		by := map[string]counted{}
		err := a.Recount(ctx, func(firm string, _ calendar.Date, n int) {
			if by[firm].days == 0 {
				firms = append(firms, firm)
			}
			by[firm] = counted{by[firm].days + 1, by[firm].attempts + n}
		})
		for _, f := range firms {
			t.row(f, strconv.Itoa(by[f].days), strconv.Itoa(by[f].attempts))
		}
		return t.end(err)
	})
}

type jobsRepackCmd struct {
	place
	JSON bool `help:"One JSON object a line."`
}

func (c *jobsRepackCmd) Help() string {
	return `A search of several words that very many cases have looks first at what was packed of them. This packs all cases anew, some thousands at a time, of firms with so many cases that a word is common; others may go on working, and searches find the same meanwhile.

It changes no case and no fact. It is not needed in the course of things: whoever serves packs what changes.` + usual
}

func (c *jobsRepackCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		t := newTable(io.out, c.JSON, "FIRM", "STRETCHES")
		return t.end(a.Repack(ctx, func(firm string, n int) { t.row(firm, strconv.Itoa(n)) }))
	})
}
