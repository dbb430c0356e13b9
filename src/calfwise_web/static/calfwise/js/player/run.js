// @ts-check
/** The session as this page plays it: what was written down, and the state that it leads to. */
import { after, newState, remaining } from "./machine.js";

/** @typedef {{ before: State, state: State, event: Happened | null }} Change */

export class Run extends EventTarget {
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {SessionData} data @param {EventLog} log */
  constructor(data, log) {
    super();
    this.data = data;
    this.log = log;
    /** @type {State} */
    this.state = this.#folded();
  }

  /** @returns {Step | undefined} */
  get step() {
    return this.data.steps[this.state.step];
  }

  get isOurs() {
    return this.state.device === null || this.state.device === this.log.device;
  }

  /** Whether the step's time runs under our eyes. */
  get isRunning() {
    return this.isOurs && this.state.page === this.log.page && this.data.table.running.includes(this.state.phase);
  }

  /** Nothing has to be looked at: its sets go by time, as a run's do, and the phone may be in a pocket. */
  get goesByTime() {
    return this.data.kind === "practice" && this.data.steps.every(({ reps }) => !reps);
  }

  get isLive() {
    return this.data.table.live.includes(this.state.phase);
  }

  get isFinal() {
    return Object.keys(this.data.table.transitions[this.state.phase] ?? {}).length === 0;
  }

  /** Of the step's time. [ms] */
  get remaining_ms() {
    return remaining(this.state, this.data.steps, this.log.uptime());
  }

  /** Of the step's time. [ms] */
  get elapsed_ms() {
    return (this.step?.seconds ?? 0) * 1000 - this.remaining_ms;
  }

  /** Whether the table knows what would happen. @param {string} kind @param {string | number | null} value */
  can(kind, value = null) {
    const { device, page } = this.log;
    const sequence = this.state.sequence + 1;
    const event = { device, page, sequence, uptime_ms: this.log.uptime(), at: "", kind, step: this.step?.id ?? "", value };
    return "state" in after(this.state, event, this.data.steps, this.data.table);
  }

  /**
   * Write down what happened, one after the other; whether it could.
   * @param {string} kind @param {string | number | null} value @returns {Promise<boolean>}
   */
  tell(kind, value = null) {
    const told = this.#last.then(() => this.#write(kind, value));
    this.#last = told.catch(() => false);
    return told;
  }

  /** The log has changed under us: the server has told what it knows. */
  reread() {
    this.#become(null);
  }

  /** @param {string} kind @param {string | number | null} value */
  async #write(kind, value) {
    if (!this.can(kind, value)) return false;
    this.#become(await this.log.append(kind, this.step?.id ?? "", value));
    return true;
  }

  /** @param {Happened | null} event */
  #become(event) {
    const before = this.state;
    this.state = this.#folded();
    /** @type {Change} */
    const detail = { before, state: this.state, event };
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }

  #folded() {
    const { steps, table } = this.data;
    let state = newState(steps);
    for (const event of this.log.events) {
      const then = after(state, event, steps, table);
      if ("state" in then) state = then.state;
    }
    return state;
  }
}
