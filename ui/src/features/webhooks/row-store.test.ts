import { expect, test } from "vitest";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { RowStore, stateOf } from "./row-store";

const row = (connection: string, id: string): WebhookRow => ({
  connection,
  id,
  title: id,
  endpoint: "a.example",
  events: [],
  auth: [],
  on: null,
  marks: [],
});
const error = { kind: "internal", message: "x", place: null, advice: null } as const;

test("what an older reading brings after a newer one began is dropped", () => {
  const store = new RowStore();
  const old = store.begin(["a"]);
  const fresh = store.begin(["a"]);
  store.apply({ type: "loaded", rows: { connection: "a", readAtMs: 2, rows: [row("a", "new")] } }, fresh);
  store.apply({ type: "loaded", rows: { connection: "a", readAtMs: 1, rows: [row("a", "old")] } }, old);
  store.apply({ type: "failed", connection: "a", error }, old);

  const state = stateOf(store.snapshot(), "a");
  expect(state.entries.map(({ row: { id } }) => id)).toEqual(["new"]);
  expect(state.error).toBeNull();
});

test("a reading that breaks off fails only the connections that have not answered", () => {
  const store = new RowStore();
  const ticket = store.begin(["a", "b"]);
  store.apply({ type: "loaded", rows: { connection: "a", readAtMs: 1, rows: [] } }, ticket);
  store.settle(["a", "b"], error, ticket);

  expect(stateOf(store.snapshot(), "a").error).toBeNull();
  expect(stateOf(store.snapshot(), "b").error).toBe(error);
  expect(stateOf(store.snapshot(), "b").loading).toBe(false);
});

test("remembered rows never replace rows that were read meanwhile", () => {
  const store = new RowStore();
  const ticket = store.begin(["a"]);
  store.apply({ type: "loaded", rows: { connection: "a", readAtMs: 5, rows: [row("a", "read")] } }, ticket);
  store.lastSeen([{ connection: "a", readAtMs: 1, rows: [row("a", "remembered")] }]);

  expect(stateOf(store.snapshot(), "a").entries[0]?.row.id).toBe("read");
});
