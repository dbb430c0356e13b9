// What the guided self-test is given by the server (selftests/pages.py).

interface TestStep {
  id: string;
  kind: "ready" | "work" | "result" | "rest";
  side: "left" | "right";
  say: string;
  more: string;
  short: string;
  seconds: number | null;
  tempo_s: [number, number, number] | null;
  act: string;
  up: boolean;
}

interface TestData {
  title: string;
  unit: "cm" | "repetitions" | "s" | "look";
  rep_s: number | null;
  too_sore_nrs: number;
  steps: TestStep[];
  url: string;
}
