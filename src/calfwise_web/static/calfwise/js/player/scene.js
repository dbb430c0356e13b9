// @ts-check
/** What is on the screen in each state, as words: nothing here touches the page. */
import { BARE } from "./bare.js";
import { discarded, done, stopped } from "./ending.js";
import { CALLED } from "./said.js";

/**
 * What only this page knows.
 * @typedef {object} Here
 * @property {boolean} ours whether this device leads
 * @property {boolean} elsewhere another tab of it does
 * @property {boolean} stale the check-in that it rests on is too old
 * @property {boolean} counting a pause is being counted out
 * @property {boolean} captions what is said is on the screen in full
 * @property {number} quiet_s nothing was heard of the device that leads for so long
 * @property {number} picked signs that are ticked
 * @property {boolean} leads what is heard leads, nobody need look
 */

/** @type {Act} */
const STOP = { act: "stop", text: "Stop", look: "stop" };
/** @type {Act} */
const TODAY = { act: "today", text: "Back to Today", look: "primary" };
/** @type {Act} */
const PAUSE = { act: "pause", text: "Pause" };

/** @param {SessionData} data @returns {Act} */
const rising = ({ kind }) => ({ act: "rising", text: "Still rising", hint: CALLED[kind].tooMuch });
/** @param {SessionData} data @returns {Act} */
const tooMuch = ({ kind }) => ({ act: "too-much", text: "6 or more", hint: `out of ten, ${CALLED[kind].tooMuch}` });

/** @param {SessionData} data @param {State} state @param {Here} here @returns {Scene} */
export const sceneOf = (data, state, here) => {
  const final = Object.keys(data.table.transitions[state.phase] ?? {}).length === 0;
  const begun = !final && state.phase !== "new";
  if (begun && here.stale && state.phase !== "why") return stale(data);
  if (begun && !here.ours) return elsewhere(data, here);
  if (begun && here.elsewhere) return OTHER_TAB;
  const made = SCENES[state.phase] ?? timed;
  const scene = made(data, state, here);
  return { ...scene, key: scene.key || `${scene.name} ${state.step}` };
};

/** @typedef {(data: SessionData, state: State, here: Here) => Scene} Made */

/** @param {SessionData} data @param {State} state @returns {Said} */
const saidAt = (data, state) =>
  data.said[Math.max(0, Math.min(state.step, data.said.length - 1))] ??
  { full: "", short: "", title: "", place: "", how: [], dose: "", cue: "", figure: null, eased: [] };

/** @param {Words | undefined} words @param {Here} here */
const worded = (words, here) => (here.captions ? words?.full : words?.short) ?? "";

/** Lighter by so much. @param {SessionData} data @param {State} state */
export const easedSaid = (data, state) => {
  const { eased } = saidAt(data, state);
  const times = state.items[data.steps[state.step]?.item ?? -1]?.eased ?? 0;
  return times ? (eased[Math.min(times, eased.length) - 1] ?? "") : "";
};

/** What the ring counts down. @param {SessionData} data @param {Step} step @param {string} dose */
const labelOf = ({ kind, tags }, step, dose) => {
  if (step.kind !== "work") return { ready: "get ready", change: CALLED[kind].change, switch: "other leg", rest: "rest" }[/** @type {string} */ (step.kind)] ?? "";
  if (step.beat_spm) return `${step.beat_spm} steps a minute`;
  return dose || (tags[step.technique ?? ""] ?? "").toLowerCase() || "to go";
};

/** Beside the ring: which set, where the ring counts something else, and the cue. @param {Step} step @param {Said} said */
const besideOf = ({ reps, beat_spm }, { dose, cue }) => (dose && (reps || beat_spm) ? `${dose.charAt(0).toUpperCase()}${dose.slice(1)}. ${cue}` : cue);

/** What follows a rest. @param {SessionData} data @param {number} at */
const nextSaid = (data, at) => {
  const next = data.steps.findIndex((step, place) => place > at && step.kind === "work");
  const same = data.steps[next]?.item === data.steps[at]?.item;
  const said = same ? data.said[next]?.dose : data.said[next]?.title;
  return said ? `Next: ${same ? said : said.charAt(0).toLowerCase() + said.slice(1)}.` : "";
};

/** The drawing of a place, also where a step only asks about it. @param {SessionData} data @param {State} state */
const figureAt = (data, state) => {
  const item = data.steps[state.step]?.item;
  const drawn = data.steps.findLastIndex((step, at) => step.item === item && data.said[at]?.figure);
  return item === undefined ? null : (data.said[drawn]?.figure ?? null);
};

/** @type {Made} */
const timed = (data, state, here) => {
  const said = saidAt(data, state);
  const step = data.steps[state.step];
  const working = step?.kind === "work";
  const eased = state.phase === "eased";
  return {
    ...BARE,
    name: "timed",
    key: `timed ${state.step}`,
    heading: (eased && easedSaid(data, state)) || worded(said, here),
    more: step && working ? besideOf(step, said) : step?.kind === "rest" ? nextSaid(data, state.step) : said.place,
    figure: said.figure,
    ring: true,
    label: step ? labelOf(data, step, said.dose) : "",
    left: eased ? rising(data) : { act: "how", text: "How?", hint: "pauses, and says it step by step" },
    right: working ? tooMuch(data) : { act: "skip", text: "Skip" },
    thumb: [{ act: "less", text: "Less" }, { act: "right", text: "Just right", look: "right" }, STOP],
    pause: PAUSE,
  };
};

/** @type {Made} */
const fresh = (data, state, here) => {
  if (here.stale) return shut("That check-in was a while ago. Today asks once more, then a session is made anew.");
  if (!data.can_begin) return shut(data.why_not || "This session cannot begin now.");
  const items = data.steps.flatMap((step, at) => (step.item !== undefined && data.steps[at - 1]?.item !== step.item && step.kind !== "after" ? [at] : []));
  return {
    ...BARE,
    name: "new",
    key: "new",
    heading: data.title,
    lines: items.map((at) => ({
      text: data.said[at]?.title ?? "",
      soft: data.doses[data.steps[at]?.item ?? -1] ?? data.tags[data.steps[at]?.technique ?? ""] ?? "",
    })),
    more: here.leads ? "Lock the phone if you like: tones and voice lead you through." : "",
    figure: saidAt(data, state).figure,
    also: [{ act: "today", text: "Not now" }],
    thumb: [{ act: "begin", text: "Begin", look: "primary" }],
  };
};

/** @param {string} why @returns {Scene} */
const shut = (why) => ({ ...BARE, name: "shut", key: "shut", heading: "Not this one", more: why, thumb: [TODAY] });

/** @type {Made} */
const paused = (data, state, here) => {
  const said = saidAt(data, state);
  return {
    ...BARE,
    name: "paused",
    key: `paused ${state.step}`,
    heading: here.counting ? "Here we go" : "Paused",
    more: said.title ? `${said.title}. ${said.place}` : said.place,
    figure: said.figure,
    ring: true,
    label: here.counting ? "going on" : said.dose || "left",
    lines: said.how.map((text) => ({ text })),
    also: here.counting ? [] : [{ act: "leave", text: "Leave for now" }, { act: "drop", text: "Drop the rest" }],
    thumb: [here.counting ? { act: "pause", text: "Wait" } : { act: "resume", text: "Go on", look: "primary" }, STOP],
  };
};

/** @type {Made} */
const away = (data, state, here) => {
  const said = saidAt(data, state);
  const working = data.steps[state.step]?.kind === "work";
  return {
    ...BARE,
    name: "away",
    key: `away ${state.step}`,
    heading: worded(data.rules.words[working ? "away" : "back"], here),
    more: [said.title, said.dose].filter(Boolean).join(", "),
    figure: said.figure,
    also: [{ act: "skip", text: working ? "Leave this set out" : "Start at once" }, ...(working ? [{ ...tooMuch(data), text: "It was 6 or more" }] : [])],
    thumb: working
      ? [{ act: "confirm-done", text: "I went on", look: "right" }, { act: "confirm-not", text: "I did not" }, STOP]
      : [{ act: "carry-on", text: "Go on", look: "primary" }, STOP],
  };
};

/** @type {Made} */
const asked = (data, state, here) => {
  const said = saidAt(data, state);
  return {
    ...BARE,
    name: "ask",
    key: `ask ${state.step}`,
    heading: worded(said, here),
    more: said.place,
    figure: said.figure,
    thumb: [{ act: "found", text: "Yes, tender", look: "right" }, { act: "skip", text: "No" }, STOP],
  };
};

/** @type {Made} */
const rate = (data, state, here) => ({
  ...BARE,
  name: "rate",
  key: `rate ${state.step}`,
  heading: worded(saidAt(data, state), here),
  figure: figureAt(data, state),
  question: "rate",
  thumb: [{ act: "skip", text: "Can't tell" }, STOP],
});

/** @type {Made} */
const signs = (data, state, here) => ({
  ...BARE,
  name: "signs",
  key: "signs",
  heading: worded(saidAt(data, state), here),
  question: "signs",
  thumb: [here.picked ? { act: "signs-tell", text: `Go on with ${here.picked}`, look: "primary" } : { act: "signs-none", text: "None of these", look: "right" }, STOP],
});

/** @type {Made} */
const why = () => ({
  ...BARE,
  name: "why",
  key: "why",
  heading: "Stopped. Why?",
  more: "What you did counts.",
  question: "why",
  thumb: [{ act: "end", text: "Rather not say" }],
});

/** @param {SessionData} data @param {Here} here @returns {Scene} */
const elsewhere = (data, here) => {
  const free = here.quiet_s >= data.rules.take_over_after_s;
  const ago = here.quiet_s < 5 ? "a moment" : here.quiet_s < 60 ? `${Math.round(here.quiet_s)} seconds` : `${Math.floor(here.quiet_s / 60)} min`;
  return {
    ...BARE,
    name: "elsewhere",
    key: `elsewhere ${free}`,
    heading: "This session runs on another device.",
    more: free ? `Nothing was heard from it for ${ago}. You can go on here; nothing of what it kept is lost.` : `It was heard ${ago} ago. Once it has been quiet for a minute, you can go on here.`,
    also: [{ act: "today", text: "Back to Today" }],
    thumb: free ? [{ act: "take-over", text: "Go on here", look: "primary" }] : [],
  };
};

/** @type {Scene} */
const OTHER_TAB = {
  ...BARE,
  name: "elsewhere",
  key: "other tab",
  heading: "This session is open in another tab.",
  more: "It goes on there, or here.",
  also: [{ act: "today", text: "Back to Today" }],
  thumb: [{ act: "return", text: "Go on here", look: "primary" }],
};

/** @param {SessionData} data @returns {Scene} */
const stale = (data) => ({
  ...BARE,
  name: "stale",
  key: "stale",
  heading: "This session is from before.",
  more: `${data.why_not || "Too much time has passed since its check-in."} It can only be closed; what you did of it counts.`,
  also: [{ act: "today", text: "Back to Today" }],
  thumb: [{ act: "close", text: "Close it", look: "primary" }],
});

/** @type {Record<string, Made>} */
const SCENES = { new: fresh, paused, hidden: timed, away, ask: asked, rate, signs, why, stopped, done, discarded };
