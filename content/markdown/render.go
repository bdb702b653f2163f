package markdown

import (
	"context"
	"fmt"
	"time"

	"github.com/gomarkdown/markdown"
	"github.com/gomarkdown/markdown/ast"
	"github.com/gomarkdown/markdown/html"
	"github.com/microcosm-cc/bluemonday"
)

const (
	renderSlots = 2
	maxWait     = 2 * time.Second
)

// Renderer makes safe HTML of Markdown. It may be used by many goroutines; two
// texts are rendered at a time, the others wait.
type Renderer struct {
	policy *bluemonday.Policy
	slots  chan struct{}
}

// New returns a Renderer, ready to use.
func New() *Renderer {
	return &Renderer{policy: newPolicy(), slots: make(chan struct{}, renderSlots)}
}

// Render returns the safe HTML of a text whose page has its own h1: the top-most
// headings of the text become h2. Raw HTML in the text is left out.
//
// Errors: *GuardError where the text is refused, ErrBusy where no slot came free
// within two seconds or before ctx ended, ErrPanic where the parser crashed.
func (r *Renderer) Render(ctx context.Context, source string) (string, error) {
	return r.RenderUnder(ctx, source, 1)
}

// RenderUnder is Render for a text that stands under a heading of the given level
// (1 to 5): under a section's h2 its own headings start at h3.
func (r *Renderer) RenderUnder(ctx context.Context, source string, level int) (string, error) {
	if err := Check(source); err != nil {
		return "", err
	}
	if err := r.acquire(ctx); err != nil {
		return "", err
	}
	defer func() { <-r.slots }()
	return r.render(source, level)
}

func (r *Renderer) acquire(ctx context.Context) error {
	select {
	case r.slots <- struct{}{}:
		return nil
	default:
	}
	wait := time.NewTimer(maxWait)
	defer wait.Stop()
	select {
	case r.slots <- struct{}{}:
		return nil
	case <-wait.C:
		return ErrBusy
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrBusy, ctx.Err())
	}
}

// render runs in the caller's goroutine, because only there recover can catch what
// the parser or its renderer throws.
func (r *Renderer) render(source string, level int) (out string, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = "", fmt.Errorf("%w: %v", ErrPanic, p)
		}
	}()
	doc, err := parse(source, level)
	if err != nil {
		return "", err
	}
	prepareLinks(doc)
	// Never html.Safelink: it panics on "[text]()".
	raw := markdown.Render(doc, html.NewRenderer(html.RendererOptions{Flags: html.SkipHTML}))
	if err := checkOutput(len(raw)); err != nil {
		return "", err
	}
	safe := r.policy.SanitizeBytes(raw)
	if err := checkOutput(len(safe)); err != nil {
		return "", err
	}
	return string(safe), nil
}

func checkOutput(size int) error {
	if size > maxOutput {
		return &GuardError{"output_too_long", maxOutput, size}
	}
	return nil
}

// prepareLinks points fragments at the anchors of the page and turns images from
// elsewhere into links with the same words.
func prepareLinks(doc ast.Node) {
	var foreign []*ast.Image
	ast.WalkFunc(doc, func(node ast.Node, entering bool) ast.WalkStatus {
		if !entering {
			return ast.GoToNext
		}
		switch n := node.(type) {
		case *ast.Link:
			if len(n.Destination) > 1 && n.Destination[0] == '#' {
				n.Destination = []byte("#" + AnchorPrefix + Slug(unescape(n.Destination[1:])))
			}
		case *ast.Image:
			if !ownMedia.Match(n.Destination) {
				foreign = append(foreign, n)
			}
		}
		return ast.GoToNext
	})
	for _, image := range foreign {
		replaceNode(image, imageAsLink(image))
	}
}

func imageAsLink(image *ast.Image) ast.Node {
	words := flatten(image, false)
	if words == "" {
		words = unescape(image.Destination)
	}
	text := &ast.Text{Leaf: ast.Leaf{Literal: []byte(words)}}
	if insideLink(image) {
		return text
	}
	link := &ast.Link{Destination: image.Destination}
	ast.AppendChild(link, text)
	return link
}

func insideLink(node ast.Node) bool {
	for p := node.GetParent(); p != nil; p = p.GetParent() {
		if _, ok := p.(*ast.Link); ok {
			return true
		}
	}
	return false
}

func replaceNode(old, replacement ast.Node) {
	parent := old.GetParent()
	children := parent.GetChildren()
	for i, child := range children {
		if child == old {
			children[i] = replacement
			replacement.SetParent(parent)
		}
	}
}
