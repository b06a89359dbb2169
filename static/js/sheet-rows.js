// Rows come and go: added beside what they belong to, removed and moved from beside the table, brought back by undo.
const LENGTH = 4;

export function attachRows(sheet) {
  const { root, table } = sheet;
  const address = (row, deed) => `${root.dataset.rows}/${row}/${deed}`;

  async function deed(where, body, words) {
    let response;
    try {
      response = await sheet.post(where, body);
    } catch {
      return sheet.say(sheet.words.not_sent);
    }
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) return sheet.say(answer.detail ?? sheet.words.not_sent);
    sheet.apply(answer, { whole: true });
    sheet.say(words);
    return answer;
  }

  async function add(section, parent) {
    const answer = await deed(root.dataset.rows, { section, parent, after: null, token: token() }, sheet.words.added);
    const cell = answer && table.querySelector(`.q-c[data-row="${answer.row}"]`);
    if (!cell) return;
    sheet.focus(cell);
    sheet.edit(cell);
  }

  sheet.restore = (row) => deed(address(row, "restore"), {}, sheet.words.undone);
  sheet.remove = async (cell) => {
    const { row } = cell.dataset;
    if (await deed(address(row, "remove"), {}, sheet.words.removed)) sheet.remember({ restore: row });
    sheet.at()?.focus();
  };
  sheet.move = async (cell, by) => {
    const { row, parent, section } = cell.dataset;
    const rows = siblings(section, parent);
    const to = rows.indexOf(row) + by;
    if (to < 0 || to >= rows.length) return;
    const [upper, lower] = by < 0 ? [rows[to], row] : [row, rows[to]]; // a move says after whom, so the upper one goes down
    const body = { parent: parent ? Number(parent) : null, after: Number(lower) };
    const moved = await deed(address(upper, "move"), body, sheet.words.moved);
    if (moved) sheet.at()?.focus();
  };

  function siblings(section, parent) {
    const cells = table.querySelectorAll(`.q-c[data-section="${section}"][data-column="text"]`);
    return [...cells].filter((cell) => (cell.dataset.parent ?? "") === (parent ?? "")).map((cell) => cell.dataset.row);
  }

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add]");
    if (button && event.detail < 2) add(button.dataset.add, Number(button.dataset.parent) || null);
  });
  for (const form of root.querySelectorAll("[data-add-form]")) {
    form.addEventListener("click", (event) => event.detail > 1 && event.preventDefault()); // a double click adds once
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      add(form.elements.section.value, null);
    });
  }
}

// A click sent twice adds one row. Not crypto.randomUUID: that is refused on plain HTTP inside a hospital.
function token() {
  return [...crypto.getRandomValues(new Uint32Array(LENGTH))].map((number) => number.toString(36)).join("-");
}
