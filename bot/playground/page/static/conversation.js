/** The log of one chat: draws messages in order, keeps the place of reading, the focus, and the end in view. */
import { element } from "./dom.js";
import { messageNode } from "./message.js";
import { dayOf } from "./times.js";
import { words } from "./words.js";

const NEAR_THE_END_PIXELS = 60;
const SAME_BREATH_SECONDS = 300;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @param {HTMLElement} log
 * @param {HTMLButtonElement} jump the button that leads to the newest message
 * @param {Object} acts see message.js
 * @param {function(number): void} seen called with the newest message's id whenever the end is in view
 */
export function conversation(log, jump, acts, seen) {
  let chat = null;
  let messages = new Map();
  let stuck = true;
  let missed = 0;
  let lastTop = 0;

  const nodeOf = (id) => log.querySelector(`[data-message="${Number(id)}"]`);
  const newest = () => Math.max(0, ...messages.keys());
  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_THE_END_PIXELS;

  /** What is in view while the page is looked at has been read. */
  function look() {
    if (stuck && messages.size > 0) seen(newest());
  }

  function toEnd(behavior = "instant") {
    log.scrollTo({ top: log.scrollHeight, behavior: calm.matches ? "instant" : behavior });
    lastTop = log.scrollTop;
    stuck = true;
    missed = 0;
    drawJump();
    look();
  }

  /** Only a move upwards leaves the end: on the way down to it the end may still be far. */
  function noticeScroll() {
    const upwards = log.scrollTop < lastTop;
    lastTop = log.scrollTop;
    if (atEnd()) stuck = true;
    else if (upwards) stuck = false;
    if (stuck) { missed = 0; look(); }
    drawJump();
  }

  function drawJump() {
    jump.hidden = stuck;
    jump.textContent = missed > 0 ? words.newMessages(missed) : "↓";
    jump.setAttribute("aria-label", missed > 0 ? words.newMessages(missed) : words.toNewest);
    jump.classList.toggle("small", missed === 0);
  }

  /**
   * Day headings, and which messages follow one of the same sender at once.
   * Touches only what differs, because screen readers read out all that is added.
   */
  function tidy() {
    let before = null;
    for (const message of inOrder()) {
      const newDay = !before || dayOf(before.date) !== dayOf(message.date);
      const node = nodeOf(message.id);
      headDay(node, newDay ? dayOf(message.date) : null);
      node.classList.toggle("continued", !newDay && follows(before, message));
      before = message;
    }
    for (const heading of log.querySelectorAll(".day:last-child, .day:has(+ .day)")) heading.remove();
    const empty = log.querySelector(".empty");
    if (messages.size > 0) empty?.remove();
    else if (!empty) log.append(element("p", { class: "empty" }, about()));
  }

  function headDay(node, day) {
    const above = node.previousElementSibling;
    const heading = above?.classList.contains("day") ? above : null;
    if (heading?.textContent === (day ?? undefined)) return;
    heading?.remove();
    if (day) node.before(element("p", { class: "day" }, element("span", {}, day)));
  }

  /** What an empty chat says: what the bot can do, in its own words. */
  function about() {
    if (!chat.description) return element("span", {}, words.emptyChat);
    const heading = element("b", { lang: words.ownLanguage }, words.about);
    return element("span", { class: "about", lang: chat.language }, heading, chat.description);
  }

  function follows(before, message) {
    return !before.service && !message.service && before.sender.id === message.sender.id
      && message.date - before.date < SAME_BREATH_SECONDS;
  }

  function inOrder() {
    return [...messages.values()].sort((one, other) => one.id - other.id);
  }

  /** Put a redrawn node in the old one's place; a focus inside moves to the same control, else to the message. */
  function exchange(old, fresh) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(fresh);
    if (!focused) return;
    const key = focused.dataset.focus;
    const again = key ? fresh.querySelector(`[data-focus="${key}"]`) : null;
    (again ?? fresh.querySelector(".poll-question") ?? fresh).focus({ preventScroll: true });
  }

  function insert(message) {
    const fresh = messageNode(message, acts, chat);
    const old = nodeOf(message.id);
    if (old) { exchange(old, fresh); return false; }
    const later = inOrder().find((other) => other.id > message.id && nodeOf(other.id));
    if (later) nodeOf(later.id).before(fresh);
    else log.append(fresh);
    return true;
  }

  log.addEventListener("scroll", noticeScroll, { passive: true });
  jump.addEventListener("click", () => { toEnd("smooth"); log.focus({ preventScroll: true }); });
  new ResizeObserver(() => { if (stuck) toEnd(); }).observe(log);
  log.addEventListener("load", () => { if (stuck) toEnd(); }, { capture: true });

  return {
    /** Show another chat, or the same one caught up. History is not read out: only what comes later is news. */
    show(newChat, list) {
      chat = newChat;
      messages = new Map(list.map((message) => [message.id, message]));
      log.setAttribute("aria-live", "off");
      log.replaceChildren(...inOrder().map((message) => messageNode(message, acts, chat)));
      tidy();
      toEnd();
      requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
    },
    /** Catch up after a lost connection: only what differs is drawn again. */
    catchUp(list) {
      const kept = new Set(list.map((message) => message.id));
      for (const id of [...messages.keys()]) if (!kept.has(id)) this.remove(id);
      for (const message of list) {
        if (JSON.stringify(message) !== JSON.stringify(messages.get(message.id))) this.put(message);
      }
    },
    /** A message is new (then the result is true) or has changed. */
    put(message) {
      noticeScroll();
      const wasAtEnd = stuck;
      messages.set(message.id, message);
      const isNew = insert(message);
      tidy();
      if (wasAtEnd || (isNew && message.mine)) toEnd(isNew ? "smooth" : "instant");
      else if (isNew) { missed += 1; drawJump(); }
      return isNew;
    },
    remove(id) {
      messages.delete(id);
      const node = nodeOf(id);
      if (node?.contains(document.activeElement)) log.focus({ preventScroll: true });
      node?.remove();
      tidy();
    },
    look,
    size: () => messages.size,
  };
}
