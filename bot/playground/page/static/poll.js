/** A poll: a form of radio buttons or check boxes before the vote, a list of results after it. */
import { button, element, hiddenText, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { words } from "./words.js";

/** Language attribute of the page's own words inside the bot's texts. */
const own = { lang: words.ownLanguage };

/** By poll: boxes checked but not sent, and whether the explanation is open. A redrawn poll keeps both. */
const drafts = new Map();
const openExplanations = new Map();

/** Reset them for another person. */
export function forgetPolls() {
  drafts.clear();
  openExplanations.clear();
}

/**
 * @param {Object} poll the server's JSON for this viewer, with options in this viewer's order
 * @param {Object} acts `vote(poll, options)`, and the actions that formatted text needs
 */
export function pollNode(poll, acts) {
  const node = element("div", { class: "poll", role: "group", "aria-label": kindOf(poll) });
  if (poll.description) {
    const description = formatted(poll.description, poll.description_entities, acts);
    node.append(element("div", { class: "poll-description" }, description));
  }
  if (poll.voted || poll.closed) node.append(...results(poll, acts));
  else node.append(ballot(poll, acts));
  return node;
}

function kindOf(poll) {
  if (poll.quiz) return poll.anonymous ? words.anonymousQuiz : words.quiz;
  return poll.anonymous ? words.anonymousPoll : words.poll;
}

function question(poll, acts) {
  return formatted(poll.question, poll.question_entities, acts);
}

function caption(poll) {
  const parts = [poll.closed ? words.finalResults : kindOf(poll)];
  if (poll.several && !poll.closed) parts.push(words.chooseSeveral);
  return element("p", { class: "poll-kind quiet", ...own }, parts.join(" · "));
}

function ballot(poll, acts) {
  const form = element("form", { class: "ballot" });
  const vote = element("button", { ...own, class: "vote", "data-focus": "vote" }, words.vote);
  const choices = poll.options.map((option) => choice(poll, option, acts));
  form.append(
    element("fieldset", {},
      element("legend", {}, question(poll, acts), poll.several ? hiddenText(` (${words.chooseSeveral})`) : null),
      caption(poll),
      ...choices),
    element("div", { class: "poll-foot" }, vote));
  const chosen = () => [...form.querySelectorAll("input:checked")].map((input) => Number(input.value));
  const draw = () => { vote.hidden = !poll.several && chosen().length === 0; vote.disabled = chosen().length === 0; };
  form.addEventListener("change", () => { drafts.set(poll.id, chosen()); draw(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (chosen().length > 0) acts.vote(poll, chosen());
  });
  if (!poll.several) voteAtTap(form, poll, acts);
  draw();
  return form;
}

/** In a single-answer poll a tap votes. Arrow keys only choose; Enter or the Vote button votes. */
function voteAtTap(form, poll, acts) {
  form.addEventListener("click", (event) => {
    const label = event.target.closest("label");
    if (!label || event.detail === 0) return;
    event.preventDefault();
    const input = label.querySelector("input");
    input.checked = true;
    acts.vote(poll, [Number(input.value)]);
  });
}

function choice(poll, option, acts) {
  const input = element("input", {
    type: poll.several ? "checkbox" : "radio",
    name: `poll-${poll.id}`,
    value: option.index,
    "data-focus": `option-${option.index}`,
    checked: (drafts.get(poll.id) ?? []).includes(option.index),
  });
  const text = element("span", {}, formatted(option.text, option.entities, acts));
  return element("label", { class: "choice" }, input, text);
}

function results(poll, acts) {
  const list = element("ul", { class: "results" }, ...poll.options.map((option) => result(poll, option, acts)));
  const heading = element("p", { class: "poll-question", tabindex: "-1" }, question(poll, acts));
  return [heading, caption(poll), verdict(poll), list, ...explanation(poll, acts), foot(poll, acts)];
}

function verdict(poll) {
  if (!poll.quiz || !poll.voted || poll.options.every((option) => option.right === null)) return "";
  const [shape, word] = poll.right ? ["right", words.youWereRight] : ["wrong", words.youWereWrong];
  return element("p", { ...own, class: `verdict is-${shape}` }, icon(shape), word);
}

/** A mark by shape, colour and word: a tick for the right options, a cross for a wrong one that was chosen. */
function mark(option) {
  const said = [];
  let shape = "none";
  if (option.right === true) { shape = "right"; said.push(words.rightAnswer); }
  else if (option.right === false && option.chosen) { shape = "wrong"; said.push(words.wrongAnswer); }
  else if (option.chosen) shape = "dot";
  if (option.chosen) said.unshift(words.yourAnswer);
  return { shape, said: said.join(", ") };
}

function result(poll, option, acts) {
  const { shape, said } = mark(option);
  const share = option.votes === null || !poll.total ? 0 : Math.round((100 * option.votes) / poll.total);
  const text = formatted(option.text, option.entities, acts);
  const bar = element("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", option.votes === null ? "0%" : `${share}%`);
  return element("li", { class: `result mark-${shape}${option.chosen ? " chosen" : ""}` },
    element("span", { class: "mark", "aria-hidden": "true" }, shape === "none" ? "" : icon(shape)),
    element("span", { class: "share" }, option.votes === null ? "" : words.percent(share)),
    element("span", { class: "result-text" }, text, said ? hiddenText(` (${said})`) : null),
    bar);
}

/** The explanation opens automatically after a wrong vote; the lamp opens and closes it. */
function explanation(poll, acts) {
  if (!poll.explanation) return [];
  const id = `explanation-${poll.id}`;
  const open = openExplanations.get(poll.id) ?? (poll.voted && poll.right === false);
  const said = formatted(poll.explanation, poll.explanation_entities, acts);
  const text = element("div", { id, class: "explanation", hidden: !open }, said);
  const states = { "aria-expanded": String(open), "aria-controls": id, "data-focus": "lamp" };
  const lamp = button({ ...own, class: "lamp", ...states }, icon("lamp"), words.explanation);
  lamp.addEventListener("click", () => {
    const opens = text.hidden;
    text.hidden = !opens;
    lamp.setAttribute("aria-expanded", String(opens));
    openExplanations.set(poll.id, opens);
  });
  return [lamp, text];
}

function foot(poll, acts) {
  const count = poll.total === null ? words.waitForResults : words.voters(poll.total);
  const retract = button({ class: "link", "data-focus": "retract", onclick: () => acts.vote(poll, []) }, words.retract);
  return element("p", { ...own, class: "poll-foot quiet" }, count, poll.may_retract ? retract : null);
}
