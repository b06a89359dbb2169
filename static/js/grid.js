// The sheet of the entry page as a grid: cells are text, the focused one becomes an editor, and each is saved when it is left.
import { attachBeside } from "./grid-beside.js";
import { readSheet } from "./grid-cells.js";
import { attachEditing } from "./grid-edit.js";
import { attachMessages } from "./grid-messages.js";
import { attachPaste } from "./grid-paste.js";
import { attachSaving } from "./grid-save.js";
import { attachStates } from "./grid-states.js";

export function attach(root) {
  const sheet = readSheet(root);
  if (sheet.cells().length === 0) return;
  attachMessages(sheet);
  attachSaving(sheet);
  attachEditing(sheet);
  attachStates(sheet);
  attachPaste(sheet);
  attachBeside(sheet);
  for (const part of root.querySelectorAll("[data-live]")) part.hidden = false;
  root.classList.add("is-live");
  for (const pair of sheet.pairs.values()) if (pair.status) sheet.paint(pair);
  sheet.count();
  sheet.resume();
}
