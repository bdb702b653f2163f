// On paper: every entry on one A4 page, with its address and version at the foot.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open } from "./browser.mjs";

export async function print({ base, pages, tab, report, folder }) {
  const paper = join(folder, "paper");
  mkdirSync(paper, { recursive: true });
  const counts = {};
  for (const page of pages.filter((one) => /^(entry-.*|version|policy|change|change-.*)$/.test(one.name))) {
    const path = join(paper, `${page.name}-${page.lang}.pdf`);
    await open(tab, base + page.path, { width: 1280 });
    await tab.pdf({ path, format: "A4", preferCSSPageSize: true });
    const count = Number(/Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [path], { encoding: "utf8" }))[1]);
    if (page.name.startsWith("entry-")) counts[count] = (counts[count] ?? 0) + 1;
    if (page.name.startsWith("entry-") && count !== 1) report(page, `takes ${count} pages`);
    for (let n = 1; n <= count; n++) {
      const text = execFileSync("pdftotext", ["-f", n, "-l", n, "-layout", path, "-"], { encoding: "utf8" }).replaceAll(/\s+/g, " ");
      const foot = page.name.startsWith("change") ? page.path : `${page.path.replace(/\/v\d+$/, "")}/v`;
      if (!text.includes(foot)) report(page, `no address at the foot of page ${n}`);
    }
  }
  return Object.entries(counts).map(([count, n]) => `${n} entries take ${count}`).join(", ");
}
