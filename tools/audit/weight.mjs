// What a reader's phone has to fetch: bytes as they go over the line, and requests before something is seen.
import { get } from "node:http";
import { measured } from "./pages.mjs";
import { open } from "./browser.mjs";

const most = 14_000;

export async function weight({ base, pages, tab, report }) {
  const kinds = {};
  let asked = 0;
  for (const page of pages.filter((one) => measured.includes(one.name) || one.name.startsWith("entry-"))) {
    const bytes = await compressed(base + page.path);
    const { before, after, scripts } = await requests(tab, base + page.path);
    if (/^(home|entry-)/.test(page.name) && bytes > most) report(page, `${bytes} bytes, ${most} wanted`);
    if (before !== 1) report(page, `${before} requests before the first paint`);
    if (scripts) report(page, `${scripts} scripts`);
    (kinds[page.name.split("-")[0]] ??= []).push(bytes / 1000);
    asked = Math.max(asked, before + after);
  }
  const spans = Object.entries(kinds).map(([kind, all]) => `${kind} ${Math.min(...all).toFixed(1)} to ${Math.max(...all).toFixed(1)} kB`);
  return `${spans.join(", ")}; requests in all: ${asked}`;
}

function compressed(url) {
  return new Promise((done, failed) => {
    get(url, { headers: { "accept-encoding": "br" } }, (answer) => {
      let bytes = answer.headers["content-encoding"] === "br" ? 0 : NaN;
      answer.on("data", (chunk) => { bytes += chunk.length; }).on("end", () => done(bytes));
    }).on("error", failed);
  });
}

async function requests(tab, url) {
  const client = await tab.createCDPSession();
  await client.send("Network.enable");
  const sent = [];
  client.on("Network.requestWillBeSent", (event) => {
    if (!event.request.url.endsWith("favicon.svg")) sent.push(event.wallTime * 1000); // the icon of the tab: once, and no page waits for it
  });
  await open(tab, url, { width: 390 });
  await new Promise((done) => { setTimeout(done, 300); });
  const [paint, scripts] = await tab.evaluate(() => [
    performance.timeOrigin + (performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Infinity),
    [...document.scripts].filter((script) => script.type !== "application/ld+json").length,
  ]);
  await client.detach();
  return { before: sent.filter((at) => at < paint).length, after: sent.filter((at) => at >= paint).length, scripts };
}
