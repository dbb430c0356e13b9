// @ts-check
/** Both calves answered by finger: the signs come into view. Arrow keys on the scale move nothing. */

const A_TAP_MS = 800;
const AIR = 16;
const BAR = 96;

/** @param {HTMLFormElement} form @param {HTMLElement} signs */
export const goOnAfter = (form, signs) => {
  let tapped = -A_TAP_MS;
  form.addEventListener("pointerdown", (event) => {
    tapped = event.timeStamp;
  });
  form.addEventListener("change", (event) => {
    const scale = event.target instanceof Element ? event.target.closest("fieldset.scale") : null;
    if (!scale || event.timeStamp - tapped > A_TAP_MS) return;
    const scales = [...form.querySelectorAll("fieldset.scale")];
    if (scale !== scales.at(-1) || !scales.every((each) => each.querySelector(":checked"))) return;
    const at = signs.getBoundingClientRect();
    const hidden = at.bottom - (window.innerHeight - BAR);
    const top = Math.min(at.top - AIR, hidden);
    if (top > 0) window.scrollBy({ top, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
  });
};
