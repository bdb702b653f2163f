package public

import (
	"strconv"
	"strings"

	"klartext/content"
)

func frontPath(lang content.Lang) string { return "/" + string(lang) + "/" }

func topicPath(lang content.Lang, topic content.Topic) string {
	return "/" + string(lang) + "/topics/" + topic.Slug
}

func changesPath(lang content.Lang) string { return "/" + string(lang) + "/changes" }

func changePath(lang content.Lang, slug string) string {
	return changesPath(lang) + "/" + slug
}

// folders are where the kinds of entries live.
func folder(kind content.EntryKind) string {
	if kind == content.Policy {
		return "policies"
	}
	return "faq"
}

func kindIn(folder string) (content.EntryKind, bool) {
	switch folder {
	case "faq":
		return content.FAQ, true
	case "policies":
		return content.Policy, true
	}
	return "", false
}

func entryPath(lang content.Lang, entry content.Entry) string {
	return "/" + string(lang) + "/" + folder(entry.Kind) + "/" + entry.Slug
}

func historyPath(lang content.Lang, entry content.Entry) string {
	return entryPath(lang, entry) + "/versions"
}

func versionPath(lang content.Lang, entry content.Entry, number int) string {
	return entryPath(lang, entry) + "/v" + strconv.Itoa(number)
}

func comparePath(lang content.Lang, entry content.Entry, from, to int) string {
	return versionPath(lang, entry, from) + "...v" + strconv.Itoa(to)
}

// parseVersions reads "v3" and "v3...v5"; of one version alone, to is 0. Only
// the one way of writing a number that versionPath uses is read.
func parseVersions(s string) (from, to int, ok bool) {
	first, second, two := strings.Cut(s, "...")
	if from, ok = parseVersion(first); !ok || !two {
		return from, 0, ok
	}
	to, ok = parseVersion(second)
	return from, to, ok
}

func parseVersion(s string) (int, bool) {
	digits, ok := strings.CutPrefix(s, "v")
	n, err := strconv.Atoi(digits)
	return n, ok && err == nil && n > 0 && strconv.Itoa(n) == digits
}
