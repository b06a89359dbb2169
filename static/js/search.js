// The search box: Ctrl K and "/" lead to it from anywhere; among what was found the arrows go up and down.
const TYPING = "input, textarea, select, [contenteditable], [role=grid], [data-behaviour~=grid], [data-behaviour~=sheet]";

export function attach(form) {
  const box = form.querySelector("input[type=search]");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !asksForSearch(event)) return;
    event.preventDefault();
    if (box.checkVisibility()) box.select();
    else location.assign(form.action);
  });
  const links = [...document.querySelectorAll(".q-found a")];
  if (links.length) walk(box, links);
  form.classList.add("is-live");
}

function asksForSearch(event) {
  if (event.isComposing || event.altKey || event.shiftKey) return event.key === "/" && !isTyping(event.target) && !event.altKey;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k";
  return event.key === "/" && !isTyping(event.target);
}

function isTyping(element) {
  return element instanceof Element && element.closest(TYPING) !== null;
}

// Down from the box reaches the first thing found, Up from there the box again; Escape goes back to the box.
function walk(box, links) {
  document.addEventListener("keydown", (event) => {
    const at = links.indexOf(document.activeElement);
    if (document.activeElement !== box && at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: -1 }[event.key];
    if (to === undefined || (event.key === "Escape" && at < 0)) return;
    event.preventDefault();
    if (to < 0) box.select();
    else links[Math.min(to, links.length - 1)].focus();
  });
}
