/** Building nodes. What people wrote only ever becomes text nodes here: there is no innerHTML in this page. */
const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element.
 * @param {string} name the tag, with a class behind a dot where it has one: `p.stem`
 * @param {Object<string, string>} attributes
 * @param {...(Node|string|null|undefined|false)} children what is nothing is left out
 */
export function element(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter((child) => child || child === 0));
  return node;
}

/** A drawing of one path that is an ornament, unless it has a label. */
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

/** Words for screen readers alone. */
export function unseen(text) {
  return element("span.unseen", {}, text);
}
