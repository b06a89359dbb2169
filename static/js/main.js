// Attaches each behaviour to the elements that ask for it with data-behaviour="name [name]". All are listed here.
const BEHAVIOURS = {
  confirm: () => import("./confirm.js"),
  focus: () => import("./focus.js"),
  grid: () => import("./grid.js"),
  menu: () => import("./menu.js"),
  pick: () => import("./pick.js"),
  poll: () => import("./poll.js"),
  print: () => import("./print.js"),
  theme: () => import("./theme.js"),
  points: () => import("./points.js"),
  rows: () => import("./rows.js"),
  search: () => import("./search.js"),
  sheet: () => import("./sheet.js"),
};

async function attach(element) {
  for (const name of element.dataset.behaviour.split(" ")) {
    const behaviour = await BEHAVIOURS[name]();
    behaviour.attach(element);
  }
}

export function attachAll(root) {
  for (const element of root.querySelectorAll("[data-behaviour]")) attach(element);
}

attachAll(document);
