// @ts-check
import { eventsByPoint, floorWords, valueWords, xWords } from "./chart_data.js";
import { unitOf } from "./units.js";

const X_HEADINGS = { day: "Day", elapsed: "Time", km: "Distance", mi: "Distance" };

/** @param {HTMLElement} parent @param {"th" | "td"} tag @param {string} text @param {string} [className] */
const cell = (parent, tag, text, className) => {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  parent.append(made);
  return made;
};

/** The chart's numbers as a table, so that nothing is told by the drawing alone. @param {import("./chart_data.js").Payload} payload */
export const tableOf = (payload) => {
  const table = document.createElement("table");
  const notes = eventsByPoint(payload);
  const head = table.createTHead().insertRow();
  cell(head, "th", X_HEADINGS[payload.x.kind]).scope = "col";
  for (const { label, unit } of payload.series) {
    const { suffix } = unitOf(unit);
    cell(head, "th", suffix ? `${label}, ${suffix}` : label, "n").scope = "col";
  }
  const tallies = payload.tallies ?? [];
  for (const { label } of tallies) cell(head, "th", label, "n").scope = "col";
  const under = Boolean(payload.floor?.length || payload.pauses?.length);
  if (under) cell(head, "th", payload.floorName ?? "Stretch").scope = "col";
  if (notes.size) cell(head, "th", "Note").scope = "col";
  const body = table.createTBody();
  payload.x.values.forEach((_, at) => {
    const row = body.insertRow();
    const leads = payload.links?.[at];
    const heading = cell(row, "th", leads ? "" : xWords(payload, at));
    heading.scope = "row";
    if (leads) {
      const link = document.createElement("a");
      link.href = leads;
      link.textContent = xWords(payload, at);
      heading.append(link);
    }
    for (const series of payload.series) cell(row, "td", valueWords(series, at, false), "n");
    for (const tally of tallies) cell(row, "td", `${tally.values[at] || ""}`, "n");
    if (under) cell(row, "td", floorWords(payload, at).join(", "));
    if (notes.size) cell(row, "td", (notes.get(at) ?? []).join(", "));
  });
  return table;
};
