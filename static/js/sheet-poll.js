// Asks what changed and who is here: often while others are, seldom alone, never while the page is hidden.
const TOGETHER = 1500;
const ALONE = 10000;
const LONGEST = 30000;

export function attachPolling(sheet) {
  const { root, table } = sheet;
  const place = document.querySelector("[data-here]");
  let here = [];
  let wait = TOGETHER;
  let timer = 0;

  sheet.poll = (after = wait) => {
    clearTimeout(timer);
    timer = setTimeout(ask, after);
  };
  document.addEventListener("visibilitychange", () => document.hidden || sheet.poll(0));
  addEventListener("online", () => sheet.poll(0));
  sheet.poll(300);

  async function ask() {
    if (document.hidden) return;
    wait = (await fetched()) ? (here.length ? TOGETHER : ALONE) : Math.min(wait * 2, LONGEST);
    sheet.poll();
  }

  async function fetched() {
    const query = new URLSearchParams({ after: sheet.sequence, ...whereIAm() });
    if (!here.length) query.set("alone", "1");
    try {
      const answer = await fetch(`${root.dataset.changes}?${query}`, { headers: { "X-Poll": "1", Accept: "application/json" } });
      if (answer.status === 204) return true;
      if (!answer.ok || answer.redirected) return false;
      take(await answer.json());
      return true;
    } catch {
      return false;
    }
  }

  function take(answer) {
    if (answer.version && String(answer.version) !== root.dataset.version && !sheet.drafts.size && !sheet.editor) return location.reload();
    here = answer.here ?? [];
    sheet.apply(answer, { whole: true });
    tell();
    sheet.paintHere();
  }

  function whereIAm() {
    const cell = document.activeElement?.closest?.(".q-c");
    const name = sheet.editor?.name ?? (cell && table.contains(cell) ? `${cell.dataset.row}|${cell.dataset.column}` : "");
    if (!name) return {};
    const [row, column] = name.split("|");
    return { row, column };
  }

  function tell() {
    place.hidden = !here.length;
    const one = here.length === 1 ? place.dataset.one.replace("{name}", here[0].name) : place.dataset.many.replace("{count}", here.length);
    place.querySelector("[data-here-words]").textContent = one;
    place.querySelector(".q-whos").replaceChildren(...here.map(disc));
  }

  function disc({ name, initials, tone }) {
    const mark = document.createElement("span");
    mark.className = `q-who is-${tone}`;
    mark.title = name;
    mark.textContent = initials;
    mark.setAttribute("aria-hidden", "true");
    return mark;
  }

  sheet.paintHere = () => {
    for (const cell of table.querySelectorAll(".is-peer")) cell.classList.remove("is-peer", ...[1, 2, 3, 4, 5].map((tone) => `is-peer-${tone}`));
    for (const flag of table.querySelectorAll(".flag")) flag.remove();
    for (const { name, tone, row, column } of here) {
      const cell = row && sheet.cellOf(`${row}|${column}`);
      if (!cell) continue;
      cell.classList.add("is-peer", `is-peer-${tone}`);
      const flag = document.createElement("span");
      flag.className = "flag";
      flag.textContent = name;
      flag.setAttribute("aria-hidden", "true");
      cell.append(flag);
    }
  };
}
