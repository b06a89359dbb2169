// What stands beside the table: the name of the focused cell, what a score means, and what can be done with the row.
import { nameOf } from "./sheet-cells.js";

export function attachBeside(sheet) {
  const { root, table } = sheet;
  const panel = root.querySelector("[data-panel]");
  const ordered = panel.dataset.ordered.split(" "); // the others stand in an order of their own: of risk, of time
  const part = (name) => panel.querySelector(`[data-beside="${name}"]`);
  const acts = part("acts");

  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest(".q-c");
    if (cell) show(cell);
  });

  function show(cell) {
    const { name, section, column, axis } = cell.dataset;
    part("name").textContent = name;
    part("hint").textContent = axis ? "" : (sheet.words[`hint_${section}_${column}`] ?? "");
    acts.hidden = section === panel.dataset.fixed;
    acts.querySelector('[data-do="remove"]').textContent = sheet.words.remove.replace("{one}", sheet.words[`one_${section}`]);
    for (const deed of ["up", "down"]) acts.querySelector(`[data-do="${deed}"]`).hidden = !ordered.includes(section);
    for (const ladder of panel.querySelectorAll("details")) mark(ladder, cell);
  }

  function mark(ladder, cell) {
    const isMine = ladder.dataset.axis === cell.dataset.axis;
    if (isMine) ladder.open = true;
    const value = sheet.drafts.get(nameOf(cell))?.value ?? cell.dataset.value;
    for (const item of ladder.querySelectorAll("li")) {
      item.classList.toggle("is-on", isMine && item.dataset.score === value);
      item.querySelector("button").disabled = !isMine;
    }
  }

  sheet.toAnchors = () => {
    const ladder = panel.querySelector(`details[data-axis="${sheet.at().dataset.axis}"]`);
    ladder.open = true;
    (ladder.querySelector(".is-on button") ?? ladder.querySelector("button")).focus();
  };

  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const cell = sheet.at();
    if (!button || !cell) return;
    if (button.closest("[data-score]")) {
      sheet.put(cell, button.value);
      sheet.focus(sheet.at());
    }
    const deeds = { up: () => sheet.move(cell, -1), down: () => sheet.move(cell, 1), remove: () => sheet.remove(cell) };
    deeds[button.dataset.do]?.();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") sheet.focus(sheet.at());
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.target.closest("[data-score]")) return;
    event.preventDefault();
    const buttons = [...event.target.closest("ol").querySelectorAll("button")];
    buttons[buttons.indexOf(event.target) + by]?.focus();
  });
}
