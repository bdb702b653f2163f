// One field of the form as a CodeMirror editor. The real textarea stays below it: it is what is sent, and what a
// program or a password manager fills in.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { forEachDiagnostic, setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState, Transaction } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";

const fromTextarea = Annotation.define();

const theme = EditorView.theme({
  "&": { font: "inherit" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit", overflow: "auto", maxHeight: "75vh" },
  ".cm-content": { padding: "0.6rem 0", minHeight: "3.3rem", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.7rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--accent-wash)" },
  // Three severities by shape as well as by colour.
  ".cm-lintRange": { backgroundImage: "none !important", paddingBottom: "0.1em" },
  ".cm-lintRange-error": { textDecoration: "underline solid var(--del) 0.16em", textUnderlineOffset: "0.2em" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--warn) 0.09em", textUnderlineOffset: "0.2em" },
  ".cm-lintRange-hint": { textDecoration: "underline dotted var(--field) 0.12em", textUnderlineOffset: "0.2em" },
  ".cm-lintRange-active": { backgroundColor: "var(--warn-wash)" },
  ".cm-lintPoint::after": { display: "none" },
  ".cm-tooltip": { background: "var(--paper)", color: "var(--ink)", border: "1px solid var(--field)", maxWidth: "26rem", font: "var(--step--1)/1.5 var(--sans)" },
  ".cm-diagnostic": { padding: "0.5rem 0.75rem", borderLeftColor: "var(--field)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--del)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-diagnosticAction": { background: "var(--accent)", color: "var(--accent-ink)", padding: "0.35rem 0.6rem" },
});

// field puts an editor over a textarea. words are what it says; asked is told of keys that lead from finding to finding.
export function field(textarea, { nonce, words, asked }) {
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  if (label && !label.id) label.id = `l-${textarea.id}`;
  const mount = document.createElement("div");
  mount.className = "cm-mount";
  textarea.before(mount);
  mount.append(textarea);
  const attributes = {
    "aria-multiline": "true", spellcheck: "true", autocapitalize: "sentences", id: `cm-${textarea.id}`, lang: textarea.lang,
    "aria-keyshortcuts": "F8 Shift+F8 Alt+Enter",
  };
  if (label) attributes["aria-labelledby"] = label.id;
  const described = textarea.getAttribute("aria-describedby");
  if (described) attributes["aria-describedby"] = described;
  if (textarea.getAttribute("aria-invalid")) attributes["aria-invalid"] = "true";

  let writing = false;
  const view = new EditorView({
    parent: mount,
    state: EditorState.create({
      doc: textarea.value,
      extensions: [
        EditorView.cspNonce.of(nonce), theme, history(), drawSelection(), EditorView.lineWrapping, EditorView.contentAttributes.of(attributes),
        keymap.of([
          { key: "F8", run: () => asked.go(textarea, 1) }, { key: "Shift-F8", run: () => asked.go(textarea, -1) },
          { key: "Alt-Enter", run: () => asked.apply(textarea) },
          ...historyKeymap, ...defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || update.transactions.some((t) => t.annotation(fromTextarea))) return;
          writing = true;
          textarea.value = update.state.doc.toString();
          textarea.dispatchEvent(new Event("input", { bubbles: true }));
          writing = false;
        }),
      ],
    }),
  });
  const follow = () => {
    if (writing || textarea.value === view.state.doc.toString()) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: textarea.value }, annotations: [fromTextarea.of(true), Transaction.addToHistory.of(true)] });
  };
  textarea.addEventListener("input", follow);
  textarea.addEventListener("change", follow);
  textarea.tabIndex = -1;
  textarea.setAttribute("aria-hidden", "true");
  textarea.addEventListener("focus", () => view.focus());
  label?.addEventListener("click", (event) => { event.preventDefault(); view.focus(); });

  return {
    textarea, view,
    mark(found) {
      const end = view.state.doc.length;
      view.dispatch(setDiagnostics(view.state, found.filter((f) => f.to <= end && f.from < f.to).map((f) => ({
        from: f.from, to: f.to, severity: f.severity, message: [f.what, f.how].filter(Boolean).join(" "),
        source: f.key, markClass: `mark-${f.severity}`,
        actions: f.replacement ? [{ name: words.fix, apply: (v, from, to) => v.dispatch({ changes: { from, to, insert: f.replacement } }) }] : [],
      }))));
    },
    // marks are where the findings stand now, after what was typed since they were found.
    marks() {
      const list = [];
      forEachDiagnostic(view.state, (d, from, to) => list.push({ key: d.source, message: d.message, from, to }));
      return list.sort((a, b) => a.from - b.from);
    },
    select(from, to) {
      view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
    replace(from, to, text) {
      view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
      view.focus();
    },
  };
}
