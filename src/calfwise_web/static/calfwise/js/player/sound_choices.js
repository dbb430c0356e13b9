// @ts-check
/** The sheet on which one chooses how this device speaks and sounds. */
import { choicesSaid } from "./choices.js";
import { byId, write } from "./dom.js";

/** @param {import("./sounds.js").Sounds} sounds @param {() => void} changed */
export const offerSounds = (sounds, changed) => {
  const form = byId("sound-choices");
  const button = byId("sound");
  const draw = () => {
    write(button, sounds.refused ? "Tap for sound" : choicesSaid(sounds.chosen));
    button.classList.toggle("is-asking", sounds.refused);
  };
  for (const input of form.querySelectorAll("input")) {
    const { chosen } = sounds;
    input.checked = input.name === "voice" ? input.value === chosen.voice : chosen[/** @type {"tones"} */ (input.name)];
  }
  form.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    sounds.choose({ ...sounds.chosen, [target.name]: target.name === "voice" ? target.value : target.checked });
    draw();
    changed();
  });
  draw();
  return draw;
};
