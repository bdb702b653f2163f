// Chromium as the checks use it: one page, one window after the other.
import puppeteer from "puppeteer-core";

const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const launch = () => puppeteer.launch({
  executablePath: chromium, headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"],
});

// Opens an address in a window so wide, in one colour scheme; a part is put into a page of its own.
export async function open(page, url, { width, scheme = "light", part = false, scale = 1 }) {
  await page.setViewport({ width, height: width < 500 ? 844 : 900, deviceScaleFactor: scale });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
  if (!part) return page.goto(url, { waitUntil: "load" });
  return page.setContent(wrapped(await (await fetch(url)).text()), { waitUntil: "load" });
}

// What a page of somebody else looks like around a part.
export const wrapped = (html) => `<!doctype html>\n<html lang="${/lang="(\w+)"/.exec(html)?.[1] ?? "en"}"><head><meta charset="utf-8"><title>Klartext</title></head><body><main><h1>Klartext</h1>\n${html}</main></body></html>\n`;
