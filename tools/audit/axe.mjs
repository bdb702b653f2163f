// What keeps people with disabilities out, as far as a program can tell: axe-core, WCAG 2.2 AA and text contrast AAA.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { open } from "./browser.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function axe({ base, pages, tab, report }) {
  let runs = 0;
  for (const page of pages) {
    for (const width of [390, 1280]) {
      for (const scheme of ["light", "dark"]) {
        await open(tab, base + page.path, { width, scheme, part: page.part });
        await tab.evaluate(source);
        for (const found of await tab.evaluate(look, tags, page.frame ? "frame" : page.part ? "part" : "")) {
          report(page, `${width} ${scheme} ${found}`);
        }
        runs++;
      }
    }
  }
  return `${runs} runs on ${pages.length} pages`;
}

// Runs in the page. A frame has no landmarks and headings of its own: those are the page's around it. How large the
// targets of a part are is for the style of the page around it, which here has none.
async function look(tags, inside) {
  const around = inside ? { region: { enabled: false }, "landmark-one-main": { enabled: false }, "page-has-heading-one": { enabled: false }, "heading-order": { enabled: false } } : {};
  const result = await window.axe.run(document, {
    runOnly: { type: "tag", values: tags }, resultTypes: ["violations"],
    rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: inside !== "part" }, ...around },
  });
  return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ").slice(0, 500)}`);
}
