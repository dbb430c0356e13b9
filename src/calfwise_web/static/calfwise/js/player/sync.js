// @ts-check
/** Brings a session's events to the server whenever there is one: soon after each, again and again, and on parting. */
import { Courier, parcel } from "./deliver.js";
/** @typedef {import("./log.js").Log} Log */
/** @typedef {import("./deliver.js").Answer} Answer */
/** @typedef {import("./deliver.js").Outcome} Outcome */
/** @typedef {"sent" | "sending" | "waiting for the network" | "signed out" | "another account" | "gone" | "refused"} State */

const SOON_MS = 1000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
const WATCH_MS = 5000;
const LEADER_WATCH_MS = 20_000;

/** @param {{ log: Log, url: string, csrf: string, account: string }} of @returns {Sync} */
export const startSync = ({ log, url, csrf, account }) => new Sync(log, url, new Courier(account, csrf));

export class Sync {
  /** @type {State} */
  state = "sent";
  #log;
  #url;
  #courier;
  #busy = false;
  /** Somebody asked to try while a try was under way: the network may be another since. */
  #again = false;
  #watching = false;
  #over = false;
  #failures = 0;
  /** @type {string | null} */
  #leads = null;
  #timer = 0;
  #due = Infinity;
  #stop = new AbortController();
  /** @type {((answer: Answer) => void)[]} */
  #answered = [];
  /** @type {((state: State, error: string) => void)[]} */
  #changed = [];

  /** @param {Log} log @param {string} url @param {Courier} courier */
  constructor(log, url, courier) {
    this.#log = log;
    this.#url = url;
    this.#courier = courier;
    const { signal } = this.#stop;
    log.onAppend(() => this.#appended());
    addEventListener("online", () => this.now(), { signal });
    addEventListener("pagehide", () => this.#part(), { signal });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#part() : this.now()), { signal });
    if (log.unsent.length > 0) this.#appended();
  }

  /** Called with each of the server's answers; the log has it by then. @param {(answer: Answer) => void} told */
  onAnswer(told) {
    this.#answered.push(told);
  }

  /** Called when the state changed; with the server's word where it refused. @param {(state: State, error: string) => void} told */
  onState(told) {
    this.#changed.push(told);
  }

  /** Ask from time to time, too, what other devices did: often while one of them leads. */
  watch() {
    this.#watching = true;
    this.#later(0);
  }

  /** Try at once, and with fresh patience: something has changed. */
  now() {
    this.#failures = 0;
    this.#later(0);
  }

  stop() {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  #appended() {
    if (this.state === "sent") this.#become("sending");
    if (document.hidden) this.#part();
    else this.#later(SOON_MS);
  }

  /** @param {number} ms */
  #later(ms) {
    const due = performance.now() + ms;
    if (this.#stop.signal.aborted || this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#round(), ms);
  }

  async #round() {
    this.#due = Infinity;
    this.#again = this.#busy;
    if (this.#busy) return;
    this.#busy = true;
    const next = await this.#tried().finally(() => (this.#busy = false));
    if (this.#again || next !== null) this.#later(this.#again ? SOON_MS : (next ?? 0));
  }

  /** Send all there is. @returns {Promise<number | null>} when to come again; null: not by itself [ms] */
  async #tried() {
    for (;;) {
      const events = parcel(this.#log.unsent, { parting: false });
      if (events.length === 0 && !this.#watching) return this.#become("sent"), null;
      const before = this.#mine();
      const outcome = await this.#courier.send(this.#url, events);
      if ("trouble" in outcome) return this.#failed(outcome.trouble, outcome.error ?? "");
      await this.#heard(outcome.answer, { sure: true });
      if (this.#log.unsent.length === 0) return this.#pause();
      if (this.#mine() <= before && events.length > 0) return LONGEST_PAUSE_MS; // behind a gap: the server has them, and waits
    }
  }

  /** How far the server holds this device. */
  #mine() {
    return this.#log.held[this.#log.device] ?? 0;
  }

  /** @param {Answer} answer @param {{ sure: boolean }} how */
  async #heard(answer, how) {
    this.#failures = 0;
    this.#over = answer.over;
    this.#leads = answer.leads;
    await this.#log.merge(answer.log, answer.held, how);
    this.#become(this.#log.unsent.length === 0 ? "sent" : "sending");
    for (const tell of this.#answered) tell(answer);
  }

  /** @param {import("./deliver.js").Trouble} trouble @param {string} error @returns {Promise<number | null>} */
  async #failed(trouble, error) {
    this.#become(trouble === "no network" ? "waiting for the network" : trouble, error);
    if (trouble === "gone" || trouble === "refused") {
      this.stop();
      await this.#log.stick(trouble);
      return null;
    }
    if (trouble !== "no network") return LONGEST_PAUSE_MS;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures++, LONGEST_PAUSE_MS);
    return pause * (0.5 + Math.random() / 2);
  }

  /** @returns {number | null} until asking again with nothing to send [ms] */
  #pause() {
    if (!this.#watching || this.#over || document.hidden) return null;
    return this.#leads !== null && this.#leads !== this.#log.device ? WATCH_MS : LEADER_WATCH_MS;
  }

  /** The page may be gone in a moment: what the browser sends all the same. Twice does no harm. */
  #part() {
    const events = parcel(this.#log.unsent, { parting: true });
    if (events.length === 0 || this.#stop.signal.aborted) return;
    void this.#courier.send(this.#url, events, { parting: true }).then((outcome) => {
      if ("answer" in outcome) void this.#heard(outcome.answer, { sure: false });
    });
  }

  /** @param {State} state */
  #become(state, error = "") {
    if (state === this.state) return;
    this.state = state;
    for (const tell of this.#changed) tell(state, error);
  }
}
