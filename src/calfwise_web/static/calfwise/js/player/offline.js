// @ts-check
/** The page without a network: says which session is kept in this browser, and goes back where one was once there is one. */
import { keptPages } from "./kept_pages.js";

/** @param {string} id */
const shown = (id) => {
  const element = document.getElementById(id);
  if (element) element.hidden = false;
  return element;
};

/** @param {import("./kept_pages.js").Kept} kept */
const show = ({ path, title, beginBefore }) => {
  const card = shown(Date.parse(beginBefore) > Date.now() ? "kept" : "old");
  const words = card?.querySelector("[data-title]");
  if (words) words.textContent = title;
  card?.querySelector("a")?.setAttribute("href", path);
};

const kept = await keptPages();
if (kept[0]) show(kept[0]);
else shown("none");
document.getElementById("looking")?.remove();
// Under its own address there is nowhere to go back to.
if (location.pathname !== "/session/offline/") addEventListener("online", () => location.reload());
document.getElementById("again")?.addEventListener("click", () => location.reload());
