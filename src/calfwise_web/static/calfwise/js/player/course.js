// @ts-check
/** How far a session is: minutes left, sets behind and ahead, and which repetition. Pure. */
import { nextOpen, remaining } from "./machine.js";
import { LONG_S } from "./notes.js";

/** Sets of that length say where their middle is. [s] */
const LONG_ENOUGH_S = 20;

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

/** A time in the ring: seconds, or minutes and seconds where the step is a long one. @param {number} left_ms @param {number} length_s */
export const clockSaid = (left_ms, length_s) => {
  const left_s = Math.ceil(left_ms / 1000);
  return length_s < 100 ? String(left_s) : `${Math.floor(left_s / 60)}:${String(left_s % 60).padStart(2, "0")}`;
};

/** A length of time inside a list. @param {number} seconds */
const timeSaid = (seconds) => {
  const parts = [[Math.floor(seconds / 60), "min"], [seconds % 60, "s"]];
  return parts.flatMap(([number, unit]) => (number ? [`${number} ${unit}`] : [])).join(" ");
};

/** Where in a set with a tempo one is; null elsewhere. @param {SessionData} data @param {Step | undefined} step @param {number} elapsed_ms */
export const repetition = (data, step, elapsed_ms) => {
  if (!step?.tempo_s || !step.reps || step.kind !== "work") return null;
  const [up_s, hold_s, down_s] = step.tempo_s;
  const whole_s = up_s + hold_s + down_s;
  const at_s = Math.min(elapsed_ms / 1000, (step.seconds ?? 0) - 0.001);
  const number = Math.floor(at_s / whole_s) + 1;
  const into_s = at_s % whole_s;
  const [there, back] = data.ways[step.technique ?? ""] ?? ["Up", "Down"];
  const up = into_s < up_s;
  return { number, of: step.reps, up: into_s < up_s + hold_s, begins: up, word: up ? there : into_s < up_s + hold_s ? "Hold" : back };
};

/** What is said in the middle of a set: its tempo; how long still; the last three seconds. Empty: what was said holds. @param {SessionData} data @param {Step} step @param {number} elapsed_ms */
export const cueOf = (data, step, elapsed_ms) => {
  const rep = repetition(data, step, elapsed_ms);
  if (rep) return rep.begins && rep.number === 1 ? "" : rep.begins && rep.number === rep.of && rep.of > 2 ? `Last one. ${rep.word}` : rep.word;
  const length_s = step.seconds ?? 0;
  const left_s = Math.ceil(length_s - elapsed_ms / 1000);
  if (left_s <= 3) return ["", "One", "Two", "Three"][left_s] ?? "";
  if (length_s > LONG_S && left_s <= 60) return "One minute left.";
  return length_s >= LONG_ENOUGH_S && left_s <= length_s / 2 ? "Half way." : "";
};

/** What was done of a practice, exercise by exercise, and how the calves felt. @param {SessionData} data @param {State} state */
export const practisedSaid = ({ steps, said }, state) => {
  /** @type {Map<string, { done: string[], of: number, eased: boolean }>} */
  const exercises = new Map();
  state.items.forEach((item, at) => {
    const sets = steps.filter((step) => step.item === at && step.kind === "work");
    const title = said[steps.findIndex((step) => step.item === at)]?.title ?? "";
    if (item.observed_ms + item.by_word_ms === 0) return;
    const before = exercises.get(title) ?? { done: [], of: 0, eased: false };
    const done = sets.slice(0, item.sets_done).map(({ reps, seconds }) => (reps ? String(reps) : timeSaid(seconds ?? 0)));
    exercises.set(title, { done: [...before.done, ...done], of: before.of + sets.length, eased: before.eased || item.eased > 0 });
  });
  const felt_nrs = Math.max(-1, ...state.items.map((item) => item.after_nrs ?? -1));
  const lines = [...exercises].map(([text, { done, of, eased }]) => ({ text, soft: [setsSaid(done, of), ...(eased ? ["Eased"] : [])].join(". ") }));
  return felt_nrs < 0 ? lines : [...lines, { text: "How your calves felt", soft: `${felt_nrs} of 10 at the most` }];
};

/** "3 of 3 sets: 15, 15, 12". @param {string[]} done @param {number} of */
const setsSaid = (done, of) => {
  const count = `${done.length} of ${of} ${of === 1 ? "set" : "sets"}`;
  if (done.length === 0) return count;
  return done.length > 1 && new Set(done).size === 1 ? `${count}, ${done[0]} each` : `${count}: ${done.join(", ")}`;
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
