// @ts-check
/** What is drawn over uPlot's canvas: events, whiskers on bars, and each line's name at its end. All lengths in CSS pixels. */
/** @typedef {import("./chart_data.js").Payload} Payload */
/** @typedef {(role: string) => string} Colour */

export const FONT = '14px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const WIDEST_GUTTER = 0.25;
const GAP_PX = 8;
const LINE_PX = 18;

/** @param {Payload} payload */
const named = (payload) => (payload.series.length > 1 ? payload.series : []);

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

/** @param {Plot} plot @param {(ctx: CanvasRenderingContext2D, box: { left: number, top: number, width: number, height: number }) => void} draw */
const inCssPixels = (plot, draw) => {
  const { ctx } = plot;
  const ratio = devicePixelRatio;
  const { left, top, width, height } = plot.bbox;
  ctx.save();
  ctx.scale(ratio, ratio);
  ctx.font = FONT;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.lineJoin = "round";
  draw(ctx, { left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio });
  ctx.restore();
};

/** @param {CanvasRenderingContext2D} ctx @param {string} text @param {number} x @param {number} y @param {string} halo */
const haloed = (ctx, text, x, y, halo) => {
  ctx.strokeStyle = halo;
  ctx.lineWidth = 5;
  ctx.strokeText(text, x, y);
  ctx.fillText(text, x, y);
};

/** A word above a dashed line; a word that would be pushed off its mark by the one before is left to the reading below the chart. @param {Plot} plot @param {Payload} payload @param {Colour} colour */
export const drawEvents = (plot, payload, colour) =>
  inCssPixels(plot, (ctx, box) => {
    let taken = -Infinity;
    for (const event of payload.events ?? []) {
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
      const start = Math.max(Math.min(Math.max(x - width / 2, 0), plot.width - width), taken + GAP_PX);
      if (start > x || start + width > plot.width) continue;
      ctx.fillText(event.text, start, box.top - 17);
      taken = start + width;
    }
  });

/** @param {Plot} plot @param {Payload} payload @param {Colour} colour */
export const drawWhiskers = (plot, payload, colour) =>
  inCssPixels(plot, (ctx, box) => {
    ctx.strokeStyle = colour("ink-soft");
    ctx.lineWidth = 1.5;
    for (const series of payload.series) {
      if (series.kind !== "bars") continue;
      payload.x.values.forEach((value, at) => {
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
