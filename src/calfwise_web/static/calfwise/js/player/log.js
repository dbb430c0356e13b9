// @ts-check
/**
 * One session's events as this device knows them: what the server told, then what it does not hold yet. An event is in
 * it once it is on disk; where the browser keeps nothing, in memory (`kept` is false then, and the page says so).
 */
import { nothingSaid, randomName, Store, unsentOf } from "./store.js";
/** @typedef {import("./store.js").Happened} Happened */
/** @typedef {import("./store.js").Held} Held */
/** @typedef {import("./store.js").About} About */

const CHANNEL = "calfwise-player";

/** @param {Held} held */
const total = (held) => Object.values(held).reduce((sum, number) => sum + number, 0);

/** @param {{ session: string, account: string, url?: string }} of @returns {Promise<Log>} */
export const openLog = async ({ session, account, url }) => {
  const log = new Log(session, account);
  await log.open(url ?? `/session/${encodeURIComponent(session)}/events/`);
  return log;
};

export class Log {
  device = `web-${randomName()}`;
  /** One loading of the page. */
  page = randomName();
  /** Whether events outlive this page. */
  kept = true;
  #session;
  #account;
  #store = new Store();
  /** @type {About} */
  #about = nothingSaid();
  /** @type {Happened[]} this device's, in order */
  #own = [];
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** @type {(() => void)[]} */
  #appended = [];
  /** @type {(() => void)[]} */
  #elsewhere = [];
  #channel = new BroadcastChannel(CHANNEL);

  /** @param {string} session @param {string} account */
  constructor(session, account) {
    this.#session = session;
    this.#account = account;
  }

  /** @param {string} url where its events go */
  async open(url) {
    this.#channel.onmessage = ({ data }) => this.#heard(data);
    await this.#try(async () => {
      this.device = await this.#store.device();
      await this.#store.prune(this.#account, this.#session);
      await this.#store.tell(this.#account, this.#session, { url, stuck: "" });
      const { about, events } = await this.#store.read(this.#account, this.#session);
      this.#about = about;
      for (const event of events) this.#add(event);
    });
    if (matchMedia("(display-mode: standalone)").matches) void navigator.storage?.persist?.();
  }

  /** Whole milliseconds since the page was loaded, never turned back. */
  uptime() {
    return Math.round(performance.now());
  }

  /** The run that counts as far as it is known here: the server's, then what it does not hold yet. @returns {Happened[]} */
  get events() {
    return [...this.#about.log, ...this.unsent];
  }

  /** This device's events that the server does not hold. @returns {Happened[]} */
  get unsent() {
    return unsentOf(this.#own, this.#about);
  }

  /** What the server holds. @returns {Held} */
  get held() {
    return this.#about.held;
  }

  /**
   * Write down what happened; it did once this is answered. In the order of the calls.
   * @param {string} kind @param {string} [step] @param {string | number | null} [value] @returns {Promise<Happened>}
   */
  append(kind, step = "", value = null) {
    const told = { device: this.device, page: this.page, uptime_ms: this.uptime(), at: new Date().toISOString(), kind, step, value };
    const written = this.#last.then(() => this.#write(told));
    this.#last = written;
    return written;
  }

  /**
   * What the server holds: its run, and how far it has each device. An older word than the last is not taken, but where
   * the server surely said it last (`sure`): it may have been set back to a copy.
   * @param {Happened[]} log @param {Held} held @param {{ sure?: boolean }} [how]
   */
  async merge(log, held, { sure = false } = {}) {
    if (!sure && total(held) < total(this.#about.held)) return;
    this.#about = { ...this.#about, log, held };
    await this.#try(() => this.#store.tell(this.#account, this.#session, this.#about));
  }

  /** The server will not have it: keep all, and have nobody try again soon. @param {"refused" | "gone"} why */
  async stick(why) {
    await this.#try(() => this.#store.tell(this.#account, this.#session, { stuck: why, stuck_at: Date.now() }));
  }

  /** Called after each event of this page. @param {() => void} told */
  onAppend(told) {
    this.#appended.push(told);
  }

  /** Called when another tab of this device wrote one: `events` has it. @param {() => void} told */
  onElsewhere(told) {
    this.#elsewhere.push(told);
  }

  close() {
    this.#channel.close();
    this.#store.close();
  }

  /** @param {Omit<Happened, "sequence">} told @returns {Promise<Happened>} */
  async #write(told) {
    const above = Math.max(this.#own.at(-1)?.sequence ?? 0, this.held[this.device] ?? 0);
    /** @type {Happened | undefined} */
    let event;
    await this.#try(async () => {
      event = await this.#store.append(this.#account, this.#session, told, above);
      this.#channel.postMessage({ account: this.#account, session: this.#session, event });
    });
    event ??= { ...told, sequence: above + 1 };
    this.#add(event);
    for (const tell of this.#appended) tell();
    return event;
  }

  /** @param {{ account: string, session: string, event: Happened }} written by another tab */
  #heard({ account, session, event }) {
    if (account !== this.#account || session !== this.#session) return;
    this.#add(event);
    for (const tell of this.#elsewhere) tell();
  }

  /** @param {Happened} event */
  #add(event) {
    if (this.#own.some(({ sequence }) => sequence === event.sequence)) return;
    this.#own.push(event);
    this.#own.sort((one, other) => one.sequence - other.sequence);
  }

  /** Something with the disk; where that is refused or full, everything goes on in memory. @param {() => Promise<unknown>} work */
  async #try(work) {
    if (!this.kept) return;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.kept = false;
    }
  }
}
