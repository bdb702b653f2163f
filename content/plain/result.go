package plain

// Severity says how much a finding weighs.
type Severity uint8

// From a hint, folded away, to an error, which closes the gate if the site
// says so.
const (
	Off Severity = iota
	Hint
	Warning
	Error
)

// String gives the name that the interface uses.
func (s Severity) String() string {
	switch s {
	case Hint:
		return "hint"
	case Warning:
		return "warning"
	case Error:
		return "error"
	default:
		return "off"
	}
}

// Weight is what a finding counts in comparisons: error 3, warning 2, hint 1.
func (s Severity) Weight() int { return int(s) }

// MarshalText makes a severity its name in JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a name back; an unknown one is Off.
func (s *Severity) UnmarshalText(text []byte) error {
	*s = Off
	for _, v := range []Severity{Hint, Warning, Error} {
		if v.String() == string(text) {
			*s = v
		}
	}
	return nil
}

// Finding is one place in the source that a reader may stumble over.
type Finding struct {
	Rule        string   `json:"rule"`
	Severity    Severity `json:"severity"`
	Start       int      `json:"start"` // byte offsets in the source
	End         int      `json:"end"`
	Message     string   `json:"message"`
	Why         string   `json:"why,omitempty"`
	Suggestion  string   `json:"suggestion,omitempty"`
	Replacement string   `json:"replacement,omitempty"` // fits in place of the marked text as it stands; empty where a person must decide
}

// Parts shows where a score's loss comes from: points lost to the sentences
// and points lost to the words; 100 less both is the score before it is cut.
type Parts struct {
	Sentences float64 `json:"sentences"`
	Words     float64 `json:"words"`
}

// Figures are the experts' figures and what they are made of.
type Figures struct {
	ASL            float64  `json:"asl"`                      // words per sentence
	ASW            float64  `json:"asw"`                      // syllables per word
	LongWords      float64  `json:"long_words"`               // % of words of 7 letters and more
	ThreeSyllables float64  `json:"three_syllables"`          // % of words of 3 syllables and more
	FourSyllables  float64  `json:"four_syllables"`           // % of words of 4 syllables and more
	Unknown        float64  `json:"unknown"`                  // % of words outside the commonest
	UnknownNames   float64  `json:"unknown_names"`            // % of words: those of the unknown that begin with a capital
	Letters        float64  `json:"letters"`                  // per word
	Nominal        float64  `json:"nominal"`                  // % of words: nouns made of verbs and adjectives
	Commas         float64  `json:"commas"`                   // per sentence
	Passives       float64  `json:"passives"`                 // per sentence, as style.passive finds them
	Address        float64  `json:"address"`                  // % of words that speak to the reader
	Officialese    float64  `json:"officialese"`              // weight of officialese found, per 100 words
	LIX            float64  `json:"lix"`                      // Björnsson
	FleschAmstad   *float64 `json:"flesch_amstad,omitempty"`  // German
	WSTF1          *float64 `json:"wstf1,omitempty"`          // German: 1. Wiener Sachtextformel
	FleschEase     *float64 `json:"flesch_ease,omitempty"`    // English
	FleschKincaid  *float64 `json:"flesch_kincaid,omitempty"` // English: school grade
}

// Result is all there is to say about a text. The same input gives the same
// result, byte for byte.
type Result struct {
	Score      *int      `json:"score"`      // 0 to 100, nil when the text is too short
	Difficulty *float64  `json:"difficulty"` // the formula's D, nil without a word
	Parts      *Parts    `json:"parts,omitempty"`
	Band       string    `json:"band"` // one of the Band constants
	Sentences  int       `json:"sentences"`
	Words      int       `json:"words"`
	Figures    *Figures  `json:"figures,omitempty"`
	Findings   []Finding `json:"findings"`
	More       int       `json:"more,omitempty"` // findings beyond MaxFindings
	RuleSet    string    `json:"rule_set"`       // as Checker.RuleSet said
}

// Bands of the score. They are names for the interface; BandLabel has the words
// for people.
const (
	BandVeryEasy  = "very easy"
	BandPlain     = "plain"
	BandDemanding = "demanding"
	BandHard      = "hard"
	BandTooShort  = "too short"
)

// MaxFindings bounds how many findings a result carries.
const MaxFindings = 2000

// Weight is what all findings of a result weigh together.
func (r *Result) Weight() int {
	sum := 0
	for i := range r.Findings {
		sum += r.Findings[i].Severity.Weight()
	}
	return sum
}

// Count says how many findings have a severity.
func (r *Result) Count(s Severity) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity == s {
			n++
		}
	}
	return n
}
