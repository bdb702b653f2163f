package plain

// splitLines cuts a short text into its lines: each is read on its own, for a
// line's end is seen and ends a sentence.
func splitLines(src string) []chunk {
	var chunks []chunk
	for pos := 0; pos < len(src); {
		end := lineEnd(src, pos)
		to := end
		for to > pos && (src[to-1] == '\n' || src[to-1] == '\r') {
			to--
		}
		if !isBlank(src[pos:to]) {
			chunks = append(chunks, chunk{start: pos, end: to})
		}
		pos = end
	}
	return chunks
}

// readLine reads a line as it stands. A bullet at its start is not part of the
// sentence.
func readLine(r *reading, src string) {
	kind, body := unitParagraph, 0
	indent, _ := indentOf(src)
	if n := itemMark(src[indent:]); n > 0 {
		kind, body = unitItem, indent+n
	}
	at := r.open()
	r.add(src, body, len(src))
	r.close(kind, at)
}
