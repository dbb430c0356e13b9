// @ts-check
/**
 * Where a session is, and what an event makes of it: the walk of docs/player.md along the server's own table.
 * Pure, and held to the model's replay by tests/model/care/player_vectors.json.
 */

/** @typedef {{ steps: Step[], table: Table }} Course */

/** @returns {Progress} */
const untouched = () => ({
  sets_done: 0, sets_by_word: 0, sets_skipped: 0, observed_ms: 0, by_word_ms: 0, eased: 0, ended: null, after_nrs: null,
});

/** Before anything happened. @param {Step[]} steps @returns {State} */
export const newState = (steps) => ({
  items: Array.from({ length: Math.max(-1, ...steps.map((step) => step.item ?? -1)) + 1 }, untouched),
  phase: "new", step: -1, device: null, page: null, sequence: 0, since_ms: null, hidden_ms: null,
  spent_ms: 0, unseen_ms: 0, reason: null, signs: [], signs_answered: false,
});

/**
 * The state that an event leads to, or why it changes nothing.
 * @param {State} state @param {Happened} event @param {Step[]} steps @param {Table} table
 * @returns {{ state: State } | { marked: string }}
 */
export const after = (state, event, steps, table) => {
  const course = { steps, table };
  const marked = objection(state, event, course);
  if (marked) return { marked };
  const passed = timed(state, event, steps);
  const target = targetOf(passed, event, course);
  if (target === null) return { marked: "too-early" };
  const told = { ...toldBy(passed, event, target, course), device: event.device, page: event.page, sequence: event.sequence };
  if (target === "next" || target === "over") return { state: onward(credited(told, event, steps), event, course) };
  const heard = table.live.includes(target) ? told : credited(told, event, steps);
  return { state: inPhase(heard, target, event, table) };
};

/** What is left of the step's time. [ms] @param {State} state @param {Step[]} steps @param {number} uptime_ms */
export const remaining = (state, steps, uptime_ms) => {
  const running_ms = state.since_ms === null ? 0 : Math.max(0, uptime_ms - state.since_ms);
  return Math.max(0, lengthOf(state, steps) - state.spent_ms - state.unseen_ms - running_ms);
};

/** The next step after one that is open. @param {State} state @param {Step[]} steps @param {number} at */
export const nextOpen = (state, steps, at) => {
  const found = steps.findIndex((step, place) => place > at && isOpen(state, step));
  return found < 0 ? steps.length : found;
};

/** @param {State} state @param {Happened} event @param {Course} course */
const objection = (state, event, { steps, table }) => {
  const row = table.transitions[state.phase] ?? {};
  const takesOver = event.kind === "take-over";
  const known = table.values[event.kind];
  if (Object.keys(row).length === 0) return "over";
  if (state.device !== null && state.device !== event.device && !takesOver) return "another-device";
  if (state.device === event.device && event.sequence <= state.sequence) return "number-used";
  if (state.page !== null && state.page !== event.page && !table.any_page.includes(event.kind)) return "another-page";
  if (!Object.hasOwn(row, event.kind)) return "not-now";
  if (takesOver && !follows(state, event)) return "another-device";
  if (!table.any_step.includes(event.kind) && event.step !== (steps[state.step]?.id ?? "")) return "another-step";
  if (known && !known.some((value) => value === event.value)) return "no-such-value";
  return null;
};

/** Whether a take-over names who leads, and knows all that counts. @param {State} state @param {Happened} event */
const follows = (state, event) => {
  const [, leader, known] = /^(.*):([0-9]+)$/s.exec(String(event.value)) ?? [];
  return leader !== undefined && leader === state.device && Number(known) >= state.sequence;
};

/** The step's time; 0 where it waits for an answer. [ms] @param {State} state @param {Step[]} steps */
const lengthOf = (state, steps) => (steps[state.step]?.seconds ?? 0) * 1000;

/** The step's time up to this event; uptimes of two pages are never compared. @param {State} state @param {Happened} event @param {Step[]} steps */
const timed = (state, event, steps) => {
  const still = { ...state, since_ms: null, hidden_ms: null };
  if (event.page !== state.page) return still;
  /** @param {number | null} mark */
  const since = (mark) => (mark === null ? 0 : Math.max(0, event.uptime_ms - mark));
  still.spent_ms = Math.min(state.spent_ms + since(state.since_ms), lengthOf(state, steps));
  still.unseen_ms += since(state.hidden_ms);
  return still;
};

/** Where an event leads: a phase, "next" or "over"; null before its time. @param {State} state @param {Happened} event @param {Course} course */
const targetOf = (state, event, { steps, table }) => {
  const to = table.transitions[state.phase]?.[event.kind] ?? "";
  const needed_ms = lengthOf(state, steps) - table.tolerance_ms;
  const watched = state.spent_ms >= needed_ms;
  const due = state.spent_ms + state.unseen_ms >= needed_ms;
  if (to === "due") return !due ? null : watched || steps[state.step]?.kind !== "work" ? "next" : "away";
  if (to !== "back") return to;
  const lost = event.kind === "returned" && event.page !== state.page;
  return lost || (due && !watched) ? "away" : phaseOf(state, { steps, table });
};

/** @param {State} state @param {Course} course @returns {string} */
const phaseOf = (state, { steps, table }) => {
  const step = /** @type {Step} */ (steps[state.step]);
  const eased = step.kind === "work" && (state.items[step.item ?? -1]?.eased ?? 0) > 0;
  return eased ? "eased" : /** @type {string} */ (table.phase_of[step.kind]);
};

/** What the event itself says. @param {State} state @param {Happened} event @param {string} target @param {Course} course @returns {State} */
const toldBy = (state, event, target, { steps, table }) => {
  if (event.kind === "because") return { ...state, reason: String(event.value) };
  if (event.kind === "sign") return { ...state, signs: [...new Set([...state.signs, String(event.value)])], signs_answered: true };
  if (event.kind === "signs-none") return { ...state, signs_answered: true };
  if (event.kind === "confirm-not") return { ...state, unseen_ms: 0 };
  if (event.kind === "rated") return withItem(state, steps, () => ({ after_nrs: Number(event.value) }));
  if (target === "over") return withItem(state, steps, () => ({ ended: table.ended[event.kind] ?? null }));
  if (table.eases.includes(event.kind)) return withItem(state, steps, (item) => ({ eased: item.eased + 1 }));
  return state;
};

/** The state with something changed about the item of its step. @param {State} state @param {Step[]} steps @param {(item: Progress) => Partial<Progress>} change @returns {State} */
const withItem = (state, steps, change) => {
  const at = steps[state.step]?.item;
  return { ...state, items: state.items.map((item, place) => (place === at ? { ...item, ...change(item) } : item)) };
};

/** The step is left: what was done of it counts, once. @param {State} state @param {Happened} event @param {Step[]} steps @returns {State} */
const credited = (state, event, steps) => {
  const left = { ...state, spent_ms: 0, unseen_ms: 0 };
  if (steps[state.step]?.kind !== "work") return left;
  const byWord = event.kind === "confirm-done";
  return withItem(left, steps, (item) => ({
    observed_ms: item.observed_ms + state.spent_ms,
    by_word_ms: item.by_word_ms + (byWord ? lengthOf(state, steps) - state.spent_ms : 0),
    sets_done: item.sets_done + Number(byWord || event.kind === "elapsed"),
    sets_by_word: item.sets_by_word + Number(byWord),
    sets_skipped: item.sets_skipped + Number(event.kind === "skip"),
  }));
};

/** Into the next step that is open. @param {State} state @param {Happened} event @param {Course} course @returns {State} */
const onward = (state, event, course) => {
  const step = nextOpen(state, course.steps, state.step);
  if (step === course.steps.length) return { ...state, step, phase: "done" };
  const entered = { ...state, step };
  return inPhase(entered, phaseOf(entered, course), event, course.table);
};

/** Tenderness is asked of places that were worked on; all else of an item that is not over. @param {State} state @param {Step} step */
const isOpen = (state, step) => {
  const item = state.items[step.item ?? -1];
  if (!item) return true;
  return step.kind === "after" ? item.observed_ms + item.by_word_ms > 0 : item.ended === null;
};

/** @param {State} state @param {string} phase @param {Happened} event @param {Table} table @returns {State} */
const inPhase = (state, phase, event, table) => ({
  ...state,
  phase,
  since_ms: table.running.includes(phase) ? event.uptime_ms : null,
  hidden_ms: phase === "hidden" ? event.uptime_ms : null,
});
