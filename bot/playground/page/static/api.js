/** The only module that sends requests to the server: JSON calls and the event stream. */
import { words } from "./words.js";

async function call(path, options = {}) {
  const answer = await fetch(path, { headers: { Accept: "application/json" }, ...options });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error || words.problem);
  return body;
}

const get = (path, query = {}) => call(`${path}?${new URLSearchParams(query)}`);
const post = (path, body) => call(path, {
  method: "POST",
  headers: { "Content-Type": "application/json", Accept: "application/json" },
  body: JSON.stringify(body),
});

export const api = {
  people: () => get("/page/people"),
  addPerson: (name, language) => post("/page/people", { name, language }),
  chats: (person) => get("/page/chats", { person }),
  messages: (person, chat) => get("/page/messages", { person, chat }),
  /** Send a text; `where` may have `thread_id` and `reply_to`. */
  say: (person, chat, text, where = {}) => post("/page/say", { person, chat, text, ...where }),
  /** Press the button at a position; its text is checked, because another button may be there by now. */
  press: (person, chat, message, place) => post("/page/press", { person, chat, message, ...place }),
  vote: (person, poll, options) => post("/page/vote", { person, poll, options }),
  sticker: (person, chat, emoji, thread) => post("/page/sticker", { person, chat, emoji, thread_id: thread }),
  anonymous: (person, chat, anonymous) => post("/page/anonymous", { person, chat, anonymous }),
  read: (person, chat, message) => post("/page/read", { person, chat, message }),
  /** Send a file; `as` is "photo" or "document". */
  file: (person, chat, as, file, thread) => call(
    `/page/file?${new URLSearchParams({ person, chat, as, name: file.name, ...(thread && { thread_id: thread }) })}`,
    { method: "POST", headers: { "Content-Type": file.type || "application/octet-stream" }, body: file },
  ),
};

const RETRY_MILLISECONDS = 1000;

/**
 * Subscribe to a person's events. The browser reconnects after a lost connection; this code does so after a refusal.
 * @param {number} person
 * @param {{opened: function(): void, lost: function(): void, happened: function(Object): void}} hears
 *   `opened` is called after every (re)connection: missed changes must be loaded then.
 * @returns {function(): void} unsubscribe
 */
export function listen(person, hears) {
  let source = null;
  let timer = null;
  const open = () => {
    source = new EventSource(`/page/events?${new URLSearchParams({ person })}`);
    source.onopen = hears.opened;
    source.onmessage = (event) => hears.happened(JSON.parse(event.data));
    source.onerror = () => {
      hears.lost();
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, RETRY_MILLISECONDS);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
