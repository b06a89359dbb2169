// Keyboard and pointer: one cell has the focus, arrows move it, typing edits it, digits set a score, leaving it saves it.
import { choicesOf, nameOf } from "./sheet-cells.js";

export function attachEditing(sheet) {
  const { table } = sheet;
  let at = "";

  sheet.at = () => sheet.cellOf(at);
  sheet.findPlace = (cell = sheet.cellOf(at) ?? sheet.cells()[0]) => {
    for (const other of table.querySelectorAll('.q-c:not([tabindex="-1"])')) other.tabIndex = -1;
    if (!cell) return;
    at = nameOf(cell);
    cell.tabIndex = 0;
  };
  sheet.focus = (cell, { quiet = false } = {}) => {
    sheet.findPlace(cell);
    cell.focus({ preventScroll: quiet });
    if (!quiet) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  sheet.findPlace();

  sheet.edit = (cell, text) => {
    const name = nameOf(cell);
    const field = fieldOf(sheet, cell);
    field.value = text ?? sheet.drafts.get(name)?.value ?? cell.dataset.value;
    field.setAttribute("aria-label", cell.dataset.name);
    sheet.editor = { name, field, cell, seen: Number(cell.dataset.version) };
    cell.hidden = true;
    cell.after(field);
    grow(field);
    field.focus();
    if (text === undefined && field.select) field.select();
    field.addEventListener("keydown", keyInEditor);
    field.addEventListener("input", () => grow(field));
    if (field.matches("select")) field.addEventListener("change", () => close(true));
    field.addEventListener("blur", () => sheet.isSwapping || close(true));
  };

  function close(keeps) {
    const { editor } = sheet;
    if (!editor) return null;
    sheet.editor = null;
    const cell = sheet.cellOf(editor.name);
    const hadFocus = document.activeElement === editor.field;
    editor.field.remove();
    cell.hidden = false;
    if (keeps) sheet.put(cell, editor.field.value.trim(), { seen: editor.seen });
    if (hadFocus) sheet.focus(cell, { quiet: true });
    return cell;
  }

  function keyInEditor(event) {
    const isText = event.target.matches("textarea");
    if (event.key === "Escape") close(false);
    else if (event.key === "Enter" && !(isText && (event.shiftKey || event.altKey))) step(close(true), event.shiftKey ? -1 : 1);
    else if (event.key === "Tab") next(close(true), event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".q-c");
    if (cell && event.target === cell && key(event, cell)) event.preventDefault();
  });

  function key(event, cell) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") return sheet.undo() ?? true;
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    switch (event.key) {
      case "ArrowUp":
      case "ArrowDown":
        return step(cell, event.key === "ArrowUp" ? -1 : 1) || true;
      case "ArrowLeft":
      case "ArrowRight":
        return next(cell, event.key === "ArrowLeft" ? -1 : 1) || true;
      case "Enter":
        return step(cell, event.shiftKey ? -1 : 1) || true;
      case "Tab":
        return next(cell, event.shiftKey ? -1 : 1);
      case "F2":
        return sheet.edit(cell) ?? true;
      case "Delete":
      case "Backspace":
        return sheet.put(cell, "") ?? true;
      case "Escape":
        return sheet.revert(nameOf(cell)) ?? true;
      default:
        return event.key.length === 1 && event.key !== " " ? typed(event.key, cell) : false;
    }
  }

  function typed(letter, cell) {
    if (cell.dataset.kind === "choice") return sheet.edit(cell) ?? true;
    if (cell.dataset.kind === "text" || cell.dataset.kind === "moment") return sheet.edit(cell, letter) ?? true;
    if (/[0-9]/.test(letter)) sheet.put(cell, letter === "0" ? "10" : letter);
    else if (letter.toLowerCase() === "a") sheet.toAnchors();
    else sheet.say(sheet.words.score);
    return true;
  }

  // Up and down stay in the column; to the side, and with Tab, every cell is met in reading order.
  function step(cell, by) {
    const { section, column } = cell.dataset;
    return go(cell, sheet.cells().filter((one) => one.dataset.section === section && one.dataset.column === column), by);
  }
  const next = (cell, by) => go(cell, sheet.cells(), by);

  function go(cell, cells, by) {
    const to = cells[cells.indexOf(cell) + by];
    sheet.focus(to ?? cell);
    return Boolean(to);
  }

  table.addEventListener("click", (event) => {
    const cell = event.target.closest(".q-c");
    if (!cell || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (clicked === nameOf(cell) || event.pointerType === "touch") sheet.edit(cell);
    else sheet.focus(cell, { quiet: true });
  });
  let clicked = "";
  table.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest(".q-c");
    clicked = cell && document.activeElement === cell ? nameOf(cell) : "";
  });
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest(".q-c");
    if (cell) sheet.findPlace(cell);
  });
  addEventListener("pagehide", () => close(true));
}

function fieldOf(sheet, cell) {
  const { kind } = cell.dataset;
  if (kind === "choice") return choicesOf(sheet, cell);
  const field = document.createElement(kind === "text" ? "textarea" : "input");
  field.className = kind === "score" ? "q-ce is-score" : "q-ce";
  field.autocomplete = "off";
  if (kind === "score") field.inputMode = "numeric";
  else if (kind === "text") field.rows = 1;
  return field;
}

function grow(field) {
  if (!field.matches("textarea")) return;
  field.rows = 1;
  while (field.scrollHeight > field.clientHeight + 2 && field.rows < 12) field.rows += 1;
}
