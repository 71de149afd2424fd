/** A small menu above a button: arrow keys move inside it, Escape and a press elsewhere close it. */

/**
 * @param {HTMLButtonElement} opener
 * @param {HTMLElement} menu
 * @param {function(): void} draw fills the menu before it opens
 */
export function popup(opener, menu, draw) {
  const items = () => [...menu.querySelectorAll("button")];
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", menu.id);

  function open({ focus }) {
    draw();
    menu.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    if (focus) items()[0]?.focus();
  }

  function close({ focus = false } = {}) {
    if (menu.hidden) return;
    menu.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (focus) opener.focus();
  }

  function walk(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const all = items();
    const at = all.indexOf(document.activeElement);
    if (event.key in steps && at >= 0) {
      event.preventDefault();
      all[(at + steps[event.key] + all.length) % all.length].focus();
    }
  }

  opener.addEventListener("click", () => (menu.hidden ? open({ focus: true }) : close({ focus: true })));
  menu.addEventListener("keydown", walk);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !menu.hidden) close({ focus: menu.contains(document.activeElement) });
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target) && !opener.contains(event.target)) close();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget) && event.relatedTarget !== opener) close();
  });
  return { open, close, items };
}
