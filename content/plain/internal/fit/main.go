// Command fit finds weights for the difficulty D on texts that people have
// rated or rewritten, and says how well they do on texts they were not fitted to. It knows
// the checker only by its figures.
//
//	go run ./content/plain/internal/fit DATA
//
// DATA is the folder that holds plain/de and plain/en.
package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"klartext/content/plain"
)

// sample is a text with its features and the group that is held out with it.
type sample struct {
	group string
	x     []float64
	y     float64
}

// contest is a hard text and a plain one.
type contest struct {
	group       string
	hard, plain []float64
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: fit DATA")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, data string) error {
	checker, err := plain.New()
	if err != nil {
		return err
	}
	r := &reader{ctx: ctx, checker: checker, root: data}
	var b strings.Builder
	if err := german(&b, r); err != nil {
		return fmt.Errorf("fit German: %w", err)
	}
	if err := english(&b, r); err != nil {
		return fmt.Errorf("fit English: %w", err)
	}
	_, err = io.WriteString(out, b.String())
	return err
}

// Weights that the project was given to start from, in the order of features.
var (
	germanNames   = []string{"ln(1+ASL)", "ASW", "P4", "U"}
	germanGiven   = []float64{1.15, 0.40, 0.010, 0.008}
	englishNames  = []string{"ln(1+ASL)", "ASW", "U", "passives", "address", "officialese"}
	englishGiven  = []float64{0.80, 1.40, 0.050, 0, 0, 0}
	englishSigns  = []float64{1, 1, 1, 1, -1, 1}
	germanRidge   = 0.02
	englishRidge  = 0.1
	englishRounds = 600
)

func germanFeatures(f *plain.Figures) []float64 {
	return []float64{math.Log1p(f.ASL), f.ASW, f.FourSyllables, f.Unknown}
}

func englishFeatures(f *plain.Figures) []float64 {
	return []float64{math.Log1p(f.ASL), f.ASW, f.Unknown, f.Passives, f.Address, math.Log1p(f.Officialese)}
}

// german fits to ratings, holding out one article after the other, and tests on
// pairs that are not fitted to at all.
func german(out *strings.Builder, r *reader) error {
	samples, err := r.ratings(germanFeatures)
	if err != nil {
		return err
	}
	pairs, err := r.pairs("de", germanFeatures)
	if err != nil {
		return err
	}
	held := make([]float64, len(samples))
	for _, group := range groupsOf(samples) {
		w, constant := ridge(without(samples, group), germanRidge)
		for i, s := range samples {
			if s.group == group {
				held[i] = constant + dot(w, s.x)
			}
		}
	}
	w, _ := ridge(samples, germanRidge)
	fmt.Fprintf(out, "German: %d ratings in %d articles, %d pairs\n", len(samples), len(groupsOf(samples)), len(pairs))
	fmt.Fprintf(out, "  given weights:    Spearman %.3f, pairs %.3f\n", rho(samples, germanGiven), right(pairs, germanGiven))
	fmt.Fprintf(out, "  held-out articles: Spearman %.3f\n", spearman(held, ratingsOf(samples)))
	fmt.Fprintf(out, "  all articles:     Spearman %.3f, pairs %.3f\n", rho(samples, w), right(pairs, w))
	report(out, germanNames, w)
	return nil
}

// english fits to pairs, holding out one source after the other.
func english(out *strings.Builder, r *reader) error {
	pairs, err := r.pairs("en", englishFeatures)
	if err != nil {
		return err
	}
	held := 0
	for _, group := range pairGroups(pairs) {
		var train []contest
		for _, p := range pairs {
			if p.group != group {
				train = append(train, p)
			}
		}
		w := logistic(train, englishRidge)
		for _, p := range pairs {
			if p.group == group && dot(w, p.hard) > dot(w, p.plain) {
				held++
			}
		}
	}
	w := logistic(pairs, englishRidge)
	fmt.Fprintf(out, "English: %d pairs from %d sources\n", len(pairs), len(pairGroups(pairs)))
	fmt.Fprintf(out, "  given weights:    pairs %.3f\n", right(pairs, englishGiven))
	fmt.Fprintf(out, "  held-out sources: pairs %.3f\n", float64(held)/float64(len(pairs)))
	fmt.Fprintf(out, "  all sources:      pairs %.3f\n", right(pairs, w))
	report(out, englishNames, w)
	return nil
}

func report(out *strings.Builder, names []string, w []float64) {
	for i, name := range names {
		fmt.Fprintf(out, "    %-12s %8.4f\n", name, w[i])
	}
}
