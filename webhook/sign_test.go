package webhook

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"
)

// The example of the library of Svix, who wrote Standard Webhooks down.
func TestSignAsStandardWebhooks(t *testing.T) {
	secret, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	got := Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if s := SecretText(secret); s != "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" {
		t.Errorf("secret %s", s)
	}
}

func TestTwoSecretsSignWhileTheyOverlap(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	s := Subscription{Version: 3, Overlap: now.Add(OverlapFor)}
	for _, c := range []struct {
		name string
		at   time.Time
		want int
	}{{"while they overlap", now.Add(OverlapFor - 1), 2}, {"not after", now.Add(OverlapFor), 1}} {
		t.Run(c.name, func(t *testing.T) {
			if got := s.Signs(c.at); len(got) != c.want || got[0] != 3 {
				t.Errorf("signs with %v", got)
			}
		})
	}
	h := headers("id", now, []byte("{}"), [][]byte{{1}, {2}})
	if n := len(strings.Fields(h["webhook-signature"])); n != 2 {
		t.Errorf("%d signatures", n)
	}
}
