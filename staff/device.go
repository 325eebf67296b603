package staff

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"zorgplicht/ident"
)

// DeviceFor is how long a browser that signed in is known, from its last sign-in.
const DeviceFor = 180 * 24 * time.Hour

// deviceBytes is the length of the secret of a browser.
const deviceBytes = 32

// knows reports whether the browser with this secret signed in to the account with
// this e-mail address before. It gives no access: who is known is only counted
// apart from strangers.
func (s *Service) knows(ctx context.Context, email, device string, now time.Time) (bool, error) {
	if !deviceLike(device) {
		return false, nil
	}
	known, err := s.Store.Device(ctx, deviceHash(device), accountKey(email), now)
	if err != nil {
		return false, fmt.Errorf("look up browser: %w", err)
	}
	return known, nil
}

// Remember makes the browser of somebody who just signed in known, and returns its
// secret: the one it had, or a new one.
func (s *Service) Remember(ctx context.Context, who Session, device string) (string, error) {
	if !deviceLike(device) {
		random, err := s.random(deviceBytes)
		if err != nil {
			return "", err
		}
		device = base64.RawURLEncoding.EncodeToString(random)
	}
	err := s.Store.KeepDevice(ctx, deviceHash(device), accountKey(who.Account.Email), s.Now().Add(DeviceFor))
	if err != nil {
		return "", fmt.Errorf("remember browser: %w", err)
	}
	return device, nil
}

// deviceLike reports whether this could be a secret of ours; nothing else is looked
// up or taken over.
func deviceLike(s string) bool {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	return err == nil && len(b) == deviceBytes
}

func deviceHash(secret string) ident.Hash { return ident.HashOf([]byte("browser\n" + secret)) }
