// @ts-check
/**
 * What a chart's address answers, as JSON.
 * @typedef {"day" | "elapsed" | "km" | "mi"} XKind  day: unix seconds at 00:00 UTC of a local day; elapsed: seconds since the start
 * @typedef {{ kind: XKind, values: number[] }} X
 * @typedef {"accent" | "ink" | "ink-soft" | "good" | "wait" | "stop" | "gastroc-line"} Tone
 * @typedef {(number | null)[]} Values
 * @typedef {"left" | "right"} Leg  points of a leg are drawn as a triangle that points to its side
 * @typedef {{ label: string, unit: string, kind?: "line" | "bars" | "points", tone?: Tone, digits?: number, values: Values, low?: Values, high?: Values, about?: boolean[], leg?: Leg, inner?: boolean }} Series
 *   about: where a value is only about right (its bar is hatched); inner: bars that stand inside those before
 * @typedef {{ x: number, text: string, kind?: "note" | "wait" | "stop" | "told" }} Mark  told: in words only
 * @typedef {{ from: number, to: number, text: string, tone?: Tone }} Floor  what lies under a stretch, from up to but not with `to`, in x's units: a shoe, "fast", "steep"; each tone has its own pattern
 * @typedef {{ from: number, to: number, text: string, short?: string }} Pause  a stretch without anything
 * @typedef {{ label: string, one: string, many: string, values: number[] }} Tally  how often, point by point: small marks in a row
 * @typedef {{ x: X, series: Series[], events?: Mark[], floor?: Floor[], floorName?: string, pauses?: Pause[], tallies?: Tally[], chosen?: { from: number, to: number }, links?: (string | null)[], names?: string[], keyed?: boolean, empty?: string }} Payload
 *   links: where a point leads, one level down; names: what each point is called, where its x does not say it; keyed: the page says what is what, so lines carry no names
 */
import { elapsed, longDay, unitOf, written } from "./units.js";

const DAY_S = 86_400;

/** What a point is called. @param {Payload} payload @param {number} at */
export const xWords = ({ x, names }, at) => {
  const named = names?.[at];
  if (named) return named;
  const value = x.values[at] ?? 0;
  if (x.kind === "day") return longDay(value);
  return x.kind === "elapsed" ? elapsed(value) : `${value.toFixed(2)} ${x.kind}`;
};

/** "2.4 × body weight (2.1–2.8)", or an en dash where there is none. @param {Series} series @param {number} at @param {boolean} withUnit */
export const valueWords = (series, at, withUnit) => {
  const value = series.values[at];
  if (value == null) return "–";
  const about = series.about?.[at] ? "about " : "";
  const unit = unitOf(series.unit);
  const low = series.low?.[at];
  const high = series.high?.[at];
  const write = (/** @type {number} */ number) => written(number, unit, series.digits);
  const suffix = withUnit && unit.suffix ? ` ${unit.suffix}` : "";
  const band = low == null || high == null ? "" : ` (${write(low)}–${write(high)})`;
  return `${about}${write(value)}${suffix}${band}`;
};

/** The distance between two neighbouring points. @param {X} x */
export const stepOf = ({ values }) => (values.length > 1 ? Math.min(...values.slice(1).map((value, at) => value - (values[at] ?? 0))) : DAY_S);

/** Bars stand astride their point, and so do lines below such bars: a stretch begins where the point's room begins. @param {Payload} payload */
export const shiftOf = ({ x, series, keyed }) => (keyed || series.some(({ kind }) => kind === "bars") ? stepOf(x) / 2 : 0);

/** What lies under a point. @param {Payload} payload @param {number} at */
export const floorWords = (payload, at) => {
  const here = payload.x.values[at] ?? 0;
  const next = payload.x.values[at + 1] ?? here + stepOf(payload.x);
  const under = (payload.floor ?? []).filter(({ from, to }) => from <= here && here < to).map(({ text }) => text);
  const pauses = (payload.pauses ?? []).filter(({ from, to }) => from < next && here < to).map(({ text }) => text);
  return [...under, ...pauses];
};

/** "2 sessions", or nothing. @param {Tally} tally @param {number} at */
export const tallyWords = ({ one, many, values }, at) => {
  const count = values[at] ?? 0;
  return count ? `${count} ${count === 1 ? one : many}` : "";
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

/** A whole sentence about a point. @param {Payload} payload @param {number} at @param {string[]} notes */
export const pointWords = (payload, at, notes) => {
  const named = payload.series.length > 1;
  const told = payload.series.filter(({ leg, values }) => !leg || values[at] != null);
  return [
    xWords(payload, at),
    ...told.map((series) => `${named ? `${series.label} ` : ""}${valueWords(series, at, true)}`),
    ...(payload.tallies ?? []).map((tally) => tallyWords(tally, at)),
    ...floorWords(payload, at),
    ...notes,
  ].filter(Boolean).join(" · ");
};

/** Points with no neighbour, which a line alone would hide. @param {Series} series */
export const lonely = (series) =>
  series.values.flatMap((value, at) => (value != null && series.values[at - 1] == null && series.values[at + 1] == null ? [at] : []));

/** @param {Payload} payload */
export const isEmpty = (payload) => !payload.series.some((series) => series.values.some((value) => value != null));
