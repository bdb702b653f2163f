// "Since your last visit" on the page of changes. Nothing is stored before the
// reader asks, nothing is sent anywhere, and forgetting takes it all away.
// @stores-on-request
(() => {
  "use strict";
  const box = document.getElementById("visit");
  const key = "klartext.visit";
  const pause = 30 * 60 * 1000; // reading on within half an hour is the same visit
  let store;
  try {
    store = window.localStorage;
  } catch {
    return; // the browser keeps nothing: the offer stays hidden
  }
  if (!box || !store) return;

  const read = () => {
    try {
      const v = JSON.parse(store.getItem(key));
      return v && Number.isFinite(v.seen) && Number.isFinite(v.last) ? v : null;
    } catch {
      return null;
    }
  };
  const write = (visit) => {
    try {
      store.setItem(key, JSON.stringify(visit));
      return true;
    } catch {
      return false;
    }
  };
  const words = box.dataset;
  const element = (tag, properties, ...inside) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...inside);
    return made;
  };
  const said = element("div", { role: "status" });
  const button = element("button", { type: "button", className: "quiet" });
  box.append(element("h2", {}, words.title), element("div", {}, said, element("p", { className: "under" }, button)));

  // Marks the rows that came after a moment, none for 0, and counts them.
  const mark = (after) => {
    let news = 0;
    document.querySelectorAll("#list > [data-at]").forEach((row) => {
      row.querySelector("[data-new]")?.remove();
      if (!after || Number(row.dataset.at) <= after) return;
      const here = element("span", {}, " · ", element("strong", {}, words.mark));
      here.dataset.new = "";
      row.querySelector(".small").append(here);
      news++;
    });
    return news;
  };

  // last: when the visit before began to end; seen: when this page was last open.
  const draw = (visit) => {
    const news = mark(visit && visit.last);
    if (visit && visit.last) {
      const day = new Date(visit.last);
      const time = element("time", { dateTime: day.toISOString() }, day.toLocaleDateString(document.documentElement.lang, { dateStyle: "long" }));
      said.replaceChildren(element("p", {}, words.last, " ", time, ". ", news ? words.some : words.none));
    } else {
      said.replaceChildren(element("p", {}, visit ? words.first : words.offer));
    }
    button.textContent = visit ? words.forget : words.remember;
    button.dataset.do = visit ? "forget" : "remember";
    box.hidden = false;
  };

  let visit = read();
  if (visit) {
    const now = Date.now();
    if (now - visit.seen > pause) visit.last = visit.seen;
    visit.seen = now;
    write(visit);
  }
  draw(visit);
  button.addEventListener("click", () => {
    if (visit) {
      store.removeItem(key);
      visit = null;
    } else {
      const asked = { seen: Date.now(), last: 0 };
      if (!write(asked)) return;
      visit = asked;
    }
    draw(visit);
  });
})();
