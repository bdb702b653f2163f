package plain

import "strings"

// refs are the link definitions of a text ("[id]: address"), by lower-case id.
// A chunk is read on its own, but its links may be defined in another.
type refs map[string]bool

func (r refs) defined(id string) bool { return r[strings.ToLower(id)] }

// references collects the definitions of a text.
func references(src string, chunks []chunk) refs {
	if !strings.Contains(src, "]:") {
		return nil
	}
	var out refs
	uses := labelUses{src: src}
	for _, ch := range chunks {
		if ch.code {
			continue
		}
		for pos := ch.start; pos < ch.end; {
			end := min(lineEnd(src, pos), ch.end)
			if id, target, ok := definition(src[pos:end]); ok && uses.defines(id, target) {
				if out == nil {
					out = refs{}
				}
				out[strings.ToLower(id)] = true
			}
			pos = end
		}
	}
	return out
}

// definition takes a line of the shape "[id]: address" apart. The address may also
// stand on the next line.
func definition(line string) (id, target string, ok bool) {
	indent, tab := indentOf(line)
	if indent > 3 || tab || indent == len(line) || line[indent] != '[' {
		return "", "", false
	}
	id, rest, ok := strings.Cut(line[indent+1:], "]:")
	if !ok || id == "" || strings.ContainsAny(id, "]\n") {
		return "", "", false
	}
	// Behind the address there is nothing or a title.
	target, title, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if title = strings.TrimSpace(title); title != "" && strings.IndexByte("\"'(", title[0]) < 0 {
		return "", "", false
	}
	return id, target, true
}

// defines tells a definition from prose of the same shape, such as "[iOS]:
// [Support](https://example.org).", the way the page's renderer does.
func (u *labelUses) defines(id, target string) bool {
	switch {
	case linkTarget(target):
		return false
	case target == "", strings.Contains(target, "/"), address(target):
		return true
	}
	return u.of(id) >= 2
}

func linkTarget(target string) bool {
	return strings.HasPrefix(target, "[") || strings.Contains(target, "](")
}

// address says that a target without a slash may be one: it begins with a scheme
// or a fragment, or is a name with dots.
func address(target string) bool {
	if target[0] == '#' || target[0] == '<' {
		return true
	}
	scheme, _, ok := strings.Cut(target, ":")
	if ok && isWordRun(scheme, "+.-") && !strings.ContainsAny(scheme[:1], "0123456789+.-_") {
		return true
	}
	for part := range strings.SplitSeq(target, ".") {
		if !isWordRun(part, "-_") {
			return false
		}
	}
	return strings.Contains(target, ".")
}

func isWordRun(s, more string) bool {
	for i := range len(s) {
		if !isAlnum(s[i]) && strings.IndexByte(more, s[i]) < 0 {
			return false
		}
	}
	return s != ""
}

// labelUses counts the words in brackets of a text, in small letters, when it is
// first asked.
type labelUses struct {
	src   string
	count map[string]int
}

func (u *labelUses) of(id string) int {
	if u.count == nil {
		u.count = map[string]int{}
		for rest := u.src; ; {
			_, after, ok := strings.Cut(rest, "[")
			if !ok {
				break
			}
			if end := strings.IndexAny(after[:min(len(after), 256)], "[]\n"); end > 0 && after[end] == ']' {
				u.count[strings.ToLower(after[:end])]++
			}
			rest = after
		}
	}
	return u.count[strings.ToLower(id)]
}

// keepFalse escapes the lines of a chunk that look like definitions and are prose: the
// parser would swallow them whole. What it gives back is for the parser only.
func keepFalse(chunk string, defined func(id string) bool) string {
	if !strings.Contains(chunk, "]:") {
		return chunk
	}
	var b strings.Builder
	for pos := 0; pos < len(chunk); {
		end := lineEnd(chunk, pos)
		line := chunk[pos:end]
		if id, target, ok := definition(line); ok && (linkTarget(target) || !defined(id)) {
			at := strings.IndexByte(line, '[')
			line = line[:at] + `\` + line[at:]
		}
		b.WriteString(line)
		pos = end
	}
	return b.String()
}

// usedBy lists the defined ids that stand in brackets in a chunk: with the
// chunk's text they settle how it reads.
func (r refs) usedBy(src string) string {
	if len(r) == 0 || strings.IndexByte(src, '[') < 0 {
		return ""
	}
	var b strings.Builder
	for rest := src; ; {
		_, after, ok := strings.Cut(rest, "[")
		if !ok {
			return b.String()
		}
		rest = after
		id, _, ok := strings.Cut(after[:min(len(after), 256)], "]")
		if ok && r.defined(id) {
			b.WriteString(id)
			b.WriteByte('\n')
		}
	}
}
