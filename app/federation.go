package app

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"

	"zorgplicht/internal/signon"
	"zorgplicht/staff"
)

// outside fits the client of OpenID Connect to what room staff asks of it.
type outside struct {
	client *signon.Client
	back   string
}

func (o outside) provider(f staff.Federation, secret string) signon.Provider {
	return signon.Provider{Issuer: f.Issuer, ClientID: f.ClientID, Secret: secret, Redirect: o.back}
}

func (o outside) Check(issuer string) error { return signon.CheckIssuer(issuer) }

func (o outside) URL(ctx context.Context, f staff.Federation, secret string, a staff.Asking) (string, error) {
	return o.client.URL(ctx, o.provider(f, secret), signon.Asking(a))
}

func (o outside) Redeem(ctx context.Context, f staff.Federation, secret string, a staff.Asking, code string) (staff.Outsider, error) {
	p, err := o.client.Redeem(ctx, o.provider(f, secret), signon.Asking(a), code)
	if errors.Is(err, signon.ErrRefused) {
		err = fmt.Errorf("%w: %w", staff.ErrNotBelieved, err)
	}
	return staff.Outsider(p), err
}

// sealer keeps secrets of firms in the store, closed by a key that lies elsewhere.
func (k *Keys) sealer() (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, k.links, nil, "zorgplicht secrets of firms", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// Seal closes a secret so that it opens with this key and for this purpose only.
func (k *Keys) Seal(secret string, about []byte) ([]byte, error) {
	c, err := k.sealer()
	if err != nil {
		return nil, err
	}
	return c.Seal(nil, nil, []byte(secret), about), nil
}

// Unseal opens what Seal closed.
func (k *Keys) Unseal(sealed, about []byte) (string, error) {
	c, err := k.sealer()
	if err != nil {
		return "", err
	}
	b, err := c.Open(nil, nil, sealed, about)
	if err != nil {
		return "", fmt.Errorf("the secret was sealed with another key: %w", err)
	}
	return string(b), nil
}
