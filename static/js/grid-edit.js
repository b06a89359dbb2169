// Keyboard and pointer: one cell has the focus, arrows move it, typing edits it, leaving a pair of cells saves it.
import { editText, textsOf } from "./grid-cells.js";

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function attachEditing(sheet) {
  const { table } = sheet;
  let at = sheet.cells().find((cell) => !("shut" in cell.dataset) && !cell.dataset.text && cell.dataset.state === "") ?? sheet.cells()[0];
  at.tabIndex = 0;
  sheet.at = () => at;
  const go = (cell) => {
    leave(cell);
    if (cell !== at) sheet.say("");
    at.tabIndex = -1;
    at = cell;
    at.tabIndex = 0;
  };
  sheet.focus = (cell) => {
    go(cell);
    at.focus();
    at.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  // A pair is saved when the focus leaves both its cells: a new count is never judged by the old "out of".
  function leave(next) {
    const pair = sheet.pairOf(at);
    if (pair.dirty && !(next && sheet.pairOf(next) === pair)) sheet.save(pair);
  }

  // As in a spreadsheet: Enter after a run of Tab goes down to the column where the run began.
  let began = null;
  const move = (rows, columns, { run = false, back = false } = {}) => {
    const to = columns ? beside(sheet, at, columns) : above(sheet, back && began ? began : at, rows);
    began = run ? (began?.parentElement === at.parentElement ? began : at) : null;
    if (to) sheet.focus(to);
    else leave(null);
    return Boolean(to);
  };

  function edit(text) {
    if ("shut" in at.dataset) return sheet.shut(at);
    const input = document.createElement("input");
    const cell = at;
    input.value = text ?? editText(sheet.pairOf(cell), cell.dataset.cell);
    input.setAttribute("aria-label", cell.dataset.name);
    input.inputMode = "decimal";
    input.autocomplete = "off";
    cell.replaceChildren(input);
    cell.classList.add("is-edit");
    input.focus();
    if (text === undefined) input.select();
    input.addEventListener("keydown", (event) => keyInEditor(event, input));
    input.addEventListener("blur", () => close(input, true));
  }

  function close(input, keepText) {
    const cell = input.closest("td");
    if (!cell || input.dataset.closed) return;
    input.dataset.closed = "1";
    const pair = sheet.pairOf(cell);
    const text = input.value.trim();
    input.remove();
    if (keepText) sheet.put(cell, text);
    sheet.paint(pair);
  }

  // Puts a text into a cell; a pair that was a state becomes numbers again.
  sheet.put = (cell, text) => {
    const pair = sheet.pairOf(cell);
    const texts = textsOf(pair);
    if ([texts[cell.dataset.cell], editText(pair, cell.dataset.cell)].includes(text)) return;
    sheet.change(pair, { ...texts, [cell.dataset.cell]: text, state: "" });
  };

  function keyInEditor(event, input) {
    if (event.key === "Escape") {
      close(input, false);
      sheet.focus(at);
    } else if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "ArrowUp") {
      const up = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
      if (event.altKey) return;
      close(input, true);
      if (!move(up ? -1 : 1, 0, { back: event.key === "Enter" })) at.focus();
    } else if (event.key === "Tab") {
      close(input, true);
      if (!move(0, event.shiftKey ? -1 : 1, { run: true })) return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  table.addEventListener("keydown", (event) => {
    if (event.target !== at) return;
    if (key(event)) event.preventDefault();
  });

  function key(event) {
    const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.altKey && event.key === "ArrowDown") return sheet.openStates(at) ?? true;
    if (event.altKey && event.key === "Enter") return sheet.openBeside(at) ?? true;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") return sheet.undo() ?? true;
    if (event.key in MOVES && !event.altKey) return event.ctrlKey || event.metaKey ? edge(event.key) : (move(...MOVES[event.key]), true);
    if (!bare) return false;
    return plainKey(event);
  }

  function plainKey(event) {
    switch (event.key) {
      case "Enter":
        return move(event.shiftKey ? -1 : 1, 0, { back: true }) || true;
      case "Tab":
        return move(0, event.shiftKey ? -1 : 1, { run: true });
      case "Home":
      case "End":
        return edge(event.key === "Home" ? "ArrowLeft" : "ArrowRight");
      case "F2":
        return edit() ?? true;
      case "Delete":
      case "Backspace":
        return empty() ?? true;
      case "Escape":
        if (sheet.pairOf(at).draft) sheet.revert(sheet.pairOf(at));
        return true;
      case "?":
        return document.getElementById("all-keys").showPopover() ?? true;
      default:
        return event.key.length === 1 && event.key !== " " ? (edit(event.key) ?? true) : false;
    }
  }

  function edge(name) {
    const [rows, columns] = MOVES[name];
    for (let guard = 0; guard < 2000; guard += 1) {
      const to = columns ? inRow(sheet, at, columns) : above(sheet, at, rows);
      if (!to) break;
      sheet.focus(to);
    }
    return true;
  }

  function empty() {
    if ("shut" in at.dataset) return sheet.shut(at);
    const pair = sheet.pairOf(at);
    const texts = textsOf(pair);
    sheet.change(pair, { ...texts, [at.dataset.cell]: "", state: "" });
    sheet.save(pair);
  }

  table.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell || event.target.matches("input")) return;
    event.preventDefault();
    began = null;
    const again = cell === at && document.activeElement === at;
    sheet.focus(cell);
    if (again || event.pointerType === "touch") edit();
  });
  table.addEventListener("dblclick", (event) => {
    if (event.target === at) edit();
  });
  table.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-cell]") && event.target !== at) go(event.target); // a reader moved the focus itself
  });
  table.addEventListener("focusout", (event) => {
    if (!table.contains(event.relatedTarget)) setTimeout(() => table.contains(document.activeElement) || leave(null));
  });
  addEventListener("pagehide", () => leave(null));
}

function rowsOf(sheet) {
  return [...sheet.table.querySelectorAll("[data-row]")];
}

function above(sheet, cell, step) {
  const rows = rowsOf(sheet);
  const pair = sheet.pairOf(cell);
  const row = rows[rows.indexOf(pair.row) + step];
  if (!row) return null;
  const other = [...row.cells].find((one) => one.cellIndex === cell.cellIndex);
  return other && "cell" in other.dataset ? other : row.cells[cell.cellIndex - 1];
}

function inRow(sheet, cell, step) {
  const cells = sheet.cells().filter((one) => one.parentElement === cell.parentElement);
  return cells[cells.indexOf(cell) + step] ?? null;
}

function beside(sheet, cell, step) {
  const cells = sheet.cells();
  return cells[cells.indexOf(cell) + step] ?? null;
}
