// Pictures of every page, for a person to look at.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open } from "./browser.mjs";

export async function pictures({ base, pages, tab, folder }) {
  const into = join(folder, "pictures");
  mkdirSync(into, { recursive: true });
  for (const page of pages.filter((one) => !one.part)) {
    for (const width of [390, 1280]) {
      for (const scheme of ["light", "dark"]) {
        await open(tab, base + page.path, { width, scheme, part: page.part });
        await tab.screenshot({ path: join(into, `${page.name}-${page.lang}-${width}-${scheme}.png`), fullPage: true });
      }
    }
  }
  return `${into}: to be looked at by a person`;
}
