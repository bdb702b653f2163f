// Letters: quotes and blanks as German and English want them, and the language of every run of words.
import { open } from "./browser.mjs";

export async function letters({ base, pages, tab, report }) {
  let runs = 0;
  for (const page of pages) {
    await open(tab, base + page.path, { width: 1280, part: page.part });
    const texts = await tab.evaluate(collect);
    runs += texts.length;
    for (const { lang, text, raw, line } of texts) {
      for (const found of [...(raw ? [] : typography(lang, text, line)), ...(raw ? [] : language(lang, text))]) report(page, `${lang}: ${found}: ${text.slice(0, 90)}`);
    }
  }
  return `${runs} runs of text on ${pages.length} pages`;
}

// Runs in the page: every run of text with the language that a screen reader would speak it in.
function collect() {
  const found = [];
  const add = (node, text, more) => { if (text?.trim()) found.push({ lang: node.closest("[lang]")?.lang ?? "", text: text.trim(), ...more }); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!node.closest("script, style, textarea")) add(node, walker.currentNode.data, { raw: Boolean(node.closest("code, pre, cite, .printed")), line: Boolean(node.closest("option")) });
  }
  for (const name of ["alt", "aria-label", "placeholder", "title"]) {
    for (const node of document.body.querySelectorAll(`[${name}]`)) add(node, node.getAttribute(name), { line: true });
  }
  add(document.querySelector("title"), document.title, { line: true });
  for (const meta of document.querySelectorAll("meta[name=description]")) add(meta, meta.content, { line: true });
  return found;
}

const months = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|January|February|March|May|June|July|October|December";
const units = "Tage|Tagen|Tag|Stunden?|Minuten?|Wochen?|Monate?n?|Jahren?|Jahre|Prozent|Euro|Uhr|%|€|km|kg|MB|kB|days?|hours?|minutes?|weeks?|months?|years?|percent";
const signs = [[/["']/, "straight quotes"], [/\.\.\./, "three dots"], [/ - /, "a hyphen for a dash"]];
// Blanks matter only where a line can break.
const blanks = [
  [/\b[a-zA-Z]\. [A-Z]\./, "an abbreviation that may break"], [/(§|Art\.|Nr\.|Abs\.|No\.|version|Version) \d/, "a number that may part from its word"],
  [new RegExp(`\\d (${units})(?!\\p{L})`, "u"), "a unit that may part from its number"], [new RegExp(`\\d\\.? (${months})\\b`), "a day that may part from its month"],
  [new RegExp(`\\b(${months}) \\d{1,2}\\b`), "a day that may part from its month"],
];

function typography(lang, text, line) {
  const found = [...signs, ...(line ? [] : blanks)].filter(([rule]) => rule.test(text)).map(([, name]) => name);
  if (lang === "de" && /[”]|(?<!„[^“]*)“/.test(text)) found.push("quotes that are not German");
  if (lang === "en" && /[„«»]/.test(text)) found.push("quotes that are not English");
  return found;
}

const common = {
  de: new Set("der die das und ist nicht sie wir ihre ihr ihnen was wie mit für von zu auf ein eine einen im ich mein meine wer wenn".split(" ")),
  en: new Set("the and is not you we your what how with for of to on a an in i my who when it that this are".split(" ")),
};

// Says so where the words are clearly those of the other language.
function language(lang, text) {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const count = (one) => words.filter((word) => common[one].has(word) && !common[one === "de" ? "en" : "de"].has(word)).length;
  const [de, en] = [count("de"), count("en")];
  if (lang !== "de" && de >= 2 && de > 2 * en) return ["reads like German"];
  if (lang !== "en" && en >= 2 && en > 2 * de) return ["reads like English"];
  return [];
}
