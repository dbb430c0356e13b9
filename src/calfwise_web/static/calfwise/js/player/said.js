// @ts-check
/** What the page itself says; the session's own words come with it. */

export const WORDS = {
  right: { full: "Good. Stay like that.", short: "Good. Stay like that." },
  lighter: { full: "The next set goes lighter.", short: "The next set goes lighter." },
  lower: "One lower.",
  over: { full: "That place is over for today. On to the next.", short: "Place over." },
  goingOn: { full: "And on.", short: "And on." },
  leg: "Which leg? Left, right or both.",
  takenOver: "You go on here now.",
};

/** @param {boolean} tones */
export const mayLock = (tones) => `Your screen may lock. Nothing gets lost${tones ? ": tones go on" : ""}.`;

export const NOT_KEPT = "This browser keeps nothing. Stay on this page until the end.";

/** @type {Record<string, string>} by the state of sync.js */
export const NETWORK = {
  sent: "",
  "waiting for the network": "No network: all is kept here.",
  "signed out": "You are signed out. All is kept here; sign in and it is sent.",
  "another account": "Somebody else is signed in here. All is kept for you.",
  gone: "The server does not know this session. All is kept here.",
  refused: "The server did not take this. All is kept here.",
};
