// @ts-check
/** What a step of a self-test shows and counts at a moment. Pure. */

/** A raise that ends with this very beat counts. [s] */
const SOON_S = 0.05;

/** Repetitions that are whole by now. @param {number} elapsed_s @param {number} rep_s */
export const repsDone = (elapsed_s, rep_s) => Math.floor((elapsed_s + SOON_S) / rep_s);

/** On the way up, by the beat. @param {number} elapsed_s @param {number} rep_s */
export const isUp = (elapsed_s, rep_s) => elapsed_s % rep_s < rep_s / 2;

/** The ring: how much time is left, or how far the hold or the count is. @param {TestStep} step @param {TestData} data @param {number} elapsed_s */
export const ringOf = (step, data, elapsed_s) => {
  const length_s = step.seconds ?? 0;
  const share = Math.max(0, 1 - elapsed_s / length_s);
  if (step.kind !== "work") return { share, number: String(Math.ceil(Math.max(0, length_s - elapsed_s))), label: "seconds" };
  if (data.rep_s) return { share, number: String(repsDone(elapsed_s, data.rep_s)), label: isUp(elapsed_s, data.rep_s) ? "up" : "down" };
  return { share, number: String(Math.floor(elapsed_s)), label: "seconds held" };
};

/** What the clock says of a result; null: nothing. @param {TestData} data @param {number} elapsed_s */
export const countedBy = (data, elapsed_s) => {
  if (data.rep_s) return repsDone(elapsed_s, data.rep_s);
  return data.unit === "s" ? Math.floor(elapsed_s) : null;
};
