import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// A busy machine may take its time; a failing test should not print the whole window.
vi.setConfig({ testTimeout: 30_000 });
configure({
  asyncUtilTimeout: 5000,
  getElementError: (message) => new Error(message ?? "Element not found"),
});
afterEach(cleanup);

// jsdom lays nothing out, so everything is 0 by 0. Lists that draw only what is in sight need a size.
Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { configurable: true, get: () => 600 },
  clientWidth: { configurable: true, get: () => 900 },
  offsetHeight: { configurable: true, get: () => 600 },
  offsetWidth: { configurable: true, get: () => 900 },
});

// axe asks for a canvas that jsdom does not have.
Object.defineProperty(HTMLCanvasElement.prototype, "getContext", { configurable: true, value: () => null });

const missing = {
  ResizeObserver: class {
    observe = () => undefined;
    unobserve = () => undefined;
    disconnect = () => undefined;
  },
  matchMedia: (query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }),
};
for (const [name, value] of Object.entries(missing)) {
  if (!(name in window)) Object.defineProperty(window, name, { configurable: true, writable: true, value });
}
for (const name of ["scrollTo", "scrollIntoView"]) {
  if (name in Element.prototype) continue;
  Object.defineProperty(Element.prototype, name, {
    configurable: true,
    writable: true,
    value: () => undefined,
  });
}
