// @ts-check
/** Spoken cues, where the browser can speak. What is new cuts off what is old. */

const LANGUAGE = "en";
const PACE = 0.95;

export class Voice {
  /** @param {() => void} refused the browser wants a tap first */
  constructor(refused) {
    this.refused = refused;
    this.synthesis = "speechSynthesis" in globalThis ? speechSynthesis : null;
  }

  /** @param {string} text */
  say(text) {
    if (!this.synthesis || !text) return;
    this.synthesis.cancel();
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = LANGUAGE;
    spoken.rate = PACE;
    spoken.voice = this.#voice();
    spoken.addEventListener("error", ({ error }) => error === "not-allowed" && this.refused());
    this.synthesis.speak(spoken);
  }

  /** Some browsers let only those speak whose first word followed a touch at once. */
  prime() {
    if (this.synthesis && !this.synthesis.speaking) this.synthesis.speak(new SpeechSynthesisUtterance(""));
  }

  quiet() {
    this.synthesis?.cancel();
  }

  /** One that needs no network, where there is one. */
  #voice() {
    const voices = this.synthesis?.getVoices().filter((voice) => voice.lang.startsWith(LANGUAGE)) ?? [];
    return voices.find((voice) => voice.localService && voice.default) ?? voices.find((voice) => voice.localService) ?? voices[0] ?? null;
  }
}
