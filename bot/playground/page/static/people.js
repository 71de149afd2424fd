/** The list of people to switch between, and the dialog that adds a person. */
import { unreadBadge } from "./badge.js";
import { avatar, button, element, hiddenText, icon } from "./dom.js";
import { words } from "./words.js";

const byId = (id) => document.getElementById(id);

let drawn = { all: "", me: null };

/** Redraw the people that changed; the current person is marked and scrolled into view. */
export function drawPeople(people, me, acts) {
  const all = JSON.stringify([people, me]);
  if (all === drawn.all) return;
  byId("me-name").textContent = people.find((person) => person.id === me)?.name ?? "";
  const faces = people.map((person) => element("li", {}, personButton(person, person.id === me, acts)));
  const add = button({ class: "person", id: "add-person-button", onclick: openDialog },
    element("span", { class: "avatar add" }, icon("plus")),
    element("span", { class: "person-name" }, words.add),
    hiddenText(` (${words.addPerson})`));
  keepFocus(byId("people"), () => byId("people").replaceChildren(...faces, element("li", {}, add)));
  if (me !== drawn.me) byId("people").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  drawn = { all, me };
}

function personButton(person, current, acts) {
  const { seen, said } = unreadBadge(current ? 0 : person.unread);
  return button({
    class: "person",
    "aria-current": current ? "true" : null,
    "data-focus": `person-${person.id}`,
    title: `${person.name} · ${words.languages[person.language] ?? person.language}`,
    onclick: () => acts.become(person.id),
  }, element("span", { class: "face" }, avatar(person.id, person.name), seen),
  element("span", { class: "person-name" }, person.name), element("span", { class: "tag" }, person.language), said);
}

/** Redraw a list without losing the focus inside it. */
export function keepFocus(list, draw) {
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  draw();
  if (!focused) return;
  const key = focused.dataset.focus;
  const again = key ? list.querySelector(`[data-focus="${key}"]`) : document.getElementById(focused.id);
  again?.focus({ preventScroll: true });
}

function openDialog() {
  byId("add-person-form").reset();
  byId("add-person").showModal();
  byId("person-name").focus();
}

/** Set up the dialog; `add(name, language)` is called with the input. */
export function wireAddPerson(add) {
  for (const [code, name] of Object.entries(words.languages)) {
    byId("person-language").append(element("option", { value: code, lang: code }, name));
  }
  byId("add-person-cancel").addEventListener("click", () => byId("add-person").close());
  byId("add-person-form").addEventListener("submit", (event) => {
    event.preventDefault();
    byId("add-person").close();
    add(byId("person-name").value.trim(), byId("person-language").value);
  });
}
