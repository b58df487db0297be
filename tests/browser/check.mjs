// Opens a built book in Chromium: every link of its pages lands, no page is wider than a phone, axe finds nothing
// serious in the text of the pages, in any theme, and search finds what archdoc wrote.
//
//     node check.mjs BOOK PLAIN SCREENSHOTS
//
// BOOK is the folder that mdBook built, PLAIN the same book built with `enrich = false`: what axe finds there is mdBook's
// own or its authors'. SCREENSHOTS gets a picture of each generated page in each theme, at the width
// of a phone, and as it is printed. The browser is the one that CHROMIUM names, else `chromium`.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import puppeteer from "puppeteer-core";

const [book, plain, pictures] = process.argv.slice(2);
if (!book || !plain || !pictures) {
  console.error("usage: node check.mjs BOOK PLAIN SCREENSHOTS");
  process.exit(2);
}
const themes = ["light", "rust", "coal", "navy", "ayu"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const failures = [];
let passed = 0;

function expect(what, faults) {
  if (faults.length === 0) {
    passed += 1;
  } else {
    failures.push(`${what}:\n  ${faults.join("\n  ")}`);
  }
}

function pagesOf(folder, prefix = "") {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = prefix + entry.name;
    if (entry.isDirectory()) return pagesOf(join(folder, entry.name), `${path}/`);
    return entry.name.endsWith(".html") && !["toc.html", "404.html"].includes(path) ? [path] : [];
  });
}

// Search and themes need an origin, which a file has not.
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  try {
    const bytes = path.startsWith("/plain/") ? readFileSync(join(plain, path.slice(7))) : readFileSync(join(book, path));
    response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const executablePath = process.env.CHROMIUM ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--force-color-profile=srgb"] });
mkdirSync(pictures, { recursive: true });
const page = await browser.newPage();

async function open(path, { width = 1300 } = {}) {
  await page.setViewport({ width, height: 900 });
  await page.goto(`${origin}/${path}`, { waitUntil: "load" });
  // A theme fades in; colours are read when it has.
  await page.addStyleTag({ content: "*, *::before, *::after { transition: none !important; }" });
}

async function wear(theme) {
  await page.evaluate((all, theme) => {
    document.documentElement.classList.remove(...all);
    document.documentElement.classList.add(theme);
  }, themes, theme);
}

async function picture(name) {
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true, optimizeForSpeed: true });
}

const pages = pagesOf(book).sort();
// What archdoc made: its pages and its lines in documents are known by these words.
const isOurs = () => /archdoc: \w+|Computed by archdoc|Review progress/.test(document.querySelector("main").innerHTML);
const ours = [];
const idsOf = new Map();
const linksOf = new Map();
for (const path of pages) {
  await open(path);
  if (await page.evaluate(isOurs)) ours.push(path);
  idsOf.set(path, new Set(await page.$$eval("[id]", (all) => all.map((one) => one.id))));
  linksOf.set(path, await page.$$eval("main a[href]", (all) => all.map((one) => one.href)));
}
expect("the book has pages that archdoc wrote into", ours.length > 1 ? [] : [`only ${ours}`]);

for (const path of ours) {
  const dead = linksOf.get(path).filter((href) => {
    const url = new URL(href);
    if (url.origin !== origin) return false;
    const target = decodeURIComponent(url.pathname).slice(1) || "index.html";
    const ids = idsOf.get(target);
    return !ids || (url.hash && !ids.has(decodeURIComponent(url.hash.slice(1))));
  });
  expect(`${path}: links that lead nowhere`, [...new Set(dead)]);
}

// How links look in a sentence is mdBook's style sheet's alone.
const rules = { "link-in-text-block": { enabled: false } };
const looked = { rules, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], resultTypes: ["violations"] };
// A theme changes nothing but colours: what has none to do with them is asked in the first one alone.
const coloured = { runOnly: { type: "rule", values: ["color-contrast"] }, resultTypes: ["violations"] };
// What axe finds grave in the page: its rule with the colours or the element, the same for the same fault elsewhere.
async function graveFaults(theme) {
  await wear(theme);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate((options) => axe.run("main", options), theme === themes[0] ? looked : coloured);
  const grave = violations.filter((one) => ["serious", "critical"].includes(one.impact));
  return grave.flatMap(({ id, nodes }) =>
    nodes.map(({ any, html }) => {
      const { fgColor = "", bgColor = "" } = any[0]?.data ?? {};
      const what = fgColor ? `${fgColor} on ${bgColor}` : html.match(/^<\w+/)?.[0];
      return { kind: `${id} ${what}`, html: html.slice(0, 160) };
    }),
  );
}

// The same faults in pages that archdoc did not touch.
const known = new Set();
for (const path of pagesOf(plain).filter((path) => path !== "print.html" && path !== "index.html")) {
  await open(`plain/${path}`);
  for (const theme of themes) {
    for (const { kind } of await graveFaults(theme)) known.add(kind);
  }
}

for (const path of ours.filter((path) => path !== "print.html")) {
  const name = path.replace(/\W+/g, "-").replace(/-html$/, "");
  await open(path);
  for (const theme of themes) {
    const faults = (await graveFaults(theme)).filter(({ kind }) => !known.has(kind));
    expect(`${path} in ${theme}: axe`, faults.map(({ kind, html }) => `${kind}: ${html}`));
    await picture(`${name}-${theme}`);
  }
  await page.emulateMediaType("print");
  await picture(`${name}-print`);
  await page.emulateMediaType(null);
  await open(path, { width: 390 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(`${path} at 390 pixels: wider than the screen`, wide > 0 ? [`by ${wide} pixels`] : []);
  await picture(`${name}-390`);
}

// The page with all of the book holds what each page holds.
if (pages.includes("print.html")) {
  await open("print.html");
  const all = await page.evaluate(() => document.querySelector("main").textContent);
  for (const path of ours.filter((path) => path !== "print.html" && path !== "index.html")) {
    await open(path);
    const cells = await page.$$eval("main td", (all) => all.map((one) => one.textContent));
    expect(`${path}: cells that the print page lacks`, cells.filter((cell) => !all.includes(cell)));
  }
}

// Search finds a word that stands nowhere but in what archdoc wrote.
const wanted = process.env.ARCHDOC_SEARCH ?? "attention";
await open(`index.html?search=${encodeURIComponent(wanted)}`);
await page.waitForSelector("#mdbook-searchresults li a, #searchresults li a", { timeout: 10_000 }).then(
  () => expect(`search finds "${wanted}"`, []),
  () => expect(`search finds "${wanted}"`, ["no result"]),
);

await browser.close();
server.close();
for (const failure of failures) console.log(failure);
console.log(`${pages.length} pages, ${ours.length} with text of archdoc; pictures in ${pictures}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
