// What stands beside the focused cell: the periods before, comments and history; and a comment to add.
export function attachBeside(sheet) {
  const { root } = sheet;
  const panel = root.querySelector("[data-beside-panel]");
  let cell = null;

  sheet.openBeside = (at) => {
    cell = at;
    load(root.dataset.beside, {});
  };

  async function load(address, more) {
    const pair = sheet.pairOf(cell);
    let response;
    try {
      response = await sheet.post(address, { ...sheet.sentOf(pair), ...more });
    } catch {
      return sheet.say(sheet.words.failed);
    }
    if (!response.ok) return refuse(response);
    panel.innerHTML = await response.text();
    panel.querySelector("h2").focus();
    panel.scrollIntoView({ block: "nearest" });
  }

  async function refuse(response) {
    const words = (await response.json()).detail;
    const place = panel.querySelector("[data-wrong]");
    if (place) place.textContent = words;
    else sheet.say(words);
  }

  const close = () => {
    panel.replaceChildren();
    sheet.focus(cell);
  };
  panel.addEventListener("click", (event) => event.target.closest('[data-act="close"]') && close());
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    load(root.dataset.comment, { comment: event.target.elements.comment.value });
  });
  root.querySelector('[data-do="beside"]')?.addEventListener("click", () => sheet.openBeside(sheet.at()));
}
