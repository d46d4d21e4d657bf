import { QueryClientProvider } from "@tanstack/react-query";
import { EditorView } from "@codemirror/view";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { vi } from "vitest";
import { BackendProvider } from "~/app/backend-context";
import { makeQueryClient } from "~/app/query-client";
import { FakeBackend } from "~/backend/fake";
import { EditorScreen, type EditorTarget } from "./EditorScreen";
import type { Guard } from "./use-guard";

/** Replaces what stands in a code editor, as one change. */
export async function typeCode(name: string, insert: string, from = 0, to?: number) {
  // By its label: asking a form of this size for a role takes seconds on a busy machine.
  const box = await screen.findByLabelText(name, { selector: "[role=textbox]" });
  const view = EditorView.findFromDOM(box) as EditorView;
  act(() => view.dispatch({ changes: { from, to: to ?? view.state.doc.length, insert } }));
  return view;
}

/** The sample webhook whose title is given. */
export function sampleWebhook(fake: FakeBackend, name: string) {
  for (const [connection, webhooks] of fake.webhooks) {
    const found = webhooks.find((webhook) => webhook.values["name"] === name);
    if (found) return { connection, id: found.id };
  }
  throw new Error(`no sample webhook ${name}`);
}

/** Renders the editor on the pretended backend, for tests. */
export function renderEditor(target: EditorTarget, fake = new FakeBackend()) {
  const user = userEvent.setup();
  const onClose = vi.fn();
  const onSaved = vi.fn();
  const guards: (Guard | null)[] = [];
  const view = render(
    <QueryClientProvider client={makeQueryClient()}>
      <BackendProvider backend={fake}>
        <EditorScreen
          target={target}
          connections={fake.connections}
          providers={[...fake.providers]}
          onClose={onClose}
          onSaved={onSaved}
          registerGuard={(guard) => guards.push(guard)}
        />
      </BackendProvider>
    </QueryClientProvider>,
  );
  return { fake, user, onClose, onSaved, guard: () => guards.findLast(Boolean), ...view };
}

/** Renders the editor of one sample webhook. */
export function renderEdit(name: string, fake = new FakeBackend()) {
  const pick = sampleWebhook(fake, name);
  return { pick, ...renderEditor({ kind: "edit", webhook: pick }, fake) };
}
