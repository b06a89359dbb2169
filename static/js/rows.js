// Moves along the rows of a table by j and k; Enter opens the row in focus, / goes to the filters above.
const STEPS = { j: 1, k: -1 };
const TYPING = "input, select, textarea, [contenteditable]";

export function attach(region) {
  const links = [...region.querySelectorAll("tbody th[scope=row] a")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.(TYPING)) return;
    if (event.key === "/") {
      event.preventDefault();
      document.querySelector(".q-filters a")?.focus();
    }
    if (!(event.key in STEPS) || links.length === 0) return;
    event.preventDefault();
    const at = links.indexOf(document.activeElement);
    const next = at < 0 ? (STEPS[event.key] > 0 ? 0 : links.length - 1) : at + STEPS[event.key];
    links[Math.max(0, Math.min(links.length - 1, next))].focus();
  });
}
