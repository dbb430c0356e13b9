// @ts-check
/**
 * The service worker: the player's own files, the planned session's page, and one page that says there is no network.
 * No other page is kept, and nothing of another origin. What it keeps is told by the view that serves it (`calfwise`).
 */
const worker = /** @type {WorkerScope} */ (/** @type {unknown} */ (self));
const { version, files, offline, signIn } = worker.calfwise;
const FILES = "calfwise-files-";
const SESSIONS = "calfwise-session-";
const SESSION = /^\/session\/[^/]+\/$/;
const LONGEST_MS = 3000;

/** @param {string} start */
const named = async (start) => (await caches.keys()).filter((name) => name.startsWith(start));
/** A plus may come either way. @param {string} url */
const pathOf = (url) => new URL(url).pathname.replaceAll("%2B", "+");
/** @param {string} url */
const isSession = (url) => SESSION.test(pathOf(url)) && pathOf(url) !== offline;

const install = async () => {
  const cache = await caches.open(FILES + version);
  // Without cookies: no message meant for somebody is kept with it.
  await cache.addAll([...files, new Request(offline, { credentials: "omit", cache: "reload" })]);
};

/** Somebody is in a session: its files stay as they are. */
const isPlaying = async () => (await worker.clients.matchAll({ type: "window", includeUncontrolled: true })).some(({ url }) => isSession(url));

/** Older files go once no page needs them: neither an open session, nor one that is kept. Newer ones are not ours. */
const tidy = async () => {
  const { installing, waiting } = worker.registration;
  if (installing || waiting || (await isPlaying())) return;
  const now = await caches.open(FILES + version);
  for (const name of await named(SESSIONS)) {
    const kept = await caches.open(name);
    for (const request of await kept.keys()) {
      const page = (await (await kept.match(request, { ignoreVary: true }))?.text()) ?? "";
      for (const [, file] of page.matchAll(/="(\/static\/calfwise\/js\/player\/[^"]+)"/g)) if (!(await now.match(file ?? ""))) return;
    }
  }
  for (const name of await named(FILES)) if (name !== FILES + version) await caches.delete(name);
};

/** @param {Request} request */
const file = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

/** @param {string} path @returns {Promise<Response | undefined>} */
const keptSession = async (path) => {
  for (const name of await named(SESSIONS)) {
    const page = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (page) return page;
  }
  return undefined;
};

/** Keep a session that can be played as it came last, and nothing else. @param {string} path @param {Response} page */
const keepSession = async (path, page) => {
  const text = await page.clone().text();
  const [, account] = /"account": "(\w+)"/.exec(text) ?? [];
  if (!account) return;
  if (text.includes('"can_begin": true')) {
    const cache = await caches.open(SESSIONS + account);
    await cache.put(path, page);
    for (const { url } of await cache.keys()) if (pathOf(url) !== path) await cache.delete(url);
    for (const name of await named(SESSIONS)) if (name !== SESSIONS + account) await caches.delete(name);
  } else await (await caches.open(SESSIONS + account)).delete(path);
};

/** @param {Promise<Response>} fetched @returns {Promise<Response>} */
const inTime = (fetched) => Promise.race([fetched, new Promise((_, late) => setTimeout(late, LONGEST_MS))]);

/** A page: of the network where there is one; a kept session does not wait for it long. @param {WorkerFetch} event */
const page = async (event) => {
  const path = pathOf(event.request.url);
  const kept = isSession(event.request.url) ? await keptSession(path) : undefined;
  try {
    const fetched = fetch(event.request);
    const response = await (kept ? inTime(fetched) : fetched);
    if (kept && response.status >= 500) return kept;
    if (response.ok && isSession(event.request.url)) event.waitUntil(keepSession(path, response.clone()));
    if (response.ok && path === signIn) event.waitUntil(signedOut());
    return response;
  } catch {
    return kept ?? (await caches.match(offline)) ?? Response.error();
  }
};

/** Nobody is signed in, however that came: no page of anybody's stays. */
const signedOut = async () => {
  for (const name of await named(SESSIONS)) await caches.delete(name);
};

const takeOver = async () => {
  if (!(await isPlaying())) await worker.skipWaiting();
};

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(takeOver());
  if (event.data === "tidy") event.waitUntil(tidy());
});
worker.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || new URL(url).origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(page(event));
  else if (new URL(url).pathname.startsWith("/static/")) event.respondWith(file(event.request));
});
