package main

import (
	"cmp"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"klartext/content/plain"
)

// The part of SARIF 2.1.0 that code hosts read.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		Artifacts   []sarifArtifact   `json:"artifacts"`
		Results     []sarifResult     `json:"results"`
		ColumnKind  string            `json:"columnKind"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
		FullDescription  sarifText `json:"fullDescription"`
		Help             sarifText `json:"help"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifArtifact struct {
		Location   sarifPlace     `json:"location"`
		Properties map[string]any `json:"properties"`
	}
	sarifPlace struct {
		URI string `json:"uri"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Fixes     []sarifFix      `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifPlace   `json:"artifactLocation"`
		Region   *sarifRegion `json:"region,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
		ByteOffset  int `json:"byteOffset"`
		ByteLength  int `json:"byteLength"`
	}
	sarifFix struct {
		Changes []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifPlace         `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

// scoreRule is the name under which code hosts show a score that is too low.
const scoreRule = "score"

// sarifOf is the report of a run. Every rule is described, so that a code host knows those without a finding, too.
func sarifOf(files []checkedFile, rules []plain.RuleInfo, least int) sarifLog {
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "Klartext", Version: versionText(), Rules: sarifRules(rules)}},
		Invocations: []sarifInvocation{{Successful: true, Notifications: []sarifNotification{}}},
		Artifacts:   []sarifArtifact{}, Results: []sarifResult{}, ColumnKind: "unicodeCodePoints",
	}
	for i := range files {
		run.add(&files[i], least)
	}
	return sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	}
}

func sarifRules(rules []plain.RuleInfo) []sarifRule {
	rules = append(slices.Clone(rules), plain.RuleInfo{ID: scoreRule, Name: "Low score", Why: "A text with a low score is hard to read as a whole."})
	out := make([]sarifRule, 0, len(rules))
	for _, rule := range rules {
		name, why := cmp.Or(rule.Name, rule.ID), cmp.Or(rule.Why, rule.ID)
		out = append(out, sarifRule{
			ID: rule.ID, ShortDescription: sarifText{name}, FullDescription: sarifText{why}, Help: sarifText{strings.TrimSpace(why + " " + rule.How)},
		})
	}
	return out
}

func (r *sarifRun) add(f *checkedFile, least int) {
	place := sarifPlace{uriOf(f.Path)}
	if f.Result == nil {
		r.Invocations[0].Successful = false
		r.Invocations[0].Notifications = append(r.Invocations[0].Notifications, sarifNotification{
			Level: "error", Message: sarifText{f.Error}, Locations: []sarifLocation{{sarifPhysical{Artifact: place}}},
		})
		return
	}
	r.Artifacts = append(r.Artifacts, sarifArtifact{place, map[string]any{
		"lang": f.Lang, "score": f.Score, "band": f.Band, "words": f.Words, "ruleSet": f.RuleSet,
	}})
	if under(f.Result, least) {
		r.Results = append(r.Results, r.result(scoreRule, "error", fmt.Sprintf("The score is %d; at least %d is asked for.", *f.Score, least), place, f.region(0, 0)))
	}
	for i := range f.Findings {
		r.Results = append(r.Results, r.finding(f, &f.Findings[i], place))
	}
}

func (r *sarifRun) finding(f *checkedFile, finding *plain.Finding, place sarifPlace) sarifResult {
	message := finding.Message
	if finding.Suggestion != "" {
		message += " " + finding.Suggestion
	}
	region := f.region(finding.Start, finding.End)
	out := r.result(finding.Rule, sarifLevel(finding.Severity), message, place, region)
	if finding.Replacement != "" {
		out.Fixes = []sarifFix{{[]sarifChange{{place, []sarifReplacement{{region, sarifText{finding.Replacement}}}}}}}
	}
	return out
}

func (r *sarifRun) result(rule, level, message string, place sarifPlace, region sarifRegion) sarifResult {
	index := slices.IndexFunc(r.Tool.Driver.Rules, func(known sarifRule) bool { return known.ID == rule })
	return sarifResult{
		RuleID: rule, RuleIndex: index, Level: level, Message: sarifText{message},
		Locations: []sarifLocation{{sarifPhysical{place, &region}}},
	}
}

func (f *checkedFile) region(start, end int) sarifRegion {
	region := sarifRegion{ByteOffset: start, ByteLength: end - start}
	region.StartLine, region.StartColumn = f.lines.at(start)
	region.EndLine, region.EndColumn = f.lines.at(end)
	return region
}

func sarifLevel(severity plain.Severity) string {
	switch severity {
	case plain.Error:
		return "error"
	case plain.Warning:
		return "warning"
	default:
		return "note"
	}
}

// uriOf is the path as a URI: relative where the path is, so that a code host finds the file in its repository.
func uriOf(path string) string {
	u := url.URL{Path: filepath.ToSlash(path)}
	if filepath.IsAbs(path) {
		u.Scheme = "file"
	}
	return u.String()
}
