/** One message as a node: sender, quoted message, media, text, poll, reactions, time, buttons. */
import { avatar, button, element, hiddenText, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { mediaNode } from "./media.js";
import { pollNode } from "./poll.js";
import { timeOf } from "./times.js";
import { words } from "./words.js";

/**
 * @param {Object} message the server's JSON for this viewer
 * @param {Object} acts the reader's actions: command, link, vote, press
 * @param {{kind: string, language: string}} chat the chat of the message
 */
export function messageNode(message, acts, chat) {
  if (message.service) return element("p", { class: "service", ...keyed(message) }, notice(message));
  const bubble = element("div", { class: bubbleClass(message) }, ...content(message, acts, chat));
  const kind = message.mine ? "mine" : "theirs";
  const ofOthers = chat.kind === "group" && !message.mine;
  const { id, name, kind: face } = message.sender;
  return element("article", { class: `message ${kind}`, tabindex: "-1", ...keyed(message) },
    ofOthers ? avatar(id, name, face) : null,
    element("div", { class: "stack" }, topicLine(message.topic), bubble, keyboard(message, acts)),
    ofOthers ? replyButton(message, acts) : null);
}

/** The reply button, in groups only: there a bot gets little more than commands and replies to it. */
function replyButton(message, acts) {
  const label = words.reply(message.sender.name);
  const names = { "aria-label": label, title: label, "data-focus": "reply" };
  return button({ class: "round reply-button", ...names, onclick: () => acts.reply(message) }, icon("reply"));
}

/** The sentence of a service message; also used in the list of chats. */
export function notice({ service, sender }) {
  return (words.services[service.what] ?? words.otherService)(sender.name ?? sender, service.names.join(", "));
}

function keyed(message) {
  return { "data-message": message.id };
}

function bubbleClass(message) {
  const plain = message.sticker ? " bare" : "";
  return `bubble${plain}${message.poll ? " with-poll" : ""}${message.photo ? " with-photo" : ""}`;
}

function content(message, acts, chat) {
  const language = message.sender.kind === "bot" ? chat.language : null;
  const said = formatted(message.text, message.entities, acts);
  const text = message.text ? element("div", { class: "text", lang: language, dir: "auto" }, said) : null;
  const poll = message.poll ? pollNode(message.poll, acts) : null;
  if (poll && language) poll.lang = language;
  return [senderLine(message, chat), quoted(message.reply_to), mediaNode(message), text, poll, footer(message)];
}

/** The topic of a message in a forum. */
function topicLine(topic) {
  return topic ? element("p", { class: "topic" }, `# ${topic.title ?? words.generalTopic}`) : null;
}

/** The sender's name: visible in groups, and to screen readers everywhere; own messages show it if sent as the group. */
function senderLine({ sender, mine }, chat) {
  const asGroup = sender.kind === "group";
  const hue = sender.kind === "bot" ? "bot" : Math.abs(sender.id) % 7;
  const seen = chat.kind === "group" && (!mine || asGroup);
  const style = seen ? `sender${mine ? "" : ` ink-${hue}`}` : "sender hidden-text";
  if (!mine) return element("p", { class: style }, sender.name);
  return element("p", { class: style }, asGroup ? words.youAs(sender.name) : words.you);
}

function quoted(reply) {
  if (!reply) return null;
  return element("blockquote", { class: "reply" }, element("b", {}, reply.sender), element("span", {}, reply.text));
}

function footer(message) {
  const reactions = message.reactions.map(({ emoji, count }) =>
    element("span", { class: "reaction" }, emoji, count > 1 ? ` ${count}` : "", hiddenText(" ")));
  return element("div", { class: "meta" },
    reactions.length > 0 ? element("span", { class: "reactions" }, ...reactions) : null,
    element("span", { class: "stamp" }, message.edited ? `${words.edited} ` : "", timeOf(message.date)));
}

function keyboard(message, acts) {
  if (message.keyboard.length === 0) return null;
  const rows = message.keyboard.map((keys, row) => element("div", { class: "keys" },
    ...keys.map((key, column) => keyNode(message, key, row, column, acts))));
  return element("div", { class: "keyboard" }, ...rows);
}

function keyNode(message, key, row, column, acts) {
  const style = key.style ? ` key-${key.style}` : "";
  if (key.url) {
    const follow = (event) => { if (acts.link(key.url)) event.preventDefault(); };
    const address = /^(https?|tg):/iu.test(key.url) ? key.url : null;
    const where = { href: address, target: "_blank", rel: "noopener noreferrer", onclick: follow };
    const warning = hiddenText(` (${words.opensOutside})`);
    return element("a", { class: `key${style}`, ...where }, key.text, icon("link"), warning);
  }
  if (key.copy) return button({ class: `key${style}`, onclick: () => acts.copy(key.copy) }, key.text);
  const node = button({ class: `key${style}`, "data-focus": `key-${row}-${column}` }, element("span", {}, key.text));
  node.addEventListener("click", () => {
    node.classList.add("waiting");
    node.setAttribute("aria-busy", "true");
    acts.press(message, { row, column, text: key.text }).finally(() => {
      node.classList.remove("waiting");
      node.removeAttribute("aria-busy");
    });
  });
  return node;
}
