/** Functions that create nodes. People's texts become text nodes only: this page never uses innerHTML. */
const SVG = "http://www.w3.org/2000/svg";

/**
 * Create an element.
 * @param {string} name the tag, optionally with a class after a dot: `p.stem`
 * @param {Object<string, string>} attributes
 * @param {...(Node|string|null|undefined|false)} children falsy ones are left out, except for 0
 */
export function element(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter((child) => child || child === 0));
  return node;
}

/** Create an SVG image of one path. Without a label it is decoration, hidden from screen readers. */
export function drawing(path, { size = 24, label = "", className = "icon" } = {}) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("class", className);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Create a text for screen readers only. */
export function unseen(text) {
  return element("span.unseen", {}, text);
}
