/** Standings and podium. */
import { element, unseen } from "./dom.js";

const STEPS = 3;
// Nicknames have at most 20 characters; in a group, Telegram names are shown.
const LONG = 24;

function movement(row) {
  if (!row.up) return element("span.movement", {}, unseen(row.movement));
  const direction = row.up > 0 ? "up" : "down";
  const arrow = element("span", { "aria-hidden": "true" }, `${row.up > 0 ? "▲" : "▼"} ${Math.abs(row.up)}`);
  return element(`span.movement.${direction}`, {}, arrow, unseen(row.movement));
}

function rank(row) {
  return element("span.rank", {}, element("span", { "aria-hidden": "true" }, String(row.rank)), unseen(row.place));
}

function score(row) {
  const points = row.points && element("span", {}, `${row.points} ·`);
  return element("span.score", {}, points, " ", element("span", {}, row.score));
}

/** Every name is shown completely; a long one is smaller. */
function named(row) {
  return element(row.name.length > LONG ? "span.name.long" : "span.name", {}, row.name);
}

function line(row, isMoving) {
  return element("li", {}, rank(row), " ", named(row), " ", isMoving && movement(row), " ", score(row));
}

/** The number of other people who share the last place shown. */
function others(ranking) {
  return ranking.more && element("li.more", {}, ranking.more);
}

/** The standings as a strip below the answer. */
export function standings(ranking) {
  if (!ranking) return null;
  return element(
    "section.standings",
    { "aria-labelledby": "standings" },
    element("h2", { id: "standings" }, ranking.title),
    element("ol", {}, ...ranking.rows.map((row) => line(row, true)), others(ranking)),
    element("p.rule", {}, ranking.rule),
  );
}

/** The first three on a podium, the others below. In document order the first comes first; drawn, it is in the middle. */
export function podium(ranking) {
  if (!ranking) return null;
  const steps = ranking.rows.slice(0, STEPS).map((row, place) => {
    const who = element("span.who", {}, named(row), " ", score(row), " ");
    const step = element("li", {}, who, element("span.step", {}, rank(row)));
    step.dataset.place = String(place + 1);
    step.dataset.height = String(Math.min(row.rank, STEPS));
    return step;
  });
  const below = [...ranking.rows.slice(STEPS).map((row) => line(row, false)), others(ranking)].filter(Boolean);
  return element(
    "section.final",
    { "aria-labelledby": "standings" },
    element("h2.unseen", { id: "standings" }, ranking.title),
    element("ol.podium", {}, ...steps),
    below.length > 0 && element("ol.others", { start: String(STEPS + 1) }, ...below),
    element("p.rule", {}, ranking.rule),
  );
}
