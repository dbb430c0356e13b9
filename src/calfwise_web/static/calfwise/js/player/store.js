// @ts-check
/** Events on this device's disk. An event and its number are written in one transaction, or not at all. */
/** @typedef {{ device: string, sequence: number, page: string, uptime_ms: number, at: string, kind: string, step: string, value: string | number | null }} Happened */
/** @typedef {Record<string, number>} Held by device: the highest number without a gap that the server holds */
/** @typedef {"" | "refused" | "gone"} Stuck why the server will not have a session's events */
/** @typedef {{ url: string, log: Happened[], held: Held, stuck: Stuck, stuck_at: number }} About what the server last said of a session */
/** @typedef {{ account: string, session: string, event: Happened }} Row */
/** @typedef {{ session: string, about: About, events: Happened[] }} Left */
/** @typedef {(transaction: IDBTransaction) => Promise<any>} Work */

const NAME = "calfwise-player";
const VERSION = 1;

/** Letters that the server takes for a name, at random; `crypto.randomUUID` is not there on plain http. */
export const randomName = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @returns {About} */
export const nothingSaid = () => ({ url: "", log: [], held: {}, stuck: "", stuck_at: 0 });

/** @param {Happened[]} events @param {About} about */
export const unsentOf = (events, about) => events.filter(({ device, sequence }) => sequence > (about.held[device] ?? 0));

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const written = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("", "AbortError"));
  });

/** Everything under a key: an array sorts after whatever else may follow there. @param {string[]} key */
const under = (...key) => IDBKeyRange.bound(key, [...key, []]);

/** @returns {Promise<IDBDatabase>} */
const opened = () => {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("device");
    request.result.createObjectStore("events", { keyPath: ["account", "session", "event.sequence"] });
    request.result.createObjectStore("sessions");
  };
  return answered(request);
};

export class Store {
  /** @type {Promise<IDBDatabase> | null} */
  #database = null;

  /** Who this browser is; made once, and kept beside its numbers so that they are never lost apart. @returns {Promise<string>} */
  device() {
    return this.#within(["device"], "readwrite", async (transaction) => {
      const devices = transaction.objectStore("device");
      const known = await answered(devices.get("id"));
      if (!known) devices.put(`web-${randomName()}`, "id");
      return known ?? answered(devices.get("id"));
    });
  }

  /**
   * Write an event under the next number of its session; transactions of two tabs wait for each other.
   * @param {string} account @param {string} session @param {Omit<Happened, "sequence">} told
   * @param {number} above used up, as far as the page knows @returns {Promise<Happened>}
   */
  append(account, session, told, above) {
    return this.#within(["events"], "readwrite", async (transaction) => {
      const events = transaction.objectStore("events");
      const last = await answered(events.openKeyCursor(under(account, session), "prev"));
      const written = last && Array.isArray(last.key) ? Number(last.key[2]) : 0;
      const event = { ...told, sequence: Math.max(written, above) + 1 };
      events.add({ account, session, event });
      return event;
    });
  }

  /** @param {string} account @param {string} session @returns {Promise<Left>} all of one session */
  read(account, session) {
    return this.#within(["events", "sessions"], "readonly", (transaction) => sessionOf(transaction, account, session));
  }

  /** Keep what the server said. @param {string} account @param {string} session @param {Partial<About>} said @returns {Promise<void>} */
  tell(account, session, said) {
    return this.#within(["sessions"], "readwrite", async (transaction) => {
      const sessions = transaction.objectStore("sessions");
      const known = await answered(sessions.get([account, session]));
      sessions.put({ ...nothingSaid(), ...known, ...said }, [account, session]);
    });
  }

  /** Every session of an account with events that the server does not hold. @param {string} account @returns {Promise<Left[]>} */
  async left(account) {
    const all = await this.#all(account, "readonly", async () => undefined);
    return all.map(({ session, about, events }) => ({ session, about, events: unsentOf(events, about) })).filter(({ events }) => events.length > 0);
  }

  /** Drop the sessions that the server holds whole, but for one. @param {string} account @param {string} kept @returns {Promise<Left[]>} */
  prune(account, kept) {
    return this.#all(account, "readwrite", async (transaction, { session, about, events }) => {
      if (session !== kept && unsentOf(events, about).length === 0) erase(transaction, account, session);
    });
  }

  /** Drop everything of an account but what the server does not hold yet. @param {string} account @returns {Promise<Left[]>} */
  forget(account) {
    return this.#all(account, "readwrite", async (transaction, { session, about, events }) => {
      const unsent = unsentOf(events, about);
      erase(transaction, account, session);
      if (unsent.length > 0) transaction.objectStore("sessions").put({ ...about, log: [] }, [account, session]);
      for (const event of unsent) transaction.objectStore("events").add({ account, session, event });
    });
  }

  /** Drop everything of an account. @param {string} account @returns {Promise<Left[]>} */
  erase(account) {
    return this.#all(account, "readwrite", async (transaction, { session }) => erase(transaction, account, session));
  }

  close() {
    void this.#database?.then((database) => database.close());
    this.#database = null;
  }

  /**
   * @param {string} account @param {IDBTransactionMode} mode
   * @param {(transaction: IDBTransaction, left: Left) => Promise<void>} each @returns {Promise<Left[]>}
   */
  #all(account, mode, each) {
    return this.#within(["events", "sessions"], mode, async (transaction) => {
      const [rows, told] = await Promise.all([
        answered(transaction.objectStore("events").getAll(under(account))),
        answered(transaction.objectStore("sessions").getAllKeys(under(account))),
      ]);
      const names = new Set([...told.map((key) => /** @type {string[]} */ (key)[1] ?? ""), ...rows.map(({ session }) => session)]);
      const found = await Promise.all([...names].map((session) => sessionOf(transaction, account, session)));
      for (const left of found) await each(transaction, left);
      return found;
    });
  }

  /** @returns {Promise<IDBDatabase>} */
  async #open() {
    this.#database ??= opened();
    try {
      const database = await this.#database;
      database.onversionchange = () => this.close();
      database.onclose = () => (this.#database = null);
      return database;
    } catch (error) {
      this.#database = null;
      throw error;
    }
  }

  /**
   * Some work in one transaction: done when it is on disk. Begun again only where it could not even begin, since the
   * browser had closed the database meanwhile.
   * @param {string[]} names @param {IDBTransactionMode} mode @param {Work} work
   */
  async #within(names, mode, work) {
    /** @param {IDBDatabase} database */
    const begun = (database) => database.transaction(names, mode, { durability: "strict" });
    let transaction;
    try {
      transaction = begun(await this.#open());
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "InvalidStateError")) throw error;
      this.#database = null;
      transaction = begun(await this.#open());
    }
    const [result] = await Promise.all([work(transaction), written(transaction)]);
    return result;
  }
}

/** @param {IDBTransaction} transaction @param {string} account @param {string} session @returns {Promise<Left>} */
const sessionOf = async (transaction, account, session) => {
  const [rows, about] = await Promise.all([
    answered(transaction.objectStore("events").getAll(under(account, session))),
    answered(transaction.objectStore("sessions").get([account, session])),
  ]);
  return { session, about: { ...nothingSaid(), ...about }, events: rows.map((/** @type {Row} */ { event }) => event) };
};

/** @param {IDBTransaction} transaction @param {string} account @param {string} session */
const erase = (transaction, account, session) => {
  transaction.objectStore("events").delete(under(account, session));
  transaction.objectStore("sessions").delete([account, session]);
};
