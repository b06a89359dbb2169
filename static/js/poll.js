// Fetches data-url every data-every milliseconds into the element until the answer carries data-done; waits longer after a
// failed call, says nothing while the page is hidden, and follows a redirect of the answer by reloading the page.
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
    const answer = await fetch(element.dataset.url, { headers: { "X-Fragment": "1" } });
    if (answer.redirected) location.reload();
    if (!answer.ok) return false;
    element.innerHTML = await answer.text();
    return true;
  } catch {
    return false;
  }
}
