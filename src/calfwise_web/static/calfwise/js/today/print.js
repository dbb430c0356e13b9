/** The Print button: there where scripts are, else the page says how to print it. */

for (const button of document.querySelectorAll("button[data-prints]")) {
  if (button instanceof HTMLButtonElement) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
for (const words of document.querySelectorAll("[data-prints-not]")) {
  if (words instanceof HTMLElement) words.hidden = true;
}
