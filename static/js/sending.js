// What every grid needs to send what was typed: JSON to the server, and a shelf in this browser for what could not go out.
export const AGAIN = 20000; // milliseconds until what failed is sent again

export function posting(root) {
  return (address, body) =>
    fetch(address, {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": root.dataset.csrf },
      body: JSON.stringify(body),
    });
}

// Whether it came through: signed out, a stale page and a fault of the server count as not sent, and nothing is lost.
export function cameThrough(root, response) {
  const isOut = response.status === 401 || response.status === 400;
  if (isOut) root.querySelector("[data-signed-out]").hidden = false;
  return !isOut && response.status < 500;
}

export function shelf(key) {
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(key)) ?? [];
      } catch {
        return [];
      }
    },
    write(items) {
      try {
        if (items.length) localStorage.setItem(key, JSON.stringify(items));
        else localStorage.removeItem(key);
      } catch {
        // storage is full or forbidden: the page itself still holds the texts
      }
    },
  };
}
