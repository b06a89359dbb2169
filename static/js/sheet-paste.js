// What is pasted into the focused cell: one text goes into it; a block from a spreadsheet goes to the page that shows
// first where each row would stand. In an open editor a paste is a paste.
import { choicesOf } from "./sheet-cells.js";

const FIRST = { step: "step", mode: "mode", effect: "effect", cause: "cause", control: "control" };

export function attachPaste(sheet) {
  const { root, table } = sheet;
  const form = root.querySelector("[data-paste-form]");

  table.addEventListener("paste", (event) => {
    const cell = event.target.closest(".q-c");
    const isEditor = Boolean(event.target.closest(".q-ce"));
    const text = event.clipboardData.getData("text/plain").replace(/[\r\n]+$/, "");
    if (!text || (isEditor && !text.includes("\t"))) return;
    event.preventDefault();
    if (/[\t\n\r]/.test(text)) preview(sheet.at(), text);
    else if (cell) sheet.put(cell, chosen(cell, text.trim()));
  });

  function preview(cell, text) {
    if (!form) return sheet.put(cell, text);
    form.elements.text.value = text;
    form.elements.first.value = firstOf(cell, text);
    form.elements.below.value = belowOf(cell);
    form.requestSubmit();
  }

  // A block with the whole table begins with its step or mode, wherever it is pasted; a narrow one with the focused column.
  function firstOf(cell, text) {
    const width = Math.max(...text.split(/\r\n|\r|\n/).map((line) => line.split("\t").length));
    const { section, column } = cell.dataset;
    return width > 6 ? "" : column === "text" ? FIRST[section] : column;
  }

  // Rows that name no step go to where the focus is: the mode of a cause or an effect, else the step.
  function belowOf(cell) {
    const { section, row } = cell.dataset;
    const line = cell.closest("tr");
    return section === "step" ? row : section === "mode" ? cell.closest("tbody").dataset.step : line.dataset.mode;
  }

  // A choice may be pasted by its words.
  function chosen(cell, text) {
    if (cell.dataset.kind !== "choice") return text;
    const options = [...choicesOf(sheet, cell).querySelectorAll("option")];
    return options.find((option) => option.textContent.toLowerCase() === text.toLowerCase())?.value ?? text;
  }
}
