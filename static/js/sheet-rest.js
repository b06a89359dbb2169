// The steps of a large sheet that did not come with the page: fetched piece by piece once the page can be used.
const LINES = 80; // at once
const AGAIN = 5000;

export function attachRest(sheet) {
  const { root, table } = sheet;
  const target = location.hash.slice(1);
  const isToCome = target && !document.getElementById(target);

  sheet.fetchRest = async () => {
    for (let ids = piece(); ids.length; ids = piece()) {
      if (!(await fetched(ids))) await new Promise((done) => setTimeout(done, AGAIN));
    }
    const found = isToCome && document.getElementById(target);
    if (found && !table.contains(document.activeElement)) found.scrollIntoView({ block: "center" });
  };

  function piece() {
    const ids = [];
    let lines = 0;
    for (const body of table.querySelectorAll("tbody[data-waits]")) {
      if (ids.length && lines + Number(body.dataset.waits) > LINES) break;
      lines += Number(body.dataset.waits);
      ids.push(body.dataset.step);
    }
    return ids;
  }

  async function fetched(ids) {
    try {
      const answer = await fetch(`${root.dataset.steps}?ids=${ids.join(",")}`, { headers: { "X-Poll": "1", Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return false;
      sheet.apply(await answer.json());
      return !ids.every((id) => table.querySelector(`tbody[data-waits][data-step="${id}"]`));
    } catch {
      return false;
    }
  }
}
