// @ts-check
/** What is drawn over uPlot's canvas: events, whiskers on bars, and each line's name at its end. All lengths in CSS pixels. */
import { FONT, hatched, inCssPixels, stepPx } from "./chart_canvas.js";
import { lonely } from "./chart_data.js";

/** @typedef {import("./chart_data.js").Payload} Payload */
/** @typedef {import("./chart_canvas.js").Colour} Colour */

export const BAR_SHARE = 0.7;
export const BAR_MOST_PX = 36;
const LEG_LEAST_PX = 3;
const LEG_MOST_PX = 6.5;
const WIDEST_GUTTER = 0.25;
const GAP_PX = 8;
const LINE_PX = 18;

/** @param {Payload} payload */
const named = (payload) => (payload.series.length > 1 && !payload.keyed ? payload.series.filter(({ kind }) => kind !== "bars") : []);

/** Room for the names right of the plot, or 0 where they would take too much of it and stand inside. @param {Plot} plot @param {Payload} payload */
const gutter = (plot, payload) => {
  plot.ctx.save();
  plot.ctx.font = FONT;
  const widest = Math.max(0, ...named(payload).map(({ label }) => plot.ctx.measureText(label).width + 2 * GAP_PX));
  plot.ctx.restore();
  return widest < plot.width * WIDEST_GUTTER ? widest : 0;
};

/** @param {Plot} plot @param {Payload} payload */
export const roomForNames = (plot, payload) => Math.max(GAP_PX * 2, gutter(plot, payload));

/** @param {CanvasRenderingContext2D} ctx @param {string} text @param {number} x @param {number} y @param {string} halo */
const haloed = (ctx, text, x, y, halo) => {
  ctx.strokeStyle = halo;
  ctx.lineWidth = 5;
  ctx.strokeText(text, x, y);
  ctx.fillText(text, x, y);
};

/** Where a word stands above its mark without touching another: in the middle, else a little to one side. @param {number} x @param {number} width @param {number} room @param {{ start: number, end: number }[]} taken */
const freeStart = (x, width, room, taken) => {
  const middle = Math.min(Math.max(x - width / 2, 0), room - width);
  const beside = taken.flatMap(({ start, end }) => [end + GAP_PX, start - GAP_PX - width]);
  const isFree = (/** @type {number} */ at) => at >= 0 && at <= x && at + width >= x && at + width <= room && taken.every(({ start, end }) => at >= end + GAP_PX || at + width <= start - GAP_PX);
  return [middle, ...beside].find(isFree);
};

/** What is drawn of a chart's events; those that matter most choose their place first. @param {Payload} payload */
const weightiestFirst = ({ events = [] }) => {
  const drawn = events.filter(({ kind }) => kind !== "told");
  const isWeighty = (/** @type {import("./chart_data.js").Mark} */ { kind }) => kind === "wait" || kind === "stop";
  return [...drawn.filter(isWeighty), ...drawn.filter((event) => !isWeighty(event))];
};

/** A word above a dashed line; a word without room above its mark is left to the reading below the chart. @param {Plot} plot @param {Payload} payload @param {Colour} colour */
export const drawEvents = (plot, payload, colour) =>
  inCssPixels(plot, (ctx, box) => {
    /** @type {{ start: number, end: number }[]} */ const taken = [];
    for (const event of weightiestFirst(payload)) {
      const x = box.left + plot.valToPos(event.x, "x");
      if (x < box.left - 1 || x > box.left + box.width + 1) continue;
      const tone = colour(event.kind === "wait" || event.kind === "stop" ? event.kind : "ink-soft");
      ctx.strokeStyle = tone;
      ctx.fillStyle = tone;
      ctx.lineWidth = 1;
      ctx.setLineDash([2, 4]);
      ctx.beginPath();
      ctx.moveTo(x, box.top - 2);
      ctx.lineTo(x, box.top + box.height);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.moveTo(x, box.top);
      ctx.lineTo(x - 4, box.top - 7);
      ctx.lineTo(x + 4, box.top - 7);
      ctx.fill();
      const width = ctx.measureText(event.text).width;
      const start = freeStart(x, width, plot.width, taken);
      if (start === undefined) continue;
      ctx.fillText(event.text, start, box.top - 17);
      taken.push({ start, end: start + width });
    }
  });

/** Bands of bars, and of points that have no neighbour to share a wash with. @param {Plot} plot @param {Payload} payload @param {Colour} colour */
export const drawWhiskers = (plot, payload, colour) =>
  inCssPixels(plot, (ctx, box) => {
    ctx.strokeStyle = colour("ink-soft");
    ctx.lineWidth = 1.5;
    for (const series of payload.series) {
      const alone = new Set(series.kind === "bars" ? [] : lonely(series));
      payload.x.values.forEach((value, at) => {
        if (series.kind !== "bars" && !alone.has(at)) return;
        const low = series.low?.[at];
        const high = series.high?.[at];
        if (low == null || high == null) return;
        const x = box.left + plot.valToPos(value, "x");
        ctx.beginPath();
        ctx.moveTo(x, box.top + plot.valToPos(low, series.unit));
        ctx.lineTo(x, box.top + plot.valToPos(high, series.unit));
        ctx.stroke();
      });
    }
  });

/** Soreness of a leg: a triangle that points to its side, beside the middle so that both legs are seen. @param {Plot} plot @param {Payload} payload @param {Colour} colour */
export const drawLegs = (plot, payload, colour) =>
  inCssPixels(plot, (ctx, box) => {
    const reach = Math.min(LEG_MOST_PX, Math.max(LEG_LEAST_PX, stepPx(plot, payload)));
    for (const series of payload.series) {
      if (!series.leg) continue;
      const way = series.leg === "left" ? -1 : 1;
      series.values.forEach((value, at) => {
        if (value == null) return;
        const x = box.left + plot.valToPos(payload.x.values[at] ?? 0, "x") + way;
        const y = box.top + plot.valToPos(value, series.unit);
        ctx.beginPath();
        ctx.moveTo(x + way * reach, y);
        ctx.lineTo(x, y - reach * 0.8);
        ctx.lineTo(x, y + reach * 0.8);
        ctx.closePath();
        ctx.strokeStyle = colour("surface");
        ctx.lineWidth = reach / 2;
        ctx.stroke();
        ctx.fillStyle = colour(series.tone ?? "accent");
        ctx.fill();
      });
    }
  });

/** Bars that are only about right. @param {Plot} plot @param {Payload} payload @param {Colour} colour */
export const drawAbout = (plot, payload, colour) =>
  inCssPixels(plot, (ctx, box) => {
    const step = stepPx(plot, payload);
    for (const series of payload.series) {
      if (series.kind !== "bars" || !series.about || series.inner) continue;
      const width = Math.min(step * BAR_SHARE, BAR_MOST_PX);
      series.about.forEach((about, at) => {
        const value = series.values[at];
        if (!about || value == null) return;
        const x = box.left + plot.valToPos(payload.x.values[at] ?? 0, "x");
        const top = box.top + plot.valToPos(value, series.unit);
        hatched(ctx, { left: x - width / 2, top, width, height: box.top + box.height - top }, colour("surface"));
      });
    }
  });

/** @param {Plot} plot @param {Payload} payload */
const lineEnds = (plot, payload) =>
  named(payload).flatMap((series) => {
    const last = series.values.findLastIndex((value) => value != null);
    const value = series.values[last];
    if (value == null) return [];
    return [{ series, x: plot.valToPos(payload.x.values[last] ?? 0, "x"), y: plot.valToPos(value, series.unit) }];
  });

/** @param {Plot} plot @param {Payload} payload @param {Colour} colour */
export const drawNames = (plot, payload, colour) =>
  inCssPixels(plot, (ctx, box) => {
    const outside = gutter(plot, payload) > 0;
    let above = -Infinity;
    for (const end of lineEnds(plot, payload).sort((a, b) => a.y - b.y)) {
      const y = Math.max(end.y - (outside ? 0 : LINE_PX * 0.8), above + LINE_PX, LINE_PX / 2);
      above = y;
      ctx.fillStyle = colour(end.series.tone ?? "accent");
      ctx.textAlign = outside ? "left" : "right";
      haloed(ctx, end.series.label, box.left + (outside ? box.width + GAP_PX : box.width), box.top + y, colour("surface"));
    }
  });
