// @ts-check
/**
 * On every page: sends what sessions left in this browser, keeps the planned one for when there is no network, and on
 * signing out takes away what shows how somebody's calves are. `data-keep` on Today names the planned session; without
 * it none is kept.
 */
import { Courier, parcel, signedIn } from "./player/deliver.js";
import { dropPages, keepPage } from "./player/kept_pages.js";
import { Store } from "./player/store.js";
/** @typedef {import("./player/store.js").Left} Left */

const WORKER = "/sw.js";
const TODAY = "/";
const SIGN_OUT_MS = 3000;
const STUCK_FOR_MS = 3_600_000;
const ERASED = "calfwise-erased";
const { account, token } = signedIn(document);

/** @param {string} text */
const tell = (text) => {
  const message = document.createElement("div");
  const words = document.createElement("p");
  message.className = "message warning";
  words.textContent = text;
  message.append(words);
  document.getElementById("messages")?.append(message);
};

/** One session's events; those that the server will not have stay here. @param {Store} store @param {Courier} courier @param {Left} left */
const deliver = async (store, courier, { session, about, events }) => {
  if (about.stuck && Date.now() - about.stuck_at < STUCK_FOR_MS) return true;
  for (let rest = events; rest.length > 0; ) {
    const sent = parcel(rest, { parting: false });
    const outcome = await courier.send(about.url, sent);
    if ("answer" in outcome) {
      await store.tell(account, session, { log: outcome.answer.log, held: outcome.answer.held, stuck: "" });
      rest = rest.slice(sent.length);
    } else if (outcome.trouble === "gone" || outcome.trouble === "refused") {
      await store.tell(account, session, { stuck: outcome.trouble, stuck_at: Date.now() });
      if (outcome.trouble !== about.stuck) tell("The server would not take part of a session from this device. It is kept here.");
      return true;
    } else return false;
  }
  return true;
};

/** Everything that is left of this account's sessions, until the network is gone. */
const deliverAll = async () => {
  if (!account) return;
  const store = new Store();
  try {
    const courier = new Courier(account, token);
    for (const left of await store.left(account)) if (!(await deliver(store, courier, left))) break;
  } finally {
    store.close();
  }
};

/** @param {(store: Store) => Promise<unknown>} work */
const inStore = async (work) => {
  const store = new Store();
  await work(store).finally(() => store.close());
};

const keep = async () => {
  const path = document.querySelector("[data-keep]")?.getAttribute("data-keep");
  if (!account || (!path && location.pathname !== TODAY)) return;
  if (!path) return dropPages();
  await navigator.serviceWorker?.ready;
  await keepPage(account, path);
};

/** A new version waits until nobody is in a session; it looks at that itself. */
const register = async () => {
  if (!isSecureContext || !navigator.serviceWorker || !account) return;
  const registration = await navigator.serviceWorker.register(WORKER);
  const nudge = () => registration.waiting?.postMessage("take over");
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", nudge));
  nudge();
};

/** @param {HTMLFormElement} form */
const signOut = async (form) => {
  const patience = new Promise((resolve) => setTimeout(resolve, SIGN_OUT_MS));
  await Promise.race([deliverAll().catch(() => undefined), patience]);
  await Promise.allSettled([dropPages(), inStore((store) => store.forget(account))]);
  form.submit();
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  if (account && "erases" in form.dataset) sessionStorage.setItem(ERASED, account);
  if (new URL(form.action).pathname !== "/account/logout/") return;
  event.preventDefault();
  void signOut(form);
});

/** The account was deleted: nothing of it stays here, sent or not. */
const erase = async () => {
  const gone = sessionStorage.getItem(ERASED);
  if (gone === null || !document.querySelector("[data-erased]")) return;
  sessionStorage.removeItem(ERASED);
  await Promise.allSettled([dropPages(), inStore((store) => store.erase(gone))]);
};

const begin = async () => {
  await erase();
  await Promise.allSettled([register(), document.getElementById("session-data") ? undefined : deliverAll()]);
  await Promise.allSettled([keep()]);
  navigator.serviceWorker?.controller?.postMessage("tidy");
};

addEventListener("online", () => void deliverAll().catch(() => undefined));
void begin();
