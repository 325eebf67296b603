package main

import "zorgplicht/app"

// A mailbox is how mail goes out and comes in.
type mailbox struct {
	SMTP         string `name:"smtp" help:"Server that takes mail, host:port. Without it no mail is sent." env:"ZORGPLICHT_MAIL_SMTP"`
	Security     string `name:"smtp-security" enum:"starttls,tls,none" default:"starttls" help:"How the connection is kept from others: starttls, tls, or none on this machine." env:"ZORGPLICHT_MAIL_SMTP_SECURITY"`
	User         string `name:"smtp-user" help:"Account at that server; without it nobody signs in." env:"ZORGPLICHT_MAIL_SMTP_USER"`
	PasswordFile string `name:"smtp-password-file" type:"path" help:"File whose first line is its password." env:"ZORGPLICHT_MAIL_SMTP_PASSWORD_FILE"`
	From         string `name:"from" help:"Address from which mail goes." env:"ZORGPLICHT_MAIL_FROM"`
	IMAP         string `name:"imap" help:"Server of the mailbox that is read, host:port. Without it no mail comes in." env:"ZORGPLICHT_MAIL_IMAP"`
	IMAPSecurity string `name:"imap-security" enum:"tls,none" default:"tls" help:"tls, or none on this machine." env:"ZORGPLICHT_MAIL_IMAP_SECURITY"`
	IMAPUser     string `name:"imap-user" help:"Account of the mailbox." env:"ZORGPLICHT_MAIL_IMAP_USER"`
	IMAPPassword string `name:"imap-password-file" type:"path" help:"File whose first line is its password." env:"ZORGPLICHT_MAIL_IMAP_PASSWORD_FILE"`
	Folder       string `name:"imap-folder" default:"INBOX" help:"Folder that is read. Nothing in it is changed." env:"ZORGPLICHT_MAIL_IMAP_FOLDER"`
	Firm         string `name:"imap-firm" help:"Id of the firm whose mailbox it is; needed where there are several." env:"ZORGPLICHT_MAIL_IMAP_FIRM"`
	Roots        string `name:"roots" type:"path" help:"Certificates (PEM) that sign those of the mail servers, where this machine does not know them." env:"ZORGPLICHT_MAIL_ROOTS"`
}

func (m mailbox) config() app.MailConfig {
	return app.MailConfig{
		Send: m.SMTP, SendSecurity: m.Security, User: m.User, PasswordFile: m.PasswordFile, From: m.From, Roots: m.Roots,
		Fetch: m.IMAP, FetchSecurity: m.IMAPSecurity, FetchUser: m.IMAPUser, FetchPasswordFile: m.IMAPPassword, Folder: m.Folder, Firm: m.Firm,
	}
}
