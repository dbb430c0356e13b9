// @ts-check
/** What a locked phone shows of the session, and its buttons. */

/** @typedef {"play" | "pause" | "stop" | "nexttrack"} Button */

const session = "mediaSession" in navigator ? navigator.mediaSession : null;

/** @param {Partial<Record<Button, () => void>>} buttons */
export const onLockScreen = (buttons) => {
  for (const [button, pressed] of Object.entries(buttons)) {
    try {
      session?.setActionHandler(/** @type {MediaSessionAction} */ (button), pressed);
    } catch {
      // A button that this browser does not know.
    }
  }
};

/** @param {{ title: string, place: string, playing: boolean }} shown */
export const showOnLockScreen = ({ title, place, playing }) => {
  if (!session) return;
  if (session.metadata?.title !== title || session.metadata.artist !== place) session.metadata = new MediaMetadata({ title, artist: place, album: "calfwise" });
  session.playbackState = playing ? "playing" : "paused";
};
