// The site that is looked at: the demo in a folder of its own, and what the demo lacks.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const program = resolve(import.meta.dirname, "../../bin/klartext");

// A port that nobody listens on.
function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

// Starts the demo site; its stop() ends the program and removes its folder.
export async function startSite() {
  const data = mkdtempSync(join(tmpdir(), "klartext-audit-"));
  const listen = `127.0.0.1:${await freePort()}`;
  const run = (...args) => execFileSync(program, [...args, "--data", data, "--listen", listen], { encoding: "utf8" });
  run("demo");
  const token = run("token", "add", "audit", "--user", "admin@example.org").trim().split(/\s+/).find((word) => word.startsWith("klartext_"));
  const child = spawn(program, ["serve", "--data", data, "--listen", listen, "--log", "error"], { stdio: ["ignore", "ignore", "inherit"] });
  const stop = () => new Promise((done) => {
    child.once("exit", () => { rmSync(data, { recursive: true, force: true }); done(); });
    child.kill("SIGINT");
  });
  const base = `http://${listen}`;
  try {
    await ready(base);
    return { base, stop, receipts: await complete(base, token) };
  } catch (problem) {
    await stop();
    throw problem;
  }
}

async function ready(base) {
  for (let left = 100; left > 0; left--) {
    const answer = await fetch(base + "/readyz").catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  throw new Error(`${base} did not become ready`);
}

// What the demo lacks: a text in German only, and questions in each state.
async function complete(base, token) {
  const call = async (method, path, body) => {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : {};
  };
  await call("PATCH", "/settings", { approvals_required: 0, show_language_lag: true });
  await germanOnly(call);
  return questions(call);
}

async function germanOnly(call) {
  const topic = (await call("GET", "/topics")).items.find((one) => one.slug === "visiting");
  const entry = await call("POST", "/entries", { kind: "entry", slug: "guest-wifi", topic: topic.id });
  const revision = await call("POST", `/entries/${entry.id}/revisions`, {
    lang: "de", title: "Was speichert das WLAN im Laden?",
    short_answer: "Wir speichern nicht, wer das WLAN im Laden nutzt. Ihr Gerät bekommt eine Nummer, die abends gelöscht wird.",
    body: "Für das WLAN brauchen Sie kein Konto. Wir sehen nicht, welche Seiten Sie öffnen, z. B. die Ihrer Bank.\n\nDer „Gast-Zugang“ endet um 20 Uhr.",
  });
  const change = await call("POST", "/changes", {
    title: { de: "Neu: das WLAN im Laden", en: "New: the Wi-Fi in the shop" }, materiality: "editorial",
    why: { de: "Sie haben danach gefragt.", en: "You asked about it." }, revisions: [revision.id],
  });
  await call("POST", `/changes/${change.id}/submit`, {});
  await call("POST", `/changes/${change.id}/publish`, {});
}

// Asks three questions in each language: one stays new, one is answered, one is closed with a word.
async function questions(call) {
  const about = (await call("GET", "/entries?limit=100")).items.find((one) => one.slug === "payment").id;
  const receipts = {};
  for (const [lang, texts, word] of [
    ["de", { open: "Kann ich auch bar bezahlen, ohne dass Sie meinen Namen erfahren?", answered: "Wer sieht die Nummer meiner Karte?", closed: "Wie lange merkt sich meine Bank, was ich kaufe?" },
      "Das weiß nur Ihre Bank.\nFragen Sie am besten dort."],
    ["en", { open: "Can I pay in cash, so that you never learn my name?", answered: "Who gets to see the number of my card?", closed: "How long does my bank remember what I buy?" },
      "Only your bank knows.\nIt is best to ask there."],
  ]) {
    receipts[lang] = {};
    for (const [state, text] of Object.entries(texts)) {
      const asked = await call("POST", "/questions", { lang, text, about });
      receipts[lang][state] = asked.receipt;
      const { id } = (await call("GET", "/questions")).items.find((one) => one.text === text);
      if (state === "answered") await call("POST", `/questions/${id}/answer`, { entry: about, lang, version: 1 });
      if (state === "closed") await call("POST", `/questions/${id}/close`, { word });
    }
  }
  return receipts;
}
