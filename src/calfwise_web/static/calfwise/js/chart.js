// @ts-check
/** Draws every `<figure data-chart data-src="…">`: fetches its numbers (chart_data.js says which), hands them to uPlot, and keeps the table equal. */
import { FONT } from "./chart_canvas.js";
import { eventsByPoint, isEmpty, lonely, pointWords, shiftOf, stepOf, xWords } from "./chart_data.js";
import { drawLanes, drawPauses, LANE_PX, lanesOf } from "./chart_floor.js";
import { BAR_MOST_PX, BAR_SHARE, drawAbout, drawEvents, drawLegs, drawNames, drawWhiskers, roomForNames } from "./chart_marks.js";
import { tableOf } from "./chart_table.js";
import { digitsFor, elapsed, monthName, shortDay, unitOf, written, yearName } from "./units.js";

/** @typedef {import("./chart_data.js").Payload} Payload */
/** @typedef {import("./chart_data.js").Series} Series */

const DAY_S = 86_400;
const MONTH_S = 30 * DAY_S;
const YEAR_S = 365 * DAY_S;
const EVENT_ROOM_PX = 30;
/** Beside charts that stand above one another, so that their days do, too. */
const LEFT_PX = 68;
const RIGHT_PX = 32;
/** Of a bar's width: what stands inside it. */
const INNER_SHARE = 0.5;

/** @param {string} role */
const colour = (role) => getComputedStyle(document.documentElement).getPropertyValue(`--${role}`).trim();
/** @param {Series} series */
const tone = (series) => colour(series.tone ?? "accent");
/** @param {Series} series */
const wash = (series) => `${tone(series)}2e`;

/** @type {Set<Plot>} */
const drawn = new Set();
const redrawAll = () => {
  for (const plot of drawn) {
    if (plot.root.isConnected) plot.redraw(true, true);
    else {
      plot.destroy();
      drawn.delete(plot);
    }
  }
};

/** Days and weeks are marked where they stand, months and years where the calendar begins them; uPlot would count from the scale's edge. @param {number[]} xs */
const calendarSplits = (xs) => (/** @type {Plot} */ _plot, /** @type {number} */ _axis, /** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ incr) => {
  if (incr < MONTH_S) {
    const gap = stepOf({ kind: "day", values: xs });
    return xs.filter((_, at) => at % Math.ceil(incr / gap) === 0);
  }
  const months = Math.round(incr / MONTH_S);
  const from = new Date(low * 1000);
  const splits = [];
  for (let month = from.getUTCFullYear() * 12 + from.getUTCMonth(); ; month += 1) {
    const begins = Date.UTC(Math.floor(month / 12), month % 12) / 1000;
    if (begins > high) return splits;
    if (begins >= low && month % months === 0) splits.push(begins);
  }
};

/** @param {Payload} payload @returns {PlotAxis} */
const xAxis = (payload) => {
  const { x } = payload;
  const lanes = LANE_PX * lanesOf(payload);
  const look = { stroke: () => colour("ink-soft"), font: FONT, grid: { show: false }, ticks: { show: false }, gap: 6 + lanes, size: 32 + lanes, space: 56 };
  if (x.kind === "elapsed") {
    const incrs = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
    return { ...look, incrs, values: (_, splits) => splits.map(elapsed) };
  }
  if (x.kind !== "day") return { ...look, values: (_, splits, _axis, _space, step) => splits.map((value) => `${value.toFixed(digitsFor(step))} ${x.kind}`) };
  const incrs = [1, 2, 3, 7, 14, 30, 60, 90, 180, 365, 730].map((count) => count * DAY_S);
  const month = (/** @type {number} */ value) => (new Date(value * 1000).getUTCMonth() ? monthName(value) : yearName(value));
  return { ...look, incrs, splits: calendarSplits(x.values), values: (_, splits, _axis, _space, step) => splits.map(step >= YEAR_S ? yearName : step >= MONTH_S ? month : shortDay) };
};

/** @param {Payload} payload @param {string} name @param {number} nth @returns {PlotAxis} */
const yAxis = (payload, name, nth) => {
  const unit = unitOf(name);
  const fixed = nth ? RIGHT_PX : LEFT_PX;
  return {
    scale: name,
    side: nth ? 1 : 3,
    show: nth < 2,
    stroke: () => colour("ink-soft"),
    font: FONT,
    gap: 6,
    space: 40,
    grid: { show: nth === 0, stroke: () => colour("line"), width: 1 },
    ticks: { show: false },
    ...(unit.steps ? { incrs: unit.steps } : {}),
    size: (_, values) => payload.keyed ? fixed : 14 + 8 * Math.max(3, ...(values ?? []).map((text) => text.length)),
    values: (_, splits, _axis, _space, step) => splits.map((value) => written(value, unit, digitsFor(step))),
  };
};

/** Bars stand on nought; a pace shows what was run, not the few seconds stood still. @param {Payload} payload @param {string} name @returns {PlotScale} */
const yScale = (payload, name) => {
  const unit = unitOf(name);
  const members = payload.series.filter((series) => series.unit === name);
  const barred = members.some((series) => series.kind === "bars");
  return {
    dir: unit.up ? 1 : -1,
    range: (_, low, high) => {
      if (unit.range) return unit.range;
      if (low == null || high == null) return [0, 1];
      if (barred) return [0, high * 1.08 || 1];
      if (unit.up) return uPlot.rangeNum(low, high, 0.12, true);
      const sorted = members.flatMap((series) => series.values.filter((value) => value != null)).sort((a, b) => a - b);
      const at = (/** @type {number} */ share) => sorted[Math.round(share * (sorted.length - 1))] ?? low;
      return [at(0.01) - 15, at(0.97) + 15];
    },
  };
};

/** @param {Payload} payload @returns {PlotScale} */
const xScale = (payload) => {
  const { x } = payload;
  const beside = shiftOf(payload) || (x.values.length < 2 ? stepOf(x) / 2 : 0);
  return { time: x.kind === "day", range: [(x.values[0] ?? 0) - beside, (x.values.at(-1) ?? 0) + beside] };
};

/** @param {Series} series @returns {PlotSeries} */
const seriesLook = (series) => {
  const base = { label: series.label, scale: series.unit, stroke: () => tone(series), width: 2 };
  if (series.kind === "bars") {
    const share = series.inner ? INNER_SHARE : 1;
    const paths = uPlot.paths.bars?.({ size: [BAR_SHARE * share, BAR_MOST_PX * share], radius: 0.2 });
    return { ...base, width: 0, fill: () => tone(series), points: { show: false }, ...(paths ? { paths } : {}) };
  }
  if (series.leg) return { ...base, paths: () => null, points: { show: false } };
  if (series.kind === "points") return { ...base, paths: () => null, points: { show: true, size: 7, fill: () => tone(series) } };
  return { ...base, points: { show: true, size: 6, fill: () => tone(series), filter: () => lonely(series) } };
};

/** uPlot's columns: the line itself, then its low and high, which only give the wash its edges. @param {Payload} payload */
const columns = (payload) => {
  /** @type {PlotSeries[]} */ const looks = [{}];
  /** @type {PlotBand[]} */ const bands = [];
  /** @type {(number[] | (number | null)[])[]} */ const data = [payload.x.values];
  /** @type {Set<number>} */ const told = new Set();
  for (const series of payload.series) {
    told.add(looks.length);
    looks.push(seriesLook(series));
    data.push(series.values);
    if (!series.low || !series.high) continue;
    const edge = { scale: series.unit, stroke: "transparent", width: 0, points: { show: false } };
    looks.push(edge, { ...edge });
    data.push(series.low, series.high);
    if (series.kind !== "bars") bands.push({ series: [looks.length - 1, looks.length - 2], fill: () => wash(series) });
  }
  return { looks, bands, told, data: /** @type {PlotColumns} */ (data) };
};

/** @param {number} size */
const cursorPoint = (size) => {
  const point = document.createElement("div");
  Object.assign(point.style, { width: `${size}px`, height: `${size}px`, marginLeft: `${-size / 2}px`, marginTop: `${-size / 2}px` });
  return point;
};

/** @param {Payload} payload @param {HTMLElement} figure @param {HTMLElement} holder @param {(at: number) => void} read @returns {Plot} */
const plotted = (payload, figure, holder, read) => {
  const { looks, bands, told, data } = columns(payload);
  const units = [...new Set(payload.series.map((series) => series.unit))];
  const sync = figure.dataset.sync;
  const top = payload.events?.length ? EVENT_ROOM_PX : 12;
  /** @type {PlotOptions} */
  const options = {
    width: holder.clientWidth,
    height: holder.clientHeight,
    padding: [top, (plot) => (units.length > 1 ? 4 : payload.keyed ? 4 + RIGHT_PX : roomForNames(plot, payload)), 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: { x: xScale(payload), ...Object.fromEntries(units.map((name) => [name, yScale(payload, name)])) },
    axes: [xAxis(payload), ...units.map((name, nth) => yAxis(payload, name, nth))],
    series: looks,
    bands,
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      points: { size: 10, show: (_, at) => cursorPoint(told.has(at) ? 10 : 0), stroke: () => colour("surface"), width: 2 },
      ...(sync ? { sync: { key: sync, setSeries: false } } : {}),
    },
    hooks: {
      drawClear: [(plot) => drawPauses(plot, payload, colour)],
      drawAxes: [(plot) => drawEvents(plot, payload, colour)],
      draw: [drawAbout, drawWhiskers, drawLanes, drawLegs, drawNames].map((over) => (/** @type {Plot} */ plot) => over(plot, payload, colour)),
      setCursor: [(plot) => plot.cursor.idx != null && (plot.cursor.left ?? -1) >= 0 && read(plot.cursor.idx)],
    },
  };
  return new uPlot(options, data, holder);
};

/** Says what is under the cursor, and where it leads. @param {HTMLElement} figure @param {Payload} payload @returns {(at: number) => void} */
const reader = (figure, payload) => {
  const notes = eventsByPoint(payload);
  const output = figure.querySelector("output.reading");
  const closer = /** @type {HTMLAnchorElement | null} */ (figure.querySelector("a.closer"));
  return (at) => {
    if (output) output.textContent = pointWords(payload, at, notes.get(at) ?? []);
    const leads = payload.links?.[at];
    closer?.toggleAttribute("hidden", !leads);
    if (!closer || !leads) return;
    closer.href = leads;
    closer.textContent = `Open ${xWords(payload, at)}`;
  };
};

/** @param {Plot} plot @param {HTMLElement} holder @param {Payload} payload */
const steer = (plot, holder, payload) => {
  const xs = payload.x.values;
  const leads = () => payload.links?.[plot.cursor.idx ?? -1];
  const follow = () => {
    const to = leads();
    if (to) location.assign(to);
  };
  const go = (/** @type {number} */ at) => plot.setCursor({ left: plot.valToPos(xs[Math.max(0, Math.min(xs.length - 1, at))] ?? 0, "x"), top: 1 });
  const far = Math.max(1, Math.round(xs.length / 10));
  holder.addEventListener("keydown", (event) => {
    if (event.key === "Enter") return follow();
    const at = plot.cursor.idx ?? xs.length;
    /** @type {Record<string, number>} */
    const places = { ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - far, PageDown: at + far, Home: 0, End: xs.length - 1 };
    const place = places[event.key];
    if (place === undefined) return undefined;
    event.preventDefault();
    go(place);
    return undefined;
  });
  // A finger reads first and follows the link beside the reading; a mouse has read by pointing.
  plot.over.addEventListener("click", (event) => {
    if (/** @type {PointerEvent} */ (event).pointerType === "mouse") follow();
  });
  if (payload.links) plot.over.classList.add("leads");
  for (const kind of /** @type {const} */ (["pointerdown", "pointermove"])) {
    plot.over.addEventListener(kind, (event) => {
      if (event.pointerType !== "mouse") plot.setCursor({ left: event.clientX - plot.over.getBoundingClientRect().left, top: 1 });
    });
  }
};

/** @param {HTMLElement} holder @param {string} text @param {(() => void) | null} retry */
const say = (holder, text, retry) => {
  const told = document.createElement("p");
  told.append(text);
  if (retry) {
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Try again";
    again.addEventListener("click", retry);
    told.append(again);
  }
  holder.replaceChildren(told);
};

/** @param {HTMLElement} figure @param {Payload} payload */
const fillTable = (figure, payload) => {
  const details = figure.querySelector("details.as-table");
  const into = details?.querySelector(".scroll");
  if (!details || !into || into.childElementCount) return;
  details.addEventListener("toggle", () => into.append(tableOf(payload)), { once: true });
};

/** The reading, the table and what can be saved make sense only beside a drawing. @param {HTMLElement} figure @param {boolean} there */
const withReading = (figure, there) => {
  for (const part of figure.querySelectorAll("output.reading, details.as-table, .saves")) part.toggleAttribute("hidden", !there);
};

/** @param {HTMLElement} figure @param {HTMLElement} holder @param {Payload} payload */
const show = (figure, holder, payload) => {
  withReading(figure, !isEmpty(payload));
  if (isEmpty(payload)) {
    say(holder, payload.empty ?? "Nothing to draw yet.", null);
    return;
  }
  holder.replaceChildren();
  const plot = plotted(payload, figure, holder, reader(figure, payload));
  drawn.add(plot);
  holder.tabIndex = 0;
  holder.setAttribute("role", "group");
  holder.setAttribute("aria-roledescription", "chart");
  holder.setAttribute("aria-label", `${figure.querySelector(".chart-title")?.textContent ?? "Chart"}. The arrow keys read it point by point.${payload.links ? " Enter looks closer." : ""}`);
  steer(plot, holder, payload);
  fillTable(figure, payload);
  new ResizeObserver(() => plot.setSize({ width: holder.clientWidth, height: holder.clientHeight })).observe(holder);
};

/** @param {HTMLElement} figure */
const load = async (figure) => {
  const holder = /** @type {HTMLElement | null} */ (figure.querySelector(".plot"));
  if (!holder) return;
  figure.setAttribute("aria-busy", "true");
  const failed = () => {
    withReading(figure, false);
    say(holder, "The numbers did not arrive. They are still in your journal.", () => void load(figure));
  };
  try {
    const answer = await fetch(figure.dataset.src ?? "", { headers: { Accept: "application/json" } });
    if (!answer.ok) return void failed();
    show(figure, holder, await answer.json());
  } catch (error) {
    failed();
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
  } finally {
    figure.removeAttribute("aria-busy");
  }
};

/** @param {ParentNode} root */
const drawIn = (root) => {
  for (const figure of root.querySelectorAll("figure[data-chart]:not([data-taken])")) {
    if (!(figure instanceof HTMLElement)) continue;
    figure.dataset.taken = "";
    void load(figure);
  }
};

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
new MutationObserver(redrawAll).observe(document.documentElement, { attributeFilter: ["data-theme"] });
document.addEventListener("htmx:afterSwap", () => drawIn(document));
drawIn(document);
