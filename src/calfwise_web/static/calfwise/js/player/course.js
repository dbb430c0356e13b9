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
  return seconds < 60 ? "under a minute left" : `${Math.round(seconds / 60)} min left`;
};

/** One for each set: behind, now, ahead. @param {State} state @param {Step[]} steps @param {number | null} share of the set that is on; null: none is @returns {Segment[]} */
export const segmentsOf = (state, steps, share) => {
  /** @type {Map<number, number>} */
  const passed = new Map();
  /** @type {(step: Step, at: number) => Segment[]} */
  const segment = (step, at) => {
    if (step.kind !== "work" || step.item === undefined) return [];
    const item = state.items[step.item];
    const before = passed.get(step.item) ?? 0;
    passed.set(step.item, before + 1);
    if (at === state.step && share !== null) return [{ kind: "now", share }];
    if (at > state.step && item?.ended === null) return [{ kind: "open", share: 0 }];
    return [{ kind: before < (item?.sets_done ?? 0) ? "done" : "left", share: 0 }];
  };
  return steps.flatMap(segment);
};

/** @param {Segment[]} segments */
export const segmentsSaid = (segments) => {
  const done = segments.filter((each) => each.kind === "done").length;
  return `${done} of ${segments.length} sets done`;
};

/** Where in a set with a tempo one is; null elsewhere. @param {Step | undefined} step @param {number} elapsed_ms */
export const repetition = (step, elapsed_ms) => {
  if (!step?.tempo_s || !step.reps || step.kind !== "work") return null;
  const [up_s, hold_s, down_s] = step.tempo_s;
  const whole_s = up_s + hold_s + down_s;
  const at_s = Math.min(elapsed_ms / 1000, (step.seconds ?? 0) - 0.001);
  const number = Math.floor(at_s / whole_s) + 1;
  return { number, of: step.reps, up: at_s % whole_s < up_s + hold_s };
};

/** What was done at each place, in words. @param {SessionData} data @param {State} state */
export const doneSaid = (data, state) => {
  /** @type {Map<string, { done: number, of: number, eased: boolean, tender: number | null }>} */
  const places = new Map();
  state.items.forEach((item, at) => {
    if (item.observed_ms + item.by_word_ms === 0) return;
    const of = data.steps.filter((step) => step.item === at && step.kind === "work").length;
    const title = data.said[data.steps.findIndex((step) => step.item === at)]?.title ?? "";
    const place = places.get(title) ?? { done: 0, of: 0, eased: false, tender: null };
    places.set(title, {
      done: place.done + item.sets_done,
      of: place.of + of,
      eased: place.eased || item.eased > 0,
      tender: item.after_nrs ?? place.tender,
    });
  });
  return [...places].map(([text, { done, of, eased, tender }]) => ({
    text,
    soft: [`${done} of ${of} ${of === 1 ? "set" : "sets"}`, ...(eased ? ["eased"] : []), ...(tender === null ? [] : [`tenderness now ${tender}`])].join(", "),
  }));
};
