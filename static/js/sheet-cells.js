// The cells of a worksheet: one for each row and column, what is typed in it and not saved yet, and how that looks.
import { wordsOf } from "./grid-cells.js";
import { posting } from "./sending.js";

const LOOKS = { saving: "is-saving", failed: "is-failed", invalid: "is-bad", conflict: "is-clash" };

export const nameOf = (cell) => `${cell.dataset.row}|${cell.dataset.column}`;

export function readSheet(root) {
  const table = root.querySelector("[data-table]");
  const sheet = { root, table, drafts: new Map(), editor: null, words: wordsOf(root), served: new WeakMap() };
  const voice = root.querySelector("[data-voice]");
  sheet.cells = () => [...table.querySelectorAll(".q-c")].filter((cell) => cell.offsetParent !== null);
  sheet.cellOf = (name) => {
    const [row, column] = name.split("|");
    return table.querySelector(`.q-c[data-row="${row}"][data-column="${column}"]`);
  };
  sheet.say = (text) => voice && (voice.textContent = text);
  sheet.template = (name) => root.querySelector(`[data-template="${name}"]`).content.firstElementChild.cloneNode(true);
  sheet.post = posting(root);
  sheet.paint = (name) => {
    const cell = sheet.cellOf(name);
    if (cell) paint(sheet, cell, sheet.drafts.get(name));
    count(sheet);
  };
  sheet.refresh = () => {
    for (const name of sheet.drafts.keys()) sheet.paint(name);
    count(sheet);
  };
  return sheet;
}

// What a value looks like in its cell: a choice is shown by its words.
export function shownOf(sheet, cell, value) {
  if (!value) return cell.dataset.kind === "score" ? "–" : (sheet.words.nothing ?? "");
  if (cell.dataset.kind !== "choice") return value;
  const options = choicesOf(sheet, cell).querySelectorAll("option");
  return [...options].find((option) => option.value === value)?.textContent ?? value;
}

export function choicesOf(sheet, cell) {
  const { section, column } = cell.dataset;
  return sheet.root.querySelector(`[data-choices="${section}-${column}"]`).content.firstElementChild.cloneNode(true);
}

function paint(sheet, cell, draft) {
  cell.classList.remove(...Object.values(LOOKS));
  if (!draft) {
    if (sheet.served.has(cell)) cell.innerHTML = sheet.served.get(cell);
    sheet.served.delete(cell);
    return;
  }
  if (!sheet.served.has(cell)) sheet.served.set(cell, cell.innerHTML);
  cell.textContent = shownOf(sheet, cell, draft.value);
  if (LOOKS[draft.status]) cell.classList.add(LOOKS[draft.status]);
}

function count(sheet) {
  const drafts = [...sheet.drafts.values()];
  for (const part of sheet.root.querySelectorAll("[data-count]")) {
    const number = drafts.filter((draft) => draft.status === part.dataset.count).length;
    part.querySelector("b").textContent = number;
    part.hidden = !number;
  }
  const idle = sheet.root.querySelector("[data-status]");
  if (idle) idle.hidden = drafts.length > 0;
}
