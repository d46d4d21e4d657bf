// Loaded here and not when the first editor of a test is drawn: on a busy machine that takes seconds.
import "./MirrorEditor";
import "jsonata";
import { vi } from "vitest";

/** jsdom lays nothing out; CodeMirror asks where its text stands. For tests alone. */
export function stubLayout(): void {
  const rect = {
    left: 0,
    right: 8,
    top: 0,
    bottom: 18,
    width: 8,
    height: 18,
    x: 0,
    y: 0,
    toJSON: () => ({}),
  };
  const rects = Object.assign([rect], { item: () => rect });
  Object.defineProperties(Range.prototype, {
    getClientRects: { configurable: true, value: () => rects },
    getBoundingClientRect: { configurable: true, value: () => rect },
  });
  vi.stubGlobal("innerHeight", 800);
  vi.stubGlobal("scrollBy", () => undefined);
}
