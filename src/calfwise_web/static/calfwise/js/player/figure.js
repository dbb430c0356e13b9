// @ts-check
/** The drawing of a step: one of those that stand in the page, moved into view, at the session's own pace. */
import { byId } from "./dom.js";

export class Figure {
  #frame = byId("figure");
  #store = byId("drawings");

  /** @param {string | null} id */
  show(id) {
    const shown = this.#frame.firstElementChild;
    const drawing = id ? document.getElementById(id) : null;
    this.#frame.hidden = !drawing;
    if (shown === drawing) return;
    if (shown) this.#store.append(shown);
    if (drawing) this.#frame.append(drawing);
  }

  /** Of a heel raise's two pictures. @param {boolean} up */
  raise(up) {
    this.#frame.classList.toggle("is-up", up);
  }

  /** Strokes begin with the set, and stand while it does. @param {number} elapsed_ms @param {boolean} moving */
  pace(elapsed_ms, moving) {
    for (const animation of this.#frame.getAnimations({ subtree: true })) {
      animation.currentTime = elapsed_ms;
      if (moving) animation.play();
      else animation.pause();
    }
  }
}
