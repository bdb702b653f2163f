package x

import (
	"regexp"
	"strings"

	"klartext/content"
	"klartext/publishers/posttext"
)

// What a post costs, in US dollars, paid per use.
const (
	costPlain = "0.015"
	costLink  = "0.20"
)

var (
	invisible = strings.NewReplacer("\uFFFE", "", "\uFEFF", "", "\uFFFF", "")
	cashtag   = regexp.MustCompile(`(?:^|\s)\$[A-Za-z]{1,6}\b`)
)

// Compose makes the text as it will be sent. X has no content warnings, so one
// stands as the first line. Letters that X refuses and nobody sees are left out.
func (d *Driver) Compose(_ content.Account, post content.Post) content.Composed {
	words, names := posttext.Neutralise(strings.TrimSpace(invisible.Replace(post.Text)))
	if cw := strings.TrimSpace(invisible.Replace(post.ContentWarning)); cw != "" {
		words = cw + "\n\n" + words
	}
	text := words
	if post.Link {
		text = posttext.WithPermalink(words, post.Permalink)
	}
	weight, _ := Length(text)
	c := content.Composed{Text: text, Permalink: post.Permalink, Length: weight, Limit: Limit, CostUSD: costPlain}
	if len(posttext.Links(text)) > 0 {
		c.CostUSD = costLink
	}
	c.Warnings = warnings(words, names, post)
	return c
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
	if len(cashtag.FindAllString(words, 2)) > 1 {
		list = append(list, content.Reason{Code: content.CodeWarnCashtags})
	}
	if len(post.Media) > 0 {
		list = append(list, content.Reason{Code: content.CodeWarnMedia})
	}
	if strings.TrimSpace(post.ContentWarning) != "" {
		list = append(list, content.Reason{Code: content.CodeWarnWarningText})
	}
	return append(list, threadWarnings(post)...)
}
