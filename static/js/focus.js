// Takes the focus when the page opens: the summary of errors, so nobody has to look for what went wrong.
export function attach(element) {
  element.focus();
}
