/** The projector page: renders each snapshot when it arrives. */
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

/** Return the numbers of columns to try for the options, the preferred one first. */
function columns(part) {
  const count = part.options?.length ?? 0;
  if (count < 2) return [1];
  const longest = Math.max(...part.options.flatMap((one) => one.text.split("\n").map((line) => line.length)));
  if (part.passage) return count > MANY || longest <= 20 ? [1, 2] : [1];
  if (count > MANY) return [2, 3, 1];
  return longest <= 40 ? [2, 1] : [1, 2];
}

/** Return a key of what is shown. While it stays the same, only numbers and names change. */
function place(snapshot) {
  const part = snapshot[snapshot.scene];
  return [snapshot.scene, part.place, part.stem].join("\n");
}

function show(snapshot) {
  const part = snapshot[snapshot.scene];
  const isNew = !shown || place(shown) !== place(snapshot);
  document.documentElement.lang = snapshot.language;
  document.title = part.place ? `${part.place} · ${snapshot.reading}` : snapshot.reading;
  document.getElementById("reading").textContent = snapshot.scene === "lobby" || snapshot.scene === "end" ? "" : snapshot.reading;
  stage.dataset.scene = snapshot.scene;
  stage.classList.toggle("dense", (part.options?.length ?? 0) > MANY);
  stage.classList.toggle("settled", !isNew);
  stage.replaceChildren(...SCENES[snapshot.scene](part, snapshot).filter(Boolean));
  bottom.replaceChildren(...state(snapshot).filter(Boolean));
  setTimeLeft(snapshot.left, snapshot.seconds);
  announce(snapshot);
  shown = snapshot;
  refit();
}

function state(snapshot) {
  if (snapshot.scene === "lobby" || snapshot.scene === "end") return [];
  return [
    snapshot.answered && element("p.answered", {}, snapshot.answered),
    snapshot.waits && element("p.waits", {}, snapshot.waits),
    snapshot.left !== null && time(snapshot),
    snapshot.code.length > 0 && corner(snapshot),
  ];
}

function time(snapshot) {
  return element(
    "p.time",
    {},
    unseen(snapshot.time_label),
    element("span.time-track", {}, element("span", { id: "time-bar" })),
    element("span", { id: "time-left", role: "timer" }),
  );
}

/** The code and the link, for pupils who join late. */
function corner(snapshot) {
  const link = snapshot.link && element("span.corner-link", {}, snapshot.link);
  const code = element("b", {}, ...groups(snapshot.code));
  return element("p.corner", {}, element("span", {}, `${snapshot.code_label}:`), " ", code, " ", link);
}

/** Show that the class is over, and no names. */
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

/** Announce a change to screen readers, once. */
function announce(snapshot) {
  const news = document.getElementById("news");
  const words = [snapshot.announcement, snapshot.waits].filter(Boolean).join(" ");
  if (news.textContent !== words) news.textContent = words;
}

function refit() {
  if (shown) fit(stage, columns(shown[shown.scene]), wantedSize());
}

setUpControls(refit);
addEventListener("resize", refit);
show(JSON.parse(document.body.dataset.snapshot));
listen(
  document.body.dataset.events,
  (snapshot, id) => {
    // A snapshot is sent again after every (re)connect; then only the countdown is corrected.
    if (id === document.body.dataset.snapshotId) setTimeLeft(snapshot.left, snapshot.seconds);
    else show(snapshot);
    document.body.dataset.snapshotId = id;
  },
  (lost) => { document.getElementById("connection").hidden = !lost; },
  end,
);
