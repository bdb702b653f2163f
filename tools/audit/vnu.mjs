// Is it valid HTML? The checker that stands behind validator.w3.org, over every page at once.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { wrapped } from "./browser.mjs";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

export async function vnu({ base, pages, report }) {
  const folder = mkdtempSync(join(tmpdir(), "klartext-vnu-"));
  const seen = new Map();
  for (const [i, page] of pages.entries()) {
    const answer = await fetch(base + page.path, { redirect: "manual" });
    if (answer.status !== (page.status ?? 200)) report(page, `answers ${answer.status}`);
    const html = await answer.text();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${i}.html`), page.part ? wrapped(html) : html);
    seen.set(`${i}.html`, page);
  }
  const { stdout, stderr } = await promisify(execFile)("java", ["-jar", jar, "--format", "json", "--exit-zero-always", folder], { maxBuffer: 1 << 28 });
  rmSync(folder, { recursive: true });
  let warnings = 0;
  for (const found of JSON.parse(stderr || stdout).messages) {
    const page = seen.get(basename(new URL(found.url).pathname));
    if (found.type === "error") report(page, `${found.message} (${found.extract?.trim()})`);
    else {
      warnings++;
      report(page, `${found.message} (${found.extract?.trim()})`, "warning");
    }
  }
  return `${pages.length} pages, ${warnings} warnings`;
}
