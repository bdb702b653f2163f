package view

import (
	"html/template"
	"time"

	"klartext/content"
	"klartext/content/compare"
)

// Public is what every public page has; page types embed it. Texts that may be
// in another language than the page come as Phrase.
type Public struct {
	Lang        content.Lang
	Title       string       // of the document
	TitleLang   content.Lang // of title and description, "" where it is the page's
	SiteName    string
	Description string
	Canonical   string // absolute; "" where the page should not be found by search engines
	Base        string // the site's absolute address without a slash at the end
	Section     string // the part of the navigation that is marked: "faq", "policies", "changes", "search"
	Policies    bool   // there are policies to lead to
	Explains    bool   // there is a glossary to lead to
	Static      bool   // the page is written into a file: its day is enough, and no server answers there
	Langs       []LangLink
	Feed        Link      // the Atom feed that fits the page
	OEmbed      string    // where it can be embedded from, without ".json"; "" where it cannot
	Accounts    []Account // of the site on networks
	Style       template.CSS
	Zone        *time.Location
	Own         Own
	Meta
}

// Meta is what machines read of a page.
type Meta struct {
	Data     []any // JSON-LD
	Share    Share
	Creators []string // accounts in the fediverse whose texts these are
	Posted   time.Time
	Modified time.Time
}

// Share is the picture that networks show beside a link, and what it says.
type Share struct{ URL, Alt string }

// Own is what a site shows of itself on every page.
type Own struct {
	Logo    *Logo
	Note    Lines
	Contact Lines
	Officer Lines
	Links   []Link // the imprint first
}

// Lines are words of several lines with the addresses in them as links.
type Lines struct {
	Lang  content.Lang // "" where it is the page's
	Parts []Link       // without a URL where it is text only
}

// Any tells whether anything stands at the foot of the page.
func (o Own) Any() bool {
	return len(o.Note.Parts)+len(o.Contact.Parts)+len(o.Officer.Parts)+len(o.Links) > 0
}

// Logo is a picture with its size on the page.
type Logo struct {
	URL           string
	Width, Height int
}

// LangLink leads to the same page in another language.
type LangLink struct {
	Lang    content.Lang
	Name    string // as the language calls itself
	URL     string
	Current bool
	Missing bool // the page there has no text of its own in this language
}

// Link is words that lead somewhere.
type Link struct {
	Text string
	URL  string
	Lang content.Lang // "" where the words are in the page's language
}

// Phrase is words and, where it is not the page's, their language.
type Phrase struct {
	Text string
	Lang content.Lang
}

// Stored is HTML that the Markdown renderer made. It is a type of its own, so that no template,
// and no theme's, can pass off other words as HTML.
type Stored string

// Reading is the text of one version as readers see it.
type Reading struct {
	Lang         content.Lang // "" where it is the page's
	Title        string
	ShortAnswer  string
	Body         Stored
	Examples     []Stored
	Perspectives []Opinion
	Choices      []content.Choice
	Sections     []PolicySection
	Facts        []compare.Row
}

// Opinion is one side's view.
type Opinion struct {
	Side  content.Side
	HTML  Stored
	Plain string // instead of HTML, where there is none
}

// PolicySection is a part of a policy with its plain summary.
type PolicySection struct {
	Anchor  string
	Heading string
	Body    Stored
	Summary Stored
}

// Edition says which version a text is, since when, and by which change.
type Edition struct {
	Number    int
	URL       string
	Published time.Time
	Effective content.Date // "" where it is the day of publication or not known
	Pending   bool         // Effective is still to come
	Since     content.Date // from when it holds, whichever of the two it is
	Change    Link
	Imported  bool
}

// EntryPage is an entry or policy, as it stands now or in an old version.
type EntryPage struct {
	Public
	Policy     bool
	Topic      Link // "" for a policy
	Text       Reading
	Edition    Edition
	Clarity    *ClarityLine // nil where readers are told nothing
	Before     *Edition     // the version that holds until this one takes effect
	Today      *Edition     // on an old version's page: the version that readers see now
	Withdrawn  *Stone       // on an old version's page: the entry is not there any more
	Versions   int
	HistoryURL string
	CompareURL string // what this version changed, "" for the first
	ChangedURL string // on an old version's page: the difference to today's
	Elsewhere  []Link // the entry in other languages, where the page's own has no text
	VoteURL    string // where to say whether the text can be understood, "" on old versions
	AskURL     string
	Previous   Link // the question before and after it in the topic, "" at the ends
	Next       Link
	Cite       *Citation // on the page of a day in the past
	Lag        *LagRow   // another language is ahead, and the site shows that
}

// Stone is a tombstone.
type Stone struct {
	At     time.Time
	Reason string
	Change Link
}

// TombstonePage stands where an entry was taken down.
type TombstonePage struct {
	Public
	Policy     bool
	Topic      Link
	Heading    Phrase
	Stone      Stone
	HistoryURL string
	Versions   []Edition // newest first
	Elsewhere  []Link    // languages in which it is still there
}

// HistoryPage lists the versions of an entry.
type HistoryPage struct {
	Public
	Heading   Phrase
	EntryURL  string
	Withdrawn bool
	Rows      []HistoryRow
	Choice    *VersionChoice // nil where there is only one version
}

// HistoryRow is one version, or a tombstone, newest first.
type HistoryRow struct {
	Edition    Edition
	Stone      *Stone
	CompareURL string // to the version before
	Now        bool   // what readers see today
}

// VersionChoice is the form that asks which two versions to compare.
type VersionChoice struct {
	Action   string
	From, To int
	Versions []Edition // newest first
}

// ComparePage shows the difference between two versions.
type ComparePage struct {
	Public
	Heading  Phrase
	EntryURL string
	From, To Edition
	Same     bool
	Diff     TextDiff
	Choice   *VersionChoice
}
