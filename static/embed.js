// <klartext-faq>: answers on data use inside of another site. It sets no cookie, stores nothing, asks only the
// server that it came from, runs under a strict Content-Security-Policy and Trusted Types, and shows what stands
// between its tags where it cannot load. docs/embedding.md says how to use it.
(() => {
  "use strict";
  const script = document.currentScript;
  const base = new URL(script ? script.src : location.href).origin;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("@style");
  const folders = { entry: "faq", policy: "policies", topic: "topics", change: "changes" };
  const loads = new Map();

  // A fragment is parsed by the browser as a document of its own: nothing in it runs.
  const fragment = (address) => {
    if (!loads.has(address)) {
      loads.set(address, new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("GET", address);
        request.responseType = "document";
        request.onload = () => ((request.status === 200 || request.status === 410) && request.response ? resolve(request.response) : reject(new Error(address + ": " + request.status)));
        request.onerror = () => reject(new Error(address));
        request.send();
      }));
      loads.get(address).catch(() => loads.delete(address));
    }
    return loads.get(address);
  };

  const json = async (address) => {
    const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer", headers: { Accept: "application/json" } });
    if (!answer.ok || !/json/.test(answer.headers.get("Content-Type"))) throw new Error(address + ": " + answer.status);
    return answer.json();
  };

  const fold = (text) => text.toLowerCase().replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue").replace(/ß/g, "ss").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

  // near tells whether two words differ in at most one letter, two in long ones.
  const near = (a, b) => {
    const most = a.length < 5 ? 0 : a.length < 8 ? 1 : 2;
    if (!most || Math.abs(a.length - b.length) > most) return false;
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      row = next;
    }
    return row[b.length] <= most;
  };

  // fit says how well a word of a question fits one of a text: whole, as beginning, inside a compound, with a slip.
  const fit = (asked, word) => {
    if (asked === word) return 10;
    if (asked.length > 2 && word.startsWith(asked)) return 8;
    if (asked.length > 3 && word.includes(asked)) return 6;
    // Of a compound that was asked for, the beginning says more than the end.
    if (word.length > 3 && asked.startsWith(word)) return (8 * word.length) / asked.length;
    if (word.length > 4 && asked.endsWith(word)) return (5 * word.length) / asked.length;
    return near(asked, word) ? 4 : 0;
  };

  const best = (asked, list) => list.reduce((most, word) => Math.max(most, fit(asked, word)), 0);

  const rank = (items, query) => {
    const asked = [...new Set(words(query))].slice(0, 12);
    const hits = items.map((item) => {
      item.words ||= [words(item.title), words(item.snippet || ""), (item.more || "").split(" ")];
      return asked.map((word) => Math.max(best(word, item.words[0]), best(word, item.words[1]) * 0.6, best(word, item.words[2]) * 0.3));
    });
    // What stands nearly everywhere says little.
    const weight = asked.map((_, i) => Math.log(1 + items.length / (1 + hits.filter((row) => row[i] >= 2).length)));
    return items
      .map((item, n) => ({ item, score: hits[n].reduce((sum, hit, i) => sum + hit * weight[i], 0) }))
      .filter((hit) => hit.score > 1)
      .sort((a, b) => b.score - a.score)
      .slice(0, 8)
      .map((hit) => hit.item);
  };

  const indexes = new Map();

  // The server's own search knows most; where there is none, a small index is searched here.
  const search = async (lang, query) => {
    try {
      return (await json(`${base}/api/v1/search?lang=${lang}&q=${encodeURIComponent(query)}`)).results.filter((result) => !result.withdrawn_at);
    } catch {
      if (!indexes.has(lang)) indexes.set(lang, (await json(`${base}/embed/${lang}/search.json`)).items);
      return rank(indexes.get(lang), query);
    }
  };

  const show = (list, results, form) => {
    list.replaceChildren(...results.map((result) => {
      const item = document.createElement("li"), link = document.createElement("a"), text = document.createElement("div");
      link.href = new URL(result.url, base).href;
      link.textContent = result.title;
      link.lang = result.lang || "";
      text.lang = result.found_in || link.lang;
      text.textContent = (result.snippet || "").replace(/<[^>]*>/g, "");
      item.append(link, text);
      return item;
    }));
    if (!results.length) list.append(Object.assign(document.createElement("li"), { textContent: form.dataset.none }));
  };

  const searching = (root, lang, first) => {
    const form = root.querySelector("form"), list = document.createElement("ul");
    list.setAttribute("aria-live", "polite");
    form.after(list);
    let turn = 0;
    const run = async (query) => {
      const mine = ++turn;
      if (!query.trim()) return list.replaceChildren();
      try {
        const results = await search(lang, query);
        if (mine === turn) show(list, results, form);
      } catch {
        if (mine === turn) list.replaceChildren(Object.assign(document.createElement("li"), { textContent: form.dataset.failed }));
      }
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(form.q.value);
    });
    if (first) {
      form.q.value = first;
      run(first);
    }
  };

  class KlartextFAQ extends HTMLElement {
    static observedAttributes = ["lang", "search", "upcoming", ...Object.keys(folders)];

    connectedCallback() {
      if (!this.shadowRoot) {
        this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
        this.shadowRoot.append(document.createElement("slot")); // what the page itself says, until more is here
      }
      this.load();
    }

    attributeChangedCallback(name, before, after) {
      if (this.shadowRoot && this.isConnected && before !== after) this.load();
    }

    // language is the element's own or that of the text around it: "de-AT" asks for German.
    language() {
      const around = this.closest("[lang]");
      return ((around && around.lang) || "de").slice(0, 2).toLowerCase();
    }

    path() {
      for (const [name, folder] of Object.entries(folders)) {
        if (this.getAttribute(name)) return folder + "/" + encodeURIComponent(this.getAttribute(name));
      }
      return this.hasAttribute("search") ? "search" : this.hasAttribute("upcoming") ? "upcoming" : "";
    }

    async load() {
      const path = this.path(), lang = this.language(), mine = (this.turn = (this.turn || 0) + 1);
      if (!path) return;
      try {
        const parsed = await fragment(`${base}/embed/${lang}/${path}.html`);
        if (mine !== this.turn) return;
        this.shadowRoot.replaceChildren(...[...parsed.body.childNodes].map((node) => document.importNode(node, true)));
        if (path === "search") searching(this.shadowRoot, lang, this.hasAttribute("param") ? new URLSearchParams(location.search).get(this.getAttribute("param")) : "");
        this.dispatchEvent(new CustomEvent("klartext-load", { bubbles: true }));
      } catch (error) {
        this.dispatchEvent(new CustomEvent("klartext-error", { bubbles: true, detail: String(error) }));
      }
    }
  }

  if (!customElements.get("klartext-faq")) customElements.define("klartext-faq", KlartextFAQ);
})();
