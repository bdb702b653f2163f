// The text editor of the admin UI: what the checker finds is marked in the text and stands beside it as cards. The
// server finds, and says everything in words; this only shows it. Without this script the form works all the same.
import { field } from "./field.js";

const form = document.querySelector("form[data-check]");
const fields = new Map(); // by name of the textarea
const skipped = new Set(); // keys of findings that are passed over this time
const open = 7; // cards that stand open at most

function start() {
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      enhance(entry.target);
    }
  }, { rootMargin: "300px" });
  const watch = (root) => root.querySelectorAll("textarea").forEach((t) => { if (checked(t.name)) seen.observe(t); });
  watch(form);
  document.addEventListener("row-added", (event) => watch(event.target));
  form.addEventListener("input", later(check, 400));
  document.addEventListener("parts-taken", () => { show(); });
  document.addEventListener("click", pressed);
  document.addEventListener("submit", ignoring);
  document.body.append(Object.assign(document.createElement("p"), { className: "sr", id: "said", role: "status" }));
  show();
}

// checked tells which fields the checker looks at; legal texts stay as they are.
function checked(name) {
  return /^(short_answer|body|examples\.\d+|perspectives\.\w+|sections\.\d+\.summary)$/.test(name) && !(form.querySelector(".sections") && name === "body");
}

function enhance(textarea) {
  if (fields.has(textarea.name) || !textarea.isConnected) return;
  const focused = document.activeElement === textarea;
  fields.set(textarea.name, field(textarea, { nonce: form.dataset.nonce, words: { fix: form.dataset.fix }, asked: { go, apply } }));
  if (focused) fields.get(textarea.name).view.focus();
  mark(textarea.name);
}

// later runs f once the person pauses, and never two at a time.
function later(f, wait) {
  let timer, running = false, again = false;
  const run = async () => {
    if (running) { again = true; return; }
    running = true;
    try { await f(); } catch { /* the next pause tries again */ }
    running = false;
    if (again) { again = false; run(); }
  };
  return () => { clearTimeout(timer); timer = setTimeout(run, wait); };
}

// check asks the server about what stands in the form. An answer to what was typed over since is out of date.
async function check() {
  const sent = new URLSearchParams(new FormData(form)).toString();
  const answer = await fetch(form.dataset.check, { method: "POST", body: new URLSearchParams(sent) });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("clarity");
  if (!fresh || new URLSearchParams(new FormData(form)).toString() !== sent) return;
  const panel = document.getElementById("clarity");
  const before = panel.querySelector("[data-score]")?.dataset.score;
  const kept = keepFocus(panel);
  const unfolded = [...panel.querySelectorAll("details[open] > summary")].map((s) => s.parentElement.className + s.parentElement.hasAttribute("data-more"));
  panel.dataset.short = fresh.dataset.short;
  panel.replaceChildren(...document.importNode(fresh, true).childNodes);
  panel.querySelectorAll("details").forEach((d) => { if (unfolded.includes(d.className + d.hasAttribute("data-more")) && !d.closest(".card")) d.open = true; });
  show();
  kept();
  const now = panel.querySelector("[data-score]")?.dataset.score;
  if (now !== before) say(panel.querySelector(".score, [data-score] p")?.textContent ?? "");
}

// keepFocus brings a person who stood on a card back to the card that says the same.
function keepFocus(panel) {
  const at = document.activeElement;
  const card = at && panel.contains(at) ? at.closest("[data-finding]") : null;
  if (!card) return () => {};
  const key = keyOf(card), cards = [...panel.querySelectorAll("[data-finding]")], i = cards.indexOf(card);
  return () => {
    const now = [...panel.querySelectorAll("[data-finding]")];
    const next = now.find((c) => keyOf(c) === key) ?? now[Math.min(i, now.length - 1)];
    next?.querySelector("a, button:not([hidden])")?.focus();
  };
}

const keyOf = (card) => `${card.dataset.rule}\n${card.dataset.field}\n${card.querySelector("q").textContent}`;
const cardsOf = () => [...document.querySelectorAll("#clarity [data-finding]")];

// show makes the panel's buttons work, leaves out what is passed over, and marks the rest in the text.
function show() {
  const list = document.querySelector("#clarity [data-cards]"), more = document.querySelector("#clarity [data-more]");
  for (const card of cardsOf()) {
    if (skipped.has(keyOf(card))) card.remove();
    else card.querySelectorAll("[data-apply], [data-skip]").forEach((button) => { button.hidden = false; });
  }
  while (list && more && list.children.length < open && more.querySelector(".card")) list.append(more.querySelector(".card"));
  if (more && !more.querySelector(".card")) more.remove();
  document.querySelectorAll("#clarity [data-keys]").forEach((hint) => { hint.hidden = false; });
  const short = form.querySelector("[data-clarity-short]");
  if (short) short.textContent = document.getElementById("clarity").dataset.short;
  for (const name of fields.keys()) mark(name);
}

function mark(name) {
  fields.get(name).mark(cardsOf().filter((card) => card.dataset.field === name).map((card) => ({
    from: Number(card.dataset.from), to: Number(card.dataset.to), severity: card.dataset.severity, replacement: card.dataset.replacement,
    what: card.querySelector("[data-what]").textContent, how: card.querySelector("[data-how]")?.textContent ?? "", key: keyOf(card),
  })));
}

function say(words) {
  const said = document.getElementById("said");
  if (said) said.textContent = words;
}

const cardBy = (key) => cardsOf().find((card) => keyOf(card) === key);

function point(card) {
  cardsOf().forEach((c) => c.classList.toggle("now", c === card));
  card?.closest("details:not([open])")?.setAttribute("open", "");
  card?.scrollIntoView({ block: "nearest" });
}

// go leads from finding to finding, in this field and then in the next ones.
function go(textarea, step) {
  const names = [...form.querySelectorAll("textarea")].map((t) => t.name).filter((name) => fields.has(name));
  const start = names.indexOf(textarea.name);
  for (let n = 0; n <= names.length; n++) {
    const f = fields.get(names[(start + step * n + names.length * 2) % names.length]);
    const { from, to } = f.view.state.selection.main;
    const marks = f.marks().filter((m) => (n > 0 && n < names.length) || n === names.length || (step > 0 ? m.from > from || (m.from === from && m.to !== to && from === to) : m.from < from));
    const next = step > 0 ? marks[0] : marks.at(-1);
    if (!next) continue;
    f.select(next.from, next.to);
    point(cardBy(next.key));
    say(`${f.view.state.sliceDoc(next.from, next.to)}. ${next.message}`);
    return true;
  }
  say(form.dataset.none);
  return true;
}

// apply puts the plain words in place of the finding at the cursor.
function apply(textarea) {
  const f = fields.get(textarea.name), at = f.view.state.selection.main;
  const found = f.marks().find((m) => m.from <= at.from && at.to <= m.to && cardBy(m.key)?.dataset.replacement);
  if (!found) return false;
  f.replace(found.from, found.to, cardBy(found.key).dataset.replacement);
  say(form.dataset.fix);
  return true;
}

function pressed(event) {
  const card = event.target.closest?.("#clarity [data-finding]");
  const jump = event.target.closest?.('a[href^="#f-"]');
  const f = card ? fields.get(card.dataset.field) : fields.get(document.getElementById(jump?.hash.slice(1) ?? "")?.name);
  const found = card && f?.marks().find((m) => m.key === keyOf(card));
  if (event.target.closest?.("[data-apply]") && found) f.replace(found.from, found.to, card.dataset.replacement);
  else if (event.target.closest?.("[data-skip]")) skip(card);
  else if (jump && f) {
    event.preventDefault();
    if (found) f.select(found.from, found.to);
    else f.view.focus();
    if (card) point(card);
  }
}

function skip(card) {
  skipped.add(keyOf(card));
  const next = card.nextElementSibling ?? card.previousElementSibling;
  show();
  next?.querySelector("a")?.focus();
}

// ignoring sends the reason without leaving a text that is not saved.
async function ignoring(event) {
  const sent = event.target.closest?.("#clarity form");
  if (!sent || event.defaultPrevented) return;
  event.preventDefault();
  const answer = await fetch(sent.action, { method: "POST", body: new URLSearchParams(new FormData(sent)) });
  if (answer.ok) check().catch(() => {});
  else sent.submit();
}

if (form) start();
