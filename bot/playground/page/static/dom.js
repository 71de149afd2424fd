/** Building nodes. Chat data only ever becomes text nodes and attributes here: there is no innerHTML in this page. */
import { words } from "./words.js";

/**
 * Create an element.
 * @param {string} tag
 * @param {Object<string, *>} attributes `onclick` and the like take functions; true is an empty attribute,
 *   null and false are left out
 * @param {...(Node|string|null)} children null is left out
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if ((value ?? false) !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A button that does not submit a form. */
export function button(attributes, ...children) {
  return element("button", { type: "button", ...attributes }, ...children);
}

/** Text for screen readers only, in the page's own language. */
export function hiddenText(text) {
  return element("span", { class: "hidden-text", lang: words.ownLanguage }, text);
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of icons.svg; only decoration: a text next to it has its meaning. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A round picture with initials; its colour follows from the id, so that a person keeps it. */
export function avatar(id, name, kind = "person") {
  const hue = Math.abs(Number(id)) % 7;
  const face = kind === "group" ? icon("group") : kind === "bot" ? icon("right") : initials(name);
  return element("span", { class: `avatar hue-${kind === "bot" ? "bot" : hue}`, "aria-hidden": "true" }, face);
}

function initials(name) {
  const parts = name.replace(/^(mrs|mr|ms|dr)\.?\s+/iu, "").match(/[\p{L}\p{N}]+/gu) ?? ["?"];
  return parts.slice(0, 2).map((part) => Array.from(part)[0]).join("").toUpperCase();
}
