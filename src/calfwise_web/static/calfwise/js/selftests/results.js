// @ts-check
/** The result of a leg: fields of the page's own form, which works without any script as well. */
import { byId, made } from "../player/dom.js";

export class Results {
  /** @param {TestData} data */
  constructor(data) {
    this.data = data;
    if (data.unit === "repetitions" || data.unit === "s") for (const input of this.#all()) this.#stepper(input);
  }

  /** What the clock counted. @param {string} side @param {number | null} value */
  propose(side, value) {
    const input = /** @type {HTMLInputElement | undefined} */ (this.#of(side)[0]);
    if (input && value !== null) input.value = String(value);
  }

  /** Whether a leg's result is whole; else the first field that is not has the focus. @param {string} side */
  isWhole(side) {
    if (this.data.unit === "look") return true;
    const missing = this.#of(side).find((input) => input.value === "" || !input.checkValidity());
    this.#complain(side, missing ? (missing.value === "" ? "Fill this in first." : missing.validationMessage) : "");
    missing?.focus();
    return !missing;
  }

  /** Looks: a leg without a tick was looked at as well. @param {string} side */
  done(side) {
    const done = document.querySelector(`input[name="${side}-done"]`);
    if (done instanceof HTMLInputElement) done.checked = true;
  }

  /** A leg that was stopped has no result. @param {string} side */
  empty(side) {
    for (const input of this.#of(side)) input.value = "";
    const done = document.querySelector(`input[name="${side}-done"]`);
    if (done instanceof HTMLInputElement) done.checked = false;
  }

  /** @param {string} side @param {string} text */
  #complain(side, text) {
    const part = document.querySelector(`[data-part="${side}.result"]`);
    part?.querySelector(".st-error")?.remove();
    if (text) part?.append(made("p", { class: "error st-error", role: "alert" }, text));
  }

  #all() {
    return /** @type {HTMLInputElement[]} */ ([...byId("player").querySelectorAll('.st-result input[type="number"]')]);
  }

  /** @param {string} side */
  #of(side) {
    return this.#all().filter((input) => input.name.startsWith(`${side}-`));
  }

  /** One more or one less by thumb. @param {HTMLInputElement} input */
  #stepper(input) {
    const less = made("button", { type: "button", "aria-label": "One less" }, "−");
    const more = made("button", { type: "button", "aria-label": "One more" }, "+");
    less.addEventListener("click", () => input.stepDown());
    more.addEventListener("click", () => input.stepUp());
    const row = made("div", { class: "st-stepper" });
    input.replaceWith(row);
    row.append(less, input, more);
  }
}
