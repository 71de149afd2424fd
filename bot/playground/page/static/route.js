/** The address says who looks and at what: #person=5&chat=7. Two tabs can be two people, and Back works. */

/** Read the address: {person, chat}, each a number or null. */
export function readRoute() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const numberOf = (name) => (/^-?\d+$/u.test(fields.get(name) ?? "") ? Number(fields.get(name)) : null);
  return { person: numberOf("person"), chat: numberOf("chat") };
}

/** Take ?start=PAYLOAD out of the address, so that a reload does not start again; null where there is none. */
export function takeStart() {
  const payload = new URLSearchParams(location.search).get("start");
  if (payload !== null) history.replaceState(null, "", location.pathname + location.hash);
  return payload;
}

/** Write the address; with `replace` the step is not kept in the history. */
export function writeRoute({ person, chat }, { replace = false } = {}) {
  const hash = chat === null ? `#person=${person}` : `#person=${person}&chat=${chat}`;
  if (hash === location.hash) return;
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}
