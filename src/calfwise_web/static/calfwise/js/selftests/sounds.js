// @ts-check
/** What is heard and felt of a self-test: the player's own tones, voice and vibration, as chosen there. */
import { buzz } from "../player/buzz.js";
import { choices } from "../player/choices.js";
import { Tones } from "../player/tones.js";
import { Voice } from "../player/voice.js";

export class Sounds {
  on = true;
  #chosen = choices();
  #tones = new Tones(() => {});
  #voice = new Voice(() => {});

  /** In the very moment of a touch. */
  prime() {
    this.#tones.prime();
    if (this.#chosen.voice !== "off") this.#voice.prime();
  }

  /** @param {TestStep} step */
  begins(step) {
    if (this.#chosen.buzz) buzz(step.kind === "rest" ? "rest" : step.kind === "work" ? "work" : "ready");
    this.say(this.#chosen.voice === "full" ? step.say : step.short);
  }

  /** @param {string} text */
  say(text) {
    if (this.on && this.#chosen.voice !== "off") this.#voice.say(text);
  }

  /** The step's tones; the metronome is chosen with the test, so it beats where other tones are off. @param {TestStep} step @param {number} elapsed_s */
  follow(step, elapsed_s) {
    const isWanted = this.on && (this.#chosen.tones || step.tempo_s);
    if (!isWanted || step.seconds === null) return this.#tones.quiet();
    this.#tones.follow({ id: step.id, kind: step.kind === "work" ? "work" : "ready", words: "", seconds: step.seconds, tempo_s: step.tempo_s ?? undefined }, elapsed_s);
  }

  beat() {
    if (this.#chosen.buzz) buzz("answer");
  }

  quiet() {
    this.#tones.quiet();
    this.#voice.quiet();
  }
}
