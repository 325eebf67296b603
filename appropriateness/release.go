package appropriateness

import (
	"time"

	"zorgplicht/ident"
)

// A Release is one version of a test with the time in which it is in use: from
// its first moment up to its last, where it has one. A version that was cancelled
// ends when it begins.
type Release struct {
	TestID    string     `json:"test_id"`
	Hash      ident.Hash `json:"hash"`
	Title     string     `json:"title"`
	Product   string     `json:"product"`
	From      time.Time  `json:"from"`
	To        *time.Time `json:"to,omitempty"` // first moment at which it is in use no longer; nil for none
	Way       string     `json:"way"`          // "" for what was put to use before ways were kept
	By        string     `json:"by"`
	AskedBy   string     `json:"asked_by"`
	Reason    string     `json:"reason"`
	Recorded  time.Time  `json:"recorded"`
	Withdrawn *time.Time `json:"withdrawn,omitempty"` // when that was written; nil where it was not withdrawn
}

// A Standing says how a version stands at a moment.
type Standing string

// The standings.
const (
	Planned   Standing = "planned"
	Current   Standing = "in_use"
	Over      Standing = "over" // another version took its place, or it was withdrawn
	Cancelled Standing = "cancelled"
)

// At says how the version stands at a moment, which Moment gives for now.
func (r Release) At(now time.Time) Standing {
	switch {
	case r.To != nil && !r.To.After(r.From):
		return Cancelled
	case now.Before(r.From):
		return Planned
	case r.To != nil && !now.Before(*r.To):
		return Over
	}
	return Current
}

// Moment returns now, or the latest moment at which one of these versions of a test
// was put to use or withdrawn: a clock that goes back undoes nothing.
func Moment(versions []Release, now time.Time) time.Time {
	for _, r := range versions {
		now = later(now, r.Recorded)
		if r.Withdrawn != nil {
			now = later(now, *r.Withdrawn)
		}
	}
	return now
}

// InUse returns of one test's versions the one that is in use now.
func InUse(versions []Release, now time.Time) (r Release, ok bool) {
	now = Moment(versions, now)
	for _, v := range versions {
		if v.At(now) == Current {
			return v, true
		}
	}
	return r, false
}

// A Drawer is what the store keeps of designs and versions.
type Drawer interface {
	Draft(id string) (Draft, error)      // locked till the end of an Update; fault.NotFound "unknown-design"
	Drafts() ([]Draft, error)            // by id
	KeepDraft(d Draft, fresh bool) error // fault.Conflict "design-changed" when another kept it at this moment
	Releases(id string) ([]Release, error)
	// Place puts a version to use from its first moment: the one that is in use then
	// ends there, and the new one ends where the next one begins. It returns the
	// version as it was placed. fault.Conflict "publish-raced" when another did the
	// same at this moment.
	Place(Release) (Release, error)
	// EndRelease ends a version at this moment. One that ends when it begins gives
	// its time back to the one before it, unless that was withdrawn.
	EndRelease(r Release, to, now time.Time) error
}
