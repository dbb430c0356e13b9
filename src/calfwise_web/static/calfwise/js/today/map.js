// @ts-check
/** The map of both calves under a finger: tap a place to add it, drag a mark to another place, tap a mark to change it. */
import { drawn } from "./dom.js";
import { nrsOf } from "./places.js";

/** @typedef {import("./places.js").Place} Place */
/** @typedef {ReturnType<typeof import("./places.js").listPlaces>} List */

const DRAGS_FROM = 8;
const [RADIUS, GLOW, REACH] = [14, 21, 27];

/** @param {SVGSVGElement} map @param {List} list */
export const touchMap = (map, list) => {
  const layer = map.querySelector(".calf-marks");
  if (!layer) return;
  map.classList.add("touched");
  layer.replaceChildren();
  /** @type {Map<string, SVGGElement>} */
  const marks = new Map();
  /** @type {Map<string, SVGGElement>} */
  const zones = new Map();
  for (const zone of map.querySelectorAll(".calf-zone[role=button]")) {
    if (zone instanceof SVGGElement) zones.set(`${zone.dataset.side}-${zone.dataset.zone}`, zone);
  }

  /** @param {Element | null} element @returns {{place: Place | null, off: string}} */
  const under = (element) => {
    const zone = element?.closest(".calf-zone[role=button]");
    const id = zone instanceof SVGGElement ? `${zone.dataset.side}-${zone.dataset.zone}` : "";
    const off = element instanceof SVGElement ? (element.dataset.name ?? "") : "";
    return { place: list.places.get(id) ?? null, off };
  };

  /** @param {string} off */
  const refuse = (off) => {
    list.choose(null);
    list.say(`${off}: always left alone. Pick a place beside it.`);
  };

  /** @param {Place} place @returns {[number, number]} */
  const middle = (place) => {
    const [x = 0, y = 0] = (zones.get(place.id)?.dataset.at ?? "0 0").split(" ").map(Number);
    return [x, y];
  };

  /** @param {SVGGElement} mark @param {number} x @param {number} y */
  const put = (mark, x, y) => mark.style.setProperty("transform", `translate(${x}px, ${y}px)`);

  /** @param {Place} place */
  const draw = (place) => {
    const nrs = nrsOf(place);
    const zone = zones.get(place.id);
    const rings = nrs === null && place.waits;
    if (!zone) return;
    const there = nrs ? `tender at ${nrs} of 10` : rings ? "waiting, still tender?" : "";
    zone.setAttribute("aria-pressed", String(Boolean(nrs)));
    zone.setAttribute("aria-label", there ? `${place.title}, ${there}` : place.title);
    const shown = nrs ? nrs : rings ? (place.was ?? "") : null;
    const held = marks.get(place.id);
    if (shown === null) {
      held?.remove();
      marks.delete(place.id);
      return;
    }
    const mark = held ?? newMark(place);
    mark.setAttribute("class", `calf-mark${rings ? " waiting" : ""}${list.chosen() === place ? " chosen" : ""}`);
    const text = mark.querySelector("text");
    if (text) text.textContent = String(shown);
  };

  /** @param {Place} place */
  const newMark = (place) => {
    const mark = drawn("g", { "aria-hidden": "true" });
    const circle = drawn("circle", { r: String(RADIUS) });
    mark.append(
      drawn("circle", { class: "reach", r: String(REACH) }),
      drawn("circle", { class: "glow", r: String(GLOW) }),
      circle,
      drawn("text", { y: "5.5" }),
    );
    put(mark, ...middle(place));
    marks.set(place.id, mark);
    layer.append(mark);
    mark.addEventListener("pointerdown", (event) => hold(event, place, mark));
    return mark;
  };

  /** @param {PointerEvent} event @param {Place} place @param {SVGGElement} mark */
  const hold = (event, place, mark) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const [fromX, fromY] = [event.clientX, event.clientY];
    let dragged = false;
    /** @type {SVGGElement | null} */
    let over = null;
    mark.setPointerCapture(event.pointerId);

    /** @param {PointerEvent} moved */
    const follow = (moved) => {
      if (!dragged && Math.hypot(moved.clientX - fromX, moved.clientY - fromY) < DRAGS_FROM) return;
      if (!nrsOf(place)) return;
      dragged = true;
      mark.classList.add("dragged");
      put(mark, ...onSheet(moved));
      const goal = zones.get(beneath(moved).place?.id ?? "") ?? null;
      if (goal !== over) over?.classList.remove("over");
      goal?.classList.add("over");
      over = goal;
    };

    /** @param {PointerEvent} event */
    const beneath = (event) => {
      mark.style.setProperty("pointer-events", "none");
      const found = under(document.elementFromPoint(event.clientX, event.clientY));
      mark.style.removeProperty("pointer-events");
      return found;
    };

    /** @param {PointerEvent} lifted */
    const drop = (lifted) => {
      stop();
      if (!dragged) return list.mark(place);
      const goal = beneath(lifted);
      if (goal.place && goal.place !== place) return list.move(place, goal.place);
      put(mark, ...middle(place));
      return goal.off ? refuse(goal.off) : list.say(`${place.title} stays where it was.`);
    };

    const back = () => {
      stop();
      put(mark, ...middle(place));
    };

    const stop = () => {
      over?.classList.remove("over");
      mark.classList.remove("dragged");
      mark.removeEventListener("pointermove", follow);
      mark.removeEventListener("pointerup", drop);
      mark.removeEventListener("pointercancel", back);
    };

    mark.addEventListener("pointermove", follow);
    mark.addEventListener("pointerup", drop);
    mark.addEventListener("pointercancel", back);
  };

  /** @param {PointerEvent} event @returns {[number, number]} */
  const onSheet = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM()?.inverse());
    return [point.x, point.y];
  };

  map.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest(".calf-mark")) return;
    const found = under(event.target instanceof Element ? event.target : null);
    if (found.place) list.mark(found.place);
    else if (found.off) refuse(found.off);
    else list.choose(null);
  });

  map.addEventListener("keydown", (event) => {
    const found = under(event.target instanceof Element ? event.target : null);
    if (!found.place || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    list.mark(found.place);
    const rings = found.place.waits && nrsOf(found.place) === null;
    const goal = rings ? found.place.row.querySelector("[data-when=waits] button") : found.place.field;
    if (goal instanceof HTMLElement) goal.focus();
  });

  list.onChange(draw);
};
