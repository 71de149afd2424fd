/** Links to our own bot, which open its private chat here as they do in Telegram (core.telegram.org/api/links). */

const PAYLOAD = /^[\w-]{1,64}$/u;
const HOSTS = new Set(["t.me", "telegram.me", "telegram.dog"]);

/** The /start command with a payload; a payload that Telegram does not allow is left out. */
export function startCommand(payload) {
  return PAYLOAD.test(payload ?? "") ? `/start ${payload}` : "/start";
}

/** The payload of a link to the bot's private chat, possibly empty; null for every other URL. */
export function payloadOf(address, username) {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const name = HOSTS.has(url.hostname) ? url.pathname.slice(1) : url.protocol === "tg:" && url.searchParams.get("domain");
  const ours = name && name.toLowerCase() === username.toLowerCase();
  return ours && !url.searchParams.has("startgroup") ? url.searchParams.get("start") ?? "" : null;
}
