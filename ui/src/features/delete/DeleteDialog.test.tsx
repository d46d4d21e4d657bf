import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect, it, vi } from "vitest";
import { BackendProvider } from "~/app/backend-context";
import { appError, FakeBackend } from "~/backend/fake";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { DeleteDialog } from "./DeleteDialog";

// A whole form typed into, key by key, takes longer than the default on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

async function open(connections: string[], fake = new FakeBackend()) {
  const picks: WebhookPick[] = connections.flatMap((connection) =>
    (fake.webhooks.get(connection) ?? []).slice(0, 2).map(({ id }) => ({ connection, id })),
  );
  const rows = (await fake.call("webhooks_last_seen", null)).flatMap((seen) => seen.rows);
  const onClose = vi.fn();
  const onDone = vi.fn();
  const user = userEvent.setup();
  render(
    <BackendProvider backend={fake}>
      <DeleteDialog
        picks={picks}
        rows={rows}
        connections={fake.connections}
        providers={[fake.provider]}
        onClose={onClose}
        onDone={onDone}
      />
    </BackendProvider>,
  );
  await screen.findByRole("button", { name: /exact request/ });
  return { fake, picks, user, onClose, onDone };
}

const remove = (name: string | RegExp) => screen.getByRole("button", { name });

it("asks for the organisation's name in production, and Enter never confirms", async () => {
  const { fake, user, picks, onDone } = await open(["c-offices"]);
  const button = remove("Delete 2 from Halden Offices");
  expect(screen.getByRole("alertdialog", { name: "Delete 2 webhooks from Halden Offices?" })).toBeVisible();
  expect(screen.getByText("Room occupancy to BMS")).toBeVisible();
  const name = screen.getByRole("textbox", { name: "Type Halden Offices to confirm" });
  await waitFor(() => expect(name).toHaveFocus());
  await user.type(name, "Halden Office");
  expect(button).toBeDisabled();
  await user.type(name, "s{Enter}");
  expect(fake.argsOf("plan_apply")).toEqual([]);
  await user.click(button);
  await waitFor(() => expect(onDone).toHaveBeenCalledWith(picks));
  expect(picks.map((pick) => fake.find(pick))).toEqual([undefined, undefined]);
});

it("focuses Cancel elsewhere, and Enter cancels", async () => {
  const { fake, user, onClose } = await open(["c-lab"]);
  await waitFor(() => expect(remove("Cancel")).toHaveFocus());
  await user.keyboard("{Enter}");
  expect(onClose).toHaveBeenCalled();
  expect(fake.argsOf("plan_apply")).toEqual([]);
  expect(fake.argsOf("plan_discard")).toHaveLength(0);
});

it("names every organisation and reports each webhook; what failed can be reviewed again", async () => {
  const fake = new FakeBackend();
  fake.fail("plan_apply", appError("Butlr refused."), { connection: "c-lab", times: 2 });
  const { user, picks, onDone } = await open(["c-offices", "c-lab"], fake);
  expect(screen.getByRole("region", { name: "Halden Lab" })).toBeVisible();
  await user.type(screen.getByRole("textbox"), "Halden Offices");
  await user.click(remove("Delete 4 from 2 organisations"));
  expect(await screen.findByRole("region", { name: "Failed" })).toHaveTextContent("Butlr refused.");
  expect(screen.getByText("2 done")).toBeVisible();
  await user.click(remove("Review the 2 again"));
  await waitFor(() => expect(remove("Cancel")).toHaveFocus());
  await user.click(await screen.findByRole("button", { name: "Delete 2 from Halden Lab" }));
  await user.click(await screen.findByRole("button", { name: "Done" }));
  expect(onDone).toHaveBeenCalledWith(picks);
});

it("has no accessibility violations and shows hostile names as text", async () => {
  const fake = new FakeBackend();
  const pick = { connection: "c-lab", id: fake.webhooks.get("c-lab")?.[0]?.id ?? "" };
  fake.changeBehind(pick, { name: `<img src=x onerror=alert(1)>${"x".repeat(10_000)}` });
  await open(["c-lab"], fake);
  expect(document.querySelector("img")).toBeNull();
  const { violations } = await axe.run(screen.getByRole("alertdialog"), {
    rules: { "color-contrast": { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
