// @ts-check
/** A self-test step by step: what runs, what is tapped, and where that leads. */
import { Awake } from "../player/awake.js";
import { byId, made, write } from "../player/dom.js";
import { Figure } from "../player/figure.js";
import { onKeys } from "../player/keys.js";
import { Ring } from "../player/ring.js";
import { countedBy, isUp, repsDone, ringOf } from "./course.js";
import { Results } from "./results.js";
import { Sounds } from "./sounds.js";

const EVERY_MS = 100;
/** Said aloud every so many repetitions. */
const EVERY_REPS = 5;
/** A second tap so soon was meant for the button before; stop is meant at any time. [ms] */
const TOO_SOON_MS = 500;
const KEYS = { " ": ["begin", "next", "keep"], Escape: ["stop"] };

export class Guide {
  #form = /** @type {HTMLFormElement} */ (byId("player"));
  #ring = new Ring();
  #figure = new Figure();
  #sounds = new Sounds();
  #awake = new Awake(() => {});
  #still = matchMedia("(prefers-reduced-motion: reduce)");
  #at = -1;
  #since_ms = 0;
  #shown_ms = -TOO_SOON_MS;
  #reps = 0;
  #wasUp = false;
  #sent = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Set<string>} legs with a result */
  #kept = new Set();

  /** @param {TestData} data */
  constructor(data) {
    this.data = data;
    this.results = new Results(data);
    this.#form.addEventListener("click", ({ target }) => {
      const act = target instanceof Element ? target.closest("[data-act]")?.getAttribute("data-act") : null;
      if (act) this.#do(act);
    });
    this.#form.addEventListener("submit", (event) => this.#sent || event.preventDefault());
    this.#form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
      event.preventDefault();
      if (!event.repeat) this.#press(["begin", "keep"]);
    });
    onKeys((acts) => this.#press(acts), KEYS);
    const sound = byId("sound");
    sound.hidden = false;
    sound.addEventListener("click", () => {
      this.#sounds.on = !this.#sounds.on;
      if (!this.#sounds.on) this.#sounds.quiet();
      write(sound, this.#sounds.on ? "Sound on" : "Sound off");
    });
    write(sound, "Sound on");
    this.#scene("new", [{ act: "begin", text: "Begin", look: "primary" }]);
  }

  get #step() {
    return this.data.steps[this.#at];
  }

  get #elapsed_s() {
    return (performance.now() - this.#since_ms) / 1000;
  }

  /** @param {string[]} acts */
  #press(acts) {
    const act = acts.find((each) => document.querySelector(`#thumb [data-act="${each}"]`));
    if (act) this.#do(act);
    return act !== undefined;
  }

  /** @param {string} act */
  #do(act) {
    if (act !== "stop" && performance.now() - this.#shown_ms < TOO_SOON_MS) return;
    if (act === "begin") this.#begin();
    if (act === "next") this.#next();
    if (act === "keep") this.#keep();
    if (act === "stop") this.#stop();
    if (act === "send") this.#send();
  }

  #begin() {
    const sore = /** @type {HTMLInputElement | null} */ (this.#form.querySelector('input[name="sore"]:checked'));
    byId("sore-error").hidden = sore !== null;
    if (!sore) return /** @type {HTMLInputElement} */ (this.#form.querySelector('input[name="sore"]')).focus();
    if (Number(sore.value) >= this.data.too_sore_nrs) return this.#tooSore();
    this.#sounds.prime();
    void this.#awake.keep();
    this.#next();
  }

  #tooSore() {
    this.#says("No test today.", "");
    this.#scene("too-sore", []);
  }

  /** Onward from the step that is. */
  #next() {
    const step = this.#step;
    if (step?.kind === "work") this.results.propose(step.side, countedBy(this.data, Math.min(this.#elapsed_s, step.seconds ?? Infinity)));
    this.#at += 1;
    this.#enter();
  }

  #enter() {
    const step = this.#step;
    if (!step) return this.#send();
    this.#since_ms = performance.now();
    this.#reps = 0;
    this.#says(step.say, step.more);
    write(byId("left-s"), `${this.#at + 1} of ${this.data.steps.length}`);
    const acts = step.act ? [{ act: step.kind === "result" ? "keep" : "next", text: step.act, look: "primary" }] : [];
    this.#scene(step.kind === "result" ? "result" : "timed", [...acts, { act: "stop", text: "Stop", look: "stop" }], step);
    const isLooked = step.kind !== "result" || this.data.unit === "cm"; // each try is measured before the next
    this.#figure.show(isLooked ? `drawing-${step.side}` : null);
    this.#figure.raise(step.up);
    byId("time").hidden = step.seconds === null;
    this.#sounds.begins(step);
    this.#tick();
  }

  #tick() {
    clearTimeout(this.#timer);
    const step = this.#step;
    if (!step || step.seconds === null || this.#form.dataset.scene !== "timed") return this.#sounds.quiet();
    const elapsed_s = Math.min(this.#elapsed_s, step.seconds);
    this.#ring.show(ringOf(step, this.data, elapsed_s));
    this.#sounds.follow(step, elapsed_s);
    this.#counts(step, elapsed_s);
    if (elapsed_s >= step.seconds) return this.#next();
    this.#timer = setTimeout(() => this.#tick(), EVERY_MS);
  }

  /** Repetitions: the picture, the beat under the hand, every fifth aloud. @param {TestStep} step @param {number} elapsed_s */
  #counts(step, elapsed_s) {
    if (step.kind !== "work" || !this.data.rep_s) return;
    const up = isUp(elapsed_s, this.data.rep_s);
    if (up !== this.#wasUp) this.#sounds.beat();
    this.#wasUp = up;
    if (!this.#still.matches) this.#figure.raise(up);
    const reps = repsDone(elapsed_s, this.data.rep_s);
    if (reps === this.#reps) return;
    this.#reps = reps;
    if (reps % EVERY_REPS === 0) {
      this.#sounds.say(String(reps));
      write(byId("announce"), String(reps));
    }
  }

  /** A leg's result. */
  #keep() {
    const step = this.#step;
    if (!step || !this.results.isWhole(step.side)) return;
    this.results.done(step.side);
    this.#kept.add(step.side);
    this.#next();
  }

  /** At once, from wherever one is. The leg that was tested has no result then; the other keeps its own. */
  #stop() {
    clearTimeout(this.#timer);
    this.#sounds.quiet();
    void this.#awake.let();
    const side = this.#step?.side;
    if (side && !this.#kept.has(side)) this.results.empty(side);
    this.#figure.show(null);
    byId("time").hidden = true;
    const [kept] = this.#kept;
    const more = kept ? `The ${kept} leg has its result.` : "Nothing is written down.";
    this.#says("Stopped.", more);
    this.#scene("stopped", kept ? [{ act: "send", text: `Keep the ${kept} leg`, look: "primary" }] : []);
    if (!kept) byId("thumb").replaceChildren(made("a", { class: "button", href: this.data.url }, "Back to the test"));
  }

  #send() {
    clearTimeout(this.#timer);
    this.#sounds.quiet();
    if (!navigator.onLine) {
      this.#says("No network.", "Your results stay on this page. Keep them when the network is back.");
      byId("time").hidden = true;
      this.#figure.show(null);
      return this.#scene("waiting", [{ act: "send", text: "Keep the results", look: "primary" }]);
    }
    this.#says("Keeping your results.", "");
    this.#sent = true;
    this.#form.requestSubmit();
  }

  /** @param {string} text @param {string} more */
  #says(text, more) {
    write(byId("say"), text);
    write(byId("more"), more);
    write(byId("announce"), `${text} ${more}`);
  }

  /** @param {string} name @param {{ act: string, text: string, look: string }[]} acts @param {TestStep} [step] */
  #scene(name, acts, step) {
    this.#form.dataset.scene = name;
    if (name !== "new") this.#shown_ms = performance.now();
    const part = step && name === "result" ? step.id : name;
    for (const each of this.#form.querySelectorAll(".st-part")) /** @type {HTMLElement} */ (each).hidden = each.getAttribute("data-part") !== part;
    byId("panel").hidden = name === "timed";
    byId("thumb").replaceChildren(...acts.map(({ act, text, look }) => made("button", { type: "button", "data-act": act, class: look }, text)));
    if (name !== "new") byId("say").focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}
