// A worksheet as a grid: cells are text, the focused one becomes an editor, each is saved when it is left, others are seen.
import { attachBeside } from "./sheet-beside.js";
import { readSheet } from "./sheet-cells.js";
import { attachEditing } from "./sheet-edit.js";
import { attachPaste } from "./sheet-paste.js";
import { attachPolling } from "./sheet-poll.js";
import { attachRest } from "./sheet-rest.js";
import { attachRows } from "./sheet-rows.js";
import { attachSaving } from "./sheet-save.js";
import { attachSwapping } from "./sheet-swap.js";

export function attach(root) {
  const sheet = readSheet(root);
  attachSwapping(sheet);
  attachRest(sheet);
  if (root.querySelector("[data-voice]")) {
    attachSaving(sheet);
    attachEditing(sheet);
    attachBeside(sheet);
    attachRows(sheet);
    attachPaste(sheet);
    root.classList.add("is-live");
    sheet.refresh();
  }
  sheet.fetchRest().then(() => sheet.resume?.());
  attachPolling(sheet);
}
