// The question before a loss: "Keep it" and Escape close it again and give the focus back to its button.
export function attach(details) {
  const close = details.querySelector("[data-close]");
  const summary = details.querySelector("summary");
  const shut = () => {
    details.open = false;
    summary.focus();
  };
  close.hidden = false;
  close.addEventListener("click", shut);
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open) shut();
  });
}
