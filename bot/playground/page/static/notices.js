/** Short notes that pass (toasts) and notes that wait for OK (alerts), as Telegram shows a bot's answer to a press. */
import { element } from "./dom.js";

const TOAST_MILLISECONDS = 6000;
const toasts = document.getElementById("toasts");
const dialog = document.getElementById("alert");

/** Show a note for a few seconds instead of the previous one; screen readers announce it once. */
export function toast(text) {
  const note = element("p", { class: "toast" }, text);
  toasts.replaceChildren(note);
  setTimeout(() => note.remove(), TOAST_MILLISECONDS);
}

/** Show a note until it is closed. The browser then restores the focus. */
export function alertDialog(text) {
  dialog.querySelector("#alert-text").textContent = text;
  if (!dialog.open) dialog.showModal();
}
