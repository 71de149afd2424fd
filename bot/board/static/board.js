/** The projector page: puts each picture on the stage as it comes. */
import { setTimeLeft } from "./clock.js";
import { setUpControls, wantedSize } from "./controls.js";
import { element, unseen } from "./dom.js";
import { fit } from "./fit.js";
import { SCENES, groups } from "./scenes.js";
import { listen } from "./stream.js";

const stage = document.getElementById("stage");
const bottom = document.getElementById("bottom");
// More options than this need a second column.
const MANY = 6;
let shown = null;

/** Numbers of columns worth trying for the options, the most pleasing first. */
function columns(part) {
  const count = part.options?.length ?? 0;
  if (count < 2) return [1];
  const longest = Math.max(...part.options.flatMap((one) => one.text.split("\n").map((line) => line.length)));
  if (part.passage) return count > MANY || longest <= 20 ? [1, 2] : [1];
  if (count > MANY) return [2, 3, 1];
  return longest <= 40 ? [2, 1] : [1, 2];
}

/** Tell where the class stands; within it, only numbers and names change. */
function place(picture) {
  const part = picture[picture.scene];
  return [picture.scene, part.place, part.stem].join("\n");
}

function show(picture) {
  const part = picture[picture.scene];
  const isNew = !shown || place(shown) !== place(picture);
  document.documentElement.lang = picture.language;
  document.title = part.place ? `${part.place} · ${picture.reading}` : picture.reading;
  document.getElementById("reading").textContent = picture.scene === "lobby" || picture.scene === "end" ? "" : picture.reading;
  stage.dataset.scene = picture.scene;
  stage.classList.toggle("dense", (part.options?.length ?? 0) > MANY);
  stage.classList.toggle("settled", !isNew);
  stage.replaceChildren(...SCENES[picture.scene](part, picture).filter(Boolean));
  bottom.replaceChildren(...state(picture).filter(Boolean));
  setTimeLeft(picture.left, picture.seconds);
  tell(picture);
  shown = picture;
  refit();
}

function state(picture) {
  if (picture.scene === "lobby" || picture.scene === "end") return [];
  return [
    picture.answered && element("p.answered", {}, picture.answered),
    picture.waits && element("p.waits", {}, picture.waits),
    picture.left !== null && time(picture),
    picture.code.length > 0 && corner(picture),
  ];
}

function time(picture) {
  return element(
    "p.time",
    {},
    unseen(picture.time_label),
    element("span.time-track", {}, element("span", { id: "time-bar" })),
    element("span", { id: "time-left", role: "timer" }),
  );
}

/** The way in, for those who come late. */
function corner(picture) {
  const link = picture.link && element("span.corner-link", {}, picture.link);
  const code = element("b", {}, ...groups(picture.code));
  return element("p.corner", {}, element("span", {}, `${picture.code_label}:`), " ", code, " ", link);
}

/** Show that the class is over, and nobody's name any more. */
function end() {
  const { over } = document.body.dataset;
  shown = null;
  document.title = over;
  document.getElementById("reading").textContent = "";
  stage.dataset.scene = "over";
  stage.replaceChildren(element("h1", {}, over));
  bottom.replaceChildren();
  setTimeLeft(null, 0);
  document.getElementById("news").textContent = over;
}

/** Say it to screen readers, once. */
function tell(picture) {
  const news = document.getElementById("news");
  const words = [picture.news, picture.waits].filter(Boolean).join(" ");
  if (news.textContent !== words) news.textContent = words;
}

function refit() {
  if (shown) fit(stage, columns(shown[shown.scene]), wantedSize());
}

setUpControls(refit);
addEventListener("resize", refit);
show(JSON.parse(document.body.dataset.picture));
listen(
  document.body.dataset.events,
  (picture, id) => {
    // What is sent again, at first and when a lost line is back, only sets the clock right.
    if (id === document.body.dataset.pictureId) setTimeLeft(picture.left, picture.seconds);
    else show(picture);
    document.body.dataset.pictureId = id;
  },
  (lost) => { document.getElementById("connection").hidden = !lost; },
  end,
);
