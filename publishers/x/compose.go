package x

import (
	"strings"

	"klartext/content"
	"klartext/publishers/posttext"
)

// What a post costs, in US dollars, paid per use.
const (
	costPlain = "0.015"
	costLink  = "0.20"
)

var invisible = strings.NewReplacer("\uFFFE", "", "\uFEFF", "", "\uFFFF", "")

// maxPictures is how many pictures a post may have.
const maxPictures = 4

// Compose makes the text as it will be sent. X has no content warnings, so one
// stands as the first line. Letters that X refuses and nobody sees are left out.
func (d *Driver) Compose(account content.Account, post content.Post) content.Composed {
	words, names := posttext.Neutralise(strings.TrimSpace(invisible.Replace(post.Text)))
	if cw := strings.TrimSpace(invisible.Replace(post.ContentWarning)); cw != "" {
		cw, called := posttext.Neutralise(cw)
		words, names = cw+"\n\n"+words, append(called, names...)
	}
	text := posttext.Whole(words, post)
	weight, _ := Length(text)
	c := content.Composed{Text: text, Permalink: post.Permalink, Length: weight, Limit: Limit, CostUSD: costPlain}
	if len(posttext.Links(text)) > 0 {
		c.CostUSD = costLink
	}
	c.Warnings = append(warnings(words, names, post), posttext.Pictures(len(post.Media), pictures(account))...)
	return c
}

// pictures is how many an account may send: through v1.1 none.
func pictures(account content.Account) int {
	if account.Software == softwareV1 {
		return 0
	}
	return maxPictures
}

func warnings(words string, names []string, post content.Post) (list []content.Reason) {
	if len(names) > 0 {
		list = append(list, content.Reason{Code: content.CodeWarnMention, Args: content.Args{"Names": strings.Join(names, ", ")}})
	}
	for _, link := range posttext.Links(words) {
		if !link.Scheme {
			list = append(list, content.Reason{Code: content.CodeWarnBareDomain, Args: content.Args{
				"Domain": words[link.Start:link.End], "Cost": costLink,
			}})
		}
	}
	if n := posttext.TooManyHashtags(words); n > 0 {
		list = append(list, content.Reason{Code: content.CodeWarnHashtags, Args: content.Args{"Count": n}})
	}
	if len(cashtags(words)) > 1 {
		list = append(list, content.Reason{Code: content.CodeWarnCashtags})
	}
	if strings.TrimSpace(post.ContentWarning) != "" {
		list = append(list, content.Reason{Code: content.CodeWarnWarningText})
	}
	return append(list, threadWarnings(post)...)
}
