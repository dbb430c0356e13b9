// @ts-check
/** What every page needs beyond HTML: dialogs, copying, the drop zone, picking all rows, and a word when the server is not reached. */

/** @param {EventTarget | null} target @param {string} selector @returns {HTMLElement | null} */
const within = (target, selector) => (target instanceof Element ? target.closest(selector) : null);

/** @param {HTMLElement} button */
const copy = async (button) => {
  const text = document.getElementById(button.dataset.copies ?? "")?.textContent ?? "";
  await navigator.clipboard.writeText(text.trim());
  button.textContent = "Copied";
};

document.addEventListener("click", (event) => {
  const opener = within(event.target, "[data-opens]");
  const dialog = document.getElementById(opener?.dataset.opens ?? "");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
  const closer = within(event.target, "[data-closes]");
  closer?.closest("dialog")?.close();
  const copier = within(event.target, "[data-copies]");
  if (copier) void copy(copier);
});

document.addEventListener("change", (event) => {
  const all = within(event.target, "[data-picks-all]");
  if (!(all instanceof HTMLInputElement)) return;
  for (const box of document.querySelectorAll(`input[type="checkbox"][name="${all.dataset.picksAll}"]`)) {
    if (box instanceof HTMLInputElement) box.checked = all.checked;
  }
});

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => within(event.target, "[data-drop]")?.classList.add("over-it"));
}
for (const kind of ["dragleave", "drop"]) {
  document.addEventListener(kind, (event) => within(event.target, "[data-drop]")?.classList.remove("over-it"));
}

// The browser itself drops onto a file input; elsewhere on the label it would leave the page and open the file.
document.addEventListener("dragover", (event) => within(event.target, "[data-drop]") && event.preventDefault());
document.addEventListener("drop", (event) => {
  const input = within(event.target, "[data-drop]")?.querySelector("input");
  if (!input || !event.dataTransfer || event.target === input) return;
  event.preventDefault();
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

/** @param {string} text */
const tell = (text) => {
  const message = document.createElement("div");
  const words = document.createElement("p");
  message.className = "message error";
  words.textContent = text;
  message.append(words);
  document.getElementById("messages")?.replaceChildren(message);
};

document.addEventListener("htmx:sendError", () => tell("calfwise did not answer. What you typed is still here; try again when it runs."));
document.addEventListener("htmx:responseError", () => tell("That did not work, and nothing was changed. What you typed is still here; reload the page and try again."));
