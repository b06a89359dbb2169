// The small menu of a cell for what is not a number: missing, suppressed, does not apply, no cases, or nothing at all.
export function attachStates(sheet) {
  const menu = sheet.template("states");
  menu.popover = "auto";
  sheet.root.append(menu);
  const items = [...menu.querySelectorAll("button")];
  let cell = null;

  sheet.openStates = (at) => {
    if ("shut" in at.dataset) return sheet.shut(at);
    cell = at;
    menu.showPopover();
    const box = at.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(box.bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
    items[0].focus();
  };
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && (menu.contains(document.activeElement) || document.activeElement === document.body)) sheet.focus(cell);
  });
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  });
  menu.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (!chosen) return;
    const pair = sheet.pairOf(cell);
    menu.hidePopover();
    sheet.focus(cell);
    sheet.change(pair, { numerator: "", denominator: "", state: chosen.value });
    sheet.save(pair);
  });
  sheet.root.querySelector('[data-do="state"]')?.addEventListener("click", () => sheet.openStates(sheet.at()));
  sheet.root.querySelector('[data-do="undo"]')?.addEventListener("click", () => {
    sheet.focus(sheet.at());
    sheet.undo();
  });
}
