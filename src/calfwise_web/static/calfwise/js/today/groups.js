// @ts-check
/** Signs, one question at a time: what is answered folds into a line, and the next question takes its place. */

/**
 * @typedef {object} Group
 * @property {HTMLFieldSetElement} box
 * @property {HTMLElement} body
 * @property {HTMLButtonElement} head
 * @property {HTMLElement} state
 * @property {HTMLElement} name
 * @property {string} title
 * @property {string} short
 * @property {HTMLInputElement} none
 */

const STAYS_BELOW = 64;
/** Room for the bar at the bottom, and a little air. [px] */
const BAR = 96;

/** @param {HTMLFieldSetElement} box @returns {Group | null} */
const groupOf = (box) => {
  const heading = box.querySelector("h3");
  const body = box.querySelector(".body");
  const none = box.querySelector(".none input");
  if (!heading || !(body instanceof HTMLElement) || !(none instanceof HTMLInputElement)) return null;
  const title = heading.textContent ?? "";
  const head = document.createElement("button");
  const name = document.createElement("span");
  const state = document.createElement("span");
  head.type = "button";
  body.id = `${box.id}-lines`;
  head.setAttribute("aria-controls", body.id);
  state.className = "state";
  head.append(name, " ", state);
  heading.replaceChildren(head);
  for (const sign of box.querySelectorAll(".sign")) {
    const words = sign.querySelector(".words");
    words?.setAttribute("role", "radiogroup");
    words?.setAttribute("aria-label", sign.querySelector("summary")?.textContent ?? "");
  }
  return { box, body, head, state, name, title, short: box.dataset.short ?? title, none };
};

/** @param {Group} group */
const picked = (group) =>
  [...group.body.querySelectorAll("input[type=radio]:checked")].filter(
    (input) => input instanceof HTMLInputElement && input.value !== "no",
  ).length;

/** @param {Group} group */
const isAnswered = (group) => !("open" in group.box.dataset) && (group.none.checked || picked(group) > 0);

/** @param {Group} group @param {boolean} open */
const show = (group, open) => {
  const count = picked(group);
  const answered = isAnswered(group);
  group.body.hidden = !open;
  group.box.classList.toggle("folded", !open);
  group.box.classList.toggle("answered", answered);
  group.box.classList.toggle("said", answered && count > 0);
  group.box.classList.toggle("later", !open && !answered);
  group.head.setAttribute("aria-expanded", String(open));
  group.name.textContent = open || !answered ? group.title : group.short;
  group.state.textContent = open || !answered ? "" : count ? `${count} marked` : "none";
};

/** What was answered folds, and the next one stands where it stood: nothing on the screen jumps. @param {Group} done @param {Element} next */
const takesItsPlace = (done, next) => {
  const top = Math.max(done.box.getBoundingClientRect().top, 8);
  const moved = next.getBoundingClientRect().top - top - done.head.offsetHeight;
  const above = done.box.getBoundingClientRect().top;
  if (above < 8) window.scrollBy({ top: moved, behavior: "instant" });
  const at = next.getBoundingClientRect();
  const hidden = at.bottom - (window.innerHeight - BAR);
  const room = at.top - STAYS_BELOW;
  if (hidden > 0 && room > 0) window.scrollBy({ top: Math.min(hidden, room), behavior: calm() ? "instant" : "smooth" });
};

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @param {HTMLElement} card */
export const foldGroups = (card) => {
  const groups = [...card.querySelectorAll("fieldset.group")].flatMap((box) => {
    const group = box instanceof HTMLFieldSetElement ? groupOf(box) : null;
    return group ? [group] : [];
  });
  const left = document.getElementById("signs-left");
  let open = groups.find((group) => !isAnswered(group)) ?? null;

  const count = () => {
    const answered = groups.filter(isAnswered).length;
    if (left) left.textContent = answered ? `${answered} of ${groups.length}` : "";
  };

  /** @param {Group | null} group */
  const unfold = (group) => {
    open = group;
    for (const each of groups) show(each, each === group);
    count();
  };

  /** @param {Group} done */
  const goOn = (done) => {
    delete done.box.dataset.open;
    const after = groups.slice(groups.indexOf(done) + 1);
    const next = after.find((each) => !isAnswered(each)) ?? groups.find((each) => !isAnswered(each)) ?? null;
    unfold(next);
    const goal = next ? next.head : document.getElementById("spots");
    goal?.focus({ preventScroll: true });
    takesItsPlace(done, next ? next.box : (goal?.closest(".card") ?? done.box));
  };

  for (const group of groups) {
    group.head.addEventListener("click", () => unfold(open === group ? null : group));
    group.none.addEventListener("change", () => {
      if (group.none.checked) goOn(group);
      else show(group, true);
    });
    group.body.addEventListener("change", (event) => {
      if (event.target === group.none) return;
      if (group.none.checked && picked(group)) group.none.checked = false;
      delete group.box.dataset.open;
      count();
    });
  }
  unfold(open);
  return { first: () => groups.find((group) => !isAnswered(group))?.box ?? null };
};
