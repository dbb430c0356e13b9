// @ts-check
/** What each button and key does. */
import { pickedOf } from "./ask.js";
import { byId, dialogOf } from "./dom.js";
import { easedSaid } from "./scene.js";
import { CALLED, WORDS } from "./said.js";

/**
 * @typedef {object} Parts
 * @property {import("./run.js").Run} run
 * @property {import("./sounds.js").Sounds} sounds
 * @property {import("./word.js").Word} word
 * @property {import("./count_in.js").CountIn} countIn
 * @property {(to: "today" | "next") => void} leave
 * @property {() => void} draw
 */

/** @param {Parts} parts @returns {Record<string, (button?: HTMLElement) => unknown>} */
export const actsOf = ({ run, sounds, word, countIn, leave, draw }) => {
  /** @param {"up" | "down"} way @param {Words} words */
  const answer = (way, words) => {
    word.show(words.short);
    word.announce(words.full);
    sounds.answers(way, words);
  };

  const less = async () => {
    if (!(await run.tell("less"))) return;
    const eased = run.state.phase === "eased" ? easedSaid(run.data, run.state) : "";
    answer("down", eased ? { full: eased, short: CALLED[run.data.kind].lower } : WORDS.lighter);
  };
  /** @param {string} kind */
  const over = async (kind) => (await run.tell(kind)) && word.flash(CALLED[run.data.kind].over);

  /** A set is counted in; anything else goes on at once. */
  const resume = () => {
    if (countIn.isOn) return;
    if (run.step?.kind === "work") countIn.begin();
    else void run.tell("resume");
    draw();
  };
  const pause = () => {
    if (countIn.isOn) countIn.stop();
    else void run.tell("pause");
    draw();
  };
  const carryOn = async () => (await run.tell("confirm-not")) && run.tell("resume");

  const stop = () => {
    sounds.quiet();
    countIn.stop();
    return run.tell("stop");
  };

  const tellSigns = async () => {
    const { values, open } = pickedOf(byId("panel"), run.data.signs);
    if (open) {
      word.flash(WORDS.leg);
      open.focus();
      return;
    }
    for (const value of values) await run.tell("sign", value);
    await run.tell("end");
  };

  const takeOver = () => {
    const leader = run.state.device;
    const known = Math.max(run.state.sequence, ...run.log.events.filter(({ device }) => device === leader).map(({ sequence }) => sequence));
    return run.tell("take-over", `${leader}:${known}`);
  };
  const close = async () => {
    if (!run.isOurs) await takeOver();
    await run.tell("end");
  };

  return {
    less,
    resume,
    pause,
    stop,
    close,
    return: () => run.tell("returned"),
    begin: () => run.tell("begin"),
    right: async () => (await run.tell("right")) && answer("up", WORDS.right),
    rising: () => over("rising"),
    "too-much": () => over("too-much"),
    skip: () => run.tell("skip"),
    how: () => run.tell("pause"),
    found: () => run.tell("found"),
    rated: (button) => run.tell("rated", Number(button?.dataset.value)),
    because: (button) => run.tell("because", button?.dataset.value ?? ""),
    end: () => run.tell("end"),
    "confirm-done": () => run.tell("confirm-done"),
    "confirm-not": () => run.tell("confirm-not"),
    "carry-on": carryOn,
    "signs-none": () => run.tell("signs-none"),
    "signs-tell": tellSigns,
    "take-over": async () => (await takeOver()) && word.flash(WORDS.takenOver),
    drop: () => dialogOf("drop").showModal(),
    "drop-yes": () => (dialogOf("drop").close(), run.tell("discard")),
    sound: () => dialogOf("sounds").showModal(),
    keys: () => dialogOf("keys").showModal(),
    "close-sheet": (button) => button?.closest("dialog")?.close(),
    leave: () => leave("today"),
    today: () => leave("today"),
    next: () => leave("next"),
  };
};
