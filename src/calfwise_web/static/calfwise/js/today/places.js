// @ts-check
/**
 * The list of places: the form's own number fields, shown only where something is marked or waits. Whatever the map
 * does, it does through this list, so both always say the same.
 */
import { make } from "./dom.js";

export const FIRST_NRS = 5;
const LIKELY_NRS = 4;
const [LEAST_NRS, MOST_NRS] = [1, 10];

/**
 * @typedef {object} Place
 * @property {string} id left-medial-upper
 * @property {string} title
 * @property {HTMLElement} row
 * @property {HTMLInputElement} field
 * @property {boolean} waits an earlier day's, and nobody said yet whether it is still tender
 * @property {number | null} was
 */

/** @param {Place} place @returns {number | null} nothing said; 0: gone */
export const nrsOf = (place) => (place.field.value.trim() === "" ? null : Number(place.field.value));

/** @param {HTMLElement} box */
export const listPlaces = (box) => {
  /** @type {Map<string, Place>} */
  const places = new Map();
  /** @type {((place: Place) => void)[]} */
  const heard = [];
  /** @type {Place | null} */
  let chosen = null;
  const says = document.getElementById("map-says");

  /** @param {string} words */
  const say = (words) => {
    if (says) says.textContent = words;
  };

  /** @param {Place | null} place */
  const choose = (place) => {
    const before = chosen;
    chosen = place;
    for (const each of [before, place]) if (each) draw(each);
  };

  /** @param {Place} place @param {number | null} nrs */
  const set = (place, nrs) => {
    place.field.value = nrs === null ? "" : String(nrs);
    if (nrs === null && chosen === place && !place.waits) chosen = null;
    draw(place);
  };

  /** @param {Place} place @param {number | null} nrs @param {string} words */
  const setAndSay = (place, nrs, words) => {
    set(place, nrs);
    say(words);
  };

  /** @param {Place} place */
  const mark = (place) => {
    const nrs = nrsOf(place);
    choose(place);
    if (nrs) return say(`${place.title}, ${nrs} of 10. Change it below.`);
    if (nrs === 0 || !place.waits) return setAndSay(place, FIRST_NRS, `${place.title} added at ${FIRST_NRS} of 10.`);
    return say(`${place.title} waits. Still tender?`);
  };

  /** @param {Place} place */
  const remove = (place) => {
    setAndSay(place, null, `${place.title} removed.`);
    choose(null);
  };

  /** @param {Place} from @param {Place} to */
  const move = (from, to) => {
    const nrs = nrsOf(from) ?? FIRST_NRS;
    set(from, null);
    set(to, nrs);
    choose(to);
    say(`Moved to ${to.title}.`);
  };

  /** @param {Place} place @param {number} by */
  const step = (place, by) => {
    const nrs = Math.min(MOST_NRS, Math.max(LEAST_NRS, (nrsOf(place) ?? FIRST_NRS) + by));
    setAndSay(place, nrs, `${place.title}, ${nrs} of 10.`);
  };

  /** @param {Place} place */
  const draw = (place) => {
    const nrs = nrsOf(place);
    const row = place.row;
    row.classList.toggle("off", nrs === null && !place.waits);
    row.classList.toggle("waiting", nrs === null && place.waits);
    row.classList.toggle("gone", nrs === 0);
    row.classList.toggle("chosen", chosen === place);
    for (const part of row.querySelectorAll("[data-when]")) {
      if (part instanceof HTMLElement) part.hidden = part.dataset.when !== (nrs === null ? "waits" : nrs ? "marked" : "gone");
    }
    for (const tell of heard) tell(place);
    const option = document.querySelector(`#add-place option[value="${place.id}"]`);
    if (option instanceof HTMLOptionElement) option.hidden = option.disabled = nrs !== null || place.waits;
  };

  /** @param {Place} place */
  const furnish = (place) => {
    const { title, field, row } = place;
    field.setAttribute("aria-label", `${title}: how tender when pressed, 0 to 10`);
    const less = button("−", `${title}: less tender`, () => step(place, -1));
    const more = button("+", `${title}: more tender`, () => step(place, 1));
    less.classList.add("step");
    more.classList.add("step");
    const away = button("Remove", `Remove ${title}`, () => leave(place));
    away.classList.add("quiet", "remove");
    away.dataset.when = "marked";
    const marked = make("div", { class: "dose", "data-when": "marked" });
    marked.append(less, field, more, make("span", { class: "soft small" }, "of 10"));
    const waits = make("div", { class: "dose", "data-when": "waits" });
    waits.append(
      button("Yes, still", `Yes, still: ${title}`, () => still(place)),
      button("No, gone", `No, gone: ${title}`, () => setAndSay(place, 0, `${title}: gone.`)),
    );
    const gone = make("div", { class: "dose", "data-when": "gone" });
    gone.append(make("span", { class: "soft small" }, "Gone."), button("Undo", `Undo: ${title}`, () => undo(place)));
    row.append(away, marked, waits, gone);
    field.addEventListener("input", () => draw(place));
    row.addEventListener("focusin", () => chosen !== place && choose(place));
  };

  /** @param {Place} place */
  const still = (place) => {
    const nrs = Math.max(LEAST_NRS, place.was ?? LIKELY_NRS);
    setAndSay(place, nrs, `${place.title}, still tender, ${nrs} of 10.`);
    place.field.focus({ preventScroll: true });
  };

  /** @param {Place} place */
  const undo = (place) => {
    if (place.waits) setAndSay(place, null, `${place.title} waits again.`);
    else mark(place);
  };

  /** @param {Place} place */
  const leave = (place) => {
    remove(place);
    document.getElementById("spots")?.focus({ preventScroll: true });
  };

  for (const row of box.querySelectorAll(".place")) {
    const field = row.querySelector("input");
    if (!(row instanceof HTMLElement) || !field) continue;
    const id = field.name.replace("spot-", "");
    const was = row.dataset.was ? Number(row.dataset.was) : null;
    const title = row.querySelector("span")?.textContent ?? id;
    const place = { id, title, row, field, was, waits: row.querySelector(".waits") !== null };
    places.set(id, place);
    furnish(place);
  }

  const select = document.getElementById("add-place");
  if (select instanceof HTMLSelectElement) {
    for (const place of places.values()) select.append(new Option(place.title, place.id));
    select.addEventListener("change", () => {
      const place = places.get(select.value);
      select.value = "";
      if (!place) return;
      mark(place);
      place.field.focus();
    });
    document.getElementById("add")?.removeAttribute("hidden");
  }

  return {
    places,
    mark,
    move,
    say,
    choose,
    draw: () => places.forEach(draw),
    chosen: () => chosen,
    /** @param {(place: Place) => void} tell */
    onChange: (tell) => heard.push(tell),
  };
};

/** @param {string} text @param {string} name @param {() => void} does */
const button = (text, name, does) => {
  const made = make("button", { type: "button", "aria-label": name }, text);
  made.addEventListener("click", does);
  return made;
};
