// A block from a spreadsheet: looked at by the server first, corrected in place, then saved as one.
import { BOTH, editText, nameOf } from "./grid-cells.js";

export function attachPaste(sheet) {
  const { root, table } = sheet;
  const place = root.querySelector("[data-pasted]");
  let rows = [];
  let reason = "";

  table.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    const block = text.replace(/[\r\n]+$/, "");
    const isBlock = /[\t\n\r]/.test(block);
    if (event.target.matches("input") && !isBlock) return;
    event.preventDefault();
    if (!isBlock) return single(block.trim());
    if (event.target.matches("input")) {
      event.target.value = editText(sheet.pairOf(sheet.at()), sheet.at().dataset.cell);
      sheet.focus(sheet.at());
    }
    preview({ text, targets: targets(block.split(/\r\n|\r|\n/).length) });
  });

  function single(text) {
    if ("shut" in sheet.at().dataset) return sheet.shut(sheet.at());
    sheet.put(sheet.at(), text);
  }

  // The cells a block may cover: from the focus down and to the right, with a place for each column of the sheet.
  function targets(height) {
    const at = sheet.at();
    const all = [...table.querySelectorAll("[data-row]")];
    const below = all.slice(all.indexOf(at.parentElement));
    return below.slice(0, Math.max(height, 1)).map((row) => across(row, at.cellIndex));
  }

  function across(row, from) {
    const found = [];
    for (const pair of sheet.pairs.values()) {
      if (pair.row !== row) continue;
      const first = pair.cells.numerator.cellIndex;
      BOTH.forEach((which, offset) => {
        if (first + offset >= from && pair.cells.numerator.offsetParent !== null) found.push({ ...sheet.sentOf(pair), which });
      });
    }
    return found;
  }

  async function preview(body, focus) {
    const answer = await asked(root.dataset.preview, body);
    if (!answer) return;
    rows = answer.rows;
    place.innerHTML = answer.html;
    const field = focus && place.querySelector(`[data-number="${focus.number}"] [name="${focus.name}"]`);
    if (reasonField()) reasonField().value = reason;
    if (field) return field.focus();
    place.firstElementChild.focus({ preventScroll: true });
    place.firstElementChild.scrollIntoView({ block: "start" });
  }

  const reasonField = () => place.querySelector('[name="reason"]');

  async function asked(address, body) {
    let response;
    try {
      response = await sheet.post(address, body);
    } catch {
      return refuse(sheet.words.failed);
    }
    const answer = await response.json();
    return response.ok ? answer : refuse(answer.detail);
  }

  function refuse(words) {
    const note = sheet.template("message");
    note.classList.add("is-danger");
    note.setAttribute("role", "alert");
    note.querySelector("use").setAttribute("href", `${sheet.sprite}#bad`);
    note.querySelector('[data-slot="words"]').textContent = words;
    for (const button of note.querySelectorAll("button")) button.remove();
    place.querySelector(".q-note")?.remove();
    place.append(note);
    return null;
  }

  async function save() {
    if (reasonField() && !reasonField().reportValidity()) return;
    const good = rows.filter((row) => row.verdict !== "wrong");
    const answer = await asked(root.dataset.block, { rows: good, reason });
    if (!answer) return;
    const group = [];
    good.forEach((row, number) => answered(row, answer.rows[number], group));
    if (group.length) sheet.remember(group);
    const left = rows.filter((row) => row.verdict === "wrong");
    close();
    if (left.length) preview({ rows: left });
  }

  function answered(row, answer, group) {
    const pair = sheet.pairs.get(nameOf(row));
    pair.draft = { numerator: row.numerator, denominator: row.denominator, state: row.state };
    pair.undoing = null;
    sheet.answered(pair, answer, { group });
  }

  function close() {
    rows = [];
    reason = "";
    place.replaceChildren();
    sheet.focus(sheet.at());
  }

  place.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act === "save") save();
    if (act === "cancel") close();
  });
  place.addEventListener("keydown", (event) => event.key === "Escape" && close());
  place.addEventListener("input", (event) => {
    if (event.target.name === "reason") reason = event.target.value.trim();
  });
  place.addEventListener("change", (event) => {
    const line = event.target.closest("[data-number]");
    if (!line) return;
    const number = Number(line.dataset.number);
    rows[number][event.target.name] = event.target.value;
    rows[number].state = "";
    preview({ rows }, { number, name: event.target.name });
  });
}
