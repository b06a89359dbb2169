// Reads a chart point by point: the pointer shows its words, arrow keys move along the points and a live region says them.
// The words are the <title> that the drawing gives each point; without script the browser shows that title itself.
const POINT = /-p(\d+)$/;
const MOVES = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

export function attach(chart) {
  const points = [...chart.querySelectorAll("[id]")].filter((one) => POINT.test(one.id) && one.querySelector("title"));
  if (points.length === 0) return;
  for (const point of points) takeWords(point);
  points.sort((one, other) => orderOf(one) - orderOf(other));
  const tip = made("p", "q-tip");
  const voice = made("p", "q-hide");
  voice.setAttribute("aria-live", "polite");
  chart.append(tip, voice);
  tip.hidden = true;
  chart.tabIndex = 0;

  let at = points.length;
  const show = (point) => {
    place(tip, point, wordsOf(point));
    for (const other of points) other.classList.toggle("is-read", other === point);
  };
  const hide = () => {
    tip.hidden = true;
    for (const point of points) point.classList.remove("is-read");
  };
  chart.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    if (!(event.key in MOVES)) return;
    event.preventDefault();
    at = Math.max(0, Math.min(points.length - 1, at + MOVES[event.key]));
    show(points[at]);
    voice.textContent = wordsOf(points[at]);
  });
  chart.addEventListener("blur", hide);
  chart.addEventListener("pointerover", (event) => {
    const point = points.find((one) => one.contains(event.target));
    if (point) show(point);
  });
  chart.addEventListener("pointerout", hide);
}

// The browser's own tooltip would stand beside ours, so the words move from <title> to the element.
function takeWords(point) {
  const title = point.querySelector("title");
  point.dataset.words = title.textContent;
  title.remove();
}

const wordsOf = (point) => point.dataset.words;
const orderOf = (point) => Number(point.id.match(POINT)[1]);

function made(name, className) {
  const element = document.createElement(name);
  element.className = className;
  return element;
}

function place(tip, point, words) {
  const box = point.getBoundingClientRect();
  tip.textContent = words;
  tip.hidden = false;
  const middle = box.left + box.width / 2 - tip.offsetWidth / 2;
  tip.style.left = `${Math.max(8, Math.min(middle, innerWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${Math.max(8, box.top - tip.offsetHeight - 12)}px`;
}
