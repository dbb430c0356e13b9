// @ts-check
/** Keeps the screen on while a session is played, where the browser lets us. */

export class Awake {
  /** @type {WakeLockSentinel | null} */
  #lock = null;
  #wanted = false;

  /** @param {() => void} refused */
  constructor(refused) {
    this.refused = refused;
    document.addEventListener("visibilitychange", () => this.#wanted && void this.keep());
  }

  async keep() {
    this.#wanted = true;
    if (document.visibilityState !== "visible" || (this.#lock && !this.#lock.released)) return;
    try {
      if (!("wakeLock" in navigator)) throw new Error("this browser has no wake lock");
      this.#lock = await navigator.wakeLock.request("screen");
      if (!this.#wanted) await this.let();
    } catch {
      if (document.visibilityState === "visible") this.refused();
    }
  }

  async let() {
    this.#wanted = false;
    await this.#lock?.release();
    this.#lock = null;
  }
}
