// @ts-check
/** The small line above the thumb: an answer for a moment, else what one should know all along. */
import { byId, write } from "./dom.js";

const FOR_MS = 3000;

export class Word {
  #line = byId("word");
  #announced = byId("announce");
  /** @type {Map<string, string>} */
  #standing = new Map();
  #flash = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** Seen for a moment, and heard by a screen reader. @param {string} text */
  flash(text) {
    this.show(text);
    this.announce(text);
  }

  /** Said by the voice: seen too, unless an answer stands there. @param {string} text */
  caption(text) {
    if (!this.#flash) this.show(text);
  }

  /** Seen for a moment. @param {string} text */
  show(text) {
    clearTimeout(this.#timer);
    this.#flash = text;
    this.#timer = setTimeout(() => ((this.#flash = ""), this.#draw()), FOR_MS);
    this.#draw();
  }

  /** Seen until it is over. @param {string} about @param {string} text */
  stand(about, text) {
    if ((this.#standing.get(about) ?? "") === text) return;
    this.#standing.set(about, text);
    if (text) this.announce(text);
    this.#draw();
  }

  /** @param {string} text */
  announce(text) {
    this.#announced.textContent = text;
  }

  #draw() {
    const standing = [...this.#standing.values()].find(Boolean) ?? "";
    write(this.#line, this.#flash || standing);
    this.#line.classList.toggle("is-flash", Boolean(this.#flash));
  }
}
