// @ts-check
/** Events -> the server, and what it said. Only ever under the account that made them. */
/** @typedef {import("./store.js").Happened} Happened */
/** @typedef {import("./store.js").Held} Held */
/** @typedef {{ held: Held, log: Happened[], marked: { device: string, sequence: number, why: string }[], phase: string, over: boolean, leads: string | null, heard_s: number | null, next: string | null }} Answer */
/** @typedef {"no network" | "signed out" | "another account" | "gone" | "refused"} Trouble */
/** @typedef {{ answer: Answer } | { trouble: Trouble, error?: string }} Outcome */

const LONGEST_MS = 20_000;
const MOST_EVENTS = 500;
const MOST_PARTING_BYTES = 60_000; // browsers send 64 kB of a page that is gone

/** As many events as one request takes. @param {Happened[]} events @param {{ parting: boolean }} how */
export const parcel = (events, { parting }) => {
  let bytes = 0;
  const fits = events.findIndex((event) => (bytes += JSON.stringify(event).length * 1.1) > MOST_PARTING_BYTES);
  return events.slice(0, Math.min(MOST_EVENTS, parting && fits >= 0 ? fits : MOST_EVENTS));
};

/** Whose a page is, and its token for forms. @param {Document} page */
export const signedIn = (page) => {
  const headers = JSON.parse(page.body?.getAttribute("hx-headers") ?? "{}");
  const field = page.querySelector('input[name="csrfmiddlewaretoken"]');
  return { account: page.body?.dataset.account ?? "", token: String(headers["X-CSRFToken"] ?? field?.getAttribute("value") ?? "") };
};

export class Courier {
  /** @param {string} account @param {string} token */
  constructor(account, token) {
    this.account = account;
    this.token = token;
  }

  /** @param {string} url @param {Happened[]} events @param {{ parting?: boolean }} [how] @returns {Promise<Outcome>} */
  async send(url, events, { parting = false } = {}) {
    const response = await this.#posted(url, events, parting);
    if (response?.status !== 403) return outcome(response);
    const trouble = await this.#renewed();
    return trouble ? { trouble } : outcome(await this.#posted(url, events, parting));
  }

  /** @param {string} url @param {Happened[]} events @param {boolean} keepalive */
  #posted(url, events, keepalive) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token, "X-Account": this.account };
    return asked(url, { method: "POST", headers, body: JSON.stringify({ events }), redirect: "manual", keepalive });
  }

  /** A page that was kept has an old token: Today has a new one, and tells who is signed in. @returns {Promise<Trouble | null>} */
  async #renewed() {
    const response = await asked("/", { headers: { Accept: "text/html" } });
    if (!response?.ok) return "no network";
    const { account, token } = signedIn(new DOMParser().parseFromString(await response.text(), "text/html"));
    if (!account) return "signed out";
    if (account !== this.account) return "another account";
    this.token = token;
    return null;
  }
}

/** @param {string} url @param {RequestInit} how @returns {Promise<Response | null>} null: nobody answered */
const asked = async (url, how) => {
  try {
    return await fetch(url, { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(LONGEST_MS), ...how });
  } catch {
    return null;
  }
};

/** @param {Response | null} response @returns {Promise<Outcome>} */
const outcome = async (response) => {
  if (response?.type === "opaqueredirect" || response?.status === 403) return { trouble: "signed out" };
  if (response?.status === 404) return { trouble: "gone" };
  const told = response?.headers.get("Content-Type")?.startsWith("application/json") ? await response.json().catch(() => null) : null;
  if (response?.status === 400) return { trouble: "refused", error: String(told?.error ?? "") };
  return response?.ok && told?.held ? { answer: told } : { trouble: "no network" };
};
