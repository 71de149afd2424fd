/** Standings and podium. */
import { element, unseen } from "./dom.js";

const STEPS = 3;

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

function line(row, isMoving) {
  const name = element("span.name", {}, row.name);
  return element("li", {}, rank(row), " ", name, " ", isMoving && movement(row), " ", score(row));
}

/** The standings as one strip below the answer. */
export function standings(ranking) {
  if (!ranking) return null;
  return element(
    "section.standings",
    { "aria-labelledby": "standings" },
    element("h2", { id: "standings" }, ranking.title),
    element("ol", {}, ...ranking.rows.map((row) => line(row, true))),
    element("p.rule", {}, ranking.rule),
  );
}

/** The first three on steps, the others below. Read aloud in their order; drawn with the first in the middle. */
export function podium(ranking) {
  if (!ranking) return null;
  const steps = ranking.rows.slice(0, STEPS).map((row, place) => {
    const who = element("span.who", {}, element("span.name", {}, row.name), " ", score(row), " ");
    const step = element("li", {}, who, element("span.step", {}, rank(row)));
    step.dataset.place = String(place + 1);
    step.dataset.height = String(Math.min(row.rank, STEPS));
    return step;
  });
  const others = ranking.rows.slice(STEPS).map((row) => line(row, false));
  return element(
    "section.final",
    { "aria-labelledby": "standings" },
    element("h2.unseen", { id: "standings" }, ranking.title),
    element("ol.podium", {}, ...steps),
    others.length > 0 && element("ol.others", { start: String(STEPS + 1) }, ...others),
    element("p.rule", {}, ranking.rule),
  );
}
