// In a text browser: each page as w3m shows it, for a person to read.
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

export async function text({ base, pages, folder }) {
  const into = join(folder, "text");
  mkdirSync(into, { recursive: true });
  for (const page of pages.filter((one) => !one.part)) {
    const { stdout } = await promisify(execFile)("w3m", ["-dump", "-cols", "80", "-O", "UTF-8", base + page.path]);
    writeFileSync(join(into, `${page.name}-${page.lang}.txt`), stdout);
  }
  return `${into}: to be read by a person`;
}
