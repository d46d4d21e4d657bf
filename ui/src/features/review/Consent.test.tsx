import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { BackendProvider } from "~/app/backend-context";
import { makeQueryClient } from "~/app/query-client";
import { appError, FakeBackend, sessionVault } from "~/backend/fake";
import type { ApplyEvent } from "~/bindings/ApplyEvent";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { PlanView } from "~/bindings/PlanView";
import { expectAccessible } from "../../../test/render-app";
import { renderEdit, renderEditor, sampleWebhook } from "../editor/test-screen";
import { ReviewDialog } from "./ReviewDialog";

let fake: FakeBackend;
beforeEach(() => {
  fake = new FakeBackend({ connections: "six" });
});

function renderReview(request: PlanRequest | null, view?: PlanView) {
  const onClose = vi.fn();
  const onSaved = vi.fn();
  const shown = render(
    <QueryClientProvider client={makeQueryClient()}>
      <BackendProvider backend={fake}>
        <ReviewDialog
          request={request}
          {...(view ? { view } : {})}
          providers={[...fake.providers]}
          onClose={onClose}
          onSaved={onSaved}
        />
      </BackendProvider>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), onClose, onSaved, ...shown };
}

const switchOff = (...names: string[]): PlanRequest => ({
  type: "switch",
  webhooks: names.map((name) => sampleWebhook(fake, name)),
  on: false,
});

it("waits for the agreement a webhook asks for, and sends it along", async () => {
  const { user, onSaved } = renderEdit("Contract sync to SAP", fake);
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "!");
  await user.click(screen.getByRole("button", { name: "Review changes" }));
  const save = await screen.findByRole("button", { name: "Save to Auental Energie (Production)" });
  expect(save).toBeDisabled();
  expect(screen.getByText("Tick the box above to go on.")).toBeVisible();
  const box = screen.getByRole("checkbox", { name: /protected/ });
  await user.click(box);
  await user.click(box);
  expect(save).toBeDisabled();
  await user.click(box);
  await user.click(save);
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(fake.argsOf("plan_apply")).toMatchObject([{ acknowledged: [0] }]);
});

it("shows a plan that was made already, without making another", async () => {
  const request = switchOff("New customer requests", "Meter reading intake");
  const view = await fake.call("plan_make", request);
  const { user, onSaved } = renderReview(request, view);
  expect(screen.getByRole("dialog", { name: "Turn off 2 webhooks?" })).toBeVisible();
  await expectAccessible();
  for (const box of screen.queryAllByRole("checkbox")) await user.click(box);
  await user.click(
    screen.getByRole("button", { name: "Turn off 2 webhooks in Auental Energie (Production)" }),
  );
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(fake.argsOf("plan_make")).toHaveLength(1);
  expect(fake.argsOf("plan_apply")).toMatchObject([{ plan: view.id }]);
});

it("discards a plan that was given and not applied", async () => {
  const request = switchOff("New customer requests");
  const view = await fake.call("plan_make", request);
  const { user, onClose, unmount } = renderReview(request, view);
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(onClose).toHaveBeenCalled();
  unmount();
  expect(fake.argsOf("plan_discard")).toEqual([{ plan: view.id }]);
});

it("says why one organisation could not be planned and goes on with the other", async () => {
  fake.fail("plan_make", appError("The token was refused."), { connection: "c-energy" });
  const { user, onSaved } = renderReview(switchOff("New customer requests", "Energy echo"));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent(/The token was refused.*other organisations do not depend on it/);
  await user.click(screen.getByRole("button", { name: "Turn off 1 webhook in Meridian Werke (Staging)" }));
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
});

it("counts down while an organisation is given a rest, with its rule", async () => {
  const { user } = renderReview(switchOff("Energy echo"));
  const call = fake.call.bind(fake);
  let say: ((event: ApplyEvent) => void) | undefined;
  fake.call = async (name, args, onProgress) => {
    if (name === "connection_usage") {
      return {
        connection: "",
        month: "",
        calls: null,
        allowance: { limit: 50, remaining: 0, periodS: 60, waitMs: 1 },
      };
    }
    if (name !== "plan_apply") return call(name, args, onProgress);
    say = onProgress;
    return new Promise(() => undefined);
  };
  await user.click(await screen.findByRole("button", { name: /^Turn off 1 webhook/ }));
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    act(() => say?.({ type: "waiting", connection: "c-energy-staging", waitMs: 42_000 }));
    const line = await screen.findByText(/Waiting 42 s/);
    await waitFor(() =>
      expect(line).toHaveTextContent("Waiting 42 s: Meridian Werke allows 50 requests a minute."),
    );
    act(() => void vi.advanceTimersByTime(10_000));
    expect(line).toHaveTextContent(/Waiting 3[12] s/);
    act(() => say?.({ type: "started", index: 0 }));
    expect(screen.queryByText(/Waiting 3/)).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

it("does not let go of secrets that nothing keeps before they were seen and saved", async () => {
  fake.vault = sessionVault;
  const { user, onSaved } = renderEditor({ kind: "create", connection: "c-energy" }, fake);
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "Feed");
  await user.type(screen.getByRole("textbox", { name: "URL" }), "https://example.com/in");
  for (const name of ["contract_created", "event_FileCreated"]) {
    await user.click(screen.getByRole("treeitem", { name }));
  }
  await user.click(screen.getByRole("button", { name: "Review 2 webhooks" }));
  await user.click(await screen.findByRole("button", { name: /^Create 2 webhooks/ }));
  const dialog = await screen.findByRole("dialog", { name: "Created" });
  expect(dialog).toHaveTextContent(sessionVault.mode === "sessionOnly" ? sessionVault.words : "");
  await expectAccessible(dialog);

  const done = within(dialog).getByRole("button", { name: "Done" });
  expect(done).toBeDisabled();
  expect(within(dialog).queryByRole("button", { name: "Close" })).toBeNull();
  await user.keyboard("{Escape}");
  expect(onSaved).not.toHaveBeenCalled();
  const saved = within(dialog).getByRole("checkbox", { name: "I have saved them elsewhere" });
  expect(saved).toBeDisabled();

  const [first, second] = within(dialog).getAllByRole("button", { name: /^Copy Signing secret/ });
  await user.click(first as HTMLElement);
  expect(await navigator.clipboard.readText()).not.toBe("");
  expect(saved).toBeDisabled();
  const reveals = within(dialog).getAllByRole("button", { name: /^Reveal Signing secret/ });
  expect(second).toBeDefined();
  await user.click(reveals[1] as HTMLElement);
  await waitFor(() => expect(saved).toBeEnabled());
  expect(done).toBeDisabled();
  await user.click(saved);
  await user.click(done);
  expect(onSaved).toHaveBeenCalled();
});
