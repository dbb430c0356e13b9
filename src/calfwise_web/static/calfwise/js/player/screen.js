// @ts-check
/** Draws a scene. What did not change stays in the page as it is, with its focus. */
import { questionOf } from "./ask.js";
import { clockSaid, leftSaid, repetition, secondsLeft, segmentsOf, segmentsSaid } from "./course.js";
import { buttonOf, byId, made, write } from "./dom.js";
import { Figure } from "./figure.js";
import { Pulse } from "./pulse.js";
import { Ring } from "./ring.js";

const LENGTHS = ["", "long", "longer", "longest"];
/** More sets than that stand closer together. */
const MANY_SETS = 14;

export class Screen {
  #player = byId("player");
  #say = byId("say");
  #more = byId("more");
  #panel = byId("panel");
  #figure = new Figure();
  #ring = new Ring();
  #pulse = new Pulse();
  #key = "";
  #drawn = "";
  /** When buttons became others, so that a thumb on its way to the old ones does not press them. */
  changed_ms = -Infinity;

  /** @param {import("./run.js").Run} run */
  constructor(run) {
    this.run = run;
    if (run.goesByTime) this.#player.dataset.by = "time";
    addEventListener("resize", () => this.#fit());
  }

  /** @param {Scene} scene @returns {boolean} whether it is another one */
  show(scene) {
    const isNew = scene.key !== this.#key;
    const focused = document.activeElement !== document.body;
    this.#key = scene.key;
    this.#player.dataset.scene = scene.name;
    this.#heading(scene);
    this.#figure.show(scene.figure);
    const moving = this.run.isRunning && this.run.step?.kind === "work";
    this.#figure.pace(this.run.elapsed_ms, moving);
    this.#pulse.show(scene.name === "timed" ? this.run.step : undefined, this.run.elapsed_ms, moving);
    if (isNew) this.#fill(scene);
    this.#buttons(scene);
    byId("time").hidden = !scene.ring;
    this.#head(scene.name);
    const lost = focused && document.activeElement === document.body;
    if (lost || (isNew && scene.name !== "timed")) this.#say.focus({ preventScroll: true });
    return isNew;
  }

  /** What changes by the second. @param {Scene} scene @param {number | null} countIn_s */
  tick(scene, countIn_s = null) {
    const { run } = this;
    const length_ms = (run.step?.seconds ?? 0) * 1000;
    const left_ms = run.remaining_ms;
    const rep = repetition(run.data, run.step, run.elapsed_ms);
    const share = length_ms ? left_ms / length_ms : 0;
    if (run.isFinal) this.#ring.show(doneOf(segmentsOf(run.state, run.data.steps, null)));
    else if (countIn_s !== null) this.#ring.show({ share, number: String(countIn_s), label: scene.label });
    else if (rep) this.#ring.show({ share, number: rep.word, label: `${rep.number} of ${rep.of}` });
    else this.#ring.show({ share, number: clockSaid(left_ms, length_ms / 1000), label: scene.label });
    this.#figure.raise(rep?.up ?? false);
    this.#head(scene.name);
  }

  /** @param {Scene} scene */
  #heading({ heading, more, urgent }) {
    const changed = this.#say.textContent !== heading || this.#more.textContent !== more;
    write(this.#say, heading);
    write(this.#more, more);
    this.#more.classList.toggle("is-urgent", urgent);
    if (changed) this.#fit();
  }

  /** As large as its room lets it be; the room is the same in every step, so that nothing below moves. */
  #fit() {
    for (const text of [this.#say, this.#more]) {
      for (const length of LENGTHS) {
        text.dataset.length = length;
        if (text.scrollHeight <= text.clientHeight + 1) break;
      }
    }
  }

  /** @param {Scene} scene */
  #fill({ lines, question }) {
    const rows = lines.map(({ text, soft }) => made("li", {}, made("span", {}, text), ...(soft ? [made("span", { class: "soft" }, soft)] : [])));
    const parts = [...(rows.length ? [made("ol", { class: "p-lines" }, ...rows)] : []), ...(question ? [questionOf(question, this.run.data)] : [])];
    this.#panel.replaceChildren(...parts);
    this.#panel.hidden = parts.length === 0;
    this.#panel.scrollTop = 0;
  }

  /** @param {Scene} scene */
  #buttons({ left, right, also, thumb, pause }) {
    const drawn = JSON.stringify([left, right, also, thumb, pause]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.changed_ms = performance.now();
    this.#row("left", left ? [left] : []);
    this.#row("right", right ? [right] : []);
    this.#row("also", also);
    this.#row("thumb", thumb);
    this.#row("pause", pause ? [pause] : []);
  }

  /** Buttons of a row; one that stays the same keeps its place and its focus. @param {string} id @param {Act[]} acts */
  #row(id, acts) {
    const row = byId(id);
    const same = row.children.length === acts.length && acts.every(({ act }, place) => row.children[place]?.getAttribute("data-act") === act);
    if (!same) row.replaceChildren(...acts.map(buttonOf));
    else acts.forEach(({ text, look }, place) => (write(/** @type {Element} */ (row.children[place]), text), row.children[place]?.setAttribute("class", look ?? "")));
    row.hidden = acts.length === 0;
  }

  /** Where one is in the session. @param {string} name of the scene */
  #head(name) {
    const { data, state, step, remaining_ms, log } = this.run;
    const length_ms = (step?.seconds ?? 0) * 1000;
    const isOn = this.run.isLive && length_ms > 0;
    const segments = segmentsOf(state, data.steps, isOn ? 1 - remaining_ms / length_ms : null);
    const said = data.said[state.step];
    const place = step?.item === undefined ? "" : ` · ${step.item + 1} of ${state.items.length}`;
    write(byId("where"), name === "new" ? "Ready when you are" : said && name !== "shut" ? `${said.title || data.title}${place}` : data.title);
    write(byId("left-s"), this.run.isLive ? leftSaid(secondsLeft(state, data.steps, log.uptime())) : "");
    drawSegments(byId("segments"), segments);
  }
}

/** What was done of it, as the ring shows it. @param {import("./course.js").Segment[]} segments */
const doneOf = (segments) => {
  const done = segments.filter(({ kind }) => kind === "done").length;
  return { share: done / Math.max(1, segments.length), number: String(done), label: `of ${segments.length} sets` };
};

/** @param {HTMLElement} row @param {import("./course.js").Segment[]} segments */
const drawSegments = (row, segments) => {
  if (row.children.length !== segments.length) row.replaceChildren(...segments.map(() => made("i")));
  row.classList.toggle("is-many", segments.length > MANY_SETS);
  segments.forEach(({ kind, share }, place) => {
    const segment = /** @type {HTMLElement} */ (row.children[place]);
    if (segment.className !== kind) segment.className = kind;
    if (kind === "now") segment.style.setProperty("--share", share.toFixed(2));
  });
  const said = segmentsSaid(segments);
  if (row.getAttribute("aria-label") !== said) row.setAttribute("aria-label", said);
};
