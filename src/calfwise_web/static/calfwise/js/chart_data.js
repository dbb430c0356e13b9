// @ts-check
/**
 * What a chart's address answers, as JSON.
 * @typedef {"day" | "elapsed" | "km" | "mi"} XKind  day: unix seconds at 00:00 UTC of a local day; elapsed: seconds since the start
 * @typedef {{ kind: XKind, values: number[] }} X
 * @typedef {"accent" | "ink" | "ink-soft" | "good" | "wait" | "stop" | "gastroc-line"} Tone
 * @typedef {(number | null)[]} Values
 * @typedef {{ label: string, unit: string, kind?: "line" | "bars" | "points", tone?: Tone, digits?: number, values: Values, low?: Values, high?: Values }} Series
 * @typedef {{ x: number, text: string, kind?: "note" | "wait" | "stop" }} Mark
 * @typedef {{ x: X, series: Series[], events?: Mark[], empty?: string }} Payload
 */
import { elapsed, longDay, unitOf, written } from "./units.js";

/** @param {X} x @param {number} value */
export const xWords = (x, value) => {
  if (x.kind === "day") return longDay(value);
  return x.kind === "elapsed" ? elapsed(value) : `${value.toFixed(2)} ${x.kind}`;
};

/** "2.4 × body weight (2.1–2.8)", or an en dash where there is none. @param {Series} series @param {number} at @param {boolean} withUnit */
export const valueWords = (series, at, withUnit) => {
  const value = series.values[at];
  if (value == null) return "–";
  const unit = unitOf(series.unit);
  const low = series.low?.[at];
  const high = series.high?.[at];
  const write = (/** @type {number} */ number) => written(number, unit, series.digits);
  const suffix = withUnit && unit.suffix ? ` ${unit.suffix}` : "";
  const band = low == null || high == null ? "" : ` (${write(low)}–${write(high)})`;
  return `${write(value)}${suffix}${band}`;
};

/** Which point each event belongs to. @param {Payload} payload @returns {Map<number, string[]>} */
export const eventsByPoint = (payload) => {
  const found = new Map();
  const xs = payload.x.values;
  for (const event of payload.events ?? []) {
    let nearest = 0;
    for (let i = 1; i < xs.length; i += 1) {
      if (Math.abs((xs[i] ?? 0) - event.x) < Math.abs((xs[nearest] ?? 0) - event.x)) nearest = i;
    }
    found.set(nearest, [...(found.get(nearest) ?? []), event.text]);
  }
  return found;
};

/** @param {Payload} payload */
export const isEmpty = (payload) => !payload.series.some((series) => series.values.some((value) => value != null));
