/** The page's entry point and controller: follows the URL, loads, draws, and handles events. */
import { api, listen } from "./api.js";
import { drawChats, faceOf } from "./chats.js";
import { composer } from "./composer.js";
import { conversation } from "./conversation.js";
import { payloadOf, startCommand } from "./deeplink.js";
import { icon } from "./dom.js";
import { alertDialog, toast } from "./notices.js";
import { drawPeople, wireAddPerson } from "./people.js";
import { forgetPolls } from "./poll.js";
import { readRoute, takeStart, writeRoute } from "./route.js";
import { fillWords, words } from "./words.js";

const byId = (id) => document.getElementById(id);
const wide = matchMedia("(min-width: 760px)");
const TYPING_MILLISECONDS = 5000;
const REFRESH_MILLISECONDS = 120;

/** The page's state: the person, the open chat (null: the list), and the last answers of the server. */
const state = { person: null, chat: null, bot: null, people: [], chats: [] };
let stopListening = () => {};
let fetches = Promise.resolve();
let held = null;
let refreshTimer = null;
let typingTimer = null;

const chatOf = (id) => state.chats.find((chat) => chat.id === id) ?? null;
const privateChat = () => state.chats.find((chat) => chat.kind === "private") ?? null;

/** Run a request; show an error in a toast. */
async function attempt(request) {
  try {
    return await request;
  } catch (error) {
    toast(error.message || words.problem);
    return null;
  }
}

const acts = {
  become: (person) => go({ person, chat: state.chat !== null && !isPrivate(state.chat) ? state.chat : null }),
  open: (chat) => go({ person: state.person, chat }, { focus: true }),
  say: (text, replyTo = null) => attempt(api.say(state.person, state.chat, text, placeFor(replyTo))),
  reply: (message) => write.reply(message),
  file: (as, file) => attempt(api.file(state.person, state.chat, as, file, write.thread())),
  sticker: (emoji) => attempt(api.sticker(state.person, state.chat, emoji, write.thread())),
  anonymous: (anonymous) => attempt(api.anonymous(state.person, state.chat, anonymous)),
  vote: (poll, options) => attempt(api.vote(state.person, poll.id, options)),
  press: (message, place) => attempt(api.press(state.person, state.chat, message.id, place)),
  command: (text) => acts.say(text),
  copy: (text) => navigator.clipboard.writeText(text).then(() => toast(words.copied), () => toast(text)),
  link: followDeepLink,
};

const isPrivate = (id) => chatOf(id)?.kind !== "group";

/** A reply goes to the topic of its message, everything else to the chosen topic. */
function placeFor(replyTo) {
  return replyTo === null ? { thread_id: write.thread() } : { reply_to: replyTo };
}

/** Handle a link to our own bot as Telegram does; return whether it was one. */
function followDeepLink(address) {
  const payload = payloadOf(address, state.bot.username);
  if (payload === null) return false;
  startBot(payload);
  return true;
}

/** Open the private chat and start the bot there. */
async function startBot(payload) {
  const { person } = state;
  const chat = privateChat()?.id;
  if (chat === undefined) return;
  await go({ person, chat }, { focus: true });
  await attempt(api.say(person, chat, startCommand(payload)));
}

const write = composer(acts);
const log = conversation(byId("log"), byId("jump"), acts, seen);

/** Mark everything in view as read. */
async function seen(message) {
  const chat = chatOf(state.chat);
  if (!chat || document.hidden || chat.read >= message) return;
  chat.read = message;
  await api.read(state.person, chat.id, message).catch(() => {});
  refreshSoon();
}

async function go(route, { focus = false, replace = false } = {}) {
  writeRoute(route, { replace });
  await follow({ focus });
}

/** Update the page to match the URL. */
async function follow({ focus = false } = {}) {
  const route = readRoute();
  const person = state.people.some((one) => one.id === route.person) ? route.person : state.people[0]?.id ?? null;
  if (person === null) return;
  if (person !== state.person) await become(person);
  const chosen = chatOf(route.chat)?.id ?? (wide.matches ? privateChat()?.id ?? null : null);
  writeRoute({ person, chat: chosen }, { replace: true });
  await open(chosen, { focus });
}

async function become(person) {
  stopListening();
  forgetPolls();
  write.show(null);
  state.person = person;
  state.chat = null;
  state.chats = (await attempt(api.chats(person)))?.chats ?? [];
  const lost = () => { byId("connection").textContent = words.connecting; };
  stopListening = listen(person, { opened: caughtUp, lost, happened });
}

async function open(chat, { focus = false } = {}) {
  const changed = chat !== state.chat;
  const before = state.chat;
  state.chat = chat;
  byId("frame").dataset.view = chat === null ? "chats" : "chat";
  const loads = chat !== null && (changed || log.size() === 0);
  byId("log").setAttribute("aria-busy", String(loads));
  draw();
  if (loads) await fetchMessages((list) => log.show(chatOf(chat), list));
  if (focus && chat !== null) focusChat();
  if (focus && chat === null) document.querySelector(`[data-focus="chat-${before}"]`)?.focus();
  if (chat === state.chat) byId("log").setAttribute("aria-busy", "false");
}

/**
 * Move the focus to the text field; on a phone to the title, so that no keyboard opens. A focus that is already in a
 * menu stays there.
 */
function focusChat() {
  if (document.activeElement?.closest(".popup, dialog")) return;
  if (!byId("start-bar").hidden) byId("start").focus();
  else if (wide.matches) byId("text").focus();
  else byId("chat-title").focus();
}

/** One load at a time; events are held back meanwhile, because the list being loaded may not contain them. */
function fetchMessages(use) {
  fetches = fetches.then(async () => {
    const { person, chat } = state;
    held = [];
    const answer = await attempt(api.messages(person, chat));
    const events = held;
    held = null;
    if (person !== state.person || chat !== state.chat) return;
    if (answer) use(answer.messages);
    for (const event of events) apply(event);
  });
  return fetches;
}

function draw() {
  drawPeople(state.people, state.person, acts);
  drawChats(byId("chats"), state.chats, state.chat, acts);
  drawChatBar();
  write.show(chatOf(state.chat));
  const unread = state.chats.reduce((sum, chat) => sum + chat.unread, 0);
  const name = state.people.find((one) => one.id === state.person)?.name ?? "";
  document.title = `${unread > 0 ? `(${unread}) ` : ""}${name} · ${words.title}`;
}

function drawChatBar() {
  const chat = chatOf(state.chat);
  byId("chat").classList.toggle("no-chat", chat === null);
  byId("chat-title").textContent = chat?.title ?? words.chooseChat;
  if (!byId("chat-subtitle").classList.contains("is-typing")) byId("chat-subtitle").textContent = subtitle(chat);
  byId("chat-avatar").replaceChildren(...(chat ? [faceOf(chat)] : []));
}

function subtitle(chat) {
  if (!chat) return "";
  return chat.kind === "group" ? words.members(chat.members) : words.bot;
}

/** Handle an event of the server; event_stream.py lists the kinds. */
function happened(event) {
  if (event.kind === "toast") { (event.alert ? alertDialog : toast)(event.text); return; }
  if (event.kind === "typing") { if (event.chat === state.chat) showTyping(); return; }
  if (event.kind === "open") { followDeepLink(event.url) || window.open(event.url, "_blank", "noopener"); return; }
  if (held) held.push(event);
  else apply(event);
  refreshSoon();
}

function apply(event) {
  if (event.chat !== state.chat) return;
  if (event.kind === "message") heard(event.message);
  if (event.kind === "deleted") log.remove(event.id);
}

function heard(message) {
  const isNew = log.put(message);
  if (message.mine) return;
  stopTyping();
  if (isNew && message.awaits_reply) write.reply(message, { focus: false });
}

function showTyping() {
  byId("chat-subtitle").textContent = words.typing;
  byId("chat-subtitle").classList.add("is-typing");
  clearTimeout(typingTimer);
  typingTimer = setTimeout(stopTyping, TYPING_MILLISECONDS);
}

function stopTyping() {
  clearTimeout(typingTimer);
  byId("chat-subtitle").classList.remove("is-typing");
  drawChatBar();
}

/** After every (re)connection: load missed changes. */
async function caughtUp() {
  byId("connection").textContent = "";
  await refresh();
  if (state.chat !== null) await fetchMessages((list) => log.catchUp(list));
}

/** Several events in a row cause one refresh of the lists, which an endless stream of events cannot delay forever. */
function refreshSoon() {
  refreshTimer ??= setTimeout(() => {
    refreshTimer = null;
    refresh();
  }, REFRESH_MILLISECONDS);
}

async function refresh() {
  const person = state.person;
  const [everyone, mine] = await Promise.all([api.people(), api.chats(person)]).catch(() => [null, null]);
  if (!everyone || person !== state.person) return;
  state.people = everyone.people;
  state.chats = mine.chats;
  if (state.chat === null || chatOf(state.chat)) { draw(); return; }
  // A group that became a supergroup has a new id; if any other chat is gone, the list is shown.
  const moved = state.chats.find((chat) => chat.was === state.chat);
  go({ person, chat: moved?.id ?? null }, { replace: true });
}

async function start() {
  fillWords(document);
  for (const node of document.querySelectorAll("[data-icon]")) node.append(icon(node.dataset.icon));
  wireAddPerson(async (name, language) => {
    const added = await attempt(api.addPerson(name, language));
    if (!added) return;
    state.people = (await api.people()).people;
    await go({ person: added.id, chat: null });
  });
  byId("back").addEventListener("click", () => go({ person: state.person, chat: null }, { focus: true }));
  wide.addEventListener("change", () => follow());
  addEventListener("popstate", () => follow({ focus: true }));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) log.look(); });
  const { bot, people } = await api.people();
  Object.assign(state, { bot, people });
  const payload = takeStart();
  await follow();
  if (payload !== null) await startBot(payload);
}

start().catch((error) => toast(error.message || words.problem));
