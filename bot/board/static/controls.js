/** Text size, colours and full screen. Buttons only: speech input could trigger single-key shortcuts (WCAG 2.1.4). */
import { drawing } from "./dom.js";
import { ICONS } from "./shapes.js";

const SIZES = [0.7, 0.85, 1, 1.25, 1.5, 2];
const USUAL = SIZES.indexOf(1);

const button = (id) => document.getElementById(id);

function remembered(name, otherwise) {
  try {
    return localStorage.getItem(name) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Without storage the choice is lost with the page.
  }
}

let size = Number(remembered("board-size", USUAL));
if (!(size in SIZES)) size = USUAL;

/** Return the factor by which the reader has changed the text size. */
export function wantedSize() {
  return SIZES[size];
}

function resize(by, onResize) {
  size = Math.min(Math.max(size + by, 0), SIZES.length - 1);
  remember("board-size", size);
  onResize();
}

function showColours() {
  button("colours").setAttribute("aria-pressed", String(document.documentElement.dataset.theme === "dark"));
}

function switchColours() {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  remember("board-theme", theme);
}

function switchFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
}

/** Connect the controls to their actions. */
export function setUpControls(onResize) {
  const acts = {
    smaller: () => resize(-1, onResize),
    larger: () => resize(1, onResize),
    colours: switchColours,
    "full-screen": switchFullScreen,
  };
  const icons = { ...ICONS, "full-screen": ICONS.full };
  for (const [id, act] of Object.entries(acts)) {
    button(id).append(drawing(icons[id]));
    button(id).addEventListener("click", act);
  }
  button("full-screen").hidden = !document.fullscreenEnabled;
  new MutationObserver(showColours).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  showColours();
}
