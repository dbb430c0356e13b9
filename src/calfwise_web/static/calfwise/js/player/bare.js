// @ts-check
/** A scene with nothing on it. */

/** @type {Omit<Scene, "name" | "key" | "heading">} */
export const BARE = {
  more: "", urgent: false, figure: null, ring: false, label: "", lines: [], question: null, left: null, right: null, also: [], thumb: [], pause: null,
};
