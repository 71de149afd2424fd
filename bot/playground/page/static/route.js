/** The URL has the person and the open chat: #person=5&chat=7. Two tabs can be two people, and Back works. */

/** Read the URL: {person, chat}, each a number or null. */
export function readRoute() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const numberOf = (name) => (/^-?\d+$/u.test(fields.get(name) ?? "") ? Number(fields.get(name)) : null);
  return { person: numberOf("person"), chat: numberOf("chat") };
}

/** Remove ?start=PAYLOAD from the URL, so that a reload does not start again; return it, or null. */
export function takeStart() {
  const payload = new URLSearchParams(location.search).get("start");
  if (payload !== null) history.replaceState(null, "", location.pathname + location.hash);
  return payload;
}

/** Set the URL; with `replace` without a new history entry. */
export function writeRoute({ person, chat }, { replace = false } = {}) {
  const hash = chat === null ? `#person=${person}` : `#person=${person}&chat=${chat}`;
  if (hash === location.hash) return;
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}
