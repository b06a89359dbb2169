// A list of units to choose from: finds as you type, counts, chooses all below one, and is one stop of the Tab key.
// Without it the list is a plain group of boxes. A row matches by its own name and by the names it stands below.
const MOVES = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
const MARKS = /[\u0300-\u036f]/g;

const plain = (text) => text.normalize("NFD").replace(MARKS, "").toLocaleLowerCase();
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export function attach(group) {
  const rows = rowsOf(group);
  const parts = {
    group,
    rows,
    find: group.querySelector("input[type=search]"),
    told: group.querySelector(".q-pick-told"),
    none: group.querySelector(".q-pick-none"),
    list: group.querySelector(".q-pick-list"),
    many: rows[0].input.type === "checkbox",
  };
  if (parts.many) for (const row of rows) if (row.leaves.length > 0) addButton(parts, row);
  group.querySelector(".q-pick-tools").hidden = false;
  parts.find.addEventListener("input", () => {
    narrow(parts);
    parts.list.scrollTop = 0;
  });
  parts.find.addEventListener("keydown", (event) => keyInField(parts, event));
  parts.list.addEventListener("keydown", (event) => keyInList(parts, event));
  parts.list.addEventListener("focusin", (event) => event.target.matches("input") && makeStop(parts, event.target));
  parts.list.addEventListener("change", () => tell(parts));
  narrow(parts);
  scrollToChosen(parts);
}

function rowsOf(group) {
  const above = [];
  const rows = [...group.querySelectorAll(".q-tick")].map((element) => {
    const name = element.querySelector("label").textContent.trim();
    const row = { element, name, input: element.querySelector("input"), below: [], leaves: [] };
    above.length = Math.min(above.length, Number(element.dataset.depth));
    row.above = [...above];
    row.text = plain([...above.map((one) => one.name), name].join(" "));
    for (const one of above) one.below.push(row);
    above.push(row);
    return row;
  });
  for (const row of rows) row.leaves = row.below.filter((one) => one.below.length === 0);
  return rows;
}

function narrow(parts) {
  const wanted = plain(parts.find.value).split(/\s+/).filter(Boolean);
  const found = parts.rows.filter((row) => wanted.every((word) => row.text.includes(word)));
  const kept = parts.many ? [] : parts.rows.filter((row) => row.input.checked);
  const shown = new Set([...found, ...kept].flatMap((row) => [row, ...row.above]));
  const matching = new Set(found);
  for (const row of parts.rows) {
    row.element.hidden = !shown.has(row);
    row.element.classList.toggle("is-context", shown.has(row) && !matching.has(row));
  }
  parts.none.hidden = found.length > 0;
  parts.found = wanted.length > 0 ? found.length : null;
  tell(parts);
  makeStop(parts, (kept[0] ?? waysIn(parts) ?? parts.rows[0]).input); // of radio buttons, Tab reaches only the chosen one
}

// The rows that the arrow keys stop at: those that match, not those that only tell where a match belongs.
function reachable(parts) {
  return parts.rows.filter((row) => !row.element.hidden && !row.element.classList.contains("is-context"));
}

function makeStop(parts, input) {
  for (const row of parts.rows) row.input.tabIndex = row.input === input ? 0 : -1;
}

function tell(parts) {
  const { group, rows, found } = parts;
  const chosen = rows.filter((row) => row.input.checked).length;
  const words = parts.many ? [filled(group.dataset.chosen, { chosen, every: rows.length })] : [];
  if (found !== null) words.push(filled(group.dataset.found, { found }));
  parts.told.textContent = words.join(", ");
  for (const row of rows) if (row.button) tellButton(group, row);
}

function tellButton(group, row) {
  const shown = row.leaves.filter((one) => !one.element.hidden);
  const all = shown.length > 0 && shown.every((one) => one.input.checked);
  const values = { count: shown.length, unit: row.name };
  row.button.hidden = shown.length === 0;
  row.button.textContent = filled(all ? group.dataset.none : group.dataset.all, values);
  row.button.setAttribute("aria-label", filled(all ? group.dataset.noneOf : group.dataset.allOf, values));
}

function addButton(parts, row) {
  row.button = document.createElement("button");
  Object.assign(row.button, { type: "button", className: "q-pick-all", tabIndex: -1 });
  row.button.addEventListener("click", () => {
    const shown = row.leaves.filter((one) => !one.element.hidden);
    const all = shown.every((one) => one.input.checked);
    for (const one of shown) one.input.checked = !all;
    tell(parts);
  });
  row.element.append(row.button);
}

function keyInField(parts, event) {
  if (event.key === "Escape" && parts.find.value) {
    event.preventDefault();
    parts.find.value = "";
    narrow(parts);
  } else if (event.key === "ArrowDown" || event.key === "Enter") {
    event.preventDefault();
    waysIn(parts)?.input.focus();
  }
}

function keyInList(parts, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = parts.rows.find((one) => one.element.contains(event.target));
  if (event.key in MOVES) move(parts, event, row);
  else if (event.key === "ArrowRight") step(event, row.button && !row.button.hidden ? row.button : null);
  else if (event.key === "ArrowLeft") step(event, row.input);
  else if (event.key.length === 1 && event.key !== " ") parts.find.focus();
}

function waysIn(parts) {
  const ways = reachable(parts);
  return ways.find((row) => row.input.tabIndex === 0) ?? ways[0];
}

function move(parts, event, row) {
  const ways = reachable(parts);
  const past = ways.filter((one) => parts.rows.indexOf(one) < parts.rows.indexOf(row)).length;
  const from = ways.includes(row) || MOVES[event.key] < 0 ? past : past - 1;
  const to = ways[Math.max(0, Math.min(ways.length - 1, from + MOVES[event.key]))];
  step(event, to?.input);
  if (to && !parts.many && !to.input.checked) {
    to.input.checked = true;
    to.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function step(event, target) {
  event.preventDefault();
  target?.focus();
}

function scrollToChosen(parts) {
  const chosen = parts.rows.find((row) => row.input.checked);
  if (chosen) parts.list.scrollTop = chosen.element.offsetTop - parts.list.clientHeight / 3;
}
