// @ts-check
/** How this device speaks and sounds, kept on it. */

/** @typedef {{ voice: "off" | "short" | "full", captions: boolean, tones: boolean, beat: boolean, buzz: boolean }} Choices */

const KEY = "calfwise.player";
/** @type {Choices} */
const USUAL = { voice: "full", captions: true, tones: true, beat: true, buzz: true };

/** @returns {Choices} */
export const choices = () => {
  try {
    return { ...USUAL, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { ...USUAL };
  }
};

/** @param {Choices} chosen */
export const keep = (chosen) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // A browser that keeps nothing still plays.
  }
};

/** @param {Choices} chosen */
export const choicesSaid = ({ voice, captions, tones }) => {
  const sound = voice === "off" ? (tones ? "Tones only" : "Sound off") : `Voice ${voice}`;
  return `${sound} · captions ${captions ? "on" : "off"}`;
};
