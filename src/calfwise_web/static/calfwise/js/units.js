// @ts-check
/** How a quantity is written. `up` false: smaller is better, so the axis is turned round (pace); `range`: the whole scale, always. */
/** @typedef {{ suffix: string, digits: number, up: boolean, range?: [number, number], write?: (value: number) => string, steps?: number[] }} Unit */

/** @param {number} seconds */
const minutesSeconds = (seconds) => {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

/** @param {number} seconds */
export const elapsed = (seconds) => {
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const rest = `${String(Math.floor((whole % 3600) / 60)).padStart(hours ? 2 : 1, "0")}:${String(whole % 60).padStart(2, "0")}`;
  return hours ? `${hours}:${rest}` : rest;
};

const PACE_STEPS = [5, 10, 15, 30, 60, 120, 300, 600];

/** @type {Record<string, Unit>} */
const UNITS = {
  pace_km: { suffix: "/km", digits: 0, up: false, write: minutesSeconds, steps: PACE_STEPS },
  pace_mi: { suffix: "/mi", digits: 0, up: false, write: minutesSeconds, steps: PACE_STEPS },
  spm: { suffix: "steps/min", digits: 0, up: true },
  ms: { suffix: "ms", digits: 0, up: true },
  bw: { suffix: "× body weight", digits: 1, up: true },
  count: { suffix: "", digits: 0, up: true },
  min: { suffix: "min", digits: 0, up: true },
  nrs: { suffix: "of 10", digits: 0, up: true, range: [0, 10], steps: [2, 5] },
  "%": { suffix: "%", digits: 0, up: true, range: [0, 100], steps: [50, 100] },
  km: { suffix: "km", digits: 1, up: true },
  mi: { suffix: "mi", digits: 1, up: true },
};

/** @param {string} name @returns {Unit} */
export const unitOf = (name) => UNITS[name] ?? { suffix: name, digits: 1, up: true };

/** @param {number} value @param {Unit} unit @param {number} [digits] */
export const written = (value, unit, digits = unit.digits) =>
  unit.write ? unit.write(value) : value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Decimals that tell two neighbouring grid lines apart. @param {number} step */
export const digitsFor = (step) => (step >= 1 && Number.isInteger(step) ? 0 : step >= 0.1 ? 1 : 2);

/** @param {Intl.DateTimeFormatOptions} options */
const days = (options) => {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  return (/** @type {number} */ seconds) => format.format(seconds * 1000);
};
export const longDay = days({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
export const shortDay = days({ day: "numeric", month: "short" });
export const monthName = days({ month: "short" });
export const yearName = days({ year: "numeric" });
