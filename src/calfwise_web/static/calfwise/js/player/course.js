// @ts-check
/** How far a session is: minutes left, sets behind and ahead, and which repetition. Pure. */
import { nextOpen, remaining } from "./machine.js";

/** @typedef {{ kind: "done" | "left" | "now" | "open", share: number }} Segment */

/** Of everything that is still open. [s] @param {State} state @param {Step[]} steps @param {number} uptime_ms */
export const secondsLeft = (state, steps, uptime_ms) => {
  let seconds = remaining(state, steps, uptime_ms) / 1000;
  for (let at = nextOpen(state, steps, state.step); at < steps.length; at = nextOpen(state, steps, at)) {
    seconds += steps[at]?.seconds ?? 0;
  }
  return seconds;
};

/** @param {number} seconds */
export const leftSaid = (seconds) => {
  if (seconds <= 0) return "";
  return seconds < 60 ? "under a minute left" : `${Math.ceil(seconds / 60)} min left`;
};

/** One for each set: behind, now, ahead. @param {State} state @param {Step[]} steps @param {number} share of the set that is on @returns {Segment[]} */
export const segmentsOf = (state, steps, share) => {
  /** @type {Map<number, number>} */
  const passed = new Map();
  return steps.flatMap((step, at) => {
    if (step.kind !== "work" || step.item === undefined) return [];
    const item = state.items[step.item];
    const before = passed.get(step.item) ?? 0;
    passed.set(step.item, before + 1);
    if (at === state.step) return [{ kind: "now", share }];
    if (at > state.step && item?.ended === null) return [{ kind: "open", share: 0 }];
    return [{ kind: before < (item?.sets_done ?? 0) ? "done" : "left", share: 0 }];
  });
};

/** @param {Segment[]} segments */
export const segmentsSaid = (segments) => {
  const done = segments.filter((each) => each.kind === "done").length;
  return `${done} of ${segments.length} sets done`;
};

/** Where in a set of heel raises one is; null elsewhere. @param {Step | undefined} step @param {number} elapsed_ms */
export const repetition = (step, elapsed_ms) => {
  if (!step?.tempo_s || !step.reps || step.kind !== "work") return null;
  const [up_s, down_s] = step.tempo_s;
  const at_s = Math.min(elapsed_ms / 1000, (step.seconds ?? 0) - 0.001);
  const number = Math.floor(at_s / (up_s + down_s)) + 1;
  return { number, of: step.reps, up: at_s % (up_s + down_s) < up_s };
};

/** What was done of each item, in words. @param {SessionData} data @param {State} state */
export const doneSaid = (data, state) => {
  return state.items.flatMap((item, at) => {
    const of = data.steps.filter((step) => step.item === at && step.kind === "work").length;
    const first = data.steps.findIndex((step) => step.item === at);
    if (item.observed_ms + item.by_word_ms === 0) return [];
    const sets = `${item.sets_done} of ${of} ${of === 1 ? "set" : "sets"}`;
    const tender = item.after_nrs === null ? "" : `, tenderness now ${item.after_nrs}`;
    return [{ text: data.said[first]?.title ?? "", soft: `${sets}${item.eased ? ", eased" : ""}${tender}` }];
  });
};
