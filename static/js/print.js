// The button that opens the browser's own printing. Without script the words beside it say which keys to press.
export function attach(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
