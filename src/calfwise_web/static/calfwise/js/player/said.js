// @ts-check
/** What the page itself says; the session's own words come with it. */

export const WORDS = {
  right: { full: "Good. Stay like that.", short: "Good. Stay like that." },
  lighter: { full: "The next set goes lighter.", short: "The next set goes lighter." },
  goingOn: { full: "And on.", short: "And on." },
  leg: "Which leg? Left, right or both.",
  takenOver: "You go on here now.",
};

/** What is called otherwise in massage and in practice. @type {Record<SessionData["kind"], { over: string, tooMuch: string, change: string, lower: string, done: string, next: string, stopped: string, rate: string, ends: [string, string] }>} */
export const CALLED = {
  massage: {
    over: "That place is over for today. On to the next.",
    tooMuch: "this place is over for today",
    change: "next place",
    lower: "One lower.",
    done: "Done. Now let it rest.",
    next: "Tomorrow morning I'll ask how it went.",
    stopped: "No more massage until this has been looked at.",
    rate: "Tenderness, 0 to 10",
    ends: ["not tender at all", "the worst there is"],
  },
  practice: {
    over: "That one is over for today. On to the next.",
    tooMuch: "this one is over for today",
    change: "next exercise",
    lower: "A little less.",
    done: "Done. That counts.",
    next: "Say tomorrow how your calves feel: the next step depends on it.",
    stopped: "No more today until this has been looked at.",
    rate: "How your calves felt, 0 to 10",
    ends: ["nothing at all", "the worst there is"],
  },
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
