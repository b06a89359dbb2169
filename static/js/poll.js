// Fetches data-url every data-every milliseconds into the element until the answer carries data-done; goes on to its
// data-next; waits longer after a failed call, is silent while the page is hidden. X-Poll: this is no sign of life.
const LONGEST_WAIT = 30000;

export function attach(element) {
  const every = Number(element.dataset.every) || 1500;
  let wait = every;
  const next = () => {
    if (!element.querySelector("[data-done]") && element.isConnected) setTimeout(ask, wait);
  };
  const ask = async () => {
    if (!document.hidden) wait = (await refresh(element)) ? every : Math.min(wait * 2, LONGEST_WAIT);
    next();
  };
  next();
}

async function refresh(element) {
  try {
    const answer = await fetch(element.dataset.url, { headers: { "X-Poll": "1" } });
    if (answer.redirected) location.reload();
    if (!answer.ok) return false;
    element.innerHTML = await answer.text();
    const next = element.querySelector("[data-next]");
    if (next) location.assign(next.dataset.next);
    return true;
  } catch {
    return false;
  }
}
