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

// features measures one text.
func (r *reader) features(lang, text string, of func(*plain.Figures) []float64) ([]float64, error) {
	res, err := r.checker.Check(r.ctx, plain.Input{Source: text, Lang: lang})
	if err != nil {
		return nil, err
	}
	if res.Figures == nil {
		return nil, fmt.Errorf("no word in %q", text)
	}
	return of(res.Figures), nil
}

// ratings reads sentences that people have rated from 1 (easy) to 7 (hard).
func (r *reader) ratings(of func(*plain.Figures) []float64) ([]sample, error) {
	var out []sample
	err := r.lines("de/textcomplexityde_ratings.tsv", true, func(line string) error {
		c := strings.Split(line, "\t")
		y, err := strconv.ParseFloat(c[2], 64)
		if err != nil {
			return err
		}
		x, err := r.features("de", c[6], of)
		if err != nil {
			return err
		}
		out = append(out, sample{c[1], x, y})
		return nil
	})
	return out, err
}

// pairs reads all pairs of a language.
func (r *reader) pairs(lang string, of func(*plain.Figures) []float64) ([]contest, error) {
	var out []contest
	add := func(group, hard, easy string) error {
		h, err := r.features(lang, hard, of)
		if err != nil {
			return err
		}
		p, err := r.features(lang, easy, of)
		if err != nil {
			return err
		}
		out = append(out, contest{group, h, p})
		return nil
	}
	err := r.lines(lang+"/datause_pairs.tsv", true, func(line string) error {
		c := strings.Split(line, "\t")
		return add("data use", c[1], c[2])
	})
	if err != nil {
		return nil, err
	}
	if lang == "de" {
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
