// Nothing sticks out or is cut off: on phones, at 400 % zoom, and with text of twice the size. And nothing moves.
import { open } from "./browser.mjs";

const windows = [
  { name: "390", width: 390 }, { name: "1280", width: 1280 }, { name: "400 % zoom", width: 320, scale: 4 },
  { name: "text 200 % at 1280", width: 1280, text: "200%" }, { name: "text 200 % at 390", width: 390, text: "200%" },
];

export async function zoom({ base, pages, tab, report }) {
  const whole = pages.filter((one) => !one.part);
  for (const page of whole) {
    for (const window of windows) {
      await open(tab, base + page.path, window);
      if (window.text) await tab.evaluate((size) => { document.documentElement.style.fontSize = size; }, window.text);
      for (const found of await tab.evaluate(look)) report(page, `${window.name}: ${found}`);
    }
  }
  return `${whole.length} pages in ${windows.length} windows`;
}

// Runs in the page.
function look() {
  const found = [];
  const wide = document.documentElement.clientWidth;
  const scrolls = (node) => { for (let up = node; up && up !== document.body; up = up.parentElement) if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true; return false; };
  const hidden = (node) => node.closest(".sr, .skip, [hidden]") || getComputedStyle(node).visibility === "hidden";
  if (document.documentElement.scrollWidth > wide) found.push(`scrolls sideways: ${document.documentElement.scrollWidth} of ${wide} px`);
  for (const node of document.body.querySelectorAll("*")) {
    if (hidden(node)) continue;
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    const what = `${node.tagName.toLowerCase()}.${node.className} “${node.textContent.trim().slice(0, 40)}”`;
    if (box.width && box.right > wide + 1 && !scrolls(node)) found.push(`sticks out by ${Math.round(box.right - wide)} px: ${what}`);
    if (/hidden|clip/.test(style.overflowX) && node.tagName !== "INPUT" && node.scrollWidth > node.clientWidth + 1) found.push(`cut off: ${what}`);
    if (parseFloat(style.transitionDuration) > 0 || (style.animationName !== "none" && parseFloat(style.animationDuration) > 0) || style.scrollBehavior === "smooth") found.push(`moves: ${what}`);
  }
  return found;
}
