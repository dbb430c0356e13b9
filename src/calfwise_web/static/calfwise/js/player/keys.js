// @ts-check
/** The session by keyboard. A button that has the focus keeps its own keys. */

/** @type {Record<string, string[]>} what a key does: the first that the screen offers */
const KEYS = {
  " ": ["begin", "pause", "resume", "carry-on"],
  Escape: ["stop"],
  ArrowDown: ["less"],
  ArrowUp: ["right"],
  ArrowRight: ["skip"],
  "?": ["keys"],
};

/**
 * @param {(acts: string[]) => boolean} press does the first of them that is offered; whether one was
 * @param {Record<string, string[]>} keys
 */
export const onKeys = (press, keys = KEYS) => {
  addEventListener("keydown", (event) => {
    const acts = keys[event.key];
    if (!acts || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const focused = document.activeElement;
    if (focused?.matches("input")) return;
    if (event.key === " " && focused?.matches("a, button")) {
      if (focused.matches(":focus-visible")) return;
      /** @type {HTMLElement} */ (focused).blur();
    }
    if (event.repeat || press(acts)) event.preventDefault();
  });
};
