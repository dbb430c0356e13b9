// @ts-check
/** Time of a step by its deadline: nothing is counted, so a page that stood still is right again at once. */

const EVERY_MS = 100;
/** A page that nobody heard of for so long slept. */
const SLEPT_MS = 30_000;

/**
 * Ten times a second while a step runs; its end is written when it is there. Where a phone in a pocket slept through
 * it, nothing begins by itself: it waits to be taken out.
 * @param {import("./run.js").Run} run @param {() => void} tick
 */
export const keepTime = (run, tick) => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const beat = (slept = false) => {
    clearTimeout(timer);
    if (!run.isRunning || run.step?.seconds === undefined) return;
    tick();
    const left_ms = run.remaining_ms;
    if (left_ms <= 0 && slept && run.goesByTime) void run.tell("pause");
    else if (left_ms <= 0) void run.tell("elapsed");
    else {
      const set_ms = performance.now();
      timer = setTimeout(() => beat(performance.now() - set_ms > SLEPT_MS), Math.min(EVERY_MS, left_ms));
    }
  };
  run.addEventListener("change", () => beat());
  beat();
};
