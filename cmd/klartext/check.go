package main

import (
	"fmt"
	"slices"

	"klartext/content"
	"klartext/content/plain"
	"klartext/server/locale"
)

// checkCommand reads texts as the plain-language checker does. It needs no database.
type checkCommand struct {
	Lang     string   `enum:"de,en," default:"" help:"Language of the texts: de or en. Without it each file's name tells (faq.de.md), else lang: in its front matter, else the text itself."`
	Kind     string   `enum:"text,faq,short" default:"text" help:"text, faq for answers, which have rules of their own, or short for posts and reasons: read as they stand, without Markdown and without a score."`
	Format   string   `enum:"text,json,sarif" default:"text" help:"text: a line for each finding, as compilers do; json: as the API answers; sarif: SARIF 2.1.0 for code hosts."`
	MinScore int      `default:"55" help:"Lowest score that passes, 0 to 100. Texts too short for a score pass."`
	Messages string   `enum:"de,en" default:"en" help:"Language of the messages."`
	Files    []string `arg:"" name:"file" help:"Markdown files, or - for standard input."`
}

// checkedFile is what there is to say about one file.
type checkedFile struct {
	Path string `json:"path"`
	// Lang is the language that was checked; empty where nobody named one and the text has no word.
	Lang   string `json:"lang,omitempty"`
	Passed bool   `json:"passed"`
	// Error says why the file could not be checked; there is no result then.
	Error string `json:"error,omitempty"`
	*plain.Result

	lines lines
}

// Run checks every file. It fails when one is under the score, has a finding of severity error, or could not be checked.
func (c *checkCommand) Run(p *program) error {
	if err := c.usage(); err != nil {
		return &usageError{err}
	}
	checker, err := plain.New()
	if err != nil {
		return fmt.Errorf("load the word lists: %w", err)
	}
	catalog, err := locale.Load()
	if err != nil {
		return err
	}
	reader := &textReader{command: c, checker: checker, words: catalog.Printer(content.Lang(c.Messages)), stdin: p.stdin}
	files := make([]checkedFile, 0, len(c.Files))
	failed := 0
	for _, path := range c.Files {
		file, err := reader.check(p.ctx, path)
		if err != nil {
			return err
		}
		if file.Error != "" {
			_, _ = fmt.Fprintf(p.stderr, "%s: error: %s\n", printable(path), printable(file.Error)) // the exit code says it, too
		}
		if !file.Passed {
			failed++
		}
		files = append(files, file)
	}
	if err := c.report(p, checker, files); err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d texts did not pass", failed, len(files))
	}
	return nil
}

func (c *checkCommand) usage() error {
	if c.MinScore < 0 || c.MinScore > 100 {
		return fmt.Errorf("--min-score is %d; a score is a number from 0 to 100", c.MinScore)
	}
	if first := slices.Index(c.Files, "-"); first >= 0 && slices.Contains(c.Files[first+1:], "-") {
		return fmt.Errorf("- stands for standard input, which can be read once only")
	}
	return nil
}

func (c *checkCommand) report(p *program, checker *plain.Checker, files []checkedFile) error {
	switch c.Format {
	case "json":
		return p.sayJSON(map[string]any{"files": files})
	case "sarif":
		return p.sayJSON(sarifOf(files, checker.Rules(c.Messages), c.MinScore))
	}
	for i := range files {
		if files[i].Result == nil {
			continue // it was told where errors go
		}
		if err := p.say("%s", files[i].text(checker, c.MinScore)); err != nil {
			return err
		}
	}
	return nil
}

// passes tells whether a build may go on with this text.
func (c *checkCommand) passes(r *plain.Result) bool {
	return !under(r, c.MinScore) && !slices.ContainsFunc(r.Findings, func(f plain.Finding) bool { return f.Severity == plain.Error })
}

func under(r *plain.Result, least int) bool { return r.Score != nil && *r.Score < least }
