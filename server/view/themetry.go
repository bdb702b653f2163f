package view

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"
	"text/template/parse"

	"klartext/content"
	"klartext/server/theme"
)

// tryTheme makes every page for readers with the theme, in every language, of nothing and of
// everything, so that a mistake stops the start and not a reader.
func (v *Views) tryTheme() error {
	var found theme.FileErrors
	tried := publicPages()
	for _, lang := range v.Langs() {
		if len(found) > 0 {
			break // the next language has the same mistakes
		}
		for _, name := range slices.Sorted(maps.Keys(tried)) {
			for _, problem := range v.tryPage(lang, name, tried[name]) {
				if !slices.ContainsFunc(found, func(p theme.FileError) bool { return p.File == problem.File && p.Line == problem.Line }) {
					found = append(found, problem)
				}
			}
		}
	}
	return found.Err()
}

func (v *Views) tryPage(lang content.Lang, name string, page any) theme.FileErrors {
	// Fields first: rendering changes the templates.
	if problem, found := v.tryFields(lang, name, sample(page)); found {
		return theme.FileErrors{problem}
	}
	for _, values := range []any{sample(page), page} {
		if err := v.Render(&bytes.Buffer{}, lang, name, values); err != nil {
			return theme.FileErrors{v.blame(err, lang, name, values)}
		}
	}
	return nil
}

// blame finds the template that an error is about. One that leaves a tag open shows only where the page ends, in the house's frame.
func (v *Views) blame(err error, lang content.Lang, name string, values any) theme.FileError {
	if inTheme.MatchString(err.Error()) {
		return problemOf(err, "templates", name)
	}
	for _, t := range v.theme.Templates {
		alone := *v.theme
		alone.Templates = []theme.Template{t}
		views, wrong := newViews(&Views{catalog: v.catalog, assets: v.assets, dev: v.dev, theme: &alone})
		if wrong == nil {
			wrong = views.Render(&bytes.Buffer{}, lang, name, values)
		}
		if wrong != nil && wrong.Error() == err.Error() {
			return problemOf(errors.New("the page cannot be put together; a tag or quotes that begin here do not end here: "+err.Error()), t.File, name)
		}
	}
	return problemOf(err, "templates", name)
}

// tryFields executes the theme's templates with every branch taken: a field that does not exist
// would otherwise show only on the page that takes the branch.
func (v *Views) tryFields(lang content.Lang, name string, values any) (theme.FileError, bool) {
	parsed, err := v.pages[lang][name]()
	if err != nil {
		return problemOf(err, "templates", name), true
	}
	set := texttemplate.New("").Funcs(v.funcsIn(publicArea, lang))
	for _, t := range parsed.Templates() {
		if t.Tree == nil {
			continue
		}
		tree := t.Tree.Copy()
		if strings.HasPrefix(tree.ParseName, "templates/") {
			everyBranch(tree.Root)
		}
		if _, err := set.AddParseTree(t.Name(), tree); err != nil {
			return problemOf(err, "templates", name), true
		}
	}
	err = set.ExecuteTemplate(io.Discard, "layout.html", values)
	if err == nil || !strings.Contains(err.Error(), "can't evaluate field") {
		return theme.FileError{}, false
	}
	return problemOf(err, "templates", name), true
}

// everyBranch rewrites a list so that both sides of each condition are executed, and no loop is left early.
func everyBranch(list *parse.ListNode) {
	if list == nil {
		return
	}
	var nodes []parse.Node
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.IfNode:
			n.List, n.ElseList = bothOf(n.List, n.ElseList)
		case *parse.WithNode:
			everyBranch(n.List)
			everyBranch(n.ElseList)
			nodes = append(nodes, elseOf(n.ElseList)...)
		case *parse.RangeNode:
			everyBranch(n.List)
			everyBranch(n.ElseList)
			nodes = append(nodes, elseOf(n.ElseList)...)
		case *parse.BreakNode, *parse.ContinueNode:
			continue
		}
		nodes = append(nodes, node)
	}
	list.Nodes = nodes
}

// bothOf makes both branches of a condition the same: one after the other. What the condition declares is known in both.
func bothOf(yes, no *parse.ListNode) (*parse.ListNode, *parse.ListNode) {
	everyBranch(yes)
	everyBranch(no)
	both := yes.CopyList()
	both.Nodes = append(both.Nodes, elseOf(no)...)
	return both, both
}

func elseOf(list *parse.ListNode) []parse.Node {
	if list == nil {
		return nil
	}
	return list.CopyList().Nodes
}

var (
	inTheme   = regexp.MustCompile(`(templates/[\w.-]+):(\d+)(?::\d+)?: (?s:(.*))$`)
	executing = regexp.MustCompile(`^executing "[^"]*" at <(.*?)>: `)
	noField   = regexp.MustCompile(`can't evaluate field (\w+) in type`)
	calling   = regexp.MustCompile(`error calling (\w+): `)
	noStored  = regexp.MustCompile(`wrong type for value; expected view\.Stored; got (\w+)`)
)

// problemOf finds the place in the theme that an error of a template is about, and says it in words.
func problemOf(err error, file, page string) theme.FileError {
	text, line := err.Error(), 0
	if at := inTheme.FindStringSubmatch(text); at != nil {
		file, text = at[1], at[3]
		line, _ = strconv.Atoi(at[2]) // the pattern lets digits through only
	}
	where := ""
	if at := executing.FindStringSubmatch(text); at != nil {
		where, text = at[1], strings.TrimPrefix(text, at[0])
	}
	text = calling.ReplaceAllString(text, "")
	switch field := noField.FindStringSubmatch(text); {
	case field != nil:
		text = fmt.Sprintf("there is no field %s here", field[1])
	case noStored.MatchString(text):
		text = "stored is for the stored HTML of texts only, such as .Text.Body; write the value without stored, and it is escaped"
	}
	if where != "" {
		text = "{{" + where + "}}: " + text
	}
	if page != "" {
		text += " (found on the page " + shown(page) + "; docs/theme.md lists what each page has)"
	}
	return theme.FileError{File: file, Line: line, Text: text}
}

// shown is a page's name as a theme's author knows it.
func shown(page string) string {
	for name, whole := range wholePages() {
		if whole == page {
			return name
		}
	}
	return strings.TrimPrefix(page, publicArea+"/")
}
