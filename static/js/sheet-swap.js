// Puts what the server drew in place of what stands there, and keeps focus, editor and everything typed.
import { nameOf } from "./sheet-cells.js";

export function attachSwapping(sheet) {
  const { root, table } = sheet;
  sheet.sequence = Number(root.dataset.sequence);
  sheet.asked = new Map();
  sheet.isSwapping = false;
  const drawn = new WeakMap();

  sheet.apply = (answer, { whole = false } = {}) => {
    if (!("version" in answer && "head" in answer) || answer.sequence < sheet.sequence) return;
    const held = hold();
    sheet.isSwapping = true;
    for (const [id, html] of Object.entries(answer.groups ?? {})) swap(id, html);
    if (answer.steps) order(answer.steps);
    for (const part of root.ownerDocument.querySelectorAll("[data-part]")) replace(part, answer[part.dataset.part]);
    // A change between ours and the last we know of is still to be fetched.
    if (whole || answer.sequence === sheet.sequence + 1) sheet.sequence = answer.sequence;
    sheet.isSwapping = false;
    sheet.refresh();
    release(held);
    if (sheet.paintHere) sheet.paintHere();
  };

  // A part that is the same as before stays, with all that a reader opened or marked in it.
  function replace(part, html) {
    if (html === undefined || drawn.get(part) === html) return;
    drawn.set(part, html);
    part.innerHTML = html;
  }

  function swap(id, html) {
    const shelf = document.createElement("template");
    shelf.innerHTML = html;
    const fresh = shelf.content.querySelector("tbody");
    const old = document.getElementById(`step-${id}`);
    if (old) old.replaceWith(fresh);
    else table.append(fresh);
  }

  function order(steps) {
    const bodies = new Map([...table.tBodies].map((body) => [Number(body.dataset.step), body]));
    for (const [id, body] of bodies) if (!steps.includes(id)) body.remove();
    const now = [...table.tBodies].map((body) => Number(body.dataset.step));
    if (now.join() !== steps.join()) for (const id of steps) if (bodies.has(id)) table.append(bodies.get(id));
  }

  function hold() {
    const { editor } = sheet;
    const active = document.activeElement;
    const cell = active?.closest?.(".q-c");
    return {
      editor,
      range: editor && "selectionStart" in editor.field ? [editor.field.selectionStart, editor.field.selectionEnd] : null,
      name: cell && table.contains(cell) ? nameOf(cell) : null,
      typing: editor && active === editor.field,
    };
  }

  function release({ editor, range, name, typing }) {
    for (const [asked, answer] of [...sheet.asked]) {
      if (sheet.drafts.get(asked)?.status === "conflict") sheet.askConflict(asked, answer);
      else sheet.asked.delete(asked);
    }
    if (editor) return backToEditor(editor, range, typing);
    const cell = name && sheet.cellOf(name);
    if (cell) sheet.focus?.(cell, { quiet: true });
    else sheet.findPlace?.();
  }

  function backToEditor(editor, range, typing) {
    const cell = sheet.cellOf(editor.name);
    if (!cell) {
      sheet.editor = null;
      sheet.findPlace();
      return sheet.say(sheet.words.gone.replace("{text}", editor.field.value));
    }
    if (editor.cell === cell && editor.field.isConnected) return;
    editor.cell = cell;
    cell.hidden = true;
    cell.after(editor.field);
    sheet.findPlace(cell);
    if (!typing) return;
    editor.field.focus({ preventScroll: true });
    if (range && editor.field.type !== "select-one") editor.field.setSelectionRange(...range);
  }
}
