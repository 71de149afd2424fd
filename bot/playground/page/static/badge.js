/** The count of unread messages: a number to see, and a phrase for screen readers. */
import { element, hiddenText } from "./dom.js";
import { words } from "./words.js";

/** Both parts for a count; null if it is zero. */
export function unreadBadge(count) {
  if (count === 0) return { seen: null, said: null };
  return {
    seen: element("span", { class: "badge", "aria-hidden": "true" }, String(count)),
    said: hiddenText(`, ${words.unread(count)}`),
  };
}
