// @ts-check
/** Three, two, one: a paused set goes on when they are over, unless somebody says wait. */

const EVERY_MS = 100;

export class CountIn {
  /** @type {number | null} */
  #until_ms = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  /** @param {{ seconds: number, tick: () => void, over: () => void }} of */
  constructor({ seconds, tick, over }) {
    this.seconds = seconds;
    this.tick = tick;
    this.over = over;
  }

  get isOn() {
    return this.#until_ms !== null;
  }

  /** What is left; null while nothing is counted. */
  get left_s() {
    return this.#until_ms === null ? null : Math.max(1, Math.ceil((this.#until_ms - performance.now()) / 1000));
  }

  begin() {
    this.#until_ms = performance.now() + this.seconds * 1000;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#beat(), EVERY_MS);
    this.tick();
  }

  stop() {
    this.#until_ms = null;
    clearInterval(this.#timer);
  }

  #beat() {
    if (this.#until_ms !== null && performance.now() >= this.#until_ms) {
      this.stop();
      this.over();
    } else this.tick();
  }
}
