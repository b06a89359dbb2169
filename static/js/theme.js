// Light, dark or as the device: sets data-theme at once and keeps the choice in a cookie, so the server draws it next time.
const A_YEAR = 31536000;

export function attach(group) {
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (chosen) choose(group, chosen.value);
  });
}

function choose(group, theme) {
  document.documentElement.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `qi_theme=${theme}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax${secure}`;
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}
