// @ts-check
/**
 * Soft tones in one audio element, which a locked phone goes on playing. A file holds one step and then calls back: the
 * table counts nothing that follows a step nobody watched, so the tones must not lead through it.
 */
import { notesOf, TAIL_S, wav } from "./notes.js";

const MOST_OFF_S = 0.3;
const SILENT_S = 0.1;

/** A part that stands in it twice is in memory once. @param {import("./notes.js").Note[]} notes @param {number} length_s */
const fileOf = (notes, length_s) => {
  const parts = wav(notes, length_s);
  const held = new Map([...new Set(parts)].map((part) => [part, new Blob([part])]));
  return URL.createObjectURL(new Blob(parts.map((part) => held.get(part) ?? part), { type: "audio/wav" }));
};

export class Tones {
  #audio = new Audio();
  #short = new Audio();
  #step = "";

  /** @param {() => void} refused the browser wants a tap first */
  constructor(refused) {
    this.refused = refused;
    this.#audio.preload = "auto";
  }

  /** Where the step is: the file follows it. @param {Step} step @param {number} elapsed_s @param {{ beat?: boolean }} [how] */
  follow(step, elapsed_s, { beat = true } = {}) {
    const length_s = step.seconds ?? 0;
    const file = `${step.id} ${beat}`;
    if (this.#step !== file) {
      this.#step = file;
      this.#load(this.#audio, fileOf(notesOf(step, { beat }), length_s + TAIL_S));
    }
    if (this.#audio.paused) void this.#play(this.#audio);
    if (Math.abs(this.#audio.currentTime - elapsed_s) > MOST_OFF_S && elapsed_s < length_s) this.#audio.currentTime = elapsed_s;
  }

  /** Nothing runs. */
  quiet() {
    this.#step = "";
    this.#audio.pause();
  }

  /** Some browsers let only those elements sound that were first played in the very moment of a touch. */
  prime() {
    for (const audio of [this.#audio, this.#short]) {
      if (!audio.paused) continue;
      this.#step = "";
      this.#load(audio, fileOf([], SILENT_S));
      void this.#play(audio);
    }
  }

  /** Heard at once, beside the step: good (up) or lighter (down). @param {"up" | "down"} way */
  answer(way) {
    const [from, to] = way === "up" ? [523, 784] : [523, 392];
    this.#load(this.#short, fileOf([{ at_s: 0, hz: from, to_hz: to, for_s: 0.18, loud: 0.4 }], 0.25));
    void this.#play(this.#short);
  }

  /** @param {HTMLAudioElement} audio @param {string} url */
  #load(audio, url) {
    const old = audio.src;
    audio.src = url;
    if (old) URL.revokeObjectURL(old);
  }

  /** @param {HTMLAudioElement} audio */
  async #play(audio) {
    try {
      await audio.play();
    } catch (error) {
      if (error instanceof DOMException && error.name === "NotAllowedError") this.refused();
    }
  }
}
