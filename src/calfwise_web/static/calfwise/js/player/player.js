// @ts-check
/** Puts the parts together. What may happen is the table's, what is shown is scene.js's, what a button does is acts.js's. */
import { actsOf } from "./acts.js";
import { pickedOf } from "./ask.js";
import { Awake } from "./awake.js";
import { keepTime } from "./beat.js";
import { CountIn } from "./count_in.js";
import { byId } from "./dom.js";
import { gateOf } from "./ending.js";
import { onKeys } from "./keys.js";
import { onLockScreen } from "./lock_screen.js";
import { watchPresence } from "./presence.js";
import { Run } from "./run.js";
import { mayLock, NETWORK, NOT_KEPT, WORDS } from "./said.js";
import { sceneOf } from "./scene.js";
import { Screen } from "./screen.js";
import { offerSounds } from "./sound_choices.js";
import { Sounds } from "./sounds.js";
import { Word } from "./word.js";

/** A thumb on its way to what stood there before. [ms] */
const SLIP_MS = 600;
const LEAVE_WITHIN_MS = 1500;
const QUESTIONS = ["ask", "rate", "signs", "away", "why"];

export class Player {
  #word = new Word();
  /** When somebody was last heard of. [ms] */
  #heard_ms;
  /** @type {string | null} where the server says to go on */
  #next = null;

  /** @param {SessionData} data @param {import("./log.js").Log} log @param {import("./sync.js").Sync} sync */
  constructor(data, log, sync) {
    const run = new Run(data, log);
    this.data = data;
    this.log = log;
    this.sync = sync;
    this.run = run;
    this.screen = new Screen(run);
    this.sounds = new Sounds(run, { refused: () => this.drawSounds(), captioned: (text) => this.#word.caption(text) });
    this.awake = new Awake(() => this.#word.show(mayLock(this.sounds.chosen.tones)));
    this.countIn = new CountIn({ seconds: data.rules.count_in_s, tick: () => this.tick(), over: () => void run.tell("resume") });
    this.drawSounds = offerSounds(this.sounds, () => this.draw());
    this.acts = actsOf({
      run,
      sounds: this.sounds,
      word: this.#word,
      countIn: this.countIn,
      leave: (to) => void this.leave(to),
      draw: () => this.draw(),
    });
    this.#heard_ms = this.#latest_ms;
  }

  /** Show it, and go on where it was. */
  async open() {
    this.run.addEventListener("change", (change) => this.#changed(/** @type {CustomEvent<import("./run.js").Change>} */ (change).detail));
    this.#listenToThumbs();
    this.#listenToOthers();
    keepTime(this.run, () => this.tick());
    await watchPresence(this.run, () => this.isStale, () => this.leads);
    this.sync.watch();
    if (this.run.isLive) void this.awake.keep();
    this.draw();
  }

  /** As if Begin was tapped, where that is offered. */
  start() {
    if (this.scene.name === "new") void this.run.tell("begin");
  }

  /** The server's clock as this page knows it. */
  get #server_ms() {
    return Date.parse(this.data.now) + performance.now();
  }

  /** A page that was kept offline is older than it says. */
  get #latest_ms() {
    return Math.max(Date.now(), this.#server_ms);
  }

  /** The check-in that it rests on is too old, or no longer the last word. Nothing that is on is cut off for that. */
  get isStale() {
    const ends_ms = Date.parse(this.data.begin_before);
    const { state, isLive } = this.run;
    if (state.page !== this.log.page) return this.#latest_ms > ends_ms || (isLive && !this.data.can_begin);
    return ["paused", "hidden", "away"].includes(state.phase) && this.#server_ms > ends_ms;
  }

  /** What is heard leads through it. */
  get leads() {
    return this.run.goesByTime && this.sounds.areHeard;
  }

  get scene() {
    const { data, run } = this;
    return sceneOf(data, run.state, {
      ours: run.isOurs,
      elsewhere: run.state.page !== this.log.page,
      stale: this.isStale,
      counting: this.countIn.isOn,
      captions: this.sounds.chosen.captions,
      quiet_s: Math.max(0, (this.#latest_ms - this.#heard_ms) / 1000),
      leads: this.leads,
      picked: run.state.phase === "signs" ? pickedOf(byId("panel"), data.signs).values.length : 0,
    });
  }

  tick() {
    this.screen.tick(this.scene, this.countIn.left_s);
    this.sounds.tick();
  }

  /** @returns {{ scene: Scene, isNew: boolean }} */
  draw() {
    const scene = this.scene;
    const isNew = this.screen.show(scene);
    this.tick();
    return { scene, isNew };
  }

  /** Today should know what was done here, if the server is reached soon. @param {"today" | "next"} to */
  async leave(to) {
    const { urls } = this.data;
    const until_ms = performance.now() + LEAVE_WITHIN_MS;
    this.sync.now();
    while (this.sync.state !== "sent" && performance.now() < until_ms) await new Promise((done) => setTimeout(done, 50));
    const next = this.#next ?? (gateOf(this.data, this.run.state) === "asks" ? urls.signs : urls.today);
    location.assign(to === "next" ? next : urls.today);
  }

  /** @param {string} act @param {HTMLElement} [button] */
  press(act, button) {
    const isLate = performance.now() - this.screen.changed_ms < SLIP_MS;
    const slipped = isLate && act !== "stop" && button?.closest("#thumb, #left, #right");
    if (!slipped) void this.acts[act]?.(button);
  }

  /** @param {import("./run.js").Change} change */
  #changed({ before, state, event }) {
    const { run, data, sounds, awake } = this;
    if (!run.isOurs || state.phase !== "paused") this.countIn.stop();
    const { scene, isNew } = this.draw();
    if (run.isFinal || state.phase === "why" || !run.isOurs) {
      sounds.quiet();
      void awake.let();
    }
    if (event?.kind === "begin") void awake.keep();
    const said = data.said[state.step];
    if (run.isRunning && said && (before.step !== state.step || before.phase === "away")) {
      sounds.begins(said);
      this.#word.announce(`${said.title}. ${said.full}`);
    } else if (isNew && QUESTIONS.includes(scene.name)) {
      sounds.begins({ full: scene.heading, short: scene.heading });
    } else if (event?.kind === "resume" && run.isRunning) sounds.begins(WORDS.goingOn);
  }

  #listenToThumbs() {
    document.addEventListener("click", ({ target }) => {
      const button = target instanceof Element ? target.closest("[data-act]") : null;
      const unlocked = this.sounds.touched();
      if (unlocked) this.drawSounds();
      if (button instanceof HTMLElement && !(unlocked && button.id === "sound")) this.press(button.dataset.act ?? "", button);
    });
    byId("panel").addEventListener("change", () => this.draw());
    byId("panel").addEventListener("submit", (event) => event.preventDefault());
    onKeys((keys) => {
      if (this.sounds.touched()) this.drawSounds();
      const offered = [...document.querySelectorAll("[data-act]")].filter((button) => button.checkVisibility());
      const act = keys.find((key) => offered.some((button) => button.getAttribute("data-act") === key));
      const button = offered.find((each) => each.getAttribute("data-act") === act);
      if (act && button instanceof HTMLElement) this.press(act, button);
      return Boolean(act);
    });
  }

  /** The locked screen, the server, other tabs. */
  #listenToOthers() {
    const { run, sync, log } = this;
    const resume = async () => {
      await run.tell("resume");
      if (document.visibilityState === "hidden" && !this.leads) await run.tell("hidden");
    };
    onLockScreen({ play: () => void resume(), pause: () => void run.tell("pause"), stop: () => this.press("stop") });
    sync.onAnswer((answer) => {
      this.#heard_ms = this.#latest_ms - (answer.heard_s ?? 0) * 1000;
      if (answer.over) this.#next = answer.next;
      run.reread();
    });
    sync.onState((state) => this.#word.stand("network", NETWORK[state] ?? ""));
    log.onElsewhere(() => run.reread());
    if (!log.kept) this.#word.stand("kept", NOT_KEPT);
    setInterval(() => run.isOurs || this.draw(), 1000);
  }
}
