// @ts-check
/** Felt through the floor: a step's beginning, where the phone can. */

/** @type {Record<string, number[]>} */
const PATTERNS = { work: [180], rest: [80], ready: [60], change: [60, 80, 60], switch: [120, 80, 120, 80, 120], answer: [30] };

/** @param {string} kind */
export const buzz = (kind) => {
  const pattern = PATTERNS[kind];
  if (pattern && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(pattern);
};
