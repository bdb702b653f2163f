package content

import (
	"context"
	"time"
)

// PublishedStore gives the public site what readers may see and nothing else: no draft ever passes here.
type PublishedStore interface {
	// SiteSeq grows by one with everything that readers could notice; cheap enough to ask several times a second.
	SiteSeq(ctx context.Context) (int64, error)
	// Published reads everything where since is 0, else what was touched after since.
	Published(ctx context.Context, since int64) (SiteData, error)
	// Logo is the site's own; NotFound where it has none.
	Logo(ctx context.Context) (Logo, error)
	VersionStore
}

// SiteData is the published site, or the part of it that was touched.
type SiteData struct {
	Seq      int64
	Whole    bool // everything is here: what is missing is gone
	Settings Settings
	Topics   []Topic
	Entries  []PublishedEntry
	Changes  []PublishedChange
	// Glossary is every term of it where any was touched, else nil.
	Glossary []Term
	Explains bool            // Glossary is there, though it may be empty
	Accounts []PublicAccount // all of them, always
}

// PublicAccount is an account of the site on a network that readers can follow there.
type PublicAccount struct {
	Network   string
	Handle    string // "@shop@example.social"
	URL       string
	Languages []Lang
}

// PublicAccount is what readers may know of a channel; false for one that is not active, and for one that nobody
// can follow, such as a webhook.
func (c *Channel) PublicAccount() (PublicAccount, bool) {
	a := PublicAccount{Network: c.Network, Handle: c.Account.Handle, URL: c.Account.URL, Languages: c.Languages}
	return a, c.State == ChannelActive && a.Handle != "" && a.URL != ""
}

// PublishedEntry is an entry with its history and its current texts.
type PublishedEntry struct {
	Entry
	OldSlugs   []string
	Versions   []VersionMeta    // of all languages, oldest first; never empty
	Current    map[Lang]Version // the languages in which readers see a text, without the Markdown that its HTML was made of
	Tombstones []Tombstone      // oldest first
}

// Withdrawn is the tombstone that stands in lang now, or nil.
func (e *PublishedEntry) Withdrawn(lang Lang) *Tombstone {
	if _, live := e.Current[lang]; live {
		return nil
	}
	for i := len(e.Tombstones) - 1; i >= 0; i-- {
		if e.Tombstones[i].Lang == lang {
			return &e.Tombstones[i]
		}
	}
	return nil
}

// PublishedChange is a published change with the posts that went out for it. What
// it published stands in the versions and tombstones that name it: its own lists
// of revisions, withdrawals, announcements and approvals are empty.
type PublishedChange struct {
	Change
	SHA256        string // Hash of all that it published, which its row in the ledger and its posts name
	ApprovalCount int    // how many people approved it; nobody's name
	Posts         []PostLink
}

// Reference is the short name that its posts may carry: the beginning of its hash.
func (c *PublishedChange) Reference() string { return c.SHA256[:min(len(c.SHA256), referenceSize)] }

// PostLink is a public post on a network: one that readers see, or saw.
type PostLink struct {
	Delivery   string // its id
	Network    string
	Channel    string // its name
	Lang       Lang
	Part       int  // of a thread; 0 for the first
	Correction bool // it corrects an earlier post of this change
	State      DeliveryState
	URL        string
	At         time.Time // when it went out
	Corrected  time.Time // when its words were last corrected in place; zero for never
	Gone       bool      // the network no longer shows it, though nobody here took it down
}

// Shown tells whether the address leads to a post, as far as is known.
func (p PostLink) Shown() bool { return p.State != Withdrawn && !p.Gone }
