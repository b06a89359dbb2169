// Sends pairs one after the other; what cannot be sent stays in this browser and goes out when the network is back.
import { textsOf } from "./grid-cells.js";
import { AGAIN, cameThrough, posting, shelf } from "./sending.js";

const DONE = new Set(["saved", "unusual"]);

export function attachSaving(sheet) {
  const { root } = sheet;
  const kept = shelf(`qi-entry/${root.dataset.person}/${root.dataset.unit}`);
  const queue = [];
  const undone = [];
  let running = false;

  sheet.post = posting(root);
  sheet.sentOf = (pair, texts = textsOf(pair)) => ({ measure: pair.measure, stratum: pair.stratum, start: pair.start, ...texts, seen: pair.seen });
  sheet.change = (pair, texts) => {
    pair.draft = texts;
    pair.edits += 1;
    pair.dirty = true;
    pair.status = "";
    pair.say = {};
    keep();
    sheet.paint(pair);
    sheet.count();
  };
  sheet.save = (pair, { reason = "", undoing = null } = {}) => {
    if (!pair.draft) return;
    pair.dirty = false;
    pair.reason = reason;
    pair.undoing = undoing;
    pair.status = "saving";
    sheet.paint(pair);
    sheet.count();
    if (!queue.includes(pair)) queue.push(pair);
    run();
  };
  sheet.revert = (pair) => {
    pair.draft = null;
    pair.dirty = false;
    settle(pair, "", {});
  };
  sheet.answered = (pair, answer, { edits = pair.edits, group = null } = {}) => take(sheet, pair, answer, edits, group);
  sheet.remember = (group) => undone.push(group);
  sheet.settle = settle;
  sheet.undo = () => {
    const group = undone.pop();
    sheet.say(group ? sheet.words.undone : sheet.words.no_undo);
    for (const { pair, before } of group ?? []) {
      sheet.change(pair, before);
      sheet.save(pair, { undoing: true });
    }
  };
  sheet.resume = () => {
    for (const item of kept.read()) resume(sheet, item);
  };

  function settle(pair, status, say) {
    pair.status = status;
    pair.say = say;
    keep();
    sheet.paint(pair);
    sheet.tell(pair);
    sheet.count();
  }

  async function run() {
    if (running) return;
    running = true;
    while (queue.length) {
      const pair = queue.shift();
      if (!(await send(pair))) {
        for (const left of queue.splice(0)) settle(left, "failed", {});
        setTimeout(again, AGAIN);
      }
    }
    running = false;
  }

  async function send(pair) {
    const edits = pair.edits;
    keep();
    try {
      const response = await sheet.post(root.dataset.save, { ...sheet.sentOf(pair), reason: pair.reason });
      if (cameThrough(root, response)) {
        take(sheet, pair, await response.json(), edits, null);
        return true;
      }
    } catch {
      // no network: kept below
    }
    settle(pair, "failed", {});
    return false;
  }

  function again() {
    for (const pair of sheet.pairs.values()) if (pair.status === "failed") sheet.save(pair, { reason: pair.reason, undoing: pair.undoing });
  }
  addEventListener("online", again);

  // Everything typed and not saved, so that a reload loses nothing.
  function keep() {
    const drafts = [...sheet.pairs.values()].filter((pair) => pair.draft);
    const other = kept.read().filter((item) => !sheet.pairs.has(item.name));
    kept.write([...other, ...drafts.map((pair) => ({ name: pair.name, seen: pair.seen, draft: pair.draft, reason: pair.reason ?? "" }))]);
  }
}

function resume(sheet, item) {
  const pair = sheet.pairs.get(item.name);
  if (!pair || pair.draft) return;
  pair.seen = item.seen;
  sheet.change(pair, item.draft);
  sheet.save(pair, { reason: item.reason });
}

// What the server made of it: take over what stands there now, or say what keeps it from being saved.
function take(sheet, pair, answer, edits, group) {
  const state = answer.state ?? "invalid";
  const say = answer.say ?? { numerator: answer.detail };
  if (DONE.has(state)) {
    const before = { numerator: pair.now.numerator, denominator: pair.now.denominator, state: pair.now.stateful ? pair.now.state : "" };
    if (group) group.push({ pair, before });
    else if (!pair.undoing) sheet.remember([{ pair, before }]);
    pair.now = answer.cell;
    pair.seen = answer.cell.version;
    if (answer.spark) pair.row.querySelector("[data-spark]").innerHTML = answer.spark;
    if (pair.edits !== edits) return sheet.save(pair); // typed on meanwhile
    pair.draft = null;
    sheet.closeAsk(pair);
    return sheet.settle(pair, state, say);
  }
  sheet.settle(pair, state, say);
  if (state === "conflict") sheet.askConflict(pair, answer);
  if (state === "reason") sheet.askReason(pair, say.reason);
  sheet.say(`${pair.title}: ${Object.values(say).join(" ")}`);
}
