import { render } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import axe from "axe-core";
import { expect } from "vitest";
import { App } from "~/app/App";
import type { FakeBackend } from "~/backend/fake";

/** Draws the whole window on a backend in memory. */
export function renderApp(backend: FakeBackend): UserEvent {
  const user = userEvent.setup();
  render(<App backend={backend} />);
  return user;
}

/** Fails when axe finds anything. Colours are checked by the token check: jsdom draws none. */
export async function expectAccessible(root: Element = document.body): Promise<void> {
  const { violations } = await axe.run(root, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
  expect(found).toEqual([]);
}
