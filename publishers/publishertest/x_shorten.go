package publishertest

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"unicode/utf8"
)

// xLink is a link of a post as X tells of it; the places count letters.
type xLink struct {
	Start    int    `json:"start"`
	End      int    `json:"end"`
	URL      string `json:"url"`
	Expanded string `json:"expanded_url"`
	Display  string `json:"display_url"`
	MediaKey string `json:"media_key,omitempty"`
}

// wrapped is a text as X gives it back: every link behind t.co, the signs & < > as entities.
type wrapped struct {
	text  string
	links []xLink
}

func shortened(h Held) wrapped {
	var w wrapped
	var out strings.Builder
	at := 0
	for i, l := range links(h.Text) {
		out.WriteString(escaped(h.Text[at:l.start]))
		short := xLink{URL: shortURL(h.ID, i), Expanded: h.Text[l.start:l.end]}
		if !l.scheme {
			short.Expanded = "http://" + short.Expanded
		}
		short.Display = display(short.Expanded)
		short.Start = utf8.RuneCountInString(out.String())
		short.End = short.Start + len(short.URL)
		out.WriteString(short.URL)
		w.links = append(w.links, short)
		at = l.end
	}
	out.WriteString(escaped(h.Text[at:]))
	if len(h.Pictures) > 0 { // all pictures share one link, behind the text
		out.WriteString(" ")
		short := xLink{
			URL: shortURL(h.ID, -1), Expanded: "https://x.com/" + xName + "/status/" + h.ID + "/photo/1", Display: "pic.x.com/" + h.ID[len(h.ID)-10:],
			MediaKey: mediaKeys(h)[0], Start: utf8.RuneCountInString(out.String()),
		}
		short.End = short.Start + len(short.URL)
		out.WriteString(short.URL)
		w.links = append(w.links, short)
	}
	w.text = out.String()
	return w
}

func mediaKeys(h Held) (keys []string) {
	for _, p := range h.Pictures {
		keys = append(keys, "3_"+p.ID)
	}
	return keys
}

func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// shortURL has ten letters of its own for each link of each post.
func shortURL(id string, i int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", id, i))
	return "https://t.co/" + base32.StdEncoding.EncodeToString(sum[:])[:10]
}

const displayLength = 26

func display(link string) string {
	shown := []rune(linkPrefix.ReplaceAllString(link, ""))
	if len(shown) > displayLength {
		return string(shown[:displayLength]) + "…"
	}
	return string(shown)
}
