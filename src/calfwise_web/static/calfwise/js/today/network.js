// @ts-check
/** A word when there is no network: answers need the server. What was said stays on the page. */

/** @param {HTMLElement} word @param {HTMLFormElement | null} form */
export const tellNetwork = (word, form) => {
  const told = () => {
    word.hidden = navigator.onLine;
  };
  window.addEventListener("online", told);
  window.addEventListener("offline", told);
  form?.addEventListener("submit", (event) => {
    told();
    if (navigator.onLine) return;
    event.preventDefault();
    word.scrollIntoView({ block: "center" });
  });
  told();
};
