// @ts-check
/** The drop zone: takes files and folders, shows how far they are, and goes to their page once all have come. */
import { filesOfDrop, filesOfInput, labelOf } from "./dropped.js";
import { Refused, Upload } from "./upload.js";

/** @typedef {import("./dropped.js").Brought} Brought */
/** @typedef {import("./upload.js").Urls} Urls */

const SPOKEN_EVERY_MS = 10_000;
const MOST_LEFT_OUT = 5;

/** @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T} */
const the = (id, kind) => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`no ${id}`);
  return found;
};

const form = the("bring", HTMLFormElement);
const drop = the("drop", HTMLDivElement);
const panel = the("bringing", HTMLElement);
const title = the("bringing-title", HTMLHeadingElement);
const bar = the("bar", HTMLProgressElement);
const howFar = the("how-far", HTMLParagraphElement);
const spoken = the("spoken", HTMLParagraphElement);
const trouble = the("trouble", HTMLDivElement);
const leftOut = the("left-out", HTMLUListElement);
const again = the("again", HTMLButtonElement);
const cancel = the("cancel", HTMLButtonElement);
const inputs = { files: the("files", HTMLInputElement), folder: the("folder", HTMLInputElement) };

/** @type {AbortController | null} */
let going = null;
/** @type {{ files: Brought[], urls: Urls | null }} */
let last = { files: [], urls: form.dataset.urls ? JSON.parse(form.dataset.urls) : null };

/** @param {number} bytes */
const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`);

/** @param {number} seconds */
const left = (seconds) =>
  seconds < 10 ? "a few seconds left" : seconds < 60 ? `about ${Math.round(seconds / 5) * 5} s left` : `about ${Math.round(seconds / 60)} min left`;

/** @param {string} text */
const say = (text) => {
  trouble.hidden = !text;
  if (trouble.firstElementChild) trouble.firstElementChild.textContent = text;
};

/** Shows how far an upload is, and says it aloud now and then. @param {Brought[]} files */
const follower = (files) => {
  const all = files.reduce((sum, { file }) => sum + file.size, 0);
  const since = performance.now();
  let spokenAt = since;
  bar.max = Math.max(1, all);
  return (/** @type {Upload} */ upload, /** @type {string} */ waiting) => {
    const { sent } = upload;
    const seconds = (performance.now() - since) / 1000;
    const rate = (sent.bytes - sent.here) / seconds;
    const words = [`${size(sent.bytes)} of ${size(all)}`];
    if (files.length > 1) words.unshift(`${sent.files.toLocaleString("en-GB")} of ${files.length.toLocaleString("en-GB")} files`);
    if (waiting) words.push(waiting);
    else if (seconds > 2 && rate > 0) words.push(`${size(rate)} a second`, left((all - sent.bytes) / rate));
    bar.value = sent.bytes;
    howFar.textContent = words.join(" · ");
    if (waiting || performance.now() - spokenAt > SPOKEN_EVERY_MS) {
      spoken.textContent = waiting || (words[0] ?? "");
      spokenAt = performance.now();
    }
  };
};

/** A batch that was begun with one of these files, or a new one. @param {Upload} upload @param {Brought[]} files */
const target = async (upload, files) => {
  const begun = [...document.querySelectorAll("[data-begun]")].map((each) => (each instanceof HTMLElement ? each.dataset.begun : "") ?? "");
  for (const urls of last.urls ? [last.urls] : begun.map((text) => /** @type {Urls} */ (JSON.parse(text)))) {
    const have = await upload.there(urls);
    if (last.urls || files.some(({ name, file }) => have.has(name) && (have.get(name) ?? 0) <= file.size)) return { urls, have };
  }
  return { urls: await upload.begin(form.action, labelOf(files)), have: new Map() };
};

/** @param {Brought[]} files */
const tooMuch = (files) => {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length > Number(form.dataset.mostFiles)) return `${files.length.toLocaleString("en-GB")} files are more than one import takes (50,000). Bring them in parts, or pack them.`;
  if (bytes > Number(form.dataset.mostBytes)) return `${size(bytes)} are more than one import takes (2 GiB). Bring them in parts, or use the watched folder.`;
  return "";
};

/** @param {Brought[]} files */
const bring = async (files) => {
  if (going) return;
  panel.hidden = false;
  again.hidden = true;
  if (!files.length) return say("There was no file in that. Hidden files are passed over.");
  if (tooMuch(files)) return say(tooMuch(files));
  say("");
  last.files = files;
  drop.hidden = true;
  cancel.hidden = false;
  title.focus();
  going = new AbortController();
  const follow = follower(files);
  const upload = new Upload(form.querySelector("input")?.value ?? "", going.signal, (waiting) => follow(upload, waiting));
  follow(upload, "");
  try {
    const { urls, have } = await target(upload, files);
    last.urls = urls;
    await upload.bring(urls, files, have);
    showLeftOut(upload.leftOut);
    howFar.textContent = "Everything has come. Writing it to disk…";
    const page = await upload.start(urls);
    going = null;
    location.assign(page);
  } catch (error) {
    showLeftOut(upload.leftOut);
    stopped(error);
  }
};

/** @param {unknown} error */
const stopped = (error) => {
  const aborted = going?.signal.aborted;
  going = null;
  if (aborted) return location.assign(last.urls?.page ?? location.pathname);
  say(error instanceof Refused ? error.message : "Something went wrong on this page. What came so far is kept.");
  if (!(error instanceof Refused)) console.error(error);
  howFar.textContent = "";
  drop.hidden = false;
  again.hidden = false;
  cancel.hidden = true;
};

/** @param {string[]} reasons */
const showLeftOut = (reasons) => {
  const told = reasons.slice(0, MOST_LEFT_OUT);
  if (reasons.length > told.length) told.push(`${reasons.length - told.length} more were left out.`);
  leftOut.hidden = !told.length;
  leftOut.replaceChildren(
    ...told.map((reason) => {
      const line = document.createElement("li");
      line.textContent = reason;
      return line;
    }),
  );
};

for (const part of form.querySelectorAll("[data-with-script], [data-without-script]")) {
  if (part instanceof HTMLElement) part.hidden = part.hasAttribute("data-without-script");
}
form.addEventListener("submit", (event) => event.preventDefault());
for (const input of Object.values(inputs)) {
  input.addEventListener("change", () => {
    const files = filesOfInput(input.files);
    input.value = "";
    void bring(files);
  });
}
form.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest("button");
  if (button === again) void bring(last.files);
  else if (button === cancel) going?.abort();
  else if (button?.dataset.picks) inputs[button.dataset.picks === "folder" ? "folder" : "files"].click();
});

for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over-it");
  });
}
drop.addEventListener("dragleave", (event) => {
  if (!(event.relatedTarget instanceof Node && drop.contains(event.relatedTarget))) drop.classList.remove("over-it");
});
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over-it");
  if (event.dataTransfer) void filesOfDrop(event.dataTransfer).then(bring, () => (panel.hidden = false, say("The browser could not open what you dropped. Choose it by button instead.")));
});
addEventListener("beforeunload", (event) => {
  if (going) event.preventDefault();
});
