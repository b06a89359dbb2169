// Sends cells one after the other; what cannot be sent stays in its cell and in this browser, and goes out later.
import { AGAIN, cameThrough, shelf } from "./sending.js";
import { nameOf, shownOf } from "./sheet-cells.js";

export function attachSaving(sheet) {
  const { root, drafts } = sheet;
  const kept = shelf(`qi-sheet/${root.dataset.person}/${root.dataset.sheet}`);
  const queue = [];
  const undone = [];
  let running = false;
  let orphans = kept.read(); // until resume finds their cells

  sheet.put = (cell, value, { seen = Number(cell.dataset.version), undoing = false } = {}) => {
    const name = nameOf(cell);
    const before = drafts.get(name);
    if (!before && value === cell.dataset.value) return;
    const known = { seen, before: cell.dataset.value, title: cell.dataset.name };
    drafts.set(name, { ...known, ...before, name, value, undoing, status: "saving" });
    send(name);
  };
  sheet.revert = (name) => {
    drafts.delete(name);
    settle(name);
  };
  sheet.again = (name, seen) => {
    drafts.set(name, { ...drafts.get(name), seen, status: "saving" });
    send(name);
  };
  sheet.remember = (deed) => {
    undone.push(deed);
    root.querySelector('[data-do="undo"]').hidden = false;
  };
  sheet.undo = () => {
    const deed = undone.pop();
    if (!undone.length) root.querySelector('[data-do="undo"]').hidden = true;
    sheet.say(deed ? sheet.words.undone : sheet.words.no_undo);
    if (deed?.restore) return sheet.restore(deed.restore);
    const cell = deed && sheet.cellOf(deed.name);
    if (!cell) return;
    sheet.focus(cell);
    sheet.put(cell, deed.before, { undoing: true });
  };
  root.querySelector('[data-do="undo"]').addEventListener("click", sheet.undo);
  // What was typed in a row that somebody removed meanwhile is told, and kept until the row is back.
  sheet.resume = () => {
    const found = orphans.filter((item) => sheet.cellOf(item.name));
    orphans = orphans.filter((item) => !sheet.cellOf(item.name));
    if (orphans.length) sheet.say(sheet.words.gone.replace("{text}", orphans.map((item) => `${item.title}: ${item.value}`).join("; ")));
    for (const item of found) if (!drafts.has(item.name)) {
      drafts.set(item.name, { ...item, status: "saving" });
      send(item.name);
    }
  };
  sheet.settle = settle;

  function settle(name, status) {
    const draft = drafts.get(name);
    if (draft) draft.status = status;
    keep();
    sheet.paint(name);
  }

  function send(name) {
    settle(name, "saving");
    if (!queue.includes(name)) queue.push(name);
    run();
  }

  async function run() {
    if (running) return;
    running = true;
    while (queue.length) {
      const name = queue.shift();
      if (drafts.has(name) && !(await sent(name))) {
        for (const left of [name, ...queue.splice(0)]) settle(left, "failed");
        sheet.say(sheet.words.failed);
        setTimeout(again, AGAIN);
      }
    }
    running = false;
  }

  async function sent(name) {
    const draft = drafts.get(name);
    const [row, column] = name.split("|");
    let response;
    try {
      response = await sheet.post(root.dataset.cells, { row: Number(row), column, value: draft.value, seen: draft.seen });
    } catch {
      return false;
    }
    if (!cameThrough(root, response)) return false;
    take(name, draft, response.status, await response.json().catch(() => ({})));
    return true;
  }

  function take(name, draft, status, answer) {
    const now = drafts.get(name);
    if (status === 409) return clash(name, answer);
    if (status !== 200) return refuse(name, answer.detail ?? "");
    if (!draft.undoing) sheet.remember({ name, before: draft.before });
    if (now && now !== draft && now.value !== answer.value) return later(name, now, answer);
    drafts.delete(name);
    settle(name);
    sheet.apply(answer);
    sheet.say(sheet.words.saved);
  }

  function later(name, now, answer) {
    sheet.apply(answer);
    drafts.set(name, { ...now, seen: answer.version, before: answer.value });
    send(name); // typed on meanwhile
  }

  function refuse(name, message) {
    settle(name, "invalid");
    sheet.say(message);
  }

  function clash(name, answer) {
    settle(name, "conflict");
    sheet.say(answer.detail);
    sheet.askConflict(name, answer);
  }

  function again() {
    for (const [name, draft] of drafts) if (draft.status === "failed") send(name);
  }
  addEventListener("online", again);

  function keep() {
    kept.write([...orphans, ...[...drafts.values()].map(({ name, value, seen, before, title }) => ({ name, value, seen, before, title }))]);
  }

  sheet.askConflict = (name, answer) => askConflict(sheet, name, answer);
}

// Both values stand below the line until somebody chooses; nothing is lost.
function askConflict(sheet, name, answer) {
  const cell = sheet.cellOf(name);
  if (!cell) return;
  for (const old of sheet.table.querySelectorAll(`[data-asks="${name}"]`)) old.remove();
  const row = sheet.template("conflict");
  const box = row.querySelector(".q-clash");
  const slot = (part) => row.querySelector(`[data-slot="${part}"]`);
  row.dataset.asks = box.dataset.asks = name;
  slot("name").textContent = cell.dataset.name;
  slot("words").textContent = answer.detail;
  slot("mine").textContent = meant(sheet, cell, sheet.drafts.get(name).value);
  slot("theirs").textContent = meant(sheet, cell, answer.theirs);
  slot("who").textContent = [answer.by || sheet.words.theirs, answer.at].filter(Boolean).join(", ");
  const closed = (deed) => () => {
    row.remove();
    box.remove();
    deed();
    const back = sheet.cellOf(name);
    if (back) sheet.focus(back);
  };
  row.querySelector('[data-act="mine"]').addEventListener("click", closed(() => sheet.again(name, answer.version)));
  row.querySelector('[data-act="theirs"]').addEventListener("click", closed(() => {
    sheet.revert(name);
    sheet.poll(0);
  }));
  const line = lineOf(cell);
  if (line.matches("tr")) line.after(row);
  else line.append(box);
  sheet.asked.set(name, answer);
}

// A score with the words of its anchor, so that both can be weighed.
function meant(sheet, cell, value) {
  const words = sheet.root.querySelector(`details[data-axis="${cell.dataset.axis}"] [data-score="${value}"] span`);
  return [shownOf(sheet, cell, value), words?.textContent].filter(Boolean).join(" – ");
}

// What the conflict stands below: the last line of a table that the cell spans, so that no span is broken.
function lineOf(cell) {
  const line = cell.closest("tr, [data-line]");
  const { mode } = line.dataset;
  return mode ? [...cell.closest("tbody").querySelectorAll(`[data-mode="${mode}"]`)].at(-1) : line;
}
