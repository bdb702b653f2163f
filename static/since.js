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
  const show = (name, on) => box.querySelectorAll(`[data-when="${name}"]`).forEach((part) => { part.hidden = !on; });

  // last: when the visit before began to end; seen: when this page was last open.
  const draw = (visit) => {
    let news = 0;
    document.querySelectorAll("#list > [data-at]").forEach((row) => {
      const fresh = Boolean(visit && visit.last && Number(row.dataset.at) > visit.last);
      row.querySelector("[data-new]").hidden = !fresh;
      if (fresh) news++;
    });
    show("off", !visit);
    show("on", Boolean(visit));
    show("first", Boolean(visit && !visit.last));
    show("again", Boolean(visit && visit.last));
    show("none", news === 0);
    show("some", news > 0);
    if (visit && visit.last) {
      const day = new Date(visit.last);
      const time = box.querySelector("time");
      time.dateTime = day.toISOString();
      time.textContent = day.toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    }
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
  box.addEventListener("click", (event) => {
    const act = event.target.dataset.do;
    if (act === "remember") {
      visit = { seen: Date.now(), last: 0 };
      if (!write(visit)) return;
    } else if (act === "forget") {
      store.removeItem(key);
      visit = null;
    } else {
      return;
    }
    draw(visit);
    box.querySelector(`[data-do="${act === "remember" ? "forget" : "remember"}"]`).focus();
  });
})();
