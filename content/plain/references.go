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
	for _, ch := range chunks {
		if ch.code {
			continue
		}
		for pos := ch.start; pos < ch.end; {
			end := min(lineEnd(src, pos), ch.end)
			if id := definition(src[pos:end]); id != "" {
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

// definition returns the id that a line defines, or "".
func definition(line string) string {
	indent, tab := indentOf(line)
	if indent > 3 || tab || indent == len(line) || line[indent] != '[' {
		return ""
	}
	id, rest, ok := strings.Cut(line[indent+1:], "]:")
	if !ok || id == "" || strings.Contains(id, "]") {
		return ""
	}
	// An address without a blank, then nothing or a title; the address may also
	// stand on the next line.
	_, title, _ := strings.Cut(strings.TrimSpace(rest), " ")
	title = strings.TrimSpace(title)
	if title != "" && strings.IndexByte("\"'(", title[0]) < 0 {
		return ""
	}
	return id
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
