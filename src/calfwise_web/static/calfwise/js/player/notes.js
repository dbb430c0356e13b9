// @ts-check
/**
 * Which tones a step has, and when; and tones as the parts of a WAV file. Pure.
 *
 * A file holds a step from end to end, so that a locked phone plays it without us. What sounds the same in one minute as
 * in another is one part that stands in the file twice: an hour of beats is an hour long, and a few minutes large.
 */

/** @typedef {{ at_s: number, hz: number, to_hz?: number, for_s: number, loud: number }} Note */

const RATE_HZ = 8000;
const HEADER_BYTES = 44;
const SILENCE = 128;
const LOUDEST = 120;
const FADE_S = 0.012;
const SOFT = 0.16;
const PLAIN = 0.42;
const BEAT = 0.5;
const E5 = 659.3;
const A4 = 440;
const A5 = 880;
const D5 = 587.3;
/** Nobody is left waiting: a screen that is off calls back when the step is over. [s] */
const CALLS_AFTER_S = [2, 8, 18];
export const TAIL_S = 20;
/** Blocks of that length say where their middle is, and their last minute. [s] */
export const LONG_S = 120;
const MINUTE_S = 60;
/** A long stroke goes back for a third of its time, as figures.css draws it. */
const WAY_BACK = 1 / 3;

/** @param {number} at_s @param {number[]} pitches @returns {Note[]} */
const run = (at_s, pitches) => pitches.map((hz, place) => ({ at_s: at_s + place * 0.16, hz, for_s: 0.15, loud: PLAIN }));

/** @type {Record<string, number[]>} */
const OPENINGS = { ready: [A4], change: [A4, A4], switch: [A4, D5, A4], work: [E5, A5], rest: [A5, E5] };

/**
 * Everything that is heard of a step: how it opens, its pace, its last three seconds, and calls to come back.
 * @param {Step} step @param {{ beat?: boolean }} [how] whether its metronome is heard @returns {Note[]}
 */
export const notesOf = (step, { beat = true } = {}) => {
  const length_s = step.seconds ?? 0;
  const lastThree = length_s < 6 ? [] : [3, 2, 1].map((left) => ({ at_s: length_s - left, hz: E5, for_s: 0.06, loud: SOFT }));
  const calls = CALLS_AFTER_S.flatMap((after_s) => run(length_s + after_s, [A4, D5, A5]));
  const paced = step.kind === "work" ? [...strokes(step, length_s), ...raises(step, length_s), ...(beat ? beats(step, length_s) : []), ...marks(step, length_s)] : [];
  return [...run(0, OPENINGS[step.kind] ?? []), ...paced, ...lastThree, ...run(length_s, OPENINGS.rest ?? []), ...calls];
};

/** The metronome: where a stroke begins, and where it ends. @param {Step} step @param {number} length_s @returns {Note[]} */
const strokes = ({ pace_s, technique }, length_s) => {
  if (!pace_s) return [];
  const back_s = technique === "long-strokes" ? pace_s * WAY_BACK : pace_s;
  /** @type {Note[]} */
  const found = [];
  for (let at_s = 0; at_s < length_s - 0.5; at_s += pace_s + back_s) {
    if (at_s > 0) found.push({ at_s, hz: 330, for_s: 0.07, loud: SOFT });
    if (at_s + pace_s < length_s - 0.5) found.push({ at_s: at_s + pace_s, hz: 262, for_s: 0.07, loud: SOFT });
  }
  return found;
};

/** Every step of a run, but those that its opening and its end would cover. @param {Step} step @param {number} length_s */
const beats = ({ beat_spm }, length_s) => {
  if (!beat_spm) return [];
  /** @type {Note[]} */
  const found = [];
  for (let count = 1; count < (length_s * beat_spm) / MINUTE_S; count += 1) {
    const at_s = Math.floor(count / beat_spm) * MINUTE_S + ((count % beat_spm) * MINUTE_S) / beat_spm;
    if (at_s > 0.4 && at_s < length_s - 0.1) found.push({ at_s, hz: A5, for_s: 0.03, loud: BEAT });
  }
  return found;
};

/** Half way, and the last minute. @param {Step} step @param {number} length_s */
const marks = ({ tempo_s, pace_s }, length_s) => {
  if (length_s < LONG_S || tempo_s || pace_s) return [];
  return [...run(length_s / 2, [E5, E5]), ...(length_s > LONG_S ? run(length_s - MINUTE_S, [E5, E5, E5]) : [])];
};

/** Up, hold, and down. @param {Step} step @param {number} length_s @returns {Note[]} */
const raises = ({ tempo_s }, length_s) => {
  if (!tempo_s) return [];
  const [up_s, hold_s, down_s] = tempo_s;
  /** @type {Note[]} */
  const found = [];
  for (let at_s = 0; at_s < length_s - 0.5; at_s += up_s + hold_s + down_s) {
    const later_s = at_s === 0 ? 0.4 : at_s;
    found.push({ at_s: later_s, hz: 330, to_hz: 495, for_s: 0.35, loud: PLAIN }, { at_s: at_s + up_s + hold_s, hz: 495, to_hz: 330, for_s: 0.35, loud: PLAIN });
    if (hold_s) found.push({ at_s: at_s + up_s, hz: 495, for_s: 0.12, loud: SOFT });
  }
  return found;
};

/** Tones as a file, in its parts: a header, then minutes of eight bits and one channel. @param {Note[]} notes @param {number} length_s @returns {Uint8Array<ArrayBuffer>[]} */
export const wav = (notes, length_s) => {
  const samples = Math.ceil(length_s * RATE_HZ);
  const minute = MINUTE_S * RATE_HZ;
  /** @type {(Note & { at: number })[][]} */
  const minutes = Array.from({ length: Math.ceil(samples / minute) }, () => []);
  for (const note of notes) {
    const at = Math.round(note.at_s * RATE_HZ);
    minutes[Math.floor(at / minute)]?.push({ ...note, at: at % minute });
  }
  /** @type {Map<string, Uint8Array<ArrayBuffer>>} */
  const made = new Map();
  const parts = minutes.map((heard, place) => {
    const count = Math.min(minute, samples - place * minute);
    const key = JSON.stringify([count, heard.map(({ at, hz, to_hz, for_s, loud }) => [at, hz, to_hz, for_s, loud])]);
    const part = made.get(key) ?? new Uint8Array(count).fill(SILENCE);
    if (!made.has(key)) for (const note of heard) sound(part, note);
    made.set(key, part);
    return part;
  });
  return [header(samples), ...parts];
};

/** @param {number} samples */
const header = (samples) => {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  /** @param {number} at @param {string} word */
  const word = (at, word) => [...word].forEach((letter, place) => view.setUint8(at + place, letter.charCodeAt(0)));
  word(0, "RIFF");
  view.setUint32(4, HEADER_BYTES - 8 + samples, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, RATE_HZ, true);
  view.setUint32(28, RATE_HZ, true); // bytes a second
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  word(36, "data");
  view.setUint32(40, samples, true);
  return bytes;
};

/** @param {Uint8Array} samples @param {Note & { at: number }} note */
const sound = (samples, { at: begin, hz, to_hz = hz, for_s, loud }) => {
  const count = Math.min(Math.round(for_s * RATE_HZ), samples.length - begin);
  let turn = 0;
  for (let place = 0; place < count; place += 1) {
    const share = place / count;
    turn += (2 * Math.PI * (hz + (to_hz - hz) * share)) / RATE_HZ;
    const in_s = place / RATE_HZ;
    const fade = Math.min(1, in_s / FADE_S, (for_s - in_s) / (for_s / 2));
    samples[begin + place] = SILENCE + Math.round(Math.sin(turn) * fade * loud * LOUDEST);
  }
};
