/** Photos, documents and stickers in a message, shown plainly. */
import { element, hiddenText, icon } from "./dom.js";
import { words } from "./words.js";

const KILO = 1024;

/** Format a number of bytes. */
export function sizeOf(bytes) {
  if (bytes < KILO) return `${bytes} B`;
  if (bytes < KILO * KILO) return `${Math.round(bytes / KILO)} KB`;
  return `${(bytes / KILO / KILO).toFixed(1)} MB`;
}

/** The photo, document or sticker of a message, or null. */
export function mediaNode(message) {
  if (message.photo) return photoNode(message.photo, message.text || words.photo);
  if (message.sticker) return stickerNode(message.sticker.emoji);
  return message.document ? documentNode(message.document) : null;
}

function photoNode({ url, width, height }, description) {
  return element("img", { class: "photo", src: url, width, height, alt: description, loading: "lazy" });
}

function stickerNode(emoji) {
  return element("p", { class: "sticker" }, hiddenText(`${words.stickerOf} `), emoji);
}

function documentNode(file) {
  return element("a", { class: "document", href: file.url, download: file.name, title: words.document },
    element("span", { class: "document-icon" }, icon("document")),
    element("span", { class: "document-text" },
      element("b", {}, file.name),
      element("span", { class: "quiet" }, sizeOf(file.size))));
}
