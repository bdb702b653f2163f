// Looks at every public page of the demo site, in both languages: node audit.mjs [check ...] [--pages PATTERN] [--folder FOLDER]
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { axe } from "./axe.mjs";
import { launch } from "./browser.mjs";
import { letters } from "./letters.mjs";
import { lamp } from "./lighthouse.mjs";
import { pagesOf } from "./pages.mjs";
import { pictures } from "./pictures.mjs";
import { print } from "./print.mjs";
import { startSite } from "./site.mjs";
import { text } from "./text.mjs";
import { vnu } from "./vnu.mjs";
import { weight } from "./weight.mjs";
import { zoom } from "./zoom.mjs";

const checks = { vnu, axe, zoom, letters, weight, print, text, pictures, lighthouse: lamp };

const { values, positionals } = parseArgs({
  allowPositionals: true, options: { pages: { type: "string", default: "" }, folder: { type: "string", default: join(tmpdir(), "klartext-audit") } },
});
const wanted = positionals.length ? positionals : Object.keys(checks);
const unknown = wanted.filter((name) => !checks[name]);
if (unknown.length) {
  console.error(`There is no check ${unknown.join(", ")}. There are: ${Object.keys(checks).join(", ")}.`);
  process.exit(2);
}

// Gathers what a check finds, the same on several pages once; warnings are said, and do not count.
function gatherer() {
  const found = new Map();
  let errors = 0;
  return {
    report(page, what, kind = "error") {
      if (kind === "error") errors++;
      const line = `${kind}: ${what}`;
      found.set(line, (found.get(line) ?? new Set()).add(`${page.lang} ${page.name}`));
    },
    errors: () => errors,
    say(check) {
      for (const [line, where] of found) console.log(`${check} ${line}\n    on ${[...where].slice(0, 8).join(", ")}${where.size > 8 ? ` and ${where.size - 8} more` : ""}`);
    },
  };
}

async function main() {
  mkdirSync(values.folder, { recursive: true });
  const site = await startSite();
  const browser = await launch();
  let errors = 0;
  try {
    const pages = ["de", "en"].flatMap((lang) => pagesOf(lang, site.receipts)).filter((page) => new RegExp(values.pages).test(page.name));
    const tab = await browser.newPage();
    for (const name of wanted) {
      const began = Date.now();
      const found = gatherer();
      const summary = await checks[name]({ base: site.base, pages, tab, browser, folder: values.folder, report: found.report });
      found.say(name);
      console.log(`${name}: ${found.errors()} findings; ${summary} (${Math.round((Date.now() - began) / 1000)} s)\n`);
      errors += found.errors();
    }
  } finally {
    await browser.close();
    await site.stop();
  }
  process.exitCode = errors ? 1 : 0;
}

await main();
