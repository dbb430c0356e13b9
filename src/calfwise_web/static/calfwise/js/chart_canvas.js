// @ts-check
/** uPlot's canvas in CSS pixels, and how things are hatched on it. */
import { stepOf } from "./chart_data.js";
/** @typedef {import("./chart_data.js").Payload} Payload */
/** @typedef {(role: string) => string} Colour */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

export const FONT = '14px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** @param {Plot} plot @param {(ctx: CanvasRenderingContext2D, box: Box) => void} draw */
export const inCssPixels = (plot, draw) => {
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

/** From one point to the next. @param {Plot} plot @param {Payload} payload */
export const stepPx = (plot, { x }) => plot.valToPos((x.values[0] ?? 0) + stepOf(x), "x") - plot.valToPos(x.values[0] ?? 0, "x");

/** Lines that slant so many pixels a pixel. @param {CanvasRenderingContext2D} ctx @param {Box} box @param {number} slant @param {number} apart */
export const strokes = (ctx, { left, top, width, height }, slant, apart) => {
  ctx.beginPath();
  if (slant === 0) {
    for (let y = top + apart / 2; y < top + height; y += apart) {
      ctx.moveTo(left, y);
      ctx.lineTo(left + width, y);
    }
  } else {
    const from = Math.floor((left - height) / apart) * apart;
    for (let x = from; x < left + width + height; x += apart) {
      ctx.moveTo(x, slant > 0 ? top + height : top);
      ctx.lineTo(x + height, slant > 0 ? top : top + height);
    }
  }
  ctx.stroke();
};

/** A bar that is only about right: hatched. @param {CanvasRenderingContext2D} ctx @param {Box} box @param {string} over */
export const hatched = (ctx, box, over) => {
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  ctx.strokeStyle = over;
  ctx.lineWidth = 2;
  strokes(ctx, box, 1, 6);
  ctx.restore();
};
