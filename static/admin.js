// What the admin UI does better with a script. Every form works without it.
const form = (el) => el.closest("form");

// A form that was changed and not saved warns before the page is left.
const dirty = new Set();
const snapshot = new WeakMap();
const said = (f) => new URLSearchParams(new FormData(f)).toString();

function mark(f) {
  const changed = said(f) !== snapshot.get(f);
  changed ? dirty.add(f) : dirty.delete(f);
  f.querySelectorAll("[data-dirty]").forEach((el) => { el.hidden = !changed; });
}

function watch(f) {
  // What came back with an error, or for another look, is not saved, however it reads now.
  const back = document.getElementById("problems") && new URL(f.action).pathname === location.pathname;
  snapshot.set(f, back || "unsaved" in f.dataset ? "" : said(f));
  f.addEventListener("input", () => mark(f));
  mark(f);
}

addEventListener("beforeunload", (event) => { if (dirty.size) event.preventDefault(); });
addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  dirty.delete(event.target);
});

// Saving stays on the page: the form is sent, and the parts that the server knows
// better are taken from its answer. Whatever is not a plain success is sent once
// more the ordinary way, so that the page itself says what is wrong.
async function stay(f) {
  const trouble = f.querySelector("[data-trouble]");
  if (trouble) trouble.hidden = true;
  const body = new URLSearchParams(new FormData(f));
  if (Number(f.dataset.limit) && body.toString().length > Number(f.dataset.limit)) return complain(trouble, trouble?.dataset.tooLarge);
  const sent = body.toString();
  let answer;
  try {
    answer = await fetch(f.action, { method: "POST", body, headers: { Accept: "text/html" } });
  } catch {
    return complain(trouble, trouble?.dataset.trouble);
  }
  if (!answer.ok || !answer.redirected || new URL(answer.url).pathname.endsWith("/login")) return leave(f);
  take(new DOMParser().parseFromString(await answer.text(), "text/html"));
  snapshot.set(f, sentNow(f, sent));
  mark(f);
}

// What was typed while the answer was on its way is not saved yet; only the
// fields that the server renewed may differ.
function sentNow(f, sent) {
  const was = new URLSearchParams(sent), now = new FormData(f);
  f.querySelectorAll("input[data-part]").forEach((el) => was.set(el.name, now.get(el.name)));
  return was.toString();
}

function complain(el, words) {
  if (!el) return;
  el.textContent = words;
  el.hidden = false;
}

function leave(f) {
  dirty.delete(f);
  f.dataset.leave = "1";
  f.requestSubmit(f.querySelector("[data-save]"));
}

// take replaces each part of the page by the same part of another copy of it.
function take(page) {
  const seen = {};
  document.querySelectorAll("[data-part]").forEach((el) => {
    const name = el.dataset.part;
    const at = (seen[name] = (seen[name] ?? -1) + 1);
    const fresh = page.querySelectorAll(`[data-part="${name}"]`)[at];
    if (!fresh) return;
    if (el.matches("input")) el.value = fresh.value;
    else el.replaceChildren(...document.importNode(fresh, true).childNodes);
  });
  document.title = page.title;
  const note = page.querySelector("main > .note");
  document.querySelector("main > .note")?.remove();
  if (note) document.getElementById("main").prepend(document.importNode(note, true));
}

document.addEventListener("submit", (event) => {
  const f = event.target;
  const plain = !event.submitter || event.submitter.matches("[data-save]");
  // A page that says what was wrong is left for one that does not.
  if (!f.matches("[data-stay]") || f.dataset.leave || !plain || document.getElementById("problems")) return;
  event.preventDefault();
  dirty.add(f);
  stay(f);
});

addEventListener("keydown", (event) => {
  if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const f = form(document.activeElement ?? document.body) ?? [...dirty][0] ?? document.querySelector("form[data-edit]");
  const save = f?.querySelector("[data-save]");
  if (!save) return;
  event.preventDefault();
  f.requestSubmit(save);
});

// later runs f once the person pauses, and never two at a time for the same thing.
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

// The preview follows what is typed.
function preview(f) {
  const panel = document.getElementById("preview");
  f.addEventListener("input", later(async () => {
    const answer = await fetch(f.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(f)) });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("preview");
    if (fresh && panel) panel.replaceChildren(...document.importNode(fresh, true).childNodes);
  }, 700));
}

// A post is counted and shown by the same code that sends it.
function length(f) {
  f.querySelectorAll("[data-announcement]").forEach((box) => {
    box.addEventListener("input", later(async () => {
      const body = new URLSearchParams({ _csrf: f.elements._csrf.value });
      for (const [name, value] of new FormData(f)) {
        if (name.startsWith(box.dataset.announcement)) body.append(name.slice(box.dataset.announcement.length), value);
      }
      const answer = await fetch(f.dataset.length, { method: "POST", body });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      // What is read aloud when it changes must stay the same element.
      for (const name of ["[data-count]", "[data-over]", "[data-cost]"]) {
        const el = box.querySelector(name), words = page.querySelector(name)?.textContent ?? "";
        if (el.textContent !== words) el.textContent = words;
      }
      box.querySelector("[data-posts]").replaceChildren(...document.importNode(page.querySelector("[data-posts]"), true).childNodes);
    }, 250));
  });
}

// A file that is too large is refused before it is on its way.
function weigh(input) {
  input.addEventListener("change", () => {
    const heavy = input.files[0]?.size > Number(input.dataset.max);
    input.setCustomValidity(heavy ? input.dataset.tooLarge : "");
    if (heavy) input.reportValidity();
  });
}

// One more row: a copy of the last one, emptied and numbered on.
function addRow(button) {
  const name = button.dataset.add;
  const rows = document.querySelector(`[data-rows="${name}"]`);
  const last = rows.querySelector(":scope > [data-row]:last-of-type");
  const row = last.cloneNode(true);
  const from = rows.querySelectorAll(":scope > [data-row]").length - 1;
  const renumber = (value) => value.replaceAll(`${name}.${from}`, `${name}.${from + 1}`).replaceAll(`${name}-${from}`, `${name}-${from + 1}`);
  row.querySelectorAll("*").forEach((el) => {
    for (const attribute of ["id", "name", "for", "aria-describedby"]) {
      if (el.hasAttribute(attribute)) el.setAttribute(attribute, renumber(el.getAttribute(attribute)));
    }
    if (el.matches("input, textarea")) el.value = "";
    el.removeAttribute("aria-invalid");
  });
  row.querySelectorAll(".field-error").forEach((el) => el.remove());
  rows.append(row);
  row.querySelector("input:not([type=hidden]), textarea").focus();
}

// A list narrows while its filter is typed; the server does the same on Enter.
function filter(input) {
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    document.querySelectorAll(input.dataset.filter).forEach((el) => {
      const text = (el.textContent + " " + (el.closest(".group")?.querySelector("h2")?.textContent ?? "")).toLowerCase();
      el.hidden = !words.every((word) => text.includes(word));
    });
    document.querySelectorAll(".group").forEach((group) => { group.hidden = !group.querySelector(".list > li:not([hidden])"); });
  });
}

// What is on its way is looked at again until it has arrived, for a few minutes at most.
async function follow(looks) {
  const list = document.querySelector("[data-moving]");
  if (!list || !looks) return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector('[data-part="deliveries"]');
    if (answer.ok && fresh && !list.contains(document.activeElement)) {
      list.replaceChildren(...document.importNode(fresh, true).childNodes);
      list.toggleAttribute("data-moving", "moving" in fresh.dataset);
    }
  } catch { /* the next look tries again */ }
  setTimeout(follow, 2000, looks - 1);
}
setTimeout(follow, 1000, 100);

document.querySelectorAll("form[data-edit]").forEach(watch);
document.querySelectorAll("form[data-preview]").forEach(preview);
document.querySelectorAll("form[data-length]").forEach(length);
document.querySelectorAll("input[data-max]").forEach(weigh);
document.querySelectorAll("[data-filter]").forEach(filter);
document.querySelectorAll("[data-add]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => { addRow(button); mark(form(button)); });
});
document.getElementById("problems")?.focus();
