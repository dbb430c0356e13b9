// @ts-check
/** The metronome, seen: a dot that swings from foot to foot, one step each way. It rests under reduced motion. */
import { byId } from "./dom.js";

export class Pulse {
  #track = byId("beat");

  /** @param {Step | undefined} step @param {number} elapsed_ms @param {boolean} moving */
  show(step, elapsed_ms, moving) {
    const spm = step?.kind === "work" ? step.beat_spm : undefined;
    this.#track.hidden = !spm;
    if (!spm) return;
    this.#track.style.setProperty("--step", `${60 / spm}s`);
    for (const animation of this.#track.getAnimations({ subtree: true })) {
      animation.currentTime = elapsed_ms;
      if (moving) animation.play();
      else animation.pause();
    }
  }
}
