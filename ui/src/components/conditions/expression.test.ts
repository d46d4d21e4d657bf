import { beforeEach, expect, it, vi } from "vitest";
import type { ExpressionJob } from "./expression-worker";
import { runJsonata } from "./run-jsonata";

/** A worker that does what the test says; it starts at once unless it is told not to. */
class FakeWorker {
  static made: FakeWorker[] = [];
  static starts = true;
  static answer: ((job: ExpressionJob) => unknown) | null = ({ expression }) => ({
    result: expression,
    ok: true,
  });
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  isEnded = false;
  jobs: ExpressionJob[] = [];
  constructor() {
    FakeWorker.made.push(this);
    queueMicrotask(() => (FakeWorker.starts ? this.onmessage?.({ data: null }) : this.onerror?.()));
  }
  postMessage(job: ExpressionJob) {
    this.jobs.push(job);
    const answer = FakeWorker.answer?.(job);
    if (answer !== undefined) queueMicrotask(() => this.onmessage?.({ data: answer }));
  }
  terminate() {
    this.isEnded = true;
  }
}

async function load() {
  vi.resetModules();
  vi.stubGlobal("Worker", FakeWorker);
  return import("./expression");
}

beforeEach(() => {
  FakeWorker.made = [];
  FakeWorker.starts = true;
  FakeWorker.answer = ({ expression }) => ({ result: expression, ok: true });
});

it.each([
  ["( $f := function($x){ $f($x+1) }; $f(1) )", /longer than 250 ms and was stopped/],
  ["( $f := function($x){ 1 + $f($x+1) }; $f(1) )", /too deeply and was stopped/],
  ["[1..10000000]", /^The expression fails: /],
])("ends a runaway expression: %s", async (expression, words) => {
  const started = performance.now();
  const answer = await runJsonata(expression, {});
  expect(answer).toEqual({ problem: expect.stringMatching(words) as string });
  expect(performance.now() - started).toBeLessThan(5000);
});

it("gives results as JSON has them", async () => {
  expect(await runJsonata("function($x){$x}", {})).toEqual({ result: undefined, ok: false });
  expect(await runJsonata("a[]", { a: 1 })).toEqual({ result: [1], ok: true });
});

it("runs one after the other in one worker", async () => {
  const { runExpression } = await load();
  const answers = await Promise.all([runExpression("a", 1), runExpression("b", 2)]);
  expect(answers).toEqual([
    { result: "a", ok: true },
    { result: "b", ok: true },
  ]);
  expect(FakeWorker.made.map(({ jobs }) => jobs)).toEqual([
    [
      { expression: "a", payload: 1 },
      { expression: "b", payload: 2 },
    ],
  ]);
});

it("ends a worker that does not answer, and goes on in another", async () => {
  vi.useFakeTimers();
  try {
    const { runExpression } = await load();
    FakeWorker.answer = ({ expression }) => (expression === "stuck" ? undefined : { result: 1, ok: true });
    const stuck = runExpression("stuck", {});
    const next = runExpression("next", {});
    await vi.advanceTimersByTimeAsync(1000);
    expect(await stuck).toEqual({ problem: "The expression took longer than 1 s and was stopped." });
    expect(await next).toEqual({ result: 1, ok: true });
    expect(FakeWorker.made.map(({ isEnded }) => isEnded)).toEqual([true, false]);
  } finally {
    vi.useRealTimers();
  }
});

it("does not run what is no longer wanted", async () => {
  const { runExpression } = await load();
  const stop = new AbortController();
  const first = runExpression("first", {});
  const second = runExpression("second", {}, stop.signal);
  stop.abort();
  await Promise.all([first, second]);
  expect(FakeWorker.made.flatMap(({ jobs }) => jobs.map(({ expression }) => expression))).toEqual(["first"]);
});

it("does without workers where none starts", async () => {
  const { runExpression } = await load();
  FakeWorker.starts = false;
  expect(await runExpression("1 + 1", {})).toEqual({ result: 2, ok: true });
  expect(await runExpression("2 + 2", {})).toEqual({ result: 4, ok: true });
  expect(FakeWorker.made).toHaveLength(1);
});
