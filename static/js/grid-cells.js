// The cells of the sheet: pairs of two numbers that belong to one row and period, what stands in them, and how that looks.
const ICONS = { saving: "wait", saved: "check", failed: "sync", invalid: "bad", unusual: "warn", conflict: "bad", reason: "bad" };
const TONES = { saving: "wait", saved: "ok", failed: "fail", invalid: "bad", unusual: "warned", conflict: "bad", reason: "bad" };
const LOOKS = { saving: "is-saving", saved: "is-saved", failed: "is-failed", invalid: "is-bad", unusual: "is-warned", conflict: "is-bad", reason: "is-bad" };
const FADES = 3000;
export const BOTH = ["numerator", "denominator"];

export function readSheet(root) {
  const table = root.querySelector("table");
  const sheet = { root, table, pairs: new Map(), words: wordsOf(root), sprite: spriteOf(root) };
  table.setAttribute("role", "grid");
  for (const cell of table.querySelectorAll("[data-cell]")) addCell(sheet, cell);
  sheet.cells = () => [...table.querySelectorAll("[data-cell]")].filter((cell) => cell.offsetParent !== null);
  sheet.pairOf = (cell) => sheet.pairs.get(nameOf(cell.dataset));
  sheet.paint = (pair) => paint(sheet, pair);
  sheet.count = () => count(sheet);
  sheet.say = (text) => (root.querySelector("[data-voice]").textContent = text);
  sheet.template = (name) => root.querySelector(`[data-template="${name}"]`).content.firstElementChild.cloneNode(true);
  sheet.icon = (name, tone) => icon(sheet.sprite, name, tone);
  return sheet;
}

export const nameOf = ({ measure, stratum, start }) => `${measure}|${stratum}|${start}`;

// What the texts of a pair are now: typed and not saved yet, or as the server has them.
export function textsOf(pair) {
  return pair.draft ?? { numerator: pair.now.numerator, denominator: pair.now.denominator, state: pair.now.stateful ? pair.now.state : "" };
}

// What an editor opens with: a text nobody has touched may be a mean of many decimals, of which few are shown.
export function editText(pair, which) {
  const text = textsOf(pair)[which];
  return text === pair.now[which] ? (pair.now[`edit_${which}`] ?? text) : text;
}

function addCell(sheet, cell) {
  const name = nameOf(cell.dataset);
  if (!sheet.pairs.has(name)) sheet.pairs.set(name, newPair(name, cell));
  const pair = sheet.pairs.get(name);
  const which = cell.dataset.cell;
  pair.cells[which] = cell;
  pair.now[which] = cell.dataset.text;
  pair.now[`edit_${which}`] = cell.dataset.edit ?? cell.dataset.text;
  pair.now[`shown_${which}`] = cell.firstChild?.nodeType === Node.TEXT_NODE ? cell.firstChild.textContent.trim() : "";
  cell.setAttribute("role", "gridcell");
  cell.tabIndex = -1;
  cell.removeAttribute("title"); // the tip says it, also to the keyboard
  if ("shut" in cell.dataset) cell.setAttribute("aria-readonly", "true");
}

function newPair(name, cell) {
  const { measure, stratum, start, state, seen, doubt } = cell.dataset;
  const value = cell.parentElement.cells[cell.cellIndex + 2];
  const now = { numerator: "", denominator: "", shown_numerator: "", shown_denominator: "", state };
  now.value = value.querySelector("a")?.textContent.trim() ?? "";
  now.stateful = cell.classList.contains("is-none");
  now.incomplete = value.querySelector("a")?.hasAttribute("data-incomplete") ?? false;
  const title = cell.dataset.name.split(", ").slice(0, -1).join(", ");
  return { name, measure, stratum, start, title, value, row: cell.parentElement, cells: {}, now, seen: Number(seen), draft: null, status: doubt ? "unusual" : "", say: doubt ? { numerator: doubt } : {}, edits: 0 };
}

function paint(sheet, pair) {
  const texts = pair.draft;
  const stateful = texts ? Boolean(texts.state) : pair.now.stateful;
  for (const which of BOTH) {
    const cell = pair.cells[which];
    if (!cell || cell.querySelector("input")) continue;
    const mine = pair.say[which] || !Object.keys(pair.say).length || which === "numerator";
    cell.className = lookOf(cell, pair.status && mine ? LOOKS[pair.status] : "", stateful, !texts && pair.now.incomplete && !pair.now[which]);
    cell.replaceChildren(texts ? editText(pair, which) : pair.now[`shown_${which}`]);
    if (pair.say[which] || pair.status === "invalid") cell.setAttribute("aria-invalid", String(pair.status === "invalid"));
    else cell.removeAttribute("aria-invalid");
  }
  mark(sheet, pair);
  paintValue(sheet, pair);
  if (pair.status === "saved") fade(sheet, pair);
}

function lookOf(cell, look, stateful, incomplete) {
  const kept = ["n", cell.classList.contains("old") && "old", cell.classList.contains("is-calc") && "is-calc"];
  return [...kept, look, stateful && "is-none", incomplete && "is-incomplete"].filter(Boolean).join(" ");
}

function mark(sheet, pair) {
  const cell = pair.cells.numerator;
  if (!pair.status || cell.querySelector("input")) return;
  const words = document.createElement("span");
  words.className = "q-hide";
  words.textContent = ` ${sheet.words[pair.status] ?? ""}`;
  cell.prepend(sheet.icon(ICONS[pair.status], TONES[pair.status]));
  cell.append(words);
}

function paintValue(sheet, pair) {
  const link = pair.value.querySelector("a");
  if (!link) return;
  const words = pair.draft ? (pair.status === "invalid" ? "?" : "") : pair.now.value;
  link.replaceChildren(words || sheet.icon("plus", ""));
  link.setAttribute("aria-label", `${pair.title}: ${words || sheet.words.enter}`);
}

function fade(sheet, pair) {
  const at = pair.edits;
  setTimeout(() => {
    if (pair.status !== "saved" || pair.edits !== at) return;
    pair.status = "";
    sheet.paint(pair);
  }, FADES);
}

function count(sheet) {
  const pairs = [...sheet.pairs.values()];
  const numbers = { saved: pairs.filter((pair) => pair.seen && ["", "saved"].includes(pair.status) && !pair.now.incomplete).length };
  for (const status of ["saving", "failed", "unusual", "invalid"]) numbers[status] = pairs.filter((pair) => pair.status === status).length;
  numbers.asked = pairs.filter((pair) => ["conflict", "reason"].includes(pair.status)).length;
  numbers.incomplete = pairs.filter((pair) => pair.now.incomplete && !pair.draft).length;
  for (const part of sheet.root.querySelectorAll("[data-count]")) {
    const number = numbers[part.dataset.count];
    part.querySelector("b").textContent = number;
    part.hidden = !number && part.dataset.count !== "saved";
  }
}

export function wordsOf(root) {
  return Object.fromEntries([...root.querySelectorAll("[data-word]")].map((item) => [item.dataset.word, item.textContent]));
}

const spriteOf = (root) => root.querySelector("[data-count] use").getAttribute("href").split("#")[0];

function icon(sprite, name, tone) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  drawing.setAttribute("class", tone ? `st ${tone}` : "q-i");
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#${name}`);
  drawing.append(use);
  return drawing;
}
