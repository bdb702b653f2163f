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
	"slices"
	"strings"

	"klartext/content/plain"
)

// measured is a text in figures.
type measured struct {
	x     []float64
	given float64 // D by the weights that the project started from
}

// sample is a rated text with the group that is held out with it.
type sample struct {
	group string
	measured
	y float64
}

// contest is a hard text and a plain one.
type contest struct {
	group       string
	hard, plain measured
}

// model is what D is made of in one language.
type model struct {
	lang     string
	names    []string
	signs    []float64 // of the weights, where fitting pairs might turn them round
	features func(*plain.Figures) []float64
	given    func(*plain.Figures) float64
	slope    float64 // of the given score
	zero     float64
	ridge    float64
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

func germanModel() *model {
	return &model{
		lang:  "de",
		names: []string{"ln(1+ASL)", "letters", "U", "U capitals", "nominal", "officialese"},
		features: func(f *plain.Figures) []float64 {
			return []float64{math.Log1p(f.ASL), f.Letters, f.Unknown - f.UnknownNames, f.UnknownNames, f.Nominal, math.Log1p(f.Officialese)}
		},
		given: func(f *plain.Figures) float64 {
			return 1.15*math.Log1p(f.ASL) + 0.40*f.ASW + 0.010*f.FourSyllables + 0.008*f.Unknown
		},
		slope: 45, zero: 2.95, ridge: 0.02,
	}
}

func englishModel() *model {
	return &model{
		lang:  "en",
		names: []string{"ln(1+ASL)", "passives", "ASW", "U", "nominal", "address", "officialese"},
		signs: []float64{1, 1, 1, 1, 1, -1, 1},
		features: func(f *plain.Figures) []float64 {
			return []float64{math.Log1p(f.ASL), f.Passives, f.ASW, f.Unknown, f.Nominal, f.Address, math.Log1p(f.Officialese)}
		},
		given: func(f *plain.Figures) float64 {
			return 0.80*math.Log1p(f.ASL) + 1.40*f.ASW + 0.050*f.Unknown
		},
		slope: 36, zero: 3.45, ridge: 0.1,
	}
}

// german fits to ratings, holding out one article after the other. The pairs
// are not fitted to: each is tried with the weights from the other articles.
func german(out *strings.Builder, r *reader) error {
	m := germanModel()
	samples, err := r.ratings(m)
	if err != nil {
		return err
	}
	pairs, err := r.pairs(m)
	if err != nil {
		return err
	}
	laws, err := r.laws(m)
	if err != nil {
		return err
	}
	held, right := make([]float64, len(samples)), 0
	for _, group := range groupsOf(samples, pairs) {
		w, constant := ridge(without(samples, group), m.ridge)
		for i, s := range samples {
			if s.group == group {
				held[i] = constant + dot(w, s.x)
			}
		}
		right += won(pairs, group, w)
	}
	w, _ := ridge(samples, m.ridge)
	fmt.Fprintf(out, "German: %d ratings in %d articles, %d pairs\n", len(samples), len(groupsOf(samples, nil)), len(pairs))
	fmt.Fprintf(out, "  given weights:     Spearman %.3f, pairs %.3f\n", spearman(given(samples), ratingsOf(samples)), share(givenRight(pairs), pairs))
	fmt.Fprintf(out, "  held-out articles: Spearman %.3f, pairs %.3f\n", spearman(held, ratingsOf(samples)), share(right, pairs))
	fmt.Fprintf(out, "  all articles:      Spearman %.3f, pairs %.3f\n", rho(samples, w), share(wonBy(pairs, w), pairs))
	m.report(out, w, pairs, laws)
	return nil
}

// english fits to pairs, holding out one source after the other.
func english(out *strings.Builder, r *reader) error {
	m := englishModel()
	pairs, err := r.pairs(m)
	if err != nil {
		return err
	}
	right := 0
	for _, group := range groupsOf(nil, pairs) {
		train := slices.DeleteFunc(slices.Clone(pairs), func(p contest) bool { return p.group == group })
		right += won(pairs, group, logistic(train, m))
	}
	w := logistic(pairs, m)
	fmt.Fprintf(out, "English: %d pairs from %d sources\n", len(pairs), len(groupsOf(nil, pairs)))
	fmt.Fprintf(out, "  given weights:    pairs %.3f\n", share(givenRight(pairs), pairs))
	fmt.Fprintf(out, "  held-out sources: pairs %.3f\n", share(right, pairs))
	fmt.Fprintf(out, "  all sources:      pairs %.3f\n", share(wonBy(pairs, w), pairs))
	m.report(out, w, pairs, nil)
	return nil
}

// report prints the weights, and the slope and zero with which the mean scores of the hard and of the plain
// texts stay where the given weights have them: so the bands keep their meaning.
func (m *model) report(out *strings.Builder, w []float64, pairs []contest, laws []measured) {
	for i, name := range m.names {
		fmt.Fprintf(out, "    %-12s %8.4f\n", name, w[i])
	}
	hard, easy := slices.Clone(laws), []measured{}
	for _, p := range pairs {
		hard, easy = append(hard, p.hard), append(easy, p.plain)
	}
	givenHard, ours := means(hard, w)
	givenEasy, ourEasy := means(easy, w)
	slope := m.slope * (givenHard - givenEasy) / (ours - ourEasy)
	zero := ourEasy - m.slope*(givenEasy-m.zero)/slope
	fmt.Fprintf(out, "    slope %.2f, zero %.3f (hard texts %.1f, plain ones %.1f points)\n", slope, zero, 100-m.slope*(givenHard-m.zero), 100-m.slope*(givenEasy-m.zero))
}

// means are the mean difficulties of texts by the given and by our weights.
func means(texts []measured, w []float64) (given, ours float64) {
	for _, t := range texts {
		given += t.given / float64(len(texts))
		ours += dot(w, t.x) / float64(len(texts))
	}
	return given, ours
}
