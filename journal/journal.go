// Package journal tells what happened, and proves it.
//
// A fact is appended in the same database transaction as the change it tells
// of. Its payload is committed to by a salted digest, so that payload and salt
// can be erased while every proof still holds. A leaf commits to the digest and
// to everything else that is known of the fact; all leaves of an installation
// enter one Merkle tree (RFC 6962), whose heads are signed (Ed25519) as
// checkpoints. Who holds an earlier checkpoint can prove that nothing was
// changed, removed or slipped in since.
//
// This package does no input or output: it holds the words, the encodings and
// the checks. The tables lie in journal/store, the dossier (an export that
// proves itself) in journal/dossier. Trees, proofs and signatures come from
// golang.org/x/mod (packages tlog and note), never from here.
//
// No norm asks for this form: it is ours.
package journal

import "zorgplicht/ident"

// House is the firm under which the installation itself records what it did:
// restored, keys replaced. It is no tenant and has no clients.
const House ident.Firm = "00000000-0000-7000-8000-000000000000"
