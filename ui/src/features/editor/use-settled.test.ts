import { act, fireEvent, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SETTLED_MS, useSettled } from "./use-settled";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

test("a value settles after a moment without another and without a key", () => {
  const { result, rerender } = renderHook(({ value }) => useSettled(value), { initialProps: { value: 1 } });
  expect(result.current).toBe(1);
  rerender({ value: 2 });
  pass(SETTLED_MS - 20);
  fireEvent.keyDown(window, { key: "ArrowDown" });
  pass(SETTLED_MS - 1);
  expect(result.current).toBe(1);
  pass(1);
  expect(result.current).toBe(2);
});

test("a value that does not wait is there at once", () => {
  const { result, rerender } = renderHook(({ value, now }) => useSettled(value, now), {
    initialProps: { value: 1, now: false },
  });
  rerender({ value: 2, now: true });
  expect(result.current).toBe(2);
});
