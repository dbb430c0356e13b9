// @ts-check
/** The ring that runs down, the number in it, and the word below the number. */
import { byId, write } from "./dom.js";

const ROUND = 2 * Math.PI * 74;

export class Ring {
  #arc = byId("ring-arc");
  #number = byId("ring-number");
  #label = byId("ring-label");
  #still = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {{ share: number, number: string, label: string }} shown share: of the time, how much is left */
  show({ share, number, label }) {
    const changed = this.#number.textContent !== number;
    write(this.#number, number);
    write(this.#label, label);
    if (changed || !this.#still.matches) this.#arc.style.setProperty("stroke-dashoffset", String(ROUND * (1 - share)));
    this.#number.classList.toggle("is-clock", number.includes(":"));
    this.#number.classList.toggle("is-word", !/^[\d:]*$/.test(number));
  }
}
