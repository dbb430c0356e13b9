// @ts-check
/** Whether anybody sees the page: written down, for what nobody watched is not done by itself. */

/**
 * Done when the page has said that it is there.
 * @param {import("./run.js").Run} run @param {() => boolean} isStale nobody goes on with it
 * @param {() => boolean} isLed what is heard leads through it, so that nobody need watch
 */
export const watchPresence = async (run, isStale, isLed) => {
  const gone = () => run.isRunning && void run.tell("hidden");
  const away = () => isLed() || gone();
  const back = async () => {
    if (document.visibilityState !== "visible" || !run.isOurs || run.isFinal || run.state.phase === "new" || isStale()) return;
    if (run.state.phase === "hidden" || run.state.page !== run.log.page) await run.tell("returned");
  };
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? away() : void back()));
  document.addEventListener("freeze", gone);
  document.addEventListener("resume", () => void back());
  addEventListener("pagehide", gone);
  addEventListener("pageshow", () => void back());
  await back();
};
