import { runJsonata } from "./run-jsonata";

// Runs expressions beside the window, one at a time, so that it can be ended from outside.

export type ExpressionJob = { expression: string; payload: unknown };

self.addEventListener("message", ({ data }: MessageEvent<ExpressionJob>) => {
  void runJsonata(data.expression, data.payload).then((answer) => {
    self.postMessage(answer);
  });
});

// Says that it runs: the clock of a job starts then.
self.postMessage(null);
