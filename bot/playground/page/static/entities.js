/** Formatted text as nodes: a tree of entities (offsets in UTF-16 units, as JavaScript counts too), never HTML. */
import { button, element } from "./dom.js";
import { words } from "./words.js";

const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
/** These are block elements, so the line feeds next to them are not shown again. */
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SAFE_LINK = /^(https?|tg|mailto|tel):/iu;

/**
 * @param {string} text
 * @param {Array<{type: string, offset: number, length: number, url?: string, language?: string}>} entities
 * @param {{command: function(string): void, link: function(string): boolean}} acts
 *   `command` is called with a tapped command, `link` with a tapped URL; `link` returns whether it handled the URL
 * @returns {DocumentFragment}
 */
export function formatted(text, entities, acts) {
  const sorted = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  return between(text, 0, text.length, sorted, acts);
}

function between(text, start, end, entities, acts) {
  const fragment = document.createDocumentFragment();
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const opens = Math.max(entity.offset, at);
    const closes = Math.min(entity.offset + entity.length, end);
    index += 1;
    if (closes <= opens) continue;
    const inner = [];
    while (index < entities.length && entities[index].offset < closes) inner.push(entities[index++]);
    const block = BLOCKS.has(entity.type);
    fragment.append(block ? text.slice(at, opens).replace(/\n$/u, "") : text.slice(at, opens));
    fragment.append(dressed(entity, text.slice(opens, closes), between(text, opens, closes, inner, acts), acts));
    at = block && text[closes] === "\n" ? closes + 1 : closes;
  }
  fragment.append(text.slice(at, end));
  return fragment;
}

function dressed(entity, text, content, acts) {
  if (entity.type in PLAIN_TAGS) return element(PLAIN_TAGS[entity.type], {}, content);
  switch (entity.type) {
    case "pre": return element("pre", { tabindex: "0" }, element("code", {}, content));
    case "blockquote": return element("blockquote", {}, content);
    case "expandable_blockquote": return expandable(content, text);
    case "spoiler": return spoiler(content);
    case "bot_command": return button({ class: "link", onclick: () => acts.command(text) }, content);
    case "text_link": return link(entity.url, content, acts);
    case "url": return link(/^[a-z]+:/iu.test(text) ? text : `https://${text}`, content, acts);
    case "email": return link(`mailto:${text}`, content, acts);
    case "phone_number": return link(`tel:${text.replaceAll(/[^+\d]/gu, "")}`, content, acts);
    case "mention": case "hashtag": case "cashtag": case "text_mention":
      return element("span", { class: "mention" }, content);
    default: return content;
  }
}

function link(address, content, acts) {
  if (!SAFE_LINK.test(address)) return content;
  const follow = (event) => {
    if (acts.link(address)) event.preventDefault();
  };
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer", onclick: follow }, content);
}

function spoiler(content) {
  const hidden = element("span", { class: "spoiler-text", "aria-hidden": "true" }, content);
  const cover = button({ class: "spoiler", "aria-label": words.spoiler }, hidden);
  cover.addEventListener("click", () => {
    const shown = element("span", { class: "spoiler-shown", tabindex: "-1" }, ...hidden.childNodes);
    cover.replaceWith(shown);
    shown.focus();
  });
  return cover;
}

const LONG_QUOTE = 160;

function expandable(content, text) {
  if (text.length <= LONG_QUOTE) return element("blockquote", {}, content);
  const quote = element("blockquote", { class: "folded" }, element("div", {}, content));
  quote.append(button({
    class: "link unfold",
    onclick: (event) => {
      quote.classList.remove("folded");
      event.currentTarget.remove();
    },
  }, words.showAll));
  return quote;
}
