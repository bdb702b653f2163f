package plain

import "strings"

// chunk is one block of the source that is read on its own. Splitting before
// parsing keeps a keystroke cheap (one chunk changes, the rest comes from the
// cache) and keeps the parser's slow inputs small.
type chunk struct {
	start, end int
	code       bool // nothing in it is prose: front matter, fenced code
}

// splitter cuts a source into chunks line by line, where the Markdown parser
// would end a block too: at blank lines, headings, fences and list items.
type splitter struct {
	src    string
	chunks []chunk
	start  int // of the open chunk, -1 when none is open
	item   bool
	quote  bool
	blank  bool               // blank lines were seen inside an open list item
	closed map[string]closing // where a fence or tag is closed, by marker
}

func split(src string) []chunk {
	s := &splitter{src: src, start: -1, chunks: make([]chunk, 0, 16+len(src)/256)}
	pos := s.frontMatter()
	for pos < len(src) {
		pos = s.line(pos)
	}
	s.close(len(src))
	return s.chunks
}

// line takes the line at pos into account and returns where to go on.
func (s *splitter) line(pos int) int {
	end := lineEnd(s.src, pos)
	text := s.src[pos:end]
	indent, tab := indentOf(text)
	rest := text[indent:]
	switch {
	case isBlank(rest):
		return s.blankLine(pos, end)
	case s.item && s.blank && indent < 4 && !tab:
		s.close(pos)
	}
	deep := indent >= 4 || tab
	if !deep {
		if next, ok := s.opensBlock(pos, indent, rest); ok {
			return next
		}
	}
	if s.start < 0 {
		s.start = pos
	}
	s.blank = false
	return end
}

// opensBlock handles the lines that begin a block of their own.
func (s *splitter) opensBlock(pos, indent int, rest string) (next int, ok bool) {
	end := lineEnd(s.src, pos)
	switch c := rest[0]; {
	case (c == '`' || c == '~') && (indent == 0 || !s.item) && !s.quote:
		if to := s.fenceEnd(rest, end); to > 0 {
			s.close(pos)
			s.chunks = append(s.chunks, chunk{pos, to, true})
			return to, true
		}
	case c == '<' && s.start < 0 && indent == 0:
		if to := s.htmlEnd(pos); to > 0 {
			s.chunks = append(s.chunks, chunk{pos, to, false})
			return to, true
		}
	case c == '#' && !s.item && !s.quote && indent == 0 && headingMark(rest) > 0:
		s.close(pos)
		s.chunks = append(s.chunks, chunk{pos, end, false})
		return end, true
	case c == '>' && s.start < 0:
		s.quote = true
	case !s.quote && itemMark(rest) > 0:
		s.close(pos)
		s.start, s.item = pos, true
		return end, true
	}
	return 0, false
}

func (s *splitter) blankLine(pos, end int) int {
	switch {
	case s.item:
		s.blank = true
	case s.start >= 0:
		s.close(pos)
	}
	return end
}

// close ends the open chunk before pos.
func (s *splitter) close(pos int) {
	if s.start >= 0 && pos > s.start {
		end := pos
		for end > s.start && (s.src[end-1] == '\n' || s.src[end-1] == '\r') {
			end--
		}
		s.chunks = append(s.chunks, chunk{s.start, end, false})
	}
	s.start, s.item, s.quote, s.blank = -1, false, false, false
}

// frontMatter skips a YAML head: a line of three dashes, lines of which the first
// names a key, a line of three dashes.
func (s *splitter) frontMatter() int {
	if !strings.HasPrefix(s.src, "---\n") && !strings.HasPrefix(s.src, "---\r\n") {
		return 0
	}
	pos := lineEnd(s.src, 0)
	first := s.src[pos:lineEnd(s.src, pos)]
	key, _, ok := strings.Cut(first, ":")
	if !ok || key == "" || strings.ContainsAny(key, " \t.,;!?") {
		return 0
	}
	for pos < len(s.src) {
		end := lineEnd(s.src, pos)
		if strings.TrimRight(s.src[pos:end], " \t\r\n") == "---" {
			s.chunks = append(s.chunks, chunk{0, end, true})
			return end
		}
		pos = end
	}
	return 0
}

func lineEnd(src string, pos int) int {
	if i := strings.IndexByte(src[pos:], '\n'); i >= 0 {
		return pos + i + 1
	}
	return len(src)
}

// indentOf counts leading blanks; tab says that the line begins with a tab.
func indentOf(line string) (n int, tab bool) {
	if line != "" && line[0] == '\t' {
		return 1, true
	}
	for n < len(line) && line[n] == ' ' {
		n++
	}
	return n, false
}

func isBlank(s string) bool {
	return strings.TrimLeft(s, " \t\r\n") == ""
}

// headingMark returns the length of "#" to "######" and the blank behind it.
func headingMark(line string) int {
	n := 0
	for n < len(line) && n < 6 && line[n] == '#' {
		n++
	}
	if n == 0 || n >= len(line) || line[n] != ' ' {
		return 0
	}
	return n + 1
}

// itemMark returns the length of a bullet or number and the blank behind it.
func itemMark(line string) int {
	i := 0
	switch {
	case line == "":
		return 0
	case line[0] == '*' || line[0] == '+' || line[0] == '-':
	case line[0] >= '0' && line[0] <= '9':
		for i < len(line) && line[i] >= '0' && line[i] <= '9' {
			i++
		}
		if i == len(line) || line[i] != '.' && line[i] != ')' {
			return 0
		}
	default:
		return 0
	}
	if i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t') {
		return i + 2
	}
	return 0
}
