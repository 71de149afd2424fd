/** The log of one chat: draws messages in order; keeps the scroll position, the focus, and the end in view. */
import { element } from "./dom.js";
import { messageNode } from "./message.js";
import { dayOf } from "./times.js";
import { words } from "./words.js";

const NEAR_THE_END_PIXELS = 60;
const SAME_BREATH_SECONDS = 300;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @param {HTMLElement} log
 * @param {HTMLButtonElement} jump the button that scrolls to the newest message
 * @param {Object} acts see message.js
 * @param {function(number): void} seen called with the newest message's id whenever the end is in view
 */
export function conversation(log, jump, acts, seen) {
  let chat = null;
  let stuck = true;
  let missed = 0;
  let lastTop = 0;
  /** The shown messages, and their ids in order: a change touches its neighbours and not the whole log. */
  const messages = new Map();
  const nodes = new Map();
  const order = [];
  let emptyNote = null;

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_THE_END_PIXELS;

  /** Mark the messages in view as read while the page is visible. */
  function look() {
    if (stuck && order.length > 0) seen(order.at(-1));
  }

  function toEnd(behavior = "instant") {
    log.scrollTo({ top: log.scrollHeight, behavior: calm.matches ? "instant" : behavior });
    lastTop = log.scrollTop;
    stuck = true;
    missed = 0;
    drawJump();
    look();
  }

  /** Only scrolling up leaves the end: while scrolling down to it, the end may still be far. */
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

  /** The position of a message in the order. Searched from the end, where most changes are. */
  function placeOf(id) {
    let place = order.length;
    while (place > 0 && order[place - 1] >= id) place -= 1;
    return place;
  }

  /**
   * Day headings, and which messages follow one of the same sender at once.
   * Changes only nodes that differ, because screen readers announce all added nodes.
   */
  function tidy(place) {
    const message = messages.get(order[place]);
    if (!message) return;
    const before = messages.get(order[place - 1]) ?? null;
    const newDay = !before || dayOf(before.date) !== dayOf(message.date);
    const node = nodes.get(message.id);
    headDay(node, newDay ? dayOf(message.date) : null);
    node.classList.toggle("continued", !newDay && follows(before, message));
  }

  function headingOf(node) {
    const above = node.previousElementSibling;
    return above?.classList.contains("day") ? above : null;
  }

  function headDay(node, day) {
    const heading = headingOf(node);
    if (heading?.textContent === (day ?? undefined)) return;
    heading?.remove();
    if (day) node.before(element("p", { class: "day" }, element("span", {}, day)));
  }

  function drawEmptyNote() {
    if (order.length > 0) emptyNote?.remove();
    else if (!emptyNote?.isConnected) log.append(emptyNote = element("p", { class: "empty" }, about()));
  }

  /** The text of an empty chat: the bot's description. */
  function about() {
    if (!chat.description) return element("span", {}, words.emptyChat);
    const heading = element("b", { lang: words.ownLanguage }, words.about);
    return element("span", { class: "about", lang: chat.language }, heading, chat.description);
  }

  function follows(before, message) {
    return !before.service && !message.service && before.sender.id === message.sender.id
      && before.mine === message.mine && before.topic?.id === message.topic?.id
      && message.date - before.date < SAME_BREATH_SECONDS;
  }

  /** Replace a node with a redrawn one; a focus inside moves to the same control, else to the message. */
  function exchange(old, fresh) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(fresh);
    if (!focused) return;
    const key = focused.dataset.focus;
    const again = key ? fresh.querySelector(`[data-focus="${key}"]`) : null;
    (again ?? fresh.querySelector(".poll-question") ?? fresh).focus({ preventScroll: true });
  }

  /** Draw a message that is new (then the result is true) or has changed. */
  function insert(message) {
    const place = placeOf(message.id);
    const old = nodes.get(message.id);
    const fresh = messageNode(message, acts, chat);
    messages.set(message.id, message);
    nodes.set(message.id, fresh);
    if (old) {
      exchange(old, fresh);
    } else {
      const later = nodes.get(order[place]);
      order.splice(place, 0, message.id);
      fresh.classList.add("new");
      if (later) later.before(fresh);
      else log.append(fresh);
    }
    tidy(place);
    tidy(place + 1);
    drawEmptyNote();
    return !old;
  }

  log.addEventListener("scroll", noticeScroll, { passive: true });
  jump.addEventListener("click", () => { toEnd("smooth"); log.focus({ preventScroll: true }); });
  new ResizeObserver(() => { if (stuck) toEnd(); }).observe(log);
  log.addEventListener("load", () => { if (stuck) toEnd(); }, { capture: true });

  return {
    /** Show another chat, or reload the same one. Screen readers announce only later messages, not the history. */
    show(newChat, list) {
      chat = newChat;
      messages.clear();
      nodes.clear();
      order.length = 0;
      log.setAttribute("aria-live", "off");
      for (const message of [...list].sort((one, other) => one.id - other.id)) {
        order.push(message.id);
        messages.set(message.id, message);
        nodes.set(message.id, messageNode(message, acts, chat));
      }
      log.replaceChildren(...nodes.values());
      order.forEach((_, place) => tidy(place));
      drawEmptyNote();
      toEnd();
      requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
    },
    /** Update after a lost connection: only messages that differ are redrawn. */
    catchUp(list) {
      const kept = new Set(list.map((message) => message.id));
      for (const id of [...order]) if (!kept.has(id)) this.remove(id);
      for (const message of list) this.put(message);
    },
    /** Add a new message (then return true) or redraw a changed one; an equal one is not touched. */
    put(message) {
      if (JSON.stringify(message) === JSON.stringify(messages.get(message.id))) return false;
      noticeScroll();
      const wasAtEnd = stuck;
      const isNew = insert(message);
      if (wasAtEnd || (isNew && message.mine)) toEnd(isNew ? "smooth" : "instant");
      else if (isNew) { missed += 1; drawJump(); }
      return isNew;
    },
    remove(id) {
      const node = nodes.get(id);
      if (!node) return;
      const place = placeOf(id);
      const heading = headingOf(node);
      if (node.contains(document.activeElement)) log.focus({ preventScroll: true });
      node.remove();
      order.splice(place, 1);
      messages.delete(id);
      nodes.delete(id);
      const next = nodes.get(order[place]);
      if (heading && (!next || headingOf(next) !== heading)) heading.remove();
      tidy(place);
      drawEmptyNote();
    },
    look,
    size: () => order.length,
  };
}
