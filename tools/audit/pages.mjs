// Every kind of page that readers meet, in one language.
const entries = ["order-data", "payment", "delivery", "invoices", "account", "delete-account", "loyalty-card", "newsletter", "recommendations", "reviews", "cookies", "location", "cameras"];

// What each page is called and where it is; status where it is not 200. "frame" pages are shown inside others,
// a "part" is a piece of HTML without a head.
export function pagesOf(lang, receipts) {
  const words = { de: ["sammelkrate", "quastenflosser"], en: ["loyality card", "coelacanth"] }[lang];
  const year = new Date().getUTCFullYear();
  const list = {
    home: "", topic: "topics/account", policy: "policies/privacy", "policy-then": "policies/privacy/v1",
    "policy-compared": "policies/privacy/v1...v3", foreign: "faq/guest-wifi", withdrawn: "faq/birthday",
    "withdrawn-version": "faq/birthday/v1", versions: "faq/delivery/versions", version: "faq/delivery/v1",
    "version-coming": "faq/delivery/v3", compared: "faq/delivery/v1...v3", changes: "changes", "change-coming": "changes/delivery-to-austria",
    change: "changes/delete-sooner", "change-editorial": "changes/clearer-words", "change-first": "changes/plain-answers",
    search: `search?q=${encodeURIComponent(words[0])}`, "search-none": `search?q=${words[1]}`, "search-empty": "search",
    ask: "ask", "ask-about": "ask?about=payment", "receipt-open": `questions/${receipts[lang].open}`,
    "receipt-answered": `questions/${receipts[lang].answered}`, "receipt-closed": `questions/${receipts[lang].closed}`,
    vote: "faq/payment/v1/vote", since: "since", "since-day": `since?date=${year}-01-01`, "as-of": "as-of", "as-of-day": `as-of/${year}-01-01/`,
    "as-of-entry": `as-of/${year}-01-01/faq/delivery`, "as-of-never": "as-of/2020-01-01/", coverage: "coverage", glossary: "glossary", about: "about-this-site",
    missing: "faq/nothing-here",
  };
  for (const slug of entries) list[`entry-${slug}`] = `faq/${slug}`;
  const pages = Object.entries(list).map(([name, path]) => ({ name, lang, path: `/${lang}/${path}` }));
  for (const [name, status] of [["withdrawn", 410], ["missing", 404]]) pages.find((page) => page.name === name).status = status;
  for (const part of ["faq/payment", "policies/privacy", "topics/account", "search", "upcoming", "changes/delete-sooner"]) {
    const name = part.split("/")[0];
    pages.push({ name: `frame-${name}`, lang, path: `/embed/${lang}/${part}`, frame: true });
    pages.push({ name: `part-${name}`, lang, path: `/embed/${lang}/${part}.html`, part: true });
  }
  return pages;
}

// The pages that the figures are about.
export const measured = ["home", "entry-payment", "policy", "change-coming", "search-empty", "search"];
