// @ts-check
/** What lies under and behind a chart: lanes of stretches and of small marks, stretches without anything, and the stretch one came from. All lengths in CSS pixels. */
import { inCssPixels, stepPx, strokes } from "./chart_canvas.js";
import { shiftOf } from "./chart_data.js";
/** @typedef {import("./chart_data.js").Payload} Payload */
/** @typedef {import("./chart_data.js").Tone} Tone */
/** @typedef {import("./chart_canvas.js").Colour} Colour */
/** @typedef {import("./chart_canvas.js").Box} Box */

export const LANE_PX = 22;
const INSET_PX = 2;
const ROOM_PX = 4;
const DIAMONDS_FROM_PX = 8;
const WASH = "40";
const LIGHT = "70";

/** How many lanes stand between the plot and the words of its x axis. @param {Payload} payload */
export const lanesOf = (payload) => (payload.tallies?.length ?? 0) + (payload.floor?.length ? 1 : 0);

/** A tone is never told by its colour alone: lines of its own slant lie over it. Slant in px a px, or dots. @type {Record<string, "plain" | "dots" | number>} */
const PATTERNS = { accent: "plain", "gastroc-line": 1, good: -1, wait: "dots", "ink-soft": 0, stop: 1, ink: "plain" };

/** @param {CanvasRenderingContext2D} ctx @param {Box} box */
const dots = (ctx, { left, top, width, height }) => {
  for (let x = Math.ceil(left / 6) * 6; x < left + width; x += 6) {
    for (let y = top + 4; y < top + height; y += 6) ctx.fillRect(x, y, 2, 2);
  }
};

/** Fills a stretch in its tone and pattern. @param {CanvasRenderingContext2D} ctx @param {Box} box @param {Tone} tone @param {Colour} colour */
const laid = (ctx, box, tone, colour) => {
  const pattern = PATTERNS[tone] ?? "plain";
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  ctx.fillStyle = `${colour(tone)}${WASH}`;
  ctx.fillRect(box.left, box.top, box.width, box.height);
  ctx.fillStyle = ctx.strokeStyle = `${colour(tone)}${LIGHT}`;
  ctx.lineWidth = 1.5;
  if (pattern === "dots") dots(ctx, box);
  else if (pattern !== "plain") strokes(ctx, box, pattern, 6);
  ctx.restore();
  ctx.fillStyle = colour(tone);
  ctx.fillRect(box.left, box.top + box.height - 2, box.width, 2);
};

/** Where a stretch stands, within the plot; nothing where it is not in sight. @param {Plot} plot @param {Payload} payload @param {Box} box @param {{ from: number, to: number }} stretch */
const across = (plot, payload, box, { from, to }) => {
  const shift = shiftOf(payload);
  const place = (/** @type {number} */ value) => Math.min(box.width, Math.max(0, plot.valToPos(value - shift, "x")));
  const left = place(from);
  const width = place(to) - left;
  return width > 0 ? { left: box.left + left, width } : null;
};

/** @param {CanvasRenderingContext2D} ctx @param {string} text @param {number} room */
const fits = (ctx, text, room) => ctx.measureText(text).width <= room;

/** A word in a box, on a patch of the surface's colour so that no pattern runs through it. @param {CanvasRenderingContext2D} ctx @param {string} text @param {number} x @param {number} y @param {string} ink @param {string} patch */
const written = (ctx, text, x, y, ink, patch) => {
  const { width } = ctx.measureText(text);
  ctx.fillStyle = patch;
  ctx.fillRect(x - 3, y - 8, width + 6, 15);
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
};

/** Behind everything: the stretch one came from, and stretches without anything, with their words. @param {Plot} plot @param {Payload} payload @param {Colour} colour */
export const drawPauses = (plot, payload, colour) =>
  inCssPixels(plot, (ctx, box) => {
    const chosen = payload.chosen && across(plot, payload, box, payload.chosen);
    if (chosen) {
      ctx.fillStyle = `${colour("accent")}24`;
      ctx.fillRect(chosen.left, box.top, chosen.width, box.height);
    }
    for (const pause of payload.pauses ?? []) {
      const at = across(plot, payload, box, pause);
      if (!at) continue;
      ctx.fillStyle = `${colour("line")}80`;
      ctx.fillRect(at.left, box.top, at.width, box.height);
      const text = [pause.text, pause.short ?? ""].find((words) => words && fits(ctx, words, at.width - 2 * ROOM_PX));
      if (!text) continue;
      ctx.fillStyle = colour("ink-soft");
      ctx.fillText(text, at.left + (at.width - ctx.measureText(text).width) / 2, box.top + box.height / 2);
    }
  });

/** @param {CanvasRenderingContext2D} ctx @param {string} name @param {Box} box @param {number} top @param {string} ink */
const nameLane = (ctx, name, box, top, ink) => {
  const { width } = ctx.measureText(name);
  if (width > box.left - ROOM_PX) return;
  ctx.fillStyle = ink;
  ctx.fillText(name, box.left - ROOM_PX - width, top + LANE_PX / 2);
};

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} reach */
const diamond = (ctx, x, y, reach) => {
  ctx.beginPath();
  ctx.moveTo(x, y - reach);
  ctx.lineTo(x + reach, y);
  ctx.lineTo(x, y + reach);
  ctx.lineTo(x - reach, y);
  ctx.fill();
};

/** Where marks would run into one another: a small bar, as high as it was often. @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} foot @param {number} step @param {number} height */
const standing = (ctx, x, foot, step, height) => {
  const width = Math.max(1, step * 0.7);
  ctx.fillRect(x - width / 2, foot - height, width, height);
};

/** Lanes between the plot and its axis: how often something was done, then what lay under it all. @param {Plot} plot @param {Payload} payload @param {Colour} colour */
export const drawLanes = (plot, payload, colour) =>
  inCssPixels(plot, (ctx, box) => {
    let top = box.top + box.height + INSET_PX;
    for (const tally of payload.tallies ?? []) {
      nameLane(ctx, tally.label, box, top, colour("ink-soft"));
      ctx.fillStyle = colour("ink");
      const step = stepPx(plot, payload);
      const most = Math.max(...tally.values);
      tally.values.forEach((count, at) => {
        if (!count) return;
        const x = box.left + plot.valToPos(payload.x.values[at] ?? 0, "x");
        if (step >= DIAMONDS_FROM_PX) diamond(ctx, x, top + LANE_PX / 2, Math.min(7, step / 2, 3 + count));
        else standing(ctx, x, top + LANE_PX - INSET_PX, step, (LANE_PX - 2 * INSET_PX) * (count / most));
      });
      top += LANE_PX;
    }
    if (!payload.floor?.length) return;
    if (payload.floorName) nameLane(ctx, payload.floorName, box, top, colour("ink-soft"));
    for (const stretch of payload.floor) {
      const at = across(plot, payload, box, stretch);
      if (!at) continue;
      laid(ctx, { ...at, top: top + INSET_PX, height: LANE_PX - 2 * INSET_PX }, stretch.tone ?? "accent", colour);
      if (fits(ctx, stretch.text, at.width - 4 * ROOM_PX)) written(ctx, stretch.text, at.left + 2 * ROOM_PX, top + LANE_PX / 2 - 1, colour("ink"), colour("surface"));
    }
  });
