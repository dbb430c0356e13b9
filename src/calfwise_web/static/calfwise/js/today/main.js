// @ts-check
/** Today: everything here works without a script too; with one, a question at a time, and spots by a finger on the map. */
import { foldGroups } from "./groups.js";
import { tellHand } from "./hand.js";
import { touchMap } from "./map.js";
import { tellNetwork } from "./network.js";
import { listPlaces } from "./places.js";
import { goOnAfter } from "./soreness.js";

const form = document.querySelector("form.check-in");
const signs = document.getElementById("signs-card");
const box = document.getElementById("spots-in");
const map = document.querySelector("#map svg.calves");
const hand = document.getElementById("hand");
const word = document.getElementById("offline");

const groups = signs ? foldGroups(signs) : null;
if (box) {
  box.classList.add("with-script");
  const list = listPlaces(box);
  if (map instanceof SVGSVGElement) touchMap(map, list);
  list.draw();
}
if (hand instanceof HTMLDetailsElement) tellHand(hand);
if (word) tellNetwork(word, form instanceof HTMLFormElement ? form : null);
if (form instanceof HTMLFormElement && signs) goOnAfter(form, signs);

// Answered, but not all of it: begin at the first open place.
if (document.querySelector(".today.is-open")) {
  const unsaid = [...document.querySelectorAll("fieldset.scale")].find((scale) => !scale.querySelector(":checked"));
  (unsaid ?? groups?.first())?.scrollIntoView({ block: "center" });
}
