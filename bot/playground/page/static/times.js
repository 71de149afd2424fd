/** Formatting of dates, given in seconds since 1970. */
import { element } from "./dom.js";
import { words } from "./words.js";

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long" });
const dayAndYear = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric" });

/** A <time> with hours and minutes. */
export function timeOf(seconds) {
  const date = new Date(seconds * 1000);
  return element("time", { datetime: date.toISOString(), title: date.toLocaleString() }, clock.format(date));
}

/** The day: Today, Yesterday, 23 November. */
export function dayOf(seconds, now = new Date()) {
  const date = new Date(seconds * 1000);
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return words.today;
  if (date.toDateString() === yesterday.toDateString()) return words.yesterday;
  return (date.getFullYear() === now.getFullYear() ? day : dayAndYear).format(date);
}

/** For a list: the time if it is today, the day otherwise. */
export function briefly(seconds) {
  return dayOf(seconds) === words.today ? timeOf(seconds) : element("time", {}, dayOf(seconds));
}
