package main

import (
	"math"
	"slices"
)

func dot(w, x []float64) (sum float64) {
	for i := range w {
		sum += w[i] * x[i]
	}
	return sum
}

// scales returns mean and deviation of each feature.
func scales(xs [][]float64) (mean, dev []float64) {
	n := len(xs[0])
	mean, dev = make([]float64, n), make([]float64, n)
	for j := range n {
		for _, x := range xs {
			mean[j] += x[j] / float64(len(xs))
		}
		for _, x := range xs {
			dev[j] += (x[j] - mean[j]) * (x[j] - mean[j]) / float64(len(xs))
		}
		if dev[j] = math.Sqrt(dev[j]); dev[j] == 0 {
			dev[j] = 1
		}
	}
	return mean, dev
}

// ridge fits ratings by least squares with a penalty on large weights. The
// second result is the constant that makes predictions of different fits comparable.
func ridge(samples []sample, penalty float64) ([]float64, float64) {
	xs := make([][]float64, len(samples))
	average := 0.0
	for i, s := range samples {
		xs[i] = s.x
		average += s.y / float64(len(samples))
	}
	mean, dev := scales(xs)
	n := len(mean)
	a := make([][]float64, n)
	for i := range n {
		a[i] = make([]float64, n+1)
		for _, s := range samples {
			xi := (s.x[i] - mean[i]) / dev[i]
			for j := range n {
				a[i][j] += xi * (s.x[j] - mean[j]) / dev[j]
			}
			a[i][n] += xi * (s.y - average)
		}
		a[i][i] += penalty * float64(len(samples))
	}
	w := solve(a)
	for i := range w {
		w[i] /= dev[i]
	}
	return w, average - dot(w, mean)
}

// solve eliminates; the last column is the right-hand side.
func solve(a [][]float64) []float64 {
	n := len(a)
	for i := range n {
		p := i
		for r := i + 1; r < n; r++ {
			if math.Abs(a[r][i]) > math.Abs(a[p][i]) {
				p = r
			}
		}
		a[i], a[p] = a[p], a[i]
		for r := range n {
			if r == i {
				continue
			}
			f := a[r][i] / a[i][i]
			for c := i; c <= n; c++ {
				a[r][c] -= f * a[i][c]
			}
		}
	}
	w := make([]float64, n)
	for i := range n {
		w[i] = a[i][n] / a[i][i]
	}
	return w
}

// rounds are enough for the weights to come to rest.
const rounds = 600

// logistic fits pairs: the harder text should get the higher difficulty. A weight
// whose sign would contradict its meaning is held at zero.
func logistic(pairs []contest, m *model) []float64 {
	penalty := m.ridge
	xs := make([][]float64, 0, 2*len(pairs))
	for _, p := range pairs {
		xs = append(xs, p.hard.x, p.plain.x)
	}
	_, dev := scales(xs)
	w := make([]float64, len(dev))
	for range rounds {
		gradient := make([]float64, len(w))
		for i := range w {
			gradient[i] = penalty * w[i]
		}
		for _, p := range pairs {
			z := 0.0
			for i := range w {
				z += w[i] * (p.hard.x[i] - p.plain.x[i]) / dev[i]
			}
			miss := 1 / (1 + math.Exp(z))
			for i := range w {
				gradient[i] -= miss * (p.hard.x[i] - p.plain.x[i]) / dev[i] / float64(len(pairs))
			}
		}
		for i := range w {
			if w[i] -= 0.3 * gradient[i]; w[i]*m.signs[i] < 0 {
				w[i] = 0
			}
		}
	}
	for i := range w {
		w[i] /= dev[i]
	}
	return w
}

// groupsOf lists the groups in the order in which they come.
func groupsOf(samples []sample, pairs []contest) []string {
	var out []string
	for _, s := range samples {
		if !slices.Contains(out, s.group) {
			out = append(out, s.group)
		}
	}
	for _, p := range pairs {
		if !slices.Contains(out, p.group) {
			out = append(out, p.group)
		}
	}
	return out
}

func without(samples []sample, group string) []sample {
	return slices.DeleteFunc(slices.Clone(samples), func(s sample) bool { return s.group == group })
}

func ratingsOf(samples []sample) []float64 {
	out := make([]float64, len(samples))
	for i, s := range samples {
		out[i] = s.y
	}
	return out
}

func rho(samples []sample, w []float64) float64 {
	out := make([]float64, len(samples))
	for i, s := range samples {
		out[i] = dot(w, s.x)
	}
	return spearman(out, ratingsOf(samples))
}

func given(samples []sample) []float64 {
	out := make([]float64, len(samples))
	for i, s := range samples {
		out[i] = s.given
	}
	return out
}

// won counts the pairs of a group that weights rank right.
func won(pairs []contest, group string, w []float64) int {
	n := 0
	for _, p := range pairs {
		if p.group == group && dot(w, p.hard.x) > dot(w, p.plain.x) {
			n++
		}
	}
	return n
}

func wonBy(pairs []contest, w []float64) int {
	n := 0
	for _, group := range groupsOf(nil, pairs) {
		n += won(pairs, group, w)
	}
	return n
}

func givenRight(pairs []contest) int {
	n := 0
	for _, p := range pairs {
		if p.hard.given > p.plain.given {
			n++
		}
	}
	return n
}

func share(n int, pairs []contest) float64 { return float64(n) / float64(len(pairs)) }

// spearman is the correlation of ranks; ties share theirs.
func spearman(a, b []float64) float64 {
	ra, rb := ranks(a), ranks(b)
	mean := float64(len(a)-1) / 2
	var cov, va, vb float64
	for i := range ra {
		cov += (ra[i] - mean) * (rb[i] - mean)
		va += (ra[i] - mean) * (ra[i] - mean)
		vb += (rb[i] - mean) * (rb[i] - mean)
	}
	return cov / math.Sqrt(va*vb)
}

func ranks(x []float64) []float64 {
	sorted := slices.Sorted(slices.Values(x))
	out := make([]float64, len(x))
	for i, v := range x {
		low, _ := slices.BinarySearch(sorted, v)
		high := low
		for high+1 < len(sorted) && sorted[high+1] == v {
			high++
		}
		out[i] = float64(low+high) / 2
	}
	return out
}
