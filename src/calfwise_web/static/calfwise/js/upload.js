// @ts-check
/** Files -> the server: small ones together, large ones in pieces, each sent again until it is there. */
/** @typedef {import("./dropped.js").Brought} Brought */
/** @typedef {{ page: string, files: string, piece: string, there: string, start: string }} Urls */
/** @typedef {{ files: number, bytes: number, here: number }} Sent how many files and bytes are there; `here`: of them, so many bytes were there before */

const TOGETHER_BYTES = 8 * 2 ** 20;
const TOGETHER_FILES = 60;
const PIECE_BYTES = 8 * 2 ** 20;
const TRIES = 8;
const LONGEST_WAIT_MS = 30_000;

/** The server said no, and why; asking again would not help. */
export class Refused extends Error {}

/** Files that the browser can no longer read: moved, changed or deleted since they were chosen. */
class Gone extends Error {
  /** @param {Brought[]} files */
  constructor(files) {
    super();
    this.files = files;
  }
}

/** @param {number} ms @param {AbortSignal} signal */
const pause = (ms, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    addEventListener("online", () => resolve(undefined), { once: true, signal });
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });

/** @param {Brought[]} files */
const unreadable = async (files) => {
  const read = await Promise.allSettled(files.map(({ file }) => file.slice(0, 1).arrayBuffer()));
  return files.filter((_, place) => read[place]?.status === "rejected");
};

export class Upload {
  /** @type {string[]} files that were left out, with the reason */
  leftOut = [];
  /** @type {Sent} */
  sent = { files: 0, bytes: 0, here: 0 };

  /** @param {string} token @param {AbortSignal} signal @param {(waiting: string) => void} told called whenever anything moved, or has to wait */
  constructor(token, signal, told) {
    this.token = token;
    this.signal = signal;
    this.told = told;
  }

  /** A new batch. @param {string} url @param {string} label @returns {Promise<Urls>} */
  async begin(url, label) {
    const said = new FormData();
    said.append("label", label.slice(0, 300));
    return (await this.#answered(url, said, [])).urls;
  }

  /** What a batch holds: bytes by name. @param {Urls} urls */
  async there(urls) {
    /** @type {Map<string, number>} */
    const have = new Map();
    for (let page = 1; page; ) {
      const response = await fetch(`${urls.there}?page=${page}`, { headers: { Accept: "application/json" }, signal: this.signal });
      if (!response.ok) throw new Refused("What is here already could not be asked. Reload the page, then try again.");
      const told = await response.json();
      for (const [name, bytes] of told.files) have.set(name, bytes);
      page = told.next ?? 0;
    }
    return have;
  }

  /** Everything that is not there yet. @param {Urls} urls @param {Brought[]} files @param {Map<string, number>} have */
  async bring(urls, files, have) {
    this.sent = { files: 0, bytes: 0, here: 0 };
    /** @type {Brought[]} */
    let together = [];
    let bytes = 0;
    for (const brought of files) {
      const size = brought.file.size;
      if (have.get(brought.name) === size) {
        this.#count(1, size, size);
      } else if (size > TOGETHER_BYTES) {
        await this.#inPieces(urls, brought, have.get(brought.name) ?? 0);
      } else {
        if (together.length === TOGETHER_FILES || bytes + size > TOGETHER_BYTES) {
          await this.#together(urls, together);
          [together, bytes] = [[], 0];
        }
        together.push(brought);
        bytes += size;
      }
    }
    if (together.length) await this.#together(urls, together);
  }

  /** Let it be read; where its page is. @param {Urls} urls @returns {Promise<string>} */
  async start(urls) {
    return (await this.#answered(urls.start, new FormData(), [])).page;
  }

  /** @param {number} files @param {number} bytes @param {number} here */
  #count(files, bytes, here = 0) {
    this.sent = { files: this.sent.files + files, bytes: this.sent.bytes + bytes, here: this.sent.here + here };
    this.told("");
  }

  /** @param {Urls} urls @param {Brought[]} files @returns {Promise<void>} */
  async #together(urls, files) {
    const list = JSON.stringify(files.map(({ name, file }) => [name, file.size]));
    const body = new Blob([list, "\n", ...files.map(({ file }) => file)]);
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    try {
      const told = await this.#answered(urls.files, body, files);
      for (const each of told.refused) this.leftOut.push(each.why);
      this.#count(files.length, bytes);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      const gone = error.files;
      for (const { name, file } of gone) this.#leaveOut(name, file.size);
      const left = files.filter((brought) => !gone.includes(brought));
      if (left.length) await this.#together(urls, left);
    }
  }

  /** @param {Urls} urls @param {Brought} brought @param {number} have */
  async #inPieces(urls, { name, file }, have) {
    if (have > file.size) throw new Refused(`Another file called “${name}” is here already. Discard what is here, then begin anew.`);
    this.#count(0, have, have);
    while (have < file.size) {
      const asked = new URLSearchParams({ name, offset: String(have), size: String(file.size) });
      try {
        const told = await this.#answered(`${urls.piece}?${asked}`, file.slice(have, have + PIECE_BYTES), [{ name, file }]);
        if (told.have > file.size) throw new Refused(`“${name}” changed while it was sent. Discard what is here, then begin anew.`);
        this.#count(0, told.have - have);
        have = told.have;
      } catch (error) {
        if (!(error instanceof Gone)) throw error;
        this.#leaveOut(name, file.size - have);
        return;
      }
    }
    this.#count(1, 0);
  }

  /** @param {string} name @param {number} bytes */
  #leaveOut(name, bytes) {
    this.leftOut.push(`“${name}” could not be read: it was moved, changed or deleted since you chose it.`);
    this.#count(1, bytes);
  }

  /** Send until there is an answer. @param {string} url @param {FormData | Blob} body @param {Brought[]} files @returns {Promise<any>} */
  async #answered(url, body, files) {
    for (let tries = 1; ; tries++) {
      try {
        const response = await fetch(url, { method: "POST", body, headers: this.#headers(body), redirect: "manual", signal: this.signal });
        if (response.type === "opaqueredirect") throw new Refused("You are signed out here. Sign in again, then drop the same files: what is here is not sent twice.");
        const told = await response.json().catch(() => ({}));
        if (response.ok || (response.status === 409 && "have" in told)) return told;
        if (response.status < 500 && response.status !== 429) throw new Refused(told.error ?? "calfwise did not take it. Reload the page, then drop the same files: what is here is not sent twice.");
      } catch (error) {
        if (error instanceof Refused || this.signal.aborted) throw error;
        const gone = await unreadable(files);
        if (gone.length) throw new Gone(gone);
      }
      if (tries === TRIES) throw new Refused("calfwise does not answer. What came so far is kept.");
      this.told(navigator.onLine ? "calfwise does not answer; trying again…" : "There is no network; going on once it is back…");
      await pause(Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries), this.signal);
    }
  }

  /** @param {FormData | Blob} body @returns {Record<string, string>} */
  #headers(body) {
    const always = { Accept: "application/json", "X-CSRFToken": this.token };
    return body instanceof Blob ? { ...always, "Content-Type": "application/octet-stream" } : always;
  }
}
