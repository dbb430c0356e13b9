// @ts-check
/** The planned session's page, kept for when there is no network: one account's, and no other page with health data. */

const PREFIX = "calfwise-session-";

/** @typedef {{ path: string, title: string, beginBefore: string }} Kept */

/** Only https and localhost have caches. */
const names = async () => ("caches" in globalThis ? (await caches.keys()).filter((name) => name.startsWith(PREFIX)) : []);

/** Keep a session's page instead of all that was kept. @param {string} account @param {string} path */
export const keepPage = async (account, path) => {
  if (!("caches" in globalThis)) return;
  const page = await fetch(path, { cache: "no-store", credentials: "same-origin" });
  if (page.status === 404) return dropPages();
  if (!page.ok || page.redirected) return;
  const cache = await caches.open(PREFIX + account);
  await cache.put(path, page);
  await dropPages(account, path);
};

/** Drop what is kept, but for one page of one account. @param {string} [account] @param {string} [path] */
export const dropPages = async (account, path) => {
  for (const name of await names()) {
    if (name !== PREFIX + account) await caches.delete(name);
    else {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) if (new URL(url).pathname !== path) await cache.delete(url);
    }
  }
};

/** The sessions that are kept here, as their pages tell. @returns {Promise<Kept[]>} */
export const keptPages = async () => {
  const kept = [];
  for (const name of await names()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const path = new URL(request.url).pathname;
      const page = new DOMParser().parseFromString((await (await cache.match(request, { ignoreVary: true }))?.text()) ?? "", "text/html");
      const { title, begin_before } = JSON.parse(page.getElementById("session-data")?.textContent ?? "{}");
      if (title) kept.push({ path, title: String(title), beginBefore: String(begin_before) });
    }
  }
  return kept;
};
