// @ts-check
/** Questions with many answers: how tender, which signs, why. */
import { made } from "./dom.js";
import { CALLED } from "./said.js";

const LEGS = [["left", "Left"], ["right", "Right"], ["both", "Both"]];

/** @param {NonNullable<Scene["question"]>} question @param {SessionData} data @returns {HTMLElement} */
export const questionOf = (question, data) => ({ rate, signs, why })[question](data);

/** 0 to 10, each one tap. @param {SessionData} data */
const rate = ({ kind }) => {
  const { rate, ends } = CALLED[kind];
  const named = /** @type {Record<number, string>} */ ({ 0: ends[0], 10: ends[1] });
  const numbers = Array.from({ length: 11 }, (_, value) =>
    made("button", { type: "button", "data-act": "rated", "data-value": String(value), "aria-label": named[value] && `${value}, ${named[value]}` }, String(value)),
  );
  return made(
    "div",
    { class: "p-rate" },
    made("div", { class: "p-numbers", role: "group", "aria-label": rate }, ...numbers),
    made("p", { class: "p-ends", "aria-hidden": "true" }, made("span", {}, "0 not at all"), made("span", {}, "10 worst")),
  );
};

/** One tap. @param {SessionData} data */
const why = ({ rules }) =>
  made(
    "div",
    { class: "p-reasons" },
    ...Object.entries(rules.reasons).map(([id, { text }]) => made("button", { type: "button", "data-act": "because", "data-value": id }, text)),
  );

/** Ticked first, told together: what was told cannot be taken back. @param {SessionData} data */
const signs = (data) => made("form", { class: "p-signs" }, ...data.signs.map(signRow));

/** @param {Sign} sign */
const signRow = ({ id, text, sided }) => {
  const label = made("label", { class: "choice" }, made("input", { type: "checkbox", name: "sign", value: id }), made("span", {}, text));
  if (!sided) return label;
  const legs = LEGS.map(([value, leg]) =>
    made("label", { class: "choice" }, made("input", { type: "radio", name: `leg-${id}`, value }), made("span", {}, leg ?? "")),
  );
  const which = made("fieldset", { class: "p-legs" }, made("legend", { class: "out" }, `Which leg? ${text}`), ...legs);
  return made("div", { class: "p-sided" }, label, which);
};

/**
 * What is ticked: values of `sign` events, and the first sign that still wants a leg.
 * @param {HTMLElement} panel @param {Sign[]} signs
 */
export const pickedOf = (panel, signs) => {
  /** @type {string[]} */
  const values = [];
  /** @type {HTMLElement | null} */
  let open = null;
  for (const { id, sided } of signs) {
    if (!panel.querySelector(`input[name="sign"][value="${id}"]:checked`)) continue;
    const leg = panel.querySelector(`input[name="leg-${id}"]:checked`);
    if (sided && !leg) open ??= panel.querySelector(`input[name="leg-${id}"]`);
    values.push(leg instanceof HTMLInputElement ? `${id}:${leg.value}` : id);
  }
  return { values, open };
};
