/** The list of one person's chats: title, last message, time, unread count. */
import { unreadBadge } from "./badge.js";
import { avatar, button, element } from "./dom.js";
import { notice } from "./message.js";
import { keepFocus } from "./people.js";
import { briefly } from "./times.js";
import { words } from "./words.js";

let drawn = "";

/** Redraw the chats that changed; `open` is the id of the open chat, or null. */
export function drawChats(list, chats, open, acts) {
  const all = JSON.stringify([chats, open]);
  if (all === drawn) return;
  drawn = all;
  const rows = chats.map((chat) => element("li", {}, row(chat, chat.id === open, acts)));
  keepFocus(list, () => list.replaceChildren(...rows));
}

/** The type of picture of a chat. */
export function faceOf(chat) {
  return avatar(chat.id, chat.title, chat.kind === "group" ? "group" : "bot");
}

function row(chat, current, acts) {
  const { seen, said } = unreadBadge(chat.unread);
  const when = chat.last ? element("span", { class: "quiet" }, briefly(chat.last.date)) : null;
  return button({
    class: "chat-row",
    "aria-current": current ? "true" : null,
    "data-focus": `chat-${chat.id}`,
    onclick: () => acts.open(chat.id),
  },
  faceOf(chat),
  element("span", { class: "chat-row-text" },
    element("span", { class: "chat-row-top" }, element("b", {}, chat.title), when),
    element("span", { class: "chat-row-bottom" }, element("span", { class: "preview quiet" }, preview(chat)), seen)),
  said);
}

function preview(chat) {
  if (!chat.last) return words.emptyChat;
  if (chat.last.service) return notice(chat.last);
  const text = chat.last.text || words[chat.last.what] || "";
  if (chat.last.mine) return `${words.you}: ${text}`;
  return chat.kind === "group" ? `${chat.last.sender}: ${text}` : text;
}
