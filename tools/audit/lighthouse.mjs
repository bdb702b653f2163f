// Lighthouse with its own throttling of a middling phone: the median of several runs.
import lighthouse from "lighthouse";
import { measured } from "./pages.mjs";

const runs = Number(process.env.AUDIT_RUNS ?? 3);
// What was found for a query is kept out of search engines on purpose, as they ask for; the page of the search itself is not.
const hidden = ["is-crawlable"];
const categories = ["performance", "accessibility", "best-practices", "seo"];

export async function lamp({ base, pages, browser, report }) {
  const lines = [];
  const port = Number(new URL(browser.wsEndpoint()).port);
  for (const page of pages.filter((one) => measured.includes(one.name))) {
    const results = [];
    for (let run = 0; run < runs; run++) {
      const { lhr } = await lighthouse(base + page.path, { port, output: "json", logLevel: "error", onlyCategories: categories, skipAudits: page.name === "search" ? hidden : [] });
      results.push(lhr);
    }
    const scores = Object.fromEntries(categories.map((name) => [name, Math.round(100 * median(results.map((one) => one.categories[name].score)))]));
    const paint = median(results.map((one) => one.audits["largest-contentful-paint"].numericValue));
    for (const [name, score] of Object.entries(scores)) if (score < 100) report(page, `${name} ${score}: ${failed(results[0], name)}`);
    if (paint >= 1200) report(page, `largest paint after ${Math.round(paint)} ms`);
    lines.push(`${page.name} ${page.lang} ${Object.values(scores).join("/")}, largest paint ${(paint / 1000).toFixed(2)} s`);
  }
  return `median of ${runs}\n  ${lines.join("\n  ")}`;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function failed(lhr, category) {
  return lhr.categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`).join(", ");
}
