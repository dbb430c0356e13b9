// @ts-check
/** The last screen: what was done, and what comes next. */
import { BARE } from "./bare.js";
import { doneSaid, practisedSaid } from "./course.js";
import { CALLED } from "./said.js";

/** What the gate wants to hear of first: nothing, more, or it knows enough. @param {SessionData} data @param {State} state */
export const gateOf = (data, state) => {
  const reason = data.rules.reasons[state.reason ?? ""];
  if (state.signs.length || reason?.raises.length) return "raised";
  return reason?.asks.length ? "asks" : "quiet";
};

/** What cannot wait for a page to load. @param {SessionData} data @param {State} state */
const isUrgent = (data, state) => {
  const raised = [...state.signs, ...(data.rules.reasons[state.reason ?? ""]?.raises ?? [])];
  return raised.some((sign) => URGENT.includes(sign.split(":")[0] ?? ""));
};
const URGENT = ["breathless", "chest-pain", "faint"];
const CALL = "If you are breathless, faint or have chest pain: call the emergency number now.";

/** @param {"raised" | "asks" | "quiet"} gate @returns {Act[]} */
const onwards = (gate) => [{ act: "next", text: { raised: "What to do now", asks: "A few questions first", quiet: "Back to Today" }[gate], look: "primary" }];

/** @param {SessionData} data @param {State} state @param {{ heading: string, more: string }} told @returns {Scene} */
const over = (data, state, { heading, more }) => {
  const gate = gateOf(data, state);
  return {
    ...BARE,
    name: "over",
    key: state.phase,
    heading,
    more: isUrgent(data, state) ? CALL : more,
    urgent: isUrgent(data, state),
    ring: true,
    lines: data.kind === "practice" ? practisedSaid(data, state) : doneSaid(data, state),
    thumb: onwards(gate),
  };
};

/** @param {SessionData} data @param {State} state */
export const stopped = (data, state) =>
  gateOf(data, state) === "quiet"
    ? over(data, state, { heading: "That's enough for today.", more: "What you did counts. The rest keeps until tomorrow." })
    : over(data, state, { heading: "Good that you stopped.", more: CALLED[data.kind].stopped });

/** @param {SessionData} data @param {State} state */
export const done = (data, state) =>
  gateOf(data, state) === "quiet"
    ? over(data, state, { heading: CALLED[data.kind].done, more: CALLED[data.kind].next })
    : over(data, state, { heading: "Good that you said it.", more: "This is worth checking before anything else." });

/** @param {SessionData} data @param {State} state */
export const discarded = (data, state) => {
  const worked = state.items.some((item) => item.observed_ms + item.by_word_ms > 0);
  return over(data, state, { heading: "Dropped.", more: worked ? "What you did counts as today's session." : "Nothing was done of it." });
};
