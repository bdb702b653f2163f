package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"klartext/content/plain"
)

// reader makes features of the test texts.
type reader struct {
	ctx     context.Context //nolint:containedctx // lives as long as the command
	checker *plain.Checker
	root    string
}

// measure takes the features of one text and its difficulty by the weights that the project started from.
func (r *reader) measure(text string, m *model) (measured, error) {
	res, err := r.checker.Check(r.ctx, plain.Input{Source: text, Lang: m.lang})
	if err != nil {
		return measured{}, err
	}
	if res.Figures == nil {
		return measured{}, fmt.Errorf("no word in %q", text)
	}
	return measured{m.features(res.Figures), m.given(res.Figures)}, nil
}

// laws reads the hard end: articles of a law.
func (r *reader) laws(m *model) ([]measured, error) {
	var out []measured
	err := r.lines("de/gdpr_articles.jsonl", false, func(line string) error {
		var article struct{ Text string }
		if err := json.Unmarshal([]byte(line), &article); err != nil {
			return err
		}
		x, err := r.measure(article.Text, m)
		out = append(out, x)
		return err
	})
	return out, err
}

// ratings reads sentences that people have rated from 1 (easy) to 7 (hard).
func (r *reader) ratings(m *model) ([]sample, error) {
	var out []sample
	err := r.lines("de/textcomplexityde_ratings.tsv", true, func(line string) error {
		c := strings.Split(line, "\t")
		y, err := strconv.ParseFloat(c[2], 64)
		if err != nil {
			return err
		}
		x, err := r.measure(c[6], m)
		if err != nil {
			return err
		}
		out = append(out, sample{c[1], x, y})
		return nil
	})
	return out, err
}

// pairs reads all pairs of a language.
func (r *reader) pairs(m *model) ([]contest, error) {
	var out []contest
	add := func(group, hard, easy string) error {
		h, err := r.measure(hard, m)
		if err != nil {
			return err
		}
		p, err := r.measure(easy, m)
		if err != nil {
			return err
		}
		out = append(out, contest{group, h, p})
		return nil
	}
	err := r.lines(m.lang+"/datause_pairs.tsv", true, func(line string) error {
		c := strings.Split(line, "\t")
		return add("data use", c[1], c[2])
	})
	if err != nil {
		return nil, err
	}
	if m.lang == "de" {
		return out, r.lines("de/textcomplexityde_pairs.tsv", true, func(line string) error {
			c := strings.Split(line, "\t")
			return add(c[1], c[3], c[4])
		})
	}
	return out, r.lines("en/plainlanguage_gov_before_after.jsonl", false, func(line string) error {
		var p struct{ Src, Before, After string }
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			return err
		}
		return add(p.Src, p.Before, p.After)
	})
}

func (r *reader) lines(name string, head bool, f func(string) error) error {
	raw, err := os.ReadFile(filepath.Join(r.root, "plain", filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(raw)) {
		if head {
			head = false
			continue
		}
		if err := f(strings.TrimRight(line, "\r\n")); err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
	}
	return nil
}
