package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// SecretPrefix lets people and scanners of leaked secrets see what a text is.
const SecretPrefix = "whsec_"

// SecretText writes a secret as the receiver keeps it: the prefix of Standard
// Webhooks and base64.
func SecretText(secret []byte) string {
	return SecretPrefix + base64.StdEncoding.EncodeToString(secret)
}

// Sign returns the signature of a message under one secret: HMAC-SHA-256 over id,
// moment in whole seconds and body, with dots between them.
func Sign(secret []byte, id string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// headers are those of a message: what it is, when it was sent, and a signature
// under each secret that holds.
func headers(id string, at time.Time, body []byte, secrets [][]byte) map[string]string {
	var signed []string
	for _, s := range secrets {
		signed = append(signed, Sign(s, id, at, body))
	}
	return map[string]string{
		"Content-Type":      "application/cloudevents+json; charset=utf-8",
		"webhook-id":        id,
		"webhook-timestamp": strconv.FormatInt(at.Unix(), 10),
		"webhook-signature": strings.Join(signed, " "),
	}
}
