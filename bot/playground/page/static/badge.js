/** How many messages wait unread: a number to see and words to hear. */
import { element, hiddenText } from "./dom.js";
import { words } from "./words.js";

/** Both parts for a count; null for none. */
export function unreadBadge(count) {
  if (count === 0) return { seen: null, said: null };
  return {
    seen: element("span", { class: "badge", "aria-hidden": "true" }, String(count)),
    said: hiddenText(`, ${words.unread(count)}`),
  };
}
