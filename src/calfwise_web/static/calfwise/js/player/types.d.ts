// Shapes that the player's modules share: the model's own, as JSON (docs/player.md), and what the page is given.

/** One thing that happened, as it is written down. */
interface Happened {
  device: string;
  sequence: number;
  page: string;
  uptime_ms: number;
  at: string;
  kind: string;
  step: string;
  value: string | number | null;
}

/** One thing on the screen. What has its default is left out. */
interface Step {
  id: string;
  kind: "found" | "ready" | "change" | "switch" | "work" | "rest" | "after" | "signs";
  words: string;
  item?: number;
  set?: number;
  seconds?: number;
  side?: "left" | "right";
  technique?: string;
  effort_nrs?: number;
  pace_s?: number;
  reps?: number;
  tempo_s?: [number, number, number];
  beat_spm?: number;
}

/** How far one item of the session is. */
interface Progress {
  sets_done: number;
  sets_by_word: number;
  sets_skipped: number;
  observed_ms: number;
  by_word_ms: number;
  eased: number;
  ended: string | null;
  after_nrs: number | null;
}

/** Where a session is, whole. */
interface State {
  items: Progress[];
  phase: string;
  step: number;
  device: string | null;
  page: string | null;
  sequence: number;
  since_ms: number | null;
  hidden_ms: number | null;
  spent_ms: number;
  unseen_ms: number;
  reason: string | null;
  signs: string[];
  signs_answered: boolean;
}

interface Table {
  version: string;
  transitions: Record<string, Record<string, string>>;
  phase_of: Record<string, string>;
  running: string[];
  live: string[];
  eases: string[];
  ended: Record<string, string>;
  any_page: string[];
  any_step: string[];
  values: Record<string, (string | number)[]>;
  tolerance_ms: number;
}

interface Words {
  full: string;
  short: string;
}

interface Rules {
  count_in_s: number;
  take_over_after_s: number;
  words: Record<string, Words>;
  reasons: Record<string, { text: string; raises: string[]; asks: string[] }>;
  marks: Record<string, string>;
}

/** What is said and shown at one step. */
interface Said extends Words {
  title: string;
  place: string;
  how: string[];
  dose: string;
  cue: string;
  figure: string | null;
  eased: string[];
}

interface Sign {
  id: string;
  text: string;
  sided: boolean;
}

interface SessionData {
  id: string;
  kind: "massage" | "practice";
  title: string;
  account: string;
  begin_before: string;
  can_begin: boolean;
  why_not: string;
  table: Table;
  rules: Rules;
  steps: Step[];
  said: Said[];
  tags: Record<string, string>;
  /** Of a practice: how much of each item. */
  doses: string[];
  /** By exercise: what its two ways are called. */
  ways: Record<string, [string, string]>;
  signs: Sign[];
  urls: { events: string; today: string; signs: string };
  csrf: string;
  log: Happened[];
  held: Record<string, number>;
  now: string;
}

/** What the server says to events that were sent. */
interface Answer {
  held: Record<string, number>;
  log: Happened[];
  marked: { device: string; sequence: number; why: string }[];
  phase: string;
  over: boolean;
  leads: string | null;
  heard_s: number | null;
  next: string | null;
}

/** Where events are written down on this device (log.js). */
interface EventLog {
  readonly device: string;
  readonly page: string;
  readonly events: readonly Happened[];
  uptime(): number;
  append(kind: string, step: string, value: string | number | null): Promise<Happened>;
}

/** One button under the thumb, or one beside it. */
interface Act {
  act: string;
  text: string;
  /** For those who do not see where it stands. */
  hint?: string;
  look?: "primary" | "right" | "stop" | "danger" | "";
}

/** One screen, as plain words: what is shown in a state. */
interface Scene {
  /** Names the layout. */
  name: string;
  /** Changes when the question is another one: then it is drawn anew, and announced. */
  key: string;
  heading: string;
  more: string;
  /** It cannot wait. */
  urgent: boolean;
  figure: string | null;
  /** The ring is there. */
  ring: boolean;
  label: string;
  lines: { text: string; soft?: string }[];
  question: "rate" | "signs" | "why" | null;
  left: Act | null;
  right: Act | null;
  also: Act[];
  thumb: Act[];
  pause: Act | null;
}
