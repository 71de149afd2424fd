/** The content of the stage in each scene. All sentences are in the snapshot; there are no translations here. */
import { drawing, element, unseen } from "./dom.js";
import { podium, standings } from "./ranking.js";
import { CHECK, SHAPES } from "./shapes.js";

/** Functions that render a scene: `(part, snapshot) => nodes`. */
export const SCENES = { lobby, question, discussion, answer, end };

function lobby(part, snapshot) {
  const qrCode = part.qr_code && drawing(part.qr_code.path, { ...part.qr_code, className: "qr-code" });
  const way = element(
    "div.way",
    {},
    element("p.kicker", {}, part.join),
    element("h1", {}, snapshot.reading),
    snapshot.code.length > 0 && element("p.code", {}, unseen(`${snapshot.code_label}: `), ...groups(snapshot.code)),
    snapshot.link && element("p.how", {}, part.how),
    snapshot.link && element("p.link", {}, snapshot.link),
  );
  const names = part.names.map((name) => element("li", {}, name));
  if (part.more) names.push(element("li.more", {}, part.more));
  const here = element(
    "section.here",
    { "aria-labelledby": "here" },
    element("h2", { id: "here" }, part.here),
    names.length ? element("ul.names", {}, ...names) : element("p.quiet", {}, part.empty),
  );
  return [element("div.gathering", {}, way, qrCode && element("div.qr-code-card", {}, qrCode)), here];
}

/** The code in groups. The gap is drawn by CSS, so that a copied code has no spaces. */
export function groups(code) {
  return code.map((group) => element("span.group", {}, group));
}

function head(part) {
  const place = element("p.kicker", {}, part.place, part.topic && " · ", part.topic);
  return element("div.head", {}, place, element("h1.stem", {}, part.stem));
}

function question(part) {
  return [head(part), element("p.ask", {}, part.ask), part.options.length > 0 && options(part)];
}

function discussion(part) {
  const call = element("div.call", {}, element("p.call-title", {}, part.title), element("p", {}, part.how));
  return [call, head(part), legend(part.legend.slice(0, 1)), part.options.length > 0 && options(part)];
}

function answer(part) {
  const asked = element(
    "div.asked",
    {},
    head(part),
    legend(part.legend),
    part.options.length > 0 ? options(part) : written(part),
  );
  return [element("div.closed", {}, asked, proof(part)), standings(part.ranking)];
}

function end(part, snapshot) {
  const thanks = element(
    "div.thanks",
    {},
    element("p.kicker", {}, snapshot.reading),
    element("h1", {}, part.thanks),
    element("p.quiet", {}, part.over),
  );
  return [thanks, podium(part.ranking)];
}

function options(part) {
  const shown = part.options.map((one, place) => option(one, place, part));
  return element("ol.options", {}, ...shown);
}

function option(one, place, part) {
  const mark = element("span.mark", {}, drawing(SHAPES[place]), element("span.letter", {}, one.letter));
  const text = element("span.text", {}, one.text);
  const right = one.right && element("span.right-word", {}, drawing(CHECK), part.right_word);
  const votes = ["first", "last"].filter((vote) => one[vote]).map((vote) => bar(one[vote], vote, part.pupils));
  const body = element("span.body", {}, element("span.says", {}, text, right), ...votes);
  const item = element("li.option", {}, mark, body);
  item.dataset.hue = String(place % 6);
  if (one.right !== undefined && one.right !== null) item.dataset.right = String(one.right);
  return item;
}

/** The full width stands for all pupils, so that bars of two votes, and of two questions, can be compared. */
function bar(votes, vote, pupils) {
  const filled = element("span.filled");
  filled.style.setProperty("--share", votes.number / pupils);
  const count = element("span.count", {}, element("span", { "aria-hidden": "true" }, String(votes.number)), unseen(votes.label));
  return element(`span.bar.${vote}`, {}, element("span.track", {}, filled), count);
}

function legend(words) {
  if (!words.length) return null;
  const entries = words.map((word, place) => element(`span.${place ? "last" : "first"}`, {}, word));
  return element("p.legend", { "aria-hidden": "true" }, ...entries);
}

function written(part) {
  return element(
    "div.solution",
    {},
    element("p.right-word", {}, drawing(CHECK), part.solution_label),
    ...(part.solution ?? []).map((one) => element("p.solution-text", {}, one)),
  );
}

function proof(part) {
  if (!part.passage) return null;
  const [before, quoted, after] = part.passage;
  return element(
    "div.proof",
    {},
    element("p.result", {}, part.result),
    part.why && element("h2", {}, part.why_label),
    part.why && element("p.why", {}, part.why),
    quoted && element("h2", {}, part.passage_label),
    quoted && element("blockquote", {}, before, element("mark", {}, quoted), after),
  );
}
