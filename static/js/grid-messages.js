// Sentences that need an answer: below the grid, and at the cell itself while it has the focus; questions stand under their row.
import { editText } from "./grid-cells.js";

const KINDS = { invalid: ["is-danger", "bad"], unusual: ["is-warn", "warn"] };

export function attachMessages(sheet) {
  const { root, table } = sheet;
  const list = root.querySelector("[data-messages]");
  const notes = new Map();
  const asks = new Map();
  const tip = document.createElement("p");
  tip.className = "q-tip q-g__tip";
  tip.id = "cell-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  root.append(tip);

  sheet.tell = (pair) => {
    notes.get(pair)?.remove();
    notes.delete(pair);
    if (pair.status in KINDS && Object.keys(pair.say).length) notes.set(pair, addNote(pair));
    showTip(document.activeElement);
  };

  function addNote(pair) {
    const note = sheet.template("message");
    const [kind, sign] = KINDS[pair.status];
    note.classList.add(kind);
    note.querySelector("use").setAttribute("href", `${sheet.sprite}#${sign}`);
    note.querySelector('[data-slot="name"]').textContent = `${pair.title}.`;
    note.querySelector('[data-slot="words"]').textContent = Object.values(pair.say).join(" ");
    note.querySelector('[data-act="yes"]').hidden = pair.status !== "unusual";
    note.querySelector('[data-act="yes"]').addEventListener("click", () => confirmed(pair));
    note.querySelector('[data-act="go"]').addEventListener("click", () => sheet.focus(wrongCell(pair)));
    list.append(note);
    return note;
  }

  async function confirmed(pair) {
    const body = { ...sheet.sentOf(pair), comment: sheet.words.looked };
    try {
      const response = await sheet.post(root.dataset.comment, body);
      if (!response.ok) return;
    } catch {
      return;
    }
    sheet.settle(pair, "", {});
    sheet.focus(pair.cells.numerator);
  }

  const wrongCell = (pair) => (pair.say.denominator && !pair.say.numerator && pair.cells.denominator) || pair.cells.numerator;

  function showTip(target) {
    const cell = target?.closest?.("[data-cell]");
    const pair = cell && sheet.pairOf(cell);
    table.querySelector('[aria-describedby="cell-tip"]')?.removeAttribute("aria-describedby");
    tip.hidden = !pair || !Object.keys(pair.say).length || pair.status === "";
    if (tip.hidden) return;
    target.setAttribute("aria-describedby", "cell-tip");
    tipAt(cell, Object.values(pair.say).join(" "));
  }

  function tipAt(cell, words) {
    tip.hidden = false;
    tip.textContent = words;
    const box = cell.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${box.bottom + 6}px`;
  }
  // A cell that takes no number says why: in the status line, and beside it where the eye is.
  sheet.shut = (cell) => {
    sheet.say(cell.dataset.shut);
    tipAt(cell, cell.dataset.shut);
  };
  table.addEventListener("focusin", (event) => showTip(event.target));
  table.addEventListener("focusout", () => (tip.hidden = true));
  // Going to a cell may scroll it into view: the tip goes along with it, and is away with the cell.
  addEventListener("scroll", () => tip.hidden || showTip(document.activeElement), { capture: true, passive: true });

  sheet.closeAsk = (pair) => {
    asks.get(pair)?.remove();
    asks.delete(pair);
  };

  function ask(pair, name) {
    sheet.closeAsk(pair);
    const row = sheet.template(name);
    asks.set(pair, row);
    pair.row.after(row);
    return row;
  }

  sheet.askReason = (pair, words) => {
    const row = ask(pair, "reason");
    row.querySelector('[data-slot="words"]').textContent = words;
    const form = row.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      sheet.closeAsk(pair);
      sheet.focus(pair.cells.numerator);
      sheet.save(pair, { reason: form.elements.reason.value });
    });
    const cancel = () => {
      sheet.closeAsk(pair);
      sheet.revert(pair);
      sheet.focus(pair.cells.numerator);
    };
    form.querySelector('[data-act="cancel"]').addEventListener("click", cancel);
    form.addEventListener("keydown", (event) => event.key === "Escape" && cancel());
    form.elements.reason.focus();
  };

  sheet.askConflict = (pair, { theirs, who, when, say }) => {
    const row = ask(pair, "conflict");
    const slot = (name) => row.querySelector(`[data-slot="${name}"]`);
    slot("name").textContent = pair.title;
    slot("words").textContent = say.numerator;
    slot("mine").textContent = written(sheet, pair);
    slot("theirs").textContent = theirs.words;
    slot("who").textContent = who ? `${who}, ${when}` : sheet.words.theirs;
    row.querySelector('[data-act="mine"]').addEventListener("click", () => {
      sheet.closeAsk(pair);
      pair.seen = theirs.version;
      sheet.focus(pair.cells.numerator);
      sheet.save(pair);
    });
    row.querySelector('[data-act="theirs"]').addEventListener("click", () => {
      sheet.closeAsk(pair);
      pair.now = theirs;
      pair.seen = theirs.version;
      sheet.focus(pair.cells.numerator);
      sheet.revert(pair);
    });
  };
}

function written(sheet, pair) {
  const { denominator, state } = pair.draft;
  const numerator = editText(pair, "numerator");
  if (state) return state.replaceAll("_", " ");
  if (!numerator && !denominator) return sheet.words.nothing;
  if (!pair.cells.denominator) return numerator;
  return sheet.words.of.replace("{first}", numerator || "–").replace("{other}", denominator || "–");
}
