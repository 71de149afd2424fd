/** The bar for writing: text field, menu of commands, attachments, Start button and reply keyboard. */
import { button, element, icon } from "./dom.js";
import { popup } from "./popup.js";
import { words } from "./words.js";

const STICKERS = ["👍", "😀", "🎉", "🤔"];
const byId = (id) => document.getElementById(id);

/**
 * @param {Object} acts the actions: `say(text, replyTo)`, `file(kind, file)`, `sticker(emoji)`,
 *   `anonymous(flag)`
 */
export function composer(acts) {
  const form = byId("composer");
  const area = byId("text");
  let chat = null;
  let answered = null;
  let drawnKeyboard = "[]";
  let drawnTopics = "null";
  /** The topic chosen last, by chat. */
  const chosenTopics = new Map();

  const commands = popup(byId("commands-button"), byId("commands-menu"), () => drawCommands(""));
  const attach = popup(byId("attach-button"), byId("attach-menu"), drawAttachments);

  function send(text) {
    if (text.trim() === "") return;
    acts.say(text, answered?.id ?? null);
    area.value = "";
    answer(null);
    grow();
    commands.close();
  }

  /** Set the message to reply to; null for none. */
  function answer(message) {
    answered = message;
    byId("reply-bar").hidden = message === null;
    if (message === null) return;
    byId("reply-to").textContent = words.replyingTo(message.sender.name);
    byId("reply-text").textContent = message.text || message.poll?.question || "";
  }

  /** In a group a command names its bot, as Telegram writes it. */
  function command(name) {
    commands.close();
    send(chat.kind === "group" ? `/${name}@${chat.bot}` : `/${name}`);
    area.focus();
  }

  function drawCommands(start) {
    const fitting = chat.commands.filter((entry) => entry.command.startsWith(start));
    const rows = fitting.map((entry) => button({ class: "menu-item", onclick: () => command(entry.command) },
      element("b", {}, `/${entry.command}`), element("span", { class: "quiet" }, entry.description)));
    if (rows.length === 0) rows.push(element("p", { class: "menu-note quiet" }, words.noCommands));
    byId("commands-menu").replaceChildren(...rows);
    return fitting.length;
  }

  /** Show the matching commands for a text that begins like a command. */
  function suggest() {
    const typed = /^\/([a-z0-9_]*)$/u.exec(area.value);
    if (!typed || drawCommands(typed[1]) === 0) { commands.close(); return; }
    commands.open({ focus: false });
    drawCommands(typed[1]);
  }

  function drawAttachments() {
    const pick = (kind, accept, name) => button({
      class: "menu-item row",
      onclick: () => choose(kind, accept),
    }, icon(kind), name);
    const stickers = STICKERS.map((emoji) => button({
      class: "round sticker-button",
      "aria-label": words.sticker(emoji),
      onclick: () => { attach.close({ focus: true }); acts.sticker(emoji); },
    }, emoji));
    byId("attach-menu").replaceChildren(
      pick("photo", "image/png,image/jpeg,image/webp,image/gif", words.attachPhoto),
      pick("document", "", words.attachDocument),
      ...asGroupItem(),
      element("div", { class: "sticker-row" }, ...stickers));
  }

  /** Administrators of a group may act as the group itself. */
  function asGroupItem() {
    if (chat.anonymous === null) return [];
    const state = { class: "menu-item row", "aria-pressed": String(chat.anonymous) };
    const turn = () => { attach.close({ focus: true }); acts.anonymous(!chat.anonymous); };
    return [button({ ...state, onclick: turn }, icon("group"), words.asGroup, chat.anonymous ? icon("right") : null)];
  }

  function choose(kind, accept) {
    attach.close({ focus: true });
    const input = element("input", { type: "file", accept: accept || null });
    input.addEventListener("change", () => { if (input.files[0]) acts.file(kind, input.files[0]); });
    input.click();
  }

  function grow() {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }

  function onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send(area.value);
    } else if (event.key === "ArrowUp" && !byId("commands-menu").hidden) {
      event.preventDefault();
      commands.items().at(-1)?.focus();
    }
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); send(area.value); area.focus(); });
  area.addEventListener("keydown", onKey);
  area.addEventListener("input", () => { grow(); suggest(); });
  byId("reply-cancel").addEventListener("click", () => { answer(null); area.focus(); });
  byId("start").addEventListener("click", () => { acts.say("/start"); });

  function drawReplyKeyboard() {
    const keyboard = JSON.stringify(chat?.reply_keyboard ?? []);
    if (keyboard === drawnKeyboard) return;
    drawnKeyboard = keyboard;
    const rows = (chat?.reply_keyboard ?? []).map((keys) => element("div", { class: "keys" },
      ...keys.map((text) => button({ class: "reply-key", onclick: () => acts.say(text) }, text))));
    byId("reply-keyboard").replaceChildren(...rows);
    byId("reply-keyboard").hidden = rows.length === 0;
  }

  function drawTopics() {
    const topics = JSON.stringify(chat?.topics ?? null);
    byId("topic-bar").hidden = topics === "null";
    if (topics !== drawnTopics) {
      const options = (chat?.topics ?? []).map(({ id, title }) => element("option", { value: id }, title));
      byId("topic").replaceChildren(element("option", { value: "" }, words.generalTopic), ...options);
    }
    drawnTopics = topics;
    byId("topic").value = chosenTopics.get(chat?.id) ?? "";
  }

  byId("topic").addEventListener("change", () => chosenTopics.set(chat.id, byId("topic").value));

  return {
    /** Adapt the composer to a chat: the Start button in an empty private chat, else the text field. */
    show(newChat) {
      const changed = chat?.id !== newChat?.id;
      const fromStart = !byId("start-bar").hidden;
      chat = newChat;
      const starts = chat !== null && chat.kind === "private" && !chat.started;
      byId("start-bar").hidden = !starts;
      form.hidden = chat === null || starts;
      area.placeholder = chat?.anonymous ? words.messageAsGroup : words.message;
      drawReplyKeyboard();
      drawTopics();
      if (changed) { area.value = ""; answer(null); attach.close(); commands.close(); }
      if (!form.hidden) grow();
      if (!changed && fromStart && !starts) area.focus();
    },
    /** The topic to write in; null for General and outside forums. */
    thread: () => Number(byId("topic").value) || null,
    /** Start a reply to a message; if a bot asked for it (ForceReply), the focus does not move. */
    reply(message, { focus = true } = {}) {
      answer(message);
      if (focus) area.focus();
    },
  };
}
