// @ts-check
/** Time of a step by its deadline: nothing is counted, so a page that stood still is right again at once. */

const EVERY_MS = 100;

/**
 * Ten times a second while a step runs; its end is written when it is there.
 * @param {import("./run.js").Run} run @param {() => void} tick
 */
export const keepTime = (run, tick) => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const beat = () => {
    clearTimeout(timer);
    if (!run.isRunning || run.step?.seconds === undefined) return;
    tick();
    const left_ms = run.remaining_ms;
    if (left_ms <= 0) void run.tell("elapsed");
    else timer = setTimeout(beat, Math.min(EVERY_MS, left_ms));
  };
  run.addEventListener("change", beat);
  beat();
};
