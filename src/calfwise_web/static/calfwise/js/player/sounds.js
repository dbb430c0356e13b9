// @ts-check
/** What is heard and felt of the session: voice, tones, vibration, the locked screen. */
import { buzz } from "./buzz.js";
import { choices, keep } from "./choices.js";
import { showOnLockScreen } from "./lock_screen.js";
import { cueOf } from "./course.js";
import { Tones } from "./tones.js";
import { Voice } from "./voice.js";

/** Cues that stand on the screen too. */
const CAPTIONED = ["Half way.", "One minute left."];

export class Sounds {
  chosen = choices();
  /** The browser wants a tap before it lets us be heard. */
  refused = false;
  #voice;
  #tones;
  #cue = "";
  #isPrimed = false;

  /** @param {import("./run.js").Run} run @param {{ refused: () => void, captioned: (text: string) => void }} tell */
  constructor(run, { refused, captioned }) {
    const refuse = () => ((this.refused = true), refused());
    this.run = run;
    this.captioned = captioned;
    this.#voice = new Voice(refuse);
    this.#tones = new Tones(refuse);
  }

  /** @param {import("./choices.js").Choices} chosen */
  choose(chosen) {
    this.chosen = chosen;
    keep(chosen);
    if (chosen.voice === "off") this.#voice.quiet();
    if (!chosen.tones) this.#tones.quiet();
    this.tick();
  }

  /** Somebody touched the page, so that it may be heard from now on; whether it was refused before. */
  touched() {
    if (!this.#isPrimed || this.refused) {
      this.#isPrimed = true;
      this.#voice.prime();
      this.#tones.prime();
    }
    if (!this.refused) return false;
    this.refused = false;
    this.tick();
    return true;
  }

  /** A step or a question begins. @param {Words} words */
  begins(words) {
    this.#cue = "";
    this.#speak(words);
    if (this.run.isRunning && this.chosen.buzz) buzz(this.run.step?.kind ?? "");
  }

  /** What was tapped is heard at once. @param {"up" | "down"} way @param {Words} words */
  answers(way, words) {
    if (this.chosen.tones && !this.refused) this.#tones.answer(way);
    if (this.chosen.buzz) buzz("answer");
    this.#speak(words);
  }

  /** Follow the step's time. */
  tick() {
    const { run } = this;
    const { step, state } = run;
    const said = run.data.said[state.step];
    const hidden = state.phase === "hidden";
    if (step && run.isRunning) {
      if (this.chosen.tones && !this.refused) this.#tones.follow(step, run.elapsed_ms / 1000, { beat: this.chosen.beat });
      this.#cues(step);
    } else if (!hidden) this.#tones.quiet();
    if (said) showOnLockScreen({ title: said.short, place: said.title, playing: hidden || run.isRunning });
  }

  /** At once. */
  quiet() {
    this.#voice.quiet();
    this.#tones.quiet();
  }

  /** Half time, the last minute and seconds; up, hold and down. @param {Step} step */
  #cues(step) {
    const cue = step.kind === "work" ? cueOf(this.run.data, step, this.run.elapsed_ms) : "";
    if (cue === this.#cue) return;
    this.#cue = cue;
    if (CAPTIONED.includes(cue) && this.chosen.captions) this.captioned(cue);
    this.#speak({ full: cue, short: "" });
  }

  /** Whether tones lead through the session, also with the screen off. */
  get areHeard() {
    return this.chosen.tones && !this.refused;
  }

  /** @param {Words} words */
  #speak({ full, short }) {
    if (this.chosen.voice === "off" || this.refused) return;
    const text = this.chosen.voice === "full" ? full : short;
    if (text) this.#voice.say(text);
  }
}
